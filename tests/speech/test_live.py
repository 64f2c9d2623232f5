"""Takes written down while they are recorded, with real weights."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from speech_sound import Say

from coach.domain.answer import Transcript
from coach.speech import Live, Transcriber, pcm16, pcm_bytes, read_audio
from coach.speech import live as room
from coach.speech.audio import RATE

CHUNK = 2 * RATE * 2
TEXT = (
    "In my last position I was a case manager at a community clinic. "
    "I called the county office to restore her insurance, and she moved into supportive housing within three weeks. "
    "I learned to ask first, and to write down what we agreed. "
)


@pytest.fixture(scope="module")
def spoken(say: Say) -> bytes:
    """Half a minute, with a pause of a second in the middle."""
    one = pcm_bytes(read_audio(say(TEXT, "pad", "0", "1")))
    return one + one


@pytest.fixture(scope="module")
def whole(tiny: Transcriber, spoken: bytes) -> Transcript:
    return tiny.transcribe(pcm16(spoken))


def pieces(pcm: bytes) -> list[bytes]:
    return [pcm[first : first + CHUNK] for first in range(0, len(pcm), CHUNK)]


def reader(chunks: list[bytes | None]) -> Callable[[int], bytes | None]:
    return lambda n: chunks[n] if n < len(chunks) else None


def test_words_appear_before_the_speaker_stops_and_are_those_of_the_whole_recording(
    tiny: Transcriber, spoken: bytes, whole: Transcript
) -> None:
    live, chunks = Live(tiny), pieces(spoken)
    for n in range(len(chunks)):
        live.feed("one", n, reader([*chunks]), last=n == len(chunks) - 1)
        if n == len(chunks) - 2:
            one = live._takes["one"]
            one.listening._pieces[0].found.result(60)
            state = live.so_far("one")
            assert state
            assert "county office" in state.text
            assert 10 < state.heard_s < state.recorded_s

    transcript = live.transcript("one", spoken)

    assert transcript == whole
    assert live.so_far("one") is None


def test_a_take_nobody_listened_to_is_heard_whole(tiny: Transcriber, spoken: bytes, whole: Transcript) -> None:
    assert Live(tiny).transcript("one", spoken) == whole


def test_chunks_from_before_a_new_start_are_caught_up_with(tiny: Transcriber, spoken: bytes, whole: Transcript) -> None:
    live, chunks = Live(tiny), pieces(spoken)

    live.feed("one", len(chunks) - 1, reader([*chunks]), last=True)

    assert live._takes["one"].listening.count == len(spoken) // 2
    assert live.transcript("one", spoken) == whole


def test_what_comes_after_a_missing_chunk_is_heard_from_the_kept_recording(tiny: Transcriber, spoken: bytes) -> None:
    live, chunks = Live(tiny), pieces(spoken)
    there: list[bytes | None] = [*chunks]
    there[5] = None
    for n in range(len(chunks)):
        live.feed("one", n, reader(there))
    kept = b"".join(chunk for chunk in there if chunk)

    assert live._takes["one"].listening.count == 5 * CHUNK // 2
    assert live.transcript("one", kept) == tiny.transcribe(pcm16(kept))


def test_a_fault_while_one_speaks_costs_no_words(tiny: Transcriber, spoken: bytes, whole: Transcript) -> None:
    live, chunks = Live(tiny), pieces(spoken)

    def unreadable(_n: int) -> bytes:
        raise OSError("the disk is gone")

    live.feed("one", 0, reader([*chunks]))
    live.feed("one", 1, unreadable)

    assert live.so_far("one") is None
    assert live.transcript("one", spoken) == whole


def test_a_stretch_that_failed_is_heard_again(
    tiny: Transcriber, spoken: bytes, whole: Transcript, monkeypatch: pytest.MonkeyPatch
) -> None:
    live, chunks = Live(tiny), pieces(spoken)
    hear, calls = tiny._engine.hear, []

    def fails_once(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) == 1:
            raise RuntimeError("out of memory")
        return hear(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(tiny._engine, "hear", fails_once)
    for n in range(len(chunks)):
        live.feed("one", n, reader([*chunks]))

    assert live.transcript("one", spoken).text == whole.text
    assert len(calls) > 2


def test_who_is_far_behind_lets_chunks_wait_on_the_disk(
    tiny: Transcriber, spoken: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_BEHIND_S", -1.0)
    live, chunks = Live(tiny), pieces(spoken)

    live.feed("one", 3, reader([*chunks]))
    assert live._takes["one"].listening.count == 0
    monkeypatch.setattr(room, "MOST_BEHIND_S", 60.0)
    live.feed("one", 4, reader([*chunks]))

    assert live._takes["one"].listening.count == 5 * CHUNK // 2


def test_a_take_that_was_left_is_forgotten_and_only_so_many_are_heard_at_once(
    tiny: Transcriber, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "MOST_AT_ONCE", 2)
    now = [0.0]
    live = Live(tiny, clock=lambda: now[0])
    silence = reader([bytes(CHUNK)])
    for take in ("one", "two", "three"):
        live.feed(take, 0, silence)

    assert [take for take in ("one", "two", "three") if live.so_far(take)] == ["one", "two"]
    now[0] = room.FORGOTTEN_S + 1
    live.feed("three", 0, silence)
    assert [take for take in ("one", "two", "three") if live.so_far(take)] == ["three"]


def test_a_take_that_grows_loud_only_late_is_heard_as_the_whole_is(tiny: Transcriber, say: Say) -> None:
    quiet = pcm_bytes(read_audio(say(TEXT, "gain", "-34")))
    loud = pcm_bytes(read_audio(say(TEXT)))
    pcm = quiet + loud + loud
    live, chunks = Live(tiny), pieces(pcm)
    for n in range(len(chunks)):
        live.feed("one", n, reader([*chunks]))

    assert live.transcript("one", pcm) == tiny.transcribe(pcm16(pcm))


def test_a_silent_take_has_no_words_and_says_so(tiny: Transcriber) -> None:
    live = Live(tiny)
    live.feed("one", 0, reader([bytes(CHUNK)]), last=True)

    transcript = live.transcript("one", bytes(CHUNK))

    assert transcript.heard_nothing
    assert transcript.delivery is None


def test_the_sound_that_waits_does_not_grow_while_nobody_speaks(tiny: Transcriber) -> None:
    listening = tiny.listen()
    for _ in range(20):
        listening.add(np.zeros(2 * RATE, np.float32))

    assert len(listening._open) < 3 * RATE


def test_a_file_read_twice_gives_the_same_words(tiny: Transcriber, answer: Path) -> None:
    audio = read_audio(answer)

    assert tiny.transcribe(audio).words == tiny.transcribe(audio).words
