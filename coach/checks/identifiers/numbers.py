"""Numbers as people say them: "five five five, oh one seven three", "nineteen eighty-two", "seven seven dash two"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_ONES = {word: str(n) for n, word in enumerate((*_UNITS, *_TEENS), start=1)} | {"zero": "0", "oh": "0", "o": "0"}
_TENS_WORDS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TENS = {word: str(n) for n, word in enumerate(_TENS_WORDS, start=2)}
_TIMES = {"double": 2, "triple": 3}
_JOINTS = frozenset({"dash", "hyphen", "slash", "-", "/"})
_ROUND = {"hundred": "00", "thousand": "000"}

_FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_TENTH = (
    *(
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
    ),
    *("nineteenth", "twentieth"),
)
ORDINALS = {word: n for n, word in enumerate((*_FIRST, *_TENTH), start=1)} | {"thirtieth": 30}
ORDINALS |= {f"twenty{joint}{word}": 20 + n for joint in "- " for n, word in enumerate(_FIRST, start=1)}
ORDINALS |= {f"thirty{joint}first": 31 for joint in "- "}

_NUMBER_WORD = "|".join(sorted([*_ONES, *_TENS, *_TIMES, "hundred", "thousand"], key=len, reverse=True))
_TOKEN = rf"(?:\d+|\b(?:{_NUMBER_WORD})\b)"
_JOINT = r"(?:,?\s+(?:and\s+|um,?\s+|uh,?\s+)?|\s*(?:\bdash\b|\bhyphen\b|\bslash\b|[-/])\s*|,\s*)"
_RUN = re.compile(rf"{_TOKEN}(?:{_JOINT}{_TOKEN})*", re.IGNORECASE)
_PART = re.compile(rf"{_TOKEN}|\bdash\b|\bhyphen\b|\bslash\b|[-/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    """Numbers in a row. ``digits`` is what one would type; ``spoken`` how many of its parts are words."""

    start: int
    end: int
    digits: str
    parts: int
    spoken: int
    dashed: bool


def digits_of(words: str) -> str:
    """The digits one types for ``words``: "forty-four one" is 441, "nineteen eighty two" 1982, "double five" 55."""
    typed: list[str] = []
    tens, times = "", 1
    for part in _PART.findall(words.lower()):
        if part in _JOINTS:
            continue
        number = part if part.isdigit() else _ONES.get(part, "")
        if tens and part in _UNITS:
            typed.append(tens + number)
            tens = ""
            continue
        if tens:
            typed.append(tens + "0")
        tens = _TENS.get(part, "")
        typed.append(number * times or _ROUND.get(part, ""))
        times = _TIMES.get(part, 1)
    return "".join(typed) + (tens and tens + "0")


def value_of(words: str) -> int | None:
    """The value of a number below 1000 as said or typed: "ninety-three" is 93, "a hundred and two" 102."""
    said = re.sub(r"\b(?:a|and)\b", " ", words.lower().replace("-", " ")).split()
    if len(said) == 1 and said[0].isdigit():
        return int(said[0])
    total = 0
    for word in said:
        if word in _TENS:
            total += int(_TENS[word]) * 10
        elif word in _ONES:
            total += int(_ONES[word])
        elif word == "hundred":
            total = max(total, 1) * 100
        else:
            return None
    return total if said else None


def runs(text: str) -> Iterator[Run]:
    """All runs of numbers in ``text``, in order."""
    for match in _RUN.finditer(text):
        whole = match.group()
        parts = [p for p in _PART.findall(whole) if re.match(r"\w", p) and p.lower() not in _JOINTS]
        if all(p.lower() in {"o", "oh", "double", "triple", "hundred", "thousand"} for p in parts):
            continue
        yield Run(
            start=match.start(),
            end=match.end(),
            digits=digits_of(whole),
            parts=len(parts),
            spoken=sum(not p.isdigit() for p in parts),
            dashed=bool(re.search(r"\b(?:dash|hyphen|slash)\b|\d[-/]\d", whole, re.IGNORECASE)),
        )
