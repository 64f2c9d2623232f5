"""Whether the answer tells of something that happened."""

from dataclasses import dataclass

from coach.checks.heads import Tag
from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Part, Severity


@dataclass(frozen=True)
class NoEvent:
    """Reports an answer in which no sentence tells a part of a past event."""

    name: str = "event"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """One finding at the sentence that shows it best, or none."""
        if any(part is not Part.OTHER for part in answer.parts):
            return ()
        instead = answer.showing(Tag.HYPOTHETICAL)
        return (
            Finding(
                check=self.name,
                label="hypothetical" if instead else "none",
                severity=Severity.WARN,
                span=(instead or [answer.sentence(0)])[0],
                message="This says what you would do or usually do."
                if instead
                else "This tells of no case that happened.",
            ),
        )
