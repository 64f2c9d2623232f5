"""The tables of stories."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class StoryRow(Table, table=True):
    """A story as it stands, each part in a column of its own: two parts may be saved at the same moment."""

    __tablename__ = "story"
    __table_args__ = (Index("ix_story_candidate_created", "candidate", "created_at"),)

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    changed_at: datetime = Field(sa_type=UTCDateTime)
    deleted_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    title: str = Field(default="", sa_type=Text)
    situation: str = Field(default="", sa_type=Text)
    obstacle: str = Field(default="", sa_type=Text)
    action: str = Field(default="", sa_type=Text)
    result: str = Field(default="", sa_type=Text)
    learned: str = Field(default="", sa_type=Text)
    setting: str | None = Field(default=None, max_length=24)
    competencies: list[str] = Field(sa_type=JSON)
    from_attempt: str | None = Field(default=None, max_length=32)
    revision: int = 0


class StoryVersionRow(Table, table=True):
    """What a story said when it was saved."""

    __tablename__ = "story_version"

    story_id: str = Field(primary_key=True, foreign_key="story.id", ondelete="CASCADE", max_length=32)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime)
    text: dict[str, Any] = Field(sa_type=JSON)


class TellingRow(Table, table=True):
    """Which story an attempt tells aloud, and in which version."""

    __tablename__ = "story_telling"

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    story_id: str = Field(foreign_key="story.id", ondelete="CASCADE", max_length=32, index=True)
    version: int
    at: datetime = Field(sa_type=UTCDateTime)
