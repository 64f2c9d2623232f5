"""Levels over time.

A line joins only attempts rated under the same version of the rubric: a change of rubric starts a new line.
A competency's level in an attempt is the mean of that attempt's rated criteria, for questions that ask for the competency.
"""

from collections import defaultdict
from collections.abc import Iterable
from statistics import mean

from pydantic import AwareDatetime, Field

from coach.domain.attempt import Level
from coach.domain.question import Competency
from coach.domain.rubric import Criterion
from coach.domain.value import Value


class Point(Value):
    """One attempt on a chart. ``level`` is 1-5; a mean may lie between."""

    attempt: str
    at: AwareDatetime
    level: float = Field(ge=1, le=5)
    question_text: str
    demo: bool


class Current(Value):
    """Where somebody stands on one competency: the mean of the last attempts, and how many there are in all."""

    competency: Competency
    level: float = Field(ge=1, le=5)
    attempts: int = Field(ge=1)


class Series(Value):
    """Points that may be joined: one criterion or competency under one version of the rubric, the oldest first."""

    name: str
    rubric: str
    points: tuple[Point, ...]


def criterion_series(levels: Iterable[Level]) -> dict[Criterion, tuple[Series, ...]]:
    """Each criterion's levels over time, a series for each rubric version."""
    groups: dict[tuple[Criterion, str], list[Point]] = defaultdict(list)
    for level in levels:
        groups[level.criterion, level.rubric].append(_point(level, level.level))
    return {
        criterion: tuple(
            Series(name=criterion.value, rubric=rubric, points=_in_order(points))
            for (c, rubric), points in groups.items()
            if c is criterion
        )
        for criterion in Criterion
    }


def overall_series(levels: Iterable[Level]) -> tuple[Series, ...]:
    """The mean over all rated criteria of each attempt, a series for each rubric version."""
    groups: dict[str, list[Point]] = defaultdict(list)
    for rated in _by_attempt(levels):
        groups[rated[0].rubric].append(_point(rated[0], mean(one.level for one in rated)))
    return tuple(
        Series(name="All answers", rubric=rubric, points=_in_order(points)) for rubric, points in groups.items()
    )


def competency_series(levels: Iterable[Level]) -> dict[Competency, tuple[Series, ...]]:
    """Each practised competency's levels over time, a series for each rubric version."""
    groups: dict[tuple[Competency, str], list[Point]] = defaultdict(list)
    for rated in _by_attempt(levels):
        for competency in rated[0].competencies:
            groups[competency, rated[0].rubric].append(_point(rated[0], mean(one.level for one in rated)))
    return {
        competency: tuple(
            Series(name=competency.label, rubric=rubric, points=_in_order(points))
            for (c, rubric), points in groups.items()
            if c is competency
        )
        for competency in Competency
        if any(c is competency for c, _ in groups)
    }


LAST = 3  # attempts that say where one stands now; one alone says little, many hide what was learned


def current_levels(levels: Iterable[Level]) -> tuple[Current, ...]:
    """Each practised competency under the newest rubric, the strongest first."""
    standing = []
    for competency, series in competency_series(levels).items():
        points = max(series, key=lambda one: one.points[-1].at).points
        level = mean(point.level for point in points[-LAST:])
        standing.append(Current(competency=competency, level=level, attempts=len(points)))
    return tuple(sorted(standing, key=lambda one: (-one.level, one.competency.label)))


def _by_attempt(levels: Iterable[Level]) -> Iterable[list[Level]]:
    attempts: dict[tuple[str, str], list[Level]] = defaultdict(list)
    for level in levels:
        attempts[level.attempt, level.rubric].append(level)
    return attempts.values()


def _point(level: Level, value: float) -> Point:
    return Point(attempt=level.attempt, at=level.at, level=value, question_text=level.question_text, demo=level.demo)


def _in_order(points: list[Point]) -> tuple[Point, ...]:
    return tuple(sorted(points, key=lambda point: point.at))
