"""Dates that belong to one person, and ages over 89 (Safe Harbor 3)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.checks.identifiers.document import Document
from coach.checks.identifiers.numbers import ORDINALS, runs, value_of
from coach.checks.identifiers.patterned import identifier
from coach.checks.identifiers.value import Identifier, IdentifierKind
from coach.checks.identifiers.wordlists import either

_MONTH = (
    r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust"
    r"|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_ORDINAL = either(tuple(ORDINALS))
_UNITS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen"
)
_CARDINAL = rf"(?:twenty|thirty)(?:[- ](?:{_UNITS}))?|{_UNITS}"
_YEAR = (
    rf"(?:,?\s+(?:of\s+)?(?:(?:19|20)\d\d|'\d\d|(?:nineteen|twenty)[- ](?:hundred|oh[- ]\w+"
    rf"|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_UNITS}))?|{_UNITS})"
    rf"|two thousand(?: and)?(?: (?:{_CARDINAL}))?))"
)
DATE = (
    rf"(?:{_MONTH}\s+(?:the\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?(?!\d|[:%]|\s*(?:percent|days|weeks"
    rf"|months|hours|people|clients))|{_ORDINAL})\b{_YEAR}?|\b(?:the\s+)?(?:\d{{1,2}}(?:st"
    rf"|nd|rd|th)|{_ORDINAL})\s+of\s+{_MONTH}\b{_YEAR}?|(?<![\d/])\d{{1,2}}[/-]\d{{1,2}}[/-](?:\d{{4}}"
    rf"|\d{{2}})(?![\d/-]))"
)
_DATE = re.compile(rf"\b{DATE}")
_BORN_DATE = re.compile(rf"\b(?:{DATE}|{_MONTH}\s+(?:{_CARDINAL})\b{_YEAR}|\d{{1,2}}[/-]\d{{1,2}}(?![\d/-]))")
_BORN = re.compile(r"\b(?:born|birthday|birth ?date|date of birth|d\.?o\.?b\.?)\b[^.?!]{0,35}$")
_HOLIDAY = re.compile(
    r"^(?:july (?:4th|fourth|4)|(?:the )?fourth of july|september (?:11th|eleventh|11)|january (?:1st"
    r"|first)|december (?:25th|31st))$"
)

_AGE_NUMBER = rf"(?:\d{{2,3}}|ninety(?:[- ](?:{_UNITS}))?|(?:a|one)\s+hundred(?:\s+and)?(?:\s+(?:{_UNITS}))?)"
_AGE = re.compile(
    rf"\b(?P<a>{_AGE_NUMBER})[- ]years?[- ]old\b|\b(?:aged?|turned|turning|just turned|age of)\s+(?P<b>{_AGE_NUMBER})\b"
    rf"(?!\s*(?:percent|%|days|dollars))"
    rf"|\b(?:she|he|who|client|patient|man|woman|lady|gentleman|mother|father|mom|dad|grandmother"
    rf"|resident)(?:'s|'d been| is| was| were)\s+(?:about |almost |nearly |already |like "
    rf"|only |now |then )?(?P<c>{_AGE_NUMBER})(?=\s*(?:[.,;!?]|$|and\b|when\b|but\b|with\b"
    rf"|at the time|years old|living\b|still\b|by\b|so\b))"
    rf"|\b(?:was|is)\s+(?P<d>{_AGE_NUMBER})\s+(?:when (?:i|we|she|he)|years old|years young)\b"
)
_SHORTEST_DATE, _LONGEST_DATE = 5, 8  # digits of a date said in numbers: 1 22 68, 12 22 1968
_OVER = 89
_OLDEST = 119


@dataclass(frozen=True)
class BirthDates:
    """A day of birth. The year alone, or a month, is none."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every date that is announced as a birthday."""
        places = {m.span() for m in _BORN_DATE.finditer(doc.lower)}
        places |= {
            (r.start, r.end) for r in runs(doc.text) if r.parts > 1 and _SHORTEST_DATE <= len(r.digits) <= _LONGEST_DATE
        }
        for start, end in sorted(places):
            if _BORN.search(doc.left(start, 60)) and not re.search(
                r"\b(?:i was|my) (?:birthday|born)", doc.left(start, 40)
            ):
                yield identifier(
                    doc,
                    start,
                    end,
                    IdentifierKind.DATE_OF_BIRTH,
                    why="a date of birth singles a person out",
                    suggestion="a date on file",
                )


@dataclass(frozen=True)
class ExactDates:
    """The day of an event. It narrows down, and alone points at nobody, so it is not direct."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every date with day and month that is no public holiday."""
        for match in _DATE.finditer(doc.lower):
            if not _HOLIDAY.match(match.group().strip()) and not _BORN.search(doc.left(match.start(), 60)):
                yield identifier(
                    doc,
                    *match.span(),
                    IdentifierKind.EXACT_DATE,
                    why="the exact day can be looked up; the season is enough",
                    suggestion=_season(match.group()),
                    direct=False,
                )


@dataclass(frozen=True)
class AgesOver89:
    """An exact age of ninety or more. Safe Harbor lists it; said in an interview it narrows and names nobody."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every such age."""
        for match in _AGE.finditer(doc.lower):
            group = match.lastgroup
            said = match.group(group) if group else ""
            age = value_of(said)
            if group and age is not None and _OVER < age <= _OLDEST:
                yield identifier(
                    doc,
                    *match.span(group),
                    IdentifierKind.AGE_OVER_89,
                    why="few people are that old, so the exact age narrows it down",
                    suggestion="over ninety" if group != "a" else "ninety-something",
                    direct=False,
                )


def _season(date: str) -> str:
    seasons = (
        (r"dec|jan|feb|^(?:12|0?[12])[/-]", "one winter day"),
        (r"mar|apr|may|^0?[345][/-]", "one spring day"),
        (r"jun|jul|aug|^0?[678][/-]", "one summer day"),
    )
    return next((words for pattern, words in seasons if re.search(pattern, date)), "one autumn day")
