"""A story told aloud against the story as it is written: how long it took, how fast, and what was left out by meaning."""

from itertools import pairwise

import numpy as np

from coach.checks.fluent import fluent
from coach.domain.answer import Transcript
from coach.domain.sentences import sentences
from coach.domain.story import LONGEST_S, SHORTEST_S, StoryPart, StoryText
from coach.domain.value import Value
from coach.prepare.stories.likeness import vector

SAID = 0.5
"""Likeness to something said, from which a sentence of the story may count as told."""

_NEARLY = (
    0.15  # and it must come this near to the sentence that was meant most: those of one story are all somewhat alike
)


class LeftOut(Value):
    """A sentence of the story that nothing said was like, and the part it stands in."""

    part: StoryPart
    sentence: str


class Told(Value):
    """What is known of one telling. ``words_a_minute`` is None where nothing was measured."""

    seconds: float
    words_a_minute: float | None
    sentences: int
    left_out: tuple[LeftOut, ...]

    @property
    def length(self) -> str:
        """What the time means, in a sentence."""
        if self.seconds < SHORTEST_S:
            return f"{SHORTEST_S - self.seconds:.0f} seconds under a minute: there is room for more of what you did and what came of it."
        if self.seconds <= LONGEST_S:
            return "Between 60 and 90 seconds: just right."
        return f"{self.seconds - LONGEST_S:.0f} seconds over a minute and a half: shorten the scene first, never the result."


def told(text: StoryText, said: str, transcript: Transcript) -> Told:
    """Compare what was said with the story it was to tell."""
    delivery = transcript.delivery
    written = [(part, span.quote) for part in text.written for span in sentences(text.of(part))]
    heard = _heard([one for _, one in written], [span.quote for span in sentences(said)])
    return Told(
        seconds=delivery.spoken_s if delivery else transcript.duration_s,
        words_a_minute=delivery.words_a_minute if delivery else None,
        sentences=len(written),
        left_out=tuple(
            LeftOut(part=part, sentence=one) for (part, one), was in zip(written, heard, strict=True) if not was
        ),
    )


def _heard(written: list[str], said: list[str]) -> list[bool]:
    """For each sentence of the story whether it was told: in one sentence that was said, or in two that follow one another."""
    pieces = [*said, *(f"{one} {other}" for one, other in pairwise(said))]
    if not pieces or not written:
        return [False] * len(written)
    meant, heard = (np.array([vector(fluent(one)) for one in some]) for some in (written, pieces))
    likeness = meant @ heard.T
    return list(((likeness >= SAID) & (likeness >= likeness.max(axis=0) - _NEARLY)).any(axis=1))
