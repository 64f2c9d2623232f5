"""Replies in hard moments, in words the drill was not written from; and the cards as a machine."""

from datetime import UTC, datetime

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.drill import Run, Try
from coach.domain.exercise import Exercise
from coach.prepare.drills import cards
from tests.prepare.drills.drill_parts import exercise, quotes, seen, unmet

SCARED = "I can hear how scared you are that your mom will fall at home."
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def at(scenario: str, card: str) -> Exercise:
    return exercise("hard-scenarios", scenario).at_card(card)


@pytest.mark.parametrize(
    ("scenario", "card", "text"),
    [
        (
            "nobody-called",
            "first-words",
            f"I am so sorry that you called three times and no one got back to you. {SCARED} Please tell me what worries you most.",
        ),
        (
            "the-bruise",
            "the-boy",
            "I am really glad that you told me. You did nothing wrong. I must tell people who keep children safe. Does your back hurt now?",
        ),
        (
            "voice-on-the-phone",
            "ask-directly",
            "You lost your job and your partner within a month. Are you thinking of killing yourself? Do you have a plan for it? I stay with you.",
        ),
    ],
)
def test_a_reply_that_does_what_is_needed_is_met(scenario: str, card: str, text: str) -> None:
    assert unmet(seen("hard-scenarios", at(scenario, card), text)) == set()


@pytest.mark.parametrize(
    ("scenario", "card", "text", "words"),
    [
        (
            "nobody-called",
            "first-words",
            "Please calm down, ma'am. We are very busy here and it is not my fault.",
            {"calm down", "We are very busy", "not my fault"},
        ),
        (
            "the-bruise",
            "the-boy",
            "I promise not to tell anybody, this stays between you and me. Are you sure it was him?",
            {"I promise not to tell", "between you and me", "Are you sure"},
        ),
        (
            "provider-says-no",
            "your-answer",
            "You have to take him, you signed a contract with us. He is harmless.",
            {"You have to", "He is harmless"},
        ),
    ],
)
def test_what_makes_it_worse_is_quoted(scenario: str, card: str, text: str, words: set[str]) -> None:
    outcome = seen("hard-scenarios", at(scenario, card), text)
    assert words <= quotes(outcome, "Nothing that makes it worse")
    assert outcome.met <= 1


# ── cards ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def begun() -> Run:
    return cards.begin("r", "ann", exercise("hard-scenarios", "nobody-called"), NOON)


def said(run: Run, text: str) -> Try:
    one = run.scenario.at_card(run.at)
    return Try(
        id="t",
        candidate="ann",
        drill="hard-scenarios",
        exercise=one,
        kind=AnswerKind.TYPED,
        state=AttemptState.RATED,
        created_at=NOON,
        text=text,
        outcome=seen("hard-scenarios", one, text),
        run=run.id,
        card=run.at,
    )


def test_a_choice_leads_on_once_and_a_late_press_changes_nothing() -> None:
    first = begun()
    run = cards.choose(first, "at-the-desk", 0, NOON)
    assert (run.at, len(run.steps)) == ("first-words", 1)
    assert cards.choose(run, "at-the-desk", 1, NOON) == run
    assert cards.choose(first, "at-the-desk", 9, NOON) == first


def test_the_words_decide_what_happens_and_an_unrated_reply_nothing() -> None:
    run = cards.choose(begun(), "at-the-desk", 0, NOON)
    good, bad = run.scenario.at_card(run.at).good, "You need to calm down first, and then we can talk about it."
    well, badly = cards.reply(run, said(run, good), NOON), cards.reply(run, said(run, bad), NOON)
    assert (well.steps[-1].well, badly.steps[-1].well) == (True, False)
    assert well.steps[-1].then != badly.steps[-1].then
    assert cards.reply(run, said(run, "Sorry."), NOON) == run


def test_a_scenario_comes_to_its_end_also_without_words() -> None:
    run = begun()
    while not run.card.ending:
        run = cards.pass_by(run, run.at, NOON) if run.card.reply else cards.choose(run, run.at, 0, NOON)
    assert run.finished_at == NOON
    assert all(step.well is None for step in run.steps)
