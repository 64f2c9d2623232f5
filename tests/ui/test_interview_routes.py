"""Interviews over HTTP: signs of life, drafts and reports, for whoever they belong to."""

import pytest
from starlette.testclient import TestClient

from coach.domain.answer import AnswerKind
from coach.domain.interview import Interview, SetUp
from coach.ui.resources import candidate, services, token

TYPED = SetUp(questions=2, thinking_s=0, answers=AnswerKind.TYPED, probes=False)


@pytest.fixture
def interview(client: TestClient) -> Interview:
    assert client
    return services().interviews.begin(candidate(), TYPED)


def signed(interview: Interview) -> dict[str, str]:
    return {"x-coach-token": token(interview.id, candidate())}


def test_a_sign_of_life_learns_the_step(client: TestClient, interview: Interview) -> None:
    reply = client.put(f"/api/interviews/{interview.id}/seen", headers=signed(interview))
    assert reply.json() == {"step": interview.step, "rated": 0}
    assert services().interviews.get(interview.id, candidate()).seen_at > interview.seen_at


def test_a_draft_goes_to_its_turn_and_to_no_other(client: TestClient, interview: Interview) -> None:
    place = f"/api/interviews/{interview.id}/rounds/0/turns/0/draft"
    assert client.put(place, content=b"I called", headers=signed(interview)).json() == {"kept": 8}
    assert services().interviews.get(interview.id, candidate()).turn.draft == "I called"
    services().interviews.skip(services().interviews.get(interview.id, candidate()))
    late = client.put(place, content=b"late", headers=signed(interview))
    assert late.status_code == 409
    assert "The time for this answer is over" in late.json()["problem"]


@pytest.mark.parametrize("kind", ["pdf", "md", "json"])
def test_the_report_can_be_taken_away(client: TestClient, interview: Interview, kind: str) -> None:
    reply = client.get(
        f"/api/interviews/{interview.id}/report.{kind}", params={"token": signed(interview)["x-coach-token"]}
    )
    assert reply.status_code == 200
    assert reply.headers["content-disposition"] == f'attachment; filename="interview-{interview.id[:8]}.{kind}"'
    assert reply.headers["cache-control"] == "private, no-store"


def test_there_is_no_other_kind_of_report(client: TestClient, interview: Interview) -> None:
    reply = client.get(f"/api/interviews/{interview.id}/report.exe", headers=signed(interview))
    assert (reply.status_code, reply.json()["problem"]) == (404, "Reports are there as pdf, md and json.")


@pytest.mark.parametrize(
    ("method", "path"),
    [("PUT", "seen"), ("PUT", "rounds/0/turns/0/draft"), ("GET", "report.json"), ("GET", "report.pdf")],
)
def test_without_leave_there_is_nothing(client: TestClient, interview: Interview, method: str, path: str) -> None:
    url = f"/api/interviews/{interview.id}/{path}"
    other = services().interviews.begin(candidate(), TYPED)
    for headers in (
        {},
        {"x-coach-token": "made-up"},
        signed(other),
        {"x-coach-token": token(interview.id, "somebody else")},
    ):
        assert client.request(method, url, headers=headers).status_code == 404
