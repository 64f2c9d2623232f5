"""What reaches whom over HTTP where several people use one installation: every route, tried by everybody it is not for."""

import io
import itertools
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState
from coach.domain.people import Person, Role, Sharing
from coach.domain.rubric import Criterion
from coach.people.invitations import Invited
from coach.recordings import utc_now
from coach.store import AttemptStore, Database
from coach.ui import account_routes, provider_cookie, resources
from coach.ui.guard import Guard
from coach.ui.resources import EXPORT, services, token
from coach.ui.routes import ROUTES
from coach.wiring import Services
from tests.store.store_examples import JUDGE, TEXT, VERSIONS, feedback

SECOND = bytes(range(0, 200, 2)) * 320
GOOD = "four plain words together"


@pytest.fixture
def parts(data: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    assert data
    monkeypatch.setenv("COACH_HOSTED", "1")
    return services()


@pytest.fixture
def client(parts: Services) -> Iterator[TestClient]:
    assert parts
    with TestClient(Starlette(routes=(*ROUTES, *account_routes.ROUTES)), follow_redirects=False) as one:
        yield one


def person(parts: Services, name: str, role: Role = Role.CANDIDATE) -> Person:
    found = parts.people.from_provider("https://id.example.org", name, name=name.title())
    return parts.people._store.change(found.id, role=role)


def answered(parts: Services, student: Person) -> Attempt:
    """A spoken and rated answer with a second of sound."""
    attempts = AttemptStore(Database(parts.settings.database))
    one = parts.practice.begin(student.id, parts.practice.suggest(student.id), AnswerKind.SPOKEN)
    parts.practice._takes.put(one.id, 1, 0, SECOND)
    attempts.hand_in(one.id, student.id, TEXT, utc_now())
    attempts.save_feedback(
        one.id, student.id, feedback=feedback(3, 4, None, 2), judge=JUDGE, versions=VERSIONS, at=utc_now()
    )
    return attempts.get(one.id, student.id)


def as_(parts: Services, one: Person) -> dict[str, str]:
    """The cookie of somebody who is signed in."""
    return {"cookie": f"coach_session={parts.accounts._begin(one, utc_now())}"}


def test_no_route_lets_the_wrong_person_through(parts: Services, client: TestClient) -> None:
    """Each route, each kind of wrong person, each token they can have; the right person gets through, so that the routes are there."""
    student, coach = person(parts, "sam"), person(parts, "carla", Role.COACH)
    attempt = answered(parts, student)
    cohort = parts.cohorts.create(coach, "Autumn")
    parts.consent.join(student, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=True)
    wrong = {
        "another student": person(parts, "uma"),
        "another coach": person(parts, "cleo", Role.COACH),
        "their own coach, without the voice": coach,
        "an administrator": person(parts, "ada", Role.ADMINISTRATOR),
        "somebody shut out": parts.people._store.change(person(parts, "olga").id, active=False),
    }
    routes = (
        ("PUT", f"/api/attempts/{attempt.id}/draft"),
        ("PUT", f"/api/attempts/{attempt.id}/takes/1/chunks/0"),
        ("GET", f"/api/attempts/{attempt.id}/takes/1.wav"),
        ("GET", f"/api/shared/{attempt.id}/takes/1.wav"),
        ("GET", "/api/export.zip"),
    )
    tried = 0
    signed_in = {"nobody": {}} | {who: as_(parts, one) for who, one in wrong.items()}
    for (method, path), (who, headers) in itertools.product(routes, signed_in.items()):
        own = wrong[who].id if who in wrong else "nobody"
        tokens = {
            "none": "",
            "their own": token(attempt.id, own),
            "of another thing": token("0" * 32, own),
            "stolen": token(EXPORT if "export" in path else attempt.id, student.id),
        }
        for kind, signed in tokens.items():
            body = b"" if method == "GET" else b"\0\0"
            reply = client.request(method, path, params={"token": signed}, content=body, headers=headers)
            assert reply.status_code == 404, (method, path, who, kind)
            assert "forbidden" not in reply.text.lower()
            tried += 1
    print(f"{tried} wrong requests, none got through")  # noqa: T201  # counted in the test's output
    assert tried == 5 * 6 * 4
    assert parts.practice.get(attempt.id, student.id).text == TEXT
    right = {"token": token(attempt.id, student.id)}
    mine = as_(parts, student)
    assert client.get(f"/api/attempts/{attempt.id}/takes/1.wav", params=right, headers=mine).status_code == 200
    parts.consent.share(student, cohort.id, Sharing.AUDIO, earlier=True)
    theirs = {"token": token(attempt.id, coach.id)}
    heard = client.get(f"/api/shared/{attempt.id}/takes/1.wav", params=theirs, headers=as_(parts, coach))
    assert (heard.status_code, heard.content[44:]) == (200, SECOND)
    assert [look.coach for look in parts.consent.looks(student)] == ["Carla"]


def test_what_is_drafted_in_a_review_is_kept_for_its_coach_and_for_nobody_else(
    parts: Services, client: TestClient
) -> None:
    student, coach = person(parts, "sam"), person(parts, "carla", Role.COACH)
    colleague, boss = person(parts, "cleo", Role.COACH), person(parts, "ada", Role.ADMINISTRATOR)
    attempt = answered(parts, student)
    cohort = parts.cohorts.create(coach, "Autumn")
    parts.cohorts._store.add_coach(cohort.id, coach.id, colleague.id)
    parts.consent.join(student, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=True)
    review = parts.reviewing.begin(coach, attempt.id, blind=True)
    path = f"/api/reviews/{review.id}/drafts/comment"

    def put(who: Person, signed: str, to: str = path) -> int:
        headers = as_(parts, who)
        return client.put(
            to, params={"token": signed}, content="Say what stood in the way.", headers=headers
        ).status_code

    for who in (student, colleague, boss):
        assert [put(who, token(review.id, one.id)) for one in (who, coach)] == [404, 404], who.name
    assert put(coach, token(attempt.id, coach.id)) == 404
    assert put(coach, token(review.id, coach.id), path.replace("comment", "anything")) == 404
    assert parts.reviewing.drafts(coach, review.id) == {}
    assert put(coach, token(review.id, coach.id)) == 200
    assert parts.reviewing.drafts(coach, review.id) == {"comment": "Say what stood in the way."}
    parts.consent.withdraw(student, cohort.id)
    assert put(coach, token(review.id, coach.id)) == 404


def test_a_token_dies_with_consent_and_with_its_person(parts: Services, client: TestClient) -> None:
    student, coach = person(parts, "sam"), person(parts, "carla", Role.COACH)
    attempt = answered(parts, student)
    cohort = parts.cohorts.create(coach, "Autumn")
    parts.consent.join(student, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.AUDIO, earlier=True)
    path, params = f"/api/shared/{attempt.id}/takes/1.wav", {"token": token(attempt.id, coach.id)}
    coaching, mine = as_(parts, coach), as_(parts, student)
    assert client.get(path, params=params, headers=coaching).status_code == 200
    parts.consent.withdraw(student, cohort.id)
    assert client.get(path, params=params, headers=coaching).status_code == 404
    own, own_params = f"/api/attempts/{attempt.id}/takes/1.wav", {"token": token(attempt.id, student.id)}
    assert client.get(own, params=own_params, headers=mine).status_code == 200
    parts.people._store.change(student.id, active=False)
    assert client.get(own, params=own_params, headers=mine).status_code == 404


def test_what_streamlit_gives_to_anybody_is_closed_to_whoever_is_not_signed_in(parts: Services) -> None:
    async def open_to_all(_request: Request) -> Response:
        return Response("here")

    app = Starlette(routes=[Route("/{path:path}", open_to_all)], middleware=[Middleware(Guard)])
    with TestClient(app) as client:
        for path in ("/media/1.csv", "/_stcore/upload_file/s/f", "/_stcore/metrics"):
            assert client.get(path).status_code == 404
            assert (
                client.get(path, headers={"cookie": "coach_session=guessed; _streamlit_user=guessed"}).status_code
                == 404
            )
            assert client.get(path, headers=as_(parts, person(parts, "sam"))).status_code == 200
        assert client.get("/_stcore/health").status_code == 200


def test_streamlits_own_cookie_of_a_provider_is_known_by_its_signature(
    parts: Services, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parts
    monkeypatch.setattr(provider_cookie, "get_cookie_secret", lambda: "the app's own")
    student = person(parts, "sam")
    attempt = answered(parts, student)
    path, params = f"/api/attempts/{attempt.id}/takes/1.wav", {"token": token(attempt.id, student.id)}
    for secret, subject, status in (
        ("the app's own", "sam", 200),
        ("another", "sam", 404),
        ("the app's own", "uma", 404),
    ):
        claims = {"iss": "https://id.example.org", "sub": subject, "iat": 1, "is_logged_in": True, "origin": "http://x"}
        cookie = create_signed_value(secret, USER_COOKIE_NAME, json.dumps(claims)).decode()
        assert (
            client.get(path, params=params, headers={"cookie": f"{USER_COOKIE_NAME}={cookie}"}).status_code == status
        ), (secret, subject)


def test_an_export_holds_everything_of_one_person_and_nothing_of_another(parts: Services, client: TestClient) -> None:
    student, other, coach = person(parts, "sam"), person(parts, "uma"), person(parts, "carla", Role.COACH)
    attempt, foreign = answered(parts, student), answered(parts, other)
    cohort = parts.cohorts.create(coach, "Autumn")
    parts.consent.join(student, cohort.join_code)
    parts.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=True)
    parts.coaching.transcript(coach, attempt.id)
    parts.asking.ask(student, attempt.id, "Is it clear?")
    review = parts.reviewing.begin(coach, attempt.id, blind=False)
    parts.reviewing.comment(coach, review.id, "Quite clear.")
    parts.reviewing.finish(coach, review.id)
    reply = client.get("/api/export.zip", params={"token": token(EXPORT, student.id)}, headers=as_(parts, student))
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(reply.content)) as file:
        files = {name: file.read(name) for name in file.namelist()}
    (answer,) = (json.loads(files[name]) for name in files if name.startswith("answers/"))
    assert (answer["id"], answer["text"], answer["earlier_ratings"]) == (attempt.id, TEXT, [])
    (wav,) = (files[name] for name in files if name.startswith("recordings/"))
    assert wav[44:] == SECOND
    assert json.loads(files["consent.json"])["memberships"][0]["sharing"] == "transcripts"
    assert json.loads(files["looks.json"])[0]["coach"] == "Carla"
    reviews = json.loads(files["reviews.json"])
    assert (reviews["asked"][0]["reason"], reviews["received"][0]["comments"][0]["words"], reviews["given"]) == (
        "Is it clear?",
        "Quite clear.",
        [],
    )
    assert json.loads(files["person.json"])["name"] == "Sam"
    assert foreign.id.encode() not in reply.content
    assert list(parts.settings.data_dir.glob("export-*")) == []


