"""Recordings into transcripts: the pieces of a room that hears."""

import logging
from collections.abc import Callable, Iterable
from pathlib import Path

from coach.domain.answer import Transcript, Word
from coach.speech import gate
from coach.speech.audio import Audio
from coach.speech.delivery import measure
from coach.speech.engine import PROMPT, WORKERS, Engine
from coach.speech.level import level
from coach.speech.listening import Found, Listening
from coach.speech.turns import Turns

LANGUAGES = {
    "ar": "Arabic",
    "de": "German",
    "es": "Spanish",
    "fr": "French",
    "hi": "Hindi",
    "ht": "Haitian Creole",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "so": "Somali",
    "tl": "Tagalog",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
}
"""What is spoken most, besides English, where case managers work; any other is "another language"."""

_SURE, _SURE_BESIDE_WORDS = 0.5, 0.7
"""How sure Whisper must be of another language where the words are unlikely, and where they look like English."""

_log = logging.getLogger(__name__)


class Transcriber:
    """Whisper on this computer. Weights are loaded at first use, once; one Transcriber serves all threads and speakers.

    ``model`` is a bundled name, a folder with CTranslate2 weights, or a hub name; ``hf_home`` is where
    downloads are kept; ``hot_words`` are expected to be said.
    """

    def __init__(self, model: str, hf_home: Path | None = None, hot_words: str = "") -> None:
        self._engine = Engine(model, hf_home, hot_words)
        self._turns = Turns(WORKERS)

    @property
    def name(self) -> str:
        """The model's name, as transcripts carry it."""
        return self._engine.name

    def load(self) -> None:
        """Load the weights now, so that the first answer needn't wait. Raises WeightsError."""
        self._engine.whisper()

    def listen(self) -> Listening:
        """Listen to a recording from its first second on."""
        return Listening(self._engine.hear, self._engine.language, self._turns)

    def transcribe(
        self, audio: Audio, on_progress: Callable[[float], object] | None = None, listening: Listening | None = None
    ) -> Transcript:
        """What is said in a recording, with times and probabilities. No words are given where nothing was said.

        ``on_progress`` is called in this thread with the share (0-1) of speech that is done, last with 1. ``listening``
        is what was heard of this very recording while it was made; without it, or if that was not well heard, all is heard now.

        Raises:
            WeightsError: the model is missing, damaged, or cannot be downloaded.
        """
        tell = on_progress or _ignore
        if listening is None:
            listening = self.listen()
        found = listening.found(audio.samples, tell)
        if not listening.is_of(audio.samples):
            found = self.listen().found(audio.samples, tell)
        return self._written(audio, found)

    def _written(self, audio: Audio, found: Found) -> Transcript:
        speech_s = sum(end - start for start, end in found.speech)
        words = _ascending(
            word for segment in gate.believable(found.segments, found.speech, PROMPT) for word in segment.words
        )
        loudness = level(audio.samples, found.speech)
        notes = (
            audio.note,
            gate.note(words, found.lost_s, speech_s),
            loudness.note if loudness and words else "",
            _language(found, words),
        )
        _log.info(
            "transcribed %.0f s with %.0f s of speech by %s: %d words",
            audio.duration_s,
            speech_s,
            self.name,
            len(words),
        )
        return Transcript(
            text=" ".join(word.text for word in words),
            words=words,
            duration_s=audio.duration_s,
            speech_s=speech_s,
            model=self.name,
            note=" ".join(note for note in notes if note),
            delivery=measure(words, found.speech, audio.samples),
        )


def _language(found: Found, words: tuple[Word, ...]) -> str:
    """Says so where another language was spoken. Made to write English, Whisper may have translated it, into words it is sure of."""
    code, sure = found.language
    if code == "en" or sure < (_SURE if gate.unsure(words, found.lost_s) else _SURE_BESIDE_WORDS):
        return ""
    return (
        f"This sounds like {LANGUAGES.get(code, 'another language')}. Only English can be written down and rated here."
    )


def _ignore(_share: float) -> None:
    return


def _ascending(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words, none starting before the one before it: at a cut, Whisper's times may overlap by hundredths."""
    ordered: list[Word] = []
    for word in words:
        start = max(word.start, ordered[-1].start if ordered else 0.0)
        ordered.append(word.model_copy(update={"start": start, "end": max(start, word.end)}))
    return tuple(ordered)
