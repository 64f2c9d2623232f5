import io
import struct
import wave
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from coach.errors import NotAudioError, SpeechError
from coach.speech import decoding
from coach.speech.audio import RATE, Audio, pcm16, read_audio, wav_bytes


def test_a_wav_file_is_read_as_16_khz_mono_floats(answer: Path) -> None:
    audio = read_audio(answer)

    with wave.open(str(answer)) as file:
        assert audio.duration_s == pytest.approx(file.getnframes() / file.getframerate(), abs=0.01)
    assert audio.samples.dtype == np.float32
    assert 0.1 < np.abs(audio.samples).max() <= 1
    assert audio.note == ""


@pytest.mark.parametrize(
    ("container", "codec", "name"),
    [
        ("mp3", "libmp3lame", "really-an-mp3.wav"),
        ("webm", "libopus", "browser.webm"),
        ("mp4", "aac", "phone.m4a"),
        ("ogg", "libopus", "sound.mp3"),
        ("flac", "flac", "no-ending"),
    ],
)
def test_a_file_is_told_by_its_content_whatever_its_name(
    encoded: Callable[..., Path], answer: Path, container: str, codec: str, name: str
) -> None:
    audio = read_audio(encoded(container, codec, name))

    assert audio.duration_s == pytest.approx(read_audio(answer).duration_s, abs=0.2)
    assert audio.note == ""


def test_stereo_of_one_loud_voice_is_not_clipped(tmp_path: Path) -> None:
    tone = (0.9 * 32767 * np.sin(np.arange(RATE) * 0.2)).astype("<i2")
    path = tmp_path / "stereo.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.repeat(tone, 2).tobytes())

    assert np.abs(read_audio(path).samples).max() == pytest.approx(0.9, abs=0.01)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"I worked at a clinic for three years. " * 50,
        *(np.random.default_rng(seed).bytes(9000) for seed in range(3)),
    ],
    ids=["empty", "text", "random 0", "random 1", "random 2"],
)
def test_what_is_no_sound_gets_one_plain_sentence_and_no_file_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "jane-doe.wav"
    path.write_bytes(content)

    with pytest.raises(NotAudioError, match=r"^(The file is empty|This is no sound file)") as caught:
        read_audio(path)

    assert "jane" not in str(caught.value)


def test_a_missing_file_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(NotAudioError, match="cannot be opened"):
        read_audio(tmp_path / "gone.wav")


def test_a_film_without_sound_holds_no_sound(tmp_path: Path) -> None:
    path = tmp_path / "silent.mp4"
    with av.open(path, mode="w") as target:
        stream = target.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 64
        stream.pix_fmt = "yuv420p"
        for _ in range(10):
            target.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        target.mux(stream.encode(None))

    with pytest.raises(NotAudioError, match="holds no sound"):
        read_audio(path)


@pytest.mark.parametrize("script", ["ffconcat version 1.0\nfile {}\n", "#EXTM3U\n#EXTINF:1,\n{}\n#EXT-X-ENDLIST\n"])
def test_a_playlist_cannot_make_us_read_another_file(answer: Path, script: str) -> None:
    playlist = answer.parent / "playlist.wav"
    playlist.write_text(script.format(answer.name))

    with pytest.raises(NotAudioError):
        read_audio(playlist)


def test_a_wav_file_that_ends_early_gives_what_is_there_and_says_so(answer: Path, tmp_path: Path) -> None:
    path = tmp_path / "cut.wav"
    content = answer.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    audio = read_audio(path)

    assert audio.duration_s == pytest.approx(read_audio(answer).duration_s / 2, abs=0.1)
    assert audio.note.startswith("The file ends early: it should last ")


@pytest.mark.parametrize(
    ("container", "codec"), [("mp3", "libmp3lame"), ("webm", "libopus"), ("flac", "flac")], ids=lambda value: value
)
def test_other_files_that_end_early_give_what_is_there_and_say_so(
    encoded: Callable[..., Path], answer: Path, container: str, codec: str
) -> None:
    path = encoded(container, codec, "cut")
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])

    audio = read_audio(path)

    assert 1 < audio.duration_s < 0.8 * read_audio(answer).duration_s
    assert audio.note.startswith("The file ends early")


@pytest.mark.parametrize("size", [0, 0x7FFFF000, 0xFFFFFFFF])
def test_a_wav_header_written_before_the_length_was_known_promises_nothing(tmp_path: Path, size: int) -> None:
    content = bytearray(wav_bytes(bytes(2 * RATE * 3)))
    content[40:44] = struct.pack("<I", size)
    path = tmp_path / "piped.wav"
    path.write_bytes(content)

    audio = read_audio(path)

    assert audio.duration_s == pytest.approx(3, abs=0.01)
    assert audio.note == ""


def test_samples_that_are_no_numbers_count_as_silence(tmp_path: Path) -> None:
    samples = np.full(RATE, 0.25, np.float32)
    samples[100:200] = [np.nan, np.inf, -np.inf, np.nan] * 25
    data = samples.tobytes()
    header = struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        b"RIFF",
        36 + len(data),
        b"WAVE",
        b"fmt ",
        16,
        3,
        1,
        RATE,
        RATE * 4,
        4,
        32,
        b"data",
        len(data),
    )
    path = tmp_path / "damaged.wav"
    path.write_bytes(header + data)

    from_file, direct = read_audio(path), Audio(samples)

    assert np.isfinite(from_file.samples).all()
    assert direct.samples[150] == 0
    assert direct.samples[300] == 0.25


def test_audio_is_float32_whatever_it_is_made_of() -> None:
    assert Audio(np.zeros((1, 8), dtype=np.float64)).samples.dtype == np.float32


def test_a_recording_beyond_the_limit_is_refused_with_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "LONGEST_S", 120)
    path = tmp_path / "long.wav"
    path.write_bytes(wav_bytes(bytes(2 * RATE * 121)))

    with pytest.raises(SpeechError, match="longer than 2 minutes"):
        read_audio(path)


def test_half_an_hour_is_read(tmp_path: Path) -> None:
    path = tmp_path / "half-hour.wav"
    path.write_bytes(wav_bytes(bytes(2 * 8000 * 1800), rate=8000))

    assert read_audio(path).duration_s == pytest.approx(1800, abs=0.1)


def test_raw_chunks_become_the_same_samples_as_the_wav_around_them(tmp_path: Path) -> None:
    pcm = np.array([0, 16384, -32768, 32767], "<i2").tobytes() * 4000
    path = tmp_path / "chunk.wav"
    path.write_bytes(wav_bytes(pcm))

    assert pcm16(pcm).samples == pytest.approx(read_audio(path).samples, abs=1e-4)
    with wave.open(io.BytesIO(wav_bytes(pcm))) as file:
        assert (file.getframerate(), file.getnchannels(), file.readframes(16_000)) == (RATE, 1, pcm)


def test_half_a_sample_at_the_end_of_a_chunk_is_left_out() -> None:
    assert len(pcm16(b"\x00\x40\x00").samples) == 1
    assert len(pcm16(b"").samples) == 0
