"""Trains the heads and the level models from the labelled answers. ``coach train`` runs it; the app never does.

Levels are learned from what the heads say of answers they were *not* trained on (six folds, grouped by answer and pair), since that
is how they will see a candidate's answer. Everything is seeded and rounded: the same data give the same file, byte for byte.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import precision_recall_curve
from threadpoolctl import threadpool_limits

from coach.checks.embeddings import encoder
from coach.checks.fluent import fluent
from coach.checks.heads.features import features
from coach.checks.heads.labels import ACCUSING, PARTS, TAGS
from coach.checks.heads.model import WEIGHTS, Heads, Reading
from coach.checks.identifiers.head import WEIGHTS as IDENTIFIER_WEIGHTS
from coach.checks.levels import FEATURES, LevelModel, Signals
from coach.checks.prepared import signals_of
from coach.checks.train_identifiers import train_identifiers
from coach.checks.training import LabelledAnswer, LabelledSentence, labelled_answers
from coach.domain.rubric import LEVELS, Criterion

FOLDS = 6
SEED = 20261121
_STRENGTH = 3.0  # inverse regularisation of the heads, chosen by cross-validation
_LEVEL_STRENGTH = 0.3
_SMOOTHING = 1.0  # added to the counts of how parts follow one another
_DECIMALS = 4
_PADDING = (1, 4)  # sentences of empty talk

Progress = Callable[[float], None]
Floats = NDArray[np.float32]


class Example:
    """Labelled sentences of one answer, embedded."""

    def __init__(self, sentences: Sequence[LabelledSentence]) -> None:
        self.texts = [fluent(sentence.text) for sentence in sentences]
        self.vectors = encoder().encode(self.texts)
        self.parts = np.array([PARTS.index(sentence.part) for sentence in sentences])
        self.tags = np.array([[tag in sentence.tags for tag in TAGS] for sentence in sentences])
        self.free, self.in_place = features(self.texts, self.vectors)


def folds(answers: Sequence[LabelledAnswer]) -> NDArray[np.int64]:
    """Which fold each answer is held out in; answers of a pair share one."""
    groups = sorted({answer.pair or answer.id for answer in answers})
    random.Random(SEED).shuffle(groups)  # noqa: S311  # a split, not a secret
    fold = {group: i % FOLDS for i, group in enumerate(groups)}
    return np.array([fold[answer.pair or answer.id] for answer in answers])


def fit_heads(examples: Sequence[Example], variants: Sequence[Example]) -> Heads:
    """Heads from examples, and from variants of them that only the heads free of order see."""
    both = [*examples, *variants]
    free = np.vstack([e.free for e in both])
    parts = _regression().fit(free, np.concatenate([e.parts for e in both]))
    placed = _regression().fit(np.vstack([e.in_place for e in examples]), np.concatenate([e.parts for e in examples]))
    tags = [_regression().fit(free, column) for column in np.vstack([e.tags for e in both]).T]
    return Heads(
        part_weights=_rounded(parts.coef_.T),
        part_bias=_rounded(parts.intercept_),
        placed_weights=_rounded(placed.coef_.T),
        placed_bias=_rounded(placed.intercept_),
        tag_weights=_rounded(np.vstack([t.coef_[0] for t in tags]).T),
        tag_bias=_rounded(np.array([t.intercept_[0] for t in tags])),
        tag_thresholds=np.full(len(TAGS), 0.5, dtype=np.float32),
        transitions=_transitions(examples),
    )


def _regression() -> LogisticRegression:
    return LogisticRegression(C=_STRENGTH, max_iter=3000, class_weight="balanced")


def _thresholds(examples: Sequence[Example], readings: Sequence[Reading]) -> Floats:
    """For each tag the probability from which it is best told by, on answers the heads had not seen.

    Best by F1; for accusations by F0.5, which weighs a wrong one twice as much as a missed one.
    """
    labels = np.vstack([e.tags for e in examples])
    probabilities = np.vstack([r.tags for r in readings])
    thresholds = []
    for tag, truth, probability in zip(TAGS, labels.T, probabilities.T, strict=True):
        precision, recall, at = precision_recall_curve(truth, probability)
        beta2 = 0.25 if tag in ACCUSING else 1.0
        score = (1 + beta2) * precision * recall / np.maximum(beta2 * precision + recall, 1e-9)
        thresholds.append(at[int(score[:-1].argmax())])
    return np.floor(np.array(thresholds) * 1e3).astype(np.float32) / np.float32(1e3)


def _transitions(examples: Sequence[Example]) -> Floats:
    """How much likelier each part is after each other than on the whole (log ratio)."""
    counts = np.full((len(PARTS), len(PARTS)), _SMOOTHING)
    for example in examples:
        np.add.at(counts, (example.parts[:-1], example.parts[1:]), 1)
    after = counts / counts.sum(axis=1, keepdims=True)
    overall = counts.sum(axis=0) / counts.sum()
    return _rounded(0.5 * np.log(after / overall))  # halved: the head of parts sees its neighbours already


def fit_level(criterion: Criterion, signals: Sequence[Signals], levels: Sequence[int]) -> LevelModel:
    """The ordinal model of one criterion."""
    rows = [FEATURES[criterion](one) for one in signals]
    names = tuple(rows[0])
    values = np.array([[row[name] for name in names] for row in rows])
    centre, scale = values.mean(axis=0), values.std(axis=0) + 1e-3
    standard = (values - centre) / scale
    target = np.array(levels)
    stacked, reached = [], []
    for k, level in enumerate(LEVELS[1:]):
        at = np.zeros((len(standard), len(LEVELS) - 1))
        at[:, k] = 3.0  # large, so that the thresholds are hardly regularised
        stacked.append(np.hstack([standard, at]))
        reached.append(target >= level)
    model = LogisticRegression(C=_LEVEL_STRENGTH, max_iter=5000).fit(np.vstack(stacked), np.concatenate(reached))
    slope = model.coef_[0][: len(names)]
    thresholds = model.intercept_[0] + 3.0 * model.coef_[0][len(names) :]
    return LevelModel(names, _rounded(centre), _rounded(scale), _rounded(slope), _rounded(np.sort(thresholds)[::-1]))


def out_of_fold(
    examples: Sequence[Example], variants: Sequence[Example], short: Sequence[Example], fold: NDArray[np.int64]
) -> list[Reading]:
    """Each answer as read by heads that never saw it. ``short`` answers are always learned from, and never read."""
    readings: dict[int, Reading] = {}
    for held in range(FOLDS):
        seen = [i for i in range(len(examples)) if fold[i] != held]
        heads = fit_heads([*(examples[i] for i in seen), *short], [variants[i] for i in seen])
        for i in map(int, np.flatnonzero(fold == held)):
            readings[i] = heads.read(examples[i].texts, examples[i].vectors)
    return [readings[i] for i in range(len(examples))]


def padded(answers: Sequence[LabelledAnswer]) -> list[Example]:
    """Each answer again with empty talk from other answers in it, which must not change its ratings."""
    rng = random.Random(SEED)  # noqa: S311  # variants, not secrets
    talk = [s for a in answers for s in a.sentences if s.part == "X" and not s.tags]
    return [Example([*a.sentences, *rng.sample(talk, rng.randint(*_PADDING))]) for a in answers]


def train(
    path: Path = WEIGHTS, on_progress: Progress | None = None, identifiers_path: Path = IDENTIFIER_WEIGHTS
) -> None:
    """Train everything; write the weights to ``path``, and those of the recognisers to ``identifiers_path``."""
    # One thread: the order of additions differs with their number, and with it where the solver stops.
    with threadpool_limits(limits=1):
        _train(path, identifiers_path, on_progress or (lambda _share: None))


def _train(path: Path, identifiers_path: Path, on_progress: Progress) -> None:
    answers = labelled_answers()
    examples, variants = [Example(a.sentences) for a in answers], padded(answers)
    short = [Example(a.sentences) for a in labelled_answers("short.jsonl")]
    readings = out_of_fold(examples, variants, short, folds(answers))
    on_progress(0.8)
    heads = replace(fit_heads([*examples, *short], variants), tag_thresholds=_thresholds(examples, readings))
    found = train_identifiers(answers, folds(answers), identifiers_path)
    signals = [
        signals_of(reading, e.texts, identifiers, bundles)
        for reading, e, (identifiers, bundles) in zip(readings, examples, found, strict=True)
    ]
    stored: dict[str, Any] = {name: getattr(heads, name) for name in Heads.__dataclass_fields__}
    for criterion in Criterion:
        model = fit_level(criterion, signals, [a.ratings[criterion] for a in answers])
        stored |= {
            f"{criterion}.{name}": getattr(model, name) for name in ("names", "centre", "scale", "slope", "thresholds")
        }
    np.savez(path, allow_pickle=False, **stored)
    on_progress(1.0)


def _rounded(values: NDArray[np.float64]) -> Floats:
    return np.round(values, _DECIMALS).astype(np.float32)