def test_deletion_deletes_rows_and_files_and_leaves_others_alone(parts: Services) -> None:
    student, other, coach = person(parts, "sam"), person(parts, "uma"), person(parts, "carla", Role.COACH)
    attempt, foreign = answered(parts, student), answered(parts, other)
    cohort = parts.cohorts.create(coach, "Autumn")
    for one in (student, other):
        parts.consent.join(one, cohort.join_code)
        parts.consent.share(one, cohort.id, Sharing.AUDIO, earlier=True)
    parts.coaching.transcript(coach, attempt.id)
    parts.asking.ask(student, attempt.id, "Is it clear?")
    review = parts.reviewing.begin(coach, attempt.id, blind=False)
    parts.reviewing.rate(coach, review.id, {Criterion.OUTCOME: 1})
    parts.reviewing.override(coach, review.id, Criterion.OUTCOME, "No result.", ())
    parts.reviewing.comment(coach, review.id, "Quite clear.")
    parts.belongings.delete(student, " Delete ")
    takes = parts.settings.data_dir / "takes"
    assert [path.name for path in takes.iterdir()] == [foreign.id]
    with Database(parts.settings.database).reading() as session:
        connection = session.connection()
        tables = [row[0] for row in connection.exec_driver_sql("select name from sqlite_master where type = 'table'")]
        left = str([connection.exec_driver_sql(f'select * from "{table}"').all() for table in tables])  # noqa: S608  # our own tables
    assert student.id not in left
    assert attempt.id not in left
    assert parts.practice.get(foreign.id, other.id).state is AttemptState.RATED
    assert [one.person.id for one in parts.cohorts.members(coach, cohort.id)] == [other.id]


