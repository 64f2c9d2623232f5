"""Numbers in a text, as digits, whether they were written as digits or as words."""

import re
from dataclasses import dataclass

from coach.domain.span import Span

_ONES = re.findall(
    r"\w+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen",
)
_TENS = re.findall(r"\w+", "twenty thirty forty fifty sixty seventy eighty ninety")
_VALUES = (
    {word: n for n, word in enumerate(_ONES)}
    | {word: 10 * n for n, word in enumerate(_TENS, 2)}
    | {"once": 1, "twice": 2, "dozen": 12, "hundred": 100, "thousand": 1000}
)
_ORDINALS = dict(
    zip(
        re.findall(
            r"\w+", "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth"
        ),
        range(1, 14),
        strict=True,
    )
)
_UNIT = (
    r"(?:second|minute|hour|day|night|week|month|year|time|visit|call|admission|person|people|client|case|fall|point|"
    r"dollar|percent|appointment|session|class|shift|meal|dose|pill|tablet|capsule|glass|school|step|bill|form|letter|"
    r"offer|job|complaint|absence|referral)s?"
)
_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_AND = r"(?:(?<=hundred)|(?<=thousand)) and(?! \w+[- ](?:hundred|thousand))"  # of "three hundred and twenty", not of "a hundred and two hundred"
_NUMBER = re.compile(
    rf"(?P<digits>\d[\d,]*(?:\.\d+)?)(?:st|nd|rd|th)?\b|\b(?P<words>(?:{_WORD})(?:(?:{_AND})?[- ](?:{_WORD}))*)\b|\b(?P<half>half)\b"
    rf"|\b(?P<ordinal>{'|'.join(_ORDINALS)})(?=\s+(?:of|{_UNIT}))",
    re.IGNORECASE,
)
_ONE_OF_SOMETHING = re.compile(rf"\W+(?:\w+\W+)?{_UNIT}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Figure:
    """A number: its value as digits, and where it stands."""

    value: str
    span: Span


def figures(text: str) -> tuple[Figure, ...]:
    """The numbers in ``text``, in order. "One" counts before a unit only: mostly it is no number."""
    return tuple(
        Figure(value, Span.of(text, *match.span()))
        for match in _NUMBER.finditer(text)
        if (value := _value(match, text))
    )


def said(figure: str, text: str) -> bool:
    """Whether ``text`` says a figure, or one of those between its ``|``: a number in digits, or a word such as "week"."""
    values = {one.value for one in figures(text)}
    words = set(re.findall(r"[a-z]+", text.lower()))
    return any(one in values or one in words for one in figure.split("|"))


def _value(match: re.Match[str], text: str) -> str:
    if match["digits"]:
        return _plain(float(match["digits"].replace(",", "")))
    if match["half"]:
        return "0.5"
    if match["ordinal"]:
        return _plain(_ORDINALS[match["ordinal"].lower()])
    words = [word for word in re.split(r"[- ]", match["words"].lower()) if word != "and"]
    if words == ["one"] and not _ONE_OF_SOMETHING.match(text, match.end()):
        return ""
    thousands = rest = 0
    for word in words:
        value = _VALUES[word]
        if word == "thousand":
            thousands, rest = thousands + max(rest, 1) * value, 0
        else:
            rest = max(rest, 1) * value if word in ("hundred", "dozen") else rest + value
    return _plain(thousands + rest)


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else f"{number:.2f}".rstrip("0")
