"""Numbers by which an office, a court or an insurer knows one person (Safe Harbor 7-13)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from coach.checks.identifiers.document import Document
from coach.checks.identifiers.numbers import runs
from coach.checks.identifiers.patterned import identifier, own
from coach.checks.identifiers.value import Identifier, IdentifierKind

if TYPE_CHECKING:
    from presidio_analyzer import PatternRecognizer

_SOCIAL = re.compile(r"\b(?:social(?: security)?(?: number)?|ssn|s\.s\.n\.?|last four)\b[^.?!]{0,40}$")
_SSN_LENGTHS = frozenset({4, 9})
_LAST_FOUR = re.compile(
    r"\blast (?:four|4)(?: digits)?(?: of (?:his|her|their|the client's) (?:social|ssn))?(?: is| are| was| were|,|:)?\s+(\d{4})(?!\d)"
)
_SURE = 0.5

_WHAT = (
    r"(?:case|record|medical record|mrn|chart|file|member|account|acct|docket|cause|policy|claim"
    r"|medicaid|medicare|medi-cal|client"
    r"|patient|participant|inmate|prisoner|booking|subscriber|beneficiary|id|i\.d\.|identification"
    r"|driver'?s licen[sc]e|licen[sc]e|certificate"
    r"|passport|green card|alien|registration|hmis|reference|incident|police report|report|ticket"
    r"|voucher|food stamp|snap|ebt|insurance|group|student|badge|[a-z]*hcccs|tanf|benefit"
    r"|benefits)"
)
_SORT = r"(?:\s+(?:id|i\.d\.|number|no\.|num|nbr|file|case|card))"
_LINK = r"(?:\s*(?:#|:|,)\s*|\s+(?:is|was|being|of|ends in|ending in|ending|starting|like|it was|it's)\s+|\s+)*"
_NUMBERED = re.compile(rf"\b(?:{_WHAT}(?:{_SORT}+|\s*#)|mrn|medicaid id|dl)'?s?,?(?:\s+mrn)?{_LINK}$")
_BARE = re.compile(
    r"\b(?:case|docket|claim|file|chart|record|account|policy|mrn|member|client|patient|inmate|participant)'?s?,?\s+(?:#\s*)?$"
    r"|\b(?:docket|mrn)(?: is| was)\s+$"
)
_CODE = re.compile(r"(?<![\w@./-])(?=[\w-]*\d)(?:[a-z]{1,4}[- ]?)?\d[\w]*(?:[-/][\w]+)*(?![\w@])", re.IGNORECASE)
_STANDING = re.compile(
    r"(?<![\w@./-])(?:\d{2,4}-[A-Z]{1,4}-\d{3,}|[A-Z]{2,4}[- ]?\d{5,}(?:-\d+)?|[A-Z]-?\d{5,}(?:-\d+)?|[A-Z]{1,4}-\d{3,}-\d{3,})(?![\w@-])"
)
_THEIRS = re.compile(r"\b(?:his|her|their|the client's|the patient's) (?:number|file|id)\b(?! of)[^.?!]{0,60}$")
_FORM = re.compile(r"\bform\s+$|^(?:ssa|cms|hud|dhs|uscis|irs|va|omb|icd|cpt|hcpcs)\b", re.IGNORECASE)
_FEWEST_DIGITS = 3
_BARE_DIGITS = 5

_PLATE = re.compile(
    r"\b(?:licen[sc]e plates?|plates?|tags?)(?: numbers?)?(?:'s| is| was| of| read| says?| said"
    r"|,|:)*\s+((?=[\w -]{0,9}\d)[a-z0-9]{1,4}[ -]?[a-z0-9]{2,5})\b"
)
_VIN = re.compile(r"(?<!\w)(?=[A-Z0-9]*\d)(?=[A-Z0-9]*[A-Z])[A-HJ-NPR-Z0-9]{17}(?!\w)")
_SERIAL = re.compile(
    r"\b(?:serial|device|imei|pacemaker|implant|monitor|bracelet)(?: serial)?(?: id| number| no\.)(?: is"
    r"| was|,|:)*\s+((?=[\w-]*\d)[\w-]{4,})"
)

_WHY = "a number like this is one person's alone"


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)


@cache
def _ssn_pattern() -> "PatternRecognizer":
    from presidio_analyzer.predefined_recognizers import UsSsnRecognizer  # noqa: PLC0415  # takes seconds: with the first answer

    return UsSsnRecognizer()


@cache
def _number_patterns() -> "tuple[PatternRecognizer, ...]":
    from presidio_analyzer.predefined_recognizers import CreditCardRecognizer, UsMbiRecognizer  # noqa: PLC0415  # likewise

    return CreditCardRecognizer(), UsMbiRecognizer()


@dataclass(frozen=True)
class SocialSecurityNumbers:
    """Social Security numbers, whole or the last four, typed or said."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every number that has the form of one, or is announced as one."""
        for result in _ssn_pattern().analyze(doc.text, ["US_SSN"]) or ():
            if result.score >= _SURE or _SOCIAL.search(doc.left(result.start, 60)):
                yield self._identifier(doc, result.start, result.end)
        for match in _LAST_FOUR.finditer(doc.lower):
            yield self._identifier(doc, *match.span(1))
        for run in runs(doc.text):
            if len(run.digits) in _SSN_LENGTHS and _SOCIAL.search(doc.left(run.start, 60)):
                yield self._identifier(doc, run.start, run.end)

    def _identifier(self, doc: Document, start: int, end: int) -> Identifier:
        return identifier(doc, start, end, IdentifierKind.SSN, why=_WHY, suggestion="a Social Security number")


