import re
import struct
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import jiwer
import numpy as np
import pytest
from speech_sound import ANSWER, Say

from coach.domain.answer import Transcript
from coach.speech.audio import RATE, Audio, Samples, pcm16, read_audio
from coach.speech.gate import NOTHING
from coach.speech.voice import find_speech
from coach.speech.whisper import Transcriber


def wrong(transcript: Transcript, said: str = ANSWER) -> float:
    """Share of words that are wrong."""
    reference, heard = (" ".join(re.findall(r"[a-z']+", text.lower())) for text in (said, transcript.text))
    return float(jiwer.wer(reference, heard))


@pytest.fixture(scope="module")
def heard(tiny: Transcriber, answer: Path) -> Transcript:
    return tiny.transcribe(read_audio(answer))


def test_an_answer_is_transcribed_with_most_words_right(heard: Transcript) -> None:
    assert wrong(heard) < 0.2
    assert heard.model == "tiny.en"
    assert heard.note == ""


def test_spanish_is_said_to_be_spanish_however_sure_its_english_looks(say_in: Callable[[str, str], Path]) -> None:
    spanish = say_in(
        "es",
        "El año pasado trabajé con una familia que había perdido su casa. "
        "Hablé con el condado, y en tres semanas ya tenían un lugar donde vivir.",
    )
    shared = Transcriber("base")

    assert "This sounds like Spanish." in shared.transcribe(read_audio(spanish)).note
    assert "sounds like" not in shared.transcribe(read_audio(say_in("en-gb-scotland", ANSWER))).note


def test_base_joined_from_its_two_parts_transcribes_too(answer: Path) -> None:
    transcript = Transcriber("base").transcribe(read_audio(answer))

    assert wrong(transcript) < 0.2
    assert transcript.model == "base"


def test_words_come_in_order_within_the_recording(heard: Transcript) -> None:
    starts = [word.start for word in heard.words]

    assert starts == sorted(starts)
    assert all(word.start <= word.end <= heard.duration_s + 0.5 for word in heard.words)
    assert heard.words[-1].end - heard.words[0].start > 0.7 * heard.speech_s


def test_the_text_is_its_words_with_spaces(heard: Transcript) -> None:
    assert heard.text == " ".join(word.text for word in heard.words)


def test_seconds_of_speech_leave_the_pauses_out(tiny: Transcriber, say: Say) -> None:
    transcript = tiny.transcribe(read_audio(say("We called the county office.", "pad", "3", "3")))

    assert 1 < transcript.speech_s < transcript.duration_s - 5
    assert "county office" in transcript.text
    assert transcript.words[0].start > 2.5


@pytest.mark.parametrize(
    "effects",
    [
        ("trim", "0", "8"),
        ("synth", "8", "whitenoise", "gain", "-12"),
        ("synth", "8", "brownnoise", "gain", "-20"),
        ("synth", "8", "sine", "60", "gain", "-6"),
        (
            "synth",
            "8",
            "sine",
            "262",
            "synth",
            "8",
            "sine",
            "mix",
            "330",
            "synth",
            "8",
            "sine",
            "mix",
            "392",
            "tremolo",
            "2",
            "60",
        ),
        ("synth", "8", "pluck", "C3", "synth", "8", "pluck", "mix", "E3", "gain", "-6"),
    ],
    ids=["silence", "white noise", "brown noise", "mains hum", "chord", "strings"],
)
def test_where_nobody_speaks_nothing_is_heard(
    tiny: Transcriber, synth: Callable[..., Audio], effects: tuple[str, ...]
) -> None:
    transcript = tiny.transcribe(synth(*effects))

    assert transcript.heard_nothing
    assert transcript.words == ()
    assert transcript.note == NOTHING


def test_less_than_half_a_second_of_speech_is_nothing_to_rate(tiny: Transcriber, answer: Path) -> None:
    samples = read_audio(answer).samples[RATE : RATE + int(0.4 * RATE)]
    silence = np.zeros(3 * RATE, np.float32)

    assert tiny.transcribe(Audio(samples)).note == NOTHING
    assert tiny.transcribe(Audio(np.concatenate([silence, samples, silence]))).heard_nothing


