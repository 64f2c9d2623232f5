"""Judges on one's own computer: noticed where they run, served from a file, and a real one asked all the way."""

import importlib.util
import os
import socket
from pathlib import Path

import pytest
from judge_examples import ANSWER
from server import Server

from coach.bank import load_rubric
from coach.domain.judging import ToRate
from coach.domain.question import Question
from coach.domain.rubric import Criterion
from coach.domain.verdict import JudgeOutcome
from coach.errors import JudgeError
from coach.judge import HOSTED, Door, Endpoint, Judge, Terms, noticed, open_models
from coach.judge.serving import Served


def test_a_server_that_runs_here_is_noticed_with_its_models_and_asked_nothing(server: Server) -> None:
    (found,) = noticed([("Ollama", server.address), ("LM Studio", "http://127.0.0.1:9/v1")], within_s=30.0)
    assert (found.name, found.base_url, found.models) == ("Ollama", server.address, ("fake-1",))
    assert server.bodies == []


def test_where_nothing_runs_nothing_is_noticed() -> None:
    with socket.socket() as silent:  # takes connections and says nothing
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        assert noticed([("x", f"http://127.0.0.1:{silent.getsockname()[1]}/v1"), ("y", "http://127.0.0.1:9/v1")]) == ()


def test_presets_name_what_to_set_and_hold_no_key() -> None:
    assert [preset.name for preset in HOSTED] == ["OpenAI", "Azure", "A server of your own"]
    assert all("=" in line and "sk-" not in line for preset in HOSTED for line in preset.lines)


def test_open_models_are_told_with_size_memory_and_licence() -> None:
    models = open_models()
    assert len(models) >= 5
    assert [one.file_gb for one in models] == sorted(one.file_gb for one in models)
    assert all(one.memory_gb > one.file_gb and one.licence and one.note for one in models)


@pytest.mark.parametrize(("name", "says"), [("missing.gguf", "cannot be read"), ("text.gguf", "is no GGUF file")])
def test_a_file_that_is_no_model_is_told(name: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "text.gguf").write_text("hello", encoding="utf-8")
    with pytest.raises(JudgeError, match=says), Served(tmp_path / name, port=0):
        pass


MODEL = Path(os.environ.get("COACH_TEST_GGUF", ""))  # a small real instruct model; CI takes one out of a wheel
ROOM = 4_096  # tokens: the first prompt, which is the shorter, and a reply; a model that writes without end runs out of it soon


@pytest.mark.skipif(
    not MODEL.is_file() or importlib.util.find_spec("xllamacpp") is None,
    reason="no small model here: set COACH_TEST_GGUF to an instruct model in GGUF form, and install xllamacpp",
)
def test_a_real_model_served_from_a_file_is_asked_all_the_way_whatever_it_makes_of_the_answer() -> None:
    """Asserts the path, never quality: so small a model cannot judge anybody."""
    with Served(MODEL, port=0, room=ROOM) as served:
        watched: list[str] = []
        door = Door(Endpoint.of("", served.address, ""), Terms(deadline_s=1_200.0, waits_s=()))
        asked = ToRate(question=Question.free("A barrier?"), text=ANSWER, rubric=load_rubric())
        verdict = Judge(door, version="v1").rate(asked, watched.append)
    assert verdict.record.outcome in {JudgeOutcome.RATED, JudgeOutcome.UNREADABLE, JudgeOutcome.CUT_SHORT}
    assert verdict.record.prompt_tokens > 2_000
    assert verdict.record.cost_usd == 0.0
    assert all(span.stands_in(ANSWER) for r in verdict.ratings for span in r.evidence)
    assert [r.criterion for r in verdict.ratings] in ([], list(Criterion))
