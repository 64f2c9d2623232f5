"""Where everything is kept: a database for attempts and people, a folder for recordings. Tables never leave this room."""

from coach.store.accounts import AccountStore
from coach.store.assignments import AssignmentStore
from coach.store.attempts import AttemptStore
from coach.store.calibration import CalibrationStore
from coach.store.cohorts import CohortStore
from coach.store.consent import ConsentStore
from coach.store.dashboards import DashboardStore
from coach.store.database import Database
from coach.store.described_jobs import DescribedJobStore
from coach.store.drills import DrillStore
from coach.store.guides import GuideStore
from coach.store.held import HeldQuestionStore
from coach.store.interviews import InterviewStore
from coach.store.judging import JudgeStore
from coach.store.keeping import KeepingStore
from coach.store.leases import LeaseStore
from coach.store.notices import NoticeStore
from coach.store.people import PeopleStore
from coach.store.plans import PlanStore
from coach.store.questions import QuestionStore
from coach.store.requests import RequestStore
from coach.store.rerating import RerateStore
from coach.store.review_overrides import OverrideStore
from coach.store.review_queue import ReviewQueueStore
from coach.store.reviews import ReviewStore
from coach.store.rollups import RollupStore
from coach.store.shared import SharedStore
from coach.store.stories import StoryStore
from coach.store.takes import TakeStore

__all__ = [
    "AccountStore",
    "AssignmentStore",
    "AttemptStore",
    "CalibrationStore",
    "CohortStore",
    "ConsentStore",
    "DashboardStore",
    "Database",
    "DescribedJobStore",
    "DrillStore",
    "GuideStore",
    "HeldQuestionStore",
    "InterviewStore",
    "JudgeStore",
    "KeepingStore",
    "LeaseStore",
    "NoticeStore",
    "OverrideStore",
    "PeopleStore",
    "PlanStore",
    "QuestionStore",
    "RequestStore",
    "RerateStore",
    "ReviewQueueStore",
    "ReviewStore",
    "RollupStore",
    "SharedStore",
    "StoryStore",
    "TakeStore",
]
