"""Leaves an endpoint alone that fails again and again, so that nobody waits for what will not come."""

import threading
import time
from collections.abc import Callable

from coach.domain.verdict import JudgeOutcome

FAILURES = 3  # in a row, after which it rests
FIRST_REST_S = 30.0
LONGEST_REST_S = 600.0
_COUNTED = (JudgeOutcome.UNREACHABLE, JudgeOutcome.TOO_SLOW, JudgeOutcome.BUSY, JudgeOutcome.FAULTY)


class Breaker:
    """Counts failures of one endpoint. ``clock`` gives seconds. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    def rests(self) -> bool:
        """Whether nothing is to be sent now. After a rest one caller at a time is let through to try."""
        with self._lock:
            if self._failures < FAILURES:
                return False
            if self._clock() < self._until:
                return True
            self._until = self._clock() + FIRST_REST_S  # others wait for how this one ends
            return False

    def ended(self, outcome: JudgeOutcome) -> None:
        """How an exchange ended. An outcome that says the endpoint works, even if it refuses, ends the count."""
        with self._lock:
            if outcome not in _COUNTED:
                self._failures = 0
                return
            self._failures += 1
            if self._failures >= FAILURES:
                rest = FIRST_REST_S * 2 ** min(self._failures - FAILURES, 10)
                self._until = self._clock() + min(rest, LONGEST_REST_S)
