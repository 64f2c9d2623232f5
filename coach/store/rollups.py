"""Rollups, kept in step: whoever changes what is shared of a student's ratings calls `refresh` in the same transaction.

A student's rows are deleted and counted anew by the database from the attempts themselves, so there is one way to count, and
nothing to drift. What was counted is packed into a row for each part and week, and reading a cohort's chart costs no look at any attempt.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import add, attrgetter
from typing import Any

from sqlalchemy import CTE, Float, Integer, Row, Select, case, cast, func, insert, literal, select, union_all
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlmodel import Session, col, delete

from coach.domain.cohort_numbers import ALL_ANSWERS, Cell, Spread, is_criterion, of_assignment, week_of
from coach.domain.people import Sharing
from coach.store.consented import shared_with
from coach.store.database import Database
from coach.store.postgresql import wait_for_others
from coach.store.rows import put
from coach.store.tables import AttemptRow, CompetencyRow, RatingRow, UTCDateTime
from coach.store.tables_assignments import AssignmentAnswerRow
from coach.store.tables_people import MembershipRow
from coach.store.tables_rollups import DeletedWeekRow, QuestionSettingRow, StudentRow, WeekRow

_WEEK = "({} + 3 * 86400) / (7 * 86400)"  # of seconds since 1970, which began on a Thursday
_WHOSE = ("cohort_id", "part", "subject", "person_id")
_Counted = Sequence[Row[Any]]


class _Week(FunctionElement[int]):
    """The week of a time: Mondays since 1970. Databases take seconds apart from their fractions each in its own way."""

    type = Integer()
    inherit_cache = True


@compiles(_Week, "sqlite")
def _week_in_sqlite(week: _Week, compiler: SQLCompiler, **more: Any) -> str:
    return _WEEK.format(f"CAST(strftime('%s', {compiler.process(week.clauses, **more)}) AS INTEGER)")


@compiles(_Week, "postgresql")
def _week_in_postgresql(week: _Week, compiler: SQLCompiler, **more: Any) -> str:
    return f"CAST(floor({_WEEK.format(f'extract(epoch from {compiler.process(week.clauses, **more)})')}) AS INTEGER)"


def refresh(session: Session, person_id: str) -> None:
    """Count a student's rollups anew, in the transaction that changed something about them."""
    session.flush()
    session.execute(select(MembershipRow).where(col(MembershipRow.person_id) == person_id).with_for_update())
    for table in (StudentRow, WeekRow):
        session.execute(delete(table).where(col(table.person_id) == person_id))
    levels = _levels(person_id)
    weeks, cells = session.execute(_weeks(levels)).all(), session.execute(_cells(levels)).all()
    for table, rows in ((WeekRow, _week_rows(person_id, weeks)), (StudentRow, _student_rows(person_id, cells))):
        if rows:
            session.execute(insert(table), rows)


def _student_rows(person_id: str, counted: _Counted) -> list[dict[str, Any]]:
    figures, spread = attrgetter(*Cell._fields), attrgetter(*Spread._fields)
    return [
        {
            "cohort_id": cohort_id,
            "part": part,
            "person_id": person_id,
            "last_at": max(row.last_at for row in rows),
            "cells": {row.subject: list(map(_short, figures(row))) for row in rows},
            "spreads": {row.subject: spread(row) for row in rows if is_criterion(row.subject)},
        }
        for (cohort_id, part), rows in _by_part(counted).items()
    ]


def _short(figure: float | None) -> float | None:
    """A mean to six places: seventeen would be half of all that is read."""
    return round(figure, 6) if isinstance(figure, float) else figure


