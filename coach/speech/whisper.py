"""The one door to faster-whisper: finding speech, and turning it into words."""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coach.domain.answer import Transcript, Word
from coach.errors import WeightsError
from coach.speech import gate
from coach.speech.audio import RATE, Audio, Samples
from coach.speech.stretches import LONGEST_S, Speech, Stretch, audible, cut
from coach.speech.weights import BUNDLED, check_folder

if TYPE_CHECKING:
    from faster_whisper import WhisperModel

PROMPT = "Uh, right. Um, so, hmm, you know, that is, like, uh, how it went."
"""Shows Whisper that hesitations are written down; without it, it leaves out nearly all of them."""

WORKERS = 2
"""Stretches heard at once, one thread each: faster on two cores than one stretch on two threads."""

_BLOCK = 300 * RATE  # Silero's memory grows with what it is given; five minutes at a time keep an hour under control
_BEAM = 5
_NO_WORD_S = 0.3  # seconds of speech in which there is no room for one more word
_TEMPERATURES = (0.0, 0.4, 0.8)  # tried in turn where the words are repetitive or unlikely
_log = logging.getLogger(__name__)


def find_speech(samples: Samples) -> Speech:
    """Where somebody speaks, by Silero; a pause is 0.2 s or longer (found within .02 s of where it is)."""
    from faster_whisper.vad import VadOptions, get_speech_timestamps  # noqa: PLC0415 -- heavy, so only once there is sound

    options = VadOptions(
        min_silence_duration_ms=200, speech_pad_ms=0, min_speech_duration_ms=100, max_speech_duration_s=LONGEST_S
    )
    return tuple(
        ((first + run["start"]) / RATE, (first + run["end"]) / RATE)
        for first in range(0, len(samples), _BLOCK)
        for run in get_speech_timestamps(samples[first : first + _BLOCK], options)
    )


class Transcriber:
    """Whisper on this computer. Weights are loaded at first use, once; one Transcriber serves all threads.

    ``model`` is a bundled name, a folder with CTranslate2 weights, or a hub name; ``hf_home`` is where
    downloads are kept.
    """

    def __init__(self, model: str, hf_home: Path | None = None) -> None:
        self._model = model
        self._hf_home = hf_home
        self._lock = threading.Lock()
        self._engine: WhisperModel | None = None

    @property
    def name(self) -> str:
        """The model's name, as transcripts carry it; of a folder only the last part."""
        return (
            self._model
            if self._model in BUNDLED or not Path(self._model).is_dir()
            else Path(self._model).resolve().name
        )

    def load(self) -> None:
        """Load the weights now, so that the first answer needn't wait. Raises WeightsError."""
        self._loaded()

    def transcribe(self, audio: Audio, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """What is said in a recording, with times and probabilities. No words are given where nothing was said.

        ``on_progress`` is called in this thread with the share (0-1) of speech that is done, last with 1.

        Raises:
            WeightsError: the model is missing, damaged, or cannot be downloaded.
        """
        samples = audible(audio.samples)
        speech = find_speech(samples)
        speech_s = sum(end - start for start, end in speech)
        segments: tuple[gate.Segment, ...] = ()
        lost_s = 0.0
        if speech_s >= gate.LEAST_SPEECH_S:
            stretches = cut(speech, audio.duration_s)
            heard = self._hear_all(samples, stretches, on_progress or _ignore)
            lost_s = sum(stretch.speech_s for stretch, found in zip(stretches, heard, strict=True) if not found)
            segments = gate.believable(tuple(chain.from_iterable(heard)), speech, PROMPT)
        elif on_progress:
            on_progress(1.0)
        words = _ascending(word for segment in segments for word in segment.words)
        notes = (audio.note, gate.note(words, lost_s))
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
        )

    def _hear_all(
        self, samples: Samples, stretches: tuple[Stretch, ...], on_progress: Callable[[float], object]
    ) -> list[tuple[gate.Segment, ...]]:
        engine = self._loaded()
        total = sum(stretch.speech_s for stretch in stretches)
        done = 0.0
        pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="whisper")
        try:
            jobs = {pool.submit(_hear, engine, samples, stretch): stretch for stretch in stretches}
            for job in as_completed(jobs):
                job.result()
                done += jobs[job].speech_s
                on_progress(min(1.0, done / total))
            return [job.result() for job in jobs]
        finally:
            pool.shutdown(cancel_futures=True)

    def _loaded(self) -> "WhisperModel":
        with self._lock:
            if self._engine is None:
                self._engine = _load(self._model, self._hf_home)
            return self._engine


def _ignore(_share: float) -> None:
    return


def _load(model: str, hf_home: Path | None) -> "WhisperModel":
    from faster_whisper import WhisperModel  # noqa: PLC0415 -- heavy, so only once there is sound

    options: dict[str, Any] = {"device": "cpu", "compute_type": "int8", "cpu_threads": 1, "num_workers": WORKERS}
    if model in BUNDLED:
        # The name goes with a suffix, so that no folder called like it is looked into.
        return WhisperModel(f"{model}:bundled", files=BUNDLED[model].load(), **options)
    folder = check_folder(Path(model) if Path(model).is_dir() else _downloaded(model, hf_home))
    try:
        return WhisperModel(str(folder), **options)
    except (RuntimeError, ValueError) as error:
        raise WeightsError(f"The speech model cannot be loaded: {type(error).__name__}. {_bundled_names()}") from None


def _downloaded(model: str, hf_home: Path | None) -> Path:
    """The folder of a hub model, fetched unless it is there already."""
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


def _hear(engine: "WhisperModel", samples: Samples, stretch: Stretch) -> tuple[gate.Segment, ...]:
    """One stretch, with the prompt for hesitations; again without it where that lost words."""
    heard = gate.believable(_run(engine, samples, stretch, PROMPT), stretch.speech, PROMPT)
    if gate.doubtful(heard, stretch):
        again = gate.believable(_run(engine, samples, stretch, None), stretch.speech)
        if gate.content(again) > gate.content(heard) + 1:
            return again
    return heard


def _run(engine: "WhisperModel", samples: Samples, stretch: Stretch, prompt: str | None) -> tuple[gate.Segment, ...]:
    found, _ = engine.transcribe(
        samples[int(stretch.start * RATE) : int(stretch.end * RATE)],
        language="en",
        beam_size=_BEAM,
        temperature=_TEMPERATURES,
        condition_on_previous_text=False,
        initial_prompt=prompt,
        word_timestamps=True,
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


def _ascending(words: Any) -> tuple[Word, ...]:
    """The words, none starting before the one before it: at a cut, Whisper's times may overlap by hundredths."""
    ordered: list[Word] = []
    for word in words:
        start = max(word.start, ordered[-1].start if ordered else 0.0)
        ordered.append(word.model_copy(update={"start": start, "end": max(start, word.end)}))
    return tuple(ordered)
