"""Jobs that candidates prepare for: one record each, changed by pure functions in one transaction."""

from collections.abc import Callable

from sqlmodel import Session, col, select

from coach.domain.job import Job
from coach.errors import NotFoundError
from coach.store.database import Database
from coach.store.tables_jobs import DescribedJobRow


class DescribedJobStore:
    """Jobs of all candidates. Every read names the candidate: somebody else's job is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, job: Job) -> None:
        """Store a new job."""
        with self._db.writing() as session:
            session.add(
                DescribedJobRow(id=job.id, candidate=job.candidate, created_at=job.created_at, record=job.record())
            )

    def get(self, ident: str, candidate: str) -> Job:
        """One job. Raises NotFoundError."""
        with self._db.reading() as session:
            return _job(_row(session, ident, candidate))

    def change(self, ident: str, candidate: str, move: Callable[[Job], Job]) -> Job:
        """Apply a move to the record as it is now, and store what it makes of it. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, ident, candidate)
            after = move(_job(row))
            row.record = after.record()
            return after

    def all_of(self, candidate: str, limit: int = 100) -> tuple[Job, ...]:
        """A candidate's jobs, the newest first, ``limit`` at most."""
        with self._db.reading() as session:
            rows = session.exec(
                select(DescribedJobRow)
                .where(DescribedJobRow.candidate == candidate)
                .order_by(col(DescribedJobRow.created_at).desc())
                .limit(limit)
            )
            return tuple(map(_job, rows))

    def delete(self, ident: str, candidate: str) -> None:
        """Delete a job with everything gathered for it. Raises NotFoundError."""
        with self._db.writing() as session:
            session.delete(_row(session, ident, candidate))


def _row(session: Session, ident: str, candidate: str) -> DescribedJobRow:
    row = session.get(DescribedJobRow, ident)
    if row is None or row.candidate != candidate:
        raise NotFoundError("There is no such job here. It may have been deleted; choose another under The job.")
    return row


def _job(row: DescribedJobRow) -> Job:
    return Job.model_validate({**row.record, **row.model_dump(include={"id", "candidate", "created_at"})})