def _week_rows(person_id: str, counted: _Counted) -> list[dict[str, Any]]:
    packed = []
    spread = attrgetter(*Spread._fields)
    for (cohort_id, part), rows in _by_part(counted).items():
        rated: dict[str, int] = {}
        spreads: dict[str, tuple[int, ...]] = {}
        by_week: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in rows:
            by_week[row.week].append(row)
        for week in sorted(by_week):
            for row in by_week[week]:
                rated[row.subject] = rated.get(row.subject, 0) + row.answers - row.unrated
                if is_criterion(row.subject):
                    spreads[row.subject] = tuple(map(add, spreads.get(row.subject, (0,) * 6), spread(row)))
            answers = next(row.answers for row in by_week[week] if row.subject == ALL_ANSWERS)
            whose = {"cohort_id": cohort_id, "part": part, "person_id": person_id, "week": week}
            packed.append({**whose, "answers": answers, "rated": dict(rated), "spreads": dict(spreads)})
    return packed


def _by_part(counted: _Counted) -> dict[tuple[str, str], list[Row[Any]]]:
    parts: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in counted:
        parts[row.cohort_id, row.part].append(row)
    return parts


def note_deletion(session: Session, attempt_id: str) -> None:
    """Keep the count of an answer that is about to be deleted, for each cohort it is shared with: its week, and nothing else."""
    at = func.coalesce(col(AttemptRow.handed_in_at), col(AttemptRow.created_at), type_=UTCDateTime())
    query = shared_with(Sharing.RATINGS, col(MembershipRow.cohort_id), at).where(col(AttemptRow.id) == attempt_id)
    for cohort_id, moment in session.execute(query).all():
        row = DeletedWeekRow(cohort_id=cohort_id, week=week_of(moment), answers=1)
        put(session, row, change={"answers": col(DeletedWeekRow.answers) + 1})


class RollupStore:
    """Rollups as a whole."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def know(self, settings: Mapping[str, Iterable[str]]) -> None:
        """Where each question belongs, by its key. Everything is counted anew where that is not what was known."""
        told = {(key, setting) for key, belongs in settings.items() for setting in belongs}
        told.add(("", ""))  # tells a bank without settings from one never told
        with self._db.reading() as session:
            known = {(row.question_key, row.setting) for row in session.execute(select(QuestionSettingRow)).scalars()}
        if known == told:
            return
        with self._db.writing() as session:
            wait_for_others(session.connection())  # several processes that start together tell the same
            session.exec(delete(QuestionSettingRow))
            session.add_all(QuestionSettingRow(question_key=key, setting=setting) for key, setting in sorted(told))
            _recount(session)

    def recount(self) -> int:
        """Count everything anew; returns for how many students."""
        with self._db.writing() as session:
            return _recount(session)


def _recount(session: Session) -> int:
    people = session.execute(select(col(MembershipRow.person_id)).distinct()).scalars().all()
    for person_id in people:
        refresh(session, person_id)
    return len(people)


def _levels(person_id: str) -> CTE:
    """A row for each cohort, part, subject and shared attempt of a student; ``level`` is null where it is unrated."""
    shared = (
        shared_with(
            Sharing.RATINGS,
            col(MembershipRow.cohort_id).label("cohort_id"),
            col(MembershipRow.person_id).label("person_id"),
            col(AttemptRow.id).label("attempt_id"),
            col(AttemptRow.question_key).label("question_key"),
            func.coalesce(col(AttemptRow.rubric_version), "").label("rubric"),
            func.coalesce(col(AttemptRow.handed_in_at), col(AttemptRow.created_at), type_=UTCDateTime()).label("at"),
        )
        .where(col(MembershipRow.person_id) == person_id)
        .cte("shared")
    )
    parts, subjects = _parts(shared), _subjects(shared)
    return (
        select(
            shared.c.cohort_id,
            parts.c.part,
            shared.c.person_id,
            subjects.c.subject,
            shared.c.attempt_id,
            shared.c.rubric,
            shared.c.at,
            subjects.c.level,
        )
        .join(parts, parts.c.attempt_id == shared.c.attempt_id)
        .join(subjects, subjects.c.attempt_id == shared.c.attempt_id)
        .cte("levels")
    )


def _parts(shared: CTE) -> CTE:
    """What a chart can be narrowed down to: each attempt is in "", which is all of them. A further kind of part is a further select."""
    once = select(shared.c.attempt_id, shared.c.question_key).distinct().subquery("once")
    settings = select(once.c.attempt_id, col(QuestionSettingRow.setting)).join(
        QuestionSettingRow, col(QuestionSettingRow.question_key) == once.c.question_key
    )
    assignments = select(once.c.attempt_id, literal(of_assignment("")) + col(AssignmentAnswerRow.assignment_id)).join(
        AssignmentAnswerRow, col(AssignmentAnswerRow.attempt_id) == once.c.attempt_id
    )
    return union_all(select(once.c.attempt_id, literal("").label("part")), settings, assignments).cte("parts")


def _subjects(shared: CTE) -> CTE:
    """An attempt's level on each criterion, and their mean: as a whole, and for each competency its question asks for."""
    of_shared = col(RatingRow.attempt_id).in_(select(shared.c.attempt_id))
    level = cast(col(RatingRow.level), Float)
    means = (
        select(col(RatingRow.attempt_id).label("attempt_id"), func.avg(level).label("level"))
        .where(of_shared)
        .group_by(col(RatingRow.attempt_id))
        .cte("means")
    )
    return union_all(
        select(means.c.attempt_id, literal(ALL_ANSWERS).label("subject"), means.c.level),
        select(means.c.attempt_id, literal("competency:") + col(CompetencyRow.competency), means.c.level).join(
            CompetencyRow, col(CompetencyRow.attempt_id) == means.c.attempt_id
        ),
        select(col(RatingRow.attempt_id), literal("criterion:") + col(RatingRow.criterion), level).where(of_shared),
    ).cte("subjects")


