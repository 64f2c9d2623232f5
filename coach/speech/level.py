"""How loud and how clean a recording is, and what to do about it."""

from dataclasses import dataclass

import numpy as np

from coach.speech.audio import RATE, Samples
from coach.speech.stretches import FRAME, Speech, power

QUIET_DB = -42.0
"""Speech under this level (dB of full scale) is raised before it is heard, and said to be quiet."""

NOISY_DB = 12.0
"""Speech that stands out of the noise by less is hard to make out: hesitations go missing, then words."""

CLIPPED_SHARE = 0.001
"""Share of cut-off samples from which one hears it; a single loud consonant stays below."""

_FULL = 0.985
_RUN = 3  # samples in a row at full scale: a wave that was cut off, no wave that just reaches there


@dataclass(frozen=True)
class Level:
    """``speech_db`` and ``noise_db`` in dB of full scale, ``clipped`` as a share of the samples of speech."""

    speech_db: float
    noise_db: float
    clipped: float

    @property
    def note(self) -> str:
        """What the candidate should do next time, or nothing."""
        if self.clipped > CLIPPED_SHARE:
            return (
                "The recording was too loud, and its loudest parts are cut off. Move back, or turn the microphone down."
            )
        if self.speech_db < QUIET_DB:
            return "The recording is very quiet. Move closer to the microphone, or turn it up."
        if self.speech_db - self.noise_db < NOISY_DB:
            return (
                "There is a lot of noise in the recording, so words may be missing. A quieter room helps, or a headset."
            )
        return ""


def level(samples: Samples, speech: Speech) -> Level | None:
    """The level of a recording in which somebody speaks; None of one in which nobody does."""
    powers = power(samples)
    spoken = np.zeros(len(powers), bool)
    for start, end in speech:
        spoken[int(start * RATE) // FRAME : int(end * RATE) // FRAME] = True
    if not spoken.any():
        return None
    silent = powers[~spoken] if (~spoken).sum() >= _enough(0.5) else np.array([1e-12])
    return Level(
        speech_db=_db(float(np.percentile(powers[spoken], 80))),
        noise_db=_db(float(np.percentile(silent, 20))),
        clipped=_cut_off(samples) / (spoken.sum() * FRAME),
    )


def _enough(seconds: float) -> int:
    return int(seconds * RATE / FRAME)


def _db(power_: float) -> float:
    return float(10 * np.log10(power_ + 1e-12))


def _cut_off(samples: Samples) -> int:
    """Samples in runs of at least three at full scale."""
    full = np.abs(samples) >= _FULL
    if not full.any():
        return 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], full.view(np.int8), [0]])))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= _RUN].sum())