# ── signing in with a password ────────────────────────────────────────────────────────────────────────────────────


def field(page: str) -> str:
    found = re.search(r"name='form' value='([^']+)'", page)
    assert found
    return found[1]


def test_a_password_signs_in_with_a_cookie_no_script_reads_and_no_other_site_sends(
    parts: Services, client: TestClient
) -> None:
    account = parts.people.with_account("sam@example.org", "Sam Lee")
    link = f"/account/password/{parts.accounts.first_link(account)}"
    form = field(client.get(link).text)
    done = client.post(link, data={"form": form, "password": GOOD})
    assert (done.status_code, done.headers["location"]) == (303, "/")
    form = field(client.get("/account/sign-in").text)
    wrong = client.post("/account/sign-in", data={"form": form, "email": "sam@example.org", "password": "wrong"})
    assert (wrong.status_code, "do not go together" in wrong.text) == (401, True)
    reply = client.post("/account/sign-in", data={"form": form, "email": "sam@example.org", "password": GOOD})
    assert reply.status_code == 303
    cookie = reply.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    assert "secure" not in cookie
    held = parts.accounts.of_session(client.cookies["coach_session"])
    assert held
    assert held.id == account.id
    again = client.get(link)
    assert again.status_code == 404
    assert "was used or has run out" in again.text


