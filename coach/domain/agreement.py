"""How far two raters agree on levels 1-5."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from coach.domain.rubric import LEVELS


def weighted_kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Quadratic weighted kappa (Cohen 1968): 1 is perfect agreement, 0 what chance would give. None where one level is all there is."""
    total = len(first)
    ours, theirs = Counter(first), Counter(second)
    seen = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / total if total else 0.0
    expected = sum(ours[a] * theirs[b] * (a - b) ** 2 for a in LEVELS for b in LEVELS) / total**2 if total else 0.0
    return 1 - seen / expected if expected else None


Drawn = TypeVar("Drawn")
_DRAWS = 500


def interval(rows: Sequence[Drawn], figure: Callable[[Sequence[Drawn]], float | None]) -> tuple[float, float] | None:
    """Where a figure of these rows lies with 95 % certainty, by drawing the rows anew (bootstrap; the same draws each time).

    Draws for which there is no such figure are passed over; None where that is most of them.
    """
    rng = random.Random(7)  # noqa: S311  # no secret
    drawn = (figure(rng.choices(rows, k=len(rows))) for _ in range(_DRAWS if rows else 0))
    found = sorted(one for one in drawn if one is not None)
    if len(found) <= _DRAWS // 2:
        return None
    return found[round(0.025 * len(found))], found[round(0.975 * len(found)) - 1]


def within(first: Sequence[int], second: Sequence[int], levels: int) -> float:
    """The share of pairs no more than so many levels apart; 0 levels is exact agreement."""
    return sum(abs(a - b) <= levels for a, b in zip(first, second, strict=True)) / max(1, len(first))


def confusion(truth: Sequence[int], rated: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Five rows, one a true level; in each how often it was rated 1, 2, 3, 4, 5."""
    counts = Counter(zip(truth, rated, strict=True))
    return tuple(tuple(counts[a, b] for b in LEVELS) for a in LEVELS)


def macro_f1(truth: Sequence[str], said: Sequence[str]) -> float:
    """The mean of each label's F1, so that rare labels weigh as much as common ones."""
    labels = sorted(set(truth))
    scores = []
    for label in labels:
        hits = sum(t == s == label for t, s in zip(truth, said, strict=True))
        claims, present = sum(s == label for s in said), sum(t == label for t in truth)
        scores.append(2 * hits / (claims + present) if claims + present else 0.0)
    return sum(scores) / max(1, len(scores))
