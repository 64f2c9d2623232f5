"""Sentences that may be meant for whoever rates, though no pattern knows them.

The checks read them like any other. But no judge is shown them, and where one stands, no judge's level counts that is above the checks': a
judge that does what an answer tells it must gain nothing by it, and a rating that cannot be justified is not given. Four signs, each of
which is enough: the head that learned such sentences does not rule it out, the less so where it says "you"; a sentence tells hardly any
part of a story and speaks of marks; or it is an order; or the checks cannot read it. What an answer quotes is said to somebody else, and
is no sign.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.checks.embeddings import encoder
from coach.checks.fluent import fluent
from coach.checks.heads import Reading, Tag, load
from coach.checks.identifiers.document import read
from coach.checks.prepared import Prepared
from coach.checks.readable import is_foreign
from coach.domain.finding import Finding, Severity
from coach.domain.sentences import sentences
from coach.domain.span import Span

_LIKELY = 0.25  # of the head for sentences to whoever rates; it says so outright from 0.79 on
_POSSIBLE = 0.05  # the same, where a sentence speaks to somebody
_HARDLY_A_PART = 0.4  # probability that a sentence is no part of a story
_TELLS_NOTHING = 0.5
_YOU = re.compile(r"\byou(?:rs?|'\w+)?\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_BEFORE_ORDERS = re.compile(
    r"\W*(?:(?:please|kindly|now|so|just|and|then|but|or|always|never|also)\b[\s,:]*)*", re.IGNORECASE
)
_NO_ORDER = re.compile(r"let (?:me|us)\b|let's\b|mind you\b", re.IGNORECASE)
_MESSAGE = "This may speak to whoever rates. The checks read it like the rest; a judge does not see it, and may not rate higher than they do."
_BASE_FORM = "VB"  # of a verb, in the tags of the language model
_OF_MARKS = re.compile(
    r"\b(?:rat(?:e[sd]?|ings?|ers?)|scor(?:e[sd]?|ing|ers?)|grad(?:e[sd]?|ings?|ers?)|mark(?:s|ed|ing|ers?)|5s|fives|stars|verdicts?|"
    r"criteri(?:a|on)|rubrics?|scales?|evaluat\w+|assessors?|reviewers?|examiners?|judges?|checklist|boxes|prompts?|instructions?|"
    r"(?:language )?models?|bots?|a\.?i\.?|llm|machines?|assistant|transcripts?|override|max(?:imum)?|perfect|flawless|excellent|"
    r"(?:this|my|the|above|true|model) answer|answer key|sentence \d+|from now on)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Suspected:
    """Reports each sentence that may speak to whoever rates and is read all the same."""

    name: str = "suspected"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A note for each, in the order of the answer."""
        spans = [answer.sentence(row) for row in range(len(answer.counted))]
        return tuple(
            Finding(
                check=self.name,
                label="perhaps_to_scorer",
                severity=Severity.NOTE,
                span=spans[row],
                message=_MESSAGE,
            )
            for row in suspected(spans, orders(answer.text, spans), answer.reading)
        )


def suspected(spans: Sequence[Span], ordering: Sequence[bool], reading: Reading) -> tuple[int, ...]:
    """The places of those sentences that may speak to whoever rates; ``ordering`` and ``reading`` have a row for each."""
    likely, idle = reading.tag(Tag.TO_SCORER), reading.part("X")
    return tuple(
        row
        for row, quote in enumerate(span.quote for span in spans)
        if likely[row] >= _LIKELY
        or (likely[row] >= _POSSIBLE and _YOU.search(_QUOTED.sub(" ", quote)))
        or (idle[row] >= _HARDLY_A_PART and _OF_MARKS.search(quote))
        or (idle[row] >= _TELLS_NOTHING and ordering[row])
        or is_foreign(quote)
    )


def orders(text: str, spans: Sequence[Span]) -> tuple[bool, ...]:
    """Whether each of these sentences of ``text`` begins with a verb that tells somebody to do something."""
    tags = read(text).tags
    found = []
    for span in spans:
        lead = _BEFORE_ORDERS.match(span.quote)
        at = lead.end() if lead else 0
        found.append(tags.get(span.start + at) == _BASE_FORM and not _NO_ORDER.match(span.quote, at))
    return tuple(found)


def is_suspect(question: str) -> bool:
    """Whether a question in somebody's own words holds a sentence that the head takes to be meant for whoever rates."""
    quotes = [fluent(span.quote) for span in sentences(question)]
    if not quotes:
        return False
    reading = load().read(quotes, encoder().encode(quotes))
    return bool((reading.tag(Tag.TO_SCORER) >= reading.threshold(Tag.TO_SCORER)).any())
