"""When something wants practising again: pinned sequences under a clock that is passed in."""

from datetime import datetime, timedelta

import pytest
from fsrs import Rating

from coach.prepare.plan.memory import Memory, learned, rating_for
from tests.prepare.plan.plan_examples import NOON


def remembered(practised: list[tuple[datetime, float]], now: datetime) -> Memory | None:
    came_to = learned(practised)
    return came_to and came_to.at(now)


def due_after(*levels: float) -> list[int]:
    """Days to the next time after each answer, each given on the day it was due."""
    practised: list[tuple[datetime, float]] = []
    at, days = NOON, []
    for level in levels:
        practised.append((at, level))
        memory = remembered(practised, at)
        assert memory
        days.append((memory.due - at).days)
        at = memory.due
    return days


@pytest.mark.parametrize(
    ("level", "rating"),
    [
        (1, Rating.Again),
        (2, Rating.Again),
        (2.49, Rating.Again),
        (2.5, Rating.Hard),
        (3, Rating.Hard),
        (3.5, Rating.Good),
        (4, Rating.Good),
        (4.5, Rating.Easy),
        (5, Rating.Easy),
    ],
)
def test_a_level_is_told_as_the_rating_it_is_nearest_to(level: float, rating: Rating) -> None:
    assert rating_for(level) is rating


@pytest.mark.parametrize(
    ("levels", "days"),
    [
        ((4, 4, 4, 4), [2, 11, 46, 163]),
        ((1, 3, 4, 4), [1, 1, 3, 8]),
        ((5, 5), [8, 66]),
        ((4, 4, 1, 4), [2, 11, 2, 5]),
    ],
)
def test_what_goes_well_comes_back_later_and_what_fails_comes_back_soon(
    levels: tuple[float, ...], days: list[int]
) -> None:
    assert due_after(*levels) == days


def test_what_is_not_practised_fades() -> None:
    practised = [(NOON, 3.0)]
    recall = [m.recall for n in (0, 3, 10, 40) if (m := remembered(practised, NOON + timedelta(days=n)))]
    assert recall == sorted(recall, reverse=True)
    assert recall[0] == 1
    assert 0.4 < recall[-1] < 0.8


def test_what_was_never_rated_is_not_remembered() -> None:
    assert remembered([], NOON) is None
