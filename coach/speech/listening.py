"""One recording written down, while it is made or afterwards: the same stretches either way, and so the same words."""

import threading
import time
import uuid
from collections.abc import Callable
from concurrent.futures import Future, as_completed
from dataclasses import dataclass
from functools import partial

import numpy as np

from coach.domain.answer import Hearing
from coach.domain.fillers import without_fillers
from coach.errors import SpeechError
from coach.speech import gate
from coach.speech.audio import RATE, Samples
from coach.speech.stretches import BEFORE_S, Speech, Stretch, cut, cut_so_far, gain_db, halved, power, raised
from coach.speech.turns import Turns
from coach.speech.voice import Voice

Hear = Callable[[Samples, Stretch], tuple[gate.Segment, ...]]
Language = tuple[str, float]
"""Whisper's two letters, and how sure it is (0-1)."""

_LANGUAGE_S = 10  # seconds of the first stretch that tell the language as well as thirty do

_STEADY_DB = 6.0  # a gain that changed by more in mid-recording gives other words than the right one
_TELLING_S = 0.3  # seconds of speech in a piece from which its loudness can be known


@dataclass(frozen=True)
class Piece:
    """A stretch that is being heard, and when it was handed over."""

    stretch: Stretch
    found: Future[tuple[gate.Segment, ...]]
    since: float


@dataclass(frozen=True)
class Found:
    """Everything heard in a recording. ``lost_s`` is how many seconds of speech gave no words; English is the language where nobody knows."""

    speech: Speech
    segments: tuple[gate.Segment, ...]
    lost_s: float
    language: Language = ("en", 0.0)


