"""The tables of interview guides and assignments. Their history is in ``migrations/``."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKeyConstraint, Index
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime

_OF_MEMBERSHIP = ("cohort_id", "person_id"), ("membership.cohort_id", "membership.person_id")


class GuideRow(Table, table=True):
    """A guide; ``record`` holds all of it that has no column of its own."""

    __tablename__ = "guide"
    __table_args__ = (Index("ix_guide_owner", "owner"),)

    id: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    record: dict[str, Any] = Field(sa_type=JSON)


class GuideCohortRow(Table, table=True):
    """A cohort whose coaches may read a guide."""

    __tablename__ = "guide_cohort"
    __table_args__ = (Index("ix_guide_cohort_cohort", "cohort_id"),)

    guide_id: str = Field(primary_key=True, foreign_key="guide.id", ondelete="CASCADE", max_length=32)
    cohort_id: str = Field(primary_key=True, foreign_key="cohort.id", ondelete="CASCADE", max_length=32)


class HeldQuestionRow(Table, table=True):
    """A version of a question that a guide or an assignment holds: it stays, whatever becomes of the bank, since answers may name it."""

    __tablename__ = "held_question"

    key: str = Field(primary_key=True, max_length=80)
    version: int = Field(primary_key=True)
    question: dict[str, Any] = Field(sa_type=JSON)


class AssignmentRow(Table, table=True):
    """An assignment; ``record`` holds all of it that has no column of its own."""

    __tablename__ = "assignment"
    __table_args__ = (
        Index("ix_assignment_cohort", "cohort_id"),
        Index("ix_assignment_author", "author"),
        Index("ix_assignment_guide", "guide_id"),
    )

    id: str = Field(primary_key=True, max_length=32)
    cohort_id: str = Field(foreign_key="cohort.id", ondelete="CASCADE", max_length=32)
    author: str = Field(max_length=64)
    guide_id: str | None = Field(default=None, foreign_key="guide.id", ondelete="SET NULL", max_length=32)
    created_at: datetime = Field(sa_type=UTCDateTime)
    state: str = Field(max_length=12)
    whole: bool
    record: dict[str, Any] = Field(sa_type=JSON)


class AssignmentStudentRow(Table, table=True):
    """One of the students an assignment is for, where it is not for all."""

    __tablename__ = "assignment_student"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_assignment_student_person", "person_id", "cohort_id"),
    )

    assignment_id: str = Field(primary_key=True, foreign_key="assignment.id", ondelete="CASCADE", max_length=32)
    person_id: str = Field(primary_key=True, max_length=64)
    cohort_id: str = Field(max_length=32)


class AssignmentAnswerRow(Table, table=True):
    """An attempt that was made for an assignment. It goes when the student leaves the cohort."""

    __tablename__ = "assignment_answer"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_assignment_answer_assignment", "assignment_id", "person_id"),
        Index("ix_assignment_answer_person", "person_id", "cohort_id"),
    )

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    assignment_id: str = Field(foreign_key="assignment.id", ondelete="CASCADE", max_length=32)
    person_id: str = Field(max_length=64)
    cohort_id: str = Field(max_length=32)


class AssignmentDoneRow(Table, table=True):
    """That a student handed an assignment in, kept where they deleted their answers since: the moment, and nothing else of them."""

    __tablename__ = "assignment_done"
    __table_args__ = (
        ForeignKeyConstraint(*_OF_MEMBERSHIP, ondelete="CASCADE"),
        Index("ix_assignment_done_person", "person_id", "cohort_id"),
    )

    assignment_id: str = Field(primary_key=True, foreign_key="assignment.id", ondelete="CASCADE", max_length=32)
    person_id: str = Field(primary_key=True, max_length=64)
    cohort_id: str = Field(max_length=32)
    begun_at: datetime = Field(sa_type=UTCDateTime)
    handed_in_at: datetime = Field(sa_type=UTCDateTime)
