"""Whisper that listens to as much as there is.

Whisper always listens to half a minute: what is shorter, it fills up with silence, and spends most of its time on that. Two seconds
of silence after the sound are enough; this takes a third less time for a stretch of 15 seconds, and is as right (docs/speech.md).
"""

import numpy as np
import numpy.typing as npt
from ctranslate2 import StorageView
from faster_whisper import WhisperModel

SILENCE_AFTER, LEAST = 200, 1000
"""Frames of 10 ms: the silence that is left after the sound, and the shortest of all; with 500, clauses of four seconds were written twice."""


class ShortWhisper(WhisperModel):  # type: ignore[misc]  # the library has no types
    """The same model, without the silence that others fill up with."""

    def encode(self, features: npt.NDArray[np.float32]) -> StorageView:
        """The sound as the decoder wants it."""
        return super().encode(without_padding(features))


def without_padding(features: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The frames up to the last that isn't filled up, and a little silence."""
    filled = np.flatnonzero(features.any(axis=0))
    needed = max(LEAST, (int(filled[-1]) + 1 if len(filled) else 0) + SILENCE_AFTER)
    return np.ascontiguousarray(features[:, : needed + needed % 2])
