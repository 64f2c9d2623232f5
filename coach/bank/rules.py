"""The rules a question in a pack keeps. Each rule sees one field and reports everything that is wrong with it."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from coach.domain.question import Competency, Difficulty, Kind, Setting

AREAS = (5, 8)  # how many areas a question has: what an answer of two to four minutes can cover
PROBES = (3, 5)  # how many follow-ups an interviewer gets round to
EXAMPLES = (0, 12)  # ways to say one area; what looks for them compares each with every sentence
COMPETENCIES = (1, 4)  # a question that shows everything shows nothing
SETTINGS = (0, len(Setting))  # none: asked anywhere
MODEL_ANSWER = (130, 220)  # words: what is said in one to one and a half minutes
TIME_LIMIT_S = (30, 900)  # seconds to answer in, as Question allows
VERSION = (1, 9_999)
LONGEST_KEY = 80  # characters; as many as the database keeps with an answer
LONGEST_TEXT = 2_000  # characters; more than this in one field is a slip of the clipboard

_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_FIRST_WORD = re.compile(r"(?:^|[.:!]\s)\W*(\w+)")  # of each sentence
_RESERVED_KEY = "free"  # questions asked in the user's own words go by it
_IMPERATIVES = frozenset(
    {
        "choose",
        "describe",
        "explain",
        "give",
        "imagine",
        "name",
        "outline",
        "pick",
        "recall",
        "recount",
        "say",
        "share",
        "show",
        "suppose",
        "take",
        "talk",
        "tell",
        "think",
        "walk",
    }
)


class Fault(NamedTuple):
    """A field, and what is wrong with it. ``unfinished``: nothing is wrong, but something is still missing."""

    field: str
    text: str
    unfinished: bool = False


def question_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is wrong with one question as it stands in a pack."""
    yield from _unknown(raw, _RULES, "")
    for field, rule in _RULES.items():
        if field in raw:
            yield from rule(field, raw[field])
        elif field not in _OPTIONAL:
            yield Fault(field, "is missing", unfinished=True)


def head_faults(raw: Mapping[str, Any]) -> Iterator[Fault]:
    """Everything that is wrong with the head of a pack: its title, description and language."""
    yield from _unknown(raw, (*_HEAD, "questions"), "")
    for field in _HEAD:
        if field in raw:
            yield from _line(field, raw[field])
        else:
            yield Fault(field, "is missing")


