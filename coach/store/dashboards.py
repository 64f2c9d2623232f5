"""What coaches' charts of a cohort are drawn from: read from rollups, and for one student from shared attempts."""

from collections.abc import Sequence
from operator import add, sub
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, cast, func, null, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from coach.domain.answer import Transcript
from coach.domain.attempt import Level
from coach.domain.cohort_numbers import (
    CohortNumbers,
    Figures,
    Member,
    Spoken,
    Spread,
    Week,
)
from coach.domain.people import NO_COHORT, Sharing
from coach.domain.question import Competency
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.errors import NotFoundError
from coach.store.consented import followed_by, seen_by
from coach.store.database import Database
from coach.store.tables import AttemptRow, CompetencyRow, RatingRow
from coach.store.tables_people import CohortRow, MembershipRow, PersonRow
from coach.store.tables_rollups import DeletedWeekRow, StudentRow, WeekRow

_NONE = (0,) * len(Spread._fields)


class DashboardStore:
    """Numbers of cohorts. Every method names the coach; a cohort that is archived or not theirs is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def numbers(self, coach: str, cohort_id: str, part: str, since: int | None) -> CohortNumbers:
        """What a cohort's students share, added up: of one part, "" for all; in the weeks from ``since``. Raises NotFoundError."""
        with self._db.reading() as session:
            _require(session, coach, cohort_id)
            figures, spreads = _students(session, cohort_id, part, since)
            return CohortNumbers(
                members=_members(session, cohort_id),
                figures=figures,
                spreads=spreads,
                weeks=_weeks(session, cohort_id, part, since),
            )

    def levels(self, coach: str, cohort_id: str, student: str) -> tuple[Level, ...]:
        """Every rated criterion of what one student shares with a cohort, the oldest first."""
        query = seen_by(coach, Sharing.RATINGS, AttemptRow, RatingRow).join(
            RatingRow, col(RatingRow.attempt_id) == col(AttemptRow.id)
        )
        query = query.where(
            col(CohortRow.id) == cohort_id, col(AttemptRow.candidate) == student, col(RatingRow.level).is_not(None)
        )
        with self._db.reading() as session:
            rows = session.execute(query.order_by(col(AttemptRow.created_at), col(RatingRow.criterion))).all()
            asked = _competencies(session, [attempt.id for attempt, _ in rows])
            return tuple(
                Level(
                    attempt=attempt.id,
                    at=attempt.handed_in_at or attempt.created_at,
                    question_text=attempt.question_text,
                    criterion=Criterion(rating.criterion),
                    level=rating.level,
                    by=Rater(rating.rater),
                    rubric=attempt.rubric_version or "",
                    competencies=asked.get(attempt.id, ()),
                    demo=False,
                )
                for attempt, rating in rows
            )

    def spoken(self, coach: str, cohort_id: str, student: str) -> tuple[Spoken, ...]:
        """How one student's spoken answers whose words are shared were said, in figures; the oldest first."""
        query = seen_by(coach, Sharing.TRANSCRIPTS, AttemptRow).where(
            col(CohortRow.id) == cohort_id,
            col(AttemptRow.candidate) == student,
            col(AttemptRow.transcript).is_not(None),
        )
        with self._db.reading() as session:
            rows = session.execute(query.order_by(col(AttemptRow.created_at))).scalars().all()
            return tuple(filter(None, map(_spoken, rows)))


def _require(session: Session, coach: str, cohort_id: str) -> None:
    if (
        session.execute(select(col(CohortRow.id)).where(col(CohortRow.id) == cohort_id, followed_by(coach))).first()
        is None
    ):
        raise NotFoundError(NO_COHORT)


def _members(session: Session, cohort_id: str) -> tuple[Member, ...]:
    rows = session.execute(
        select(col(PersonRow.id), col(PersonRow.name), col(MembershipRow.sharing), col(MembershipRow.joined_at))
        .join(MembershipRow, col(MembershipRow.person_id) == col(PersonRow.id))
        .where(col(MembershipRow.cohort_id) == cohort_id)
        .order_by(col(PersonRow.name), col(PersonRow.id))
    )
    return tuple(Member(id_, name, Sharing(sharing), at) for id_, name, sharing, at in rows)


