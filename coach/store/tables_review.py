"""The tables of reviews: what students ask for, what coaches write and rate, and what both are told of it.

What a coach gave to a student stays with the student when the coach goes: their name is gone then, and nothing else.
"""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class ReviewRequestRow(Table, table=True):
    """A student asks for a review, or disputes something: a criterion, or a place in the answer."""

    __tablename__ = "review_request"
    __table_args__ = (Index("ix_review_request_answered_at", "answered_at"),)

    id: str = Field(primary_key=True, max_length=32)
    attempt_id: str = Field(foreign_key="attempt.id", ondelete="CASCADE", max_length=32, index=True)
    at: datetime = Field(sa_type=UTCDateTime)
    reason: str = Field(sa_type=Text)
    disputes: bool = False
    criterion: str | None = Field(default=None, max_length=20)
    span: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    about: str = Field(default="", sa_type=Text)
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answered_by: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", max_length=64)
    answer: str = Field(default="", sa_type=Text)


class ReviewRow(Table, table=True):
    """One coach's review of one attempt."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("attempt_id", "coach_id", name="uq_review_attempt_id"),
        Index("ix_review_coach", "coach_id"),
    )

    id: str = Field(primary_key=True, max_length=32)
    attempt_id: str = Field(foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    coach_id: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", max_length=64)
    begun_at: datetime = Field(sa_type=UTCDateTime)
    blind: bool
    drawn: bool = False
    rated_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class ReviewRatingRow(Table, table=True):
    """A coach's own level on one criterion, and the product's at that time; ``machine`` is null where it was unrated."""

    __tablename__ = "review_rating"

    review_id: str = Field(primary_key=True, foreign_key="review.id", ondelete="CASCADE", max_length=32)
    criterion: str = Field(primary_key=True, max_length=20)
    level: int
    blind: bool
    at: datetime = Field(sa_type=UTCDateTime)
    machine: int | None = None
    rubric: str = Field(default="", max_length=16)


class ReviewCommentRow(Table, table=True):
    """What a coach says about an attempt, or about one place in it."""

    __tablename__ = "review_comment"

    id: str = Field(primary_key=True, max_length=32)
    review_id: str = Field(foreign_key="review.id", ondelete="CASCADE", max_length=32, index=True)
    at: datetime = Field(sa_type=UTCDateTime)
    words: str = Field(sa_type=Text)
    span: dict[str, Any] | None = Field(default=None, sa_type=JSON)


class ReviewDraftRow(Table, table=True):
    """What stands in one field of a review that nobody has saved yet."""

    __tablename__ = "review_draft"

    review_id: str = Field(primary_key=True, foreign_key="review.id", ondelete="CASCADE", max_length=32)
    field: str = Field(primary_key=True, max_length=64)
    words: str = Field(sa_type=Text)


class OverrideRow(Table, table=True):
    """A coach's level in place of the product's. The one of a criterion that has not ended counts; those before are kept."""

    __tablename__ = "rating_override"

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: str = Field(foreign_key="attempt.id", ondelete="CASCADE", max_length=32, index=True)
    criterion: str = Field(max_length=20)
    level: int
    reason: str = Field(sa_type=Text)
    evidence: list[dict[str, Any]] = Field(sa_type=JSON)
    coach_id: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    rubric: str = Field(default="", max_length=16)


class NoticeRow(Table, table=True):
    """Something somebody is told of, until they have read it and after."""

    __tablename__ = "notice"
    __table_args__ = (Index("ix_notice_person", "person_id", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: str = Field(foreign_key="person.id", ondelete="CASCADE", max_length=64)
    at: datetime = Field(sa_type=UTCDateTime)
    kind: str = Field(max_length=12)
    by_id: str | None = Field(default=None, foreign_key="person.id", ondelete="SET NULL", max_length=64)
    attempt_id: str = Field(foreign_key="attempt.id", ondelete="CASCADE", max_length=32, index=True)
    read_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
