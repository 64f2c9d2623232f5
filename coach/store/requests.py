"""What students ask of coaches about their own answers, and what they were given: all of it one's own."""

from sqlalchemy import Select, select
from sqlmodel import Session, col

from coach.domain.people import NO_ANSWER
from coach.domain.review import LEFT, NoticeKind, Request, Review, Subject
from coach.errors import ConflictError, NotFoundError
from coach.store.database import Database
from coach.store.notices import coaches_who_see, tell
from coach.store.reviews import to_reviews
from coach.store.tables import AttemptRow
from coach.store.tables_people import PersonRow
from coach.store.tables_review import ReviewRequestRow, ReviewRow


class RequestStore:
    """Requests of all students. Every method names the candidate whose answer it is about."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def who_sees(self, candidate: str, attempt_id: str) -> tuple[str, ...]:
        """The names of the coaches who may read an answer. Raises NotFoundError."""
        with self._db.reading() as session:
            _own(session, candidate, attempt_id)
            return tuple(row.name for row in coaches_who_see(session, attempt_id))

    def add(self, candidate: str, one: Request) -> None:
        """Ask, or dispute, and tell the coaches who may read the answer. Raises NotFoundError, and ConflictError where it is asked already."""
        with self._db.writing() as session:
            _own(session, candidate, one.attempt)
            subject = one.subject
            if any(
                _to_subject(row) == subject
                for row, _ in requests_about(session, one.attempt)
                if row.answered_at is None
            ):
                raise ConflictError("This waits for a coach already.")
            session.add(
                ReviewRequestRow(
                    id=one.id,
                    attempt_id=one.attempt,
                    at=one.at,
                    reason=one.reason,
                    disputes=subject is not None,
                    criterion=subject.criterion if subject else None,
                    span=subject.span.model_dump(mode="json") if subject and subject.span else None,
                    about=subject.about if subject else "",
                )
            )
            kind = NoticeKind.DISPUTED if subject else NoticeKind.ASKED
            coaches = [row.id for row in coaches_who_see(session, one.attempt)]
            tell(session, coaches, kind, by=candidate, attempt_id=one.attempt, at=one.at)

    def take_back(self, candidate: str, request_id: str) -> None:
        """Forget a request that nobody has answered yet. Raises NotFoundError, ConflictError."""
        with self._db.writing() as session:
            row = session.get(ReviewRequestRow, request_id)
            if row is None:
                raise NotFoundError(NO_ANSWER)
            _own(session, candidate, row.attempt_id)
            if row.answered_at is not None:
                raise ConflictError("This was answered already.")
            session.delete(row)

    def of(self, candidate: str, attempt_id: str) -> tuple[Request, ...]:
        """What was asked about an answer, the latest first. Raises NotFoundError."""
        with self._db.reading() as session:
            _own(session, candidate, attempt_id)
            return tuple(to_request(row, name) for row, name in requests_about(session, attempt_id))

    def all_of(self, candidate: str) -> tuple[Request, ...]:
        """Everything a candidate asked, the latest first."""
        query = _asked().join(AttemptRow, col(AttemptRow.id) == col(ReviewRequestRow.attempt_id))
        with self._db.reading() as session:
            rows = session.execute(query.where(col(AttemptRow.candidate) == candidate))
            return tuple(to_request(row, name) for row, name in rows)

    def received(self, candidate: str, attempt_id: str | None = None) -> tuple[Review, ...]:
        """The reviews a candidate was given, of one answer or all, the latest first."""
        query = (
            select(ReviewRow, col(PersonRow.name))
            .join(AttemptRow, col(AttemptRow.id) == col(ReviewRow.attempt_id))
            .outerjoin(PersonRow, col(PersonRow.id) == col(ReviewRow.coach_id))
            .where(col(AttemptRow.candidate) == candidate, col(ReviewRow.finished_at).is_not(None))
            .order_by(col(ReviewRow.finished_at).desc(), col(ReviewRow.id))
        )
        if attempt_id is not None:
            query = query.where(col(ReviewRow.attempt_id) == attempt_id)
        with self._db.reading() as session:
            return to_reviews(session, [(row, name or LEFT) for row, name in session.execute(query)])


def _own(session: Session, candidate: str, attempt_id: str) -> AttemptRow:
    row = session.get(AttemptRow, attempt_id)
    if row is None or row.candidate != candidate:
        raise NotFoundError(NO_ANSWER)
    return row


def _asked() -> Select[ReviewRequestRow, str]:
    return (
        select(ReviewRequestRow, col(PersonRow.name))
        .outerjoin(PersonRow, col(PersonRow.id) == col(ReviewRequestRow.answered_by))
        .order_by(col(ReviewRequestRow.at).desc(), col(ReviewRequestRow.id))
    )


def requests_about(session: Session, attempt_id: str) -> list[tuple[ReviewRequestRow, str | None]]:
    """What was asked about an answer, the latest first, with the name of whoever answered."""
    rows = session.execute(_asked().where(col(ReviewRequestRow.attempt_id) == attempt_id))
    return [(row, name) for row, name in rows]


def to_request(row: ReviewRequestRow, name: str | None) -> Request:
    """The value of a row; ``name`` is who answered."""
    return Request(
        attempt=row.attempt_id,
        subject=_to_subject(row),
        by=(name or LEFT) if row.answered_at else "",
        **row.model_dump(include={"id", "at", "reason", "answered_at", "answer"}),
    )


def _to_subject(row: ReviewRequestRow) -> Subject | None:
    return Subject.model_validate(row.model_dump(include={"criterion", "span", "about"})) if row.disputes else None
