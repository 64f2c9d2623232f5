"""A judge is measured on labelled answers: where it agrees less with people than the checks alone, the checks win and say why."""

from collections.abc import Callable
from pathlib import Path

import pytest
from judge_examples import ANSWER

from coach.commands.measure import FEWEST, Row, measured
from coach.domain.judging import ToRate
from coach.domain.question import Question
from coach.domain.rubric import Criterion, Rubric
from coach.domain.verdict import JudgeOutcome, JudgeRecord
from coach.errors import AnswerError
from coach.judge import Judge, Measurements

RATED = JudgeRecord(outcome=JudgeOutcome.RATED, model="ok", prompt_hash="abc")


def row(people: int, alone: int, judge: int, soar: int) -> Row:
    return (
        dict.fromkeys(Criterion, people),
        dict.fromkeys(Criterion, alone),
        {**dict.fromkeys(Criterion, judge), Criterion.SOAR: soar},
    )


def test_the_criteria_on_which_ratings_with_the_judge_agree_less_are_told_with_both_figures() -> None:
    found = [(RATED, row(level, max(1, level - 1), level, 3)) for level in (1, 2, 3, 4, 5) for _ in range(8)]
    one = measured([*found, (JudgeRecord(outcome=JudgeOutcome.BUSY), row(5, 5, 1, 1))], "2")
    assert (one.model, one.prompt_hash, one.checks, one.answers) == ("ok", "abc", "2", 40)
    assert list(one.worse) == [Criterion.SOAR]
    assert "Measured on 40 labelled answers" in one.worse[Criterion.SOAR]
    assert "(0.00) than those of the checks alone (0.80)" in one.worse[Criterion.SOAR]
    helped = one.agreement[Criterion.EMPATHY]
    assert helped.with_judge == 1.0
    assert 0.0 < helped.low <= helped.with_judge - helped.alone <= helped.high


def test_too_few_answers_say_nothing() -> None:
    with pytest.raises(AnswerError, match=f"rated 3 of 3 answers, and at least {FEWEST}"):
        measured([(RATED, row(3, 3, 3, 3))] * 3, "2")


def test_a_measurement_counts_for_its_model_its_prompt_and_its_checks_and_the_latest_wins(tmp_path: Path) -> None:
    kept = Measurements(tmp_path / "new" / "m.jsonl", "2")
    assert kept.of("ok", "abc") is None
    first = measured([(RATED, row(3, 3, 3, 3))] * FEWEST, "2")
    kept.keep(first)
    kept.keep(first.model_copy(update={"answers": 99}))
    assert (found := kept.of("ok", "abc"))
    assert found.answers == 99
    assert kept.of("other", "abc") is kept.of("ok", "other") is None
    assert Measurements(tmp_path / "new" / "m.jsonl", "3").of("ok", "abc") is None


def test_a_model_named_without_a_date_has_the_measurement_of_its_latest_release(tmp_path: Path) -> None:
    kept = Measurements(tmp_path / "m.jsonl", "2")
    one = measured([(RATED, row(3, 3, 3, 3))] * FEWEST, "2")
    kept.keep(one.model_copy(update={"model": "big-1-2026-03-17"}))
    assert kept.of("big-1", "abc")
    assert kept.of("big-1-2026-09-01", "abc") is None


@pytest.mark.parametrize("broken", ["no json", '{"model": 1}', "[]"])
def test_a_file_that_cannot_be_read_stops_no_rating(broken: str, tmp_path: Path) -> None:
    (tmp_path / "m.jsonl").write_text(broken, encoding="utf-8")
    assert Measurements(tmp_path / "m.jsonl", "2").of("ok", "abc") is None


def test_the_verdict_of_a_measured_judge_says_where_it_is_not_to_be_believed(
    judge_at: Callable[..., Judge], question: Question, rubric: Rubric, tmp_path: Path
) -> None:
    kept = Measurements(tmp_path / "m.jsonl", "2")
    judge = judge_at("ok", measurements=kept)
    before = judge.rate(ToRate(question=question, text=ANSWER, rubric=rubric))
    assert before.worse == {}
    assert judge.measured is None
    found = [(before.record, row(level, level, level, 3)) for level in (1, 2, 3, 4, 5) for _ in range(8)]
    kept.keep(measured(found, "2", asked="ok"))
    assert judge.measured
    assert list(judge.rate(ToRate(question=question, text=ANSWER, rubric=rubric)).worse) == [Criterion.SOAR]
