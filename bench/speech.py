"""Word error rate and time of the speech room, over a folder of clips with known words.

    python bench/speech.py CLIPS_DIR [--model base|tiny.en]

The folder holds sound files and an ``index.json``: a list of objects with ``path`` and ``text``. A path starting with
``mfa_`` is spontaneous speech, one with ``tts_`` is synthetic, everything else is read aloud. The reference is plain
faster-whisper on the same weights, int8, beam 5, all else at its defaults; each clip is heard by both before the next
one, so that both meet the same load. Besides the clock, processor time is compared, which other programs disturb less.
"""

import argparse
import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path

import jiwer
from faster_whisper import WhisperModel

from coach.errors import CoachError
from coach.speech.audio import Audio, read_audio
from coach.domain.fillers import FILLERS
from coach.speech.weights import BUNDLED
from coach.speech.whisper import Transcriber

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
YEARS = range(1100, 2000)
SPELLINGS = {"alright": "all right", "okay": "ok", "y'know": "you know", "mrs": "missus", "mr": "mister"}
KINDS = ("read", "spontaneous", "synthetic")


def spoken(value: int) -> str:
    """A number as one says it; 1100 to 1999 as years, in pairs."""
    if value < len(ONES):
        return ONES[value]
    if value in YEARS:
        return f"{spoken(value // 100)} {spoken(value % 100) if value % 100 else 'hundred'}"
    for size, name in SCALES:
        if value >= size:
            rest = f" {spoken(value % size)}" if value % size else ""
            return f"{spoken(value // size)} {name}{rest}"
    return f"{TENS[value // 10]} {ONES[value % 10]}" if value % 10 else TENS[value // 10]


def words(text: str) -> list[str]:
    """Words to compare: lower case, no punctuation, numbers in words, one spelling for each."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower().replace("\u2019", "'"))
    text = re.sub(r"\d+", lambda found: f" {spoken(int(found[0]))} ", text.replace("%", " percent "))
    tokens = re.findall(r"[a-z]+(?:'[a-z]+)*", text)
    return " ".join(SPELLINGS.get(token, token) for token in tokens).split()


def without_fillers(tokens: list[str]) -> str:
    """What word error rates are counted on."""
    return " ".join(token for token in tokens if token not in FILLERS)


def fillers(tokens: list[str]) -> int:
    """How many hesitations were written down."""
    return sum(token in FILLERS for token in tokens)


def kind(path: str) -> str:
    """Read aloud, spontaneous or synthetic, by the name."""
    return {"mfa": "spontaneous", "tts": "synthetic"}.get(path.partition("_")[0], "read")


def plain_whisper(engine: WhisperModel, audio: Audio) -> str:
    """The reference."""
    found, _ = engine.transcribe(audio.samples, language="en", beam_size=5)
    return " ".join(segment.text.strip() for segment in found)


def wer(pairs: list[tuple[list[str], list[str]]]) -> float:
    """Word error rate in per cent, fillers aside."""
    reference, heard = zip(*((without_fillers(a), without_fillers(b)) for a, b in pairs), strict=True)
    return 100 * jiwer.wer(list(reference), list(heard))


def clocks() -> tuple[float, float]:
    """The clock on the wall and the processor time of this process, in seconds."""
    return time.perf_counter(), time.process_time()


def passed(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float]:
    """Seconds between two readings of the clocks."""
    return after[0] - before[0], after[1] - before[1]


def times(spent: list[float]) -> str:
    """Sound, then wall and processor time of ours as a ratio to the reference."""
    duration, wall, processor, wall_plain, processor_plain = spent
    return (
        f"{duration:.0f} s of sound in {wall:.1f} / {wall_plain:.1f} s = {wall / wall_plain:.2f}"
        f" (processor {processor:.1f} / {processor_plain:.1f} = {processor / processor_plain:.2f})"
    )


def main() -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path)
    parser.add_argument("--model", choices=sorted(BUNDLED), default="base")
    parser.add_argument("--show", action="store_true", help="print what was heard")
    options = parser.parse_args()

    try:
        ours = Transcriber(options.model)
        ours.load()
        theirs = WhisperModel("reference", device="cpu", compute_type="int8", files=BUNDLED[options.model].load())
        clips = json.loads((options.clips / "index.json").read_text(encoding="utf-8"))
        audio = {clip["path"]: read_audio(options.clips / clip["path"]) for clip in clips}
    except (CoachError, OSError) as error:
        print(error, file=sys.stderr)
        return 1

    heard: dict[str, list[tuple[list[str], list[str], list[str]]]] = defaultdict(list)
    seconds: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    for clip in clips:
        sound, group = audio[clip["path"]], kind(clip["path"])
        before = clocks()
        text = ours.transcribe(sound).text
        between = clocks()
        reference = plain_whisper(theirs, sound)
        spent = (sound.duration_s, *passed(before, between), *passed(between, clocks()))
        seconds[group] = [total + value for total, value in zip(seconds[group], spent, strict=True)]
        heard[group].append((words(clip["text"]), words(text), words(reference)))
        if options.show:
            print(f"{clip['path']}: {text}\n")

    print(f"{options.model}: ours / plain faster-whisper")
    for group in (name for name in KINDS if name in heard):
        truth = sum(len(without_fillers(row[0]).split()) for row in heard[group])
        said, kept, kept_plain = (sum(fillers(row[n]) for row in heard[group]) for n in range(3))
        rates = f"{wer([(t, o) for t, o, _ in heard[group]]):4.1f} / {wer([(t, p) for t, _, p in heard[group]]):4.1f}"
        print(
            f"{group:12} {truth:4} words  WER {rates}  fillers {kept} / {kept_plain} of {said}  {times(seconds[group])}"
        )
    print("all", times([sum(column) for column in zip(*seconds.values(), strict=True)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
