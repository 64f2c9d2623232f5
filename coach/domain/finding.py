"""What a check saw."""

from enum import StrEnum

from coach.domain.span import Span
from coach.domain.value import Value


class Part(StrEnum):
    """What a sentence does in a SOAR story. OTHER is everything that tells no part of an event."""

    SITUATION = "S"
    OBSTACLE = "O"
    ACTION = "A"
    RESULT = "R"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The part's name on a page."""
        return {"S": "Situation", "O": "Obstacle", "A": "Action", "R": "Result", "other": "Other"}[self.value]


class Severity(StrEnum):
    """How much a finding weighs."""

    GOOD = "good"  # speaks for the answer
    NOTE = "note"  # worth knowing
    WARN = "warn"  # weakens the answer
    LEAK = "leak"  # could identify a client


class Finding(Value):
    """What one check saw at one place.

    ``label`` is the check's own word for it (``S``, ``person``, ``we``); ``message`` a sentence for the candidate;
    ``suggestion`` neutral words to put in the span's place, where there are such.
    """

    check: str
    label: str
    severity: Severity
    span: Span
    message: str
    suggestion: str | None = None
