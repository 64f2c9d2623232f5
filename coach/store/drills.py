"""Tries at drills and runs through scenarios: one record each, changed in one transaction."""

# No `from __future__ import annotations` here: SQLModel reads the annotations.
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field, Session, col, delete, select

from coach.domain.answer import Transcript
from coach.domain.attempt import AttemptState
from coach.domain.drill import Run, Try
from coach.domain.work import Work
from coach.errors import ConflictError, NotFoundError
from coach.store.database import Database, in_batches, needs
from coach.store.tables import Table, UTCDateTime

_TRY_COLUMNS = {"id", "candidate", "drill", "state", "created_at", "rated_at", "run"}
_RUN_COLUMNS = {"id", "candidate", "created_at", "finished_at"}


class DrillTryRow(Table, table=True):
    """One answer to one exercise; ``record`` holds what has no column of its own."""

    __tablename__ = "drill_try"
    __table_args__ = (
        Index("ix_drill_try_candidate_drill_created", "candidate", "drill", "created_at"),
        Index("ix_drill_try_run", "run"),
        Index("ix_drill_try_state", "state"),
    )

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    drill: str = Field(max_length=32)
    state: str = Field(max_length=12)
    created_at: datetime = Field(sa_type=UTCDateTime)
    rated_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    run: str | None = Field(default=None, max_length=32)
    record: dict[str, Any] = Field(sa_type=JSON)


class DrillRunRow(Table, table=True):
    """One way through a scenario; ``record`` holds what has no column of its own."""

    __tablename__ = "drill_run"
    __table_args__ = (Index("ix_drill_run_candidate_created", "candidate", "created_at"),)

    id: str = Field(primary_key=True, max_length=32)
    candidate: str = Field(max_length=64)
    created_at: datetime = Field(sa_type=UTCDateTime)
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    record: dict[str, Any] = Field(sa_type=JSON)


