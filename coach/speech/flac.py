"""Recordings packed to about half their size, without losing a sample: heard again, they give the same words."""

import io

import numpy as np

from coach.errors import NotAudioError
from coach.speech.audio import RATE

_BLOCK = 10 * RATE


def pack(pcm: bytes) -> bytes:
    """16-bit little-endian mono PCM at 16 kHz as FLAC."""
    import av  # noqa: PLC0415 -- loads FFmpeg, so only once there is sound

    samples = np.frombuffer(pcm, dtype="<i2").astype(np.int16)
    target = io.BytesIO()
    with av.open(target, mode="w", format="flac") as container:
        stream = container.add_stream("flac", rate=RATE, layout="mono", format="s16")
        for first in range(0, len(samples), _BLOCK):
            frame = av.AudioFrame.from_ndarray(samples[None, first : first + _BLOCK], format="s16", layout="mono")
            frame.sample_rate = RATE
            frame.pts = first
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return target.getvalue()


def unpack(flac: bytes) -> bytes:
    """The very PCM that was packed. Raises NotAudioError for a damaged file."""
    import av  # noqa: PLC0415 -- likewise

    try:
        with av.open(io.BytesIO(flac), mode="r", format="flac") as container:
            blocks = [frame.to_ndarray().reshape(-1) for frame in container.decode(audio=0)]
    except av.FFmpegError:
        raise NotAudioError("This recording is damaged and cannot be played. Its transcript is still there.") from None
    return b"".join(block.astype("<i2").tobytes() for block in blocks)
