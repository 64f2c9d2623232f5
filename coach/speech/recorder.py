"""The microphone of this computer, for use without a browser.

Sound is handed on in chunks of two seconds while it is recorded, so that a crash costs no more than the last two.
"""

import contextlib
import queue
import threading
import time
from array import array
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from coach.errors import MicrophoneError
from coach.speech.audio import RATE, Audio, pcm16

CHUNK_S = 2
"""Seconds in a chunk; the last one of a recording may be shorter."""

_BLOCK = RATE // 10  # samples between two levels: ten a second look alive
_SILENT_DEVICE_S = 3.0  # a device that gives nothing for so long has been unplugged or taken away
_LONGEST_LATENCY_S = 0.5
_BYTES_A_SAMPLE = 2

_NO_PORTAUDIO = (
    "The microphone cannot be used because PortAudio is not installed. "
    "On Debian or Ubuntu: sudo apt install libportaudio2. On Fedora: sudo dnf install portaudio. "
    "Or record in the browser."
)
_NO_DEVICE = "No microphone was found. Plug one in and start again, or record in the browser."


@dataclass(frozen=True)
class Device:
    """A microphone, by the number and name the system gives it."""

    number: int
    name: str
    default: bool


def devices() -> tuple[Device, ...]:
    """The microphones there are; none is an empty tuple.

    Those plugged in after the first call in a process are not seen before it starts again: PortAudio looks once.

    Raises:
        MicrophoneError: PortAudio is missing, or cannot reach the sound system.
    """
    sound = _portaudio()
    try:
        default = sound.default.device[0]
        return tuple(
            Device(number=device["index"], name=device["name"], default=device["index"] == default)
            for device in sound.query_devices()
            if device["max_input_channels"] > 0
        )
    except sound.PortAudioError:
        raise MicrophoneError(
            "The sound system cannot be reached. Check that it runs, or record in the browser."
        ) from None


def record(
    seconds_limit: float,
    stop: threading.Event,
    *,
    device: int | str | None = None,
    on_level: Callable[[float], None] | None = None,
    on_chunk: Callable[[int, bytes], None] | None = None,
    on_trouble: Callable[[str], None] | None = None,
) -> Audio:
    """Record until ``stop`` is set or the limit is reached, and return all of it.

    Args:
        seconds_limit: seconds after which the recording ends by itself.
        stop: set it from another thread to end the recording.
        device: a microphone's number or name; the system's own choice if not given.
        on_level: called ten times a second with the loudest sample since, 0-1.
        on_chunk: called with 1, 2, 3 ... and 16-bit little-endian mono PCM at 16 kHz, every two seconds and at the end,
            also where a callback or Ctrl-C breaks the recording off: what was said until then is handed on.
        on_trouble: called at once with a sentence when sound was lost or the microphone went away; the result's note says it, too.

    A sleeping microphone may take a second or two to wake: ask people to speak from the first ``on_level`` on.
    One that goes away in mid-recording ends it; what was recorded is returned, with a note.

    Raises:
        MicrophoneError: no PortAudio, no microphone, or it is in use, forbidden or cannot record at 16 kHz.
    """
    sound = _portaudio()
    if device is None and not devices():
        raise MicrophoneError(_NO_DEVICE)
    blocks: queue.SimpleQueue[tuple[bytes, bool]] = queue.SimpleQueue()

    def heard(data: Any, _frames: int, _time: Any, status: Any) -> None:
        blocks.put((bytes(data), bool(status.input_overflow)))

    take = _Take(int(seconds_limit * RATE) * _BYTES_A_SAMPLE, on_level, on_chunk, on_trouble)
    try:
        stream = sound.RawInputStream(
            samplerate=RATE, channels=1, dtype="int16", blocksize=_BLOCK, device=device, latency="high", callback=heard
        )
    except (sound.PortAudioError, ValueError) as error:  # ValueError: there is no device of this name
        raise _explained(error) from None
    try:
        with stream:
            take.listen(blocks, stop, stream.latency)
    except sound.PortAudioError as error:
        if not take.pcm:
            raise _explained(error) from None
        take.trouble("The microphone failed during the recording. What was recorded until then is kept.")
    finally:
        take.finish()
    return pcm16(bytes(take.pcm), take.note)


