"""The condition of consent, once for every query: which attempts are shared with which cohort, and which coach may see them."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlmodel import col

from coach.domain.people import Issuer, Role, Sharing
from coach.store.tables import AttemptRow
from coach.store.tables_people import AttemptSharingRow, CohortCoachRow, CohortRow, MembershipRow, PersonRow


def effective() -> ColumnElement[int]:
    """How much of an attempt is shared with a cohort: as set for this one, else as for all that the student shares."""
    of_all = case(
        (
            or_(col(MembershipRow.earlier), col(AttemptRow.created_at) >= col(MembershipRow.joined_at)),
            col(MembershipRow.sharing),
        ),
        else_=int(Sharing.NOTHING),
    )
    return func.coalesce(col(AttemptSharingRow.sharing), of_all)


def shared_with(at_least: Sharing, *what: Any) -> Select[Any]:
    """A query of ``what``, over attempts of which at least so much is shared with a cohort, with their membership, cohort and person.

    Rated attempts only; demo answers only where the student is invented, too.
    """
    return (
        select(*what)
        .select_from(AttemptRow)
        .join(PersonRow, col(PersonRow.id) == col(AttemptRow.candidate))
        .join(MembershipRow, col(MembershipRow.person_id) == col(AttemptRow.candidate))
        .join(CohortRow, col(CohortRow.id) == col(MembershipRow.cohort_id))
        .outerjoin(
            AttemptSharingRow,
            and_(
                col(AttemptSharingRow.attempt_id) == col(AttemptRow.id),
                col(AttemptSharingRow.cohort_id) == col(CohortRow.id),
            ),
        )
        .where(
            col(AttemptRow.rated_at).is_not(None),  # rated; by its state, SQLite would walk everybody's attempts
            col(AttemptRow.demo) == (col(PersonRow.issuer) == Issuer.DEMO),
            effective() >= int(max(at_least, Sharing.RATINGS)),
        )
    )


def coached_by(coach: str) -> ColumnElement[bool]:
    """Whether an active coach follows a cohort, be it open or archived."""
    of_coach = (
        select(col(CohortCoachRow.cohort_id))
        .join(PersonRow, col(PersonRow.id) == col(CohortCoachRow.person_id))
        .where(col(PersonRow.id) == coach, col(PersonRow.active), col(PersonRow.role) != Role.CANDIDATE)
    )
    return col(CohortRow.id).in_(of_coach)


def followed_by(coach: str) -> ColumnElement[bool]:
    """Whether a cohort is open and an active coach follows it."""
    return and_(col(CohortRow.archived_at).is_(None), coached_by(coach))


def seen_by(coach: str, at_least: Sharing, *what: Any) -> Select[Any]:
    """What is shared with open cohorts that an active coach follows."""
    return shared_with(at_least, *what).where(followed_by(coach))
