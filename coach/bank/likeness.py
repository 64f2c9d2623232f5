"""Questions that ask the same thing in other words: in whole packs, for `coach bank check`, and one question beside all others."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.bank.packs import Problem, read_packs
from coach.domain.question import Question

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into vectors of length 1, whose dot product is their likeness."""

TOO_ALIKE = 0.78
"""Likeness from which two questions, or two model answers, count as the same thing in other words.

Measured on the bank: no two of its 131 questions (8,515 pairs) reach more than 0.77, and 20 of 24 questions put in other words do.
"""


class Alike(NamedTuple):
    """The question that another is too much like, and how much (up to 1)."""

    question: Question
    likeness: float


def too_alike(text: str, others: Sequence[Question], encode: Encode) -> Alike | None:
    """The one of ``others`` that asks most nearly the same as ``text``, if that is too near."""
    if not text.strip() or not others:
        return None
    likeness = encode([other.text for other in others]) @ encode([text])[0]
    nearest = int(likeness.argmax())
    return Alike(others[nearest], float(likeness[nearest])) if likeness[nearest] >= TOO_ALIKE else None


def problems_of(place: Path, encode: Encode) -> list[Problem]:
    """Everything that is wrong with the packs of a folder, or with one pack. An empty list means: all is well.

    Questions are compared with each other only once every pack keeps the rules.
    """
    packs, problems = read_packs(place)
    if problems:
        return problems
    asked = [(pack.file, question) for pack in packs for question in pack.questions]
    return [*_alike(asked, "text", encode), *_alike(asked, "model_answer", encode)]


def _alike(asked: Sequence[tuple[str, Question]], field: str, encode: Encode) -> Iterator[Problem]:
    """A problem for each question that is too much like an earlier one in this field; it names the one it is most like."""
    vectors = encode([getattr(question, field) for _, question in asked])
    likeness = np.tril(vectors @ vectors.T, k=-1)
    for later, row in enumerate(likeness):
        earlier = int(row.argmax())
        if row[earlier] >= TOO_ALIKE:
            file, question = asked[later]
            yield Problem(
                file=file,
                question=question.key,
                field=field,
                text=f"says much the same as {asked[earlier][1].key} in {asked[earlier][0]} "
                f"(likeness {row[earlier]:.2f}, {TOO_ALIKE} is too much); ask for something else",
            )
