"""A server that listens instead of this computer, over real HTTP."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach.errors import EndpointError
from coach.speech import Audio, Endpoint, flac, pcm_bytes, read_audio
from coach.speech import endpoint as room
from coach.speech.audio import RATE
from coach.speech.gate import NOTHING

WORDS = [{"word": "We", "start": 0.1, "end": 0.3}, {"word": "called", "start": 0.3, "end": 0.8}]
REPLY = {"text": "We called", "words": WORDS}


class Server(ThreadingHTTPServer):
    """Answers with what the test sets, and keeps what it was asked."""

    reply: bytes = json.dumps(REPLY).encode()
    status = 200
    wait_s = 0.0
    location = ""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        time.sleep(self.server.wait_s)
        self.send_response(self.server.status)
        if self.server.location:
            self.send_header("location", self.server.location)
        self.send_header("content-length", str(len(self.server.reply)))
        self.end_headers()
        self.wfile.write(self.server.reply)

    def log_message(self, *_arguments: Any) -> None:
        """Keeps the test's output clean."""


@pytest.fixture
def server() -> Iterator[Server]:
    one = Server()
    thread = threading.Thread(target=one.serve_forever, args=(0.01,))
    thread.start()
    yield one
    one.shutdown()
    one.server_close()
    thread.join(5)


@pytest.fixture
def audio(answer: Path) -> Audio:
    return read_audio(answer)


def test_the_words_of_the_server_become_a_transcript_with_times_and_delivery(server: Server, audio: Audio) -> None:
    shares: list[float] = []

    transcript = Endpoint(server.url, "whisper-1", "key-1").transcribe(audio, shares.append)

    assert (transcript.text, transcript.model, transcript.note) == ("We called", "whisper-1", "")
    assert transcript.delivery
    assert shares == [1.0]
    path, headers, body = server.asked[0]
    assert path == "/v1/audio/transcriptions"
    assert headers["authorization"] == "Bearer key-1"
    assert b'name="model"\r\n\r\nwhisper-1\r\n' in body
    sent = body[body.index(b"fLaC") : body.rindex(b"\r\n--")]
    assert 0.5 * len(pcm_bytes(audio)) < len(flac.unpack(sent)) <= len(pcm_bytes(audio))


def test_a_server_that_gives_no_times_is_good_enough_for_the_text(server: Server, audio: Audio) -> None:
    server.reply = b'{"text": " We called. "}'

    transcript = Endpoint(server.url, "m").transcribe(audio)

    assert (transcript.text, transcript.words, transcript.delivery) == ("We called.", (), None)
    assert "authorization" not in server.asked[0][1]


def test_long_sound_goes_in_pieces_and_times_go_on(
    server: Server, audio: Audio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room, "PIECE_S", 15.0)
    pause = np.zeros(RATE, np.float32)
    long = Audio(np.concatenate([audio.samples, pause, audio.samples, pause, audio.samples]))

    transcript = Endpoint(server.url, "m").transcribe(long)

    assert len(server.asked) > 1
    assert transcript.text == " ".join(["We called"] * len(server.asked))
    starts = [word.start for word in transcript.words]
    assert starts == sorted(starts)
    assert starts[-1] > 10


def test_silence_is_never_sent(server: Server) -> None:
    transcript = Endpoint(server.url, "m").transcribe(Audio(np.zeros(5 * RATE, np.float32)))

    assert transcript.note == NOTHING
    assert server.asked == []


def status(number: int) -> Callable[[Server], None]:
    return lambda server: setattr(server, "status", number)


def reply(content: bytes) -> Callable[[Server], None]:
    return lambda server: setattr(server, "reply", content)


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (status(401), "COACH_WHISPER_KEY"),
        (status(404), "COACH_WHISPER_MODEL"),
        (status(429), "too much to do"),
        (status(500), "status 500"),
        (reply(b"<html>not found</html>"), "no transcript"),
        (reply(b'["words"]'), "no transcript"),
        (reply(b'{"text": null}'), "no transcript"),
        (reply(b"\xff\xfe"), "no transcript"),
    ],
    ids=["key", "address", "busy", "broken", "page", "list", "null", "bytes"],
)
def test_what_goes_wrong_at_the_server_is_one_plain_sentence(
    server: Server, audio: Audio, fault: Callable[[Server], None], told: str
) -> None:
    fault(server)

    with pytest.raises(EndpointError, match=told) as caught:
        Endpoint(server.url, "m", "key-1").transcribe(audio)

    assert "key-1" not in str(caught.value)


def test_a_redirect_is_not_followed_with_the_key_and_the_voice(server: Server, audio: Audio) -> None:
    server.status, server.location = 307, server.url + "/elsewhere"

    with pytest.raises(EndpointError, match="status 307"):
        Endpoint(server.url, "m", "key-1").transcribe(audio)

    assert len(server.asked) == 1


def test_a_server_that_does_not_answer_is_given_up(server: Server, audio: Audio) -> None:
    server.wait_s = 1.0

    with pytest.raises(EndpointError, match="did not answer"):
        Endpoint(server.url, "m", deadline_s=0.2).transcribe(audio)


def test_a_server_that_is_not_there_is_told(server: Server, audio: Audio) -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(server.url.replace(str(server.server_port), "1"), "m").transcribe(audio)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host", "localhost:8000"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="http"):
        Endpoint(url, "m")
