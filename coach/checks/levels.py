"""From what the sentences show to a level 1-5: one small model a criterion.

Every feature is one of: the strongest sentence, the second strongest, a sum that grows slowly. Talk that shows nothing adds
next to nothing to any of them, so an answer is not rated higher or lower for being longer.
"""

import functools
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.checks.heads import Reading, Tag
from coach.checks.heads.model import WEIGHTS
from coach.domain.rubric import LEVELS, Criterion

Vector = NDArray[np.float32]
Matrix = NDArray[np.float32]
Features = dict[str, float]

_HALF = 0.5


@dataclass(frozen=True)
class Signals:
    """What the level models see of an answer: the reading, the sentences' lengths in words, and what was recognised in it."""

    reading: Reading
    words: Vector
    identifiers: int  # different direct identifiers of clients
    bundle: float  # weight of the heaviest bundle of quasi-identifiers, 1 at its threshold
    narrow: int  # details that narrow down without naming: an exact age with a condition, a named hospital


def _top(values: Vector, n: int = 1) -> float:
    """The n-th largest, 0 where there are fewer."""
    return float(np.partition(values, -n)[-n]) if len(values) >= n else 0.0


def _mass(values: Vector) -> float:
    return float(np.log1p(values.sum()))


def _soar(signals: Signals) -> Features:
    read, words = signals.reading, signals.words
    s, o, a, r = (read.part(label) for label in "SOAR")
    told = s + o + a + r
    hypothetical = read.tag(Tag.HYPOTHETICAL)
    return {
        "situation": _top(s),
        "situation_mass": _mass(s * words),
        "obstacle": _top(o),
        "obstacle_second": _top(o, 2),
        "obstacle_mass": _mass(o * words),
        "action": _top(a),
        "action_second": _top(a, 2),
        "action_third": _top(a, 3),
        "action_mass": _mass(a * words),
        "result": _top(r),
        "result_second": _top(r, 2),
        "result_mass": _mass(r * words),
        "weakest": min(_top(s), _top(o), _top(a), _top(r)),
        "told": _mass(told),
        "hypothetical": _top(hypothetical, 2),
        "hypothetical_share": float(hypothetical.sum() / (hypothetical.sum() + told.sum() + 0.1)),
        "we": float((read.tag(Tag.WE) * a).sum() / (a.sum() + 0.3)),
        "vague": _top(read.tag(Tag.VAGUE)),
        "conditional": _top(read.tag(Tag.CONDITIONAL)),
        "counted": _top(read.tag(Tag.COUNTED)),
        "observed": _top(read.tag(Tag.OBSERVED)),
    }


def _empathy(signals: Signals) -> Features:
    read = signals.reading
    shown, action = read.tag(Tag.EMPATHY), read.part("A")
    blame = read.tag(Tag.BLAME)
    return {
        "shown": _top(shown),
        "shown_second": _top(shown, 2),
        "shown_third": _top(shown, 3),
        "shown_mass": _mass(shown),
        "shapes_action": _top(shown * action),
        "shapes_action_second": _top(shown * action, 2),
        "method": _top(read.tag(Tag.EMPATHY_METHOD)),
        "claim": _top(read.tag(Tag.EMPATHY_CLAIM)),
        "blame": _top(blame),
        "blame_second": _top(blame, 2),
        "blame_mass": _mass(blame),
        "judgement": _top(read.tag(Tag.JUDGEMENT)),
        "consent": _top(read.tag(Tag.CONSENT)),
        "told_others": _top(read.tag(Tag.TOLD)),
        "to_scorer": _top(read.tag(Tag.TO_SCORER)),
    }


def _outcome(signals: Signals) -> Features:
    read = signals.reading
    result = read.part("R")
    counted, baseline = read.tag(Tag.COUNTED), read.tag(Tag.BASELINE)
    observed, vague = read.tag(Tag.OBSERVED), read.tag(Tag.VAGUE)
    return {
        "counted": _top(counted),
        "counted_second": _top(counted, 2),
        "baseline": _top(baseline),
        "baseline_second": _top(baseline, 2),
        "baseline_mass": _mass(baseline),
        "observed": _top(observed),
        "observed_second": _top(observed, 2),
        "vague": _top(vague),
        "vague_second": _top(vague, 2),
        "conditional": _top(read.tag(Tag.CONDITIONAL)),
        "impossible": _top(read.tag(Tag.IMPOSSIBLE)),
        "other_number": _top(read.tag(Tag.NUMBER)),
        "result": _top(result),
        "result_second": _top(result, 2),
        "result_mass": _mass(result),
        "counted_result": _top(counted * result),
        "baseline_result": _top(baseline * result),
        "observed_result": _top(observed * result),
        "vague_result": _top(vague * result),
        "action_mass": _mass(read.part("A")),
        "to_scorer": _top(read.tag(Tag.TO_SCORER)),
    }


