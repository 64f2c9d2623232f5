from pathlib import Path

import numpy as np
import pytest
from speech_sound import Say

from coach.domain.answer import Word
from coach.speech import Audio, Transcriber, pcm_bytes, read_audio
from coach.speech.audio import RATE, Samples
from coach.speech.delivery import measure
from coach.speech.flac import pack, unpack
from coach.speech.habits import hedges, repetitions
from coach.speech.level import level
from coach.speech.stretches import audible
from coach.speech.voice import find_speech


def said(text: str, gap_s: float = 0.1) -> tuple[Word, ...]:
    return tuple(
        Word(text=word, start=n * (0.3 + gap_s), end=n * (0.3 + gap_s) + 0.3, probability=0.9)
        for n, word in enumerate(text.split())
    )


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I, I called them", ["I, I"]),
        ("the county office, the county office helped", ["the county office, the county office"]),
        ("the the the plan", ["the the", "the the"]),
        ("I was, I went to see her", ["I was, I went"]),
        ("we had had a plan that that family liked", []),
        ("It was very, very hard. I knew it.", []),
        ("She came. She came with her son.", []),
        ("I called, I wrote, I visited", []),
    ],
)
def test_what_is_said_twice_or_begun_again_is_found_and_what_is_meant_is_not(text: str, found: list[str]) -> None:
    assert [moment.words.rstrip(",") for moment in repetitions(said(text))] == found


def test_the_same_word_after_a_long_pause_is_no_repetition() -> None:
    assert repetitions(said("well well", gap_s=3.0)) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I think we kind of helped, maybe.", ["I think", "kind of", "maybe."]),
        ("What kind of help? That kind of plan.", []),
        ("I called and she was probably safe", ["probably"]),
    ],
)
def test_hedges_are_found_and_kinds_of_things_are_none(text: str, found: list[str]) -> None:
    assert [moment.words for moment in hedges(said(text))] == found


def tone(seconds: float, loudness: float) -> Samples:
    sound: Samples = (loudness * np.sin(np.arange(int(seconds * RATE)) * 0.2)).astype(np.float32)
    return sound


def test_times_come_from_the_signal_and_words_from_the_transcript() -> None:
    speech = ((1.0, 11.0), (13.0, 23.0), (23.2, 33.0))
    words = tuple(Word(text=w, start=1 + n, end=1.5 + n, probability=0.9) for n, w in enumerate(["um"] + ["word"] * 31))

    measured = measure(words, speech, tone(35, 0.2))

    assert measured
    assert (measured.first_word_s, measured.last_word_s) == (1.0, 33.0)
    assert [(pause.start, pause.end) for pause in measured.pauses] == [(11.0, 13.0)]
    assert measured.silence_share == pytest.approx(2.2 / 32)
    assert measured.words_a_minute == pytest.approx(31 / 32 * 60)
    assert len(measured.fillers) == 1
    assert len(measured.pace) == 1


def test_where_nobody_speaks_nothing_is_measured() -> None:
    assert measure((), (), tone(1, 0.0)) is None


def test_loud_and_soft_words_are_told_from_even_ones() -> None:
    words, speech = said("a few words"), ((0.0, 10.0),)
    even = measure(words, speech, tone(10, 0.2))
    lively = measure(words, speech, np.concatenate([tone(1, 0.02 if n % 2 else 0.4) for n in range(10)]))

    assert even
    assert lively
    assert even.loudness_spread_db < 1
    assert lively.loudness_spread_db > 20


def test_a_real_answer_is_measured_with_its_pauses(tiny: Transcriber, say: Say) -> None:
    one, other = (
        read_audio(say(text)).samples
        for text in ("Um, I called the county office.", "She moved in within three weeks.")
    )
    pause = np.zeros(int(1.5 * RATE), np.float32)

    transcript = tiny.transcribe(Audio(np.concatenate([pause, one, pause, other])))

    assert transcript.delivery
    assert transcript.delivery.first_word_s == pytest.approx(1.5, abs=0.2)
    assert transcript.delivery.longest_pause
    assert transcript.delivery.longest_pause.seconds == pytest.approx(1.5, abs=0.6)
    assert 60 < transcript.delivery.words_a_minute < 250


@pytest.mark.parametrize(
    ("effects", "told"),
    [
        ((), ""),
        (("gain", "30"), "too loud"),
        (("gain", "-36"), "very quiet"),
    ],
    ids=["usual", "clipped", "quiet"],
)
def test_the_level_is_told_where_it_can_be_bettered(say: Say, effects: tuple[str, ...], told: str) -> None:
    samples = read_audio(say("We called the county office and wrote a plan.", *effects)).samples

    found = level(samples, find_speech(audible(samples)))

    assert found
    assert told in found.note
    assert bool(told) == bool(found.note)


def test_noise_is_told() -> None:
    noise = np.random.default_rng(0).normal(0, 0.05, 4 * RATE).astype(np.float32)
    noise[RATE : 2 * RATE] += tone(1, 0.1)

    found = level(noise, ((1.0, 2.0),))

    assert found
    assert "noise" in found.note


def test_packed_sound_is_the_same_to_the_last_sample(answer: Path) -> None:
    pcm = pcm_bytes(read_audio(answer))

    assert unpack(pack(pcm)) == pcm
    assert len(pack(pcm)) < 0.7 * len(pcm)
    assert unpack(pack(b"")) == b""
    assert unpack(pack(pcm[:2])) == pcm[:2]