class Listening:
    """Sound comes in piece by piece, stretches go out to be heard as soon as they are settled."""

    def __init__(
        self,
        hear: Hear,
        language: Callable[[Samples], Language],
        turns: Turns,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._hear = hear
        self._language = language
        self._spoken: Future[Language] | None = None
        self._turns = turns
        self._clock = clock
        self._speaker = uuid.uuid4().hex
        self._lock = threading.Lock()
        self._voice = Voice()
        self._powers: list[Samples] = []
        self._gains: list[float] = []  # that speech was raised by
        self._open: Samples = np.zeros(0, np.float32)  # what is not in a stretch yet, as raised
        self._open_at = 0  # the sample at which it begins
        self._count = 0
        self._pieces: list[Piece] = []
        self._ended = False

    @property
    def count(self) -> int:
        """Samples taken in so far."""
        return self._count

    @property
    def waiting_s(self) -> float:
        """Seconds of sound whose words are still to come, the open stretch aside."""
        return sum(piece.stretch.end - piece.stretch.start for piece in self._pieces if not piece.found.done())

    def add(self, samples: Samples) -> None:
        """Take in what comes next."""
        with self._lock:
            self._take(samples)
            self._hand_over(cut_so_far(self._voice.speech, self._voice.until_s))

    def end(self, samples: Samples) -> None:
        """Take in the last of it. What is still open is heard now, in two halves at once if it is long: somebody waits."""
        with self._lock:
            if self._ended:
                return
            self._ended = True
            self._take(samples)
            self._voice.add(samples[:0], last=True)
            speech = self._voice.speech
            if sum(end - start for start, end in speech) >= gate.LEAST_SPEECH_S:
                self._hand_over(halved(cut(speech, self._count / RATE), len(self._pieces)))
        self._turns.hurry(self._speaker)

    def drop(self) -> None:
        """Stop listening; what was not heard yet is left unheard."""
        self._turns.leave(self._speaker)

    def is_of(self, samples: Samples) -> bool:
        """Whether all that was heard is as it would be heard in the whole recording: nothing missing, and as loud."""
        right = gain_db(np.concatenate(self._powers)) if self._powers else 0.0
        complete = not self._ended or self._count == len(samples)
        return complete and all(abs(gain - right) <= _STEADY_DB for gain in self._gains)

    def so_far(self) -> Hearing:
        """What is written down at this moment."""
        with self._lock:
            pieces, recorded_s, now = tuple(self._pieces), self._count / RATE, self._clock()
        done: list[Piece] = []
        for piece in pieces:
            if not piece.found.done() or piece.found.cancelled() or piece.found.exception():
                break
            done.append(piece)
        waiting = [piece.since for piece in pieces if not piece.found.done()]
        words = [word.text for piece in done for segment in piece.found.result() for word in segment.words]
        return Hearing(
            text=without_fillers(words),
            recorded_s=recorded_s,
            heard_s=done[-1].stretch.end if done else 0.0,
            behind_s=max(0.0, now - min(waiting, default=now)),
        )

    def found(self, samples: Samples, on_progress: Callable[[float], object]) -> Found:
        """Everything, once all is heard. ``samples`` is the whole recording; what of it is new is taken in first.

        Raises WeightsError, and whatever ``on_progress`` raises to break it off.
        """
        try:
            self.end(samples[self._count :])
            total = sum(piece.stretch.speech_s for piece in self._pieces) or 1.0
            done = 0.0
            by_future = {piece.found: piece for piece in self._pieces}
            for future in as_completed(by_future):
                done += by_future[future].stretch.speech_s
                on_progress(min(1.0, done / total))
            if not self._pieces:
                on_progress(1.0)
            heard = [self._result(piece, samples) for piece in self._pieces]
            language = self._found_language()
        finally:
            self._turns.leave(self._speaker)
        speech = self._voice.speech
        return Found(
            speech=speech,
            segments=tuple(segment for segments in heard for segment in segments),
            lost_s=sum(p.stretch.speech_s for p, segments in zip(self._pieces, heard, strict=True) if not segments),
            language=language,
        )

    def _result(self, piece: Piece, samples: Samples) -> tuple[gate.Segment, ...]:
        """The words of a stretch; one that failed while somebody spoke is heard once more, from the recording."""
        try:
            return piece.found.result()
        except SpeechError:
            raise
        except RuntimeError:
            sound = samples[int(piece.stretch.start * RATE) : int(piece.stretch.end * RATE)]
            return self._hear(raised(sound, gain_db(np.concatenate(self._powers))), piece.stretch)

    def _found_language(self) -> Language:
        """What was asked of the first stretch. A recording is not lost because it could not be told."""
        try:
            return self._spoken.result() if self._spoken else ("en", 0.0)
        except (RuntimeError, ValueError):
            return "en", 0.0

    def _take(self, samples: Samples) -> None:
        if not len(samples):
            return
        before_s = self._count / RATE
        self._powers.append(power(samples))
        gain = gain_db(np.concatenate(self._powers))
        louder = raised(samples, gain)
        self._open = np.concatenate([self._open, louder]) if len(self._open) else louder
        self._count += len(samples)
        self._voice.add(louder)
        new_s = sum(max(0.0, end - max(start, before_s)) for start, end in self._voice.speech[-20:])
        if new_s >= _TELLING_S:
            self._gains.append(gain)

    def _hand_over(self, stretches: tuple[Stretch, ...]) -> None:
        for stretch in stretches[len(self._pieces) :]:
            first, last = (int(at * RATE) - self._open_at for at in (stretch.start, stretch.end))
            sound = self._open[max(0, first) : last].copy()
            found = self._turns.submit(self._speaker, partial(self._hear, sound, stretch))
            self._pieces.append(Piece(stretch, found, self._clock()))
            if self._spoken is None:  # asked while one still speaks: afterwards somebody waits
                self._spoken = self._turns.submit(self._speaker, partial(self._language, sound[: _LANGUAGE_S * RATE]))
        used = sum(len(piece.stretch.speech) for piece in self._pieces)
        open_speech = self._voice.speech[used:]
        needed_s = min(open_speech[0][0] if open_speech else self._voice.until_s, self._voice.until_s) - 2 * BEFORE_S
        unneeded = max(0, min(int(needed_s * RATE) - self._open_at, len(self._open)))
        self._open, self._open_at = self._open[unneeded:], self._open_at + unneeded
