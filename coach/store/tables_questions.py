"""The tables of questions made in the app. Their history is in ``migrations/``."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class QuestionRow(Table, table=True):
    """A question made in the app. ``key`` stands there once it was published, and is permanent."""

    __tablename__ = "question"

    id: str = Field(primary_key=True, max_length=32)
    author: str = Field(max_length=64)
    key: str | None = Field(default=None, max_length=80, unique=True)
    standing: str = Field(max_length=12)
    origin: str = Field(max_length=12)
    version: int = 0
    draft: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    created_at: datetime = Field(sa_type=UTCDateTime)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    turn: int = 0  # grows with every publishing, retiring and bringing back


class QuestionVersionRow(Table, table=True):
    """A version of a question that was published: answers given to it name it, so it stays."""

    __tablename__ = "question_version"

    question_id: str = Field(primary_key=True, foreign_key="question.id", ondelete="CASCADE", max_length=32)
    version: int = Field(primary_key=True)
    question: dict[str, Any] = Field(sa_type=JSON)
