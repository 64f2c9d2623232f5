"""Which question comes next."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from coach import resources
from coach.bank.choose import next_question
from coach.bank.packs import load_bank
from coach.domain.question import Competency
from coach.errors import BankError

START = datetime(2025, 3, 1, 9, tzinfo=UTC)
WHOLE = load_bank(resources.question_bank())
THREE = WHOLE.questions[:3]
ONE, TWO, LAST = (question.key for question in THREE)


def rng(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - chance that can be repeated is what is wanted, not secrecy


def day(number: int) -> datetime:
    return START + timedelta(days=number)


@pytest.mark.parametrize("seed", range(20))
def test_a_question_that_was_never_asked_comes_first(seed: int) -> None:
    history = [(ONE, day(1)), (LAST, day(2))]

    assert next_question(THREE, history, rng(seed)).key == TWO


@pytest.mark.parametrize("seed", range(20))
def test_when_all_were_asked_the_one_asked_longest_ago_comes(seed: int) -> None:
    history = [(TWO, day(1)), (ONE, day(2)), (LAST, day(3)), (TWO, day(4))]

    assert next_question(THREE, history, rng(seed)).key == ONE


@pytest.mark.parametrize("seed", range(20))
def test_the_order_of_the_history_does_not_matter(seed: int) -> None:
    history = [(TWO, day(4)), (LAST, day(3)), (TWO, day(1)), (ONE, day(2))]

    assert next_question(THREE, history, rng(seed)).key == ONE


@pytest.mark.parametrize("seed", range(20))
def test_among_questions_asked_at_one_moment_the_last_one_is_not_asked_again(seed: int) -> None:
    history = [(ONE, day(1)), (TWO, day(1)), (LAST, day(1))]

    assert next_question(THREE, history, rng(seed)).key in {ONE, TWO}


def test_the_last_one_is_asked_again_where_no_other_fits() -> None:
    assert next_question(THREE[:1], [(ONE, day(1))], rng(1)).key == ONE


def test_every_question_is_asked_once_before_any_comes_twice() -> None:
    chance = rng(7)
    history: list[tuple[str, datetime]] = []
    for number in range(2 * len(WHOLE.questions)):
        history.append((next_question(WHOLE.questions, history, chance).key, day(number)))
    asked = [key for key, _ in history]
    count = len(WHOLE.questions)

    assert len(set(asked[:count])) == count
    assert asked[count:] == asked[:count]


def test_chance_decides_among_equals_and_the_same_seed_decides_alike() -> None:
    chosen = [next_question(WHOLE.questions, [], rng(seed)).key for seed in range(40)]

    assert len(set(chosen)) > 5
    assert chosen == [next_question(WHOLE.questions, [], rng(seed)).key for seed in range(40)]


def test_keys_that_are_no_longer_in_the_bank_are_passed_over() -> None:
    history = [("long-gone", day(9)), (ONE, day(1)), (TWO, day(2))]

    assert next_question(THREE, history, rng(3)).key == LAST


def test_only_the_given_questions_are_chosen_from() -> None:
    ethics = WHOLE.find(competency=Competency.ETHICS)

    assert {next_question(ethics, [], rng(seed)).key for seed in range(20)} <= {question.key for question in ethics}


def test_a_choice_that_nothing_fits_is_an_error_that_says_what_to_do() -> None:
    with pytest.raises(BankError, match="Ask for less at once"):
        next_question([], [], rng(1))
