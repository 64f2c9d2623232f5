"""A story's parts over HTTP: saved while they are typed, with what the checks make of them, and only for whoever's story it is."""

import pytest
from starlette.testclient import TestClient

from coach.domain.story import Story, StoryPart
from coach.ui.resources import candidate, services, token


@pytest.fixture
def story(client: TestClient) -> Story:  # noqa: ARG001  # the services are those of the client's folder
    return services().stories.begin(candidate())


def headers(story: Story) -> dict[str, str]:
    return {"x-coach-token": token(story.id, candidate())}


def test_a_part_is_saved_and_looked_at(client: TestClient, story: Story) -> None:
    url = f"/api/stories/{story.id}/parts/result"
    words = "She was very happy and things went really well."
    assert client.put(url, content=words, headers=headers(story)).json() == {"kept": len(words)}
    assert services().stories.get(story.id, candidate()).text.result == words
    (vague, *_) = client.get(f"{url}/hints", headers=headers(story)).json()["hints"]
    assert vague == {
        "severity": "note",
        "text": "A judgement in place of a result.",
        "quote": words,
        "instead": "",
    }


def test_a_part_that_a_story_does_not_have_is_not_found(client: TestClient, story: Story) -> None:
    for part in ("title", "candidate"):
        reply = client.put(f"/api/stories/{story.id}/parts/{part}", content="x", headers=headers(story))
        assert (reply.status_code, reply.json()) == (404, {"problem": "A story has no such part."})


def test_another_storys_token_opens_nothing(client: TestClient, story: Story) -> None:
    services().stories.save_part(story.id, candidate(), StoryPart.ACTION, "I called.")
    other = services().stories.begin(candidate())
    url = f"/api/stories/{story.id}/parts/action"
    assert client.put(url, content="Mine.", headers=headers(other)).status_code == 404
    assert client.get(f"{url}/hints", headers=headers(other)).status_code == 404
    assert client.put(url, content="Mine.").status_code == 404


def test_a_part_too_long_is_refused_in_a_sentence(client: TestClient, story: Story) -> None:
    reply = client.put(f"/api/stories/{story.id}/parts/action", content="x" * 30_000, headers=headers(story))
    assert reply.status_code == 400
    assert "up to 20,000 are kept" in reply.json()["problem"]