def test_over_https_cookies_are_for_https_only(parts: Services, client: TestClient) -> None:
    assert parts
    reply = client.get("/account/sign-in", headers={"x-forwarded-proto": "https"})
    assert "secure" in reply.headers["set-cookie"].lower()


@pytest.mark.parametrize("form", ["", "guessed", None])
def test_a_form_of_another_site_is_not_taken(parts: Services, client: TestClient, form: str | None) -> None:
    account = parts.people.with_account("sam@example.org", "Sam Lee")
    parts.accounts.set_password(parts.accounts.first_link(account), GOOD)
    sent = {"email": "sam@example.org", "password": GOOD} | ({} if form is None else {"form": form})
    reply = client.post("/account/sign-in", data=sent)
    assert reply.status_code == 403
    assert "coach_session" not in reply.headers.get("set-cookie", "")


def test_too_many_wrong_tries_are_slowed_down_over_http(parts: Services, client: TestClient) -> None:
    assert parts
    form = field(client.get("/account/sign-in").text)
    for _ in range(5):
        client.post("/account/sign-in", data={"form": form, "email": "a@example.org", "password": "wrong"})
    reply = client.post("/account/sign-in", data={"form": form, "email": "a@example.org", "password": "wrong"})
    assert "Too many wrong tries" in reply.text


def test_what_was_typed_comes_back_as_text_never_as_html(parts: Services, client: TestClient) -> None:
    coach = person(parts, "carla", Role.COACH)
    cohort = parts.cohorts.create(coach, "Autumn")
    ((_, secret),) = parts.cohorts.invite(
        coach, cohort.id, [Invited(email="a@example.org", name='"><script>alert(1)</script>')]
    )
    client.get(f"/join/{secret}")
    page = client.get("/account/new")
    assert page.status_code == 200
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


def test_an_invitation_leads_to_an_account_and_on_to_the_cohort(parts: Services, client: TestClient) -> None:
    coach = person(parts, "carla", Role.COACH)
    cohort = parts.cohorts.create(coach, "Autumn")
    ((_, secret),) = parts.cohorts.invite(coach, cohort.id, [Invited(email="nia@example.org", name="Nia")])
    assert client.get("/account/new").status_code == 404
    come = client.get(f"/join/{secret}")
    assert (come.status_code, come.headers["location"]) == (303, "/sharing")
    form = field(client.get("/account/new").text)
    short = client.post("/account/new", data={"form": form, "name": "Nia", "password": "short"})
    assert (short.status_code, "12 to 200 characters" in short.text) == (400, True)
    done = client.post("/account/new", data={"form": form, "name": "Nia O", "password": GOOD})
    assert (done.status_code, done.headers["location"]) == (303, "/sharing")
    held = parts.accounts.of_session(client.cookies["coach_session"])
    assert held
    assert (held.name, held.email, held.role) == ("Nia O", "nia@example.org", Role.CANDIDATE)


def test_on_a_machine_of_ones_own_and_without_accounts_nobody_signs_in_with_a_password(
    parts: Services, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert parts
    for name, value in (("COACH_ACCOUNTS", "0"), ("COACH_HOSTED", "0")):
        monkeypatch.setenv(name, value)
        resources._built.cache_clear()
        assert client.get("/account/sign-in").status_code == 404
