"""Probes that listen: the follow-up question that what was said calls for.

The first goes where something is missing; the next asks for a specific that only somebody who was there can give. Without a gap there
is one probe, the specific.
"""

import re

from coach.domain.feedback import CheckReport
from coach.domain.finding import Part
from coach.domain.question import Question
from coach.domain.span import Span

BY_JUDGE = "Asked by the judge, about your answer."
SPECIFIC = "To hear a specific that only somebody who was there can give."
_WE_OFTEN = 2  # sentences
_LONGEST_QUOTE = 22  # words; more is no quote an interviewer could say
_SPOKE = re.compile(
    r"\bI(?:'d| had| then| also)?\s+(?:\w+ly\s+)?(?:called|told|asked|explained|said|spoke|talked|suggested|offered|wrote|met)\b",
    re.IGNORECASE,
)
_ACTED = re.compile(r"\bI(?:'d| had| then| also)?\s+(?:\w+ly\s+)?[a-z]+(?:ed|t|de|ot|ent|ew)\b", re.IGNORECASE)

Probe = tuple[str, str]  # what is asked, and why


def choose_probe(question: Question, said: str, report: CheckReport, asked: tuple[str, ...]) -> Probe | None:
    """The next probe after an answer, or None where nothing is left to ask. ``asked`` are reasons of probes that were asked before."""
    if not said.strip():
        return None
    specific = None if SPECIFIC in asked else _specific(report)
    if asked:
        return specific
    return _gap(question, report) or specific


def _gap(question: Question, report: CheckReport) -> Probe | None:
    """What is missing, the most telling first."""
    checks = [finding.check for finding in report.findings]
    told = {part.part for part in report.parts}
    if "event" in checks:
        return (
            "Can you think of one time when you did that? Who needed what, and what happened?",
            "You told of no case that happened.",
        )
    if Part.RESULT not in told:
        return "How did it end for the client?", "You did not say what came of it."
    if checks.count("ownership") >= _WE_OFTEN:
        return "Which of these steps did you take yourself?", "You said “we” more than once."
    if Part.OBSTACLE not in told:
        return "What made this hard? What stood in your way?", "You named no obstacle."
    if "outcome" not in checks:
        return (
            "How do you know that it worked? What could somebody else have seen or counted?",
            "You claimed a result without saying how one could tell.",
        )
    missing = next((area.area for area in report.coverage if area.covered_by is None), None)
    if missing:
        return f"Tell me more about one thing: {_lowered(missing)}.", f"You did not speak of this: {_lowered(missing)}."
    return (question.probes[0], "It is part of this question.") if question.probes else None


def _specific(report: CheckReport) -> Probe | None:
    """Asks for the exact words or steps behind one sentence of the answer."""
    actions = [part.span for part in report.parts if part.part is Part.ACTION]
    spoke, acted = _first(actions, _SPOKE), _first(actions, _ACTED)
    if spoke:
        return f"You said: “{_quoted(spoke)}” What exactly did you say, and what was the reply?", SPECIFIC
    if acted:
        return f"You said: “{_quoted(acted)}” Take me through that: what did you do first, and what next?", SPECIFIC
    return None


def _first(spans: list[Span], pattern: re.Pattern[str]) -> Span | None:
    return next((span for span in spans if pattern.search(span.quote)), None)


def _quoted(span: Span) -> str:
    words = span.quote.split()
    return span.quote if len(words) <= _LONGEST_QUOTE else " ".join(words[:_LONGEST_QUOTE]) + " …"


def _lowered(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
