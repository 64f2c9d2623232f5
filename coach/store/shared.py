"""What coaches see of students' attempts and stories: only what is shared with a cohort of theirs, by one condition in every query."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlmodel import Session, col

from coach.domain.attempt import Attempt
from coach.domain.people import NO_ANSWER, NO_STORY, LookKind, SharedAttempt, Sharing
from coach.domain.story import SharedStory, Story
from coach.errors import NotFoundError
from coach.store.attempts import to_attempt
from coach.store.consented import effective, followed_by, seen_by
from coach.store.database import Database
from coach.store.overrides import overrides, with_overrides
from coach.store.people import row_of
from coach.store.stories import to_story
from coach.store.tables import AttemptRow, RatingRow
from coach.store.tables_people import CohortRow, LookRow, StorySharingRow
from coach.store.tables_stories import StoryRow

_LISTED = (
    col(AttemptRow.id),
    col(AttemptRow.candidate),
    col(AttemptRow.question_key),
    col(AttemptRow.question_text),
    col(AttemptRow.handed_in_at),
)
_ONE_LOOK = timedelta(hours=1)  # within it, coming back to the same answer is the same look


class SharedStore:
    """Attempts and stories as coaches may see them. Every method names the coach; what is not shared with them is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def attempts(
        self, coach: str, cohort_id: str, student: str | None = None, since: datetime | None = None
    ) -> tuple[SharedAttempt, ...]:
        """What a cohort's students, or one of them, share with a coach: at least the ratings. The latest first."""
        query = seen_by(coach, Sharing.RATINGS, *_LISTED, effective().label("sharing")).where(
            col(CohortRow.id) == cohort_id
        )
        if student is not None:
            query = query.where(col(AttemptRow.candidate) == student)
        if since is not None:
            query = query.where(col(AttemptRow.handed_in_at) >= since)
        with self._db.reading() as session:
            rows = session.execute(query.order_by(col(AttemptRow.handed_in_at).desc(), col(AttemptRow.id))).mappings()
            found = [dict(row) for row in rows]
            levels = _levels(session, query)
            return tuple(SharedAttempt(**row, levels=tuple(levels.get(row["id"], ()))) for row in found)

    def activity(self, coach: str, cohort_id: str) -> dict[str, tuple[int, datetime]]:
        """How many attempts each student of a cohort lets a coach see the ratings of, and when the latest was handed in."""
        student = col(AttemptRow.candidate)
        query = seen_by(coach, Sharing.RATINGS, student, func.count(), func.max(col(AttemptRow.handed_in_at)))
        with self._db.reading() as session:
            rows = session.execute(query.where(col(CohortRow.id) == cohort_id).group_by(student))
            return {candidate: (count, latest) for candidate, count, latest in rows}

    def sharing(self, coach: str, attempt_id: str) -> Sharing:
        """How much of an attempt a coach may see, through whichever of their cohorts it is most."""
        query = seen_by(coach, Sharing.RATINGS, func.max(effective())).where(col(AttemptRow.id) == attempt_id)
        with self._db.reading() as session:
            return Sharing(session.execute(query).scalar() or 0)

    def look(self, coach: str, attempt_id: str, needed: Sharing, kind: LookKind, at: datetime) -> Attempt:
        """An attempt whose words or voice a coach now looks at; the look is in the student's log before it is given.

        Raises NotFoundError where not so much of it is shared.
        """
        query = seen_by(coach, needed, AttemptRow, CohortRow).where(col(AttemptRow.id) == attempt_id)
        with self._db.writing() as session:
            found = session.execute(query.order_by(effective().desc(), col(CohortRow.id))).first()
            if found is None:
                raise NotFoundError(NO_ANSWER)
            attempt, cohort = found
            seen = _Seen(attempt.candidate, cohort.name, attempt_id, attempt.question_text)
            _note_look(session, coach, kind, at, seen)
            given = overrides(session, col(AttemptRow.id) == attempt_id).get(attempt_id, ())
            return with_overrides(to_attempt(attempt, ()), given)

    def stories(self, coach: str, cohort_id: str, student: str) -> tuple[SharedStory, ...]:
        """The stories that one student of a cohort lets a coach read, by name; no words of them. The oldest first."""
        query = _stories_seen_by(coach, StoryRow).where(
            col(CohortRow.id) == cohort_id, col(StoryRow.candidate) == student
        )
        with self._db.reading() as session:
            rows = session.execute(query.order_by(col(StoryRow.created_at), col(StoryRow.id))).scalars()
            return tuple(SharedStory.of(to_story(row)) for row in rows)

    def look_at_story(self, coach: str, story_id: str, at: datetime) -> Story:
        """A story that a coach now reads; the look is in the student's log before it is given. Raises NotFoundError where it is not shared."""
        query = _stories_seen_by(coach, StoryRow, CohortRow).where(col(StoryRow.id) == story_id)
        with self._db.writing() as session:
            found = session.execute(query.order_by(col(CohortRow.id))).first()
            if found is None:
                raise NotFoundError(NO_STORY)
            story, cohort = found
            _note_look(session, coach, LookKind.STORY, at, _Seen(story.candidate, cohort.name, story_id, ""))
            return to_story(story)


def _stories_seen_by(coach: str, *what: Any) -> Select[Any]:
    """Stories that are shared with open cohorts an active coach follows; none that was put aside."""
    return (
        select(*what)
        .select_from(StorySharingRow)
        .join(StoryRow, col(StoryRow.id) == col(StorySharingRow.story_id))
        .join(CohortRow, col(CohortRow.id) == col(StorySharingRow.cohort_id))
        .where(col(StoryRow.deleted_at).is_(None), followed_by(coach))
    )


def _levels(session: Session, query: Select[Any]) -> dict[str, list[tuple[str, int | None]]]:
    ids = query.with_only_columns(col(AttemptRow.id))
    levels: dict[str, list[tuple[str, int | None]]] = {}
    rows = select(RatingRow).where(col(RatingRow.attempt_id).in_(ids)).order_by(col(RatingRow.criterion))
    for row in session.execute(rows).scalars():
        levels.setdefault(row.attempt_id, []).append((row.criterion, row.level))
    return levels


class _Seen(NamedTuple):
    """What is looked at, whose it is, and through which cohort."""

    student: str
    cohort: str
    ident: str
    called: str


def _note_look(session: Session, coach: str, kind: LookKind, at: datetime, seen: _Seen) -> None:
    """Write a look into the student's log, unless the same one is there already."""
    same = select(col(LookRow.id)).where(
        col(LookRow.coach_id) == coach,
        col(LookRow.attempt_id) == seen.ident,
        col(LookRow.kind) == kind,
        col(LookRow.at) > at - _ONE_LOOK,
    )
    if session.execute(same).first() is None:
        session.add(
            LookRow(
                person_id=seen.student,
                at=at,
                coach_id=coach,
                coach=row_of(session, coach).name,
                cohort=seen.cohort,
                attempt_id=seen.ident,
                question_text=seen.called,
                kind=kind,
            )
        )
