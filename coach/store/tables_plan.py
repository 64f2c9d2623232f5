"""The tables of preparation: interviews ahead, and what the program saw being done."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class AppointmentRow(Table, table=True):
    """An interview with an employer. ``record`` holds its details and its checklist."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_candidate_day", "candidate", "day"),)

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    day: date
    record: dict[str, Any] = Field(sa_type=JSON)


class SightingRow(Table, table=True):
    """When the program last saw somebody do something that leaves no other trace, such as checking the microphone."""

    __tablename__ = "sighting"

    candidate: str = Field(primary_key=True, max_length=64)
    what: str = Field(primary_key=True, max_length=40)
    at: datetime = Field(sa_type=UTCDateTime)
