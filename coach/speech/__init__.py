"""Sound in, transcript out: recordings, the microphone, and Whisper on this computer."""

from coach.speech import flac
from coach.speech.audio import Audio, pcm16, pcm_bytes, read_audio, wav_bytes
from coach.speech.endpoint import Endpoint
from coach.speech.live import Live
from coach.speech.recorder import Device, devices, record
from coach.speech.whisper import Transcriber

__all__ = [
    "Audio",
    "Device",
    "Endpoint",
    "Live",
    "Transcriber",
    "devices",
    "flac",
    "pcm16",
    "pcm_bytes",
    "read_audio",
    "record",
    "wav_bytes",
]
