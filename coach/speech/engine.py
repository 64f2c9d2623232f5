"""The one door to faster-whisper: its weights, loaded once, and the words of a stretch of sound."""

import logging
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.domain.answer import Word
from coach.errors import WeightsError
from coach.speech import gate
from coach.speech.audio import Samples
from coach.speech.hesitations import with_hesitations
from coach.speech.stretches import Stretch
from coach.speech.weights import BUNDLED, check_folder

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

PROMPT = "Uh, right. Um, so, hmm, you know, that is, like, uh, how it went."
"""Shows Whisper that hesitations are written down; without it, it leaves out nearly all of them."""

WORKERS = 2
"""Stretches heard at once, one thread each: faster on two cores than one stretch on two threads."""

_BEAM = 5
_NO_WORD_S = 0.3  # seconds of speech in which there is no room for one more word
_DRAW_NO_LOTS = (
    0.0  # a temperature: the same sound always gives the same words; what is repetitive or unlikely is heard again
)
_TOKENS_A_SECOND = 10  # the fastest speakers need about eight; what goes on beyond that is a loop, and costs a minute on a slow machine
_FEWEST_TOKENS, _MOST_TOKENS = 20, 220  # beside the prompt, Whisper has room for 448
_log = logging.getLogger(__name__)


class Engine:
    """Whisper with some weights, loaded at first use, once, and shared by all threads.

    ``model`` is a bundled name, a folder with CTranslate2 weights, or a hub name; ``hf_home`` is where downloads are kept.
    """

    def __init__(self, model: str, hf_home: Path | None = None, hot_words: str = "") -> None:
        self._model = model
        self._hot_words = hot_words
        self._hf_home = hf_home
        self._lock = threading.Lock()
        self._loaded: WhisperModel | None = None

    @property
    def name(self) -> str:
        """The model's name, as transcripts carry it; of a folder only the last part."""
        return (
            self._model
            if self._model in BUNDLED or not Path(self._model).is_dir()
            else Path(self._model).resolve().name
        )

    def whisper(self) -> "WhisperModel":
        """The loaded model. Raises WeightsError."""
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._model, self._hf_home)
            return self._loaded

    def hear(self, sound: Samples, stretch: Stretch) -> tuple[gate.Segment, ...]:
        """The words of one stretch, with the prompt for hesitations; again without it where that lost words or doubled them.

        Raises WeightsError.
        """
        written = self._run(sound, stretch, PROMPT)
        heard = gate.believable(written, stretch.speech, PROMPT)
        if len(heard) < len(written) or gate.doubtful(heard, stretch):
            again = gate.believable(self._run(sound, stretch, None), stretch.speech)
            if gate.better(again, heard):
                return with_hesitations(again, heard)
        return heard

    def language(self, sound: Samples) -> tuple[str, float]:
        """The language, as Whisper's two letters, and how sure it is; English where it knows no other."""
        whisper = self.whisper()
        if not whisper.model.is_multilingual:
            return "en", 0.0
        code, sure, _ = whisper.detect_language(sound)
        return str(code), float(sure)

    def _run(self, sound: Samples, stretch: Stretch, prompt: str | None) -> tuple[gate.Segment, ...]:
        found, _ = self.whisper().transcribe(
            sound,
            language="en",
            beam_size=_BEAM,
            temperature=_DRAW_NO_LOTS,
            condition_on_previous_text=False,
            initial_prompt=prompt,
            hotwords=self._hot_words or None,
            word_timestamps=True,
            max_new_tokens=min(_FEWEST_TOKENS + int(_TOKENS_A_SECOND * (stretch.end - stretch.start)), _MOST_TOKENS),
        )
        segments: list[gate.Segment] = []
        for segment in found:
            segments.append(
                gate.Segment(
                    text=segment.text.strip(),
                    start=stretch.start + float(segment.start),
                    end=stretch.start + float(segment.end),
                    words=_words(segment.words or [], stretch.start),
                    no_speech=segment.no_speech_prob,
                    logprob=segment.avg_logprob,
                    compression=segment.compression_ratio,
                )
            )
            # Asked for more, Whisper would listen to the silence that is left: slow, and where words are invented.
            if segments[-1].end > stretch.speech[-1][1] - _NO_WORD_S:
                break
        return tuple(segments)


def _words(tokens: list[Any], offset: float) -> tuple[Word, ...]:
    """Words as one writes them: what comes without a space before it (the ``-two`` of ``forty-two``) is joined on."""
    words: list[Word] = []
    for token in tokens:
        text, start, end = token.word.strip(), offset + float(token.start), offset + float(token.end)
        sure = min(1.0, max(0.0, float(token.probability)))
        if words and not token.word.startswith(" "):
            before = words.pop()
            words.append(
                Word(text=before.text + text, start=before.start, end=end, probability=min(before.probability, sure))
            )
        elif text:
            words.append(Word(text=text, start=start, end=end, probability=sure))
    return tuple(words)


def device() -> str:
    """``cuda`` where CTranslate2 sees a graphics card it can use, otherwise ``cpu``."""
    import ctranslate2  # noqa: PLC0415 -- heavy, so only once there is sound

    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def _load(model: str, hf_home: Path | None) -> "WhisperModel":
    """The weights in memory, on the graphics card if that works, otherwise on the processor."""
    where: str | Path = model if model in BUNDLED else check_folder(_folder(model, hf_home))
    if device() == "cuda":
        try:
            return _open(where, device="cuda", compute_type="int8_float16")
        except WeightsError as error:  # a card without its libraries, or without the memory
            _log.warning("the graphics card cannot be used, so the processor listens: %s", error)
    return _open(where, device="cpu", compute_type="int8", cpu_threads=1)


def _open(where: str | Path, **options: Any) -> "WhisperModel":
    from coach.speech.short import ShortWhisper  # noqa: PLC0415 -- heavy, so only once there is sound

    try:
        if isinstance(where, str):  # the name goes with a suffix, so that no folder called like it is looked into
            return ShortWhisper(f"{where}:bundled", files=BUNDLED[where].load(), num_workers=WORKERS, **options)
        return ShortWhisper(str(where), num_workers=WORKERS, **options)
    except (RuntimeError, ValueError) as error:
        raise WeightsError(f"The speech model cannot be loaded: {type(error).__name__}. {_bundled_names()}") from None


def _folder(model: str, hf_home: Path | None) -> Path:
    """The folder of a model: itself, or a hub model's, fetched unless it is there already."""
    if Path(model).is_dir():
        return Path(model)
    from faster_whisper.utils import download_model  # noqa: PLC0415 -- heavy, so only once there is sound

    cache = str(hf_home / "hub") if hf_home else None
    try:
        return Path(download_model(model, local_files_only=True, cache_dir=cache))
    except (OSError, ValueError):
        _log.info("speech model not on this computer; asking the hub")
    try:
        return Path(download_model(model, cache_dir=cache))
    except ValueError:
        raise WeightsError(f"There is no speech model called {model!r}. {_bundled_names()}") from None
    except OSError:
        raise WeightsError(
            f"The speech model {model!r} is not on this computer and could not be downloaded. {_bundled_names()}"
        ) from None


def _bundled_names() -> str:
    return f"Set one of those that need no download: {', '.join(BUNDLED)}."
