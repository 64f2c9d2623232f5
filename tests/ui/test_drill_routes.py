"""Drills over HTTP: drafts and recordings, for whoever they belong to, apart from the attempts at questions."""

import pytest
from starlette.testclient import TestClient

from coach.domain.answer import AnswerKind
from coach.domain.drill import Try
from coach.prepare.drills import ALL
from coach.ui.resources import candidate, services, token

SECOND = bytes(32_000)


@pytest.fixture
def one(client: TestClient) -> Try:
    assert client
    drills = services().drills
    return drills.begin(candidate(), ALL[0], drills.exercises(ALL[0])[0], AnswerKind.SPOKEN)


def signed(one: Try) -> dict[str, str]:
    return {"x-coach-token": token(one.id, candidate())}


def test_a_draft_is_kept_until_the_try_is_looked_at(client: TestClient, one: Try) -> None:
    url = f"/api/drills/{one.id}/draft"
    assert client.put(url, content="Your heart", headers=signed(one)).json() == {"kept": 10}
    assert services().drills.get(one.id, candidate()).draft == "Your heart"
    services().drills.hand_in(one.id, candidate(), "Your heart is weak.")
    assert client.put(url, content="more", headers=signed(one)).status_code == 409


def test_a_recording_is_kept_and_comes_back_as_sound(client: TestClient, one: Try) -> None:
    for number in (0, 1):
        kept = client.put(f"/api/drills/{one.id}/takes/1/chunks/{number}", content=SECOND, headers=signed(one))
        assert kept.status_code == 200
    assert services().drills.sound(one.id, candidate(), 1) == SECOND * 2
    heard = client.get(f"/api/drills/{one.id}/takes/1.wav", params={"token": token(one.id, candidate())})
    assert heard.headers["content-type"] == "audio/wav"


def test_nothing_is_taken_without_a_token_of_this_try_or_for_an_attempt(client: TestClient, one: Try) -> None:
    assert client.put(f"/api/drills/{one.id}/draft", content="x").status_code == 404
    foreign = {"x-coach-token": token(one.id, "bob")}
    assert client.put(f"/api/drills/{one.id}/draft", content="x", headers=foreign).status_code == 404
    assert client.put(f"/api/attempts/{one.id}/draft", content="x", headers=signed(one)).status_code == 404
