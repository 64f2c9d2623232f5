"""A server that listens instead of this computer, over real HTTP."""

import json
import socket
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
    knows_times = True
    trickles = False

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
        self.send_response(400 if b"verbose_json" in body and not self.server.knows_times else self.server.status)
        if self.server.location:
            self.send_header("location", self.server.location)
        self.send_header("content-length", str(len(self.server.reply)))
        self.end_headers()
        for n in range(len(self.server.reply)) if self.server.trickles else ():
            self.wfile.write(self.server.reply[n : n + 1])
            time.sleep(0.05)
        if not self.server.trickles:
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
    assert b'name="response_format"\r\n\r\nverbose_json\r\n' in body
    sent = body[body.index(b"fLaC") : body.rindex(b"\r\n--")]
    assert 0.5 * len(pcm_bytes(audio)) < len(flac.unpack(sent)) <= len(pcm_bytes(audio))


def test_a_server_that_gives_no_times_is_good_enough_for_the_text(server: Server, audio: Audio) -> None:
    server.reply = b'{"text": " We called. "}'

    transcript = Endpoint(server.url, "m").transcribe(audio)

    assert (transcript.text, transcript.words, transcript.delivery) == ("We called.", (), None)
    assert "authorization" not in server.asked[0][1]


def test_a_model_that_knows_no_times_is_asked_for_the_text_alone(server: Server, audio: Audio) -> None:
    server.knows_times, server.reply = False, b'{"text": "We called."}'

    transcript = Endpoint(server.url, "m").transcribe(audio)

    assert transcript.text == "We called."
    assert len(server.asked) == 2


def heard(*texts: str, no_speech: float = 0.01, logprob: float = -0.2, compression: float = 1.2) -> bytes:
    """A reply of one segment of two seconds a text, the last of them with these doubts."""
    sure = {"no_speech_prob": 0.01, "avg_logprob": -0.2, "compression_ratio": 1.2}
    doubts = {"no_speech_prob": no_speech, "avg_logprob": logprob, "compression_ratio": compression}
    segments = [
        {"start": 2 * n, "end": 2 * n + 2, "text": text, **(doubts if n == len(texts) - 1 else sure)}
        for n, text in enumerate(texts)
    ]
    words = [
        {"word": word, "start": 2 * n + 0.1 * k, "end": 2 * n + 0.1 * k + 0.1}
        for n, text in enumerate(texts)
        for k, word in enumerate(text.split())
    ]
    return json.dumps({"text": " ".join(texts), "segments": segments, "words": words}).encode()


@pytest.mark.parametrize(
    "reply",
    [
        heard("We called.", "No, no, no, no, no, no, no, no.", compression=4.1),
        heard("We called.", "I like it here.", no_speech=0.8, logprob=-0.9),
        heard("We called.", "Very well.", logprob=-1.4),
    ],
    ids=["loop", "silence", "guess"],
)
def test_what_a_server_wrote_without_hearing_is_left_out_with_its_words(
    server: Server, audio: Audio, reply: bytes
) -> None:
    server.reply = reply

    transcript = Endpoint(server.url, "m").transcribe(audio)

    assert transcript.text == "We called."
    assert [word.text for word in transcript.words] == ["We", "called."]


def test_thanks_to_an_audience_after_the_last_word_are_left_out(server: Server, audio: Audio) -> None:
    ended = Audio(np.concatenate([audio.samples, np.zeros(8 * RATE, np.float32)]))
    late = round(audio.duration_s) + 4
    segments = [
        {"start": 0, "end": 2, "text": "We called."},
        {"start": late, "end": late + 2, "text": "Thank you for watching!"},
    ]
    server.reply = json.dumps({"text": "We called. Thank you for watching!", "segments": segments}).encode()

    assert Endpoint(server.url, "m").transcribe(ended).text == "We called."


def test_a_server_that_leaves_hesitations_out_makes_no_count_of_them(server: Server, audio: Audio) -> None:
    delivery = Endpoint(server.url, "m").transcribe(audio).delivery

    assert delivery
    assert delivery.fillers_a_minute is None


def test_what_is_wrong_with_the_sound_is_said_whoever_listens(server: Server, audio: Audio) -> None:
    transcript = Endpoint(server.url, "m").transcribe(Audio((audio.samples * 40).clip(-1, 1)))

    assert "too loud" in transcript.note


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


def test_a_server_that_answers_drop_by_drop_is_given_up(server: Server, audio: Audio) -> None:
    server.trickles = True

    with pytest.raises(EndpointError, match="did not answer"):
        Endpoint(server.url, "m", deadline_s=0.3).transcribe(audio)


def test_something_that_speaks_no_http_is_no_transcript(audio: Audio) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        answer = threading.Thread(target=_greet, args=(other,))
        answer.start()
        with pytest.raises(EndpointError, match="no transcript"):
            Endpoint(f"http://127.0.0.1:{other.getsockname()[1]}", "m").transcribe(audio)
        answer.join(5)


def _greet(server: socket.socket) -> None:
    asked, _ = server.accept()
    with asked:
        asked.sendall(b"220 mail.example.org ready\r\n")
        while b"\r\n--" not in asked.recv(1 << 20)[-40:]:
            pass


def test_a_server_that_is_not_there_is_told(server: Server, audio: Audio) -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(server.url.replace(str(server.server_port), "1"), "m").transcribe(audio)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://host", "localhost:8000"])
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(EndpointError, match="http"):
        Endpoint(url, "m")
