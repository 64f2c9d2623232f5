"""Who is heard next when several people speak at once: everyone in turn, those who wait for their words first."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

Heard = TypeVar("Heard")


class Turns:
    """Pieces of work, each of some speaker, done by a few threads.

    One piece a speaker, then the next speaker's; so nobody starves, however much another has in store. Speakers who have
    stopped and wait come before those who still speak. Threads are made at first use.
    """

    def __init__(self, workers: int) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="whisper")
        self._lock = threading.Lock()
        self._work: dict[str, deque[tuple[Future[Any], Callable[[], Any]]]] = {}  # the speaker whose turn is next first
        self._waiting: set[str] = set()

    def submit(self, speaker: str, work: Callable[[], Heard]) -> Future[Heard]:
        """Do ``work`` when it is this speaker's turn. The future may be cancelled until then."""
        done: Future[Heard] = Future()
        with self._lock:
            self._work.setdefault(speaker, deque()).append((done, work))
        self._pool.submit(self._next)
        return done

    def hurry(self, speaker: str) -> None:
        """This speaker has stopped and waits: until ``leave``, their pieces come before those of people who speak."""
        with self._lock:
            self._waiting.add(speaker)

    def leave(self, speaker: str) -> None:
        """This speaker has all they wait for, or is gone: what is left of their work is dropped."""
        with self._lock:
            self._waiting.discard(speaker)
            left = self._work.pop(speaker, ())
        for done, _ in left:
            done.cancel()

    def _next(self) -> None:
        piece = self._pick()
        if piece is None:
            return
        done, work = piece
        if not done.set_running_or_notify_cancel():
            return
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001  # whoever asked for the piece gets what went wrong with it
            done.set_exception(error)

    def _pick(self) -> tuple[Future[Any], Callable[[], Any]] | None:
        with self._lock:
            speaker = next((one for one in self._work if one in self._waiting), next(iter(self._work), None))
            if speaker is None:
                return None
            pieces = self._work.pop(speaker)
            piece = pieces.popleft()
            if pieces:
                self._work[speaker] = pieces  # now the last in the row
            return piece
