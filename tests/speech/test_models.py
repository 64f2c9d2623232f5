import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from coach.commands.models import models as command
from coach.errors import WeightsError
from coach.speech import engine, models
from coach.speech.models import Speed, recommended
from coach.speech.weights import BUNDLED


def test_the_most_accurate_model_that_keeps_up_is_recommended() -> None:
    tiny, base, small = (
        Speed(name=name, load_s=1, work=work) for name, work in (("tiny.en", 0.05), ("base", 0.2), ("small", 0.9))
    )

    assert recommended((tiny, small, base)) == base
    assert recommended((small,)) == small
    assert recommended((small, Speed(name="base", load_s=1, work=0.5))).name == "base"


def test_of_two_models_of_a_size_the_english_one_hears_english_better() -> None:
    english, any_language = (Speed(name=name, load_s=1, work=0.2) for name in ("base.en", "base"))

    assert recommended((english, any_language)) == english


def test_bundled_models_are_here_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")

    assert set(models.present(None)) >= {"tiny.en", "base"}
    shares: list[float] = []
    models.fetch("base", None, shares.append)
    assert shares == [1.0]


def test_a_model_is_measured_with_its_real_weights() -> None:
    speed = models.measure("tiny.en", None)

    assert 0 < speed.work < 5
    assert speed.load_s > 0


def test_the_list_says_what_is_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_WHISPER_MODEL", "tiny.en")

    done = CliRunner().invoke(command, ["list"])

    assert "tiny.en\t75 MB\tin use" in done.stdout
    assert "base\t145 MB\there" in done.stdout


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ({"COACH_WHISPER_MODEL": "someone/whisper-of-theirs"}, "someone/whisper-of-theirs\tof your own choice\tin use"),
        ({"COACH_WHISPER_URL": "http://127.0.0.1:9/v1"}, "None of them is in use"),
    ],
)
def test_the_list_says_what_else_is_in_use(monkeypatch: pytest.MonkeyPatch, setting: dict[str, str], told: str) -> None:
    for name, value in setting.items():
        monkeypatch.setenv(name, value)

    done = CliRunner().invoke(command, ["list"])

    assert told in done.output
    assert done.output.count("in use") == 1


@pytest.mark.parametrize("cards", [0, 2])
def test_a_graphics_card_is_used_where_there_is_one(monkeypatch: pytest.MonkeyPatch, cards: int) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: cards)

    assert engine.device() == ("cuda" if cards else "cpu")


def test_a_graphics_card_that_fails_leaves_the_work_to_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "device", lambda: "cuda")

    whisper = engine.Engine("tiny.en").whisper()

    assert whisper.model.device == "cpu"


# ── a hub of our own, over real HTTP, that holds the bundled weights under another name ───────────────────────────

COMMIT = "0123456789abcdef0123456789abcdef01234567"
HELD = {
    "Systran/faster-whisper-base.en": BUNDLED["tiny.en"].load(),
    "someone/pictures": {"config.json": b"{}", "model.bin": b"pictures"},
}


class Hub(BaseHTTPRequestHandler):
    """Knows as much of the hub's manners as a download needs."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.answer()

    def do_HEAD(self) -> None:
        self.answer()

    def answer(self) -> None:
        path = self.path.partition("?")[0].removeprefix("/api/models").strip("/")
        repository = "/".join(path.split("/")[:2])
        files = HELD.get(repository)
        rest = path.removeprefix(repository).strip("/")
        name = rest.rpartition("/")[2]
        if files is None:
            self.send(404, b"", **{"X-Error-Code": "RepoNotFound"})
        elif rest.startswith("revision"):
            self.send(200, json.dumps({"id": repository, "sha": COMMIT, "siblings": self.siblings(files)}).encode())
        elif rest.startswith("tree"):
            self.send(200, json.dumps(self.siblings(files)).encode())
        elif name in files:
            sent = {"ETag": f'"{self.hash(files[name])}"', "X-Repo-Commit": COMMIT}
            self.send(200, files[name], **sent)
        else:
            self.send(404, b"", **{"X-Error-Code": "EntryNotFound"})

    def siblings(self, files: dict[str, bytes]) -> list[dict[str, object]]:
        return [
            {"type": "file", "rfilename": name, "path": name, "size": len(body), "oid": self.hash(body)}
            for name, body in files.items()
        ]

    @staticmethod
    def hash(body: bytes) -> str:
        return hashlib.sha1(body, usedforsecurity=False).hexdigest()

    def send(self, status: int, body: bytes, **headers: str) -> None:
        self.send_response(status)
        for name, value in (headers | {"content-length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Keeps the test's output clean."""


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The settings under which models come from it; the library reads them once, so each test asks a process of its own."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("COACH_", "HF_"))}
    yield kept | {"HF_ENDPOINT": f"http://127.0.0.1:{server.server_port}", "HF_HOME": str(tmp_path / "hub")}
    server.shutdown()
    server.server_close()
    thread.join(5)


FETCH = """
import json, sys
from pathlib import Path
from coach.errors import WeightsError
from coach.speech import models
from coach.speech.engine import Engine

home, name, shares = Path(sys.argv[1]), sys.argv[2], []
try:
    models.fetch(name, home, shares.append)
    print(json.dumps({"shares": shares, "here": models.present(home), "loads": Engine(name, home).whisper() is not None}))
except WeightsError as error:
    print(json.dumps({"error": str(error)}))
"""


def fetched(hub: dict[str, str], name: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", FETCH, hub["HF_HOME"], name],
        cwd=Path(__file__).parents[2],
        env=hub,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return dict(json.loads(done.stdout))


def test_a_model_is_fetched_with_its_progress_and_listens_from_then_on(hub: dict[str, str]) -> None:
    told = fetched(hub, "base.en")

    assert told["shares"] == sorted(told["shares"])
    assert any(0 < share < 1 for share in told["shares"])
    assert told["shares"][-1] == 1.0
    assert "base.en" in told["here"]
    assert told["loads"]


def test_what_is_no_whisper_is_not_said_to_be_here(hub: dict[str, str]) -> None:
    assert fetched(hub, "someone/pictures")["error"].startswith("'someone/pictures' holds no CTranslate2 weights")


def test_a_model_that_is_not_on_the_hub_is_no_matter_of_the_network(hub: dict[str, str]) -> None:
    assert fetched(hub, "no-such-model")["error"].startswith("There is no speech model called 'no-such-model'.")


def test_a_model_that_nobody_knows_is_told() -> None:
    with pytest.raises(WeightsError, match=r"could not be fetched|no speech model"):
        models.fetch("no such model", None, lambda _share: None)
