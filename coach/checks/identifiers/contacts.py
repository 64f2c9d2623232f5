"""Telephone and fax numbers, e-mail and web addresses, network addresses (Safe Harbor 4, 5, 6, 14, 15)."""

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

_PHONE = re.compile(
    r"(?<![\w-])(?:\+?1[\s.-]?)?(?:\(\d{3}\)\s?|\d{3}[\s.-])?\d{3}[.-]\d{4}(?![\w-])|(?<![\w-])\(?\d{3}\)?[\s.-]\d{3}[\s.-]\d{4}"
    r"(?![\w-])"
)
_PHONE_CUE = re.compile(
    r"\b(?:phone|cell|mobile|telephone|number|reach(?:ed)? (?:her|him|them)|text(?:ed)?|call(?:ed)?"
    r"|dial(?:ed)?|fax|ring)\b[^.?!]{0,40}$"
)
_RECORD_CUE = re.compile(
    r"\b(?:case|record|mrn|chart|file|claim|member|account|policy|docket|social|ssn|medicaid"
    r"|medicare|id|client)\b[^.?!,]{0,25}$"
)
_LONG = re.compile(r"(?<![\w-])(?:\d{10}|\d{3} \d{4})(?![\w-])")
_TOLL_FREE = re.compile(r"^\D*1?\D*(?:800|888|877|866|855|844|833)\D")
_PHONE_LENGTHS = frozenset({7, 10, 11})
_FEWEST_SPOKEN = 5

_EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+(?:@| @ )[\w-]+(?:\.[\w-]+)+", re.ASCII)
_EMAIL_SPOKEN = re.compile(
    r"\b[a-z0-9]+(?:\s(?:dot|underscore|dash|hyphen|period)\s[a-z0-9]+)*(?:[._][a-z0-9]+)*\s(?:at"
    r"|@)\s[a-z0-9-]+(?:\s?dot\s?|\.)(?:com|net|org|edu|gov|us|co|io)\b"
)
_OFFICE_MAILBOX = re.compile(r"^(?:info|help|intake|contact|office|support|referrals?|admin|hello)\s?(?:@|at)")
_PROFILE = re.compile(
    r"(?:https?://|www\.)?(?:[\w-]+\.)?(?:facebook|instagram|twitter|tiktok|linkedin|snapchat"
    r"|youtube|gofundme|x|threads|reddit|venmo|cash)\.(?:com|app|me)/[\w./@?=&-]+",
    re.IGNORECASE,
)
_WEB_ADDRESS = re.compile(r"(?:https?://|www\.)[\w./@?=&%#:~-]+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<![\w.@])@[a-z_][\w.]{2,}", re.IGNORECASE)
_HANDLE_SAID = re.compile(
    r"\b(?:handle|username|user name|screen ?name|gamertag|insta(?:gram)?(?: name)?|snap(?:chat)?"
    r"|tiktok) (?:is|was)\s+[\"']?(@?[\w.]{3,})"
)

_WHY_PHONE = "a telephone number leads straight to the person"


@dataclass(frozen=True)
class Phones:
    """Telephone and fax numbers, typed or said digit by digit. Public short numbers and toll-free lines are none."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every such number that is not the candidate's own."""
        for start, end in self._places(doc):
            if (
                not _TOLL_FREE.match(doc.text[start:end])
                and not own(doc, start)
                and not _RECORD_CUE.search(doc.left(start, 45))
            ):
                yield identifier(doc, start, end, IdentifierKind.PHONE, why=_WHY_PHONE, suggestion="a phone number")

    def _places(self, doc: Document) -> Iterable[tuple[int, int]]:
        for match in _PHONE.finditer(doc.text):
            yield match.span()
        for match in _LONG.finditer(doc.text):
            if _PHONE_CUE.search(doc.left(match.start(), 60)):
                yield match.span()
        for run in runs(doc.text):
            told = run.spoken >= _FEWEST_SPOKEN or (run.parts > 1 and _PHONE_CUE.search(doc.left(run.start, 60)))
            if told and len(run.digits) in _PHONE_LENGTHS:
                yield run.start, run.end


@dataclass(frozen=True)
class Emails:
    """E-mail addresses, typed or said ("rosa dot lee at gmail dot com"). An office's general mailbox is none."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every such address that is not the candidate's own."""
        for pattern, text in ((_EMAIL, doc.text), (_EMAIL_SPOKEN, doc.lower)):
            for match in pattern.finditer(text):
                if not _OFFICE_MAILBOX.match(match.group().lower()) and not own(doc, match.start()):
                    yield identifier(
                        doc,
                        *match.span(),
                        IdentifierKind.EMAIL,
                        why="an e-mail address leads straight to the person",
                        suggestion="an e-mail address",
                    )


@dataclass(frozen=True)
class Urls:
    """Web addresses of a person: profiles, pages with a path, handles. The front page of a service is none."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every address or handle that leads to somebody's own page."""
        places = [m.span() for m in _PROFILE.finditer(doc.text)]
        places += [m.span() for m in _WEB_ADDRESS.finditer(doc.text) if "/" in m.group().split("//")[-1].rstrip("/.")]
        places += [m.span() for m in _HANDLE.finditer(doc.text)]
        places += [m.span(1) for m in _HANDLE_SAID.finditer(doc.lower) if not doc.speech.knows(m.group(1))]
        for start, end in places:
            yield identifier(
                doc,
                start,
                end,
                IdentifierKind.URL,
                why="a page or handle of one's own says who it is",
                suggestion="an online page",
            )


@cache
def _network_patterns() -> "tuple[PatternRecognizer, ...]":
    from presidio_analyzer.predefined_recognizers import (  # noqa: PLC0415  # takes seconds: with the first answer
        IpRecognizer,
        MacAddressRecognizer,
    )

    return IpRecognizer(), MacAddressRecognizer()


@dataclass(frozen=True)
class NetworkAddresses:
    """IP and hardware addresses of a computer."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every such address that could exist."""
        if "." not in doc.text and ":" not in doc.text and "-" not in doc.text:
            return
        for patterns in _network_patterns():
            for result in patterns.analyze(doc.text, patterns.supported_entities) or ():
                quote = doc.text[result.start : result.end]
                if sum(c in "0123456789abcdefABCDEF" for c in quote) >= 4:  # noqa: PLR2004 the shortest, 1.1.1.1
                    yield identifier(
                        doc,
                        result.start,
                        result.end,
                        IdentifierKind.IP,
                        why="a network address leads to one computer",
                        suggestion="a computer",
                    )
