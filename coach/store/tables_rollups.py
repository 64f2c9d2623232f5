"""The tables of rollups: what coaches' charts are drawn from, so that no page reads attempts one by one."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import datetime

from sqlalchemy import ForeignKeyConstraint, Index
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime

_OF_MEMBERSHIP = ("cohort_id", "person_id"), ("membership.cohort_id", "membership.person_id")


class QuestionSettingRow(Table, table=True):
    """Where a question of the bank belongs, as the bank says."""

    __tablename__ = "question_setting"

    question_key: str = Field(primary_key=True, max_length=80)
    setting: str = Field(primary_key=True, max_length=32)


class CellRow(Table, table=True):
    """Where a student stands on one subject, as far as they share it with a cohort; ``part`` is "" or a setting.

    The means are over the last answers rated under the newest rubric; they are null where none has a level.
    """

    __tablename__ = "cohort_cell"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_cohort_cell_person", "person_id", "cohort_id"),
        {"sqlite_with_rowid": False},
    )

    cohort_id: str = Field(primary_key=True, max_length=32)
    part: str = Field(primary_key=True, max_length=48)
    person_id: str = Field(primary_key=True, max_length=64)
    subject: str = Field(primary_key=True, max_length=48)
    answers: int
    unrated: int
    level_1: int
    level_2: int
    level_3: int
    level_4: int
    level_5: int
    before_answers: int
    comparable: int
    last_at: datetime = Field(sa_type=UTCDateTime)
    latest: float | None = None
    of_two: float | None = None
    of_three: float | None = None
    before: float | None = None
    variance: float | None = None


class WeekRow(Table, table=True):
    """How many answers on one subject a student gave in one week, by level; ``week`` counts Mondays since 1970."""

    __tablename__ = "cohort_week"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_cohort_week_person", "person_id", "cohort_id"),
        {"sqlite_with_rowid": False},
    )

    cohort_id: str = Field(primary_key=True, max_length=32)
    part: str = Field(primary_key=True, max_length=48)
    subject: str = Field(primary_key=True, max_length=48)
    person_id: str = Field(primary_key=True, max_length=64)
    week: int = Field(primary_key=True)
    answers: int
    unrated: int
    level_1: int
    level_2: int
    level_3: int
    level_4: int
    level_5: int


class DeletedWeekRow(Table, table=True):
    """How many shared answers of one week were deleted since: a count, of nobody in particular."""

    __tablename__ = "cohort_deleted_week"

    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", ondelete="CASCADE", max_length=32)
    week: int = Field(primary_key=True)
    answers: int
