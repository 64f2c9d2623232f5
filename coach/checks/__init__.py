"""Checks: plain code and small learned heads that look at an answer, and the ratings that follow from them alone.

Adding a check: a module with a frozen dataclass of the shape `coach.checks.check.Check`, a line in `ALL`, and a table of examples in
its test that names the quoted words.
"""

import functools
from collections.abc import Sequence

from coach.checks.addressed import Addressed
from coach.checks.balance import Balance, Reflection
from coach.checks.check import Check
from coach.checks.coverage import coverage
from coach.checks.doubt import is_suspect
from coach.checks.event import NoEvent
from coach.checks.heads import Tag, load
from coach.checks.leaks import Bundles, Leaks
from coach.checks.prepared import Prepared
from coach.checks.rate import rate
from coach.checks.readable import why_unreadable
from coach.checks.suspected import Suspected
from coach.checks.tagged import Tagged
from coach.checks.to_scorer import addressed
from coach.domain.feedback import CheckReport, PartSpan
from coach.domain.finding import Severity
from coach.domain.question import FREE_KEY, Question
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.sentences import sentences

__all__ = ["ALL", "Checks"]

VERSION = "4"  # grows when ratings of the same answer may change

ALL: tuple[Check, ...] = (
    Leaks(),
    Bundles(),
    Addressed(),
    Suspected(),
    NoEvent(),
    Balance(),
    Reflection(),
    Tagged(
        "blame",
        Tag.BLAME,
        Severity.WARN,
        "This puts the fault on the client or family, or speaks down to them.",
        only_if=(Criterion.EMPATHY, 2),
    ),
    Tagged("judgement", Tag.JUDGEMENT, Severity.WARN, "A judging word. Say what you saw or what was said."),
    Tagged(
        "told",
        Tag.TOLD,
        Severity.WARN,
        "A client's information is told to somebody with no right to it.",
        only_if=(Criterion.CONFIDENTIALITY, 2),
    ),
    Tagged("moved", Tag.MOVED, Severity.NOTE, "Information is passed on: say that the client agreed."),
    Tagged("consent", Tag.CONSENT, Severity.GOOD, "Consent, its limits or de-identification is mentioned."),
    Tagged("empathy", Tag.EMPATHY, Severity.GOOD, "What the client felt or wanted is said, or adapted to."),
    Tagged("ownership", Tag.WE, Severity.NOTE, "Who did this? Say what you did yourself."),
    Tagged("hypothetical", Tag.HYPOTHETICAL, Severity.NOTE, "What you would do or usually do, not what you did."),
    Tagged("outcome", Tag.COUNTED, Severity.GOOD, "A result that is counted or timed."),
    Tagged("vague result", Tag.VAGUE, Severity.NOTE, "A judgement in place of a result."),
    Tagged("conditional result", Tag.CONDITIONAL, Severity.NOTE, "A result that has not happened."),
    Tagged("impossible figure", Tag.IMPOSSIBLE, Severity.WARN, "This figure cannot be right."),
)


_TO_SCORER = (Addressed.name, Suspected.name)
_KEPT = 16  # reports: whoever asks the judge about an answer needs the one that was just made, and must not hold up the next answer


class Checks:
    """All checks together. ``own_names`` are names that are no leaks: the candidate's and the employer's."""

    version = VERSION

    def __init__(self, own_names: Sequence[str] = ()) -> None:
        self._own_names = tuple(own_names)
        self._report = functools.lru_cache(maxsize=_KEPT)(self._made)

    def run(self, text: str, question: Question) -> CheckReport:
        """What the checks see in an answer, and every criterion rated; all unrated where there is nothing they can read."""
        return self._report(text, question)

    def _made(self, text: str, question: Question) -> CheckReport:
        problem = why_unreadable(self.without_addressed(text))
        if problem:
            return CheckReport(
                ratings=tuple(Rating(criterion=c, level=None, by=Rater.CHECKS, why=problem) for c in Criterion)
            )
        answer = Prepared.of(text, question, load(), self._own_names)
        findings = tuple(finding for check in ALL for finding in check.run(answer))
        own_question = question.text if question.key == FREE_KEY else ""
        return CheckReport(
            findings=findings,
            lift=not any(f.check in _TO_SCORER for f in findings) and not is_suspect(own_question),
            unshown=answer.unshown,
            parts=tuple(PartSpan(span=span, part=part) for span, part in zip(answer.spans, answer.parts, strict=True)),
            coverage=coverage(answer),
            ratings=rate(answer),
        )

    @staticmethod
    def without_addressed(text: str) -> str:
        """The text without sentences addressed to whoever rates; as it is where there are none."""
        spans = sentences(text)
        out = addressed([span.quote for span in spans])
        return "\n".join(span.quote for row, span in enumerate(spans) if row not in out) if out else text
