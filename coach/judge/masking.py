"""Placeholders for what could identify somebody, put in before an answer leaves the machine, and words back in what returns.

A placeholder keeps the kind (``PERSON-1``, ``PHONE-1``), and the same words always get the same one: the judge still sees that a client is
named, how often, and whether it is the same one.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach.domain.finding import Finding
from coach.domain.span import Span, with_words

IDENTIFIERS = "identifiers"  # the check whose findings are masked
_OWN = "OWN-NAME"  # of the candidate or the employer
_NEUTRAL = "somebody"


@dataclass(frozen=True)
class Masks:
    """What stands for what. ``spans`` are the stretches of the answer that are masked, ``words`` a placeholder's words."""

    spans: Mapping[Span, str]
    words: Mapping[str, str]
    neutral: Mapping[str, str]

    @classmethod
    def none(cls) -> "Masks":
        """Nothing is masked."""
        return cls({}, {}, {})

    @classmethod
    def of(cls, text: str, findings: Iterable[Finding], own_names: Iterable[str] = ()) -> "Masks":
        """Masks for the identifiers among ``findings`` in ``text``, and for the candidate's own names.

        A finding from another text counts wherever its words stand in this one.
        """
        stretches = {
            span: (f.label, f.suggestion or _NEUTRAL)
            for f in findings
            if f.check == IDENTIFIERS
            for span in ((f.span,) if f.span.stands_in(text) else _all_of(f.span.quote, text))
        }
        for name in own_names:
            for span in _all_of(name, text):
                if not any(span.start < other.end and other.start < span.end for other in stretches):
                    stretches[span] = (_OWN, name)
        issued: dict[tuple[str, str], str] = {}
        spans: dict[Span, str] = {}
        neutral: dict[str, str] = {}
        for span, (label, instead) in sorted(stretches.items(), key=lambda one: one[0].start):
            kind = re.sub(r"[^A-Z]+", "-", label.upper()).strip("-") or "DETAIL"
            key = (kind, " ".join(span.quote.casefold().split()))
            if key not in issued:
                issued[key] = _unused(kind, text, issued.values())
            spans[span] = issued[key]
            neutral.setdefault(issued[key], instead)
        words = {placeholder: span.quote for span, placeholder in reversed(spans.items())}
        return cls(spans, words, neutral)

    def mask(self, span: Span) -> str:
        """The words of a stretch of the answer with placeholders in them."""
        pieces, at = [], span.start
        for masked, placeholder in self.spans.items():
            start, end = max(masked.start, at), min(masked.end, span.end)
            if start < end:
                pieces += [span.quote[at - span.start : start - span.start], placeholder]
                at = end
        return "".join([*pieces, span.quote[at - span.start :]])

    def mask_text(self, text: str) -> str:
        """Another text, such as a question in the user's own words, with the same words masked in it."""
        for placeholder, words in sorted(self.words.items(), key=lambda one: -len(one[1])):
            text = re.sub(_whole(words), placeholder, text, flags=re.IGNORECASE)
        return text

    def neutralised(self, text: str) -> str:
        """The answer itself with neutral words in the place of what is masked."""
        return with_words(text, ((span, self.neutral[placeholder]) for span, placeholder in self.spans.items()))

    def unmask(self, text: str) -> str:
        """The candidate's own words back in the place of placeholders."""
        return _replaced(text, self.words)

    def neutralise(self, text: str) -> str:
        """Neutral words in the place of placeholders: for sentences to say, which should name nobody."""
        return _replaced(text, self.neutral)


def _whole(words: str) -> str:
    """The pattern of words that are no part of longer ones."""
    return rf"(?<!\w){re.escape(words)}(?!\w)"


def _all_of(words: str, text: str) -> list[Span]:
    return [Span.of(text, *found.span()) for found in re.finditer(_whole(words), text, re.IGNORECASE)]


def _unused(kind: str, text: str, taken: Iterable[str]) -> str:
    number = 1
    while f"{kind}-{number}" in text or f"{kind}-{number}" in taken:
        number += 1
    return f"{kind}-{number}"


def _replaced(text: str, words: Mapping[str, str]) -> str:
    if not words:
        return text
    issued = "|".join(re.escape(placeholder) for placeholder in words)
    return re.sub(rf"(?<![\w-])(?:{issued})(?![\w-])", lambda found: words[found[0]], text)
