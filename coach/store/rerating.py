"""Which answers are to be rated again, and since when somebody wants that."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Field, col, select

from coach.domain.work import Work
from coach.store.database import Database, needs
from coach.store.rows import put
from coach.store.tables import Table, UTCDateTime


class RerateRow(Table, table=True):
    """An answer that is to be rated again."""

    __tablename__ = "rerate"

    attempt_id: str = Field(primary_key=True, foreign_key="attempt.id", ondelete="CASCADE", max_length=32)
    candidate: str = Field(max_length=64)
    asked_at: datetime = Field(sa_type=UTCDateTime, index=True)


class RerateStore:
    """What waits to be rated again. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def ask(self, attempts: Iterable[tuple[str, str]], at: datetime) -> None:
        """Have attempts of candidates rated again: all of them, or none where it fails."""
        with self._db.writing() as session:
            for attempt_id, candidate in attempts:
                put(session, RerateRow(attempt_id=attempt_id, candidate=candidate, asked_at=at))
                needs(session, Work.RERATE, attempt_id, candidate)

    def to_rerate(self) -> tuple[tuple[str, str], ...]:
        """Attempts and their candidates, the longest waiting first."""
        with self._db.reading() as session:
            asked = select(RerateRow.attempt_id, RerateRow.candidate)
            return tuple(session.exec(asked.order_by(col(RerateRow.asked_at), col(RerateRow.attempt_id))).all())

    def asked_at(self, attempt_id: str) -> datetime | None:
        """When somebody wanted an attempt rated again, if it still waits."""
        with self._db.reading() as session:
            row = session.get(RerateRow, attempt_id)
            return row.asked_at if row else None

    def done(self, attempt_id: str, asked_at: datetime) -> None:
        """An attempt was rated again; if somebody has asked anew since, it goes on waiting."""
        with self._db.writing() as session:
            row = session.get(RerateRow, attempt_id)
            if row and row.asked_at == asked_at:
                session.delete(row)
