"""The Content-Security-Policy in real Chromium: pages with charts, components and files work under it, and an attacker's script does not.

Every other test in this folder fails, too, where Chromium refuses something of ours.
"""

import http.client
import json
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect, sync_playwright

from coach.bank import load_demo_answers
from coach.domain.answer import AnswerKind
from coach.settings import Settings
from coach.wiring import LOCAL_CANDIDATE, build
from tests.browser.conftest import CHROMIUM, FLAGS, App, running

HOSTILE = (
    "<img src=x onerror=\"document.title='taken'\"><script>document.title='taken'</script> I asked the client what she wanted, "
    "[press me](javascript:document.title='taken') and the plan was approved in nine days."
)
TRIES = """() => new Promise((done) => setTimeout(async () => {
  const told = {};
  try { Function('return 1')(); told.text = 'ran'; } catch (error) { told.text = error.name; }
  const inline = document.createElement('script');
  inline.textContent = 'window.taken = 1';
  document.head.append(inline);
  told.inline = String(window.taken);
  told.elsewhere = await fetch('http://127.0.0.1:9/', { mode: 'no-cors' }).then(() => 'sent', (error) => error.name);
  done(told);
}, 0))"""


@pytest.fixture
def with_answers(tmp_path: Path) -> object:
    """An app with rated answers for the charts, and one that is an attack."""

    def prepare(_port: int) -> None:
        practice = build(Settings.load(data_dir=tmp_path / "data", whisper_model="tiny.en")).practice
        practice.add_demo(LOCAL_CANDIDATE, load_demo_answers()[:2])
        attempt = practice.begin(LOCAL_CANDIDATE, practice.suggest(LOCAL_CANDIDATE), AnswerKind.TYPED)
        practice.save_draft(attempt.id, LOCAL_CANDIDATE, HOSTILE)
        (tmp_path / "attempt").write_text(attempt.id, "ascii")

    return prepare


def test_pages_work_under_the_policy_and_scripts_of_others_do_not_run(
    tmp_path: Path, with_answers: Callable[[int], object]
) -> None:
    refused: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            refused.append(message.text)

    with running(tmp_path, with_answers) as app, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS])
        context = browser.new_context(permissions=["microphone"])
        context.set_default_timeout(120_000)
        page: Page = context.new_page()
        page.on("console", note)
        page.goto(f"{app.url}/progress")
        expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()
        page.goto(f"{app.url}/practise?attempt={(tmp_path / 'attempt').read_text('ascii')}")
        expect(page.locator("textarea[data-el=text]")).to_have_value(HOSTILE)
        assert page.title() != "taken"
        page.goto(f"{app.url}/job")
        expect(page.locator("[data-testid=stFileUploader]").first).to_be_visible()
        assert refused == []
        assert page.evaluate(TRIES) == {"text": "EvalError", "inline": "undefined", "elsewhere": "TypeError"}
        assert len(refused) >= 3
        browser.close()
        _from_outside(app)


def _from_outside(app: App) -> None:
    """The real server, asked as an attacker's page would ask."""
    assert _status(app, "/_stcore/host-config", host="rebound.example.com") == 400
    assert _status(app, "/_stcore/host-config") == 200
    for path in (
        "/static/../../coach.db",
        "/static/%2e%2e/%2e%2e/coach.db",
        "/component/..%2f..%2fcoach.db",
        "/media/../coach.db",
    ):
        assert _status(app, path) in (400, 404)
    upgrade = {
        "connection": "Upgrade",
        "upgrade": "websocket",
        "sec-websocket-version": "13",
        "sec-websocket-key": "MDEyMzQ1Njc4OWFiY2RlZg==",
    }
    assert _status(app, "/_stcore/stream", **upgrade, origin="http://localhost:3000") == 403
    assert _status(app, "/_stcore/stream", **upgrade, origin=app.url) == 101
    with urllib.request.urlopen(f"{app.url}/_stcore/host-config", timeout=30) as reply:
        assert json.load(reply)["allowedOrigins"] == []


def _status(app: App, path: str, **headers: str) -> int:
    """What the server answers to a request that is sent as it is, and to the opening of a connection."""
    connection = http.client.HTTPConnection("127.0.0.1", app.port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()
