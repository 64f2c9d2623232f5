"""Coaches' reviews: begun, drafted, rated, commented, finished. Every method names the coach, whose own review it must be.

A review is there for its coach only while the words of the answer are shared with them: the condition stands in each query.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from coach.domain.feedback import Feedback
from coach.domain.people import NO_ANSWER, Sharing
from coach.domain.review import Comment, NoticeKind, OwnRating, Review, is_unsafe
from coach.domain.rubric import Criterion
from coach.errors import CoachError, ConflictError, NotFoundError
from coach.store.consented import seen_by
from coach.store.database import Database
from coach.store.notices import tell
from coach.store.people import row_of
from coach.store.tables import AttemptRow
from coach.store.tables_people import LookRow
from coach.store.tables_review import (
    ReviewCommentRow,
    ReviewDraftRow,
    ReviewRatingRow,
    ReviewRequestRow,
    ReviewRow,
)


class ReviewStore:
    """Reviews of all coaches. What is not shared with the one named, or not theirs, is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def begin(self, coach: str, attempt_id: str, review_id: str, at: datetime, *, blind: bool, drawn: bool) -> Review:
        """Begin a review, or come back to the one there is. It is blind only where its coach has not read the answer before."""
        with self._db.writing() as session:
            shared(session, coach, attempt_id)
            found = _of(session, coach, attempt_id)
            if found is None:
                looked = select(col(LookRow.id)).where(
                    col(LookRow.coach_id) == coach, col(LookRow.attempt_id) == attempt_id
                )
                found = ReviewRow(
                    id=review_id,
                    attempt_id=attempt_id,
                    coach_id=coach,
                    begun_at=at,
                    blind=blind and session.execute(looked).first() is None,
                    drawn=drawn,
                )
                session.add(found)
                session.flush()
            return _to_review(session, coach, found)

    def find(self, coach: str, attempt_id: str) -> Review | None:
        """A coach's review of an answer, if they have begun one. Raises NotFoundError where the answer is not shared."""
        with self._db.reading() as session:
            shared(session, coach, attempt_id)
            found = _of(session, coach, attempt_id)
            return _to_review(session, coach, found) if found else None

    def given(self, coach: str) -> tuple[Review, ...]:
        """Every review of a coach's own whose answer is shared with them now, the latest begun first."""
        seen = seen_by(coach, Sharing.TRANSCRIPTS, col(AttemptRow.id))
        query = select(ReviewRow).where(col(ReviewRow.coach_id) == coach, col(ReviewRow.attempt_id).in_(seen))
        with self._db.reading() as session:
            rows = session.execute(query.order_by(col(ReviewRow.begun_at).desc(), col(ReviewRow.id))).scalars().all()
            name = row_of(session, coach).name if rows else ""
            return to_reviews(session, [(row, name) for row in rows])

    def forget_unfinished(self, coach: str) -> None:
        """Delete what a coach has not given to anybody yet."""
        with self._db.writing() as session:
            session.execute(
                delete(ReviewRow).where(col(ReviewRow.coach_id) == coach, col(ReviewRow.finished_at).is_(None))
            )

    # ── drafts ───────────────────────────────────────────────────────────────────────────────────────────────────

    def drafts(self, coach: str, review_id: str) -> dict[str, str]:
        """What stands unsaved in the fields of a review. Raises NotFoundError."""
        with self._db.reading() as session:
            own(session, coach, review_id)
            rows = session.execute(select(ReviewDraftRow).where(col(ReviewDraftRow.review_id) == review_id)).scalars()
            return {row.field: row.words for row in rows}

    def save_draft(self, coach: str, review_id: str, field: str, words: str) -> None:
        """Keep what stands in a field; nothing in it forgets the field. Raises NotFoundError."""
        with self._db.writing() as session:
            own(session, coach, review_id)
            forget_drafts(session, review_id, (field,))
            if words:
                session.add(ReviewDraftRow(review_id=review_id, field=field, words=words))

    # ── rating and commenting ────────────────────────────────────────────────────────────────────────────────────

    def rate(self, coach: str, review_id: str, levels: Mapping[Criterion, int], at: datetime) -> Review:
        """Keep a coach's own levels, each with what the product said, and whether that could be seen. Raises NotFoundError.

        A level that is changed once the product's are shown is no longer blind; one that stays is what it was.
        """
        with self._db.writing() as session:
            row, attempt = own(session, coach, review_id)
            machine = _machine(attempt)
            before = {
                one.criterion: one
                for one in session.execute(
                    select(ReviewRatingRow).where(col(ReviewRatingRow.review_id) == review_id)
                ).scalars()
            }
            for criterion, level in levels.items():
                kept = before.get(criterion)
                if kept is not None and kept.level == level:
                    continue
                if kept is not None:
                    session.delete(kept)
                    session.flush()
                told = criterion is Criterion.CONFIDENTIALITY and not row.drawn and is_unsafe(machine[criterion])
                session.add(
                    ReviewRatingRow(
                        review_id=review_id,
                        criterion=criterion,
                        level=level,
                        blind=row.blind and row.rated_at is None and not told,
                        at=at,
                        machine=machine[criterion],
                        rubric=attempt.rubric_version or "",
                    )
                )
            row.rated_at = at
            forget_drafts(session, review_id, [f"level-{criterion}" for criterion in Criterion])
            return _to_review(session, coach, row)

    def comment(self, coach: str, review_id: str, comment: Comment) -> None:
        """Add a comment; of a finished review the student is told. Raises NotFoundError, and CoachError for a place that is not there."""
        with self._db.writing() as session:
            row, attempt = own(session, coach, review_id)
            if comment.span and not comment.span.stands_in(attempt.text):
                raise CoachError("This place is not in the answer. Choose the sentence again.")
            span = comment.span.model_dump(mode="json") if comment.span else None
            fields = comment.model_dump(include={"id", "at", "words"})
            session.add(ReviewCommentRow(review_id=review_id, span=span, **fields))
            forget_drafts(session, review_id, ("comment", "span"))
            if row.finished_at is not None:
                tell_student(session, attempt, NoticeKind.COMMENTED, coach, comment.at)

    def delete_comment(self, coach: str, review_id: str, comment_id: str) -> None:
        """Delete a comment. Raises NotFoundError."""
        with self._db.writing() as session:
            own(session, coach, review_id)
            row = session.get(ReviewCommentRow, comment_id)
            if row is None or row.review_id != review_id:
                raise NotFoundError(NO_ANSWER)
            session.delete(row)

    def finish(self, coach: str, review_id: str, at: datetime) -> None:
        """Give a review to its student; it answers what was asked for. Raises NotFoundError, and ConflictError while a dispute is open."""
        with self._db.writing() as session:
            row, attempt = own(session, coach, review_id)
            open_ones = _open(session, attempt.id)
            if any(one.disputes for one in open_ones):
                raise ConflictError("Answer the dispute first: it would stay open.")
            for one in open_ones:
                one.answered_at, one.answered_by = at, coach
            row.finished_at = row.finished_at or at
            tell_student(session, attempt, NoticeKind.REVIEWED, coach, at)

    def discard(self, coach: str, review_id: str) -> None:
        """Forget a review that was not given to anybody. Raises NotFoundError, ConflictError."""
        with self._db.writing() as session:
            row, _ = own(session, coach, review_id)
            if row.finished_at is not None:
                raise ConflictError("The student has this review already. Delete single comments instead.")
            session.delete(row)


