"""The judge's reply: the shape that is asked for, and reading what came."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from coach.domain.rubric import Criterion
from coach.judge.points import POINTS, Mark

LONGEST = 100_000  # characters of a reply that are looked at; a full reply has about 2,000
MOST_STARTS = 50  # places at which a JSON object is looked for

_NUMBER = re.compile(r"[\[(#]?\s*(\d{1,6})\s*[\])]?")


@dataclass(frozen=True)
class Shown:
    """A mark, and the number of the sentence that shows it (0: none)."""

    mark: Mark
    sentence: int

    @property
    def grounded(self) -> bool:
        """Whether everything it claims is shown by a sentence."""
        return self.mark is Mark.NO or self.sentence > 0


@dataclass(frozen=True)
class Reply:
    """What the judge said on each point. ``problems`` names, without any of its words, what is missing or not shown."""

    shown: Mapping[Criterion, Mapping[str, Shown]]
    advice: str
    problems: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether at least one criterion can be rated from it."""
        return any(self.complete(criterion) for criterion in Criterion)

    def complete(self, criterion: Criterion) -> bool:
        """Whether every point of a criterion is there and grounded."""
        shown = self.shown[criterion]
        return all(point.key in shown and shown[point.key].grounded for point in POINTS[criterion])


def schema(last: int) -> dict[str, Any]:
    """The JSON schema of a reply on an answer of ``last`` sentences.

    Evidence stands before the verdict, and only a verdict of no goes without a sentence. The numbers are listed once
    and referred to, since endpoints limit how many values a schema may list.
    """
    point = {"$ref": "#/$defs/point"}
    properties: dict[str, Any] = {c.value: _object({p.key: point for p in POINTS[c]}) for c in Criterion}
    properties["advice"] = {"type": "string"}
    shown = _mark(list(range(1, last + 1)), [Mark.YES, Mark.PARTIAL])
    return {**_object(properties), "$defs": {"point": {"anyOf": [shown, _mark([0], [Mark.NO])]}}}


def _mark(numbers: list[int], marks: list[Mark]) -> dict[str, Any]:
    verdict = {"type": "string", "enum": [mark.value for mark in marks]}
    return _object({"sentence": {"type": "integer", "enum": numbers}, "verdict": verdict})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def read(text: str, last: int) -> Reply:
    """What ``text`` says on an answer of ``last`` sentences. Never raises: what cannot be read is a problem."""
    found: list[dict[str, Any]] = []
    for thing in objects(text):
        if thing not in found and any(criterion.value in thing for criterion in Criterion):
            found.append(thing)
    if len(found) != 1:
        return _nothing("there are several JSON objects" if found else "there is no JSON object with the points")
    shown: dict[Criterion, dict[str, Shown]] = {}
    problems: list[str] = []
    for criterion in Criterion:
        part = found[0].get(criterion.value)
        marks = part if isinstance(part, dict) else {}
        shown[criterion] = {}
        for point in POINTS[criterion]:
            one = _shown(marks.get(point.key), last)
            if one is not None:
                shown[criterion][point.key] = one
            if one is None:
                problems.append(f"{criterion}.{point.key}: no verdict of yes, partial or no")
            elif not one.grounded:
                problems.append(f"{criterion}.{point.key}: {one.mark} without a sentence number from 1 to {last}")
    if all(marks and all(one.mark is not Mark.NO for one in marks.values()) for marks in shown.values()):
        return _nothing("no point is marked no, although some exclude each other")
    advice = found[0].get("advice")
    return Reply(shown=shown, advice=advice if isinstance(advice, str) else "", problems=tuple(problems))


def _nothing(problem: str) -> Reply:
    return Reply(shown={criterion: {} for criterion in Criterion}, advice="", problems=(problem,))


def _shown(value: object, last: int) -> Shown | None:
    if not isinstance(value, dict):
        return None
    verdict = value.get("verdict")
    marks = {mark.value: mark for mark in Mark}
    mark = marks.get(verdict.strip().lower()) if isinstance(verdict, str) else None
    if mark is None:
        return None
    return Shown(mark, 0 if mark is Mark.NO else _number(value.get("sentence"), last))


def _number(value: object, last: int) -> int:
    """A sentence number from 1 to ``last``; 0 for anything else."""
    if isinstance(value, str) and (written := _NUMBER.fullmatch(value.strip())):
        value = int(written[1])
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= last:
        return value
    return 0


def objects(text: str) -> Iterator[dict[str, Any]]:
    """The JSON objects in a reply, whatever stands around them: fences, prose, a model's thoughts."""
    rest = text[:LONGEST].rpartition("</think>")[2]
    decoder = json.JSONDecoder()
    at = rest.find("{")
    for _ in range(MOST_STARTS):
        if at < 0:
            return
        try:
            thing, end = decoder.raw_decode(rest, at)
        except (ValueError, RecursionError):
            end = at + 1
        else:
            if isinstance(thing, dict):
                yield thing
        at = rest.find("{", end)
