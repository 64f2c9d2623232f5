"""Sentences that may be meant for whoever rates, shown so that nobody wonders why no judge's level counts above the checks'.

No judge is shown them, and the checks give no credit for them that the rest of the answer does not earn: an answer must gain nothing by telling
its rater what to do, and a rating that cannot be justified is not given.
"""

from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Severity

_MESSAGE = "This may speak to whoever rates. It lifts no rating; a judge does not see it, and may not rate higher than the checks do."


@dataclass(frozen=True)
class Suspected:
    """Reports each sentence that may speak to whoever rates."""

    name: str = "suspected"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A note for each, in the order of the answer."""
        return tuple(
            Finding(
                check=self.name,
                label="perhaps_to_scorer",
                severity=Severity.NOTE,
                span=answer.sentence(row),
                message=_MESSAGE,
            )
            for row in answer.suspected
        )
