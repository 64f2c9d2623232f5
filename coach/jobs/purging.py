"""The purge, once a day: at the first moment of a day that anybody works."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Protocol

from coach.domain.work import Work


class Days(Protocol):
    """Knows when the last purge was."""

    def purged_on(self) -> date | None: ...
    def note_purge(self, day: date) -> None: ...


class Purging:
    """Its pieces of work are days, in UTC. Only one process does each."""

    name: str = Work.PURGE
    abreast = 1

    def __init__(self, days: Days, purge: Callable[[], object], clock: Callable[[], datetime]) -> None:
        self._days = days
        self._purge = purge
        self._clock = clock
        self._done: date | None = None

    def waiting(self) -> Mapping[str, str]:
        """Today, which is nobody's, unless it is done. The database is asked once a day."""
        today = self._clock().date()
        if self._done is None or self._done < today:
            self._done = self._days.purged_on()
        return {} if self._done is not None and self._done >= today else {today.isoformat(): ""}

    def do(self, ident: str) -> None:
        """Purge, and remember the day."""
        self._purge()
        self._days.note_purge(date.fromisoformat(ident))

    def give_up(self, ident: str, trouble: str) -> None:
        """Nothing to record: what is not purged today is purged tomorrow."""
