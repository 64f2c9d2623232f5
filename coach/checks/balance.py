"""How the answer's words are spread over its parts, and whether it looks back."""

from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Part, Severity

LONG_SITUATION = 0.5  # share of the words; the usual fault of spoken answers is half the time on the scene
_ENOUGH_WORDS = 60  # below that, shares say little


@dataclass(frozen=True)
class Balance:
    """Reports an answer that spends half its words or more on the situation."""

    name: str = "balance"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """One finding at the longest sentence of the scene, or none."""
        words = [len(span.quote.split()) for span in answer.spans]
        scene = [i for i, part in enumerate(answer.parts) if part is Part.SITUATION]
        share = sum(words[i] for i in scene) / max(1, sum(words))
        if sum(words) < _ENOUGH_WORDS or share < LONG_SITUATION:
            return ()
        longest = answer.spans[max(scene, key=lambda i: words[i])]
        message = (
            f"{share:.0%} of your words set the scene. One or two sentences are enough; spend the rest on what you did."
        )
        return (Finding(check=self.name, label="situation", severity=Severity.NOTE, span=longest, message=message),)


@dataclass(frozen=True)
class Reflection:
    """Reports what the speaker says they learned."""

    name: str = "reflection"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """The surest such sentence, or none."""
        return tuple(
            Finding(
                check=self.name,
                label="learned",
                severity=Severity.GOOD,
                span=span,
                message="You say what you learned: interviewers listen for that.",
            )
            for span in answer.telling("L")[:1]
        )
