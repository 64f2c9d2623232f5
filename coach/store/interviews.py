"""Interviews: one record, changed by pure functions in one transaction each: neither two pages nor the work behind undo each other."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, delete, select

from coach.domain.attempt import Attempt, AttemptState
from coach.domain.interview import Interview
from coach.domain.work import Work
from coach.errors import NotFoundError
from coach.store.assigned import link
from coach.store.attempts import insert
from coach.store.database import Database, needs
from coach.store.tables import AttemptRow, InterviewRow, RoundRow

Waits = Callable[[Interview, int], bool]
_COLUMNS = {"id", "candidate", "created_at", "finished_at", "seen_at", "step", "rounds"}


class InterviewStore:
    """Interviews of all candidates. ``waits`` tells whether a round has work waiting behind."""

    def __init__(self, database: Database, waits: Waits) -> None:
        self._db = database
        self._waits = waits

    def add(self, interview: Interview, attempts: Sequence[Attempt]) -> None:
        """Store a new interview with its attempts: all of it or nothing.

        Raises NotFoundError where it is for an assignment that is not given to the candidate.
        """
        with self._db.writing() as session:
            for attempt in attempts:
                insert(session, attempt)
            if interview.set_up.assignment:
                link(session, interview.set_up.assignment, interview.candidate, [one.id for one in attempts])
            row = InterviewRow(
                id=interview.id, candidate=interview.candidate, created_at=interview.created_at, **_fields(interview)
            )
            session.add(row)
            session.flush()
            session.add_all(
                RoundRow(
                    interview_id=interview.id,
                    number=n,
                    waits=self._waits(interview, n),
                    record=one.model_dump(mode="json"),
                )
                for n, one in enumerate(interview.rounds)
            )
            self._needs(session, interview)

    def get(self, interview_id: str, candidate: str) -> Interview:
        """One interview. Raises NotFoundError."""
        with self._db.reading() as session:
            return _interview(*_rows(session, interview_id, candidate))

    def change(self, interview_id: str, candidate: str, move: Callable[[Interview], Interview]) -> Interview:
        """Apply a move to the record as it is now, and store what it makes of it. Raises NotFoundError."""
        with self._db.writing() as session:
            row, rounds = _rows(session, interview_id, candidate)
            before = _interview(row, rounds)
            after = move(before)
            if after != before:
                for name, value in _fields(after).items():
                    setattr(row, name, value)
                for stored, old, new in zip(rounds, before.rounds, after.rounds, strict=True):
                    stored.waits = self._waits(after, stored.number)
                    if new != old:
                        stored.record = new.model_dump(mode="json")
                self._needs(session, after)
            return after

    def _needs(self, session: Session, interview: Interview) -> None:
        for n in range(len(interview.rounds)):
            if self._waits(interview, n):
                needs(session, Work.HEAR, f"{interview.id}/{n}", interview.candidate)

    def seen(self, interview_id: str, candidate: str, at: datetime) -> tuple[int, int]:
        """Note a sign of life; returns the step the interview is at, and how many of its answers are rated. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, interview_id, candidate)
            row.seen_at = max(at, row.seen_at)
            rated = select(func.count()).where(
                AttemptRow.interview_id == interview_id, AttemptRow.state == AttemptState.RATED
            )
            return row.step, session.exec(rated).one()

    def waiting(self) -> tuple[tuple[str, str, int], ...]:
        """Rounds with work waiting behind: interview, candidate, number; the earliest interview first."""
        with self._db.reading() as session:
            return tuple(
                session.exec(
                    select(InterviewRow.id, InterviewRow.candidate, RoundRow.number)
                    .join(RoundRow, col(RoundRow.interview_id) == col(InterviewRow.id))
                    .where(col(RoundRow.waits))
                    .order_by(col(InterviewRow.created_at), col(RoundRow.number))
                ).all()
            )

    def all_of(self, candidate: str, limit: int = 50) -> tuple[Interview, ...]:
        """A candidate's interviews, the newest first, ``limit`` at most."""
        with self._db.reading() as session:
            rows = session.exec(
                select(InterviewRow)
                .where(InterviewRow.candidate == candidate)
                .order_by(col(InterviewRow.created_at).desc())
                .limit(limit)
            ).all()
            return tuple(_interview(row, _rounds(session, row.id)) for row in rows)

    def delete(self, interview_id: str, candidate: str) -> None:
        """Delete the record with its rounds; attempts are deleted by whoever owns their recordings. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, interview_id, candidate)
            session.exec(delete(RoundRow).where(col(RoundRow.interview_id) == interview_id))
            session.delete(row)


def _row(session: Session, interview_id: str, candidate: str) -> InterviewRow:
    row = session.get(InterviewRow, interview_id)
    if row is None or row.candidate != candidate:
        raise NotFoundError(
            "There is no such interview here. It may have been deleted; begin a new one under Interview."
        )
    return row


def _rounds(session: Session, interview_id: str) -> Sequence[RoundRow]:
    return session.exec(
        select(RoundRow).where(RoundRow.interview_id == interview_id).order_by(col(RoundRow.number))
    ).all()


def _rows(session: Session, interview_id: str, candidate: str) -> tuple[InterviewRow, Sequence[RoundRow]]:
    return _row(session, interview_id, candidate), _rounds(session, interview_id)


def _fields(interview: Interview) -> dict[str, Any]:
    return {
        "finished_at": interview.finished_at,
        "seen_at": interview.seen_at,
        "step": interview.step,
        "record": interview.model_dump(mode="json", exclude=_COLUMNS),
    }


def _interview(row: InterviewRow, rounds: Sequence[RoundRow]) -> Interview:
    columns = {name: getattr(row, name) for name in _COLUMNS - {"rounds"}}
    return Interview.model_validate({**row.record, **columns, "rounds": [one.record for one in rounds]})
