"""Rating answers that were handed in."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from coach.domain.work import Work


class HandedIn(Protocol):
    """Knows what waits to be rated."""

    def to_rate(self) -> Sequence[tuple[str, str]]:
        """Attempts and their candidates, the longest waiting first."""


class Rating:
    """Rates every answer that was handed in, once."""

    name: str = Work.RATE
    abreast = 1

    def __init__(self, attempts: HandedIn, rate: Callable[[str, str], object]) -> None:
        self._attempts = attempts
        self._rate = rate

    def waiting(self) -> Mapping[str, str]:
        """Attempts and their candidates."""
        return dict(self._attempts.to_rate())

    def do(self, ident: str) -> None:
        """Rate one, unless somebody has done so or it was deleted meanwhile."""
        candidate = self.waiting().get(ident)
        if candidate:
            self._rate(ident, candidate)

    def give_up(self, ident: str, trouble: str) -> None:
        """Nothing to record: the attempt stays handed in and unrated, and the lease says why."""