class _Take:
    """A recording as it grows."""

    def __init__(
        self,
        limit: int,
        on_level: Callable[[float], None] | None,
        on_chunk: Callable[[int, bytes], None] | None,
        on_trouble: Callable[[str], None] | None,
    ) -> None:
        self.pcm = bytearray()
        self.note = ""
        self._limit = limit
        self._on_level = on_level
        self._on_chunk = on_chunk
        self._on_trouble = on_trouble
        self._sent = 0
        self._chunk_bytes = CHUNK_S * RATE * _BYTES_A_SAMPLE
        self._chunks = 0

    def listen(self, blocks: "queue.SimpleQueue[tuple[bytes, bool]]", stop: threading.Event, latency: float) -> None:
        """Take blocks until told to stop, full, or nothing more comes.

        After the stop, what was said before it is still on its way for ``latency`` seconds, and waited for.
        Raises MicrophoneError if nothing ever came.
        """
        while not stop.is_set() and len(self.pcm) < self._limit:
            try:
                block, lost = blocks.get(timeout=_SILENT_DEVICE_S)
            except queue.Empty:
                if not self.pcm:
                    raise MicrophoneError(
                        "The microphone gives no sound. Check that it is plugged in and allowed."
                    ) from None
                self.trouble("The microphone stopped during the recording. What was recorded until then is kept.")
                return
            self._add(block)
            if lost:
                self.trouble("The computer was too busy, and pieces of the recording are missing.")
        enough = time.monotonic() + min(latency, _LONGEST_LATENCY_S)
        while len(self.pcm) < self._limit and (left := enough - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                self._add(blocks.get(timeout=left)[0])

    def _add(self, block: bytes) -> None:
        self.pcm += block[: self._limit - len(self.pcm)]
        if self._on_level:
            self._on_level(_level(block))
        while len(self.pcm) - self._sent >= self._chunk_bytes:
            self._send(self._chunk_bytes)

    def trouble(self, sentence: str) -> None:
        """What went wrong, told once."""
        if self.note != sentence:
            self.note = sentence
            if self._on_trouble:
                self._on_trouble(sentence)

    def finish(self) -> None:
        """Hand on what is left; a chunk that was broken off while it was handed on comes again as it was."""
        while left := len(self.pcm) - self._sent:
            self._send(min(left, self._chunk_bytes))

    def _send(self, size: int) -> None:
        if self._on_chunk:
            self._on_chunk(self._chunks + 1, bytes(self.pcm[self._sent : self._sent + size]))
        self._chunks += 1
        self._sent += size


def _level(block: bytes) -> float:
    samples = array("h", block)
    return max(map(abs, samples), default=0) / 32768


def _portaudio() -> ModuleType:
    try:
        import sounddevice  # noqa: PLC0415 -- fails where PortAudio is missing, which must not stop the app
    except OSError:
        raise MicrophoneError(_NO_PORTAUDIO) from None
    return sounddevice  # type: ignore[no-any-return]  # the library has no types


def _explained(error: Exception) -> MicrophoneError:
    """PortAudio's error in plain words. The codes are those of portaudio.h (version 19)."""
    reasons = {
        -9985: "The microphone is in use by another program, or not allowed. Close the other program, or allow it.",
        -9996: _NO_DEVICE,
        -9997: "This microphone cannot record at 16 kHz. Choose another one, such as the system's default.",
        -9998: "This device cannot record. Choose another one.",
    }
    if isinstance(error, ValueError):
        return MicrophoneError(_NO_DEVICE)
    code = error.args[1] if len(error.args) > 1 else 0
    other = "The microphone cannot be opened. Choose another one, check that it is allowed, or record in the browser."
    return MicrophoneError(reasons.get(code, other))