class DrillStore:
    """Drills of all candidates. Each method that names a try or run raises NotFoundError where the candidate has none such."""

    def __init__(self, database: Database) -> None:
        self._db = database

    # ── tries ────────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, one: Try) -> None:
        """Store a new try."""
        with self._db.writing() as session:
            session.add(DrillTryRow(**one.model_dump(include=_TRY_COLUMNS), record=_record(one, _TRY_COLUMNS)))

    def get(self, try_id: str, candidate: str) -> Try:
        """One try."""
        with self._db.reading() as session:
            return _try(_try_row(session, try_id, candidate))

    def change(self, try_id: str, candidate: str, move: Callable[[Try], Try]) -> Try:
        """Apply a move to the try as it is now, and store what it makes of it."""
        with self._db.writing() as session:
            row = _try_row(session, try_id, candidate)
            after = move(_try(row))
            if after.state is AttemptState.RECORDED and row.state != after.state:
                needs(session, Work.WRITE, try_id, candidate)
            row.state, row.rated_at, row.record = after.state, after.rated_at, _record(after, _TRY_COLUMNS)
            return after

    def save_draft(self, try_id: str, candidate: str, draft: str) -> None:
        """Keep what is being typed. Raises ConflictError once it was handed in."""

        def kept(one: Try) -> Try:
            if one.state is AttemptState.RATED:
                raise ConflictError("This try was finished already, perhaps in another tab. Begin another one.")
            return one.model_copy(update={"draft": draft})

        self.change(try_id, candidate, kept)

    def finish_recording(self, try_id: str, candidate: str) -> None:
        """The recording is finished and waits to be written down."""

        def finished(one: Try) -> Try:
            return one.model_copy(update={"state": AttemptState.RECORDED}) if one.state is AttemptState.DRAFT else one

        self.change(try_id, candidate, finished)

    def to_write_down(self) -> tuple[tuple[str, str], ...]:
        """Every try whose recording waits to be written down, with its candidate; the oldest first."""
        with self._db.reading() as session:
            waiting = select(DrillTryRow.id, DrillTryRow.candidate).where(DrillTryRow.state == AttemptState.RECORDED)
            return tuple(session.exec(waiting.order_by(col(DrillTryRow.created_at))).all())

    def save_transcript(self, try_id: str, candidate: str, transcript: Transcript) -> None:
        """Keep what was heard; it becomes the draft. Does nothing where a transcript waits already."""

        def heard(one: Try) -> Try:
            if one.state not in (AttemptState.DRAFT, AttemptState.RECORDED):
                return one
            return one.model_copy(
                update={"transcript": transcript, "draft": transcript.clean, "state": AttemptState.TRANSCRIBED}
            )

        self.change(try_id, candidate, heard)

    def all_of(self, candidate: str, drill: str | None = None, limit: int = 200) -> tuple[Try, ...]:
        """A candidate's tries, at one drill or at all, the newest first, ``limit`` at most."""
        with self._db.reading() as session:
            query = select(DrillTryRow).where(DrillTryRow.candidate == candidate)
            if drill is not None:
                query = query.where(DrillTryRow.drill == drill)
            rows = session.exec(query.order_by(col(DrillTryRow.created_at).desc()).limit(limit)).all()
            return tuple(map(_try, rows))

    def owners(self, try_ids: Collection[str]) -> dict[str, str]:
        """Whose these tries are; what is no try is left out."""
        with self._db.reading() as session:
            query = select(DrillTryRow.id, DrillTryRow.candidate)
            return {
                ident: candidate
                for some in in_batches(try_ids)
                for ident, candidate in session.exec(query.where(col(DrillTryRow.id).in_(some)))
            }

    def delete(self, try_id: str, candidate: str) -> None:
        """Delete a try; its recordings are deleted by whoever owns them."""
        with self._db.writing() as session:
            session.delete(_try_row(session, try_id, candidate))

    # ── runs ─────────────────────────────────────────────────────────────────────────────────────────────────────

    def add_run(self, run: Run) -> None:
        """Store a new run."""
        with self._db.writing() as session:
            session.add(DrillRunRow(**run.model_dump(include=_RUN_COLUMNS), record=_record(run, _RUN_COLUMNS)))

    def get_run(self, run_id: str, candidate: str) -> Run:
        """One run."""
        with self._db.reading() as session:
            return _run(_run_row(session, run_id, candidate))

    def change_run(self, run_id: str, candidate: str, move: Callable[[Run], Run]) -> Run:
        """Apply a move to the run as it is now, and store what it makes of it."""
        with self._db.writing() as session:
            row = _run_row(session, run_id, candidate)
            after = move(_run(row))
            row.finished_at, row.record = after.finished_at, _record(after, _RUN_COLUMNS)
            return after

    def runs_of(self, candidate: str, limit: int = 50) -> tuple[Run, ...]:
        """A candidate's runs, the newest first, ``limit`` at most."""
        with self._db.reading() as session:
            rows = session.exec(
                select(DrillRunRow)
                .where(DrillRunRow.candidate == candidate)
                .order_by(col(DrillRunRow.created_at).desc())
                .limit(limit)
            ).all()
            return tuple(map(_run, rows))

    def tries_in(self, run_id: str, candidate: str) -> tuple[Try, ...]:
        """The replies given in a run, the first first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(DrillTryRow)
                .where(DrillTryRow.run == run_id, DrillTryRow.candidate == candidate)
                .order_by(col(DrillTryRow.created_at))
            ).all()
            return tuple(map(_try, rows))

    def delete_run(self, run_id: str, candidate: str) -> None:
        """Delete a run with its tries."""
        with self._db.writing() as session:
            row = _run_row(session, run_id, candidate)
            session.exec(delete(DrillTryRow).where(col(DrillTryRow.run) == run_id))
            session.delete(row)


def _try_row(session: Session, try_id: str, candidate: str) -> DrillTryRow:
    row = session.get(DrillTryRow, try_id)
    if row is None or row.candidate != candidate:
        raise NotFoundError("There is no such try here. It may have been deleted; begin a new one under Drills.")
    return row


def _run_row(session: Session, run_id: str, candidate: str) -> DrillRunRow:
    row = session.get(DrillRunRow, run_id)
    if row is None or row.candidate != candidate:
        raise NotFoundError("There is no such scenario here. It may have been deleted; begin a new one under Drills.")
    return row


def _record(value: Try | Run, columns: set[str]) -> dict[str, Any]:
    return value.model_dump(mode="json", exclude=columns)


def _try(row: DrillTryRow) -> Try:
    return Try.model_validate({**row.record, **{name: getattr(row, name) for name in _TRY_COLUMNS}})


def _run(row: DrillRunRow) -> Run:
    return Run.model_validate({**row.record, **{name: getattr(row, name) for name in _RUN_COLUMNS}})
