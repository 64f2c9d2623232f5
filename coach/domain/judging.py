"""Which judge is used, what it costs, and what asking it may cost in a day."""

from typing import Self

from pydantic import Field

from coach.domain.finding import Finding
from coach.domain.question import Question
from coach.domain.rubric import Rubric
from coach.domain.span import Span
from coach.domain.value import Value

SERVED_PORT = 8735  # of `coach judge serve`
_MILLION = 1_000_000


class JudgeChoice(Value):
    """What the user chose under Set-up, over what the settings say.

    ``on`` off: nothing is sent anywhere. ``base_url`` is only ever a server on this computer: another address, and any key, comes
    from the settings. Empty fields mean what the settings say.
    """

    on: bool = True
    base_url: str = ""
    model: str = ""


class ToRate(Value):
    """What a judge is asked to rate: an answer to a question, by a rubric, with what the checks found in it.

    ``unshown`` are sentences it is not to see.
    ``candidate`` reaches an endpoint only as a hash, so that it can tell candidates apart when it watches for misuse.
    """

    question: Question
    text: str
    rubric: Rubric
    findings: tuple[Finding, ...] = ()
    unshown: tuple[Span, ...] = ()
    candidate: str = ""


class Usage(Value):
    """Calls, tokens and money. ``usd`` counts what has a known price only."""

    calls: int = Field(default=0, ge=0)
    prompt_tokens: int = Field(default=0, ge=0)
    cached_tokens: int = Field(default=0, ge=0)
    completion_tokens: int = Field(default=0, ge=0)
    usd: float = Field(default=0.0, ge=0)

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            calls=self.calls + other.calls,
            prompt_tokens=self.prompt_tokens + other.prompt_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            completion_tokens=self.completion_tokens + other.completion_tokens,
            usd=self.usd + other.usd,
        )

    @property
    def tokens(self) -> int:
        """Both ways together."""
        return self.prompt_tokens + self.completion_tokens


class Price(Value):
    """What a model costs, in US dollars a million tokens. ``cached`` is for parts of a prompt the endpoint has kept."""

    input: float = Field(ge=0)
    cached: float = Field(ge=0)
    output: float = Field(ge=0)

    @classmethod
    def nothing(cls) -> Self:
        """Of a model on one's own computer."""
        return cls(input=0.0, cached=0.0, output=0.0)

    def of(self, usage: Usage) -> float:
        """The cost of a usage in US dollars."""
        fresh = usage.prompt_tokens - min(usage.cached_tokens, usage.prompt_tokens)
        kept = usage.prompt_tokens - fresh
        return (fresh * self.input + kept * self.cached + usage.completion_tokens * self.output) / _MILLION


class Budget(Value):
    """What may be spent in a day on judges that run elsewhere. Tokens count where no price is known, too."""

    usd: float = Field(default=2.0, ge=0)
    tokens: int = Field(default=2_000_000, ge=0)

    def is_spent(self, today: Usage) -> bool:
        """Whether no more may be asked today."""
        return today.usd >= self.usd or today.tokens >= self.tokens
