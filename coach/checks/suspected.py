"""Sentences that may be meant for whoever rates, though no pattern knows them.

They are read like any other. But where one stands, no judge's level counts that is above the checks': a judge that does what an
answer tells it must gain nothing by it, and a rating that cannot be justified is not given. Three signs, each of which is enough: the head
that learned such sentences is not far from sure; a sentence tells no part of a story and speaks of marks; the checks cannot read it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.checks.embeddings import encoder
from coach.checks.fluent import fluent
from coach.checks.heads import Reading, Tag, load
from coach.checks.prepared import Prepared
from coach.checks.readable import is_foreign
from coach.domain.finding import Finding, Severity
from coach.domain.sentences import sentences

_LIKELY = 0.4  # of the head for sentences to whoever rates; it says so outright from 0.79 on
_TELLS_NOTHING = 0.6  # probability that a sentence is no part of a story
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
        quotes = [answer.sentence(row).quote for row in range(len(answer.counted))]
        return tuple(
            Finding(
                check=self.name,
                label="perhaps_to_scorer",
                severity=Severity.NOTE,
                span=answer.sentence(row),
                message="This may speak to whoever rates. It is read like the rest, but no judge may rate this answer above what the checks see.",
            )
            for row in suspected(quotes, answer.reading)
        )


def suspected(quotes: Sequence[str], reading: Reading) -> tuple[int, ...]:
    """The places of those sentences that may speak to whoever rates; ``reading`` has a row for each."""
    likely, idle = reading.tag(Tag.TO_SCORER) >= _LIKELY, reading.part("X") >= _TELLS_NOTHING
    return tuple(
        row
        for row, quote in enumerate(quotes)
        if likely[row] or (idle[row] and _OF_MARKS.search(quote)) or is_foreign(quote)
    )


def is_suspect(question: str) -> bool:
    """Whether a question in somebody's own words holds a sentence that the head takes to be meant for whoever rates."""
    quotes = [fluent(span.quote) for span in sentences(question)]
    if not quotes:
        return False
    reading = load().read(quotes, encoder().encode(quotes))
    return bool((reading.tag(Tag.TO_SCORER) >= reading.threshold(Tag.TO_SCORER)).any())
