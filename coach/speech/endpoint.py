"""Transcription by a server that speaks OpenAI's ``/v1/audio/transcriptions``, for hosts who have one."""

import http.client
import json
import math
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from coach.domain.answer import Transcript, Word
from coach.errors import EndpointError
from coach.speech import flac, gate
from coach.speech.audio import RATE, Audio, Samples, pcm_bytes
from coach.speech.delivery import measure
from coach.speech.level import level
from coach.speech.stretches import Speech, Stretch, audible, cut
from coach.speech.voice import find_speech

PIECE_S = 480.0
"""Seconds of sound in one request: about 8 MB, where usual servers take 25."""

_REPLY_LIMIT = 4_000_000  # bytes; eight minutes of words with times are under half a megabyte
_BLOCK = 65_536
_WITH_TIMES = (
    ("response_format", "verbose_json"),
    ("timestamp_granularities[]", "word"),
    ("timestamp_granularities[]", "segment"),
)
_TEXT_ALONE = (("response_format", "json"),)
_BAD_REQUEST = 400  # how a model that knows no times, such as OpenAI's newer ones, refuses to be asked for them


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would carry the key and somebody's voice to another server."""

    def redirect_request(self, *_arguments: Any, **_named: Any) -> None:
        """Refuses."""


class Endpoint:
    """A server with a base address such as ``http://localhost:8000/v1``. Sound without speech is never sent to it."""

    def __init__(self, url: str, model: str, key: str = "", deadline_s: float = 120.0) -> None:
        if urlsplit(url).scheme not in ("http", "https"):
            raise EndpointError(
                "COACH_WHISPER_URL must begin with http:// or https://. Example: http://localhost:8000/v1"
            )
        self._url = url.rstrip("/") + "/audio/transcriptions"
        self.name = model
        self._key = key
        self._deadline_s = deadline_s
        self._opener = urllib.request.build_opener(_NoRedirect)

    def transcribe(self, audio: Audio, on_progress: Callable[[float], object] | None = None) -> Transcript:
        """What is said in a recording. Raises EndpointError where the server cannot be asked or doesn't answer as it should."""
        samples = audible(audio.samples)
        speech = find_speech(samples)
        speech_s = sum(end - start for start, end in speech)
        words: list[Word] = []
        texts: list[str] = []
        if speech_s >= gate.LEAST_SPEECH_S:
            pieces = tuple(_pieces(cut(speech, audio.duration_s)))
            for n, (start, end) in enumerate(pieces, 1):
                reply = self._ask(samples[int(start * RATE) : int(end * RATE)])
                said, timed = _believed(reply, start, speech)
                texts.append(said)
                words += timed
                if on_progress:
                    on_progress(n / len(pieces))
        elif on_progress:
            on_progress(1.0)
        text = " ".join(word.text for word in words) or " ".join(filter(None, texts))
        loudness = level(audio.samples, speech)
        notes = (
            audio.note,
            "" if text else gate.note((), 0.0, speech_s),
            loudness.note if loudness and text else "",
        )
        return Transcript(
            text=text,
            words=tuple(words),
            duration_s=audio.duration_s,
            speech_s=speech_s,
            model=self.name,
            note=" ".join(filter(None, notes)),
            delivery=measure(tuple(words), speech, audio.samples, verbatim=False),
        )

    def _ask(self, sound: Samples) -> dict[str, Any]:
        """What the server heard in a piece: with times if it can, otherwise the text alone."""
        packed = flac.pack(pcm_bytes(Audio(sound)))
        try:
            found = self._posted(packed, _WITH_TIMES)
        except _RefusedError as refused:
            if refused.status != _BAD_REQUEST:
                raise
            found = self._posted(packed, _TEXT_ALONE)
        if not isinstance(found, dict) or not isinstance(found.get("text"), str):
            raise EndpointError(
                "The server for transcriptions answered something that is no transcript. Check COACH_WHISPER_URL."
            )
        return found

    def _posted(self, packed: bytes, wanted: tuple[tuple[str, str], ...]) -> Any:
        """The reply to one request, or None where it is no JSON. Raises EndpointError."""
        body, kind = _form((("model", self.name), ("language", "en"), *wanted), packed)
        headers = {"content-type": kind} | ({"authorization": f"Bearer {self._key}"} if self._key else {})
        request = urllib.request.Request(self._url, body, headers)  # noqa: S310 -- the scheme was checked
        until = time.monotonic() + self._deadline_s
        try:
            with self._opener.open(request, timeout=self._deadline_s) as reply:
                return json.loads(_read(reply, until))
        except urllib.error.HTTPError as error:
            error.close()  # it holds the connection
            raise _RefusedError(error.code) from None
        except TimeoutError:
            raise EndpointError(
                f"The server for transcriptions did not answer within {self._deadline_s:.0f} seconds."
            ) from None
        except OSError:
            raise EndpointError(
                "The server for transcriptions cannot be reached. Check COACH_WHISPER_URL and your network."
            ) from None
        except (ValueError, http.client.HTTPException):
            return None


