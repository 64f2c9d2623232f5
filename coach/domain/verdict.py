"""What came of asking the judge."""

from enum import StrEnum
from typing import Self

from pydantic import Field

from coach.domain.rating import Rating
from coach.domain.value import Value


class JudgeOutcome(StrEnum):
    """How a call to the judge ended. Everything but RATED leaves the criteria unrated by the judge."""

    RATED = "rated"
    OFF = "off"  # no endpoint is set, or the user chose none
    UNREACHABLE = "unreachable"
    REFUSED_KEY = "refused_key"
    NO_SUCH_MODEL = "no_such_model"
    OUT_OF_QUOTA = "out_of_quota"
    BUSY = "busy"
    TOO_SLOW = "too_slow"
    DECLINED = "declined"  # the model or its filter would not read this text
    UNREADABLE = "unreadable"  # replies that do not hold what was asked for
    FAULTY = "faulty"  # the server failed


class JudgeRecord(Value):
    """What is kept of an exchange with the judge, so that a rating can be explained later."""

    outcome: JudgeOutcome
    message: str = Field(default="", description="a plain sentence for the user")
    model: str = ""
    prompt: str = Field(default="", description="name/version of the prompt file")
    prompt_hash: str = ""
    calls: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    seconds: float = 0.0
    raw: str = Field(default="", description="the last reply as it came")

    @classmethod
    def not_asked(cls) -> Self:
        """The record where the checks found nothing to rate, so nothing was sent to a judge."""
        return cls(outcome=JudgeOutcome.OFF, message="There was nothing to send to the judge.")


class Verdict(Value):
    """The judge's ratings (empty unless the outcome is RATED), its advice if it gave any, and the record of the exchange."""

    record: JudgeRecord
    ratings: tuple[Rating, ...] = ()
    advice: str = ""
