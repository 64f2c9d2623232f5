"""Checks that report each sentence in which a head sees something."""

from dataclasses import dataclass

from coach.checks.heads import Tag
from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Severity


@dataclass(frozen=True)
class Tagged:
    """Reports the sentences that show one tag, the surest first, ``most`` at the most."""

    name: str
    tag: Tag
    severity: Severity
    message: str
    most: int = 3

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A finding for each such sentence, in the order of the answer."""
        spans = sorted(answer.showing(self.tag)[: self.most], key=lambda span: span.start)
        return tuple(
            Finding(
                check=self.name, label=self.tag.name.lower(), severity=self.severity, span=span, message=self.message
            )
            for span in spans
        )
