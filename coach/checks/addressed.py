"""Sentences addressed to whoever rates, shown so that nobody wonders why they count for nothing."""

from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Severity


@dataclass(frozen=True)
class Addressed:
    """Reports each sentence that speaks to whoever rates."""

    name: str = "addressed"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A note for each, in the order of the answer."""
        return tuple(
            Finding(
                check=self.name,
                label="to_scorer",
                severity=Severity.NOTE,
                span=span,
                message="This speaks to whoever rates. It is left out: no credit, no harm.",
            )
            for span in answer.addressed
        )
