"""The answers a coach has to review, and why: asked for, disputed, or of a kind that somebody should look at.

Only answers whose words are shared with the coach are ever among them.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlmodel import Session, col

from coach.domain.people import NO_ANSWER, Sharing
from coach.domain.rating import Rater
from coach.domain.review import UNSAFE, Entry, NoticeKind, Request, Status, Waiting, Why
from coach.domain.rubric import Criterion
from coach.errors import ConflictError, NotFoundError
from coach.store.consented import seen_by
from coach.store.database import Database
from coach.store.notices import tell
from coach.store.requests import requests_about, to_request
from coach.store.reviews import shared
from coach.store.tables import AttemptRow, RatingRow
from coach.store.tables_people import CohortCoachRow, CohortRow, LookRow, PersonRow
from coach.store.tables_review import ReviewRequestRow, ReviewRow

NOTICED_FOR = timedelta(days=28)  # an answer nobody asked about is on the list so long after it was handed in
_NOTICED = {
    Why.UNSAFE: and_(col(RatingRow.criterion) == Criterion.CONFIDENTIALITY, col(RatingRow.level) <= UNSAFE),
    Why.APART: and_(col(RatingRow.level).is_(None), col(RatingRow.rater) == Rater.BOTH),
}


class ReviewQueueStore:
    """What waits for coaches. Every method names the coach."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def entries(
        self, coach: str, now: datetime, *, cohort_id: str | None = None, attempt_id: str | None = None
    ) -> tuple[Entry, ...]:
        """The answers to review, in progress and reviewed, of all a coach's cohorts or one; disputed ones first, then the oldest."""
        query = seen_by(
            coach,
            Sharing.TRANSCRIPTS,
            col(AttemptRow.id),
            col(AttemptRow.question_text),
            col(AttemptRow.handed_in_at),
            col(PersonRow.name),
            col(CohortRow.id),
            col(CohortRow.name),
            col(AttemptRow.candidate),
        ).where(_listed(now) if attempt_id is None else col(AttemptRow.id) == attempt_id)
        if cohort_id is not None:
            query = query.where(col(CohortRow.id) == cohort_id)
        with self._db.reading() as session:
            found = {row[0]: row for row in session.execute(query.order_by(col(CohortRow.created_at)))}
            asked = _asked(session, found)
            reviews = _reviews(session, {id_: row[4] for id_, row in found.items()})
            seen = {why: _rated(session, found, condition) for why, condition in _NOTICED.items()}
            entries = []
            for id_, (_, question, handed_in, student, cohort, cohort_name, candidate) in found.items():
                requests, begun = asked.get(id_, []), reviews.get(id_, [])
                waiting = [one for one in requests if one.is_open]
                entries.append(
                    Entry(
                        attempt=id_,
                        candidate=candidate,
                        student=student,
                        cohort=cohort_name,
                        cohort_id=cohort,
                        question_text=question,
                        since=min((one.at for one in waiting), default=handed_in),
                        status=_status(waiting, [row for row, _ in begun]),
                        why=_why(waiting or requests, [why for why in seen if id_ in seen[why]], begun),
                        by=", ".join(dict.fromkeys(name for _, name in begun)),
                    )
                )
            return tuple(sorted(entries, key=lambda one: (not _is_disputed(one), one.since)))

    def requests(self, coach: str, attempt_id: str) -> tuple[Request, ...]:
        """What a student asked about an answer, the latest first. Raises NotFoundError."""
        with self._db.reading() as session:
            shared(session, coach, attempt_id)
            return tuple(to_request(row, name) for row, name in requests_about(session, attempt_id))

    def answer(self, coach: str, request_id: str, words: str, at: datetime) -> None:
        """Answer what a student asked, and tell them. Raises NotFoundError, and ConflictError where somebody did already."""
        with self._db.writing() as session:
            row = session.get(ReviewRequestRow, request_id)
            if row is None:
                raise NotFoundError(NO_ANSWER)
            attempt = shared(session, coach, row.attempt_id)
            if row.answered_at is not None:
                raise ConflictError("This was answered already, perhaps by another coach.")
            row.answered_at, row.answered_by, row.answer = at, coach, words
            tell(session, (attempt.candidate,), NoticeKind.ANSWERED, by=coach, attempt_id=attempt.id, at=at)

    def waiting(self, coach: str, cohort_id: str) -> dict[str, Waiting]:
        """What waits for an answer, by student of a cohort."""
        disputed = col(ReviewRequestRow.disputes)
        query = (
            seen_by(
                coach,
                Sharing.TRANSCRIPTS,
                col(AttemptRow.candidate),
                func.count().filter(disputed),
                func.count().filter(~disputed),
                func.min(col(ReviewRequestRow.at)),
            )
            .join(ReviewRequestRow, col(ReviewRequestRow.attempt_id) == col(AttemptRow.id))
            .where(
                col(AttemptRow.id).in_(
                    select(col(ReviewRequestRow.attempt_id)).where(col(ReviewRequestRow.answered_at).is_(None))
                ),
                col(ReviewRequestRow.answered_at).is_(None),
                col(CohortRow.id) == cohort_id,
            )
            .group_by(col(AttemptRow.candidate))
        )
        with self._db.reading() as session:
            return {
                student: Waiting(disputes=disputes, asked=asked, since=since)
                for student, disputes, asked, since in session.execute(query)
            }

    def unseen(self, coach: str) -> tuple[str, ...]:
        """The answers a coach may read and has neither read nor reviewed, to draw one of them by lot."""
        read = select(col(LookRow.attempt_id)).where(col(LookRow.coach_id) == coach)
        reviewed = select(col(ReviewRow.attempt_id)).where(col(ReviewRow.coach_id) == coach)
        query = seen_by(coach, Sharing.TRANSCRIPTS, col(AttemptRow.id)).where(
            col(AttemptRow.id).not_in(read), col(AttemptRow.id).not_in(reviewed)
        )
        with self._db.reading() as session:
            return tuple(sorted(set(session.execute(query).scalars())))


