"""The tables of what is kept for how long. They hold ids and days, and nothing of what somebody said."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class KeepingRow(Table, table=True):
    """Whether a person wants their recordings kept once they are written down. Who never said has no row."""

    __tablename__ = "keeping"

    person_id: str = Field(primary_key=True, foreign_key="person.id", ondelete="CASCADE", max_length=64)
    recordings: bool


class LeavingRow(Table, table=True):
    """A thing whose period ends, since when its owner is told so, and whether they keep it. It goes with the thing."""

    __tablename__ = "leaving"
    __table_args__ = (Index("ix_leaving_owner", "owner"),)

    kind: str = Field(primary_key=True, max_length=12)
    ident: str = Field(primary_key=True, max_length=32)
    owner: str = Field(max_length=64)
    since: datetime = Field(sa_type=UTCDateTime)
    announced_at: datetime = Field(sa_type=UTCDateTime)
    kept: bool = False


class PurgeRow(Table, table=True):
    """The day of the last purge: one row, or none."""

    __tablename__ = "purge"

    id: int = Field(default=1, primary_key=True)
    day: date