class _RefusedError(EndpointError):
    """The server answered with a status that says no."""

    def __init__(self, status: int) -> None:
        super().__init__(_refusals.get(status, _REFUSED.format(status)))
        self.status = status


def _read(reply: http.client.HTTPResponse, until: float) -> bytes:
    """A reply's body. Raises TimeoutError where it trickles in for longer than until then."""
    body = bytearray()
    while len(body) < _REPLY_LIMIT and (block := reply.read1(_BLOCK)):
        body += block
        if time.monotonic() > until:
            raise TimeoutError
    return bytes(body)


_REFUSED = "The server for transcriptions refused with status {}. Its own log says why."
_refusals = {
    401: "The server for transcriptions does not accept the key. Check COACH_WHISPER_KEY.",
    403: "The server for transcriptions does not accept the key. Check COACH_WHISPER_KEY.",
    404: "The server for transcriptions does not know this address or model. Check COACH_WHISPER_URL and COACH_WHISPER_MODEL.",
    429: "The server for transcriptions has too much to do at the moment. Try again in a minute.",
}


def _pieces(stretches: Iterable[Stretch]) -> Iterable[tuple[float, float]]:
    """From and to, in seconds, of each request: as many stretches as fit."""
    first = last = None
    for stretch in stretches:
        if first is not None and last is not None and stretch.end - first > PIECE_S:
            yield first, last
            first = None
        first, last = stretch.start if first is None else first, stretch.end
    if first is not None and last is not None:
        yield first, last


def _believed(reply: dict[str, Any], offset: float, speech: Speech) -> tuple[str, list[Word]]:
    """The text of a reply and its words, as far as the server gives times. What Whisper writes where nobody speaks goes, as it does here."""
    words = _words(reply, offset)
    segments = _segments(reply, offset, words)
    if not segments:  # no segments to judge, or none with figures: the whole as one
        whole = gate.Segment(str(reply["text"]).strip(), offset, offset + PIECE_S, tuple(words), 0.0, 0.0, 0.0)
        segments = [whole]
    kept = gate.believable(tuple(segments), speech)
    if len(kept) == len(segments):
        return str(reply["text"]).strip(), words
    return " ".join(segment.text for segment in kept), [word for segment in kept for word in segment.words]


def _segments(reply: dict[str, Any], offset: float, words: list[Word]) -> list[gate.Segment]:
    """Phrases with the server's own doubts; a figure it doesn't give counts as no doubt."""
    found: list[gate.Segment] = []
    try:
        for one in reply.get("segments") or ():
            start, end = offset + float(one["start"]), offset + float(one["end"])
            doubts = [float(one.get(name) or 0.0) for name in ("no_speech_prob", "avg_logprob", "compression_ratio")]
            found.append(gate.Segment(str(one["text"]).strip(), start, end, (), *doubts))
    except (AttributeError, KeyError, TypeError, ValueError):
        return []
    bounds = [segment.end for segment in found[:-1]] + [math.inf]
    return [
        replace(segment, words=tuple(word for word in words if before <= word.start < until))
        for segment, before, until in zip(found, [0.0, *bounds], bounds, strict=False)
    ]


def _words(reply: dict[str, Any], offset: float) -> list[Word]:
    """The words with their times, where the server gives them. How sure it was it doesn't say."""
    words: list[Word] = []
    for one in reply.get("words") or ():
        try:
            text, start, end = str(one["word"]).strip(), offset + float(one["start"]), offset + float(one["end"])
        except (KeyError, TypeError, ValueError):
            return []
        start = max(start, words[-1].start if words else 0.0)
        if text:
            words.append(Word(text=text, start=start, end=max(start, end), probability=1.0))
    return words


def _form(fields: Iterable[tuple[str, str]], sound: bytes) -> tuple[bytes, str]:
    """A multipart form and its content type."""
    boundary = secrets.token_hex(16)
    parts = [
        f'--{boundary}\r\ncontent-disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields
    ]
    head = f'--{boundary}\r\ncontent-disposition: form-data; name="file"; filename="answer.flac"\r\ncontent-type: audio/flac\r\n\r\n'
    return b"".join(
        [*parts, head.encode(), sound, f"\r\n--{boundary}--\r\n".encode()]
    ), f"multipart/form-data; boundary={boundary}"
