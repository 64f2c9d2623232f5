"""What coaches' charts of a cohort are drawn from: read from rollups, and for one student from shared attempts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, null, select
from sqlmodel import Session, col

from coach.domain.answer import Transcript
from coach.domain.attempt import Level
from coach.domain.cohort_numbers import (
    ALL_ANSWERS,
    Cell,
    CohortNumbers,
    Member,
    Spoken,
    Spread,
    Week,
    of_criterion,
)
from coach.domain.people import NO_COHORT, Sharing
from coach.domain.question import Competency
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.errors import NotFoundError
from coach.store.consented import followed_by, seen_by
from coach.store.database import Database
from coach.store.tables import AttemptRow, CompetencyRow, RatingRow, Table
from coach.store.tables_people import CohortRow, MembershipRow, PersonRow
from coach.store.tables_rollups import CellRow, DeletedWeekRow, WeekRow

_FIGURES = tuple(name for name in Cell._fields if name not in {"student", "subject", "last_at"})
_CRITERIA = {of_criterion(criterion): criterion for criterion in Criterion}


class DashboardStore:
    """Numbers of cohorts. Every method names the coach; a cohort that is archived or not theirs is "not found"."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def numbers(self, coach: str, cohort_id: str, part: str, since: int | None) -> CohortNumbers:
        """What a cohort's students share, added up: of one part, "" for all; in the weeks from ``since``. Raises NotFoundError."""
        with self._db.reading() as session:
            _require(session, coach, cohort_id)
            return CohortNumbers(
                members=_members(session, cohort_id),
                cells=_cells(session, cohort_id, part),
                counts=None if since is None else _counts(session, cohort_id, part, since),
                spreads=_spreads(session, cohort_id, part, since),
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


def _cells(session: Session, cohort_id: str, part: str) -> tuple[Cell, ...]:
    """By columns of the table, not through the mapping, and times for all answers together only: there are ten thousand rows."""
    cell = Table.metadata.tables["cohort_cell"].c
    here = (cell.cohort_id == cohort_id) & (cell.part == part)
    times = select(cell.person_id, cell.last_at).where(here, cell.subject == ALL_ANSWERS)
    last_at = {row.person_id: row.last_at for row in session.execute(times)}
    columns = (cell.person_id, cell.subject, null(), *(cell[name] for name in _FIGURES))
    cells = map(Cell._make, session.execute(select(*columns).where(here)))
    return tuple(one._replace(last_at=last_at[one.student]) if one.subject == ALL_ANSWERS else one for one in cells)


def _counts(session: Session, cohort_id: str, part: str, since: int) -> dict[tuple[str, str], int]:
    week = Table.metadata.tables["cohort_week"].c
    query = (
        select(week.person_id, week.subject, func.sum(week.answers - week.unrated))
        .where(week.cohort_id == cohort_id, week.part == part, week.week >= since)
        .group_by(week.subject, week.person_id)  # as they lie in the table
    )
    return {(person, subject): int(count) for person, subject, count in session.execute(query)}


def _spreads(session: Session, cohort_id: str, part: str, since: int | None) -> dict[str, Spread]:
    """From the cells where all weeks are asked for, so that it takes no longer the longer a cohort is at work."""
    table = CellRow if since is None else WeekRow
    sums = [func.sum(col(getattr(table, name))) for name in Spread._fields]
    query = select(col(table.subject), *sums).where(
        col(table.cohort_id) == cohort_id, col(table.part) == part, col(table.subject).in_(_CRITERIA)
    )
    if since is not None:
        query = query.where(col(WeekRow.week) >= since)
    rows = session.execute(query.group_by(col(table.subject))).all()
    return {subject: Spread._make(map(int, counts)) for subject, *counts in rows}


def _weeks(session: Session, cohort_id: str, part: str, since: int | None) -> tuple[Week, ...]:
    """Deleted answers belong to no part: they count where all are shown."""
    given = (
        select(col(WeekRow.week), func.sum(col(WeekRow.answers)), func.count())
        .where(_in_part(cohort_id, part), col(WeekRow.subject) == ALL_ANSWERS, col(WeekRow.week) >= (since or 0))
        .group_by(col(WeekRow.week))
    )
    gone = select(col(DeletedWeekRow.week), col(DeletedWeekRow.answers)).where(
        col(DeletedWeekRow.cohort_id) == cohort_id, col(DeletedWeekRow.week) >= (since or 0)
    )
    weeks = {week: Week(week, int(answers), students, 0) for week, answers, students in session.execute(given)}
    for week, answers in session.execute(gone) if not part else ():
        weeks[week] = weeks.get(week, Week(week, 0, 0, 0))._replace(deleted=answers)
    return tuple(weeks[week] for week in sorted(weeks))


def _in_part(cohort_id: str, part: str) -> Any:
    return (col(WeekRow.cohort_id) == cohort_id) & (col(WeekRow.part) == part)


def _competencies(session: Session, attempts: Sequence[str]) -> dict[str, tuple[Competency, ...]]:
    found: dict[str, tuple[Competency, ...]] = {}
    rows = select(CompetencyRow).where(col(CompetencyRow.attempt_id).in_(set(attempts)))
    for row in session.execute(rows.order_by(col(CompetencyRow.competency))).scalars():
        found[row.attempt_id] = (*found.get(row.attempt_id, ()), Competency(row.competency))
    return found


def _spoken(row: AttemptRow) -> Spoken | None:
    delivery = Transcript.model_validate(row.transcript).delivery
    if delivery is None or not delivery.spoken_s:
        return None
    longest = delivery.longest_pause
    return Spoken(
        attempt=row.id,
        at=row.handed_in_at or row.created_at,
        question_text=row.question_text,
        words_a_minute=delivery.words_a_minute,
        fillers_a_minute=60 * len(delivery.fillers) / delivery.spoken_s,
        silence_share=delivery.silence_share,
        longest_pause_s=longest.seconds if longest else 0.0,
    )
