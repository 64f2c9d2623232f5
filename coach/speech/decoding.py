"""Files of any common sound or film format, decoded.

Files are told apart by what is in them, never by their name. Only containers that hold sound or film are opened:
playlists and concatenation scripts could make the decoder read other files.
"""

import io
import struct
from collections.abc import Iterator
from typing import BinaryIO

import av
import numpy as np
import numpy.typing as npt
from av.container import InputContainer

from coach.errors import NotAudioError, SpeechError
from coach.speech.audio import FULL_SCALE, LONGEST_S, RATE, Audio

CONTAINERS = (
    "wav,w64,aiff,au,caf,voc,flac,mp2,mp3,ogg,aac,ac3,eac3,amr,amrnb,amrwb,ape,tta,wv,matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,"
    "asf,avi,flv,mpeg,mpegts"
)
"""Names, as FFmpeg has them, of the containers that are opened."""

_RATES = range(2_000, 768_001)  # samples a second; a few kilobytes that claim others would keep a core busy for hours
_MOST_CHANNELS = 64
_PLACEHOLDER_BYTES = 0x7FFF0000  # programs that write to a pipe put about 2 or 4 GiB where they don't know the size yet
_ENDS_EARLY_S = 0.5  # encoders pad and trim by up to a tenth of a second; half a second is no rounding
_ENDS_EARLY_SHARE = 0.02


def decoded(file: BinaryIO) -> Audio:
    """What can be heard in a file. Raises what `coach.speech.audio.read_audio` does."""
    promised = _promised_by_wav_header(file)
    file.seek(0)
    try:
        return _decode(file, promised)
    except av.FFmpegError:
        raise _unreadable() from None


def _unreadable() -> NotAudioError:
    return NotAudioError("This is no sound file we can read. Use WAV, MP3, M4A, OGG, FLAC or WebM.")


def _decode(file: BinaryIO, promised_s: float | None) -> Audio:
    options = {"format_whitelist": CONTAINERS}
    with av.open(file, mode="r", metadata_errors="ignore", container_options=options) as container:
        if not container.streams.audio:
            raise NotAudioError("The file holds no sound, only pictures or other data. Choose another file.")
        stream = container.streams.audio[0]
        if promised_s is None and stream.duration and stream.time_base:
            promised_s = float(stream.duration * stream.time_base)
        elif promised_s is None and container.duration and not container.streams.video:
            promised_s = container.duration / av.time_base
        blocks = _Blocks()
        for frame in blocks.frames(container, stream):
            blocks.add(frame)
        return blocks.audio(promised_s)


class _Blocks:
    """Decoded sound, kept as 16-bit until the end, which halves the memory of a long file."""

    def __init__(self) -> None:
        self._resampler = av.AudioResampler(format="fltp", rate=RATE)
        self._blocks: list[npt.NDArray[np.int16]] = []
        self._count = 0
        self._damaged = False

    def frames(self, container: InputContainer, stream: av.AudioStream) -> Iterator[av.AudioFrame]:
        """The frames that can be decoded, resampled. A packet that cannot is skipped and remembered."""
        for packet in container.demux(stream):
            try:
                for frame in packet.decode():
                    if frame.sample_rate not in _RATES or frame.layout.nb_channels > _MOST_CHANNELS:
                        raise _unreadable()
                    frame.pts = None  # gaps in the clock of a damaged file are no reason to stop
                    yield from self._resampler.resample(frame)
            except (av.FFmpegError, ValueError):  # ValueError: the sound's layout changes in mid-file
                self._damaged = True
        if self._count:
            yield from self._resampler.resample(None)

    def add(self, frame: av.AudioFrame) -> None:
        """Take one block. Raises SpeechError as soon as there are too many, so that no file can fill the memory."""
        channels = np.nan_to_num(frame.to_ndarray(), nan=0.0, posinf=0.0, neginf=0.0)
        mono = channels.mean(axis=0).clip(-1, 1) * FULL_SCALE
        self._blocks.append(np.rint(mono).astype(np.int16))
        self._count += len(mono)
        if self._count > LONGEST_S * RATE:
            raise SpeechError(
                f"The recording is longer than {LONGEST_S // 60} minutes. Cut it, and hand in one answer at a time."
            )

    def audio(self, promised_s: float | None) -> Audio:
        """All that was decoded, with a note if the file promised more. Raises NotAudioError if it is nothing."""
        if not self._count:
            raise NotAudioError("The file holds no sound that can be decoded. Record again, or choose another file.")
        seconds = self._count / RATE
        note = ""
        if promised_s and promised_s - seconds > max(_ENDS_EARLY_S, _ENDS_EARLY_SHARE * promised_s):
            note = f"The file ends early: it should last {promised_s:.0f} seconds, and {seconds:.0f} are there."
        elif self._damaged:
            note = "The file is damaged in places. What could be read is used."
        samples = np.concatenate(self._blocks).astype(np.float32)
        samples /= FULL_SCALE
        return Audio(samples, note)


def _promised_by_wav_header(file: BinaryIO) -> float | None:
    """Seconds a WAV header promises, or None where it doesn't say. FFmpeg trims this to what is there, so we look."""
    file.seek(0)
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return None
    bytes_a_second = 0
    while len(chunk := file.read(8)) == 8:  # noqa: PLR2004 -- a chunk's name and size are 4 bytes each
        name, size = struct.unpack("<4sI", chunk)
        if name == b"fmt " and len(body := file.read(16)) == 16:  # noqa: PLR2004 -- the part all WAV formats share
            bytes_a_second = int(struct.unpack("<HHIIHH", body)[3])
            size -= 16
        elif name == b"data":
            known = 0 < size < _PLACEHOLDER_BYTES and bytes_a_second
            return size / bytes_a_second if known else None
        file.seek(max(size, 0) + size % 2, io.SEEK_CUR)
    return None
