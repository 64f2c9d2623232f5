"""Checks that report each sentence in which a head sees something."""

from dataclasses import dataclass

from coach.checks.heads import Tag
from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Severity
from coach.domain.rubric import Criterion


@dataclass(frozen=True)
class Tagged:
    """Reports the sentences that show one tag, the surest first, ``most`` at the most.

    An accusation needs more than one sentence that sounds like it: with ``only_if`` the whole answer must also be rated that low on that
    criterion. Alone, the sentence head suspects one excellent answer in ten ("I told her that I would be, too").
    """

    name: str
    tag: Tag
    severity: Severity
    message: str
    only_if: tuple[Criterion, int] | None = None
    most: int = 3

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A finding for each such sentence, in the order of the answer."""
        if self.only_if and answer.levels[self.only_if[0]] > self.only_if[1]:
            return ()
        spans = sorted(answer.showing(self.tag)[: self.most], key=lambda span: span.start)
        return tuple(
            Finding(
                check=self.name, label=self.tag.name.lower(), severity=self.severity, span=span, message=self.message
            )
            for span in spans
        )
