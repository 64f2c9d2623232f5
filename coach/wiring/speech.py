"""The speech room as the pipeline wants it."""

from collections.abc import Callable
from pathlib import Path
from typing import Self

from coach.domain.answer import Hearing, Transcript
from coach.settings import Settings
from coach.speech import Endpoint, Live, Transcriber, pcm16, pcm_bytes, read_audio


class Speech:
    """The speech room as the pipeline wants it: PCM in, transcript out; by Whisper here, or by a server."""

    def __init__(
        self, model: str, hf_home: Path | None = None, endpoint: Endpoint | None = None, hot_words: str = ""
    ) -> None:
        self._transcriber = Transcriber(model, hf_home, hot_words)
        self._live = Live(self._transcriber)
        self._endpoint = endpoint

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """Who listens by these settings. Raises EndpointError for an address that is none."""
        key = settings.whisper_key.get_secret_value() if settings.whisper_key else ""
        endpoint = Endpoint(settings.whisper_url, settings.whisper_model, key) if settings.whisper_url else None
        return cls(settings.whisper_model, settings.hf_home, endpoint, settings.hot_words)

    def load(self) -> None:
        """Load the weights now. Raises WeightsError."""
        if not self._endpoint:
            self._transcriber.load()

    def transcribe(self, path: Path) -> Transcript:
        """The transcript of an audio file. Raises NotAudioError."""
        return (self._endpoint or self._transcriber).transcribe(read_audio(path))

    def hear_pcm(self, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """The transcript of 16 kHz mono 16-bit PCM."""
        return (self._endpoint or self._transcriber).transcribe(pcm16(pcm), on_progress)

    def feed(self, take: str, chunk: int, chunk_of: Callable[[int], bytes | None], *, last: bool = False) -> None:
        """Hear a chunk of a take that is being recorded. Never raises."""
        if not self._endpoint:
            self._live.feed(take, chunk, chunk_of, last=last)

    def so_far(self, take: str) -> Hearing | None:
        """How far a take is written down while it is recorded."""
        return self._live.so_far(take)

    def hear_take(self, take: str, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """The transcript of a take that may have been heard while it was recorded."""
        if self._endpoint:
            return self._endpoint.transcribe(pcm16(pcm), on_progress)
        return self._live.transcript(take, pcm, on_progress)

    def forget(self, take: str) -> None:
        """Stop hearing a take."""
        self._live.forget(take)

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        """An audio file as PCM, and what was wrong with it. Raises NotAudioError."""
        audio = read_audio(path)
        return pcm_bytes(audio), audio.note
