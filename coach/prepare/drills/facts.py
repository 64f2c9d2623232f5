"""Whether a fact is told in an answer: a stretch of it means much the same, and the figures that belong to it are said.

Likeness in meaning is no proof: it does not notice a "not". The figures do not lie; what the words say, a reader must judge.
"""

import functools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from coach.checks.embeddings import Matrix, encoder
from coach.checks.prepared import Prepared
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise, Fact
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.prepare.drills.figures import said

LIKE = 0.5  # likeness from which a stretch counts as telling a fact; see docs/drills.md
_CUT = re.compile(r"\s*[,;:–—]\s+|\s+(?=(?:and|but|so|because|then|while|which|when|if)\s)", re.IGNORECASE)
_SHORTEST = 3  # words of a stretch


def all_said(exercise: Exercise) -> tuple[str, ...]:
    """Everything an exercise says: the sentences of what is given, its facts, and other ways to tell them."""
    facts = (way for fact in exercise.facts for way in (fact.text, *fact.ways))
    return (*(span.quote for span in sentences(exercise.given)), *facts)


@dataclass(frozen=True)
class Told:
    """A fact and the stretch of the answer that tells it, or None; ``wrong``: the words are there, but not the figures."""

    fact: Fact
    span: Span | None
    wrong: bool = False

    @property
    def kept(self) -> bool:
        """Whether it is told with its figures."""
        return self.span is not None and not self.wrong


@dataclass(frozen=True)
class Stretches:
    """An answer cut into sentences and the clauses of each, with what each means."""

    text: str
    spans: tuple[Span, ...]

    @classmethod
    def of(cls, answer: Prepared) -> "Stretches":
        """The stretches of what counts in an answer."""
        parts = (clause for sentence in answer.sentences for clause in clauses(answer.text, sentence))
        return cls(answer.text, tuple(dict.fromkeys([*answer.sentences, *parts])))

    @cached_property
    def vectors(self) -> Matrix:
        """A row for each stretch."""
        return encoder().encode([span.quote for span in self.spans])

    def told(self, fact: Fact) -> Told:
        """Where a fact is told, if anywhere."""
        likeness = (self.vectors @ meanings((fact.text, *fact.ways)).T).max(axis=1)
        best = int(likeness.argmax())
        if likeness[best] < LIKE:
            return Told(fact, None)
        around = self._around(self.spans[best])
        return Told(fact, self.spans[best], wrong=not all(said(figure, around) for figure in fact.figures))

    def _around(self, span: Span) -> str:
        """The sentence a stretch stands in, with the one before and the one after: there its figures must be."""
        rows = sentences(self.text)
        at = next((n for n, row in enumerate(rows) if row.start <= span.start < row.end), 0)
        return " ".join(row.quote for row in rows[max(0, at - 1) : at + 2])

    def nearest(self, texts: Sequence[str]) -> Matrix:
        """For each stretch, how like it is to the most alike of some texts."""
        return np.asarray((self.vectors @ meanings(tuple(texts)).T).max(axis=1))


def clauses(text: str, sentence: Span) -> list[Span]:
    """The clauses of a sentence that has several, each of some words at least."""
    starts = [0, *(m.end() for m in _CUT.finditer(sentence.quote))]
    ends = [*(m.start() for m in _CUT.finditer(sentence.quote)), len(sentence.quote)]
    pieces = [(s, e) for s, e in zip(starts, ends, strict=True) if len(sentence.quote[s:e].split()) >= _SHORTEST]
    return [Span.of(text, sentence.start + s, sentence.start + e) for s, e in pieces] if len(starts) > 1 else []


def kept(name: str, facts: Iterable[Fact], stretches: Stretches, *, good: str, bad: str) -> Observation:
    """One observation over several facts: met when all are told with their figures."""
    all_told = [stretches.told(fact) for fact in facts]
    lost = [one for one in all_told if not one.kept]
    marks = tuple(
        Mark(
            span=one.span,
            note=f"{one.fact.text} {_figures_missing(one.fact)}" if one.wrong else one.fact.text,
            fine=not one.wrong,
        )
        for one in all_told
        if one.span
    )
    return Observation(
        name=name,
        met=not lost,
        why=f"{bad} {len(all_told) - len(lost)} of {len(all_told)} can be found." if lost else good,
        evidence=marks,
        absent=not marks,
        missing=tuple(one.fact.text for one in lost),
    )


def _figures_missing(fact: Fact) -> str:
    numbers = ", ".join(figure.replace("|", " or ") for figure in fact.figures)
    return f"(its figure, {numbers}, is not said)"


@functools.lru_cache(maxsize=2048)
def meanings(texts: tuple[str, ...]) -> Matrix:
    """What ways to say something mean, a row for each; remembered."""
    return encoder().encode(texts)