@pytest.mark.parametrize(
    "samples", [np.zeros(0), np.full(5 * RATE, np.nan), np.full(5 * RATE, np.inf)], ids=["empty", "nan", "inf"]
)
def test_a_recording_of_nothing_or_of_no_numbers_is_heard_as_nothing(tiny: Transcriber, samples: Samples) -> None:
    assert tiny.transcribe(Audio(samples)).heard_nothing


def test_samples_lost_in_mid_speech_do_not_lose_the_answer(tiny: Transcriber, answer: Path) -> None:
    samples = read_audio(answer).samples.copy()
    samples[::4001] = np.nan

    assert wrong(tiny.transcribe(Audio(samples))) < 0.3


def test_a_quiet_take_is_still_understood(tiny: Transcriber, say: Say) -> None:
    assert wrong(tiny.transcribe(read_audio(say(ANSWER, "gain", "-30")))) < 0.25


def test_silence_after_the_answer_adds_no_words(tiny: Transcriber, say: Say, heard: Transcript) -> None:
    transcript = tiny.transcribe(read_audio(say(ANSWER, "pad", "0", "20")))

    assert wrong(transcript) < 0.2
    assert transcript.words[-1].end < heard.duration_s + 1


def test_a_poor_recording_gives_the_same_words_each_time(tiny: Transcriber, answer: Path) -> None:
    samples = read_audio(answer).samples
    poor = Audio((samples + np.random.default_rng(3).normal(0, 0.06, len(samples))).astype(np.float32))

    assert tiny.transcribe(poor) == tiny.transcribe(poor)


def test_a_truncated_file_says_so_in_the_transcript(tiny: Transcriber, answer: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    path.write_bytes(answer.read_bytes()[: 2 * RATE * 5])

    transcript = tiny.transcribe(read_audio(path))

    assert "last position" in transcript.text
    assert transcript.note.startswith("The file ends early")


def test_raw_chunks_of_a_recorder_can_be_transcribed(tiny: Transcriber, answer: Path) -> None:
    data = answer.read_bytes()
    start = data.index(b"data") + 8

    assert struct.unpack("<I", data[start - 4 : start])[0] == len(data) - start
    assert wrong(tiny.transcribe(pcm16(data[start:]))) < 0.2


def test_a_long_answer_is_heard_in_stretches_and_progress_goes_up_to_one(tiny: Transcriber, answer: Path) -> None:
    one = np.concatenate([read_audio(answer).samples, np.zeros(RATE, np.float32)])
    shares: list[float] = []

    transcript = tiny.transcribe(Audio(np.tile(one, 3)), shares.append)

    assert wrong(transcript, f"{ANSWER} {ANSWER} {ANSWER}") < 0.2
    assert len(shares) > 1
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(1.0)
    starts = [word.start for word in transcript.words]
    assert starts == sorted(starts)
    assert starts[-1] > 2 * len(one) / RATE


def test_progress_reaches_one_where_nothing_is_heard(tiny: Transcriber) -> None:
    shares: list[float] = []

    tiny.transcribe(Audio(np.zeros(RATE, np.float32)), shares.append)

    assert shares == [1.0]


def test_whoever_watches_the_progress_may_break_it_off(tiny: Transcriber, answer: Path) -> None:
    def break_off(_share: float) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        tiny.transcribe(read_audio(answer), break_off)


def test_two_requests_at_once_load_the_weights_once(answer: Path) -> None:
    fresh = Transcriber("tiny.en")
    audio = read_audio(answer)

    with ThreadPoolExecutor(2) as pool:
        engines = list(pool.map(lambda _: fresh._engine.whisper(), range(2)))
        transcripts = list(pool.map(lambda _: fresh.transcribe(audio), range(2)))

    assert engines[0] is engines[1]
    assert transcripts[0] == transcripts[1]


def test_pauses_are_where_they_were_put(say: Say) -> None:
    speech = read_audio(say("We made a plan.")).samples
    silence = np.zeros(2 * RATE, np.float32)

    runs = find_speech(np.concatenate([speech, silence, speech]))

    gap = max(((b[0] - a[1], a[1]) for a, b in pairwise(runs)), default=(0.0, 0.0))
    assert 2.0 <= gap[0] < 3.5
    assert gap[1] < len(speech) / RATE + 0.1
