"""The heads at run time: numpy and a file of weights, no training library."""

import functools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from coach.checks.heads.features import features
from coach.checks.heads.labels import PARTS, TAGS, Tag
from coach.checks.heads.words import Words

Matrix = NDArray[np.float32]
Vector = NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights.npz")


@dataclass(frozen=True)
class Reading:
    """What the heads make of an answer's sentences.

    ``parts`` holds a row for each sentence, the probabilities of PARTS read free of order; ``tags`` likewise of TAGS, and
    ``thresholds`` from which probability on each tag counts as shown. ``labels`` is the likeliest course of parts through the
    whole answer, read in place.
    """

    parts: Matrix
    tags: Matrix
    thresholds: Vector
    labels: str

    def part(self, label: str) -> Vector:
        """The probability of a part, for each sentence."""
        return self.parts[:, PARTS.index(label)]

    def tag(self, tag: Tag) -> Vector:
        """The probability of a tag, for each sentence."""
        return self.tags[:, TAGS.index(tag)]

    def only(self, rows: NDArray[np.int64]) -> "Reading":
        """The reading of these sentences alone."""
        labels = "".join(self.labels[row] for row in rows)
        return replace(self, parts=self.parts[rows], tags=self.tags[rows], labels=labels)

    def threshold(self, tag: Tag) -> float:
        """From which probability on a sentence counts as showing a tag."""
        return float(self.thresholds[TAGS.index(tag)])


@dataclass(frozen=True)
class Heads:
    """Logistic regressions: over the parts in place, and how those follow one another; over the parts and each tag, free of order.

    ``free_weights`` has a row for each free feature, ``word_weights`` one for each of ``phrases``, and both a column for each of PARTS and
    TAGS, in this order.
    """

    free_weights: Matrix
    free_bias: Vector
    word_weights: NDArray[np.float16]
    phrases: NDArray[np.str_]
    rarity: Vector
    placed_weights: Matrix
    placed_bias: Vector
    tag_thresholds: Vector
    transitions: Matrix

    @cached_property
    def _words(self) -> Words:
        return Words(self.phrases, self.rarity)

    def read(self, sentences: Sequence[str], vectors: Matrix) -> Reading:
        """Read an answer of at least one sentence."""
        free, in_place = features(sentences, vectors)
        scores = free @ self.free_weights + self._words.times(sentences, self.word_weights) + self.free_bias
        shown = 1.0 / (1.0 + np.exp(-scores))
        parts, tags = shown[:, : len(PARTS)], shown[:, len(PARTS) :]
        return Reading(
            parts=parts / parts.sum(axis=1, keepdims=True),
            tags=tags,
            thresholds=self.tag_thresholds,
            labels=self._course(_softmax(in_place @ self.placed_weights + self.placed_bias)),
        )

    def _course(self, parts: Matrix) -> str:
        """The likeliest course of labels (Viterbi): each sentence's own probabilities, weighed with how parts follow one another."""
        scores = np.log(parts + 1e-9)
        best = scores[0]
        steps = []
        for row in scores[1:]:
            paths = best[:, None] + self.transitions
            steps.append(paths.argmax(axis=0))
            best = paths.max(axis=0) + row
        label = int(best.argmax())
        course = [label]
        for step in reversed(steps):
            label = int(step[label])
            course.append(label)
        return "".join(PARTS[i] for i in reversed(course))


def _softmax(scores: Matrix) -> Matrix:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float32)


@functools.cache
def load(path: Path = WEIGHTS) -> Heads:
    """The heads with the weights that travel with the code."""
    with np.load(path) as stored:
        return Heads(**{name: stored[name] for name in Heads.__dataclass_fields__})