@dataclass(frozen=True)
class RecordNumbers:
    """Case, medical record, member, account, licence and other numbers that an office gives to one person."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Numbers that are announced as such, and codes of letters and digits that can be nothing else."""
        places: set[tuple[int, int]] = set()
        for match in _CODE.finditer(doc.text):
            left = doc.left(match.start(), 60)
            digits = _digits(match.group())
            if (digits >= _FEWEST_DIGITS and _NUMBERED.search(left)) or (
                digits >= _BARE_DIGITS and (_BARE.search(left) or _THEIRS.search(doc.left(match.start(), 90)))
            ):
                places.add(match.span())
        for run in runs(doc.text):
            left = doc.left(run.start, 60)
            many = len(run.digits)
            if run.spoken and (
                (many >= _FEWEST_DIGITS and run.parts >= _FEWEST_DIGITS and _NUMBERED.search(left))
                or ((many >= _BARE_DIGITS or run.dashed) and run.parts >= _FEWEST_DIGITS and _BARE.search(left))
            ):
                places.add((run.start, run.end))
        places |= {
            m.span()
            for m in _STANDING.finditer(doc.text)
            if not _FORM.search(doc.left(m.start(), 8)) and not _FORM.search(m.group())
        }
        for patterns in _number_patterns():
            places |= {
                (r.start, r.end)
                for r in patterns.analyze(doc.text, patterns.supported_entities) or ()
                if r.score >= _SURE
            }
        for start, end in places:
            if not own(doc, start):
                yield identifier(doc, start, end, IdentifierKind.RECORD_NUMBER, why=_WHY, suggestion="on file")


@dataclass(frozen=True)
class Vehicles:
    """Licence plates and vehicle identification numbers."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Plates that are announced as such, and anything with the form of a vehicle identification number."""
        for start, end in [m.span(1) for m in _PLATE.finditer(doc.lower)] + [m.span() for m in _VIN.finditer(doc.text)]:
            yield identifier(
                doc,
                start,
                end,
                IdentifierKind.PLATE,
                why="a plate leads to the car's owner",
                suggestion="number withheld",
            )


@dataclass(frozen=True)
class Devices:
    """Serial numbers of devices."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Numbers that are announced as such."""
        for match in _SERIAL.finditer(doc.lower):
            yield identifier(doc, *match.span(1), IdentifierKind.DEVICE, why=_WHY, suggestion="on file")