def shared(session: Session, coach: str, attempt_id: str) -> AttemptRow:
    """An attempt whose words are shared with a coach now, in a transaction that is under way. Raises NotFoundError."""
    found = session.execute(
        seen_by(coach, Sharing.TRANSCRIPTS, AttemptRow).where(col(AttemptRow.id) == attempt_id)
    ).first()
    if found is None:
        raise NotFoundError(NO_ANSWER)
    row: AttemptRow = found[0]
    return row


def own(session: Session, coach: str, review_id: str) -> tuple[ReviewRow, AttemptRow]:
    """A coach's own review of an attempt whose words are shared with them now. Raises NotFoundError."""
    row = session.get(ReviewRow, review_id)
    if row is None or row.coach_id != coach:
        raise NotFoundError(NO_ANSWER)
    return row, shared(session, coach, row.attempt_id)


def to_reviews(session: Session, rows: Sequence[tuple[ReviewRow, str]]) -> tuple[Review, ...]:
    """The values of rows, each with the name of its coach."""
    ids = [row.id for row, _ in rows]
    ratings: dict[str, list[OwnRating]] = {}
    rated = select(ReviewRatingRow).where(col(ReviewRatingRow.review_id).in_(ids))
    for one in session.execute(rated).scalars():
        fields = one.model_dump(include={"criterion", "level", "blind", "at", "machine", "rubric"})
        ratings.setdefault(one.review_id, []).append(OwnRating.model_validate(fields))
    comments: dict[str, list[Comment]] = {}
    said = select(ReviewCommentRow).where(col(ReviewCommentRow.review_id).in_(ids))
    for remark in session.execute(said.order_by(col(ReviewCommentRow.at), col(ReviewCommentRow.id))).scalars():
        fields = remark.model_dump(include={"id", "at", "words", "span"})
        comments.setdefault(remark.review_id, []).append(Comment.model_validate(fields))
    return tuple(
        Review(
            attempt=row.attempt_id,
            by=name,
            ratings=tuple(sorted(ratings.get(row.id, ()), key=lambda one: list(Criterion).index(one.criterion))),
            comments=tuple(comments.get(row.id, ())),
            **row.model_dump(include={"id", "begun_at", "blind", "rated_at", "finished_at"}),
        )
        for row, name in rows
    )


def _to_review(session: Session, coach: str, row: ReviewRow) -> Review:
    session.flush()
    return to_reviews(session, [(row, row_of(session, coach).name)])[0]


def _of(session: Session, coach: str, attempt_id: str) -> ReviewRow | None:
    query = select(ReviewRow).where(col(ReviewRow.attempt_id) == attempt_id, col(ReviewRow.coach_id) == coach)
    return session.execute(query).scalars().first()


def _machine(row: AttemptRow) -> dict[Criterion, int | None]:
    """What the product itself says of an attempt, whatever a coach put in its place."""
    return {one.criterion: one.level for one in Feedback.model_validate(row.feedback).ratings}


def _open(session: Session, attempt_id: str) -> Sequence[ReviewRequestRow]:
    query = select(ReviewRequestRow).where(
        col(ReviewRequestRow.attempt_id) == attempt_id, col(ReviewRequestRow.answered_at).is_(None)
    )
    return session.execute(query).scalars().all()


def forget_drafts(session: Session, review_id: str, fields: Iterable[str]) -> None:
    """Forget what stands in fields of a review, in a transaction that is under way."""
    session.execute(
        delete(ReviewDraftRow).where(
            col(ReviewDraftRow.review_id) == review_id, col(ReviewDraftRow.field).in_(list(fields))
        )
    )


def tell_student(session: Session, row: AttemptRow, kind: NoticeKind, coach: str, at: datetime) -> None:
    """Tell the student whose attempt it is of something, in a transaction that is under way."""
    tell(session, (row.candidate,), kind, by=coach, attempt_id=row.id, at=at)
