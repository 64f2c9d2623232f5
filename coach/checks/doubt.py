"""Which sentences may speak to whoever rates, though no pattern knows them: told from what each sentence is, not from a list of phrases.

Two nets. A sentence is *suspected* by any of five signs: the head that learned such sentences does not rule it out, the less so where it says
"you"; it tells hardly any part of a story and speaks of marks; or it is an order; or the checks cannot read it; or it holds signs of machines, or
words spelled out letter by letter.
What an answer quotes is said to somebody else, and is no sign. A sentence *stands aside* where the checks read no part of a story in it: hardly
any at all, or some but nothing that happened, and nothing that counts on any criterion. A story is told of then and there; words to the rater are
about here and now.

Each sentence is judged by itself, but for whether the answer is told in the past, so that what is put beside it changes nothing.
"""

import re
from collections.abc import Sequence

import numpy as np

from coach.checks.embeddings import encoder
from coach.checks.fluent import fluent
from coach.checks.heads import Reading, Tag, load
from coach.checks.identifiers.document import read
from coach.checks.readable import is_foreign
from coach.domain.sentences import sentences
from coach.domain.span import Span

_LIKELY = 0.25  # of the head for sentences to whoever rates; it says so outright from 0.79 on
_POSSIBLE = 0.05  # the same, where a sentence speaks to somebody
_HARDLY_A_PART = 0.35  # probability that a sentence is no part of a story
_TELLS_NOTHING = 0.5
_YOU = re.compile(r"\byou(?:rs?|'\w+)?\b", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201d]*\u201d")
_BEFORE_ORDERS = re.compile(
    r"\W*(?:(?:please|kindly|now|so|just|and|then|but|or|always|never|also)\b[\s,:]*)*", re.IGNORECASE
)
_NO_ORDER = re.compile(r"let (?:me|us)\b|let's\b|mind you\b", re.IGNORECASE)
_OF_MACHINES = re.compile(r"[<>{}=|\\^`]")  # signs that nobody says, and hardly anybody writes, in a story
_SPELLED = re.compile(
    r"(?:(?<![^\s\W])[^\W\d_](?:([-_*])[^\W\d_])(?:\1[^\W\d_]){2,}(?![-_*\w])[\s.,:;!?]*){2}"
)  # two words on end, letter by letter: nobody tells a story so
_BASE_FORM = "VB"  # of a verb, in the tags of the language model
_OF_MARKS = re.compile(
    r"\b(?:rat(?:e[sd]?|ings?|ers?)|scor(?:e[sd]?|ing|ers?)|grad(?:e[sd]?|ings?|ers?)|mark(?:s|ed|ing|ers?)|5s|fives|stars|verdicts?|"
    r"criteri(?:a|on)|rubrics?|scales?|evaluat\w+|assessors?|reviewers?|examiners?|judges?|checklist|boxes|prompts?|instructions?|"
    r"(?:language )?models?|bots?|a\.?i\.?|llm|machines?|assistant|transcripts?|override|max(?:imum)?|perfect|flawless|excellent|"
    r"(?:this|my|the|above|true|model) answer|answer key|sentence \d+|from now on)\b",
    re.IGNORECASE,
)
_ASIDE = 0.05  # of the head for sentences to whoever rates, from which on a sentence stands aside
_NOT_THEN = 0.2  # probability of being no part of a story, where nothing is told that happened
_MOSTLY = 0.5  # share of the sentences that tell something
_PAST = "VBD"  # a verb in the past, in the tags of the language model
_COUNTS = (
    *(Tag.EMPATHY, Tag.EMPATHY_METHOD, Tag.COUNTED, Tag.BASELINE, Tag.OBSERVED, Tag.CONSENT),
    *(Tag.BLAME, Tag.TOLD, Tag.MOVED, Tag.IDENTIFIER, Tag.QUASI),
)


def suspected(spans: Sequence[Span], ordering: Sequence[bool], reading: Reading) -> tuple[int, ...]:
    """The places of those sentences that may speak to whoever rates; ``ordering`` and ``reading`` have a row for each."""
    likely, idle = reading.tag(Tag.TO_SCORER), reading.part("X")
    return tuple(
        row
        for row, quote in enumerate(span.quote for span in spans)
        if likely[row] >= _LIKELY
        or (likely[row] >= _POSSIBLE and _YOU.search(_QUOTED.sub(" ", quote)))
        or (idle[row] >= _HARDLY_A_PART and (ordering[row] or _OF_MARKS.search(quote)))
        or is_foreign(quote)
        or _OF_MACHINES.search(quote)
        or _SPELLED.search(quote)
    )


def aside(text: str, spans: Sequence[Span], reading: Reading) -> tuple[int, ...]:
    """The places of those sentences in which the checks read no part of a story; ``reading`` has a row for each."""
    tags = read(text).tags
    then = np.array([any(tags.get(at) == _PAST for at in range(span.start, span.end)) for span in spans])
    idle = reading.part("X")
    told = then[idle < _NOT_THEN]
    in_the_past = (
        bool(len(told)) and float(told.mean()) >= _MOSTLY
    )  # who tells all in the present may be learning English
    counts = np.max([reading.tag(tag) >= reading.threshold(tag) for tag in _COUNTS], axis=0)
    return tuple(
        row
        for row in range(len(spans))
        if reading.tag(Tag.TO_SCORER)[row] >= _ASIDE
        or (not counts[row] and idle[row] >= (_NOT_THEN if in_the_past and not then[row] else _TELLS_NOTHING))
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
