"""A job somebody prepares for: its description, what it asks for, and what the candidate gathers about the employer."""

from enum import StrEnum
from typing import Any

from pydantic import AwareDatetime, Field

from coach.domain.authored import Draft
from coach.domain.question import Competency, Setting
from coach.domain.span import Span
from coach.domain.value import Value


class AskKind(StrEnum):
    """What kind of thing a description asks for."""

    COMPETENCY = "competency"
    SETTING = "setting"
    POPULATION = "population"


class Ask(Value):
    """Something a job description asks for, with the words it stands on: no evidence, no claim."""

    kind: AskKind
    name: str = Field(description="a competency's or setting's value, or the name of a population")
    label: str
    evidence: tuple[Span, ...] = Field(min_length=1)


class Planned(Value):
    """A question that is likely to be asked, with the reason and the words of the description it stands on."""

    key: str
    text: str
    reason: str
    evidence: tuple[Span, ...] = ()


class Reading(Value):
    """What was made of a description. ``uncovered`` are requirements that no question of the bank comes near."""

    asks: tuple[Ask, ...] = ()
    planned: tuple[Planned, ...] = ()
    uncovered: tuple[Span, ...] = ()

    def of(self, kind: AskKind) -> tuple[Ask, ...]:
        """What is asked for of one kind, what is asked for most first."""
        return tuple(ask for ask in self.asks if ask.kind is kind)

    @property
    def competencies(self) -> tuple[Competency, ...]:
        """The competencies asked for."""
        return tuple(Competency(ask.name) for ask in self.of(AskKind.COMPETENCY))

    @property
    def settings(self) -> tuple[Setting, ...]:
        """The settings it is about."""
        return tuple(Setting(ask.name) for ask in self.of(AskKind.SETTING))


class Suggested(Value):
    """A question that a judge made from a description. It is no part of the bank until somebody accepts it."""

    draft: Draft
    evidence: tuple[Span, ...] = Field(min_length=1)


class Job(Value):
    """One job a candidate prepares for. ``text`` is the description as it was given, kept on this computer only."""

    id: str
    candidate: str
    title: str
    text: str
    source: str = ""  # the file it came from; empty: pasted
    created_at: AwareDatetime
    reading: Reading | None = None
    notes: dict[str, str] = Field(
        default_factory=dict, description="what was found out about the employer, by field of the sheet"
    )
    to_ask: tuple[str, ...] = Field(default=(), description="questions to ask the interviewer")
    suggested: tuple[Suggested, ...] = ()
    leads: bool = Field(default=True, description="whether it may lead the plan; the newest of those that may does")

    def record(self) -> dict[str, Any]:
        """All of it that has no column of its own, for the store."""
        return self.model_dump(mode="json", exclude={"id", "candidate", "created_at"})
