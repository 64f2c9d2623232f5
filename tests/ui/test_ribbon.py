"""The answer with what was flagged in it."""

import re

from coach.domain.finding import Finding, Severity
from coach.domain.span import Span
from coach.ui.widgets.ribbon import Numbered, marked

ANSWER = "This lady, Solveig, was just difficult & late. I called Solveig."


def flagged(number: int, words: str, severity: Severity, nth: int = 0) -> Numbered:
    start = [m.start() for m in re.finditer(re.escape(words), ANSWER)][nth]
    span = Span.of(ANSWER, start, start + len(words))
    return number, Finding(check="a check", label="a label", severity=severity, span=span, message="A message.")


def test_a_name_in_a_sentence_that_is_flagged_is_marked_within_it() -> None:
    found = [
        flagged(2, "This lady, Solveig, was just difficult & late.", Severity.WARN),
        flagged(1, "Solveig", Severity.LEAK),
        flagged(3, "Solveig", Severity.LEAK, nth=1),
    ]
    assert marked(ANSWER, 0, len(ANSWER), found) == (
        '<mark class="warn">This lady, <mark class="leak">Solveig<sup>1</sup></mark>, was just difficult &amp; late.<sup>2</sup></mark>'
        ' I called <mark class="leak">Solveig<sup>3</sup></mark>.'
    )


def test_what_reaches_beyond_a_mark_goes_on_behind_it_and_no_word_is_lost() -> None:
    found = [flagged(1, "This lady, Solveig,", Severity.LEAK), flagged(2, "Solveig, was just", Severity.WARN)]
    html = marked(ANSWER, 0, len(ANSWER), found)
    assert html.startswith(
        '<mark class="leak">This lady, <mark class="warn">Solveig,<sup>2</sup></mark><sup>1</sup></mark>'
    )
    assert re.sub(r"<sup>\d</sup>|<[^>]+>", "", html) == ANSWER.replace("&", "&amp;")
