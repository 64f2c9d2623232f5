"""Rating again what was rated before, behind everybody who waits for an answer: one at a time, in a lane of its own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from coach.domain.attempt import Attempt
from coach.domain.work import Work
from coach.errors import NotFoundError


class AskedFor(Protocol):
    """Knows what is to be rated again."""

    def ask(self, attempts: Iterable[tuple[str, str]], at: datetime) -> None: ...
    def to_rerate(self) -> Sequence[tuple[str, str]]: ...
    def asked_at(self, attempt_id: str) -> datetime | None: ...
    def done(self, attempt_id: str, asked_at: datetime) -> None: ...


class Rater(Protocol):
    """Rates an answer by the checks and by the judge, if there is one."""

    def get(self, attempt_id: str, candidate: str) -> Attempt: ...
    def rate(self, attempt_id: str, candidate: str, *, keep_earlier: bool = False) -> Attempt: ...


class Rerating:
    """Rates again every answer somebody asked it for, once; the earlier ratings are kept."""

    name: str = Work.RERATE
    abreast = 1  # and a judge is asked within it, so that its own lane stays free for whoever waits

    def __init__(self, asked: AskedFor, rater: Rater, clock: Callable[[], datetime]) -> None:
        self._asked = asked
        self._rater = rater
        self._clock = clock

    def ask(self, attempts: Iterable[tuple[str, str]]) -> None:
        """Have these attempts of candidates rated again, when it is their turn."""
        self._asked.ask(attempts, self._clock())

    def waiting(self) -> Mapping[str, str]:
        """Attempts and their candidates."""
        return dict(self._asked.to_rerate())

    def do(self, ident: str) -> None:
        """Rate one again, unless that was done since it was asked for, or it was deleted meanwhile."""
        asked_at, candidate = self._asked.asked_at(ident), self.waiting().get(ident)
        if asked_at is None or candidate is None:
            return
        try:
            rated_at = self._rater.get(ident, candidate).rated_at
            if rated_at is not None and rated_at < asked_at:
                self._rater.rate(ident, candidate, keep_earlier=True)
        except NotFoundError:
            return
        self._asked.done(ident, asked_at)

    def give_up(self, ident: str, trouble: str) -> None:
        """Nothing to record: the answer has the rating it had, and the lease says why there is no new one."""
