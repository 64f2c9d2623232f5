"""Notices: what students and coaches are told of. A coach's show only while the words of the answer are shared with them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from coach.domain.people import NO_THING, Role, Sharing
from coach.domain.review import LEFT, TO_COACHES, Notice, NoticeKind
from coach.errors import NotFoundError
from coach.store.consented import seen_by, shared_with
from coach.store.database import Database
from coach.store.tables import AttemptRow
from coach.store.tables_people import CohortCoachRow, CohortRow, PersonRow
from coach.store.tables_review import NoticeRow

_MOST = 100  # of one person's notices that are looked at; the latest


class NoticeStore:
    """Notices of everybody. Every method names whose they are."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, person_id: str) -> tuple[Notice, ...]:
        """What somebody was told of, the latest first."""
        query = (
            select(NoticeRow, col(AttemptRow.question_text), col(PersonRow.name))
            .join(AttemptRow, col(AttemptRow.id) == col(NoticeRow.attempt_id))
            .outerjoin(PersonRow, col(PersonRow.id) == col(NoticeRow.by_id))
            .where(col(NoticeRow.person_id) == person_id)
            .order_by(col(NoticeRow.at).desc(), col(NoticeRow.id).desc())
            .limit(_MOST)
        )
        with self._db.reading() as session:
            rows = session.execute(query).all()
            seen = _seen(session, person_id, [row.attempt_id for row, *_ in rows if row.kind in TO_COACHES])
            return tuple(
                Notice(
                    attempt=row.attempt_id,
                    question_text=question,
                    by=name or LEFT,
                    **row.model_dump(include={"id", "at", "kind", "read_at"}),
                )
                for row, question, name in rows
                if row.kind not in TO_COACHES or row.attempt_id in seen
            )

    def read(self, person_id: str, at: datetime, *, notice: int | None = None, attempt: str | None = None) -> None:
        """Mark as read: one notice, those about one attempt, or all. Raises NotFoundError for a notice of somebody else."""
        query = update(NoticeRow).where(col(NoticeRow.person_id) == person_id, col(NoticeRow.read_at).is_(None))
        with self._db.writing() as session:
            if notice is not None:
                row = session.get(NoticeRow, notice)
                if row is None or row.person_id != person_id:
                    raise NotFoundError(NO_THING)
                query = query.where(col(NoticeRow.id) == notice)
            if attempt is not None:
                query = query.where(col(NoticeRow.attempt_id) == attempt)
            session.execute(query.values(read_at=at))


def _seen(session: Session, coach: str, attempts: Sequence[str]) -> set[str]:
    if not attempts:
        return set()
    query = seen_by(coach, Sharing.TRANSCRIPTS, col(AttemptRow.id)).where(col(AttemptRow.id).in_(attempts))
    return set(session.execute(query).scalars())


def tell(
    session: Session, people: Iterable[str], kind: NoticeKind, *, by: str | None, attempt_id: str, at: datetime
) -> None:
    """Tell people of something, in a transaction that is under way. What they have not read yet of the same kind is not told twice."""
    for person_id in people:
        unread = select(NoticeRow).where(
            col(NoticeRow.person_id) == person_id,
            col(NoticeRow.kind) == kind,
            col(NoticeRow.attempt_id) == attempt_id,
            col(NoticeRow.by_id) == by,
            col(NoticeRow.read_at).is_(None),
        )
        row = session.execute(unread).scalars().first()
        if row is not None:
            row.at = at
        elif session.get(PersonRow, person_id) is not None:  # candidates of the command line have no profile
            session.add(NoticeRow(person_id=person_id, at=at, kind=kind, by_id=by, attempt_id=attempt_id))


def coaches_who_see(session: Session, attempt_id: str) -> tuple[PersonRow, ...]:
    """The coaches who may read the words of an attempt, by name."""
    coach = aliased(PersonRow)
    query = (
        shared_with(Sharing.TRANSCRIPTS, coach)
        .join(CohortCoachRow, col(CohortCoachRow.cohort_id) == col(CohortRow.id))
        .join(coach, coach.id == col(CohortCoachRow.person_id))  # type: ignore[arg-type]  # an aliased class keeps its annotations
        .where(col(AttemptRow.id) == attempt_id, col(CohortRow.archived_at).is_(None))
    )
    found = {row.id: row for row in session.execute(query).scalars() if row.active and row.role != Role.CANDIDATE}
    return tuple(sorted(found.values(), key=lambda row: (row.name, row.id)))
