"""The bars of the speech room, over a folder of clips with known words.

    python -m bench.speech CLIPS_DIR [--model base|tiny.en] [--what words live three sounds pauses memory]

The folder holds sound files and an ``index.json``: a list of objects with ``path`` and ``text``, and where known ``pauses``: pairs of
seconds. A path starting with ``mfa_`` is spontaneous speech, one with ``tts_`` is synthetic, everything else is read aloud. An answer of
two minutes and more is needed for ``live``; without one, one is spoken by espeak-ng.

words   word errors and hesitations against plain faster-whisper on the same weights (int8, beam 5, all else at its defaults); each clip is
        heard by both before the next one, so that both meet the same load
live    from stop to text while one speaks, against hearing the whole recording after the stop; processor time and word errors of both
three   the same with three people at once
sounds  words written where nobody speaks, over generated silence, noise, tones, music, clicks and blips
pauses  pauses found, and how long they are thought to be
terms   words of the trade with and without the hot words, and those written where nobody said them
memory  half an hour of sound: memory, and time against ten minutes
peers   openai-whisper and pywhispercpp on the same clips, where they and their weights are installed
"""

import argparse
import json
import sys
from pathlib import Path

from bench.speech_clips import Clip, long_answer
from bench.speech_live import live, three
from bench.speech_memory import memory
from bench.speech_peers import peers
from bench.speech_sounds import pauses, sounds
from bench.speech_terms import terms
from bench.speech_text import words
from coach.errors import CoachError
from coach.speech import Transcriber
from coach.speech.weights import BUNDLED

WHAT = ("words", "live", "three", "sounds", "pauses", "terms", "memory", "peers")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clips", type=Path)
    parser.add_argument("--model", choices=sorted(BUNDLED), default="base")
    parser.add_argument("--what", choices=WHAT, nargs="+", default=WHAT[:-1])
    parser.add_argument("--stops", type=int, default=5, help="how many times the speaker stops, for medians")
    parser.add_argument("--show", action="store_true", help="print what was heard")
    options = parser.parse_args()

    try:
        ours = Transcriber(options.model)
        ours.load()
        index = json.loads((options.clips / "index.json").read_text(encoding="utf-8"))
        clips = [Clip.of(options.clips, entry) for entry in index]
        answer = long_answer(clips)
    except (CoachError, OSError) as error:
        print(error, file=sys.stderr)
        return 1

    print(f"model {options.model}, {len(clips)} clips, {sum(clip.audio.duration_s for clip in clips):.0f} s")
    measures = {
        "words": lambda: words(ours, options.model, clips, show=options.show),
        "live": lambda: live(ours, answer, options.stops),
        "three": lambda: three(ours, answer),
        "sounds": lambda: sounds(ours),
        "pauses": lambda: pauses(clips),
        "terms": lambda: terms(options.model, clips),
        "memory": lambda: memory(options.model, options.clips, answer),
        "peers": lambda: peers(clips),
    }
    for name in options.what:
        print(f"\n{name}")
        measures[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main())
