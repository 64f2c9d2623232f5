"""The app as a person meets it: a real server, real Chromium, a fake microphone that plays a real WAV, real Whisper weights."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)
ANSWER = (
    "Last year I worked with a woman in her seventies who came home from the hospital after a fall. "
    "The problem was that her insurance denied the home aide, and she was afraid of losing her independence. "
    "I asked her what mattered most to her, and with her permission I called the plan and appealed. "
    "The aide was approved in nine days, and in the next three months she had no falls, compared with four before."
)

FAILED = pytest.StashKey[bool]()

expect.set_options(timeout=90_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without Chromium these tests are skipped at home, and fail in CI."""
    missing = [name for name, found in (("chromium", CHROMIUM), ("espeak-ng", shutil.which("espeak-ng"))) if not found]
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            if missing and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason=f"{' and '.join(missing)} not installed"))


@dataclass
class App:
    """A running app with a data folder of its own."""

    data: Path
    port: int
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        with (self.data.parent / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "coach.cli", "run", "--no-browser", "--port", str(self.port)],
                cwd=self.data.parent,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        for _ in range(1200):  # minutes: on a busy machine loading the libraries alone may take one
            try:
                with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=5):
                    return
            except OSError:
                assert self.process.poll() is None, self.log
                time.sleep(0.2)
        self.kill()
        pytest.fail(f"the app did not start: {self.log}")

    def kill(self) -> None:
        """As a power cut would."""
        assert self.process
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    @property
    def log(self) -> str:
        return (self.data.parent / "server.log").read_text("utf-8")


@contextmanager
def running(folder: Path, prepare: Callable[[int], object] = lambda _: None, **environment: str) -> Iterator[App]:
    """An app in a folder, ended at the end by its process. ``prepare`` is told its port before it starts."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("OPENAI_", "COACH_", "DATABASE_"))}
    app = App(
        data=folder / "data",
        port=port,
        environment={
            **kept,
            "PYTHONPATH": str(ROOT),
            "COACH_DATA_DIR": str(folder / "data"),
            "COACH_WHISPER_MODEL": "tiny.en",
            "HF_HUB_OFFLINE": "1",
            **environment,
        },
    )
    prepare(port)
    try:
        app.start()
        yield app
    finally:
        if app.process and app.process.poll() is None:
            app.kill()


def serious_faults(page: Page) -> list[str]:
    """What axe finds serious in our own parts of a page; a page of Streamlit's parts alone has none."""
    if not page.locator(".pc").count():
        return []
    found = Axe().run(page, context={"include": [[".pc"]]}).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in {"serious", "critical"}]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    with running(tmp_path) as one:
        yield one


@pytest.fixture(scope="session")
def answer_wav(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An answer spoken by espeak-ng, with a second of silence before it."""
    folder = tmp_path_factory.mktemp("speech")
    spoken, padded = folder / "spoken.wav", folder / "answer.wav"
    subprocess.run(["espeak-ng", "-v", "en-us", "-s", "150", "-w", str(spoken), ANSWER], check=True)
    subprocess.run(["sox", str(spoken), "-r", "48000", str(padded), "pad", "1", "1"], check=True)
    return padded


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures see that a test failed."""
    report = yield
    if call.when == "call":
        item.stash[FAILED] = report.failed
    return report


def described(page: Page, events: list[str]) -> str:
    """What a page showed when its test failed, for the report: without it nobody can tell a lost press from a failed page."""
    return "\n".join([page.url, *events, page.locator("body").inner_text(timeout=10_000)])


@pytest.fixture
def browse(answer_wav: Path, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Opens pages in Chromium whose microphone plays the answer once. None of them may meet the Content-Security-Policy."""
    refused: list[str] = []
    pages: dict[Page, list[str]] = {}

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    with sync_playwright() as playwright:
        browser: Browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            headless=True,
            args=[*FLAGS, f"--use-file-for-fake-audio-capture={answer_wav}%noloop"],
        )

        def watch(page: Page) -> None:
            events = pages.setdefault(page, [])
            began = time.monotonic()

            def tell(what: str) -> None:
                events.append(f"{time.monotonic() - began:7.2f} s {what}")

            page.on("websocket", lambda one: (tell("connected"), one.on("close", lambda _: tell("disconnected"))))
            page.on("pageerror", lambda error: tell(f"failed: {error}"))
            page.on("console", lambda message: tell(message.text) if message.type == "error" else None)

        def opened(url: str, width: int = 1280, height: int = 900) -> Page:
            context = browser.new_context(viewport={"width": width, "height": height}, permissions=["microphone"])
            context.set_default_timeout(120_000)
            page = context.new_page()
            page.on("console", note)
            watch(page)
            page.goto(url if urlsplit(url).path else f"{url}/practise")  # without a page: where one practises
            return page

        yield opened
        if request.node.stash.get(FAILED, False):
            for page, events in pages.items():
                request.node.add_report_section("teardown", "page", described(page, events))
        browser.close()
    assert refused == []
