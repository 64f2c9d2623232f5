"""Drills: what was seen in a try, the try itself, and a scenario on its way."""

from typing import Self

from pydantic import AwareDatetime, Field, model_validator

from coach.domain.answer import AnswerKind, Transcript
from coach.domain.attempt import AttemptState
from coach.domain.exercise import Card, Exercise
from coach.domain.span import Span
from coach.domain.value import Value


class Mark(Value):
    """Words that an observation stands on; ``note`` says what of them, or what to say instead; ``fine``: they may stay as they are."""

    span: Span
    note: str = ""
    fine: bool = False


class Observation(Value):
    """One thing a drill looks for: met, not met, or not to be said (None).

    It stands on words of the answer, or says that something is ``absent`` from all of it. ``missing`` names what is not there. ``claimable``:
    the candidate may say that it was there all the same, in words that were not recognised.
    """

    name: str = Field(min_length=1)
    met: bool | None
    why: str = Field(min_length=1)
    evidence: tuple[Mark, ...] = ()
    absent: bool = False
    missing: tuple[str, ...] = ()
    claimable: bool = False

    @model_validator(mode="after")
    def _stands_on_words(self) -> Self:
        if self.met is not None and not self.evidence and not self.absent:
            raise ValueError(f"{self.name}: needs words from the answer, or must say that there are none")
        return self


class Outcome(Value):
    """What came of one try: what was seen, or why nothing could be."""

    observations: tuple[Observation, ...] = ()
    unrated: str = ""
    remark: str = ""

    @property
    def met(self) -> int:
        """How many observations are met."""
        return sum(one.met is True for one in self.observations)

    @property
    def of(self) -> int:
        """Of how many that could be said."""
        return sum(one.met is not None for one in self.observations)

    @property
    def summary(self) -> str:
        """In a word."""
        return "unrated" if self.unrated or not self.of else f"{self.met} of {self.of} met"


class Try(Value):
    """One answer to one exercise, which is kept with it as it was asked.

    ``draft`` is what is being typed or corrected, ``text`` what was looked at, and what all spans point into; ``seconds`` how long a typed
    answer took. In a scenario ``run`` and ``card`` say where it belongs. ``claims`` names observations that are not met and that the candidate
    says they did: their own word, and no part of the outcome.
    """

    id: str
    candidate: str
    drill: str
    exercise: Exercise
    kind: AnswerKind
    state: AttemptState = AttemptState.DRAFT
    created_at: AwareDatetime
    rated_at: AwareDatetime | None = None
    draft: str = ""
    transcript: Transcript | None = None
    text: str = ""
    seconds: float | None = Field(default=None, ge=0)
    outcome: Outcome | None = None
    run: str | None = None
    card: str = ""
    claims: tuple[str, ...] = ()

    @property
    def summary(self) -> str:
        """What was met, and what besides by the candidate's own word."""
        if self.outcome is None:
            return ""
        return (
            f"{self.outcome.summary}, {len(self.claims)} more by your own word" if self.claims else self.outcome.summary
        )


class Step(Value):
    """One card that was left: by a choice, a reply, or passed by; and what happened then."""

    card: str
    did: str
    then: str
    reply: str = Field(default="", description="the try whose words it was")
    well: bool | None = None


class Line(Value):
    """One thing said in a role-play."""

    mine: bool
    words: str
    reply: str = Field(default="", description="the try whose words it was")


class Run(Value):
    """A scenario on its way: from card to card, or as a role-play with a language model as the other person."""

    id: str
    candidate: str
    scenario: Exercise
    created_at: AwareDatetime
    finished_at: AwareDatetime | None = None
    at: str
    steps: tuple[Step, ...] = ()
    role_play: bool = False
    lines: tuple[Line, ...] = ()
    note: str = Field(default="", description="why it went on with cards, where a role-play could not")

    @property
    def card(self) -> Card:
        """The card it stands at."""
        return self.scenario.card(self.at)
