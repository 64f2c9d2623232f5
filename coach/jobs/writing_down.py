"""Writing down recordings that are finished: once each, however many pages look on, and whether or not anybody does."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Protocol

from coach.domain.work import Work


class Finished(Protocol):
    """Knows which recordings wait to be written down."""

    def to_write_down(self) -> Sequence[tuple[str, str]]:
        """Ids of what is answered and its candidates, the longest waiting first."""


Hear = Callable[[str, str, Callable[[float], object]], object]


class _SupersededError(Exception):
    """The recording is not wanted any longer: it was deleted, or is made again."""


class WritingDown:
    """Writes down every finished recording, outside interviews."""

    name: str = Work.WRITE
    abreast = 3  # whoever speaks long keeps nobody waiting: Whisper takes their stretches in turn

    def __init__(self, *rooms: tuple[Finished, Hear]) -> None:
        """``rooms``: where recordings wait, and how one of each is heard. Ids are unique among all rooms."""
        self._rooms = rooms
        self._shares: dict[str, float] = {}

    def share(self, ident: str) -> float:
        """How much of a recording is written down (0-1), as far as this process knows."""
        return self._shares.get(ident, 0.0)

    def waiting(self) -> Mapping[str, str]:
        """Attempts at questions and tries at drills, and their candidates."""
        return {ident: candidate for store, _ in self._rooms for ident, candidate in store.to_write_down()}

    def do(self, ident: str) -> None:
        """Write one down, unless somebody has done so, or it is recorded again or deleted meanwhile."""
        found = (
            (hear, candidate) for store, hear in self._rooms for one, candidate in store.to_write_down() if one == ident
        )
        hear, candidate = next(found, (None, ""))
        if hear is None:
            return
        try:
            hear(ident, candidate, partial(self._done_so_far, ident))
        except _SupersededError:
            return
        finally:
            self._shares.pop(ident, None)

    def give_up(self, ident: str, trouble: str) -> None:
        """Nothing to record: the recording is kept, and the lease says why it is not written down."""

    def _done_so_far(self, ident: str, share: float) -> None:
        self._shares[ident] = min(1.0, share)
        if share < 1.0 and ident not in self.waiting():
            raise _SupersededError
