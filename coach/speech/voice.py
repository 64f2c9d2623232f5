"""Where somebody speaks, found by Silero while the sound comes in: the same for a whole recording and for pieces of it."""

from typing import Any

import numpy as np
import numpy.typing as npt

from coach.speech.audio import RATE, Samples
from coach.speech.stretches import LONGEST_S, Speech

LEAST_PAUSE_S, LEAST_RUN_S = 0.2, 0.1
"""A shorter silence is part of speech, a shorter sound is none. Pauses are found within .03 s of where they are."""

_FRAME, _BEFORE = 512, 64  # samples Silero judges at a time, and those before them that it wants to see again
_STARTS, _ENDS = 0.5, 0.35  # Silero's own two thresholds: harder to begin than to go on
_BLOCK = 300 * RATE // _FRAME * _FRAME  # Silero's memory grows with what it is given at once


class Voice:
    """Runs of speech in sound that arrives piece by piece. Not for several threads at once."""

    def __init__(self) -> None:
        self._rest: Samples = np.zeros(0, np.float32)
        self._before: Samples = np.zeros(_BEFORE, np.float32)
        self._state: tuple[Any, Any] = (np.zeros((1, 1, 128), np.float32), np.zeros((1, 1, 128), np.float32))
        self._frames = 0
        self._runs: list[tuple[int, int]] = []
        self._start: int | None = None  # the frame at which the open run began
        self._silent: int | None = None  # the frame since which the open run is silent
        self._odds: list[float] = []  # of the frames of the open run

    @property
    def until_s(self) -> float:
        """Seconds judged so far."""
        return _seconds(self._frames)

    @property
    def speech(self) -> Speech:
        """All runs so far; the last may still go on."""
        runs = list(self._runs)
        if self._start is not None:
            end = self._frames if self._silent is None else self._silent
            if _seconds(end - self._start) >= LEAST_RUN_S:
                runs.append((self._start, end))
        return tuple((_seconds(start), _seconds(end)) for start, end in runs)

    def add(self, samples: Samples, *, last: bool = False) -> None:
        """Listen to what comes next; with ``last``, also to what doesn't fill a frame."""
        sound = np.concatenate([self._rest, samples]) if len(self._rest) else samples
        if last and len(sound) % _FRAME:
            sound = np.pad(sound, (0, _FRAME - len(sound) % _FRAME))
        whole = len(sound) - len(sound) % _FRAME
        self._rest = sound[whole:].copy()
        for first in range(0, whole, _BLOCK):
            for odds in self._judged(sound[first : min(first + _BLOCK, whole)]):
                self._take(float(odds))

    def _judged(self, sound: Samples) -> npt.NDArray[np.float32]:
        from faster_whisper.vad import get_vad_model  # noqa: PLC0415 -- heavy, so only once there is sound

        framed = np.empty((len(sound) // _FRAME, _BEFORE + _FRAME), np.float32)
        framed[:, _BEFORE:] = sound.reshape(-1, _FRAME)
        framed[0, :_BEFORE] = self._before
        framed[1:, :_BEFORE] = framed[:-1, -_BEFORE:]
        self._before = framed[-1, -_BEFORE:].copy()
        h, c = self._state
        odds, h, c = get_vad_model().session.run(None, {"input": framed, "h": h, "c": c})
        self._state = (h, c)
        return np.asarray(odds, np.float32).reshape(-1)

    def _take(self, odds: float) -> None:
        now = self._frames
        self._frames += 1
        if self._start is None:
            if odds >= _STARTS:
                self._start, self._silent, self._odds = now, None, [odds]
            return
        self._odds.append(odds)
        if odds >= _STARTS:
            self._silent = None
        elif odds < _ENDS and self._silent is None:
            self._silent = now
        if self._silent is not None and _seconds(now - self._silent) >= LEAST_PAUSE_S:
            self._close(self._silent)
            self._start = None
        elif _seconds(now - self._start) >= LONGEST_S:
            self._split()

    def _split(self) -> None:
        """Cut speech without a pause where it is least sure to be speech."""
        start = self._start or 0
        half = len(self._odds) // 2
        least = half + int(np.argmin(self._odds[half:]))
        self._close(start + least)
        self._start, self._odds = start + least, self._odds[least:]
        self._silent = None

    def _close(self, end: int) -> None:
        if self._start is not None and _seconds(end - self._start) >= LEAST_RUN_S:
            self._runs.append((self._start, end))


def find_speech(samples: Samples) -> Speech:
    """Where somebody speaks in a whole recording."""
    voice = Voice()
    voice.add(samples, last=True)
    return voice.speech


def _seconds(frames: int) -> float:
    return frames * _FRAME / RATE
