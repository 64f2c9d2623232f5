"""Broken sound files and pieces that no recorder sends: a short form of bench/fuzz_audio.py, over the real decoder and the real routes."""

from pathlib import Path

import pytest

from bench.fuzz_audio import files, hostile_heads, sequences, sound_files
from coach.errors import NotAudioError
from coach.speech import read_audio


@pytest.fixture(autouse=True)
def _nobody_listens(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    assert data
    monkeypatch.setenv("COACH_WHISPER_URL", "http://127.0.0.1:9")


def test_sound_files_that_are_whole_are_read_whole(tmp_path: Path) -> None:
    for name, body in sound_files().items():
        (tmp_path / "sound").write_bytes(body)
        read = read_audio(tmp_path / "sound")
        assert (read.duration_s, read.note) == (pytest.approx(3, abs=0.1), ""), name


def test_a_few_kilobytes_that_claim_to_be_hours_or_hundreds_of_channels_are_refused(tmp_path: Path) -> None:
    slow, wide = hostile_heads()[0], hostile_heads()[2 * len(hostile_heads()) // 4]
    for body in (slow, wide):
        (tmp_path / "sound").write_bytes(body)
        with pytest.raises(NotAudioError):
            read_audio(tmp_path / "sound")


def test_broken_files_are_read_or_refused_in_a_sentence_beside_what_was_recorded() -> None:
    told = files(3, 60)
    assert sum(told.values()) == 60
    assert told["refused in a sentence"] > 5
    assert told["read"] + told["read, with a note"] > 5


def test_pieces_in_any_order_and_of_any_kind_lose_nothing_of_ones_own_or_anothers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COACH_HOSTED", "1")
    told = sequences(3, 6)
    assert told["pieces kept, or kept already"] > 10
    assert len(told) == 8
