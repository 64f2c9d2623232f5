"""Trains the heads and the level models from the labelled answers. ``coach train`` runs it; the app never does.

Levels are learned from what the heads say of answers they were *not* trained on (six folds, grouped by answer and pair), since that
is how they will see a candidate's answer; and from each answer in two forms (see `otherwise`), since levels must not turn on the form.
Everything is seeded and rounded: the same data give the same file, byte for byte.
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
from coach.checks.fit import level_model, logistic, rounded, word_rows
from coach.checks.fluent import fluent
from coach.checks.heads.features import features
from coach.checks.heads.labels import ACCUSING, PARTS, TAGS
from coach.checks.heads.model import WEIGHTS, Heads, Reading
from coach.checks.heads.words import Words
from coach.checks.identifiers.head import WEIGHTS as IDENTIFIER_WEIGHTS
from coach.checks.levels import FEATURES, FIELDS
from coach.checks.otherwise import Otherwise, as_cut
from coach.checks.prepared import signals_of
from coach.checks.train_identifiers import train_identifiers
from coach.checks.training import LabelledAnswer, LabelledSentence, digest, labelled_answers
from coach.domain.rubric import Criterion

FOLDS = 6
SHORT = ("short.jsonl", "to_scorer.jsonl")  # answers of a few sentences: only the heads learn from them
SEED = 20261121
_STRENGTH = 3.0  # inverse regularisation of the head in place, chosen by cross-validation
_SMOOTHING = 1.0  # added to the counts of how parts follow one another
_RATED = 1.5  # what an answer weighs for levels whose sentences nobody tagged: its authors knew nothing of the tags, as candidates do
_OTHER_FORM = 0.3  # what a form made by code weighs beside the answer itself, chosen by cross-validation
_NEVER = 1.0  # threshold of a tag that no example shows, as may be in a trial
_KNOWN = 4  # sentences a phrase stands in before the heads know it
_TOGETHER = 100  # answers whose sentences are embedded at once

Progress = Callable[[float], None]
Floats = NDArray[np.float32]


class Example:
    """Labelled sentences of one answer, embedded: ``vectors`` has a row for each. Where nobody ``tagged`` them, only their parts are known."""

    def __init__(self, sentences: Sequence[LabelledSentence], vectors: Floats, *, tagged: bool = True) -> None:
        self.texts = _texts(sentences)
        self.vectors = vectors
        self.parts = np.array([PARTS.index(sentence.part) for sentence in sentences])
        self.tags = np.array([[tag in sentence.tags for tag in TAGS] for sentence in sentences])
        self.known = np.full_like(self.tags, tagged)
        self.free, self.in_place = features(self.texts, self.vectors)


def _texts(sentences: Sequence[LabelledSentence]) -> list[str]:
    return [fluent(sentence.text) for sentence in sentences]


def embedded(answers: Sequence[Sequence[LabelledSentence]], *, tagged: bool = True) -> list[Example]:
    """The answers with their vectors, many sentences read together."""
    examples = []
    for first in range(0, len(answers), _TOGETHER):
        some = answers[first : first + _TOGETHER]
        vectors = encoder().encode([text for sentences in some for text in _texts(sentences)])
        ends = np.cumsum([len(sentences) for sentences in some])
        examples += [Example(*one, tagged=tagged) for one in zip(some, np.split(vectors, ends[:-1]), strict=True)]
    return examples


def folds(answers: Sequence[LabelledAnswer]) -> NDArray[np.int64]:
    """Which fold each answer is held out in; answers of a pair share one."""
    groups = sorted({answer.pair or answer.id for answer in answers})
    random.Random(SEED).shuffle(groups)  # noqa: S311  # a split, not a secret
    fold = {group: i % FOLDS for i, group in enumerate(groups)}
    return np.array([fold[answer.pair or answer.id] for answer in answers])


def fit_heads(examples: Sequence[Example], short: Sequence[Example]) -> Heads:
    """Heads from examples; from ``short`` ones learn only those free of order."""
    both = [*examples, *short]
    texts = [text for e in both for text in e.texts]
    words = Words.of(texts, at_least=_KNOWN)
    parts = np.eye(len(PARTS), dtype=bool)[np.concatenate([e.parts for e in both])]
    targets = np.hstack([parts, np.vstack([e.tags for e in both])])
    known = np.hstack([np.ones_like(parts), np.vstack([e.known for e in both])])
    free, word_weights, free_bias = logistic(np.vstack([e.free for e in both]), word_rows(words, texts), targets, known)
    placed = LogisticRegression(C=_STRENGTH, max_iter=3000, class_weight="balanced").fit(
        np.vstack([e.in_place for e in examples]), np.concatenate([e.parts for e in examples])
    )
    return Heads(
        free_weights=free,
        free_bias=free_bias,
        word_weights=word_weights.astype(np.float16),
        phrases=words.phrases,
        rarity=words.rarity,
        placed_weights=rounded(placed.coef_.T),
        placed_bias=rounded(placed.intercept_),
        tag_thresholds=np.full(len(TAGS), 0.5, dtype=np.float32),
        transitions=_transitions(examples),
    )


def _thresholds(examples: Sequence[Example], readings: Sequence[Reading]) -> Floats:
    """For each tag the probability from which it is best told by, on answers the heads had not seen.

    Best by F1; for accusations by F0.25, which weighs a wrong one four times as much as a missed one.
    """
    labels = np.vstack([e.tags for e in examples])
    probabilities = np.vstack([r.tags for r in readings])
    thresholds = []
    for tag, truth, probability in zip(TAGS, labels.T, probabilities.T, strict=True):
        if not truth.any():
            thresholds.append(_NEVER)
            continue
        precision, recall, at = precision_recall_curve(truth, probability)
        beta2 = 0.0625 if tag in ACCUSING else 1.0
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
    return rounded(0.5 * np.log(after / overall))  # halved: the head of parts sees its neighbours already


def out_of_fold(
    examples: Sequence[Example], otherwise: Sequence[Example], short: Sequence[Example], fold: NDArray[np.int64]
) -> tuple[list[Reading], list[Reading]]:
    """Each answer, and the same said ``otherwise``, as read by heads that never saw it in either form.

    The heads learn from ``examples`` and always from ``short`` answers, which are never read.
    """
    readings: dict[int, tuple[Reading, Reading]] = {}
    for held in range(FOLDS):
        heads = fit_heads([e for e, f in zip(examples, fold, strict=True) if f != held], short)
        for i in map(int, np.flatnonzero(fold == held)):
            one, other = examples[i], otherwise[i]
            readings[i] = heads.read(one.texts, one.vectors), heads.read(other.texts, other.vectors)
    both = [readings[i] for i in range(len(examples))]
    return [first for first, _ in both], [second for _, second in both]


def train(
    path: Path = WEIGHTS,
    on_progress: Progress | None = None,
    identifiers_path: Path = IDENTIFIER_WEIGHTS,
    every: int = 1,
) -> None:
    """Train everything; write the weights to ``path``, and those of the recognisers to ``identifiers_path``.

    ``every`` n-th answer and context only, for a trial: the weights say what they were trained on (`digest`).
    """
    # One thread: the order of additions differs with their number, and with it where the solver stops.
    with threadpool_limits(limits=1):
        _train(path, identifiers_path, on_progress or (lambda _share: None), every)


def _train(path: Path, identifiers_path: Path, on_progress: Progress, every: int) -> None:
    tagged, rated = labelled_answers()[::every], labelled_answers("rated.jsonl")[::every]
    answers = [*tagged, *rated]
    fold = folds(answers)
    said = Otherwise(tagged)
    examples = embedded([as_cut(a) for a in tagged]) + embedded([as_cut(a) for a in rated], tagged=False)
    otherwise = embedded([said.of(a) for a in answers], tagged=False)
    short = embedded([a.sentences for name in SHORT for a in labelled_answers(name)[::every]])
    on_progress(0.3)
    readings, other_readings = out_of_fold(examples, otherwise, short, fold)
    on_progress(0.5)
    thresholds = _thresholds(examples[: len(tagged)], readings[: len(tagged)])
    heads = replace(fit_heads(examples, short), tag_thresholds=thresholds)
    on_progress(0.6)
    found = train_identifiers(answers, fold, identifiers_path, every)
    signals = [
        signals_of(reading, e.texts, identifiers, bundles)
        for reading, e, (identifiers, bundles) in zip(
            [*readings, *other_readings], [*examples, *otherwise], [*found, *found], strict=True
        )
    ]
    weights = [1.0] * len(tagged) + [_RATED] * len(rated)
    weights += [_OTHER_FORM * weight for weight in weights]
    stored: dict[str, Any] = {name: getattr(heads, name) for name in Heads.__dataclass_fields__}
    stored["trained_on"] = np.array([f"{digest()}/{every}"])
    for criterion in Criterion:
        levels = [a.ratings[criterion] for a in answers]
        rows = [FEATURES[criterion](one) for one in signals]
        model = level_model(rows, [*levels, *levels], weights)
        stored |= {f"{criterion}.{name}": getattr(model, name) for name in FIELDS}
    np.savez_compressed(path, allow_pickle=False, **stored)
    on_progress(1.0)
