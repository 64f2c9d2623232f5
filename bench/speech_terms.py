"""Words of the trade, with and without the hot words, in invented sentences that espeak-ng reads."""

import subprocess
import tempfile
from pathlib import Path

from bench.speech_clips import Clip
from bench.speech_words import wer
from bench.speech_words import words as spelled
from coach.speech import Transcriber, read_audio

HOT_WORDS = "Medicaid, HIPAA, SNF, MDT, PHQ-9, GAD-7, SSI, SSDI, TANF, DME"
VOICES = (("en-us", 150), ("en-us+f3", 165), ("en-gb", 140))
SENTENCES = (
    ("She lost her Medicaid in March, and I filed the renewal with her.", ("medicaid",)),
    ("Medicare paid for the walker, but not for the ramp.", ("medicare",)),
    ("I explained what HIPAA lets me say and what it does not.", ("hipaa",)),
    ("He went from the hospital to a SNF for three weeks.", ("snf",)),
    ("We talked about it in the MDT on Tuesday.", ("mdt",)),
    ("Her PHQ-9 went from eighteen to seven in four months.", ("phq nine",)),
    ("On the GAD-7 he scored lower each time.", ("gad seven",)),
    ("I helped him apply for SSI, and it took five months.", ("ssi",)),
    ("SSDI came through after the second appeal.", ("ssdi",)),
    ("They had SNAP, but nothing left for the last week of the month.", ("snap",)),
    ("Her TANF was cut because of a missed letter.", ("tanf",)),
    ("The Section 8 voucher ran out before we found a landlord.", ("section eight",)),
    ("I called the DME company twice about the bed.", ("dme",)),
    ("I asked the plan for a prior authorization the same day.", ("prior authorization",)),
    ("It was a warm handoff, so I sat with them in the first meeting.", ("warm handoff",)),
    ("There was no readmission in ninety days.", ("readmission",)),
    ("The discharge planner had not told the family.", ("discharge planner",)),
    ("Utilization review asked for more notes.", ("utilization review",)),
    ("I wrote the care plan with her, not for her.", ("care plan",)),
)
PLAIN = (
    "She meditated every morning, and it calmed her.",
    "He snapped a picture of the letter and sent it to me.",
    "The hippo in the zoo was what her son wanted to see.",
    "We took a section of the fence away so that the wheelchair fits.",
    "I was tan from a week in the garden with the residents.",
    "There was a warm meal and a hand on the shoulder, and that was enough.",
)


def terms(model: str, clips: list[Clip]) -> None:
    """How many terms are written as they are, how many are written where nobody said them, and the word errors there and elsewhere."""
    with tempfile.TemporaryDirectory() as folder:
        said = [
            (_spoken(text, voice, pace, Path(folder)), wanted)
            for text, wanted in (*SENTENCES, *((text, ()) for text in PLAIN))
            for voice, pace in VOICES
        ]
    known = {term for _, wanted in SENTENCES for term in wanted}
    for name, ours in (("with", Transcriber(model, hot_words=HOT_WORDS)), ("without", Transcriber(model))):
        right = wanted_in_all = invented = 0
        sentences = []
        for clip, wanted in said:
            written = spelled(ours.transcribe(clip.audio).text)
            heard = f" {' '.join(written)} "
            right += sum(f" {term} " in heard for term in wanted)
            wanted_in_all += len(wanted)
            invented += sum(f" {term} " in heard for term in known - set(wanted))
            sentences.append((spelled(clip.text), written))
        print(
            f"{name:8} hot words: {right} of {wanted_in_all} terms, {invented} invented, WER over their sentences {wer(sentences):.2f}",
            flush=True,
        )
        pairs = [(spelled(clip.text), spelled(ours.transcribe(clip.audio).text)) for clip in clips]
        print(f"{name:8} hot words: WER over the clips {wer(pairs):.2f}", flush=True)


def _spoken(text: str, voice: str, pace: int, folder: Path) -> Clip:
    path = folder / f"{abs(hash((text, voice)))}.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-s", str(pace), "-w", path, text], check=True)
    return Clip(path=path.name, text=text, pauses=(), audio=read_audio(path))
