"""Words that could identify a client."""

from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.finding import Finding, Severity


@dataclass(frozen=True)
class Leaks:
    """Direct identifiers, each with neutral words to put in its place."""

    name: str = "identifiers"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A leak for each direct identifier; a warning for what only narrows down."""
        return tuple(
            Finding(
                check=self.name,
                label=one.kind.value,
                severity=Severity.LEAK if one.direct else Severity.WARN,
                span=one.span,
                message=f"{one.why[:1].upper()}{one.why[1:]}.",
                suggestion=one.suggestion,
            )
            for one in answer.identifiers
        )


@dataclass(frozen=True)
class Bundles:
    """Details that together let somebody who lives nearby pick the client out."""

    name: str = "bundles"

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """A warning for each bundle over the threshold."""
        return tuple(
            Finding(
                check=self.name,
                label="bundle",
                severity=Severity.WARN,
                span=bundle.span(answer.text),
                message=f"{bundle.why[:1].upper()}{bundle.why[1:]}.",
                suggestion=bundle.suggestion,
            )
            for bundle in answer.bundles
            if bundle.over
        )