def _unknown(raw: Mapping[str, Any], known: Iterable[str], place: str) -> Iterator[Fault]:
    known = list(known)
    for field in raw:
        if field not in known:
            near = difflib.get_close_matches(field, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"known are {', '.join(known)}"
            yield Fault(f"{place}{field}", f"is not a field here; {hint}")


def _line(field: str, value: object, shortest: int = 1) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield Fault(field, "must be text in quotes")
    elif not value.strip():
        yield Fault(field, "is empty", unfinished=True)
    elif len(value.strip()) < shortest:
        yield Fault(field, f"is too short; write at least {shortest} characters")
    elif len(value) > LONGEST_TEXT:
        yield Fault(field, f"has {len(value)} characters; {LONGEST_TEXT} is the most")


def _key(field: str, value: object) -> Iterator[Fault]:
    if faults := list(_line(field, value)):
        yield from faults
    elif not _KEY.fullmatch(str(value)):
        yield Fault(field, "must be small letters and digits joined by hyphens, such as build-case-plan")
    elif len(str(value)) > LONGEST_KEY:
        yield Fault(field, f"has {len(str(value))} characters; {LONGEST_KEY} is the most")
    elif value == _RESERVED_KEY:
        yield Fault(field, f"'{_RESERVED_KEY}' is taken by questions outside the bank; choose another")


def _number(field: str, value: object, least: int, most: int, unit: str = "") -> Iterator[Fault]:
    if not isinstance(value, int) or isinstance(value, bool):
        yield Fault(field, "must be a whole number without quotes")
    elif not least <= value <= most:
        yield Fault(field, f"is {value}; it must be between {least} and {most}{unit}")


def _version(field: str, value: object) -> Iterator[Fault]:
    return _number(field, value, *VERSION)


def _time_limit(field: str, value: object) -> Iterator[Fault]:
    return _number(field, value, *TIME_LIMIT_S, unit=" seconds")


def _difficulty(field: str, value: object) -> Iterator[Fault]:
    return _number(field, value, min(Difficulty), max(Difficulty))


def _one_of(field: str, value: object, allowed: type[StrEnum]) -> Iterator[Fault]:
    names = [member.value for member in allowed]
    if not isinstance(value, str):
        yield Fault(field, "must be text in quotes")
    elif value not in names:
        near = difflib.get_close_matches(value, names, n=1)
        hint = f"did you mean '{near[0]}'? " if near else ""
        yield Fault(field, f"'{value[:40]}' is not known; {hint}allowed are {', '.join(names)}")


def _kind(field: str, value: object) -> Iterator[Fault]:
    return _one_of(field, value, Kind)


def _text(field: str, value: object) -> Iterator[Fault]:
    if faults := list(_line(field, value, shortest=10)):
        yield from faults
        return
    begun = {word.lower() for word in _FIRST_WORD.findall(str(value))}
    if "?" not in str(value) and not begun & _IMPERATIVES:
        yield Fault(field, "asks nothing; end it with a question mark, or begin with a word such as Tell or Describe")


def _list(
    field: str, value: object, sizes: tuple[int, int], each: Callable[[str, object], Iterator[Fault]]
) -> Iterator[Fault]:
    """Faults of a list: its size, its items, and items that stand in it twice."""
    if not isinstance(value, list):
        yield Fault(field, "must be a list in square brackets")
        return
    least, most = sizes
    if not least <= len(value) <= most:
        yield Fault(field, f"there are {len(value)}; it takes {least} to {most}", unfinished=len(value) < least)
    seen: dict[str, int] = {}
    for number, item in enumerate(value, 1):
        place = f"{field} {number}"
        yield from each(place, item)
        words = item.get("text") if isinstance(item, dict) else item
        if isinstance(words, str) and words.strip():
            same = " ".join(words.lower().split())
            if same in seen:
                yield Fault(place, f"says the same as number {seen[same]}")
            seen.setdefault(same, number)


def _competencies(field: str, value: object) -> Iterator[Fault]:
    return _list(field, value, COMPETENCIES, lambda place, item: _one_of(place, item, Competency))


def _settings(field: str, value: object) -> Iterator[Fault]:
    return _list(field, value, SETTINGS, lambda place, item: _one_of(place, item, Setting))


def _model_answer(field: str, value: object) -> Iterator[Fault]:
    yield from _line(field, value)
    least, most = MODEL_ANSWER
    words = len(str(value).split())
    if isinstance(value, str) and value.strip() and not least <= words <= most:
        yield Fault(field, f"has {words} words; it takes {least} to {most}", unfinished=words < least)


def _probes(field: str, value: object) -> Iterator[Fault]:
    return _list(field, value, PROBES, _line)


def _areas(field: str, value: object) -> Iterator[Fault]:
    if isinstance(value, list):
        return _list(field, value, AREAS, _area)
    return iter([Fault(field, "must be tables, each under its own [[questions.areas]]")])


def _area(place: str, item: object) -> Iterator[Fault]:
    if not isinstance(item, dict):
        yield Fault(place, "must be a table with a text and examples")
        return
    yield from _unknown(item, ("text", "examples"), f"{place}, ")
    if "text" in item:
        yield from _line(f"{place}, text", item["text"], shortest=3)
    else:
        yield Fault(f"{place}, text", "is missing", unfinished=True)
    if "examples" in item:
        yield from _list(f"{place}, examples", item["examples"], EXAMPLES, _line)


_HEAD = ("title", "description", "language")
_OPTIONAL = frozenset({"version", "time_limit_s"})
_RULES: dict[str, Callable[[str, object], Iterator[Fault]]] = {
    "key": _key,
    "version": _version,
    "kind": _kind,
    "text": _text,
    "competencies": _competencies,
    "settings": _settings,
    "difficulty": _difficulty,
    "areas": _areas,
    "probes": _probes,
    "time_limit_s": _time_limit,
    "weak": _line,
    "good": _line,
    "excellent": _line,
    "model_answer": _model_answer,
}
