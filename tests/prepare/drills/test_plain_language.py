"""Texts that the drill was not written from: what is seen in them, and in which words."""

import pytest

from coach.prepare.drills.grade import grade, punctuated, syllables
from tests.prepare.drills.drill_parts import quotes, saw, seen, unmet

HEART = (
    "You have a weak heart, and that is why there was so much water in your legs. Take the water pill, 40 milligrams, every "
    "morning. You see the heart doctor one week from now. Weigh yourself before breakfast, and call your doctor if you put on "
    "more than three pounds in two days."
)


def test_a_plain_telling_of_the_note_is_met_in_all() -> None:
    assert unmet(seen("plain-language", "water-pill", HEART)) == set()


@pytest.mark.parametrize(
    ("change", "to", "lost", "words"),
    [
        ("water pill", "diuretic", "Everyday words", {"diuretic"}),
        ("the heart doctor", "cardiology for your CHF", "Everyday words", {"CHF"}),
        ("three pounds in two days", "five pounds in two days", "Meaning kept", {"five"}),
        ("40 milligrams", "80 milligrams", "Meaning kept", {"80"}),
    ],
)
def test_one_slip_is_found_with_its_words(change: str, to: str, lost: str, words: set[str]) -> None:
    outcome = seen("plain-language", "water-pill", HEART.replace(change, to))
    assert lost in unmet(outcome)
    assert words <= quotes(outcome, lost)


def test_a_lost_fact_is_named() -> None:
    without = HEART.replace("You see the heart doctor one week from now. ", "")
    outcome = seen("plain-language", "water-pill", without)
    assert unmet(outcome) == {"Meaning kept"}
    assert saw(outcome, "Meaning kept").missing == ("See the heart doctor in 7 days.",)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (
            "water-pill",
            "Your heart is weak and water built up. The pill takes out the water, 40 milligrams each day. In a week there is a visit.",
        ),
        (
            "plan-says-no",
            "The plan turned down your power chair. They say nothing proves that you need it. There are sixty days for a second look.",
        ),
    ],
)
def test_nothing_to_do_is_not_met(key: str, text: str) -> None:
    assert "What to do next" in unmet(seen("plain-language", key, text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("They call it a deductible. It is what you pay first.", set()),
        ("You have a copay (your part of the bill) of ten dollars.", set()),
        ("Your copay and your deductible are due.", {"copay", "deductible"}),
        ("The SNF has a bed. You go there to recover.", {"SNF"}),
        ("We edited the ERrand list and the mild weather.", set()),
    ],
)
def test_a_word_that_is_explained_on_the_spot_is_no_jargon(text: str, named: set[str]) -> None:
    padded = f"{text} Please call me tomorrow morning and I will help you with all of it, one step at a time."
    assert quotes(seen("plain-language", "water-pill", padded), "Everyday words") == named


def test_a_transcript_without_full_stops_has_no_grade() -> None:
    outcome = seen("plain-language", "water-pill", HEART.replace(".", "").replace(",", "").lower())
    assert saw(outcome, "Easy to follow").met is None


def test_long_sentences_of_long_words_are_hard_and_short_ones_easy() -> None:
    hard = (
        "Subsequently, following the multidisciplinary examination of your cardiovascular situation, the responsible "
        "physicians unanimously recommended an additional pharmaceutical intervention, notwithstanding considerable uncertainty."
    )
    assert grade(hard) > 15
    assert grade(HEART) < 7
    assert saw(seen("plain-language", "water-pill", hard + " You have to be there."), "Easy to follow").met is False


@pytest.mark.parametrize(
    ("word", "count"),
    [("pill", 1), ("doctor", 2), ("water", 2), ("medicine", 3), ("eligible", 4), ("appointment", 3), ("walked", 1), ("wanted", 2)],
)  # fmt: skip
def test_syllables_of_everyday_words(word: str, count: int) -> None:
    assert syllables(word) == count


def test_few_full_stops_are_not_enough_to_count_sentences_by() -> None:
    assert punctuated("You go home. You rest.")
    assert not punctuated("you go home and rest " * 20 + ".")


def test_the_note_itself_is_unrated_with_the_reason() -> None:
    note = "Pt w/ CHF exacerbation, d/c to home today. Initiate diuretic 40 mg PO QD, daily weights. Notify PCP if gain > 3 lb in 2 days."
    assert "the note itself" in seen("plain-language", "water-pill", note).unrated


def test_too_few_words_are_unrated_and_not_low() -> None:
    outcome = seen("plain-language", "water-pill", "Take your pill.")
    assert outcome.summary == "unrated"
    assert outcome.observations == ()
