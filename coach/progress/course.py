"""One student's course: levels over time with how sure they are, and what happened on the way."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import pairwise
from statistics import mean, pvariance

from pydantic import AwareDatetime

from coach.domain.attempt import Level
from coach.domain.value import Value
from coach.progress.standing import margin
from coach.progress.trends import LAST, Series

_WIDE = 6  # answers whose spread says how sure the mean of the last three is
_PAUSE = timedelta(days=21)


class Band(Value):
    """The mean of the last three levels at one attempt, with its 95 % interval, within 1-5."""

    attempt: str
    at: AwareDatetime
    level: float
    low: float
    high: float


class Note(Value):
    """Something that happened on the way, in a few words."""

    at: AwareDatetime
    words: str


def banded(series: Series) -> tuple[Band, ...]:
    """The running mean of one series, attempt by attempt."""
    levels = [point.level for point in series.points]
    bands = []
    for n, point in enumerate(series.points, 1):
        last, wide = levels[max(0, n - LAST) : n], levels[max(0, n - _WIDE) : n]
        level, half = mean(last), margin(pvariance(wide), len(wide), len(last))
        bands.append(
            Band(
                attempt=point.attempt, at=point.at, level=level, low=max(1.0, level - half), high=min(5.0, level + half)
            )
        )
    return tuple(bands)


def notes(levels: Sequence[Level], others: Iterable[Note] = ()) -> tuple[Note, ...]:
    """What happened on the way: new rubrics, long pauses, and what else is known; the oldest first."""
    found = list(others)
    for before, after in pairwise(sorted(levels, key=lambda level: level.at)):
        if before.rubric != after.rubric:
            found.append(Note(at=after.at, words=f"Rubric {after.rubric}: levels from before are not compared"))
        if after.at - before.at >= _PAUSE:
            found.append(Note(at=after.at, words=f"First answer after {(after.at - before.at).days} days"))
    return tuple(sorted(found, key=lambda note: note.at))
