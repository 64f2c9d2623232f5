"""The tables of rollups: what coaches' charts are drawn from, so that no page reads attempts one by one."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime

_OF_MEMBERSHIP = ("cohort_id", "person_id"), ("membership.cohort_id", "membership.person_id")


class QuestionSettingRow(Table, table=True):
    """Where a question of the bank belongs, as the bank says."""

    __tablename__ = "question_setting"

    question_key: str = Field(primary_key=True, max_length=80)
    setting: str = Field(primary_key=True, max_length=32)


class StudentRow(Table, table=True):
    """Where a student stands on everything, as far as they share it with a cohort; ``part`` is "" or a setting.

    One row, because a coach's page reads hundreds of students, each on twenty subjects, and most of its time would go into rows. ``cells``: for each
    subject the figures of `coach.domain.cohort_numbers.Cell`; ``spreads``: for each criterion the answers unrated and at each level.
    """

    __tablename__ = "cohort_student"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_cohort_student_person", "person_id", "cohort_id"),
    )

    cohort_id: str = Field(primary_key=True, max_length=32)
    part: str = Field(primary_key=True, max_length=48)
    person_id: str = Field(primary_key=True, max_length=64)
    last_at: datetime = Field(sa_type=UTCDateTime)
    cells: dict[str, list[Any]] = Field(sa_type=JSON)
    spreads: dict[str, list[int]] = Field(sa_type=JSON)


class WeekRow(Table, table=True):
    """A week in which a student answered, as far as they share it; ``week`` counts Mondays since 1970.

    ``rated`` and ``spreads`` are running totals to the end of this week, so that any period is one subtraction, however long it is.
    """

    __tablename__ = "cohort_week"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_cohort_week_person", "person_id", "cohort_id"),
        Index("ix_cohort_week_answers", "cohort_id", "part", "week", "answers"),
    )

    cohort_id: str = Field(primary_key=True, max_length=32)
    part: str = Field(primary_key=True, max_length=48)
    person_id: str = Field(primary_key=True, max_length=64)
    week: int = Field(primary_key=True)
    answers: int
    rated: dict[str, int] = Field(sa_type=JSON)
    spreads: dict[str, list[int]] = Field(sa_type=JSON)


class DeletedWeekRow(Table, table=True):
    """How many shared answers of one week were deleted since: a count, of nobody in particular."""

    __tablename__ = "cohort_deleted_week"

    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", ondelete="CASCADE", max_length=32)
    week: int = Field(primary_key=True)
    answers: int
