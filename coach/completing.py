"""Brings in what the judge says, in the background: nobody waits for it, and what failed for the moment is asked again.

The checks' feedback is there at once. A thread asks the judge and stores what comes; a page may watch it, and may be left at any time. What
was interrupted or failed waits in the store, so a restart loses nothing.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from coach.errors import CoachError
from coach.practice import Practice

log = logging.getLogger(__name__)

AT_ONCE = 4  # exchanges with a judge
LOOK_EVERY_S = 30.0


class Due(Protocol):
    """Knows which attempts are to be asked about."""

    def due(self, now: datetime) -> tuple[tuple[str, str], ...]: ...


@dataclass
class Live:
    """One exchange in the background: the advice as far as it has come, and whether all is stored."""

    text: str = ""
    done: threading.Event = field(default_factory=threading.Event)


class Completer:
    """Asks the judge in threads of its own. Safe to share between sessions."""

    def __init__(
        self,
        practice: Practice,
        waiting: Due,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        every_s: float = LOOK_EVERY_S,
    ) -> None:
        self._practice, self._waiting = practice, waiting
        self._clock, self._every_s = clock, every_s
        self._lock = threading.Lock()
        self._live: dict[str, Live] = {}
        self._room = threading.BoundedSemaphore(AT_ONCE)
        self._stop = threading.Event()

    def ask(self, attempt_id: str, candidate: str) -> Live:
        """Ask the judge about an attempt now, unless that is under way. Returns at once with what can be watched."""
        with self._lock:
            if attempt_id in self._live:
                return self._live[attempt_id]
            live = self._live[attempt_id] = Live()
        threading.Thread(target=self._complete, args=(attempt_id, candidate, live), daemon=True).start()
        return live

    def look(self) -> tuple[Live, ...]:
        """Ask about every attempt that is due."""
        return tuple(self.ask(attempt_id, candidate) for attempt_id, candidate in self._waiting.due(self._clock()))

    def start(self) -> None:
        """Look for attempts that wait, now and then, until `stop`."""
        self._stop.clear()
        threading.Thread(target=self._keep_looking, daemon=True).start()

    def stop(self) -> None:
        """Look no more. What is under way goes on."""
        self._stop.set()

    def _keep_looking(self) -> None:
        while not self._stop.is_set():
            try:
                self.look()
            except CoachError as error:  # a busy or full database: the next look may find it well
                log.warning("attempts that wait for the judge were not looked for: %s", type(error).__name__)
            self._stop.wait(self._every_s)

    def _complete(self, attempt_id: str, candidate: str, live: Live) -> None:
        def watch(text: str) -> None:
            live.text = text

        try:
            with self._room:
                self._practice.ask_judge(attempt_id, candidate, watch)
        except CoachError as error:  # deleted in the meantime, say; the attempt has its feedback by checks either way
            log.warning("attempt %s was not completed: %s", attempt_id, type(error).__name__)
        finally:
            with self._lock:
                self._live.pop(attempt_id, None)
            live.done.set()