def _students(
    session: Session, cohort_id: str, part: str, since: int | None
) -> tuple[dict[str, Figures], dict[str, Spread]]:
    """What was counted of each student, and how their answers are spread, in the weeks from ``since``."""
    figures: dict[str, Figures] = {}
    sums: dict[str, list[int]] = {}
    for person, last_at, cells, spreads, rated_before, spreads_before in session.execute(
        _counted(cohort_id, part, since)
    ):
        figures[person] = Figures(last_at, cells, None if since is None else rated_before or "{}")
        for subject, counts in spreads.items():
            sums[subject] = list(map(add, sums.get(subject, _NONE), counts))
        for subject, counts in (spreads_before or {}).items():
            sums[subject] = list(map(sub, sums.get(subject, _NONE), counts))
    found = {subject: Spread(*counts) for subject, counts in sorted(sums.items())}
    return figures, {subject: spread for subject, spread in found.items() if spread.answers}


def _counted(cohort_id: str, part: str, since: int | None) -> Select[Any]:
    """A row a student; with the running totals at the end of the last week before a period, if one was chosen."""
    here = (col(StudentRow.cohort_id) == cohort_id) & (col(StudentRow.part) == part)
    whose: list[Any] = [
        col(StudentRow.person_id),
        col(StudentRow.last_at),
        _as_text(StudentRow.cells),
        col(StudentRow.spreads),
    ]
    if since is None:
        return select(*whose, null(), null()).where(here)
    earlier = aliased(WeekRow)
    theirs = [getattr(earlier, name) == getattr(StudentRow, name) for name in ("cohort_id", "part", "person_id")]
    last = select(func.max(col(earlier.week))).where(*theirs, col(earlier.week) < since).scalar_subquery()
    same = [getattr(WeekRow, name) == getattr(StudentRow, name) for name in ("cohort_id", "part", "person_id")]
    return (
        select(*whose, _as_text(WeekRow.rated), col(WeekRow.spreads))
        .outerjoin(WeekRow, and_(*same, col(WeekRow.week) == last))
        .where(here)
    )


def _as_text(column: Any) -> ColumnElement[str]:
    """JSON as it is kept, for whoever unpacks it later."""
    return cast(column, Text)


def _weeks(session: Session, cohort_id: str, part: str, since: int | None) -> tuple[Week, ...]:
    """Deleted answers belong to no part: they count where all are shown."""
    given = (
        select(col(WeekRow.week), func.sum(col(WeekRow.answers)), func.count())
        .where(col(WeekRow.cohort_id) == cohort_id, col(WeekRow.part) == part, col(WeekRow.week) >= (since or 0))
        .group_by(col(WeekRow.week))
    )
    gone = select(col(DeletedWeekRow.week), col(DeletedWeekRow.answers)).where(
        col(DeletedWeekRow.cohort_id) == cohort_id, col(DeletedWeekRow.week) >= (since or 0)
    )
    weeks = {week: Week(week, int(answers), students, 0) for week, answers, students in session.execute(given)}
    for week, answers in session.execute(gone) if not part else ():
        weeks[week] = weeks.get(week, Week(week, 0, 0, 0))._replace(deleted=answers)
    return tuple(weeks[week] for week in sorted(weeks))


def _competencies(session: Session, attempts: Sequence[str]) -> dict[str, tuple[Competency, ...]]:
    found: dict[str, tuple[Competency, ...]] = {}
    rows = select(CompetencyRow).where(col(CompetencyRow.attempt_id).in_(set(attempts)))
    for row in session.execute(rows.order_by(col(CompetencyRow.competency))).scalars():
        found[row.attempt_id] = (*found.get(row.attempt_id, ()), Competency(row.competency))
    return found


def _spoken(row: AttemptRow) -> Spoken | None:
    if row.transcript is None:  # typed; SQLite keeps the JSON value null there, which is something
        return None
    delivery = Transcript.model_validate(row.transcript).delivery
    if delivery is None or not delivery.spoken_s:
        return None
    longest = delivery.longest_pause
    return Spoken(
        attempt=row.id,
        at=row.handed_in_at or row.created_at,
        question_text=row.question_text,
        words_a_minute=delivery.words_a_minute,
        fillers_a_minute=delivery.fillers_a_minute,
        silence_share=delivery.silence_share,
        longest_pause_s=longest.seconds if longest else 0.0,
    )
