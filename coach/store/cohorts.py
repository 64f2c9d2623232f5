"""Cohorts: their coaches, students and invitations. Where a coach is named, only cohorts of this coach are there."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from coach.domain.people import NO_COHORT, NO_MEMBERSHIP, Cohort, Invitation, Membership, Person, Role
from coach.errors import NotFoundError
from coach.store.database import Database
from coach.store.people import row_of, to_person
from coach.store.rows import ensure
from coach.store.tables_people import CohortCoachRow, CohortRow, InvitationRow, MembershipRow, PersonRow


class CohortStore:
    """All cohorts. ``coach`` is whose cohorts may be touched; None for everybody's."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def add(self, cohort: Cohort, coach: str) -> None:
        """Store a new cohort with its first coach."""
        with self._db.writing() as session:
            session.add(CohortRow(**cohort.model_dump()))
            session.flush()
            session.add(CohortCoachRow(cohort_id=cohort.id, person_id=coach))

    def get(self, cohort_id: str, coach: str | None) -> Cohort:
        """One cohort. Raises NotFoundError."""
        with self._db.reading() as session:
            return to_cohort(_row(session, cohort_id, coach))

    def all_of(self, coach: str | None) -> tuple[Cohort, ...]:
        """Cohorts, those at work first, the newest first."""
        with self._db.reading() as session:
            rows = session.exec(
                _cohorts(coach).order_by(
                    col(CohortRow.archived_at).is_not(None), col(CohortRow.created_at).desc(), CohortRow.id
                )
            )
            return tuple(map(to_cohort, rows))

    def change(
        self,
        cohort_id: str,
        coach: str | None,
        *,
        name: str | None = None,
        join_code: str | None = None,
    ) -> Cohort:
        """Change what is given. Raises NotFoundError."""
        with self._db.writing() as session:
            row = _row(session, cohort_id, coach)
            row.name = row.name if name is None else name
            row.join_code = row.join_code if join_code is None else join_code
            return to_cohort(row)

    def archive(self, cohort_id: str, coach: str | None, at: datetime | None) -> None:
        """Close a cohort, or open it again (``at`` None). Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, cohort_id, coach).archived_at = at

    def delete(self, cohort_id: str, coach: str | None) -> None:
        """Delete a cohort with its memberships; students' answers stay theirs. Raises NotFoundError."""
        with self._db.writing() as session:
            session.delete(_row(session, cohort_id, coach))

    # ── coaches ──────────────────────────────────────────────────────────────────────────────────────────────────

    def coaches(self, cohort_id: str, coach: str | None) -> tuple[Person, ...]:
        """Who coaches a cohort, by name. Raises NotFoundError."""
        with self._db.reading() as session:
            _row(session, cohort_id, coach)
            return coaches_of(session, cohort_id)

    def add_coach(self, cohort_id: str, coach: str | None, new: str) -> None:
        """Let another coach follow a cohort; twice is fine. Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, cohort_id, coach)
            row_of(session, new)
            ensure(session, CohortCoachRow(cohort_id=cohort_id, person_id=new))

    def remove_coach(self, cohort_id: str, coach: str | None, gone: str) -> None:
        """Let a coach follow a cohort no longer. Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, cohort_id, coach)
            row = session.get(CohortCoachRow, (cohort_id, gone))
            if row is not None:
                session.delete(row)

    # ── students ─────────────────────────────────────────────────────────────────────────────────────────────────

    def members(self, cohort_id: str, coach: str | None) -> tuple[Membership, ...]:
        """The students of a cohort, by name. Raises NotFoundError."""
        with self._db.reading() as session:
            cohort = to_cohort(_row(session, cohort_id, coach))
            rows = session.exec(
                select(MembershipRow, PersonRow)
                .join(PersonRow, col(PersonRow.id) == col(MembershipRow.person_id))
                .where(MembershipRow.cohort_id == cohort_id)
                .order_by(col(PersonRow.name), PersonRow.id)
            )
            return tuple(to_membership(row, to_person(person), cohort) for row, person in rows)

    def size(self, cohort_id: str, coach: str | None) -> tuple[int, int]:
        """How many students a cohort has, and how many of them share something. Raises NotFoundError."""
        shares = func.count().filter(col(MembershipRow.sharing) > 0)
        query = select(func.count(), shares).where(MembershipRow.cohort_id == cohort_id)
        with self._db.reading() as session:
            _row(session, cohort_id, coach)
            students, sharing = session.exec(query).one()
            return students, sharing

    def remove_member(self, cohort_id: str, coach: str | None, person_id: str) -> None:
        """Take a student out of a cohort. Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, cohort_id, coach)
            row = session.get(MembershipRow, (cohort_id, person_id))
            if row is None:
                raise NotFoundError(NO_MEMBERSHIP)
            session.delete(row)

    # ── invitations ──────────────────────────────────────────────────────────────────────────────────────────────

    def invite(self, cohort_id: str, coach: str | None, invitations: Sequence[tuple[str, Invitation]]) -> None:
        """Keep invitations, each with the hash of its link's secret; an earlier one to the same address ends. Raises NotFoundError."""
        with self._db.writing() as session:
            _row(session, cohort_id, coach)
            for token_hash, one in invitations:
                earlier = select(InvitationRow).where(
                    InvitationRow.cohort_id == cohort_id,
                    InvitationRow.email == one.email,
                    col(InvitationRow.used_at).is_(None),
                )
                for row in session.exec(earlier):
                    session.delete(row)
                fields = one.model_dump(include={"email", "name", "created_at", "expires_at"})
                session.add(InvitationRow(token_hash=token_hash, cohort_id=cohort_id, **fields))

    def invitations(self, cohort_id: str, coach: str | None) -> tuple[Invitation, ...]:
        """The invitations to a cohort, the newest first. Raises NotFoundError."""
        with self._db.reading() as session:
            cohort = to_cohort(_row(session, cohort_id, coach))
            rows = session.exec(
                select(InvitationRow)
                .where(InvitationRow.cohort_id == cohort_id)
                .order_by(col(InvitationRow.created_at).desc(), InvitationRow.email)
            )
            return tuple(_invitation(row, cohort) for row in rows)


