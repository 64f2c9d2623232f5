"""Numbers with what they count, and which of them follow from others: by their units, never by arithmetic alone.

What follows: the same quantity in other units of time; the difference, the share and the multiple of two of one unit; the days between two
dates; a percentage of a total. Five visits and three months make no two of anything.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations, product

from coach.domain.span import Span
from coach.prepare.drills.figures import Figure, figures

PERCENT, FACTOR, DATE, DOLLAR, TIMES = "percent", "factor", "date", "dollar", "time"

_DAYS = {
    "second": 1 / 86_400, "minute": 1 / 1_440, "hour": 1 / 24, "day": 1.0, "night": 1.0, "weekday": 1.0, "week": 7.0, "fortnight": 14.0,
    "month": 30.4, "quarter": 91.3, "year": 365.25,
}  # fmt: skip
_MEASURES = frozenset((PERCENT, DATE, DOLLAR, "cent", "mile", "pound", "foot", "inch", "gram", "degree"))
_ODD = {
    "people": "person", "persons": "person", "children": "child", "women": "woman", "men": "man", "feet": "foot", "families": "family",
    "percentage": PERCENT, "%": PERCENT, "per cent": PERCENT, "usd": DOLLAR, "bucks": DOLLAR, "lbs": "pound",
}  # fmt: skip
_SINGULAR = frozenset((*_DAYS, *_MEASURES, TIMES, "person", "visit", "client", "call", "case", "family"))
_END = frozenset(
    re.findall(
        r"\w+",
        "a an the in of on to at by for from with and or but per than then that which who was were is are had has have did he she they it we i "
        "after before since until within over during ago later out as so not came went fell rose because when while if",
    )
)
_ENDS_A_STATEMENT = re.compile(r"[.;\n](?=\s|$)")
_WORD = re.compile(r"[\s-]*(%|per cent|[A-Za-z][\w’']*)", re.IGNORECASE)
_ARTICLE = re.compile(r"\s+an?\b")
_ADJECTIVES = 3  # words between a number and what it counts, at most
_ROUNDED = 0.1  # how far a time said in another unit may be off: 30 days are a month
_HALF_A_POINT = 0.5  # and a percentage that was rounded
_PERIOD = re.compile(
    r"\b(?:in|within|over|for|during|after|before|since|next|last|first|every) (?:the |a |an )?$", re.IGNORECASE
)
_SHARED = re.compile(r"\s+(?:in|in every)\s+", re.IGNORECASE)
_TOGETHER = re.compile(r"\s*(?:of|out of|of the|to|or|and|-|–|of my|of our|of her|of his)\s*(?:the )?", re.IGNORECASE)
_MONTHS = re.findall(r"\w+", "january february march april may june july august september october november december")
_DATE = re.compile(
    rf"\b(?P<name>{'|'.join(_MONTHS)})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>(?:19|20)\d\d))?"
    r"|\b(?P<m>\d{1,2})/(?P<d>\d{1,2})(?:/(?P<y>(?:19|20)?\d\d))?\b",
    re.IGNORECASE,
)  # fmt: skip
_UNKNOWN = "unknown, in statement "
_LEAP_YEAR = 2000  # stands in for a year that is not said: every day of the calendar is in it


@dataclass(frozen=True)
class Quantity:
    """A number and what it counts; an empty ``unit``: the words do not say. ``guessed``: the unit was taken from a number nearby.

    ``day`` is what a date means; ``out_of`` what "3 in 10" is out of; what is ``fixed`` can be said again, and not counted with.
    """

    value: float
    unit: str
    span: Span
    guessed: bool = False
    fixed: bool = False
    day: date | None = None
    out_of: float | None = None


def quantities(text: str) -> tuple[Quantity, ...]:
    """The numbers of a text with what they count, in order."""
    dates = list(_dates(text))
    ends = [match.end() for match in _ENDS_A_STATEMENT.finditer(text)]
    numbers = (one for one in figures(text) if not any(d.span.start <= one.span.start < d.span.end for d in dates))
    found = [
        *dates,
        *(Quantity(float(one.value), _unit(text, one.span), one.span, fixed=_orders(one)) for one in numbers),
    ]
    found.sort(key=lambda one: one.span.start)
    return tuple(_with_guesses(text, _with_shares(text, found), ends))


def follows(one: Quantity, given: Sequence[Quantity]) -> bool:
    """Whether a number was given, or follows from those that were."""
    if any(_same(one, other) for other in given):
        return True
    derived = (other for other in _derived(given) if other.unit != PERCENT or one.unit == PERCENT)
    return any(_same(one, other) for other in derived)


# ── reading ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _dates(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        month = _MONTHS.index(match["name"].lower()) + 1 if match["name"] else int(match["m"])
        number, year = int(match["day"] or match["d"]), match["year"] or match["y"]
        try:
            on = date(int(year) % 100 + 2000 if year else _LEAP_YEAR, month, number)
        except ValueError:
            continue
        yield Quantity(float(number), DATE, Span.of(text, *match.span()), day=on)


def _orders(one: Figure) -> bool:
    """Whether a number says which, and not how many."""
    return bool(re.search(r"(?:\d(?:st|nd|rd)|first|second|third|th)$", one.span.quote, re.IGNORECASE))


def _unit(text: str, span: Span) -> str:
    """What a number counts: the unit, or the noun in the plural, that stands behind it within a few words."""
    words, at = span.quote.lower(), span.end
    if text[span.start - 1 : span.start] == "$":
        return DOLLAR
    if words in ("once", "twice"):
        return TIMES
    if words == "half" and (of := _ARTICLE.match(text, at)):
        at = of.end()
    unit = None
    for _ in range(_ADJECTIVES):
        match = _WORD.match(text, at)
        if match is None or unit is not None:
            break
        unit, at = _counted(match[1].lower().rstrip("’'")), match.end()
    return "" if unit is None or (words == "half" and unit not in _DAYS) else unit


def _counted(word: str) -> str | None:
    """The unit a word stands for; empty where it ends the search, None where it may stand before what is counted."""
    known = _ODD.get(word, word)
    for one in (known, known.removesuffix("s")):
        if one in _SINGULAR:
            return one
    if word in _END:
        return ""
    return known.removesuffix("s") if word.endswith("s") and not word.endswith(("ss", "us")) else None


def _with_shares(text: str, found: Sequence[Quantity]) -> list[Quantity]:
    """Two numbers that belong together: "3 in 10" is a share; in "9 of 12 clients" and "from 60 to 80 percent" both count the same."""
    out: list[Quantity] = []
    for one in reversed(found):
        after = out[-1] if out else None
        between = text[one.span.end : after.span.start] if after else ""
        if (
            after
            and not one.unit
            and _SHARED.fullmatch(between)
            and after.unit not in _DAYS
            and after.value >= one.value
        ):
            out[-1] = replace(after, fixed=True)  # what a share is out of counts nothing by itself
            out.append(replace(one, out_of=after.value))
        elif after and not one.unit and after.unit and _TOGETHER.fullmatch(between):
            out.append(replace(one, unit=after.unit))
        else:
            out.append(one)
    return out[::-1]


def _with_guesses(text: str, found: Sequence[Quantity], ends: Sequence[int]) -> Iterator[Quantity]:
    """Numbers that do not say what they count take that from one before them in their statement, or in an earlier one if they stand alone.

    Several in one statement of which none is known count the same, whatever it is.
    """
    statements = [sum(end <= one.span.start for end in ends) for one in found]
    bare = [not one.unit and one.out_of is None and not one.fixed for one in found]
    last = ""
    here: dict[int, str] = {}
    for one, statement, is_bare in zip(found, statements, bare, strict=True):
        alone = sum(b for b, other in zip(bare, statements, strict=True) if other == statement) == 1
        if is_bare:
            unit = here.get(statement) or (last if alone else f"{_UNKNOWN}{statement}")
            yield replace(one, unit=unit, guessed=True)
        else:
            if one.unit and not one.fixed and not (one.unit in _DAYS and _PERIOD.search(text[: one.span.start])):
                here[statement] = last = one.unit
            yield one


# ── what follows ──────────────────────────────────────────────────────────────────────────────────────────────────


def _same(one: Quantity, other: Quantity) -> bool:
    """Whether one says what the other does; a number that does not say what it counts may be any."""
    equal = abs(one.value - other.value) < 0.01  # noqa: PLR2004 -- the second decimal
    if one.unit == PERCENT and other.unit == PERCENT:
        return abs(one.value - other.value) <= _HALF_A_POINT
    if not one.unit or one.guessed:
        return equal
    if other.unit == FACTOR:
        return equal and one.unit in (TIMES, FACTOR)
    if one.unit in _DAYS and other.unit in _DAYS and one.unit != other.unit:
        meant = other.value * _DAYS[other.unit]
        return abs(one.value * _DAYS[one.unit] - meant) <= _ROUNDED * meant
    if one.day and other.day:
        return one.day.replace(year=_LEAP_YEAR) == other.day.replace(year=_LEAP_YEAR)
    if not other.unit or other.guessed or other.unit.startswith(_UNKNOWN):
        return equal
    return equal and (one.unit == other.unit or (_counts(one.unit) and _counts(other.unit)))


def _counts(unit: str) -> bool:
    """Whether it is a noun that is counted: a visit may be called a trip, and neither a week."""
    return unit not in _DAYS and unit not in _MEASURES


def _derived(given: Sequence[Quantity]) -> Iterator[Quantity]:
    shares = [
        replace(one, value=100 * one.value / one.out_of, unit=PERCENT, out_of=None) for one in given if one.out_of
    ]
    usable = [one for one in (*given, *shares) if not one.fixed and one.out_of is None]
    yield from shares
    percentages = [one for one in usable if one.unit == PERCENT]
    yield from (replace(one, value=100 - one.value) for one in percentages)
    for share, total in product(percentages, usable):
        part = share.value * total.value / 100
        if _counts(total.unit) and abs(part - round(part)) < 0.01:  # noqa: PLR2004 -- whole, but for how computers count
            yield replace(total, value=round(part), guessed=False)
    for one, other in permutations(usable, 2):
        yield from _of_two(one, other)


def _of_two(one: Quantity, other: Quantity) -> Iterator[Quantity]:
    if one.day and other.day:
        yield replace(one, value=abs((one.day - other.day).days), unit="day", day=None)
        return
    if DATE in (one.unit, other.unit) or not _comparable(one.unit, other.unit):
        return
    yield replace(one, value=abs(one.value - other.value), guessed=False)
    if other.value:
        share = 100 * one.value / other.value
        yield replace(one, value=share, unit=PERCENT, guessed=False)
        yield replace(one, value=abs(100 - share), unit=PERCENT, guessed=False)
        if one.value / other.value in (0.5, *range(2, 11)):
            yield replace(one, value=one.value / other.value, unit=FACTOR, guessed=False)


def _comparable(unit: str, other: str) -> bool:
    """Whether two numbers count the same: the same noun, or "times" beside a noun that is counted."""
    return unit == other or (TIMES in (unit, other) and _counts(unit) and _counts(other))
