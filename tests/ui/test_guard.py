"""What stands in front of the whole app: names it answers under, other sites' requests, headers, cookies, and how fast one may go on."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from coach.domain.people import Person
from coach.recordings import utc_now
from coach.ui import account_routes, guard, routes
from coach.ui.guard import Guard
from coach.ui.headers import harden, policy
from coach.ui.pace import Pace
from coach.ui.resources import EXPORT, services, token
from coach.ui.server import config

HOME = "http://127.0.0.1:8501"


async def anything(_request: Request) -> Response:
    answer = Response("here")
    answer.headers.append("set-cookie", "_streamlit_xsrf=2|a; Path=/; SameSite=Lax")
    answer.headers.append("set-cookie", "_streamlit_user=b; Path=/; HttpOnly")
    return answer


async def stream(socket: WebSocket) -> None:
    await socket.accept()
    await socket.send_text("here")
    await socket.close()


def guarded(base: str = HOME) -> TestClient:
    """An app of which everything is open, behind the guard."""
    ways = [
        *account_routes.ROUTES,
        Route("/{path:path}", anything, methods=["GET", "PUT", "POST", "DELETE"]),
        WebSocketRoute("/_stcore/stream", stream),
    ]
    return TestClient(Starlette(routes=ways, middleware=[Middleware(Guard)]), base)


@pytest.fixture
def client(data: Path) -> Iterator[TestClient]:
    assert data
    with guarded() as one:
        yield one


@pytest.fixture
def hosted(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    assert data
    monkeypatch.setenv("COACH_HOSTED", "1")
    with guarded("https://coach.example.org") as one:
        yield one


def signed_in(name: str) -> tuple[Person, dict[str, str]]:
    parts = services()
    one = parts.people.from_provider("https://id.example.org", name, name=name.title())
    return one, {"cookie": f"coach_session={parts.accounts._begin(one, utc_now())}"}


def connects(client: TestClient, **headers: str) -> bool:
    """Whether a connection is let in; the client's own name is what it asks for unless another is given."""
    sent = {"host": client.base_url.netloc.decode(), **headers}
    try:
        with client.websocket_connect("/_stcore/stream", headers=sent) as socket:
            return bool(socket.receive_text() == "here")
    except WebSocketDisconnect:
        return False


# ── the name it was asked under ───────────────────────────────────────────────────────────────────────────────────


def test_it_serves_this_computer_alone_unless_told() -> None:
    assert config()["server.address"] == "127.0.0.1"


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "localhost:8501", "LOCALHOST", "[::1]:8501", "192.168.1.20:8501"])
def test_an_address_and_localhost_are_known_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200
    assert connects(client, host=host, origin=f"http://{host}")


@pytest.mark.parametrize(
    "host",
    ["rebound.example.com:8501", "127.0.0.1.example.com", "localhost.example.com", "notlocalhost", "[::1", "", "@"],
)
def test_another_sites_name_that_leads_to_this_computer_reads_nothing(client: TestClient, host: str) -> None:
    reply = client.get("/api/export.zip", headers={"host": host})
    assert reply.status_code == 400
    assert "does not answer under this name" in reply.text
    assert not connects(client, host=host, origin=f"http://{host}")


def test_a_name_it_was_told_to_serve_on_is_known(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"host": "Laptop.lan:8501"}
    assert client.get("/", headers=told).status_code == 400
    monkeypatch.setattr(guard.config, "get_option", {"server.address": "laptop.lan"}.__getitem__)
    assert client.get("/", headers=told).status_code == 200