def coaches_of(session: Session, cohort_id: str) -> tuple[Person, ...]:
    """Who coaches a cohort and may do so, by name, in a transaction that is under way."""
    rows = session.exec(
        select(PersonRow)
        .join(CohortCoachRow, col(CohortCoachRow.person_id) == col(PersonRow.id))
        .where(CohortCoachRow.cohort_id == cohort_id, PersonRow.role != Role.CANDIDATE, col(PersonRow.active))
        .order_by(col(PersonRow.name), PersonRow.id)
    )
    return tuple(map(to_person, rows))


def to_cohort(row: CohortRow) -> Cohort:
    """The value of a row."""
    return Cohort.model_validate(row.model_dump())


def to_membership(row: MembershipRow, person: Person, cohort: Cohort) -> Membership:
    """The value of a row with those it joins."""
    fields = row.model_dump(include={"joined_at", "sharing", "earlier"})
    return Membership(person=person, cohort=cohort, **fields)


def _cohorts(coach: str | None) -> SelectOfScalar[CohortRow]:
    found = select(CohortRow)
    if coach is None:
        return found
    return found.join(CohortCoachRow, col(CohortCoachRow.cohort_id) == col(CohortRow.id)).where(
        CohortCoachRow.person_id == coach
    )


def _row(session: Session, cohort_id: str, coach: str | None) -> CohortRow:
    row = session.exec(_cohorts(coach).where(CohortRow.id == cohort_id)).first()
    if row is None:
        raise NotFoundError(NO_COHORT)
    return row


def _invitation(row: InvitationRow, cohort: Cohort) -> Invitation:
    return Invitation(cohort=cohort, **row.model_dump(include={"email", "name", "created_at", "expires_at", "used_at"}))
