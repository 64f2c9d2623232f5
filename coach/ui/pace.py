"""How fast somebody may go on with what costs. Counted in this process's memory, so with two processes it is twice as much."""

import threading
import time
from collections.abc import Callable

_MOST_KEYS = 10_000


class Pace:
    """So much at once, and so much more each second, for each key. Safe to share between threads."""

    def __init__(self, at_once: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._at_once = at_once
        self._per_second = per_second
        self._clock = clock
        self._spent: dict[str, tuple[float, float]] = {}  # key: how much was spent, and when that was counted
        self._lock = threading.Lock()

    def wait_s(self, key: str, cost: float = 1) -> float:
        """Spend ``cost`` and return 0; or, where it is too much, spend nothing and return the seconds until it is not."""
        now = self._clock()
        with self._lock:
            spent = self._left_to_pay(key, now) + cost
            if spent > self._at_once:
                return (spent - self._at_once) / self._per_second
            if len(self._spent) >= _MOST_KEYS:
                self._forget(now)
            self._spent[key] = spent, now
            return 0

    def _left_to_pay(self, key: str, now: float) -> float:
        spent, then = self._spent.get(key, (0.0, now))
        return max(0.0, spent - (now - then) * self._per_second)

    def _forget(self, now: float) -> None:
        """Drop whoever has nothing left to pay; if that is nobody, whoever has least."""
        owed = {key: self._left_to_pay(key, now) for key in self._spent}
        for key in sorted(owed, key=owed.__getitem__)[: max(1, sum(not one for one in owed.values()))]:
            del self._spent[key]
