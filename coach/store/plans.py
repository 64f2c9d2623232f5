"""Interviews ahead with their checklists, and what the program saw being done."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, delete, select

from coach.domain.plan import Appointment
from coach.errors import NotFoundError
from coach.store.database import Database
from coach.store.rows import put
from coach.store.tables_plan import AppointmentRow, SightingRow

_COLUMNS = {"id", "candidate", "created_at"}


class PlanStore:
    """Appointments and sightings of all candidates. Safe to share between threads."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, appointment: Appointment) -> None:
        """Store a new appointment."""
        with self._db.writing() as session:
            session.add(
                AppointmentRow(
                    id=appointment.id,
                    candidate=appointment.candidate,
                    created_at=appointment.created_at,
                    day=appointment.details.day,
                    record=_record(appointment),
                )
            )

    def get(self, appointment_id: str, candidate: str) -> Appointment:
        """One appointment. Raises NotFoundError."""
        with self._db.reading() as session:
            return _appointment(_row(session, appointment_id, candidate))

    def change(self, appointment_id: str, candidate: str, move: Callable[[Appointment], Appointment]) -> Appointment:
        """Apply a pure function to the appointment as it is now: two tabs never undo each other. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, appointment_id, candidate)
            after = move(_appointment(row))
            row.day, row.record = after.details.day, _record(after)
            return after

    def all_of(self, candidate: str) -> tuple[Appointment, ...]:
        """A candidate's appointments, the earliest first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(AppointmentRow)
                .where(AppointmentRow.candidate == candidate)
                .order_by(col(AppointmentRow.day), col(AppointmentRow.created_at))
            ).all()
            return tuple(_appointment(row) for row in rows)

    def delete(self, appointment_id: str, candidate: str) -> None:
        """Delete an appointment with its checklist. Raises NotFoundError."""
        with self._db.writing() as session:
            session.delete(_row(session, appointment_id, candidate))

    def saw(self, candidate: str, what: str, at: datetime) -> None:
        """Note that something was done, in place of an earlier time."""
        with self._db.writing() as session:
            put(session, SightingRow(candidate=candidate, what=what, at=at))

    def forget(self, candidate: str) -> None:
        """Forget everything a candidate was seen doing."""
        with self._db.writing() as session:
            session.exec(delete(SightingRow).where(col(SightingRow.candidate) == candidate))

    def last_saw(self, candidate: str, what: str) -> datetime | None:
        """When something was last done, if it ever was."""
        with self._db.reading() as session:
            row = session.get(SightingRow, (candidate, what))
            return row.at if row else None


def _row(session: Session, appointment_id: str, candidate: str) -> AppointmentRow:
    row = session.get(AppointmentRow, appointment_id)
    if row is None or row.candidate != candidate:
        raise NotFoundError(
            "There is no such interview date here. It may have been deleted; add it again under Checklist."
        )
    return row


def _record(appointment: Appointment) -> dict[str, Any]:
    return appointment.model_dump(mode="json", exclude=_COLUMNS)


def _appointment(row: AppointmentRow) -> Appointment:
    return Appointment.model_validate({**row.record, **{name: getattr(row, name) for name in _COLUMNS}})