def test_hosted_it_answers_under_any_name_or_under_those_that_are_set(
    hosted: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert hosted.get("/").status_code == 200
    monkeypatch.setenv("COACH_HOSTS", "Coach.example.org, practice.example.org")
    with guarded("https://coach.example.org") as client:
        assert client.get("/").status_code == 200
        assert client.get("/", headers={"host": "practice.example.org"}).status_code == 200
        assert client.get("/", headers={"host": "other.example.org"}).status_code == 400


# ── pages of other sites ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:3000",
        "http://127.0.0.1:8502",
        "null",
        "",
        "http://[",
        "file://",
        "http://127.0.0.1",
    ],
)
def test_a_page_of_another_site_or_another_port_cannot_act(client: TestClient, origin: str) -> None:
    for method in ("PUT", "POST", "DELETE"):
        assert client.request(method, "/api/x", headers={"origin": origin}).status_code == 403
    assert not connects(client, origin=origin)
    assert (
        client.get("/", headers={"origin": origin}).status_code == 200
    )  # reading is refused by the browser: we name no other origin
    assert "access-control-allow-origin" not in client.get("/", headers={"origin": origin}).headers


def test_our_own_pages_and_programs_can_act(client: TestClient) -> None:
    assert client.put("/api/x", headers={"origin": HOME}).status_code == 200
    assert client.put("/api/x").status_code == 200
    assert connects(client, origin=HOME)
    assert connects(client)


# ── what Streamlit gives to anybody ───────────────────────────────────────────────────────────────────────────────


def test_the_other_way_into_streamlit_is_shut_even_at_home(client: TestClient) -> None:
    for path in ("/_stcore/agent/interact", "/_stcore/agent/openapi.json"):
        assert client.get(path).status_code == 404


def test_signed_out_uploads_media_and_figures_are_not_there(hosted: TestClient) -> None:
    for method, path in (("PUT", "/_stcore/upload_file/a/b"), ("GET", "/media/1.wav"), ("GET", "/_stcore/metrics")):
        assert hosted.request(method, path).status_code == 404
        assert hosted.request(method, path, headers=signed_in("sam")[1]).status_code == 200


