"""Cutting a recording at its pauses, and raising one that is too quiet."""

from dataclasses import dataclass

import numpy as np

from coach.speech.audio import RATE, Samples

LONGEST_S = 25.0
"""Seconds of a stretch. Whisper listens in windows of 30; with prompts, longer sound made it drop whole sentences."""

BEFORE_S, AFTER_S = 0.3, 0.4
"""Seconds of the pause around a stretch that stay with it, so that no first or last sound is cut off."""

QUIET_DB, LOUD_DB = -35.0, -20.0
"""A take is quiet if its 95th-percentile frame lies under the first; it is raised to the second (dB of full scale).

20 dB below normal, speech was taken for silence (68 % of words wrong); raised, 5 % were. Other takes are left alone.
"""

_FRAME = RATE // 50  # 20 ms
_MOST_GAIN_DB = 45.0  # beyond this there is nothing but the hiss of the microphone
_LOUDEST_DB = (
    -8.0
)  # where the loudest frames (the 99.5th percentile) may come to lie: a short answer in a long silence must not clip

Speech = tuple[tuple[float, float], ...]
"""Start and end, in seconds, of each run of speech; ascending."""


@dataclass(frozen=True)
class Stretch:
    """A part of a recording, cut at pauses: seconds from the start of the take, and the speech in it."""

    start: float
    end: float
    speech: Speech

    @property
    def speech_s(self) -> float:
        """Seconds in which somebody speaks."""
        return sum(end - start for start, end in self.speech)


def cut(speech: Speech, duration_s: float) -> tuple[Stretch, ...]:
    """Stretches of at most ``LONGEST_S`` of speech and pauses, cut at the longest pause of each second half."""
    groups: list[Speech] = []
    first = 0
    while first < len(speech):
        last = first
        while last + 1 < len(speech) and speech[last + 1][1] - speech[first][0] <= LONGEST_S:
            last += 1
        if last + 1 < len(speech):
            last = _longest_pause(speech, first, last)
        groups.append(speech[first : last + 1])
        first = last + 1
    return tuple(
        Stretch(
            start=max(0.0, group[0][0] - BEFORE_S, (groups[n - 1][-1][1] + group[0][0]) / 2 if n else 0.0),
            end=min(
                duration_s,
                group[-1][1] + AFTER_S,
                (group[-1][1] + groups[n + 1][0][0]) / 2 if n + 1 < len(groups) else duration_s,
            ),
            speech=group,
        )
        for n, group in enumerate(groups)
    )


def _longest_pause(speech: Speech, first: int, last: int) -> int:
    late = [n for n in range(first, last + 1) if speech[n][1] - speech[first][0] >= LONGEST_S / 2]
    return max(late, key=lambda n: speech[n + 1][0] - speech[n][1], default=last)


def audible(samples: Samples) -> Samples:
    """The same sound, raised to a usual level if it is quiet; otherwise the very same samples."""
    frames = len(samples) // _FRAME
    if not frames:
        return samples
    framed = samples[: frames * _FRAME].reshape(frames, _FRAME)
    power = np.einsum("ij,ij->i", framed, framed) / _FRAME  # without a second copy of an hour of sound
    usual, loudest = 10 * np.log10(np.percentile(power, (95, 99.5)) + 1e-12)
    if usual >= QUIET_DB:
        return samples
    gain_db = min(LOUD_DB - usual, _LOUDEST_DB - loudest, _MOST_GAIN_DB)
    if gain_db <= 0:
        return samples
    louder: Samples = samples * np.float32(10 ** (gain_db / 20))
    return louder.clip(-1, 1)
