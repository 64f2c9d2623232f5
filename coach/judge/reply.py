"""The judge's reply: the shape that is asked for, and reading what came."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coach.domain.rubric import Criterion
from coach.judge.points import POINTS, Mark
from coach.judge.support import supports

LONGEST = 100_000  # characters of a reply that are looked at; a full reply has about 2,000
MOST_STARTS = 50  # places at which a JSON object is looked for

_NUMBER = re.compile(r"[\[(#]?\s*(\d{1,6})\s*[\])]?")
_CHANGE = re.compile(r'"(?:change|advice)"\s*:\s*"((?:[^"\\]|\\.)*)')


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
class Advice:
    """What the judge advises, as it came: a change, the weakest sentence by number (0: none) said better, a question to expect."""

    change: str = ""
    sentence: int = 0
    rewrite: str = ""
    question: str = ""


@dataclass(frozen=True)
class Reply:
    """What the judge said on each point. ``problems`` names, without any of its words, what is missing or not shown."""

    shown: Mapping[Criterion, Mapping[str, Shown]]
    advice: Advice
    problems: tuple[str, ...]

    @property
    def usable(self) -> bool:
        """Whether at least one criterion can be rated from it."""
        return any(self.complete(criterion) for criterion in Criterion)

    def complete(self, criterion: Criterion) -> bool:
        """Whether every point of a criterion is there and grounded."""
        shown = self.shown[criterion]
        return all(point.key in shown and shown[point.key].grounded for point in POINTS[criterion])


def schema(last: int, version: int = 2) -> dict[str, Any]:
    """The JSON schema of a reply on an answer of ``last`` sentences; ``version`` 1 asks for advice in one piece, 2 in its parts.

    Evidence stands before the verdict, and only a verdict of no goes without a sentence. The numbers are listed once
    and referred to, since endpoints limit how many values a schema may list.
    """
    point = {"$ref": "#/$defs/point"}
    properties: dict[str, Any] = {c.value: _object({p.key: point for p in POINTS[c]}) for c in Criterion}
    text = {"type": "string"}
    parts = {"change": text, "sentence": {"$ref": "#/$defs/number"}, "rewrite": text, "question": text}
    properties["advice"] = text if version == 1 else _object(parts)
    shown = _mark(list(range(1, last + 1)), [Mark.YES, Mark.PARTIAL])
    definitions: dict[str, Any] = {"point": {"anyOf": [shown, _mark([0], [Mark.NO])]}}
    if version > 1:
        definitions["number"] = {"type": "integer", "enum": list(range(last + 1))}
    return {**_object(properties), "$defs": definitions}


def _mark(numbers: list[int], marks: list[Mark]) -> dict[str, Any]:
    verdict = {"type": "string", "enum": [mark.value for mark in marks]}
    return _object({"sentence": {"type": "integer", "enum": numbers}, "verdict": verdict})


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def read(text: str, quotes: Sequence[str]) -> Reply:
    """What ``text`` says on an answer of these sentences. Never raises: what cannot be read is a problem."""
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
        shown[criterion], missing = _criterion(criterion, part if isinstance(part, dict) else {}, quotes)
        problems += missing
    if all(marks and all(one.mark is not Mark.NO for one in marks.values()) for marks in shown.values()):
        return _nothing("no point is marked no, although some exclude each other")
    return Reply(shown=shown, advice=_advice(found[0].get("advice"), len(quotes)), problems=tuple(problems))


def _criterion(
    criterion: Criterion, marks: dict[str, Any], quotes: Sequence[str]
) -> tuple[dict[str, Shown], list[str]]:
    """The marks on one criterion, and what is wrong with them. A mark that its sentence cannot show counts as shown by none."""
    shown, problems, last = {}, [], len(quotes)
    for key in (point.key for point in POINTS[criterion]):
        one = _shown(marks.get(key), last)
        if one is None:
            problems.append(f"{criterion}.{key}: no verdict of yes, partial or no")
            continue
        if not one.grounded:
            problems.append(f"{criterion}.{key}: {one.mark} without a sentence number from 1 to {last}")
        elif one.sentence and not supports(criterion, key, quotes[one.sentence - 1]):
            problems.append(f"{criterion}.{key}: sentence {one.sentence} does not show it")
            one = Shown(one.mark, 0)
        shown[key] = one
    return shown, problems


def _nothing(problem: str) -> Reply:
    return Reply(shown={criterion: {} for criterion in Criterion}, advice=Advice(), problems=(problem,))


def _advice(value: object, last: int) -> Advice:
    """Advice in one piece or in parts; what is of another kind is none."""
    if isinstance(value, str):
        return Advice(change=value)
    if not isinstance(value, dict):
        return Advice()
    texts = {key: said for key in ("change", "rewrite", "question") if isinstance(said := value.get(key), str)}
    return Advice(sentence=_number(value.get("sentence"), last), **texts)


def change_so_far(text: str) -> str:
    """The change advised in a reply that is still coming, as far as it has come; only the last piece of a reply holds it."""
    found = _CHANGE.search(text)
    if found is None:
        return ""
    try:
        return re.sub("[\ud800-\udfff]", "", json.loads(f'"{found[1]}"'))  # half a character is none yet
    except ValueError:
        return ""  # in the middle of an escape: the next piece completes it


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
