"""Sound as the recogniser wants it: one channel, 16,000 samples a second, between -1 and 1."""

import io
import wave
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from coach.errors import NotAudioError

Samples = npt.NDArray[np.float32]

RATE = 16_000
"""Samples a second; what Whisper and Silero were trained on."""

LONGEST_S = 3600
"""Seconds a recording may last; an hour of samples takes 230 MB."""

FULL_SCALE = 32767.0
"""The loudest sample that 16 bits hold."""


@dataclass(frozen=True, eq=False)
class Audio:
    """A recording. ``samples`` are always one-dimensional, float32 and finite.

    ``note`` says in a plain sentence what was wrong with the file, if anything.
    A sample that is no number (damaged files hold such) counts as silence.
    """

    samples: Samples
    note: str = ""

    def __post_init__(self) -> None:
        samples = np.asarray(self.samples, dtype=np.float32).reshape(-1)
        if not np.isfinite(samples).all():
            samples = np.nan_to_num(samples, nan=0.0, posinf=0.0, neginf=0.0)
        object.__setattr__(self, "samples", samples)

    @property
    def duration_s(self) -> float:
        """Seconds from start to end."""
        return len(self.samples) / RATE


def pcm16(pcm: bytes, note: str = "") -> Audio:
    """Raw 16-bit little-endian mono PCM at 16 kHz, as the recorders write it. An odd last byte is left out."""
    whole = memoryview(pcm)[: len(pcm) - len(pcm) % 2]
    return Audio(np.frombuffer(whole, dtype="<i2").astype(np.float32) / (FULL_SCALE + 1), note)


def pcm_bytes(audio: Audio) -> bytes:
    """A recording as raw 16-bit little-endian mono PCM at 16 kHz: the way recordings are kept."""
    return (np.clip(audio.samples, -1.0, 1.0) * FULL_SCALE).round().astype("<i2").tobytes()


def wav_bytes(pcm: bytes, rate: int = RATE) -> bytes:
    """A WAV file around raw 16-bit little-endian mono PCM."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(pcm)
    return file.getvalue()


def read_audio(path: Path) -> Audio:
    """What can be heard in a file of any common sound or film format.

    A file that ends early or is damaged in places gives what is there, and a note.

    Raises:
        NotAudioError: the file is missing, empty, or holds no sound.
        SpeechError: the recording is longer than ``LONGEST_S``.
    """
    from coach.speech.decoding import decoded  # noqa: PLC0415 -- loads FFmpeg, so only once there is a file

    try:
        with path.open("rb") as file:
            if not file.read(1):
                raise NotAudioError("The file is empty. Record again, or choose another file.")
            file.seek(0)
            return decoded(file)
    except OSError:
        raise NotAudioError("The file cannot be opened. Check that it still exists and may be read.") from None
