"""Two unlike models asked the same: where they agree, more is known than from asking one of them twice."""

from typing import Any

from coach.domain.judging import ToRate
from coach.domain.verdict import JudgeOutcome, Verdict
from coach.judge.judge import Judge, Watch
from coach.judge.measured import Measured


class JudgePair:
    """The first judge's verdict, with the second's ratings beside it. If the second cannot be heard, the first stands alone."""

    def __init__(self, first: Judge, second: Judge) -> None:
        self._first, self._second = first, second

    @property
    def is_on(self) -> bool:
        """Always."""
        return True

    @property
    def measured(self) -> Measured | None:
        """What was measured of the first, which is what is measured of both together, too."""
        return self._first.measured

    def rate(self, answer: ToRate, watch: Watch | None = None) -> Verdict:
        """Both verdicts in one. Never raises."""
        first = self._first.rate(answer, watch)
        if first.record.outcome is not JudgeOutcome.RATED:
            return first
        second = self._second.rate(answer)
        one, other = first.record, second.record
        together: dict[str, Any] = {
            "second_model": other.model,
            "calls": one.calls + other.calls,
            "prompt_tokens": one.prompt_tokens + other.prompt_tokens,
            "cached_tokens": one.cached_tokens + other.cached_tokens,
            "completion_tokens": one.completion_tokens + other.completion_tokens,
            "seconds": one.seconds + other.seconds,
            "cost_usd": None if one.cost_usd is None or other.cost_usd is None else one.cost_usd + other.cost_usd,
        }
        return first.model_copy(update={"record": one.model_copy(update=together), "second": second.ratings})

    def expected(self, answer: ToRate) -> float | None:
        """About what both will cost together; None where either price is not known."""
        costs = [judge.expected(answer) for judge in (self._first, self._second)]
        return None if None in costs else sum(cost or 0.0 for cost in costs)
