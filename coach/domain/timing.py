"""When each sentence of a transcript begins."""

from coach.domain.answer import Transcript
from coach.domain.sentences import sentences


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
