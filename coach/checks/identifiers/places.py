"""Where somebody lives: street addresses, units, postal codes, coordinates (Safe Harbor 2)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.checks.identifiers.document import Document
from coach.checks.identifiers.numbers import Run, runs
from coach.checks.identifiers.patterned import identifier
from coach.checks.identifiers.value import Identifier, IdentifierKind

_STREET = (
    r"(?:street|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|court|ct|place|terrace"
    r"|way|circle|parkway|pkwy|highway|hwy|trail|pike|alley|crescent|loop|row|square|st|dr)"
)
_COMPASS = r"(?:(?:north|south|east|west|northeast|northwest|southeast|southwest|[nsew]{1,2})\.?\s+)?"
_AFTER_NUMBER_CASED = re.compile(
    rf"^[A-Za-z]?,?\s+(?:(?:North|South|East|West|[NSEW]{{1,2}})\.?\s+)?(?:[A-Z][\w'.-]*|\d+(?:st"
    rf"|nd|rd|th))(?:\s+[A-Z][\w'.-]*){{0,2}}?\s+(?i:{_STREET})\b\.?"
)
_AFTER_NUMBER = re.compile(
    rf"^[a-z]?,?\s+{_COMPASS}((?:[a-z][\w'.-]*|\d+(?:st|nd|rd|th))(?:\s+[a-z][\w'.-]*)?)\s+{_STREET}\b"
)
_LIVES_AT = re.compile(
    r"\b(?:liv(?:es|ed|ing)|stay(?:s|ed|ing)?|address (?:is|was)|house (?:is|was)|home) (?:over "
    r"|out |up |down )?(?:at|on)\s+$"
)
_BARE_STREET = re.compile(
    r"^\s+(?!(?:percent|days|weeks|months|dollars|different|people|a|the|and|or|to)\b)[a-z]{3,}\b"
)
_NO_STREET = re.compile(
    r"\b(?:drug|family|mental|health|juvenile|probate|housing|veterans?|traffic|treatment|in"
    r"|on|at|of|the|a|to|from|down|up|off|and|or|for|by|my|her|his|our|their|per"
    r"|minutes?|hours?|days?|weeks?|months?|years?|miles?|blocks?|mile|hour|minute|day|people"
    r"|clients?|families|kids?|times?|percent|steps?|more|other|different|years?)\b"
)
_UNIT = re.compile(
    r"\b(?P<what>apartment|apt\.?|unit|room|rm\.?|suite|lot|trailer|slip)\s+(?:number\s+|no\.\s*"
    r"|#\s*)?(?P<value>\d{1,4}[- ]?[a-z]?\b|[a-z]-?\d{1,4}\b|[b-hj-z]\b)"
)
_UNIT_SAID = re.compile(r"\b(?P<what>apartment|apt|unit|room|lot|trailer)\s+(?:number\s+)?$")
_SHARED_ROOM = re.compile(
    r"\b(?:conference|exam|examination|group|meeting|class|waiting|emergency|hearing|operating"
    r"|dining|break|court|play|day|family|board)[- ]?$"
)
_DOOR = re.compile(r"\b(?:in|at|from|over in|up in|down in|to)\s+((?!3D|2D|[45]G)\d{1,2}[A-M])(?![\w'-])")
_LIVES_IN = re.compile(
    r"\b(?:(?:she|he|they)(?:'s|'re| is| was| were| lived| lives| stays| stayed)|living|lives"
    r"|lived) (?:over |up |down )?in\s+$"
)
_DOOR_DIGITS = 3
_REACH = 60
_COUNT_AFTER = re.compile(
    r"^\s*(?:-|%|percent|days?|weeks?|months?|hours?|minutes?|years?|people|clients?|families"
    r"|beds?|units?|times?|nights?|of (?:them|us)|or|to (?:\d|one|two|three)|bedroom)"
)
_POSTAL = re.compile(
    r"\bzip(?: ?codes?)?(?: is| was| of|,|:)*\s+(\d{5}(?:-\d{4})?)\b|\b[A-Z]{2},?\s+(\d{5}(?:-\d{4})?)\b"
)
_POSTAL_CUE = re.compile(r"\bzip(?: ?code)?(?: is| was| of|,|:)*\s+$")
_BOX = re.compile(r"\bp\.?\s?o\.?\s+box\s+#?\s?\d+")
_COORDINATES = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{3,}\s*,\s*-?\d{1,3}\.\d{3,}")
_POSTAL_DIGITS = 5


@dataclass(frozen=True)
class Addresses:
    """House number and street, apartment or room, postal code, box, coordinates, typed or said."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every such place."""
        for start, end in self._streets(doc):
            yield self._identifier(doc, start, end, "a street address leads to the door", "a home nearby")
        for start, end, what in self._units(doc):
            yield self._identifier(doc, start, end, "the number of the door says who lives there", what)
        for start, end in self._others(doc):
            yield self._identifier(doc, start, end, "so exact a place says who lives there", "kept private")

    def _identifier(self, doc: Document, start: int, end: int, why: str, suggestion: str) -> Identifier:
        return identifier(doc, start, end, IdentifierKind.ADDRESS, why=why, suggestion=suggestion)

    def _streets(self, doc: Document) -> Iterable[tuple[int, int]]:
        for run in runs(doc.text):
            if len(run.digits) > 6 or (run.spoken and run.parts < 2):  # noqa: PLR2004 the longest house numbers; "two"
                continue
            street = self._street(doc, run)
            if street:
                yield run.start, run.end + street.end()

    def _street(self, doc: Document, run: Run) -> re.Match[str] | None:
        """The street's name right after a house number."""
        street = _AFTER_NUMBER_CASED.match(doc.text[run.end : run.end + _REACH])
        if street is None and (run.spoken or not doc.cased):
            street = _AFTER_NUMBER.match(doc.right(run.end, _REACH))
            street = None if street and _NO_STREET.search(street.group(1)) else street
        if street is None and _LIVES_AT.search(doc.left(run.start, _REACH)):
            street = _BARE_STREET.match(doc.right(run.end, _REACH))
        return street

    def _units(self, doc: Document) -> Iterable[tuple[int, int, str]]:
        for match in _UNIT.finditer(doc.lower):
            value = match.group("value")
            letter = value.isalpha()
            if letter and not (doc.text[match.start("value")].isupper() and match.group("what").startswith("ap")):
                continue
            if _COUNT_AFTER.match(doc.right(match.end(), 20)) or _SHARED_ROOM.search(doc.left(match.start(), 20)):
                continue
            yield *match.span(), _neutral(match.group("what"))
        for match in _DOOR.finditer(doc.text):
            yield *match.span(1), "an apartment"
        for run in runs(doc.text):
            if _COUNT_AFTER.match(doc.right(run.end, 20)):
                continue
            if len(run.digits) == _DOOR_DIGITS and _LIVES_IN.search(doc.left(run.start, 40)):
                yield run.start, run.end, "an apartment"
            cue = _UNIT_SAID.search(doc.left(run.start, 30))
            if cue and run.spoken:
                what = cue.group("what")
                if run.parts > 1 or what in {"apartment", "apt", "trailer", "lot"}:
                    yield run.start - len(cue.group()), run.end, _neutral(what)

    def _others(self, doc: Document) -> Iterable[tuple[int, int]]:
        for match in _POSTAL.finditer(doc.text):
            yield match.span(1) if match.group(1) else match.span(2)
        for pattern in (_BOX, _COORDINATES):
            yield from (m.span() for m in pattern.finditer(doc.lower))
        for run in runs(doc.text):
            if len(run.digits) == _POSTAL_DIGITS and _POSTAL_CUE.search(doc.left(run.start, 30)):
                yield run.start, run.end


def _neutral(what: str) -> str:
    return {"room": "a room", "rm": "a room", "rm.": "a room", "unit": "a unit", "suite": "a unit"}.get(
        what, "an apartment"
    )
