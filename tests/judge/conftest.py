"""A server that fails on demand, and judges that talk to it."""

from collections.abc import Callable, Iterator

import pytest
from judge_examples import reply
from server import KEY, Server

from coach.domain.question import Kind, Question
from coach.domain.rubric import LEVELS, Anchors, Criterion, Rubric
from coach.judge import Door, Endpoint, Judge, Measurements, Terms


@pytest.fixture
def question() -> Question:
    return Question(
        key="barrier", kind=Kind.BEHAVIOURAL, text="Tell me about a barrier to care that you helped remove."
    )


@pytest.fixture
def rubric() -> Rubric:
    anchors = tuple(
        Anchors(criterion=c, name=c.value, asks=f"How is {c}?", levels={n: f"{c} at {n}" for n in LEVELS})
        for c in Criterion
    )
    return Rubric(version="test", ignore=("length",), never_credit=("slogans",), anchors=anchors)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(good=reply()) as running:
        yield running


@pytest.fixture
def judge_at(door_at: Callable[..., Door]) -> Callable[..., Judge]:
    """Make a judge that talks to the server; the model names the fault."""

    def make(model: str, *, version: str = "v2", measurements: Measurements | None = None, **more: object) -> Judge:
        return Judge(door_at(model, **more), version=version, measurements=measurements)

    return make


@pytest.fixture
def door_at(server: Server) -> Callable[..., Door]:
    """Make a door to the server; the model names the fault."""

    def make(model: str, *, api_key: str = KEY, base_url: str = "", **terms: object) -> Door:
        endpoint = Endpoint.of(api_key, base_url or server.address, model)
        return Door(endpoint, Terms(**{"deadline_s": 20.0, "waits_s": (0.0, 0.0), **terms}))

    return make
