"""What came of asking the judge."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, Self, TypeVar

from pydantic import Field

from coach.domain.rating import Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.value import Value


class JudgeOutcome(StrEnum):
    """How a request to the judge ended. Everything but RATED leaves the criteria unrated by the judge."""

    RATED = "rated"  # a reply came that can be used, whatever was asked
    OFF = "off"  # no endpoint is set, or the user chose none
    WAITING = "waiting"  # the checks have rated; the judge has not been heard yet
    UNREACHABLE = "unreachable"
    REFUSED_KEY = "refused_key"
    NO_SUCH_MODEL = "no_such_model"
    OUT_OF_QUOTA = "out_of_quota"
    BUSY = "busy"
    TOO_SLOW = "too_slow"
    DECLINED = "declined"  # the model would not read this text
    FILTERED = "filtered"  # a content filter stopped it, as honest stories of abuse or suicide often make it
    CUT_SHORT = "cut_short"  # the reply ended before it was whole, however much room it got
    UNREADABLE = "unreadable"  # replies that do not hold what was asked for
    FAULTY = "faulty"  # the server failed
    RESTING = "resting"  # it failed several times in a row and is left alone for a while
    OVER_BUDGET = "over_budget"  # what may be spent in a day is spent

    @property
    def may_pass(self) -> bool:
        """Whether asking again later may end better, with nobody having changed anything."""
        return self in _PASSING


_PASSING = frozenset(
    (
        JudgeOutcome.WAITING,
        JudgeOutcome.UNREACHABLE,
        JudgeOutcome.BUSY,
        JudgeOutcome.TOO_SLOW,
        JudgeOutcome.FAULTY,
        JudgeOutcome.RESTING,
        JudgeOutcome.OVER_BUDGET,
    )
)


_ADDED_UP = ("calls", "prompt_tokens", "completion_tokens", "cached_tokens", "seconds")


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
    host: str = Field(default="", description="where the answer was sent; empty where it was sent nowhere")
    schema_version: int = Field(default=1, description="the shape of reply that was asked for")
    parameters: dict[str, str | int | float] = Field(default={}, description="besides model and messages")
    cached_tokens: int = Field(default=0, description="of the prompt's, those the endpoint had kept from before")
    cost_usd: float | None = Field(default=None, description="None: the model's price is not known")
    sent: str = Field(default="", description="the part of the message that holds the answer, as it was sent")
    masked: int = Field(default=0, description="stretches of the answer that were sent as placeholders")
    cache_key: str = ""
    from_cache: bool = False
    second_model: str = Field(default="", description="another model that was asked the same")

    def after(self, earlier: Self) -> Self:
        """This record with what an exchange about the same answer took before it; what was sent then stays told where nothing was sent now."""
        told: dict[str, Any] = {name: getattr(self, name) + getattr(earlier, name) for name in _ADDED_UP}
        paid = [one.cost_usd for one in (self, earlier) if one.calls]
        told["cost_usd"] = None if None in paid else sum(one or 0.0 for one in paid)
        if earlier.sent and not self.sent:
            told |= {name: getattr(earlier, name) for name in ("sent", "masked", "host")}
        return self.model_copy(update=told)

    @classmethod
    def not_asked(cls) -> Self:
        """The record where the checks found nothing to rate, so nothing was sent to a judge."""
        return cls(outcome=JudgeOutcome.OFF, message="There was nothing to send to the judge.")


R = TypeVar("R")


@dataclass(frozen=True)
class Heard(Generic[R]):
    """What came of a request to the judge: a reply if and only if the outcome is RATED, and what is kept of the exchange."""

    record: JudgeRecord
    reply: R | None = None


class Rewrite(Value):
    """A sentence of the answer, and the same facts said better; ``[...]`` stands where a fact is missing."""

    of: Span
    text: str = Field(min_length=1)


class Verdict(Value):
    """The judge's ratings (empty unless the outcome is RATED), what it advises, and the record of the exchange.

    ``second`` are a second model's ratings, if one was asked and could be heard. ``worse`` says of criteria on which this judge was measured
    to agree less with people than the checks do, why the checks' level stands.
    """

    record: JudgeRecord
    ratings: tuple[Rating, ...] = ()
    advice: str = ""
    rewrite: Rewrite | None = None
    follow_up: str = ""
    second: tuple[Rating, ...] = ()
    worse: dict[Criterion, str] = Field(default={})
