"""Other programs with Whisper's weights, where they are installed: side by side in one run."""

import importlib.util
import time

from bench.speech_clips import Clip
from bench.speech_words import wer, words


def peers(clips: list[Clip]) -> None:
    """Word errors and time of each peer that can be had here."""
    for name, hear in (("whisper", _openai), ("pywhispercpp", _cpp)):
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not installed")
            continue
        try:
            began = time.process_time()
            pairs = [(words(clip.text), words(hear(clip))) for clip in clips]
        except (OSError, RuntimeError, ValueError) as error:
            print(f"{name}: its weights cannot be had here ({type(error).__name__})")
            continue
        print(f"{name}: WER {wer(pairs):.1f}, {time.process_time() - began:.0f} s of processor time")


def _openai(clip: Clip) -> str:
    import whisper  # noqa: PLC0415  # only where it is installed

    return str(whisper.load_model("base").transcribe(clip.audio.samples, language="en", beam_size=5)["text"])


def _cpp(clip: Clip) -> str:
    from pywhispercpp.model import Model  # noqa: PLC0415  # only where it is installed

    return " ".join(part.text for part in Model("base").transcribe(clip.audio.samples))
