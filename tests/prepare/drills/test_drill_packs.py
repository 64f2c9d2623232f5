"""The packs that come with the program, and what the validator says of broken ones."""

import re
import shutil
from pathlib import Path

import pytest

from coach.errors import BankError
from coach.prepare.drills import ALL, Drill, look
from coach.prepare.drills.packs import load_packs, read_packs, unmet
from coach.resources import question_bank

GERMAN = (
    "Ich habe der Frau geholfen, damit sie in ihrer Wohnung bleiben konnte. Danach ging es ihr besser als je zuvor, und sie "
    "kam jede Woche zu mir."
)
PACKS = question_bank() / "drills"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS, tmp_path / "drills"))


def problems(folder: Path) -> str:
    return "\n".join(map(str, read_packs(folder)[1]))


def edit(folder: Path, drill: str, before: str, after: str) -> None:
    file = folder / f"{drill}.toml"
    words = file.read_text("utf-8")
    assert before in words
    file.write_text(words.replace(before, after, 1), "utf-8")


def test_every_drill_has_a_pack_and_every_pack_a_drill() -> None:
    packs = load_packs(PACKS)
    assert set(packs) == {drill.key for drill in ALL} == {file.stem for file in PACKS.glob("*.toml")}
    assert all(len(exercises) >= 8 for key, exercises in packs.items() if key != "hard-scenarios")


def test_every_good_answer_meets_all_that_its_drill_looks_for() -> None:
    assert list(map(str, unmet(load_packs(PACKS)))) == []


@pytest.mark.parametrize(
    ("drill", "before", "after", "says"),
    [
        ("smart-goal", 'key = "find-housing"', 'key = "get-moving"', "smart-goal.toml: get-moving: key: is used twice"),
        ("smart-goal", 'key = "find-housing"', 'key = "Find Housing"', "smart-goal.toml: Find Housing: key: "),
        ("smart-goal", 'setting = "housing"', 'setting = "moon"', "setting: must be one of"),
        ("smart-goal", 'key = "find-housing"', 'key = "own"', "is kept for the candidate's own words"),
        ("de-identify", "facts = [", "facst = [", "facst: is not a field here"),
        ("hard-scenarios", 'next = "last-chance"', 'next = "nowhere"', "card cancel: next: there is no card nowhere"),
        ("hard-scenarios", 'next = "afterwards"', 'next = "cancel"', "leads round in a circle"),
        ("hard-scenarios", 'person = "A client', 'person = ""\nx = "A client', "x: is not a field here"),
    ],
)
def test_a_broken_pack_is_told_with_file_exercise_and_what_is_wrong(
    folder: Path, drill: str, before: str, after: str, says: str
) -> None:
    edit(folder, drill, before, after)
    assert says in problems(folder)
    with pytest.raises(BankError, match="coach bank check"):
        load_packs(folder)


def test_a_card_that_nothing_leads_to_is_found(folder: Path) -> None:
    file = folder / "hard-scenarios.toml"
    words = file.read_text("utf-8")
    file.write_text(
        words + '\n[[exercises.cards]]\nkey = "lonely"\ntext = "Nobody comes here."\nending = "The end."\n', "utf-8"
    )
    assert "card lonely: nothing leads there" in problems(folder)


def test_a_missing_pack_and_one_that_is_no_toml_are_told(folder: Path) -> None:
    (folder / "smart-goal.toml").unlink()
    (folder / "de-identify.toml").write_text("title = [", "utf-8")
    told = problems(folder)
    assert "smart-goal.toml: is not there" in told
    assert re.search(r"de-identify\.toml: cannot be read at", told)


def test_too_few_exercises_are_told(folder: Path) -> None:
    file = folder / "result-ladder.toml"
    head = file.read_text("utf-8").split("[[exercises]]")
    file.write_text("[[exercises]]".join(head[:4]), "utf-8")
    assert "holds 3 exercises; a drill needs 8" in problems(folder)


@pytest.mark.parametrize("drill", ALL, ids=lambda drill: drill.key)
def test_every_drill_stands_on_words_of_the_text_and_leaves_a_few_words_unrated(drill: Drill) -> None:
    first, second, *_ = load_packs(PACKS)[drill.key]
    text = " ".join(card.reply.good for card in second.cards if card.reply) or second.good
    exercise = first.at_card(next(card.key for card in first.cards if card.reply)) if first.cards else first
    outcome = look(drill, exercise, text)
    assert outcome.of > 1
    assert outcome.met < outcome.of, "the good answer to another exercise is not good enough for this one"
    assert all(mark.span.stands_in(text) for one in outcome.observations for mark in one.evidence)
    short = look(drill, exercise, "I helped her.")
    assert short.unrated
    assert not short.observations
    assert look(drill, exercise, GERMAN).unrated
