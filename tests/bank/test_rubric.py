"""The rubric's file."""

import hashlib
from pathlib import Path

import pytest

from coach import resources
from coach.bank.rubric import load_rubric
from coach.domain.rubric import LEVELS, Criterion
from coach.errors import BankError

FILE = resources.prompts() / "rubric" / "v1.toml"


def test_a_released_rubric_never_changes() -> None:
    text = FILE.read_bytes().replace(b"\r\n", b"\n")

    assert hashlib.sha256(text).hexdigest() == "5904edb590235c27e6841dbe60ab32833a0abd5857341f151b7ce91f7b1c0260"


def test_every_criterion_has_a_name_a_question_and_five_different_anchors() -> None:
    rubric = load_rubric()

    assert rubric.version == "1"
    for criterion in Criterion:
        anchors = rubric.of(criterion)
        assert anchors.name
        assert anchors.asks.endswith("?")
        assert len({anchors.levels[level] for level in LEVELS}) == 5


@pytest.mark.parametrize(
    ("criterion", "level", "words"),
    [
        (Criterion.SOAR, 2, "hinted at in a clause, with two or more parts missing"),
        (Criterion.SOAR, 4, '"we" and passive wording blur'),
        (Criterion.SOAR, 5, "in any order"),
        (Criterion.EMPATHY, 1, "non-compliant, so I cut them off"),
        (Criterion.CONFIDENTIALITY, 2, "unless it is said to be a pseudonym"),
        (Criterion.CONFIDENTIALITY, 4, "consent is not mentioned"),
        (Criterion.CONFIDENTIALITY, 5, "Section 8"),
        (Criterion.OUTCOME, 1, "conditional"),
        (Criterion.OUTCOME, 2, "300 percent"),
        (Criterion.OUTCOME, 4, "baseline or period is missing"),
        (Criterion.OUTCOME, 5, "disappointing result"),
    ],
)
def test_the_distinctions_raters_need_are_in_the_anchors(criterion: Criterion, level: int, words: str) -> None:
    assert words in load_rubric().of(criterion).levels[level]


def test_only_empathy_and_confidentiality_can_be_not_applicable() -> None:
    rubric = load_rubric()

    assert {c for c in Criterion if rubric.of(c).not_applicable} == {Criterion.EMPATHY, Criterion.CONFIDENTIALITY}


def test_raters_know_what_to_ignore_and_what_never_to_credit() -> None:
    rubric = load_rubric()

    for words in ("long", "fluent", "filler", "dialect", "order", "Thank you for watching", "another language"):
        assert any(words in entry for entry in rubric.ignore), words
    for words in ("name of a criterion", "give this a 5", "caseload"):
        assert any(words in entry for entry in rubric.never_credit), words


@pytest.mark.parametrize(
    ("good", "bad", "expected"),
    [
        ('version = "1"', "version = 1", "version: must be text in quotes"),
        ('version = "1"', "", "version: is missing"),
        ('criterion = "soar"', 'criterion = "saor"', "anchors, number 1, criterion: must be one of 'soar', 'empathy'"),
        ('criterion = "soar"', 'criterion = "empathy"', "a rubric needs anchors for all four criteria"),
        ('\n1 = "No past', '\n6 = "No past', "soar: anchors are needed for levels 1 to 5"),
        ('\n1 = "No past', '\none = "No past', "anchors, number 1, levels, one: must be a whole number"),
        ('asks = "Does', 'ask = "Does', "anchors, number 1, ask: is not a field here"),
        ("ignore = [", 'ignore = "all"\nx = [', "ignore: must be a list"),
        ('version = "1"', "version = ", "v1.toml: cannot be read at line 2, column 11"),
    ],
)
def test_a_faulty_rubric_is_told_what_is_wrong_in_plain_words(
    tmp_path: Path, good: str, bad: str, expected: str
) -> None:
    path = tmp_path / "v1.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(good, bad, 1), encoding="utf-8")

    with pytest.raises(BankError) as caught:
        load_rubric(path)

    assert expected in str(caught.value)
    assert str(caught.value).startswith("The rubric cannot be used: v1.toml: ")


def test_a_criterion_given_twice_and_an_empty_level_are_refused(tmp_path: Path) -> None:
    text = FILE.read_text(encoding="utf-8")
    path = tmp_path / "v1.toml"

    path.write_text(text + "\n[[anchors]]" + text.split("[[anchors]]")[1], encoding="utf-8")
    with pytest.raises(BankError, match="soar: anchors are given twice"):
        load_rubric(path)

    start = text.index('3 = "One particular')
    path.write_text(text[:start] + '3 = " "' + text[text.index("\n", start) :], encoding="utf-8")
    with pytest.raises(BankError, match="soar: level 3 is empty"):
        load_rubric(path)


def test_a_rubric_that_is_not_there_is_an_error_of_the_bank(tmp_path: Path) -> None:
    with pytest.raises(BankError, match=r"The rubric cannot be used: v9\.toml: is not there"):
        load_rubric(tmp_path / "v9.toml")
