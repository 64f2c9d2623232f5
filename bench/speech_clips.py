"""Clips with known words, and a long answer made of them."""

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from coach.speech.audio import Audio, read_audio

LONG_S = 120.0
SPOKEN = (
    "In my last position I was a case manager at a community clinic. Um, one client came home from the hospital after a fall. "
    "The plan had denied her home aide, and uh, she was afraid of losing her flat. I asked her what mattered most to her. "
    "With her permission I called the plan, and I sent the letter from her doctor. Then I met the nurse and the housing worker. "
)


@dataclass(frozen=True)
class Clip:
    """A recording with the words and, where known, the pauses in it."""

    path: str
    text: str
    pauses: tuple[tuple[float, float], ...]
    audio: Audio

    @classmethod
    def of(cls, folder: Path, entry: dict[str, object]) -> "Clip":
        """The clip of one line of the index."""
        return cls(
            path=str(entry["path"]),
            text=str(entry["text"]),
            pauses=tuple((float(start), float(end)) for start, end in entry.get("pauses", ())),
            audio=read_audio(folder / str(entry["path"])),
        )

    @property
    def kind(self) -> str:
        """Read aloud, spontaneous or synthetic, by the name."""
        return {"mfa": "spontaneous", "tts": "synthetic"}.get(self.path.partition("_")[0], "read")


def long_answer(clips: list[Clip]) -> Clip:
    """The first clip of two minutes and more, or one spoken by espeak-ng."""
    found = next((clip for clip in clips if clip.audio.duration_s >= LONG_S), None)
    if found:
        return found
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "spoken.wav"
        text = SPOKEN * 6
        subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", path, text], check=True)
        return Clip(path="espeak", text=text, pauses=(), audio=read_audio(path))
