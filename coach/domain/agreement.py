"""How far two raters agree on levels 1-5."""

from collections import Counter
from collections.abc import Sequence

from coach.domain.rubric import LEVELS


def weighted_kappa(first: Sequence[int], second: Sequence[int]) -> float | None:
    """Quadratic weighted kappa (Cohen 1968): 1 is perfect agreement, 0 what chance would give. None where one level is all there is."""
    total = len(first)
    ours, theirs = Counter(first), Counter(second)
    seen = sum((a - b) ** 2 for a, b in zip(first, second, strict=True)) / total if total else 0.0
    expected = sum(ours[a] * theirs[b] * (a - b) ** 2 for a in LEVELS for b in LEVELS) / total**2 if total else 0.0
    return 1 - seen / expected if expected else None


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
