"""Notes on an employer over HTTP: kept, bounded, and nobody else's to write."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coach.domain.job import Job
from coach.settings import Settings
from coach.ui import resources, routes
from coach.ui.resources import candidate, token
from coach.ui.routes import ROUTES
from coach.wiring import Services, build

TEXT = "Case manager\nYou keep a caseload of 20 tenants and write case notes."


@pytest.fixture
def parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Services:
    one = build(Settings.load(data_dir=tmp_path))
    monkeypatch.setattr(resources, "services", lambda: one)
    monkeypatch.setattr(routes, "services", lambda: one)
    return one


@pytest.fixture
def client(parts: Services) -> Iterator[TestClient]:
    assert parts
    with TestClient(Starlette(routes=ROUTES)) as one:
        yield one


@pytest.fixture
def job(parts: Services) -> Job:
    return parts.tailoring.add(candidate(), TEXT)


def test_a_note_is_kept_as_it_is_typed(client: TestClient, parts: Services, job: Job) -> None:
    sent = {"x-coach-token": token(job.id, candidate())}
    for words in ("Two n", "Two nurses, and a peer. ✓"):
        assert client.put(f"/api/jobs/{job.id}/notes/team", content=words, headers=sent).json() == {"kept": len(words)}
    assert parts.tailoring.get(job.id, candidate()).notes == {"team": "Two nurses, and a peer. ✓"}


@pytest.mark.parametrize(
    ("path", "owner", "length", "status", "said"),
    [
        ("notes/nonsense", "", 5, 404, "no such line"),
        ("notes/team", "bob", 5, 404, "no such job"),
        ("notes/team", "", 10_001, 400, "10,000 is the most"),
    ],
)
def test_what_cannot_be_kept_is_told(
    client: TestClient, parts: Services, job: Job, path: str, owner: str, length: int, status: int, said: str
) -> None:
    sent = {"x-coach-token": token(job.id, owner or candidate())}
    reply = client.put(f"/api/jobs/{job.id}/{path}", content="x" * length, headers=sent)
    assert (reply.status_code, said in reply.json()["problem"]) == (status, True)
    assert parts.tailoring.get(job.id, candidate()).notes == {}


def test_a_token_for_another_job_is_refused(client: TestClient, parts: Services, job: Job) -> None:
    other = parts.tailoring.add(candidate(), TEXT)
    sent = {"x-coach-token": token(other.id, candidate())}
    assert client.put(f"/api/jobs/{job.id}/notes/team", content="x", headers=sent).status_code == 404
