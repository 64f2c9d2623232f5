"""Where somebody stands on one thing: a level, how sure it is, and which way it goes."""

import math
from enum import StrEnum
from typing import NamedTuple

from coach.domain.cohort_numbers import Cell

_USUAL_SD = 0.8  # levels of one person on one thing spread about so much; the fewer there are, the more this counts
_WORTH = 4  # answers that the usual spread is worth
_LAST, _WIDE = 3, 6  # answers a level is the mean of; answers its spread is judged by
_NORMAL_95 = 1.96
_MOVED = 0.5  # from here on a difference of two means of three is called a trend
_FIRM, _FAIR = 0.75, 1.05  # margins up to which a level counts as firm, as fair


class Trend(StrEnum):
    """Which way the last three levels lie of the three before."""

    RISING = "rising"
    STEADY = "steady"
    SLIDING = "sliding"
    UNKNOWN = "not known yet"


class Sureness(StrEnum):
    """How far a level can be relied on."""

    FIRM = "firm"
    FAIR = "fair"
    THIN = "thin"


class Standing(NamedTuple):
    """A level 1-5 that is the mean of ``of`` answers, and the ``change`` since the three answers before.

    ``answers`` are those that count here. ``seen`` of them tell how levels spread, with this (population) ``variance``.
    """

    level: float
    of: int
    change: float | None
    answers: int
    seen: int = 1
    variance: float = 0.0

    @property
    def margin(self) -> float:
        """Half the width of the level's 95 % interval."""
        return margin(self.variance, self.seen, self.of)

    @property
    def trend(self) -> Trend:
        """Which way it goes."""
        if self.change is None:
            return Trend.UNKNOWN
        if abs(self.change) < _MOVED:
            return Trend.STEADY
        return Trend.RISING if self.change > 0 else Trend.SLIDING

    @property
    def sureness(self) -> Sureness:
        """How far it can be relied on."""
        if self.margin <= _FIRM:
            return Sureness.FIRM
        return Sureness.FAIR if self.margin <= _FAIR else Sureness.THIN


def standing_of(cell: Cell, answers: int) -> Standing | None:
    """Where a cell says somebody stands; ``answers`` is how many rated ones lie in the weeks asked for. None where none has a level."""
    if cell.latest is None or cell.of_two is None or cell.of_three is None:
        return None
    comparable = min(cell.comparable, answers)
    if not comparable:
        return None
    of = min(_LAST, comparable)
    level = cell.of_three if of == _LAST else cell.of_two if of > 1 else cell.latest
    followed = cell.before_answers > 1 and comparable >= of + cell.before_answers
    return Standing(
        level,
        of,
        level - cell.before if followed and cell.before is not None else None,
        answers,
        min(_WIDE, cell.comparable),
        cell.variance or 0.0,
    )


def margin(variance: float, seen: int, of: int) -> float:
    """Half the width of the 95 % interval of a mean of ``of`` levels, of whose kind ``seen`` spread with this (population) variance.

    The spread is drawn towards the usual one: two equal levels do not make a certainty.
    """
    drawn = (_WORTH * _USUAL_SD**2 + seen * variance) / (_WORTH + max(seen - 1, 0))
    return _NORMAL_95 * math.sqrt(drawn / of)
