"""Cutting a recording at its pauses, and raising one that is too quiet."""

import math
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from coach.speech.audio import RATE, Samples

LONGEST_S = 25.0
"""Seconds of a stretch. Whisper listens in windows of 30; with prompts, longer sound made it drop whole sentences."""

GOOD_CUTS = ((8.0, 0.6), (11.0, 0.4))
"""A stretch ends once it has so many seconds and a pause so long follows: soon enough for what comes next to be short."""

LONG_TAIL_S, LEAST_PART_S = 13.0, 6.0
"""Seconds of speech from which the end of a recording is heard in two parts at once, and which each part has at least.

In parts of four seconds, cut at a comma, Whisper said clauses twice: from 6 s on, one read word in nine was wrong (docs/speech.md).
"""

BEFORE_S, AFTER_S = 0.3, 0.4
"""Seconds of the pause around a stretch that stay with it, so that no first or last sound is cut off."""

QUIET_DB, LOUD_DB = -35.0, -20.0
"""A take is quiet if its 95th-percentile frame lies under the first; it is raised to the second (dB of full scale).

20 dB below normal, speech was taken for silence (68 % of words wrong); raised, 5 % were. Other takes are left alone.
"""

FRAME = RATE // 50
"""Samples in a frame of 20 ms."""

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
    """All stretches of a whole recording."""
    return _bounded(_groups(speech, math.inf), speech, duration_s)


def cut_so_far(speech: Speech, until_s: float) -> tuple[Stretch, ...]:
    """The stretches of a recording that goes on, as far as they are settled: more sound leaves them as they are.

    They are those that `cut` makes of the whole recording.
    """
    groups = _groups(speech, until_s)
    used = sum(map(len, groups))
    if groups and used == len(speech) and until_s - speech[-1][1] < 2 * AFTER_S:
        groups = groups[:-1]  # where the pause after it ends, and so the stretch, is not known yet
    return _bounded(groups, speech, until_s)


def halved(stretches: tuple[Stretch, ...], handed_over: int) -> tuple[Stretch, ...]:
    """The same, with the last one in two parts if it is all that is left to hear, and long: two are heard sooner than one.

    It is cut only at a pause at which any stretch might end, so that no sentence is torn.
    """
    if len(stretches) - handed_over != 1 or stretches[-1].speech_s < LONG_TAIL_S:
        return stretches
    last = stretches[-1]
    fair = [
        n
        for n, (run, following) in enumerate(pairwise(last.speech))
        if following[0] - run[1] >= GOOD_CUTS[-1][1]
        and min(run[1] - last.speech[0][0], last.speech[-1][1] - following[0]) >= LEAST_PART_S
    ]
    if not fair:
        return stretches
    n = max(fair, key=lambda n: last.speech[n + 1][0] - last.speech[n][1])
    cut_at = (last.speech[n][1] + last.speech[n + 1][0]) / 2
    return (
        *stretches[:-1],
        Stretch(last.start, min(last.speech[n][1] + AFTER_S, cut_at), last.speech[: n + 1]),
        Stretch(max(last.speech[n + 1][0] - BEFORE_S, cut_at), last.end, last.speech[n + 1 :]),
    )


def _groups(speech: Speech, until_s: float) -> list[Speech]:
    """Runs of speech that are heard together, up to the last cut that is certain."""
    groups: list[Speech] = []
    first = last = 0
    while last < len(speech):
        length = speech[last][1] - speech[first][0]
        pause = (speech[last + 1][0] if last + 1 < len(speech) else until_s) - speech[last][1]
        if any(length >= least and pause >= enough for least, enough in GOOD_CUTS) or pause == math.inf:
            groups.append(speech[first : last + 1])
            first = last = last + 1
        elif last + 1 < len(speech) and speech[last + 1][1] - speech[first][0] > LONGEST_S:
            last = _longest_pause(speech, first, last)
            groups.append(speech[first : last + 1])
            first = last = last + 1
        else:
            last += 1
    return groups


def _bounded(groups: list[Speech], speech: Speech, duration_s: float) -> tuple[Stretch, ...]:
    """The groups with half of the pauses around them."""
    bounds = []
    used = 0
    for group in groups:
        before = (speech[used - 1][1] + group[0][0]) / 2 if used else 0.0
        used += len(group)
        after = (group[-1][1] + speech[used][0]) / 2 if used < len(speech) else duration_s
        bounds.append((max(0.0, group[0][0] - BEFORE_S, before), min(group[-1][1] + AFTER_S, after, duration_s)))
    return tuple(Stretch(start, end, group) for (start, end), group in zip(bounds, groups, strict=True))


def _longest_pause(speech: Speech, first: int, last: int) -> int:
    late = [n for n in range(first, last + 1) if speech[n][1] - speech[first][0] >= LONGEST_S / 2]
    return max(late, key=lambda n: speech[n + 1][0] - speech[n][1], default=last)


def audible(samples: Samples) -> Samples:
    """The same sound, raised to a usual level if it is quiet; otherwise the very same samples."""
    return raised(samples, gain_db(power(samples)))


def power(samples: Samples) -> Samples:
    """The power of each whole frame of 20 ms, without a second copy of an hour of sound."""
    framed = samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)
    found: Samples = np.einsum("ij,ij->i", framed, framed) / FRAME
    return found


def gain_db(powers: Samples) -> float:
    """By how much sound with frames of such power is to be raised; 0 where it isn't quiet."""
    if not len(powers):
        return 0.0
    usual, loudest = 10 * np.log10(np.percentile(powers, (95, 99.5)) + 1e-12)
    if usual >= QUIET_DB:
        return 0.0
    return max(0.0, float(min(LOUD_DB - usual, _LOUDEST_DB - loudest, _MOST_GAIN_DB)))


def raised(samples: Samples, gain: float) -> Samples:
    """The sound, louder by so many decibels and never beyond full scale."""
    if gain <= 0:
        return samples
    louder: Samples = samples * np.float32(10 ** (gain / 20))
    return louder.clip(-1, 1)
