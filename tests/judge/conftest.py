"""A server that fails on demand, and judges that talk to it."""

from collections.abc import Callable, Iterator

import pytest
from judge_examples import reply
from server import KEY, Server

from coach.domain.question import Kind, Question
from coach.domain.rubric import LEVELS, Anchors, Criterion, Rubric
from coach.judge import Judge


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
def judge_at(server: Server) -> Callable[..., Judge]:
    """Make a judge that talks to the server; the model names the fault."""

    def make(model: str, deadline_s: float = 20.0, **more: object) -> Judge:
        arguments = {"api_key": KEY, "base_url": server.address, "waits_s": (0.0, 0.0), **more}
        return Judge(model=model, deadline_s=deadline_s, **arguments)

    return make
