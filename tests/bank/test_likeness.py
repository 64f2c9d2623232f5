"""Two questions that ask the same thing in other words, with the real sentence model."""

from pathlib import Path

import pytest

from coach import resources
from coach.bank import load_bank
from coach.bank.likeness import problems_of
from coach.checks.embeddings import encoder

BANK = resources.question_bank()
PACK = (BANK / "case_manager.toml").read_text("utf-8")


def problems(folder: Path) -> list[str]:
    return [str(problem) for problem in problems_of(folder, encoder().encode)]


def copied(folder: Path, old: str, new: str) -> None:
    """A second pack with the pack's own first question, its key and one more thing changed."""
    head, first, *_ = PACK.split("[[questions]]\n")
    assert old in first
    other = first.replace('key = "', 'key = "other-').replace(old, new)
    (folder / "case_manager.toml").write_text(PACK, encoding="utf-8")
    (folder / "other.toml").write_text(f"{head}[[questions]]\n{other}", encoding="utf-8")


def test_no_two_questions_of_the_bank_are_alike_and_no_pack_has_a_problem() -> None:
    assert problems(BANK) == []


@pytest.mark.parametrize(
    "words",
    [
        "Tell me about a client who needed several services at once. How did you pull them together, and how did it turn out for the client?",
        "Describe a client in need of help from several services at the same time. How did you join these services up, and with what result?",
    ],
)
def test_the_same_question_in_other_words_is_found_and_says_like_which(tmp_path: Path, words: str) -> None:
    copied(tmp_path, load_bank(BANK).get("coordinate-complex-needs").text, words)

    found = [problem for problem in problems(tmp_path) if ": text: " in problem]

    assert len(found) == 1
    assert found[0].startswith(
        "other.toml: other-coordinate-complex-needs: text: says much the same as coordinate-complex-needs in case_manager.toml"
    )


def test_a_model_answer_told_again_with_other_details_is_found(tmp_path: Path) -> None:
    copied(tmp_path, "an older client", "a younger man")

    assert any(": model_answer: says much the same" in problem for problem in problems(tmp_path))


def test_likeness_is_looked_at_only_once_the_packs_keep_the_rules(tmp_path: Path) -> None:
    copied(tmp_path, "difficulty = 2", "difficulty = 7")

    assert problems(tmp_path) == [
        "other.toml: other-coordinate-complex-needs: difficulty: is 7; it must be between 1 and 3"
    ]


@pytest.mark.parametrize("place", ["missing.toml", "."])
def test_where_there_is_no_pack_it_is_said(tmp_path: Path, place: str) -> None:
    assert len(problems(tmp_path / place)) == 1
