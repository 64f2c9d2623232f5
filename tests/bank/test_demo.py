"""The demo answers."""

from pathlib import Path

import pytest

from coach import resources
from coach.bank.demo import load_demo_answers
from coach.bank.packs import load_bank
from coach.errors import BankError


def test_there_are_fourteen_answers_to_eight_questions_of_the_bank() -> None:
    answers = load_demo_answers()
    bank = load_bank(resources.question_bank())

    assert len(answers) == 14
    assert len({answer.question for answer in answers}) == 8
    assert all(bank.get(answer.question) for answer in answers)


def test_they_run_from_forty_days_ago_to_yesterday_oldest_first() -> None:
    days = [answer.days_ago for answer in load_demo_answers()]

    assert (days[0], days[-1]) == (40, 1)
    assert days == sorted(set(days), reverse=True)


def test_each_is_as_long_as_an_answer_of_about_a_minute() -> None:
    lengths = [len(answer.text.split()) for answer in load_demo_answers()]

    assert all(90 <= length <= 180 for length in lengths), lengths


def test_each_is_one_stretch_of_speech_without_line_breaks() -> None:
    assert all("\n" not in answer.text and "  " not in answer.text for answer in load_demo_answers())


def test_the_folder_of_demo_answers_is_no_pack() -> None:
    assert "answers.toml" not in [pack.file for pack in load_bank(resources.question_bank()).packs]


def test_a_faulty_file_is_told_what_is_wrong_and_no_answer_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "answers.toml"
    path.write_text('[[answers]]\nquestion = ""\ndays_ago = 0\nsaid = "my secret words"\n', encoding="utf-8")

    with pytest.raises(BankError) as caught:
        load_demo_answers(path)

    message = str(caught.value)
    assert "answers, number 1, question: is empty" in message
    assert "answers, number 1, days_ago: must be 1 or more" in message
    assert "secret" not in message
