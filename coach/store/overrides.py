"""Coaches' levels in place of the product's, applied when an attempt is read: what the product said is never written over.

The levels that charts and averages are made of are written down beside (`RatingRow`); whoever changes one of the two writes them anew.
"""

from sqlalchemy import ColumnElement, delete, select
from sqlmodel import Session, col

from coach.combine import overridden
from coach.domain.attempt import Attempt
from coach.domain.feedback import Feedback
from coach.domain.review import LEFT, Override
from coach.store.rollups import refresh
from coach.store.tables import AttemptRow, RatingRow
from coach.store.tables_people import PersonRow
from coach.store.tables_review import OverrideRow


def overrides(session: Session, of: ColumnElement[bool]) -> dict[str, tuple[Override, ...]]:
    """The levels that coaches put in place of the product's and that count now, of the attempts a condition chooses."""
    query = (
        select(OverrideRow, col(PersonRow.name))
        .join(AttemptRow, col(AttemptRow.id) == col(OverrideRow.attempt_id))
        .outerjoin(PersonRow, col(PersonRow.id) == col(OverrideRow.coach_id))
        .where(
            of, col(OverrideRow.ended_at).is_(None), col(OverrideRow.rubric) == col(AttemptRow.rubric_version)
        )  # levels of unlike rubrics are never mixed
        .order_by(col(OverrideRow.id))
    )
    found: dict[str, tuple[Override, ...]] = {}
    for row, name in session.execute(query):
        fields = row.model_dump(include={"criterion", "level", "reason", "evidence", "at", "rubric"})
        one = Override.model_validate(fields | {"by": name or LEFT})
        found[row.attempt_id] = (*found.get(row.attempt_id, ()), one)
    return found


def with_overrides(attempt: Attempt, given: tuple[Override, ...]) -> Attempt:
    """An attempt whose feedback shows coaches' levels, each with the product's beside it."""
    if not given or attempt.feedback is None:
        return attempt
    return attempt.model_copy(update={"feedback": overridden(attempt.feedback, given)})


def write_levels(session: Session, row: AttemptRow) -> None:
    """Write down the levels of an attempt that count, for charts and averages, in a transaction that is under way."""
    session.flush()
    feedback = Feedback.model_validate(row.feedback)
    counting = overridden(feedback, overrides(session, col(AttemptRow.id) == row.id).get(row.id, ()))
    session.execute(delete(RatingRow).where(col(RatingRow.attempt_id) == row.id))
    session.add_all(
        RatingRow(attempt_id=row.id, criterion=r.criterion, level=r.level, rater=r.by) for r in counting.ratings
    )
    refresh(session, row.candidate)
