"""What coaches see of students' attempts: only what is shared with a cohort of theirs, by one condition in every query."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from coach.domain.attempt import Attempt
from coach.domain.people import NO_ANSWER, LookKind, SharedAttempt, Sharing
from coach.errors import NotFoundError
from coach.store.attempts import to_attempt
from coach.store.consented import effective, seen_by
from coach.store.database import Database
from coach.store.overrides import overrides, with_overrides
from coach.store.people import row_of
from coach.store.tables import AttemptRow, RatingRow
from coach.store.tables_people import CohortRow, LookRow

_LISTED = (
    col(AttemptRow.id),
    col(AttemptRow.candidate),
    col(AttemptRow.question_key),
    col(AttemptRow.question_text),
    col(AttemptRow.handed_in_at),
)
_ONE_LOOK = timedelta(hours=1)  # within it, coming back to the same answer is the same look


class SharedStore:
    """Attempts as coaches may see them. Every method names the coach; what is not shared with them is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def attempts(
        self, coach: str, cohort_id: str, student: str | None = None, since: datetime | None = None
    ) -> tuple[SharedAttempt, ...]:
        """What a cohort's students, or one of them, share with a coach: at least the ratings. The latest first."""
        query = seen_by(coach, Sharing.RATINGS, *_LISTED, effective().label("sharing")).where(
            col(CohortRow.id) == cohort_id
        )
        if student is not None:
            query = query.where(col(AttemptRow.candidate) == student)
        if since is not None:
            query = query.where(col(AttemptRow.handed_in_at) >= since)
        with self._db.reading() as session:
            rows = session.execute(query.order_by(col(AttemptRow.handed_in_at).desc(), col(AttemptRow.id))).mappings()
            found = [dict(row) for row in rows]
            levels = _levels(session, query)
            return tuple(SharedAttempt(**row, levels=tuple(levels.get(row["id"], ()))) for row in found)

    def activity(self, coach: str, cohort_id: str) -> dict[str, tuple[int, datetime]]:
        """How many attempts each student of a cohort lets a coach see the ratings of, and when the latest was handed in."""
        student = col(AttemptRow.candidate)
        query = seen_by(coach, Sharing.RATINGS, student, func.count(), func.max(col(AttemptRow.handed_in_at)))
        with self._db.reading() as session:
            rows = session.execute(query.where(col(CohortRow.id) == cohort_id).group_by(student))
            return {candidate: (count, latest) for candidate, count, latest in rows}

    def sharing(self, coach: str, attempt_id: str) -> Sharing:
        """How much of an attempt a coach may see, through whichever of their cohorts it is most."""
        query = seen_by(coach, Sharing.RATINGS, func.max(effective())).where(col(AttemptRow.id) == attempt_id)
        with self._db.reading() as session:
            return Sharing(session.execute(query).scalar() or 0)

    def look(self, coach: str, attempt_id: str, needed: Sharing, kind: LookKind, at: datetime) -> Attempt:
        """An attempt whose words or voice a coach now looks at; the look is in the student's log before it is given.

        Raises NotFoundError where not so much of it is shared.
        """
        query = seen_by(coach, needed, AttemptRow, CohortRow).where(col(AttemptRow.id) == attempt_id)
        with self._db.writing() as session:
            found = session.execute(query.order_by(effective().desc(), col(CohortRow.id))).first()
            if found is None:
                raise NotFoundError(NO_ANSWER)
            attempt, cohort = found
            if not _looked(session, coach, attempt_id, kind, since=at - _ONE_LOOK):
                session.add(
                    LookRow(
                        person_id=attempt.candidate,
                        at=at,
                        coach_id=coach,
                        coach=row_of(session, coach).name,
                        cohort=cohort.name,
                        attempt_id=attempt_id,
                        question_text=attempt.question_text,
                        kind=kind,
                    )
                )
            given = overrides(session, col(AttemptRow.id) == attempt_id).get(attempt_id, ())
            return with_overrides(to_attempt(attempt, ()), given)


def _levels(session: Session, query: Select[Any]) -> dict[str, list[tuple[str, int | None]]]:
    ids = query.with_only_columns(col(AttemptRow.id))
    levels: dict[str, list[tuple[str, int | None]]] = {}
    rows = select(RatingRow).where(col(RatingRow.attempt_id).in_(ids)).order_by(col(RatingRow.criterion))
    for row in session.execute(rows).scalars():
        levels.setdefault(row.attempt_id, []).append((row.criterion, row.level))
    return levels


def _looked(session: Session, coach: str, attempt_id: str, kind: LookKind, since: datetime) -> bool:
    query = select(col(LookRow.id)).where(
        col(LookRow.coach_id) == coach,
        col(LookRow.attempt_id) == attempt_id,
        col(LookRow.kind) == kind,
        col(LookRow.at) > since,
    )
    return session.execute(query).first() is not None
