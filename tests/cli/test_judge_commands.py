"""The judge on the command line, against a real server of this test's own."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cli_tools import Coach

from coach.domain.answer import AnswerKind
from coach.domain.judging import JudgeChoice
from coach.judge import Endpoint
from coach.settings import Settings
from coach.wiring import build

sys.path.append(str(Path(__file__).parents[1] / "judge"))
from judge_examples import ANSWER, reply
from server import Server


@pytest.fixture
def server(bare: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    assert bare
    with Server(good=reply()) as running:
        monkeypatch.setenv("OPENAI_BASE_URL", running.address)
        monkeypatch.setenv("COACH_JUDGE_MODEL", "ok")
        yield running


def rated() -> str:
    practice = build(Settings.load()).practice
    attempt = practice.begin("ann", practice.bank.questions[0], AnswerKind.TYPED)
    practice.hand_in(attempt.id, "ann", ANSWER)
    practice.rate(attempt.id, "ann")
    return attempt.id


def test_models_are_listed_with_size_memory_and_licence(coach: Coach) -> None:
    result = coach("judge", "models")
    assert result.exit_code == 0
    assert "Apache-2.0" in result.stdout
    assert "coach judge serve FILE.gguf" in result.stderr


def test_a_period_is_rated_again_under_another_prompt_and_earlier_ratings_are_kept(
    coach: Coach, server: Server
) -> None:
    attempt = rated()
    planned = coach("rescore", "--since", "2026-01-01", "--prompt", "v1", "--dry-run")
    assert planned.stdout == "1 answers; expected cost: nothing\n"
    assert len(server.bodies) == 1
    result = coach("rescore", "--since", "2026-01-01", "--prompt", "v1")
    assert result.exit_code == 0
    assert result.stdout.splitlines()[1].endswith("judge: rated")
    services = build(Settings.load())
    now = services.practice.get(attempt, "ann").judge
    assert now
    assert now.prompt == "judge/v1"
    (earlier,) = services.practice.earlier_ratings(attempt, "ann")
    assert earlier.judge
    assert earlier.judge.prompt == "judge/v2"


def test_only_the_named_candidates_and_days_are_rated_again(coach: Coach, server: Server) -> None:
    rated()
    assert server.bodies
    assert coach("rescore", "--since", "2026-01-01", "--candidate", "bob").stdout.startswith("0 answers")
    assert coach("rescore", "--since", "2020-01-01", "--until", "2020-02-01").stdout.startswith("0 answers")
    assert coach("rescore", "--since", "yesterday").exit_code == 2


def test_a_period_is_put_down_to_be_rated_again_behind(coach: Coach, server: Server) -> None:
    attempt = rated()
    assert server.bodies
    result = coach("rescore", "--since", "2026-01-01", "--behind")
    assert result.stdout.splitlines()[1].startswith("They are rated again behind")
    services = build(Settings.load())
    assert services.practice.earlier_ratings(attempt, "ann") == ()
    services.runner.finish("rerate", attempt)
    assert len(services.practice.earlier_ratings(attempt, "ann")) == 1


def test_another_prompt_is_not_taken_for_what_others_do_behind(coach: Coach) -> None:
    result = coach("rescore", "--since", "2026-01-01", "--prompt", "v1", "--behind")
    assert result.exit_code == 2
    assert "set COACH_JUDGE_PROMPT there" in result.stderr


def test_what_was_spent_today_is_told(coach: Coach, server: Server) -> None:
    rated()
    assert server.bodies
    result = coach("judge", "spent")
    assert "calls\t1\ntokens\t1000 of 2000000" in result.stdout


def test_scoring_a_file_is_bound_by_the_budget_and_booked_and_keeps_no_reply(
    bare: Path, coach: Coach, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = bare / "in.jsonl"
    source.write_text(json.dumps({"id": 1, "question": "A barrier?", "answer": ANSWER}), encoding="utf-8")
    for _ in range(2):
        assert coach("score", "--in", source, "--out", bare / "out.jsonl").exit_code == 0
    assert json.loads((bare / "out.jsonl").read_text("utf-8"))["state"] == "rated"
    assert len(server.bodies) == 2, "answers that are stored nowhere leave no reply behind"
    assert "calls\t2\ntokens\t2000 of 2000000" in coach("judge", "spent").stdout
    monkeypatch.setattr(Endpoint, "is_local", property(lambda _: False))
    monkeypatch.setenv("COACH_JUDGE_DAILY_TOKENS", "2000")
    assert coach("score", "--in", source, "--out", bare / "out.jsonl").exit_code == 0
    assert json.loads((bare / "out.jsonl").read_text("utf-8"))["state"] == "checks_only"
    assert len(server.bodies) == 2, "what may be spent in a day is spent"


def test_the_doctor_examines_the_judge_that_was_chosen_in_the_app(coach: Coach, server: Server) -> None:
    server.good = '{"sentence": 2, "verdict": "yes"}'
    assert "judge: It keeps to a JSON schema." in coach("doctor").stdout
    build(Settings.load()).books.choose(JudgeChoice(on=False))
    asked = len(server.bodies)
    assert "judge: switched off" in coach("doctor").stdout
    assert len(server.bodies) == asked


def test_a_key_goes_to_the_address_of_the_settings_and_never_to_one_chosen_on_a_page(
    bare: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert bare
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up")
    rated()
    build(Settings.load()).books.choose(JudgeChoice(base_url=server.address, model="fenced"))
    rated()
    keys = [{name.lower(): value for name, value in sent.items()}["authorization"] for sent in server.headers]
    assert keys == ["Bearer sk-made-up", "Bearer none"]
    assert json.dumps(server.bodies).count("sk-made-up") == 0


@pytest.mark.parametrize("words", [("missing.gguf",), ("missing.gguf", "--port", "0")])
def test_a_file_that_is_not_there_cannot_be_served(coach: Coach, words: tuple[str, ...]) -> None:
    result = coach("judge", "serve", *words)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_a_judge_is_measured_on_labelled_answers_and_the_result_is_kept(
    coach: Coach, server: Server, tmp_path: Path
) -> None:
    labels = {"soar": 4, "empathy": 3, "confidentiality": 3, "outcome": 5}
    lines = [
        json.dumps({"id": str(n), "question": "A barrier?", "answer": ANSWER, "labels": labels}) for n in range(30)
    ]
    file = tmp_path / "labelled.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    result = coach("judge", "measure", str(file))
    assert result.exit_code == 0, result.stderr
    assert "30 answers" in result.stdout.splitlines()[0]
    assert [line.split("\t")[0] for line in result.stdout.splitlines()[1:]] == list(labels)
    assert len(server.bodies) == 30
    assert (Settings.load().data_dir / "judge_measured.jsonl").is_file()
    file.write_text(lines[0], encoding="utf-8")
    assert "at least 30 are needed" in coach("judge", "measure", str(file)).stderr