def _counted(levels: CTE) -> list[Any]:
    level = levels.c.level  # a mean half way between two counts as the higher one; databases round differently
    at_level = [func.count().filter((level >= n - 0.5) & (level < n + 0.5)).label(f"level_{n}") for n in range(1, 6)]
    return [func.count().label("answers"), func.count().filter(levels.c.level.is_(None)).label("unrated"), *at_level]


def _weeks(levels: CTE) -> Select[Any]:
    week = _Week(levels.c.at).label("week")
    whose = [levels.c[name] for name in _WHOSE]
    return select(*whose, week, *_counted(levels)).group_by(*whose, week)


def _cells(levels: CTE) -> Select[Any]:
    """Means are over the last levels rated under the newest rubric: these have the first places."""
    ranked = _ranked(levels)
    place, level = ranked.c.place, ranked.c.level
    whose = [ranked.c[name] for name in _WHOSE]

    def mean(last: int, what: Any = level, first: int = 1) -> Any:
        return func.avg(case((ranked.c.comparable & place.between(first, last), what)))

    return select(
        *whose,
        *_counted(ranked),
        func.max(ranked.c.at).label("last_at"),
        mean(1).label("latest"),
        mean(2).label("of_two"),
        mean(3).label("of_three"),
        mean(6, first=4).label("before"),
        func.count().filter(ranked.c.comparable & place.between(4, 6)).label("before_answers"),
        func.count().filter(ranked.c.comparable).label("comparable"),
        (mean(6, level * level) - mean(6) * mean(6)).label("variance"),
    ).group_by(*whose)


def _ranked(levels: CTE) -> CTE:
    """Every level with its place, the latest under the newest rubric first, and whether it was rated under that one at all."""
    whose = [levels.c[name] for name in _WHOSE]
    latest_first = [levels.c.at.desc(), levels.c.attempt_id.desc()]
    newest = func.first_value(levels.c.rubric).over(
        partition_by=whose, order_by=[levels.c.level.is_(None), *latest_first]
    )
    known = select(levels, newest.label("newest")).cte("known")
    comparable = known.c.level.is_not(None) & (known.c.rubric == known.c.newest)
    place = func.row_number().over(
        partition_by=[known.c[name] for name in _WHOSE],
        order_by=[comparable.desc(), known.c.at.desc(), known.c.attempt_id.desc()],
    )
    return select(known, comparable.label("comparable"), place.label("place")).cte("ranked")
