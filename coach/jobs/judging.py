"""Asking the judge behind the checks' feedback: nobody waits for it, and what failed for the moment is asked again."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Protocol

from coach.domain.work import Work


class Due(Protocol):
    """Knows which attempts the judge is to be asked about."""

    def due(self, now: datetime) -> Sequence[tuple[str, str]]:
        """Attempts and their candidates, the longest due first."""


class Judging:
    """Asks the judge about every attempt that waits for it."""

    name: str = Work.JUDGE
    abreast = 4

    def __init__(
        self,
        waiting: Due,
        ask: Callable[[str, str, Callable[[str], object]], object],
        clock: Callable[[], datetime],
    ) -> None:
        self._waiting = waiting
        self._ask = ask
        self._clock = clock
        self._advice: dict[str, str] = {}

    def advice(self, ident: str) -> str:
        """What the judge advises so far on an attempt it is reading, as far as this process knows."""
        return self._advice.get(ident, "")

    def waiting(self) -> Mapping[str, str]:
        """Attempts and their candidates."""
        return dict(self._waiting.due(self._clock()))

    def do(self, ident: str) -> None:
        """Ask about one, unless somebody has done so or it was deleted meanwhile."""
        candidate = self.waiting().get(ident)
        if candidate is None:
            return
        try:
            self._ask(ident, candidate, partial(self._advice.__setitem__, ident))
        finally:
            self._advice.pop(ident, None)

    def give_up(self, ident: str, trouble: str) -> None:
        """Nothing to record: the attempt has its feedback by checks, and the lease says why there is no more."""
