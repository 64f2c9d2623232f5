"""What a candidate said: typed text, or takes and the transcript made of them."""

from enum import StrEnum

from pydantic import Field

from coach.domain.delivery import Delivery
from coach.domain.fillers import is_filler, without_fillers
from coach.domain.value import Value

UNSURE = 0.5
"""A word less probable than this is shown as one to check."""


class AnswerKind(StrEnum):
    """How the answer was given."""

    TYPED = "typed"
    SPOKEN = "spoken"


class Word(Value):
    """One word as heard: seconds from the start of the take, and how sure the recogniser was (0-1)."""

    text: str
    start: float = Field(ge=0)
    end: float = Field(ge=0)
    probability: float = Field(ge=0, le=1)


class Transcript(Value):
    """What was heard in a recording. ``note`` says in a plain sentence what was wrong with the sound, if anything."""

    text: str
    words: tuple[Word, ...] = ()
    duration_s: float = Field(ge=0)
    speech_s: float = Field(default=0.0, ge=0, description="seconds in which somebody speaks")
    model: str
    note: str = ""
    delivery: Delivery | None = None

    @property
    def clean(self) -> str:
        """The text without hesitations: what the candidate corrects and has rated. Words they chose stay as they are."""
        words = [word.text for word in self.words]
        return without_fillers(words) if " ".join(words) == self.text else self.text

    @property
    def unsure(self) -> tuple[Word, ...]:
        """Words the recogniser was unsure of, hesitations aside."""
        return tuple(word for word in self.words if word.probability < UNSURE and not is_filler(word.text))

    @property
    def heard_nothing(self) -> bool:
        """Whether there is nothing in it to rate."""
        return not self.text.strip()


class Take(Value):
    """One recording of an answer: 16 kHz mono 16-bit PCM, kept in numbered chunks from its first seconds on."""

    attempt: str
    number: int = Field(ge=1)
    seconds: float = Field(ge=0)
    sealed: bool = Field(default=False, description="the speaker has finished it")
    next_chunk: int = Field(default=0, ge=0, description="the number the next chunk gets when recording goes on")
    note: str = Field(default="", description="what was wrong with the sound as it came, in a plain sentence")
    missing: tuple[int, ...] = Field(default=(), description="numbers of chunks that never arrived")


class Hearing(Value):
    """How far a recording has been written down while it is still being made."""

    text: str = Field(description="the words so far, without hesitations")
    recorded_s: float = Field(ge=0)
    heard_s: float = Field(ge=0, description="seconds from the start that are written down")
    behind_s: float = Field(ge=0, description="seconds the oldest finished stretch has been waiting for its words")
