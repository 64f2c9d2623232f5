"""Half an hour of sound, each length in a process of its own."""

import subprocess
import sys
from pathlib import Path

from bench.speech_clips import Clip

RUN = """
import resource, sys, time
from pathlib import Path
import numpy as np
from coach.speech import Transcriber, read_audio
from coach.speech.audio import RATE, Audio
audio = read_audio(Path(sys.argv[2]))
seconds = int(sys.argv[3])
samples = np.tile(audio.samples, seconds * RATE // len(audio.samples) + 1)[: seconds * RATE]
ours = Transcriber(sys.argv[1])
ours.load()
began = time.process_time()
heard = ours.transcribe(Audio(samples))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{seconds // 60} minutes: {peak:.0f} MB, {time.process_time() - began:.0f} s of processor time, {len(heard.words)} words")
"""


def memory(model: str, folder: Path, answer: Clip) -> None:
    """Ten and thirty minutes of the long answer, again and again."""
    path = folder / answer.path
    if not path.exists():
        print("the folder holds no long answer")
        return
    for seconds in (600, 1800):
        subprocess.run([sys.executable, "-c", RUN, model, path, str(seconds)], check=True)
