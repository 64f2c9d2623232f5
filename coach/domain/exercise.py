"""Exercises of drills, as they stand in packs: what is given, what a good answer holds, what it avoids, and cards that branch."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.question import Setting
from coach.domain.value import Value

KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
OWN_KEY = "own"  # of an exercise made of the candidate's own words; no pack may use it


class Role(StrEnum):
    """What a fact is for."""

    FACT = "fact"  # part of the matter, to be kept
    NEXT = "next"  # what the client is to do next
    REASON = "reason"  # why it matters to the client
    ACT = "act"  # something a good reply does


class Fact(Value):
    """One thing a good answer holds.

    ``ways`` are ways to say it, for what looks for it; ``unlike`` what is near to it and is not it. ``figures`` must be said with it: each a
    number as digits, or several with ``|`` between them where any will do (``14|fortnight``), which may be words.
    """

    text: str = Field(min_length=3)
    ways: tuple[str, ...] = ()
    unlike: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    role: Role = Role.FACT


class Avoid(Value):
    """Words a good answer does without: any of ``words``, why, and what to say instead."""

    words: tuple[str, ...] = Field(min_length=1)
    why: str = Field(min_length=3)
    instead: str = ""


class Branch(Value):
    """Where a card leads: what happens, and the next card."""

    then: str = Field(min_length=1)
    next: str = Field(min_length=1)


class Choice(Branch):
    """One thing to do or say at a card."""

    text: str = Field(min_length=1)


class Reply(Value):
    """A card that asks for words: what a good reply does, and where the reply leads when it does ``enough`` of it, or does not."""

    facts: tuple[Fact, ...] = Field(min_length=1)
    avoid: tuple[Avoid, ...] = ()
    good: str = Field(min_length=1)
    enough: int = Field(ge=1, description="how many observations must be met for the reply to go well")
    well: Branch
    badly: Branch


class Card(Value):
    """One moment of a scenario: choices, or a reply in one's own words, or the end with what to take from it."""

    key: str = Field(pattern=KEY)
    text: str = Field(min_length=1)
    choices: tuple[Choice, ...] = ()
    reply: Reply | None = None
    ending: str = ""

    @model_validator(mode="after")
    def _is_one_kind(self) -> Self:
        kinds = [bool(self.choices), self.reply is not None, bool(self.ending)]
        if sum(kinds) != 1:
            raise ValueError("must have either choices, or a reply, or an ending")
        return self

    @property
    def branches(self) -> tuple[Branch, ...]:
        """Every way on."""
        return (self.reply.well, self.reply.badly) if self.reply else self.choices


class Exercise(Value):
    """One exercise of a drill. ``good`` is a good answer, shown after one's own; all of it is invented."""

    key: str = Field(pattern=KEY)
    title: str = Field(min_length=1)
    setting: Setting | None = None
    given: str = Field(min_length=1)
    facts: tuple[Fact, ...] = ()
    avoid: tuple[Avoid, ...] = ()
    good: str = ""
    person: str = Field(default="", description="who the other person in a scenario is, for a role-play")
    cards: tuple[Card, ...] = ()

    def card(self, key: str) -> Card:
        """The card with this key; the validator of packs sees to it that there is one."""
        return next(card for card in self.cards if card.key == key)

    def at_card(self, key: str) -> Self:
        """The reply that a card asks for, as an exercise of its own."""
        card = self.card(key)
        if card.reply is None:
            raise ValueError(f"the card {key} asks for no words")
        return self.model_copy(
            update={
                "key": f"{self.key}-{card.key}",
                "given": card.text,
                "facts": card.reply.facts,
                "avoid": card.reply.avoid,
                "good": card.reply.good,
                "cards": (),
            }
        )


def own_exercise(given: str, known: str) -> Exercise:
    """An exercise made of the candidate's own result, with the figures they know."""
    facts = (Fact(text=known),) if len(known) >= 3 else ()  # noqa: PLR2004 -- as Fact asks
    return Exercise(key=OWN_KEY, title="Your own result", given=given, facts=facts)
