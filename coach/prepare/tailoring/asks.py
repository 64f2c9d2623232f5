"""What a job description asks for, each claim with the sentences it stands on.

The text is data: it is searched and compared, and nothing in it is ever done.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from coach.domain.job import Ask, AskKind
from coach.domain.question import Competency, Setting
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.prepare.tailoring.cues import compiled

Encode = Callable[[Sequence[str]], NDArray[np.float32]]
"""Turns texts into vectors of length 1, whose dot product is their likeness."""

MEANS_THE_SAME = 0.52  # likeness from which a sentence asks for a competency without any of its words
NOT_ABOUT_IT = 0.12  # likeness below which a cue word means something else
MOST_EVIDENCE = 4  # sentences a claim shows
_HEADING_WORDS = 6
_BELIEVED = 2  # weight from which a setting is believed: one strong cue, or two weak ones
_TITLE_WEIGHT = 2  # a setting named in the first line weighs like a strong cue
_SHARE_OF_FIRST = 0.3  # of the first setting's weight that another needs to count as well


class Sentences(NamedTuple):
    """The sentences of a description that are about the work, and what they mean."""

    spans: tuple[Span, ...]
    vectors: NDArray[np.float32]


def about_the_work(text: str) -> tuple[Span, ...]:
    """The sentences of a description without those on pay, benefits, applying and equal opportunity."""
    aside = data()["aside"]
    skip, go_on = (compiled(aside[name], whole=True) for name in ("headings", "work_headings"))
    said = compiled(aside["cues"])
    kept: list[Span] = []
    skipping = False
    for span in sentences(text):
        if len(span.quote.split()) <= _HEADING_WORDS:
            if skip.fullmatch(span.quote):
                skipping = True
                continue
            skipping = skipping and not go_on.fullmatch(span.quote)
        if not skipping and not said.search(span.quote):
            kept.append(span)
    return tuple(kept)


def read_asks(text: str, encode: Encode) -> tuple[tuple[Ask, ...], Sentences]:
    """Everything a description asks for, what it asks for most first in each kind; and the sentences it was read from."""
    spans = about_the_work(text)
    read = Sentences(spans, encode([span.quote for span in spans]))
    return (*_competencies(read, encode), *_settings(spans), *_populations(spans)), read


def _competencies(read: Sentences, encode: Encode) -> list[Ask]:
    found: list[tuple[float, Ask]] = []
    for name, told in data()["competencies"].items():
        likeness = (read.vectors @ encode(told["says"]).T).max(axis=1, initial=-1.0)
        cue = compiled(told["cues"])
        weights = {}
        for row, span in enumerate(read.spans):
            near = float(likeness[row])
            if near >= MEANS_THE_SAME or (near >= NOT_ABOUT_IT and cue.search(span.quote)):
                weights[row] = near
        if weights:
            best = sorted(weights, key=lambda row: -weights[row])
            ask = _ask(AskKind.COMPETENCY, name, Competency(name).label, (read.spans[row] for row in best))
            found.append((sum(sorted(weights.values())[-MOST_EVIDENCE:]), ask))
    return [ask for _, ask in sorted(found, key=lambda one: -one[0])]


def _settings(spans: Sequence[Span]) -> list[Ask]:
    """Settings by weight: two for each strong cue, one for each weak one; those far lighter than the first are not believed."""
    found: list[tuple[float, Ask]] = []
    for name, told in data()["settings"].items():
        strong, weak = compiled(told["strong"]), compiled(told["weak"])
        weight, evidence = 0.0, list[tuple[bool, Span]]()
        plain: set[str] = set()
        for number, span in enumerate(spans):
            loud = {match.group().lower() for match in strong.finditer(span.quote)}
            soft = {match.group().lower() for match in weak.finditer(span.quote)} - plain
            plain |= soft
            if not (loud or soft):
                continue
            weight += 2 * len(loud) + len(soft) + (_TITLE_WEIGHT if loud and number == 0 else 0)
            evidence.append((bool(loud), span))
        if weight >= _BELIEVED:
            evidence.sort(key=lambda one: not one[0])
            found.append((weight, _ask(AskKind.SETTING, name, Setting(name).label, (span for _, span in evidence))))
    found.sort(key=lambda one: -one[0])
    return [ask for weight, ask in found if weight >= _SHARE_OF_FIRST * found[0][0]][:3]


def _populations(spans: Sequence[Span]) -> list[Ask]:
    found = []
    for name, told in data()["populations"].items():
        cue = compiled(told["cues"])
        if evidence := [span for span in spans if cue.search(span.quote)]:
            found.append(_ask(AskKind.POPULATION, name, told["label"], evidence))
    return sorted(found, key=lambda ask: -len(ask.evidence))


def _ask(kind: AskKind, name: str, label: str, evidence: Iterable[Span]) -> Ask:
    return Ask(kind=kind, name=name, label=label, evidence=tuple(evidence)[:MOST_EVIDENCE])


@cache
def data() -> Mapping[str, Any]:
    """What descriptions ask for, and the words it is told by."""
    return tomllib.loads((Path(__file__).parent / "data" / "asks.toml").read_text("utf-8"))
