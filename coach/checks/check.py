"""The shape of a check."""

from typing import Protocol

from coach.checks.prepared import Prepared
from coach.domain.finding import Finding


class Check(Protocol):
    """Looks for one thing in an answer. A frozen dataclass with a name of its own, listed in `coach.checks.ALL`."""

    @property
    def name(self) -> str:
        """What findings are filed under."""

    def run(self, answer: Prepared) -> tuple[Finding, ...]:
        """What it saw, each with the words it saw it in."""
