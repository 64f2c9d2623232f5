"""Takes that are written down while they are recorded, chunk by chunk, for all who speak at the same time.

Nothing depends on it: chunks are kept elsewhere before they come here. What is not heard in time, or is missing, is heard
from the kept recording when its speaker has finished.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from coach.domain.answer import Hearing, Transcript
from coach.speech.audio import pcm16
from coach.speech.listening import Listening
from coach.speech.whisper import Transcriber

MOST_BEHIND_S = 60.0
"""Seconds of unheard sound from which a take's chunks wait on the disk until the words have caught up."""

MOST_AT_ONCE = 32
"""Takes listened to at the same time; further ones are heard when their speakers have finished."""

FORGOTTEN_S = 900.0
"""Seconds without a chunk after which nobody speaks any more."""

_CATCH_UP = 30  # chunks fetched from the disk at one time, so that no chunk waits long to be acknowledged
_log = logging.getLogger(__name__)


@dataclass
class _Live:
    listening: Listening
    used: float
    next: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


class Live:
    """What is being recorded now. Safe to share between threads."""

    def __init__(self, transcriber: Transcriber, clock: Callable[[], float] = time.monotonic) -> None:
        self._transcriber = transcriber
        self._clock = clock
        self._takes: dict[str, _Live] = {}
        self._lock = threading.Lock()

    def feed(self, take: str, chunk: int, chunk_of: Callable[[int], bytes | None], *, last: bool = False) -> None:
        """Hear a chunk, after those before it that were not heard yet. ``chunk_of`` reads a kept one, or None where it is missing.

        Never raises for anything that goes wrong with hearing: the recording is kept, and heard later.
        """
        one = self._take(take)
        if one is None:
            return
        with one.lock:
            one.used = self._clock()
            try:
                self._catch_up(one, chunk, chunk_of, last=last)
            except Exception as error:  # noqa: BLE001  # whatever it was, the recording is kept and heard later
                _log.warning("a take is not heard while it is recorded: %s", type(error).__name__)
                self.forget(take)

    @staticmethod
    def _catch_up(one: _Live, chunk: int, chunk_of: Callable[[int], bytes | None], *, last: bool) -> None:
        for _ in range(_CATCH_UP):
            if one.next > chunk or one.listening.waiting_s > MOST_BEHIND_S:
                break
            pcm = chunk_of(one.next)
            if pcm is None:
                return
            one.listening.add(pcm16(pcm).samples)
            one.next += 1
        if last and one.next == chunk + 1:
            one.listening.end(np.zeros(0, np.float32))

    def so_far(self, take: str) -> Hearing | None:
        """How far a take is written down, or None where nobody listens to it."""
        one = self._takes.get(take)
        return one.listening.so_far() if one else None

    def transcript(self, take: str, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """The whole take in words; of what was heard while it was recorded, nothing is heard again.

        Raises WeightsError, and whatever ``on_progress`` raises to break it off.
        """
        with self._lock:
            one = self._takes.pop(take, None)
        return self._transcriber.transcribe(pcm16(pcm), on_progress, one.listening if one else None)

    def forget(self, take: str) -> None:
        """Stop listening to a take."""
        with self._lock:
            one = self._takes.pop(take, None)
        if one:
            one.listening.drop()

    def _take(self, take: str) -> _Live | None:
        with self._lock:
            now = self._clock()
            for old in [name for name, one in self._takes.items() if now - one.used > FORGOTTEN_S]:
                self._takes.pop(old).listening.drop()
            if take not in self._takes and len(self._takes) < MOST_AT_ONCE:
                self._takes[take] = _Live(self._transcriber.listen(), now)
            return self._takes.get(take)
