"""Coaches' own levels beside the product's: only of answers that are still shared with a cohort of theirs, be it archived or not."""

from sqlalchemy import select
from sqlmodel import col

from coach.domain.people import Sharing
from coach.domain.review import Pair, Shown
from coach.store.consented import coached_by, seen_by, shared_with
from coach.store.database import Database
from coach.store.tables import AttemptRow
from coach.store.tables_people import PersonRow
from coach.store.tables_review import ReviewRatingRow, ReviewRow


class CalibrationStore:
    """Pairs of levels. Every method names the coach."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def pairs(self, coach: str) -> tuple[Pair, ...]:
        """Every level a coach gave beside the product's, the oldest first; what the answer is, where its words are shared now."""
        counted = shared_with(Sharing.RATINGS, col(AttemptRow.id)).where(coached_by(coach))
        rated = (
            select(ReviewRatingRow, col(ReviewRow.attempt_id))
            .join(ReviewRow, col(ReviewRow.id) == col(ReviewRatingRow.review_id))
            .where(col(ReviewRow.coach_id) == coach, col(ReviewRow.attempt_id).in_(counted))
            .order_by(col(ReviewRatingRow.at), col(ReviewRatingRow.criterion))
        )
        reviewed = select(col(ReviewRow.attempt_id)).where(col(ReviewRow.coach_id) == coach)
        open_now = seen_by(
            coach, Sharing.TRANSCRIPTS, col(AttemptRow.id), col(PersonRow.name), col(AttemptRow.question_text)
        ).where(col(AttemptRow.id).in_(reviewed))
        with self._db.reading() as session:
            shown = {
                id_: Shown(attempt=id_, student=name, question_text=question)
                for id_, name, question in session.execute(open_now)
            }
            return tuple(
                Pair(
                    own=row.level,
                    shown=shown.get(attempt),
                    **row.model_dump(include={"criterion", "machine", "blind", "at", "rubric"}),
                )
                for row, attempt in session.execute(rated)
            )
