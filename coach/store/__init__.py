"""Where everything is kept: a database for attempts, a folder for recordings. Tables never leave this room."""

from coach.store.attempts import AttemptStore
from coach.store.database import Database
from coach.store.drills import DrillStore
from coach.store.interviews import InterviewStore
from coach.store.judging import JudgeStore
from coach.store.leases import LeaseStore
from coach.store.takes import TakeStore

__all__ = ["AttemptStore", "Database", "DrillStore", "InterviewStore", "JudgeStore", "LeaseStore", "TakeStore"]
