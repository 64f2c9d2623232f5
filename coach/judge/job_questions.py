"""Questions that a judge makes of a job description: proposals, for a person to read and accept one by one."""

from collections.abc import Callable
from pathlib import Path

from pydantic import Field

from coach.domain.value import Value
from coach.judge.door import Door
from coach.judge.inquiry import Inquiry


class Proposal(Value):
    """One question as the judge wrote it. ``quote`` is what it says stands in the description."""

    text: str = Field(max_length=600)
    kind: str = Field(default="behavioural", max_length=20)
    competencies: tuple[str, ...] = ()
    quote: str = Field(max_length=600)
    areas: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()
    weak: str = Field(default="", max_length=600)
    good: str = Field(default="", max_length=600)
    excellent: str = Field(default="", max_length=600)


class Proposals(Value):
    """The reply."""

    questions: tuple[Proposal, ...]


def job_questions(door: Callable[[], Door], folder: Path | None = None) -> Inquiry[Proposals]:
    """Asks for questions by ``description``, beside those that are ``known``."""
    return Inquiry(door, "job_questions", "v1", reply=Proposals, fields=("description", "known"), folder=folder)
