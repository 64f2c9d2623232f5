"""Interview guides: their owners', and what owners show to the coaches of their cohorts."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, delete, select

from coach.domain.guide import NO_GUIDE, Guide
from coach.domain.people import NO_COHORT
from coach.errors import NotFoundError
from coach.store.consented import followed_by
from coach.store.database import Database
from coach.store.tables_assignments import AssignmentRow, GuideCohortRow, GuideRow
from coach.store.tables_people import CohortRow

_COLUMNS = {"id", "owner", "created_at", "cohorts"}


class GuideStore:
    """All guides. Each method names who asks: what is neither theirs nor shown to them is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, guide: Guide) -> None:
        """Store a new guide, shown to nobody else."""
        with self._db.writing() as session:
            row = GuideRow(id=guide.id, owner=guide.owner, created_at=guide.created_at, record=_record(guide))
            session.add(row)

    def get(self, ident: str, who: str) -> Guide:
        """One guide that is somebody's own, or shown to them as a coach. Raises NotFoundError."""
        with self._db.reading() as session:
            row = session.exec(select(GuideRow).where(GuideRow.id == ident, _readable(who))).first()
            if row is None:
                raise NotFoundError(NO_GUIDE)
            return _guides(session, [row])[0]

    def all_of(self, who: str) -> tuple[Guide, ...]:
        """The guides somebody may read, the newest first."""
        with self._db.reading() as session:
            rows = session.exec(
                select(GuideRow).where(_readable(who)).order_by(col(GuideRow.created_at).desc(), col(GuideRow.id))
            ).all()
            return _guides(session, rows)

    def owned_by(self, owner: str) -> tuple[Guide, ...]:
        """Somebody's own guides, the newest first."""
        return tuple(one for one in self.all_of(owner) if one.owner == owner)

    def change(self, ident: str, owner: str, move: Callable[[Guide], Guide]) -> Guide:
        """Apply a move to somebody's own guide as it is now. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _own(session, ident, owner)
            after = move(_guides(session, [row])[0])
            row.record = _record(after)
            return after

    def show(self, ident: str, owner: str, cohorts: Sequence[str]) -> Guide:
        """Show a guide to the coaches of these cohorts and no others; its owner coaches each. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _own(session, ident, owner)
            coached = set(session.exec(select(CohortRow.id).where(followed_by(owner))))
            if not coached.issuperset(cohorts):
                raise NotFoundError(NO_COHORT)
            session.exec(delete(GuideCohortRow).where(col(GuideCohortRow.guide_id) == ident))
            session.add_all(GuideCohortRow(guide_id=ident, cohort_id=one) for one in dict.fromkeys(cohorts))
            session.flush()
            return _guides(session, [row])[0]

    def in_use(self, ident: str) -> bool:
        """Whether an assignment was made from a guide."""
        with self._db.reading() as session:
            return session.exec(select(AssignmentRow.id).where(AssignmentRow.guide_id == ident)).first() is not None

    def delete(self, ident: str, owner: str) -> None:
        """Delete somebody's own guide. What was assigned by it stays as it was given. Raises NotFoundError."""
        with self._db.writing() as session:
            session.delete(_own(session, ident, owner))


def _readable(who: str) -> ColumnElement[bool]:
    shown = (
        select(GuideCohortRow.guide_id)
        .join(CohortRow, col(CohortRow.id) == col(GuideCohortRow.cohort_id))
        .where(followed_by(who))
    )
    return or_(col(GuideRow.owner) == who, col(GuideRow.id).in_(shown))


def _own(session: Session, ident: str, owner: str) -> GuideRow:
    row = session.get(GuideRow, ident)
    if row is None or row.owner != owner:
        raise NotFoundError(NO_GUIDE)
    return row


def _record(guide: Guide) -> dict[str, object]:
    return guide.model_dump(mode="json", exclude=_COLUMNS)


def _guides(session: Session, rows: Sequence[GuideRow]) -> tuple[Guide, ...]:
    """The values of rows, each with the cohorts whose coaches may read it."""
    query = select(GuideCohortRow.guide_id, GuideCohortRow.cohort_id).where(
        col(GuideCohortRow.guide_id).in_(row.id for row in rows)
    )
    cohorts: dict[str, list[str]] = defaultdict(list)
    for ident, cohort in session.exec(query.order_by(GuideCohortRow.cohort_id)):
        cohorts[ident].append(cohort)
    return tuple(
        Guide.model_validate(
            {
                **row.record,
                **row.model_dump(include={"id", "owner", "created_at"}),
                "cohorts": tuple(cohorts[row.id]),
            }
        )
        for row in rows
    )
