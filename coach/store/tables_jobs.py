"""The table of jobs that candidates prepare for. Its history is in ``migrations/``."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from coach.store.tables import Table, UTCDateTime


class DescribedJobRow(Table, table=True):
    """A job with its description; ``record`` holds all of it that has no column of its own."""

    __tablename__ = "described_job"
    __table_args__ = (Index("ix_described_job_candidate_created", "candidate", "created_at"),)

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    record: dict[str, Any] = Field(sa_type=JSON)
