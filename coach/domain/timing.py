"""When each sentence of what was said begins."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from coach.domain.answer import Transcript
from coach.domain.sentences import sentences

_WORD = re.compile(r"\S+")


def starts(transcript: Transcript) -> tuple[tuple[str, float], ...]:
    """Each sentence with the second it begins at; words are found in the text one after another."""
    at, places = 0, []
    for word in transcript.words:
        found = transcript.text.find(word.text.strip(), at)
        if found >= 0:
            places.append((found, word.start))
            at = found + len(word.text.strip())
    timed, last = [], 0.0
    for span in sentences(transcript.text):
        last = next((second for place, second in places if place >= span.start), last)
        timed.append((span.quote, last))
    return tuple(timed)


def starts_in(text: str, transcript: Transcript) -> tuple[float, ...]:
    """The second each sentence of ``text`` begins at, where that is the transcript as somebody corrected it.

    Words that both have tell the time; a sentence without any begins where the one before it does.
    """
    written = list(_WORD.finditer(text))
    matcher = SequenceMatcher(
        None, [_plain(one.group()) for one in written], [_plain(word.text) for word in transcript.words], autojunk=False
    )
    places = [
        (written[block.a + n].start(), transcript.words[block.b + n].start)
        for block in matcher.get_matching_blocks()
        for n in range(block.size)
    ]
    return tuple(_times([(span.start, span.end) for span in sentences(text)], places))


def _times(spans: Sequence[tuple[int, int]], places: Sequence[tuple[int, float]]) -> list[float]:
    found: list[float] = []
    for start, end in spans:
        before = found[-1] if found else 0.0
        found.append(next((second for place, second in places if start <= place < end), before))
    return found


def _plain(word: str) -> str:
    return "".join(letter for letter in word.casefold() if letter.isalnum())