def test_without_settings_nothing_is_given_away(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert data
    monkeypatch.setenv("COACH_KEEP_RECORDINGS", "nonsense")
    with guarded() as client:
        assert client.get("/media/1.wav").status_code == 404
        assert client.get("/", headers={"host": "rebound.example.com"}).status_code == 400
        monkeypatch.delenv("COACH_KEEP_RECORDINGS")
        assert client.get("/media/1.wav").status_code == 200


# ── headers and cookies ───────────────────────────────────────────────────────────────────────────────────────────


def test_every_answer_carries_the_headers(client: TestClient) -> None:
    for path, host in (("/", "127.0.0.1"), ("/_stcore/agent/x", "127.0.0.1"), ("/", "evil.example")):
        headers = client.get(path, headers={"host": host}).headers
        assert headers["content-security-policy"] == policy()
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "microphone=(self)" in headers["permissions-policy"]
        assert "camera=()" in headers["permissions-policy"]


def test_the_policy_lets_no_text_become_code_and_nothing_in_from_elsewhere() -> None:
    rules = dict(rule.split(" ", 1) for rule in policy().split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    granted = {source for sources in rules.values() for source in sources.split() if not source.startswith("'sha256-")}
    assert granted == {"'self'", "'none'", "'unsafe-inline'", "blob:", "data:"}
    assert [name for name, sources in rules.items() if "'unsafe-inline'" in sources] == ["style-src"]


def test_a_page_with_a_stricter_policy_keeps_it(hosted: TestClient) -> None:
    reply = hosted.get("/account/sign-in")
    assert "script-src" not in reply.headers["content-security-policy"]
    assert "default-src 'none'" in reply.headers["content-security-policy"]


@pytest.mark.parametrize(("came_by", "secure"), [("https", True), ("http", False), ("https, http", True)])
def test_cookies_are_for_this_site_and_no_script_and_behind_https_for_https(
    client: TestClient, came_by: str, *, secure: bool
) -> None:
    xsrf, user = client.get("/", headers={"x-forwarded-proto": came_by}).headers.get_list("set-cookie")
    for cookie in (xsrf, user):
        assert "SameSite=Lax" in cookie
        assert ("Secure" in cookie) is secure
    assert "HttpOnly" in user
    assert "HttpOnly" not in xsrf  # Streamlit's page reads it and sends it back


def test_what_a_cookie_has_is_left_as_it_is() -> None:
    headers = MutableHeaders()
    headers.append("set-cookie", "a=1; httponly; samesite=strict; secure")
    harden(headers, secure=True)
    assert headers.getlist("set-cookie") == ["a=1; httponly; samesite=strict; secure"]


# ── sessions ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_ends_at_once_on_one_browser_everywhere_and_by_shutting_out(hosted: TestClient) -> None:
    parts = services()
    one, first = signed_in("sam")
    _, second = signed_in("sam")
    assert hosted.get("/media/1", headers=first).status_code == 200
    parts.accounts.sign_out(first["cookie"].partition("=")[2])
    assert hosted.get("/media/1", headers=first).status_code == 404
    assert hosted.get("/media/1", headers=second).status_code == 200
    parts.people._store.change(one.id, active=False)
    assert hosted.get("/media/1", headers=second).status_code == 404


# ── how fast ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_pace_lets_so_much_through_at_once_and_then_as_it_comes() -> None:
    now = [0.0]
    pace = Pace(3, 0.5, lambda: now[0])
    assert [pace.wait_s("a") for _ in range(4)] == [0, 0, 0, 2]
    assert pace.wait_s("b") == 0
    now[0] = 2
    assert [pace.wait_s("a"), pace.wait_s("a")] == [0, 2]
    now[0] = 1  # a clock that jumps back lets nobody through for nothing, and holds nobody up for good
    assert 0 < pace.wait_s("a") <= 4


def test_a_pace_forgets_who_owes_nothing_and_stays_small() -> None:
    now = [0.0]
    pace = Pace(1, 1, lambda: now[0])
    for number in range(25_000):
        now[0] += 0.01
        pace.wait_s(str(number))
    assert len(pace._spent) <= 10_000
    assert pace.wait_s("24999") > 0


def test_uploads_are_bounded_for_each_person_and_visits_for_each_address(
    hosted: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "Pace", lambda *_: Pace(2, 0.001))
    _, sam = signed_in("sam")
    _, uma = signed_in("uma")
    with guarded("https://coach.example.org") as client:
        replies = [client.put("/_stcore/upload_file/a/b", headers=sam) for _ in range(3)]
        assert [reply.status_code for reply in replies] == [200, 200, 429]
        assert int(replies[-1].headers["retry-after"]) > 100
        assert client.put("/_stcore/upload_file/a/b", headers=uma).status_code == 200
        assert [connects(client) for _ in range(3)] == [True, True, False]
    assert connects(hosted)


@pytest.mark.parametrize("pace", ["_REQUESTS", "_SOUND", "_TAKEN_AWAY"])
def test_what_costs_is_bounded_for_each_person_and_nothing_is_lost(
    data: Path, monkeypatch: pytest.MonkeyPatch, pace: str
) -> None:
    assert data
    monkeypatch.setattr(routes, pace, Pace(1, 0.001))
    monkeypatch.setenv("COACH_HOSTED", "1")
    person, cookie = signed_in("sam")
    headers = cookie | {"x-coach-token": token(EXPORT, person.id)}
    with TestClient(Starlette(routes=routes.ROUTES)) as client:
        if pace == "_SOUND":
            parts = services()
            attempt = parts.practice.begin(person.id, parts.practice.suggest(person.id), "spoken")
            headers = cookie | {"x-coach-token": token(attempt.id, person.id)}
            replies = [client.put(f"/api/attempts/{attempt.id}/takes/1/chunks/0", content=b"\0\0", headers=headers)]
        else:
            replies = [client.get("/api/export.zip", headers=headers) for _ in range(2)]
    assert replies[-1].status_code == 429
    assert int(replies[-1].headers["retry-after"]) > 100
    assert "nothing is lost" in json.loads(replies[-1].text)["problem"]
