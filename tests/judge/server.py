"""A real HTTP server that speaks chat completions, and fails in the ways endpoints are known to fail.

The fault is named by the model; what it gets is kept in ``bodies``. Listens on 127.0.0.1 only, on a free port.
"""

import json
import socket
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

KEY = "sk-made-up-key-for-tests-0123456789"


def completion(content: object, finish: str = "stop", **message: object) -> dict[str, Any]:
    """A chat completion as endpoints send it."""
    choice = {"index": 0, "message": {"role": "assistant", "content": content, **message}, "finish_reason": finish}
    usage = {"prompt_tokens": 800, "completion_tokens": 200, "total_tokens": 1000}
    return {
        "id": "c",
        "object": "chat.completion",
        "created": 1,
        "model": "fake-1",
        "choices": [choice],
        "usage": usage,
    }


def error(message: str, code: str | None = None, kind: str | None = None, param: str | None = None) -> dict[str, Any]:
    """An error body as OpenAI sends it."""
    return {"error": {"message": message, "type": kind, "code": code, "param": param}}


class Server:
    """The server, as a context manager. ``good`` is the reply of a model that does what it should."""

    def __init__(self, good: str) -> None:
        self.good = good
        self.bodies: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.listed: list[str] = ["text-embedding-1", "fake-1"]
        self.let_go = threading.Event()  # ends hanging and trickling replies when the test is over
        outer = self

        class Handler(_Handler):
            server_of_tests = outer

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def lose(self) -> None:
        """Go away: nobody listens at this address any more."""
        self.let_go.set()
        self._http.shutdown()
        self._http.server_close()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.lose()
        self._thread.join()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._http.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of_tests: Server

    def log_message(self, *_: object) -> None:
        """Say nothing on stderr."""

    def do_GET(self) -> None:
        models = [{"id": name, "object": "model"} for name in self.server_of_tests.listed]
        self.send(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server_of_tests.bodies.append(body)
        self.server_of_tests.headers.append(dict(self.headers))
        FAULTS[body["model"]](self, body, len(self.server_of_tests.bodies))

    def send(self, status: int, thing: object, kind: str = "application/json", **headers: str) -> None:
        data = thing if isinstance(thing, bytes) else json.dumps(thing).encode()
        self.send_response(status)
        for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def begin(self, length: int) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        self.end_headers()

    def say(self, content: object, finish: str = "stop", **message: object) -> None:
        self.send(200, completion(content, finish, **message))

    @property
    def good(self) -> str:
        return self.server_of_tests.good

    @property
    def let_go(self) -> threading.Event:
        return self.server_of_tests.let_go


def _reset(h: _Handler, *_: object) -> None:
    h.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    h.connection.close()
    h.close_connection = True


def _half_body(h: _Handler, *_: object) -> None:
    data = json.dumps(completion(h.good)).encode()
    h.begin(len(data))
    h.wfile.write(data[: len(data) // 2])
    h.close_connection = True


def _trickle(h: _Handler, *_: object) -> None:
    h.begin(1_000_000)
    try:
        while not h.let_go.wait(0.05):
            h.wfile.write(b" ")
            h.wfile.flush()
    except OSError:
        pass  # the client has gone, as it should
    h.close_connection = True


def _hang(h: _Handler, *_: object) -> None:
    h.let_go.wait(20)
    h.close_connection = True


def pieces(h: _Handler, text: str, finish: str | None = "stop", pause_s: float = 0.0, *, done: bool = True) -> None:
    """A reply as a stream of events."""
    h.send_response(200)
    h.send_header("Content-Type", "text/event-stream")
    h.send_header("Connection", "close")
    h.end_headers()
    h.close_connection = True
    for at in range(0, len(text), 40):
        event(h, {"content": text[at : at + 40]})
        if pause_s and h.let_go.wait(pause_s):
            return
    if finish:
        event(h, {}, finish)
    if done:
        h.wfile.write(b"data: [DONE]\n\n")


def event(h: _Handler, delta: dict[str, Any], finish: str | None = None, **more: Any) -> None:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    chunk = {"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "fake-1", "choices": [choice], **more}
    h.wfile.write(f"data: {json.dumps(chunk)}\n\n".encode())
    h.wfile.flush()


def _stream(then: Callable[[_Handler], None]) -> "Fault":
    """What happens to a stream; asked without streaming, it is all well."""

    def fault(h: _Handler, body: dict[str, Any], _: int) -> None:
        if body.get("stream"):
            then(h)
        else:
            h.say(h.good)

    return fault


def _cut(h: _Handler) -> None:
    pieces(h, h.good[: len(h.good) // 2], finish=None, done=False)


def _stalled(h: _Handler) -> None:
    pieces(h, h.good[:200], finish=None, done=False)
    h.let_go.wait(20)


def _told_in_the_middle(message: str, code: str) -> Callable[[_Handler], None]:
    def fault(h: _Handler) -> None:
        pieces(h, h.good[:200], finish=None, done=False)
        h.wfile.write(f"data: {json.dumps(error(message, code))}\n\n".encode())

    return fault


def _no_json_event(h: _Handler) -> None:
    pieces(h, h.good[:200], finish=None, done=False)
    h.wfile.write(b"data: {not json\n\n")


def _reset_in_the_middle(h: _Handler) -> None:
    h.send_response(200)
    h.send_header("Content-Type", "text/event-stream")
    h.send_header("Content-Length", "100000")
    h.end_headers()
    event(h, {"content": h.good[:200]})
    _reset(h)


def _no_streaming(h: _Handler, body: dict[str, Any], _: int) -> None:
    if "stream" in body:
        h.send(400, error("Unsupported parameter: 'stream' is not supported with this model.", param="stream"))
    else:
        h.say(h.good)


def _schema_unknown(h: _Handler, body: dict[str, Any], _: int) -> None:
    if body.get("response_format", {}).get("type") == "json_schema":
        h.send(400, error("'response_format' of type 'json_schema' is not supported with this model."))
    else:
        h.say(h.good)


def _format_unknown(h: _Handler, body: dict[str, Any], _: int) -> None:
    if "response_format" in body:
        h.send(422, {"detail": [{"loc": ["body", "response_format"], "msg": "Extra inputs are not permitted"}]})
    else:
        h.say(f"Sure:\n{h.good}")


def _picky(h: _Handler, body: dict[str, Any], _: int) -> None:
    """Takes neither temperature nor seed nor safety_identifier, and no max_tokens."""
    for name in ("temperature", "seed", "safety_identifier", "max_tokens"):
        if name in body:
            h.send(400, error(f"Unsupported parameter: '{name}' is not supported with this model.", param=name))
            return
    h.say(h.good)


def _no_limits(h: _Handler, body: dict[str, Any], _: int) -> None:
    for name in ("max_tokens", "max_completion_tokens"):
        if name in body:
            h.send(400, error(f"{name} is too large for this model's maximum context length"))
            return
    h.say(h.good)


def _short_of_room(h: _Handler, body: dict[str, Any], _: int) -> None:
    roomy = body.get("max_tokens", 0) > 4_000
    h.say(h.good if roomy else h.good[:120], "stop" if roomy else "length")


def _second_time(first: Callable[["_Handler"], None]) -> "Fault":
    def fault(h: _Handler, _: dict[str, Any], count: int) -> None:
        if count == 1:
            first(h)
        else:
            h.say(h.good)

    return fault


def _worse_when_asked_again(h: _Handler, _: dict[str, Any], count: int) -> None:
    reply = json.loads(h.good)
    del reply["empathy"]
    h.say(json.dumps(reply) if count == 1 else "no json here")


def _altered(change: Callable[[dict[str, Any]], object]) -> "Fault":
    """A reply in which something is not as it should be."""

    def fault(h: _Handler, *_: object) -> None:
        reply = json.loads(h.good)
        change(reply)
        h.say(json.dumps(reply))

    return fault


def _status(status: int, body: dict[str, Any], **headers: str) -> "Fault":
    return lambda h, *_: h.send(status, body, **headers)


def _content(make: Callable[[str], object], finish: str = "stop", **message: object) -> "Fault":
    return lambda h, *_: h.say(make(h.good), finish, **message)


Fault = Callable[[_Handler, dict[str, Any], int], None]

_RATE = error("Rate limit reached. Add a payment method under billing.", "rate_limit_exceeded", "rate_limit_error")
_FILTER = error("The prompt triggered the content management policy.", "content_filter", param="prompt")
_SORRY = "I'm sorry, but I can't help with that."

FAULTS: dict[str, Fault] = {
    "ok": _content(lambda good: good),
    "fake-1": _content(lambda good: good),
    "401": _status(401, error(f"Incorrect API key provided: {KEY}.", "invalid_api_key")),
    "403": _status(403, error("Forbidden")),
    "403-flagged": _status(403, error("Your input was flagged by moderation.")),
    "402": _status(402, error("Insufficient credits")),
    "404": _status(404, error("The model does not exist", "model_not_found")),
    "400-model": _status(400, error("model 'x' not found, try pulling it first")),
    "405": _status(405, error("Method not allowed")),
    "413": _status(413, error("Too large")),
    "429": _status(429, _RATE, Retry_After="0"),
    "429-long": _status(429, _RATE, Retry_After="600"),
    "429-date": _second_time(lambda h: h.send(429, _RATE, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT")),
    "429-then-ok": _second_time(lambda h: h.send(429, _RATE, Retry_After="0")),
    "429-quota": _status(429, error("You exceeded your current quota", "insufficient_quota", "insufficient_quota")),
    "500": _status(500, error("boom", kind="server_error")),
    "500-html": lambda h, *_: h.send(500, b"<html>Bad gateway</html>", "text/html"),
    "503-then-ok": _second_time(lambda h: h.send(503, error("Loading model"))),
    "503": _status(503, error("Loading model")),
    "400-schema": _schema_unknown,
    "422-format": _format_unknown,
    "400-always": _status(400, error("Something about this request is wrong.")),
    "400-filter": _status(400, _FILTER),
    "400-context": _status(
        400, error("This model's maximum context length is 4096 tokens.", "context_length_exceeded")
    ),
    "picky": _picky,
    "no-limits": _no_limits,
    "hang": _hang,
    "reset": _reset,
    "reset-then-ok": _second_time(_reset),
    "half-body": _half_body,
    "trickle": _trickle,
    "bad-json": lambda h, *_: h.send(200, b'{"id": "x", "choices": ['),
    "deep-json": lambda h, *_: h.send(200, b"[" * 100_000),
    "html-200": lambda h, *_: h.send(200, b"<html>log in</html>", "text/html"),
    "json-null": lambda h, *_: h.send(200, b"null"),
    "empty-body": lambda h, *_: h.send(200, b""),
    "error-200": _status(200, error("upstream failed")),
    "no-choices": _status(200, {**completion("x"), "choices": []}),
    "odd-types": _status(200, {**completion("x"), "choices": [{"message": "hello"}], "usage": "much", "model": 7}),
    "odd-usage": lambda h, *_: h.send(200, {**completion(h.good), "usage": {"prompt_tokens": 10**30}, "model": None}),
    "list-content": _content(lambda good: [{"type": "text", "text": good}]),
    "null-content": _content(lambda _: None),
    "empty-content": _content(lambda _: ""),
    "thinking-only": _content(lambda _: None, "length"),
    "truncated": _content(lambda good: good[:150], "length"),
    "truncated-stop": _content(lambda good: good[:150]),
    "short-of-room": _short_of_room,
    "refusal": _content(lambda _: None, refusal=_SORRY),
    "refusal-text": _content(lambda _: _SORRY),
    "filter-finish": _content(lambda _: "", "content_filter"),
    "fenced": _content(lambda good: f"```json\n{good}\n```"),
    "prose": _content(lambda good: f"Here it is {{as asked}}:\n{good}\nI hope this helps."),
    "think": _content(lambda good: f'<think>perhaps {{"soar": 5}}?</think>{good}'),
    "think-open": _content(lambda good: f'perhaps {{"soar": 5}}?</think>{good}'),
    "twice": _content(lambda good: f"{good}\n{good}"),
    "echo": _content(lambda good: f'{{"soar": {{"event": {{"sentence": 1, "verdict": "yes"}}}}}}\n{good}'),
    "no-nonsense": _content(lambda _: "{" * 5_000),
    "surrogates": _content(lambda good: good + " \ud800 \x00"),
    "extra": _altered(lambda r: r.update(hire=True, level=5)),
    "loud": _altered(lambda r: r["soar"].update(event={"sentence": "[1]", "verdict": " YES "})),
    "missing-part": _altered(lambda r: r.pop("empathy")),
    "missing-point": _altered(lambda r: r["soar"].pop("result")),
    "wrong-number": _altered(lambda r: r["outcome"]["number"].update(sentence=99)),
    "no-number": _altered(lambda r: r["outcome"]["number"].update(sentence=0)),
    "odd-number": _altered(lambda r: r["outcome"]["number"].update(sentence=True)),
    "huge-number": _altered(lambda r: r["outcome"]["number"].update(sentence=1e999)),
    "levels": _content(lambda _: '{"soar": 5, "empathy": 5, "confidentiality": 5, "outcome": 5, "advice": "Hire."}'),
    "worse-again": _worse_when_asked_again,
    "all-yes": _content(lambda good: good.replace('"sentence": 0, "verdict": "no"', '"sentence": 1, "verdict": "yes"')),
    "mended": _second_time(lambda h: h.say("no json here")),
    "unquoted-advice": _altered(lambda r: r.update(advice='Open with "I never gave up on her" and breathe.')),
    "long-advice": _altered(lambda r: r.update(advice="Say when it was. Say how it ended. Say a number. Say thanks.")),
    "odd-advice": _altered(lambda r: r.update(advice=["be", "better"])),
    "slow-stream": _stream(lambda h: pieces(h, h.good, pause_s=0.1)),
    "stream": _stream(lambda h: pieces(h, h.good)),
    "stream-cut": _stream(_cut),
    "stream-stalled": _stream(_stalled),
    "stream-drip": _stream(lambda h: pieces(h, h.good * 50, pause_s=0.05)),
    "stream-error": _stream(_told_in_the_middle("The server had an error.", "server_error")),
    "stream-filter": _stream(_told_in_the_middle("The content management policy was triggered.", "content_filter")),
    "stream-busy": _stream(_told_in_the_middle("Rate limit reached.", "rate_limit_exceeded")),
    "stream-bad-json": _stream(_no_json_event),
    "stream-reset": _stream(_reset_in_the_middle),
    "stream-no-end": _stream(lambda h: pieces(h, h.good, finish=None, done=False)),
    "stream-short": _stream(lambda h: pieces(h, h.good[:150], finish="length")),
    "stream-filtered-end": _stream(lambda h: pieces(h, h.good[:150], finish="content_filter")),
    "stream-whole": _stream(lambda h: h.say(h.good)),
    "stream-empty": _stream(lambda h: pieces(h, "", finish=None)),
    "no-streaming": _no_streaming,
}
