import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import av
import pytest
from speech_sound import ANSWER, Say

from coach.speech.audio import RATE, Audio, read_audio
from coach.speech.whisper import Transcriber


@pytest.fixture(scope="session", autouse=True)
def tools() -> None:
    for tool in ("espeak-ng", "sox"):
        if shutil.which(tool) is None:
            pytest.fail(
                f"The speech tests make their sound with {tool}. Install it: apt install espeak-ng sox", pytrace=False
            )


@pytest.fixture(scope="session")
def say(tmp_path_factory: pytest.TempPathFactory) -> Say:
    """A WAV file of ``text`` spoken by espeak-ng, then changed by ``effects`` of sox."""

    def make(text: str, *effects: str) -> Path:
        folder = tmp_path_factory.mktemp("said")
        spoken, changed = folder / "spoken.wav", folder / "changed.wav"
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", spoken, text], check=True, timeout=60)
        subprocess.run(["sox", spoken, "-r", str(RATE), changed, *effects], check=True, timeout=60)
        return changed

    return make


@pytest.fixture(scope="session")
def say_in(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """A WAV file of a text spoken by a voice of espeak-ng, such as ``es``."""

    def make(voice: str, text: str) -> Path:
        spoken = tmp_path_factory.mktemp("said") / "spoken.wav"
        subprocess.run(["espeak-ng", "-v", voice, "-s", "150", "-w", spoken, text], check=True, timeout=60)
        return spoken

    return make


@pytest.fixture(scope="session")
def synth(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Audio]:
    """Sound made by sox from nothing."""

    def make(*effects: str) -> Audio:
        path = tmp_path_factory.mktemp("synth") / "sound.wav"
        subprocess.run(["sox", "-n", "-r", str(RATE), "-c", "1", path, *effects], check=True, timeout=60)
        return read_audio(path)

    return make


@pytest.fixture(scope="session")
def answer(say: Say) -> Path:
    return say(ANSWER)


@pytest.fixture(scope="session")
def encoded(answer: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """The answer in another format, under a name that may lie."""

    def make(container: str, codec: str, name: str, rate: int = 48_000) -> Path:
        path = tmp_path_factory.mktemp("encoded") / name
        with av.open(answer, mode="r") as source, av.open(path, mode="w", format=container) as target:
            stream = target.add_stream(codec, rate=rate)
            assert isinstance(stream, av.AudioStream)
            resampler = av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=rate)
            for frame in source.decode(audio=0):
                for part in resampler.resample(frame):
                    target.mux(stream.encode(part))
            target.mux(stream.encode(None))
        return path

    return make


@pytest.fixture(scope="session")
def tiny() -> Transcriber:
    return Transcriber("tiny.en")
