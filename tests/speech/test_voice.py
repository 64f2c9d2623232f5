from pathlib import Path

import numpy as np
import pytest
from faster_whisper.vad import VadOptions, get_speech_timestamps
from speech_sound import Say

from coach.speech.audio import RATE, read_audio
from coach.speech.stretches import LONGEST_S, cut, cut_so_far
from coach.speech.voice import Voice, find_speech


@pytest.mark.parametrize("size", [160, 512, 32_000])
def test_speech_is_found_in_pieces_where_it_is_found_in_the_whole(answer: Path, size: int) -> None:
    samples = read_audio(answer).samples
    voice = Voice()
    for first in range(0, len(samples), size):
        voice.add(samples[first : first + size])
    voice.add(samples[:0], last=True)

    assert voice.speech == find_speech(samples)


def test_speech_is_found_where_faster_whisper_finds_it(say: Say) -> None:
    samples = read_audio(say("We made a plan. Then we waited, and she called back.", "pad", "1", "1")).samples
    options = VadOptions(min_silence_duration_ms=200, speech_pad_ms=0, min_speech_duration_ms=100)

    theirs = [(run["start"] / RATE, run["end"] / RATE) for run in get_speech_timestamps(samples.copy(), options)]

    assert np.array(find_speech(samples)) == pytest.approx(np.array(theirs))


def test_speech_without_a_pause_is_split_before_it_is_too_long(say: Say) -> None:
    spoken = read_audio(say("we called them all " * 4)).samples
    runs = find_speech(np.tile(spoken[RATE // 4 : -RATE // 2], 12))

    assert all(end - start <= LONGEST_S + 0.1 for start, end in runs)


def test_stretches_that_are_settled_stay_whatever_comes() -> None:
    chance = np.random.default_rng(1)
    for _ in range(30):
        at, runs = 0.0, []
        for _ in range(40):
            end = at + chance.uniform(0.3, 6)
            runs.append((at, end))
            at = end + chance.choice([0.2, 0.35, 0.5, 0.75, 1.5])
        whole = cut(tuple(runs), at)
        for until in np.arange(1.0, at, 0.7):
            heard = tuple((start, min(end, until)) for start, end in runs if start < until)
            settled = cut_so_far(heard, until)
            assert settled == whole[: len(settled)]
