"""Where everything is kept: a database for attempts, a folder for recordings. Tables never leave this room."""

from coach.store.attempts import AttemptStore
from coach.store.database import Database
from coach.store.described_jobs import DescribedJobStore
from coach.store.drills import DrillStore
from coach.store.interviews import InterviewStore
from coach.store.judging import JudgeStore
from coach.store.leases import LeaseStore
from coach.store.plans import PlanStore
from coach.store.questions import QuestionStore
from coach.store.stories import StoryStore
from coach.store.takes import TakeStore

__all__ = [
    "AttemptStore",
    "Database",
    "DescribedJobStore",
    "DrillStore",
    "InterviewStore",
    "JudgeStore",
    "LeaseStore",
    "PlanStore",
    "QuestionStore",
    "StoryStore",
    "TakeStore",
]