def _listed(now: datetime) -> ColumnElement[bool]:
    """Whether an attempt is among those to review, or was: found from what was asked, written and noticed, not by walking all attempts."""
    noticed = (
        select(col(RatingRow.attempt_id))
        .join(AttemptRow, col(AttemptRow.id) == col(RatingRow.attempt_id))
        .where(col(AttemptRow.handed_in_at) >= now - NOTICED_FOR, or_(*_NOTICED.values()))
    )
    found = union(select(col(ReviewRequestRow.attempt_id)), select(col(ReviewRow.attempt_id)), noticed).subquery()
    return col(AttemptRow.id).in_(select(found.c.attempt_id))


def _rated(session: Session, attempts: Iterable[str], condition: ColumnElement[bool]) -> set[str]:
    query = select(col(RatingRow.attempt_id)).where(col(RatingRow.attempt_id).in_(list(attempts)), condition)
    return set(session.execute(query).scalars())


def _asked(session: Session, attempts: Iterable[str]) -> dict[str, list[Request]]:
    found: dict[str, list[Request]] = {}
    query = select(ReviewRequestRow).where(col(ReviewRequestRow.attempt_id).in_(list(attempts)))
    for row in session.execute(query).scalars():
        found.setdefault(row.attempt_id, []).append(to_request(row, None))
    return found


def _reviews(session: Session, cohorts: dict[str, str]) -> dict[str, list[tuple[ReviewRow, str]]]:
    """Reviews of answers by coaches of the cohort each is seen through: who else a student shares with is not told."""
    query = (
        select(ReviewRow, col(PersonRow.name), col(CohortCoachRow.cohort_id))
        .join(PersonRow, col(PersonRow.id) == col(ReviewRow.coach_id))
        .join(CohortCoachRow, col(CohortCoachRow.person_id) == col(ReviewRow.coach_id))
        .where(col(ReviewRow.attempt_id).in_(list(cohorts)))
        .order_by(col(ReviewRow.begun_at))
    )
    found: dict[str, list[tuple[ReviewRow, str]]] = {}
    for row, name, cohort in session.execute(query):
        if cohorts[row.attempt_id] == cohort:
            found.setdefault(row.attempt_id, []).append((row, name))
    return found


def _status(waiting: Sequence[Request], reviews: Sequence[ReviewRow]) -> Status:
    if any(row.finished_at is None for row in reviews):
        return Status.IN_PROGRESS
    return Status.REVIEWED if reviews and not waiting else Status.TO_REVIEW


def _why(requests: Sequence[Request], seen: Iterable[Why], reviews: Sequence[tuple[ReviewRow, str]]) -> tuple[Why, ...]:
    found = {Why.DISPUTED if one.subject else Why.ASKED for one in requests} | set(seen)
    if not found:
        found = {Why.DRAWN if any(row.drawn for row, _ in reviews) else Why.CHOSEN}
    return tuple(why for why in Why if why in found)


def _is_disputed(one: Entry) -> bool:
    return Why.DISPUTED in one.why and one.status is not Status.REVIEWED