def _confidentiality(signals: Signals) -> Features:
    read = signals.reading
    moved, told, consent = read.tag(Tag.MOVED), read.tag(Tag.TOLD), read.tag(Tag.CONSENT)
    return {
        "identifiers": float(min(signals.identifiers, 3)),
        "any_identifier": float(signals.identifiers > 0),
        "bundle": min(signals.bundle, 2.0),
        "over_threshold": float(signals.bundle >= 1.0),
        "narrow": float(min(signals.narrow, 3)),
        "quasi": _top(read.tag(Tag.QUASI)),
        "quasi_second": _top(read.tag(Tag.QUASI), 2),
        "named": _top(read.tag(Tag.IDENTIFIER)),
        "told": _top(told),
        "told_second": _top(told, 2),
        "moved": _top(moved),
        "moved_second": _top(moved, 2),
        "consent": _top(consent),
        "consent_second": _top(consent, 2),
        "consent_mass": _mass(consent),
        "story": _mass(read.part("S") + read.part("O") + read.part("A") + read.part("R")),
        "hypothetical": _top(read.tag(Tag.HYPOTHETICAL), 2),
    }


FEATURES = {
    Criterion.SOAR: _soar,
    Criterion.EMPATHY: _empathy,
    Criterion.CONFIDENTIALITY: _confidentiality,
    Criterion.OUTCOME: _outcome,
}


@dataclass(frozen=True)
class LevelModel:
    """Many small decision trees whose answers add up (gradient boosting): levels turn on what is there *and* what is missing.

    Each of the levels 1-5 has its own trees, and a number it ``start``s from. Every tree asks a few questions one after another: is feature
    ``asked`` larger than ``bound``? The questions of a tree stand in its row from the top down, level by level, and so do its ``leaves``.
    """

    names: NDArray[np.str_]
    asked: NDArray[np.int16]  # by level of the scale, tree, question
    bounds: Matrix
    leaves: Matrix
    start: Vector

    def chances(self, features: Features) -> Vector:
        """How likely each level is, 1 first."""
        row = np.array([features[str(name)] for name in self.names], dtype=np.float32)
        asked, bounds, leaves = (flat.reshape(-1, flat.shape[-1]) for flat in (self.asked, self.bounds, self.leaves))
        trees = np.arange(len(asked))
        at = np.zeros(len(asked), dtype=np.int64)
        for _ in range(leaves.shape[1].bit_length() - 1):
            at = 2 * at + 1 + (row[asked[trees, at]] > bounds[trees, at])
        scores = self.start + leaves[trees, at - asked.shape[1]].reshape(len(self.start), -1).sum(axis=1)
        likely = np.exp(scores - scores.max())
        return np.asarray(likely / likely.sum(), dtype=np.float32)


FIELDS = tuple(LevelModel.__dataclass_fields__)


@functools.cache
def load(path: Path = WEIGHTS) -> dict[Criterion, LevelModel]:
    """The level models with the weights that travel with the code."""
    with np.load(path) as stored:
        return {
            criterion: LevelModel(**{name: stored[f"{criterion}.{name}"] for name in FIELDS}) for criterion in Criterion
        }


def level_of(criterion: Criterion, signals: Signals) -> int:
    """The level of an answer on a criterion, 1-5."""
    return middle(load()[criterion].chances(FEATURES[criterion](signals)))


def middle(chances: Vector) -> int:
    """The level in the middle: lower ones, and higher ones, are less likely than not.

    Not the mean: one chance in five of a leak would lower an answer that in all likelihood has none.
    """
    return LEVELS[int((np.cumsum(chances)[:-1] < _HALF).sum())]
