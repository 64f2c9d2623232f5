"""Word errors and hesitations against plain faster-whisper."""

import time
from collections import defaultdict

from faster_whisper import WhisperModel

from bench.speech_clips import Clip
from bench.speech_words import filler_hits, fillers, wer, without_fillers
from bench.speech_words import words as spelled
from coach.speech import Transcriber
from coach.speech.weights import BUNDLED

KINDS = ("read", "spontaneous", "synthetic")


def words(ours: Transcriber, model: str, clips: list[Clip], *, show: bool) -> None:
    """A line for each kind of speech."""
    theirs = WhisperModel("reference", device="cpu", compute_type="int8", files=BUNDLED[model].load())
    heard: dict[str, list[tuple[list[str], list[str], list[str]]]] = defaultdict(list)
    spent: dict[str, list[float]] = defaultdict(lambda: [0.0] * 5)
    for clip in clips:
        before = _clocks()
        text = ours.transcribe(clip.audio).text
        between = _clocks()
        reference = _plain(theirs, clip)
        after = _clocks()
        row = (
            clip.audio.duration_s,
            between[0] - before[0],
            between[1] - before[1],
            after[0] - between[0],
            after[1] - between[1],
        )
        spent[clip.kind] = [total + value for total, value in zip(spent[clip.kind], row, strict=True)]
        heard[clip.kind].append((spelled(clip.text), spelled(text), spelled(reference)))
        if show:
            print(f"{clip.path}: {text}\n")
    for kind in (name for name in KINDS if name in heard):
        rows = heard[kind]
        truth = sum(len(without_fillers(row[0]).split()) for row in rows)
        said, kept, plain = (sum(fillers(row[n]) for row in rows) for n in range(3))
        hits = [filler_hits(row[0], row[1]) for row in rows]
        found, false = (sum(hit[n] for hit in hits) for n in range(2))
        rates = f"{wer([(t, o) for t, o, _ in rows]):4.1f} / {wer([(t, p) for t, _, p in rows]):4.1f}"
        print(
            f"{kind:12} {truth:4} words  WER ours/plain {rates}  fillers {found} of {said} found (plain {plain}), "
            f"{false} false = {60 * false / spent[kind][0]:.2f} a minute, {kept} in all  {_times(spent[kind])}"
        )
    print("all", _times([sum(column) for column in zip(*spent.values(), strict=True)]))


def _plain(engine: WhisperModel, clip: Clip) -> str:
    found, _ = engine.transcribe(clip.audio.samples, language="en", beam_size=5)
    return " ".join(segment.text.strip() for segment in found)


def _clocks() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _times(spent: list[float]) -> str:
    duration, wall, processor, wall_plain, processor_plain = spent
    return (
        f"{duration:.0f} s of sound in {wall:.1f} / {wall_plain:.1f} s = {wall / wall_plain:.2f}"
        f" (processor {processor:.1f} / {processor_plain:.1f} = {processor / processor_plain:.2f})"
    )
