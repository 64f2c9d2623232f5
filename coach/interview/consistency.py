"""Consistency: the same person, or what seems the same case, told with different facts.

Two kinds of facts are compared. What the candidate says of themselves (caseload, years in the work) must agree in all answers. What is
said of a client (age, children) is compared only between stories that seem to be about the same case. What is found is a question to
the candidate, never a rating: people do change jobs, and two clients can be alike.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from coach.checks.embeddings import encoder
from coach.checks.fluent import fluent
from coach.domain.feedback import PartSpan
from coach.domain.finding import Part
from coach.domain.interview_report import Contradiction
from coach.domain.span import Span

SAME_CASE = 0.55  # likeness of two stories' scenes from which they may be one case
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_DECADES = ["twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties"]
_NUMBER = rf"(?:\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_ONES[1:10])}))?|{'|'.join(_ONES)})"
_OWN = (
    (
        "your caseload",
        re.compile(
            rf"\bcaseload (?:of|was|is|had)(?: about| around| roughly| some)? (?P<n>{_NUMBER})\b", re.IGNORECASE
        ),
    ),
    (
        "your years in the work",
        re.compile(
            rf"\b(?P<n>{_NUMBER}) years (?:of experience|as a (?:case|care) manager|in (?:case management|the field|this work))\b",
            re.IGNORECASE,
        ),
    ),
)
_CASE = (
    ("the client’s age", re.compile(rf"\b(?P<n>{_NUMBER})[- ]years?[- ]old\b", re.IGNORECASE)),
    ("the client’s age", re.compile(rf"\bin (?:her|his|their) (?:early |mid |late |mid-)?(?P<decade>{'|'.join(_DECADES)})\b", re.IGNORECASE)),
    ("the number of children", re.compile(rf"\b(?:with|had|has|her|his|their) (?P<n>{_NUMBER}) (?:\w+ )?(?:kids|children)\b", re.IGNORECASE)),
)  # fmt: skip


@dataclass(frozen=True)
class Story:
    """One answer: the number of its question, its text, and which sentence tells what."""

    number: int
    text: str
    parts: tuple[PartSpan, ...]


@dataclass(frozen=True)
class _Fact:
    about: str
    low: int
    high: int
    span: Span


def contradictions(stories: Sequence[Story]) -> tuple[Contradiction, ...]:
    """Every pair of facts that do not go together, with the sentences they stand in."""
    alike = _alike(stories)
    found = []
    for (i, one), (j, other) in combinations(enumerate(stories), 2):
        pairs = [*_against(one, other, _OWN), *(_against(one, other, _CASE) if alike[i, j] >= SAME_CASE else ())]
        found += [
            Contradiction(
                about=a.about, first_question=one.number, first=a.span, second_question=other.number, second=b.span
            )
            for a, b in pairs
        ]
    return tuple(found)


def _against(
    one: Story, other: Story, patterns: Sequence[tuple[str, re.Pattern[str]]]
) -> Iterator[tuple[_Fact, _Fact]]:
    """The first fact of each kind in both, where the two cannot be the same."""
    theirs = _facts(other, patterns)
    for about, fact in _facts(one, patterns).items():
        if about in theirs and (fact.high < theirs[about].low or theirs[about].high < fact.low):
            yield fact, theirs[about]


def _facts(story: Story, patterns: Sequence[tuple[str, re.Pattern[str]]]) -> dict[str, _Fact]:
    facts: dict[str, _Fact] = {}
    for about, pattern in patterns:
        match = pattern.search(story.text)
        if match and about not in facts:
            low, high = _range(match.groupdict())
            facts[about] = _Fact(about, low, high, _sentence(story, match.start(), match.end()))
    return facts


def _range(groups: dict[str, str | None]) -> tuple[int, int]:
    if decade := groups.get("decade"):
        low = 20 + 10 * _DECADES.index(decade.lower())
        return low, low + 9
    value = _value(groups["n"] or "0")
    return value, value


def _value(words: str) -> int:
    if words.isdigit():
        return int(words)
    return sum(20 + 10 * _TENS.index(w) if w in _TENS else _ONES.index(w) for w in re.split(r"[- ]", words.lower()))


def _sentence(story: Story, start: int, end: int) -> Span:
    return next((p.span for p in story.parts if p.span.start <= start < p.span.end), Span.of(story.text, start, end))


def _alike(stories: Sequence[Story]) -> np.ndarray:
    """How alike the scenes of all stories are; 0 where one tells none."""
    scenes = [
        [fluent(p.span.quote) for p in story.parts if p.part in (Part.SITUATION, Part.OBSTACLE)] for story in stories
    ]
    vectors = np.zeros((len(stories), encoder().encode(["."]).shape[1]), dtype=np.float32)
    for row, scene in enumerate(scenes):
        if scene:
            total = encoder().encode(scene).sum(axis=0)
            vectors[row] = total / np.linalg.norm(total)
    return vectors @ vectors.T
