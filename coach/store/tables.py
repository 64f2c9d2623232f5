"""The tables. Their history is in ``migrations/``: whoever changes one adds a migration."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Index, MetaData, Text, TypeDecorator
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """Aware in, aware out, in UTC, also on SQLite, which knows no time zones."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the base class's signature
        """To UTC. Raises ValueError for a naive time."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  # the base class's signature
        """As UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A registry of our own: a hot reload of this module must not meet its former self in SQLModel's global one.
class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=_NAMES))):
    """Base of all tables."""


class AttemptRow(Table, table=True):
    """One answer to one question."""

    __tablename__ = "attempt"
    __table_args__ = (
        Index("ix_attempt_candidate_created", "candidate", "created_at"),
        Index("ix_attempt_interview", "interview_id"),
        Index("ix_attempt_state", "state"),
    )

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    question_key: str = Field(max_length=80)
    question_version: int
    question_text: str = Field(sa_type=Text)
    kind: str = Field(max_length=12)
    state: str = Field(max_length=12)
    created_at: datetime = Field(sa_type=UTCDateTime)
    handed_in_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    rated_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    draft: str = Field(default="", sa_type=Text)
    transcript: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    text: str = Field(default="", sa_type=Text)
    feedback: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    judge: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    rubric_version: str | None = Field(default=None, max_length=16)
    checks_version: str | None = Field(default=None, max_length=16)
    demo: bool = False
    interview_id: str | None = Field(default=None, max_length=32)


class CompetencyRow(Table, table=True):
    """A competency that an attempt's question asks for, as it was when it was asked."""

    __tablename__ = "attempt_competency"

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    competency: str = Field(primary_key=True, max_length=32)


class RatingRow(Table, table=True):
    """One criterion of one attempt, for aggregates; ``level`` is null where it is unrated. The whole rating is in the feedback."""

    __tablename__ = "rating"
    __table_args__ = (Index("ix_rating_criterion_level", "criterion", "level"),)

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    criterion: str = Field(primary_key=True, max_length=20)
    level: int | None = None
    rater: str = Field(max_length=10)


class EarlierRatingRow(Table, table=True):
    """Feedback that a later rating replaced."""

    __tablename__ = "earlier_rating"

    id: int | None = Field(default=None, primary_key=True)
    attempt_id: str = Field(foreign_key="attempt.id", ondelete="CASCADE", max_length=32, index=True)
    rated_at: datetime = Field(sa_type=UTCDateTime)
    feedback: dict[str, Any] = Field(sa_type=JSON)
    judge: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    rubric_version: str | None = Field(default=None, max_length=16)
    checks_version: str | None = Field(default=None, max_length=16)


class JudgeReplyRow(Table, table=True):
    """A judge's reply, so that the same is not asked twice. The key is a hash; the reply goes when its answer is deleted."""

    __tablename__ = "judge_reply"

    key: str = Field(primary_key=True, max_length=64)
    reply: str = Field(sa_type=Text)
    model: str = Field(max_length=200)


class JudgeSpendRow(Table, table=True):
    """What was spent on judges on one day."""

    __tablename__ = "judge_spend"

    day: str = Field(primary_key=True, max_length=10)
    calls: int = 0
    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0
    usd: float = 0.0


class JudgeWaitRow(Table, table=True):
    """An attempt that the judge is to be asked about again."""

    __tablename__ = "judge_wait"

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    candidate: str = Field(max_length=64)
    due_at: datetime = Field(sa_type=UTCDateTime, index=True)
    tries: int = 0


class JudgeChoiceRow(Table, table=True):
    """The judge chosen under Set-up: one row, or none."""

    __tablename__ = "judge_choice"

    id: int = Field(default=1, primary_key=True)
    choice: dict[str, Any] = Field(sa_type=JSON)


class InterviewRow(Table, table=True):
    """A timed interview. ``record`` holds all of it but its rounds and what has a column of its own."""

    __tablename__ = "interview"
    __table_args__ = (Index("ix_interview_candidate_created", "candidate", "created_at"),)

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime)
    step: int = 0
    record: dict[str, Any] = Field(sa_type=JSON)


class RoundRow(Table, table=True):
    """One question of an interview, with everything asked and said; ``waits`` where there is work to do behind."""

    __tablename__ = "interview_round"
    __table_args__ = (Index("ix_interview_round_waits", "waits"),)

    interview_id: str = Field(primary_key=True, foreign_key="interview.id", ondelete="CASCADE", max_length=32)
    number: int = Field(primary_key=True)
    waits: bool = False
    record: dict[str, Any] = Field(sa_type=JSON)


class LeaseRow(Table, table=True):
    """Who is doing a piece of work, until when; after a failure, when it may be tried again, and what went wrong."""

    __tablename__ = "lease"

    task: str = Field(primary_key=True, max_length=80)
    owner: str = Field(max_length=32)
    until: datetime = Field(sa_type=UTCDateTime)
    not_before: datetime = Field(sa_type=UTCDateTime)
    tries: int = 0
    trouble: str = Field(default="", sa_type=Text)
