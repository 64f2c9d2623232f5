"""Hesitations of one hearing taken over into another: heard again without the prompt, Whisper leaves them out."""

from dataclasses import replace

from coach.domain.answer import Word
from coach.domain.fillers import is_filler
from coach.speech.gate import Segment

_SAME_S = 0.5  # a hesitation within so many seconds of one that stands there already is the same


def with_hesitations(again: tuple[Segment, ...], first: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """The segments of ``again``, with each "um" and "uh" of ``first`` that is missing in them put in at its time."""
    segments = list(again)
    for um in (word for segment in first for word in segment.words if is_filler(word.text)):
        there = (word for segment in segments for word in segment.words if is_filler(word.text))
        if segments and not any(abs(word.start - um.start) < _SAME_S for word in there):
            at = max((n for n, segment in enumerate(segments) if segment.start <= um.start), default=0)
            segments[at] = _with(segments[at], um)
    return tuple(segments)


def _with(segment: Segment, um: Word) -> Segment:
    place = sum(word.start <= um.start for word in segment.words)
    words = (*segment.words[:place], um, *segment.words[place:])
    return replace(
        segment,
        text=" ".join(word.text for word in words),
        words=words,
        start=min(segment.start, um.start),
        end=max(segment.end, um.end),
    )
