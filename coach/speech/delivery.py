"""Delivery measured: time from the signal, words from the transcript."""

from itertools import pairwise

import numpy as np

from coach.domain.answer import Word
from coach.domain.delivery import Delivery, Moment, Pace
from coach.domain.fillers import is_filler
from coach.speech.audio import RATE, Samples
from coach.speech.habits import hedges, repetitions
from coach.speech.stretches import FRAME, Speech, power

LEAST_PAUSE_S = 0.3
"""Seconds of silence that count as a pause; shorter ones belong to speaking itself."""

_PART_S = 30.0  # the pace is given for parts about so long
_WINDOW = RATE // 2 // FRAME  # loudness is compared between half seconds: about two words


def measure(words: tuple[Word, ...], speech: Speech, samples: Samples, *, verbatim: bool = True) -> Delivery | None:
    """Everything that is measured of a recording in which somebody speaks; None of one in which nobody does.

    ``verbatim``: whoever wrote the words down keeps hesitations.
    """
    if not speech or not words:
        return None
    first, last = speech[0][0], speech[-1][1]
    gaps = [Moment(start=a[1], end=b[0]) for a, b in pairwise(speech)]
    said = tuple(word for word in words if not is_filler(word.text))
    return Delivery(
        duration_s=len(samples) / RATE,
        words_a_minute=_a_minute(len(said), last - first),
        pace=_pace(said, first, last),
        first_word_s=first,
        last_word_s=last,
        pauses=tuple(gap for gap in gaps if gap.seconds >= LEAST_PAUSE_S),
        silence_share=min(1.0, sum(gap.seconds for gap in gaps) / max(last - first, 0.1)),
        fillers=tuple(
            Moment(start=word.start, end=word.end, words=word.text) for word in words if is_filler(word.text)
        ),
        verbatim=verbatim,
        repetitions=repetitions(said),
        hedges=hedges(said),
        loudness_spread_db=_spread_db(samples, speech),
    )


def _a_minute(words: int, seconds: float) -> float:
    return 60 * words / max(seconds, 1.0)


def _pace(words: tuple[Word, ...], first: float, last: float) -> tuple[Pace, ...]:
    """Parts of equal length, as near to half a minute as they can be."""
    parts = max(1, round((last - first) / _PART_S))
    length = (last - first) / parts
    counts = [0] * parts
    for word in words:
        counts[min(parts - 1, max(0, int((word.start - first) / max(length, 0.1))))] += 1
    return tuple(
        Pace(start=first + n * length, words_a_minute=_a_minute(count, length)) for n, count in enumerate(counts)
    )


def _spread_db(samples: Samples, speech: Speech) -> float:
    """Decibels between the softer and the louder tenth of the half seconds in which somebody speaks."""
    powers = power(samples)
    spoken = np.concatenate([powers[int(start * RATE) // FRAME : int(end * RATE) // FRAME] for start, end in speech])
    windows = len(spoken) // _WINDOW
    if windows < 2:  # noqa: PLR2004 -- one half second has no spread
        return 0.0
    loudness = 10 * np.log10(spoken[: windows * _WINDOW].reshape(windows, _WINDOW).mean(axis=1) + 1e-10)
    soft, loud = np.percentile(loudness, (10, 90))
    return float(loud - soft)
