"""Coaches put their own level in place of the product's, and take it back. Every method names the coach, whose own review it must be."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.rating import NEEDS_WORDS
from coach.domain.review import NoticeKind
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.errors import CoachError
from coach.store.database import Database
from coach.store.overrides import write_levels
from coach.store.reviews import forget_drafts, own, tell_student
from coach.store.tables_review import OverrideRow, ReviewRatingRow


class OverrideStore:
    """Levels in place of the product's."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def put(
        self, coach: str, review_id: str, criterion: Criterion, *, reason: str, evidence: Sequence[Span], at: datetime
    ) -> None:
        """Put the coach's own saved level in place of the product's, and tell the student. An earlier one ends, and is kept.

        Raises NotFoundError, and CoachError where there is no such level, or evidence that is not in the answer.
        """
        with self._db.writing() as session:
            _, attempt = own(session, coach, review_id)
            rating = session.get(ReviewRatingRow, (review_id, criterion))
            if rating is None:
                raise CoachError("Rate this criterion yourself first.")
            if rating.level >= NEEDS_WORDS and not evidence:
                raise CoachError(
                    f"From level {NEEDS_WORDS} on a rating needs words of the answer. Choose the sentences it rests on."
                )
            if not all(span.stands_in(attempt.text) for span in evidence):
                raise CoachError("This place is not in the answer. Choose the sentences again.")
            _end_override(session, attempt.id, criterion, at)
            session.add(
                OverrideRow(
                    attempt_id=attempt.id,
                    criterion=criterion,
                    level=rating.level,
                    reason=reason,
                    evidence=[span.model_dump(mode="json") for span in evidence],
                    coach_id=coach,
                    at=at,
                    rubric=attempt.rubric_version or "",
                )
            )
            forget_drafts(session, review_id, (f"reason-{criterion}", f"evidence-{criterion}"))
            write_levels(session, attempt)
            tell_student(session, attempt, NoticeKind.OVERRIDDEN, coach, at)

    def take_back(self, coach: str, review_id: str, criterion: Criterion, at: datetime) -> None:
        """Let the product's level count again in place of this coach's own, and tell the student. Raises NotFoundError."""
        with self._db.writing() as session:
            _, attempt = own(session, coach, review_id)
            _end_override(session, attempt.id, criterion, at, coach)
            write_levels(session, attempt)
            tell_student(session, attempt, NoticeKind.OVERRIDDEN, coach, at)


def _end_override(session: Session, attempt_id: str, criterion: Criterion, at: datetime, by: str | None = None) -> None:
    query = select(OverrideRow).where(
        col(OverrideRow.attempt_id) == attempt_id,
        col(OverrideRow.criterion) == criterion,
        col(OverrideRow.ended_at).is_(None),
    )
    if by is not None:
        query = query.where(col(OverrideRow.coach_id) == by)
    for row in session.execute(query).scalars():
        row.ended_at = at
