"""Advice is kept only where it keeps to the answer."""

import pytest
from judge_examples import ANSWER

from coach.judge.advice import LONGEST, vetted


@pytest.mark.parametrize(
    "advice",
    [
        "Say when this was.",
        "Say when this was. Then say how it ended.",
        'Explain what "kept missing dialysis" led to.',
        "Explain what \u201cKept missing dialysis.\u201d led to.",
        "Explain what 'with his consent' covered.",
        "Don't leave out the man's own view.",
        "Name the team's part; it's missing.",
    ],
)
def test_short_advice_with_no_words_or_the_answers_own_in_quotation_marks_is_kept(advice: str) -> None:
    assert vetted(advice, ANSWER) == advice


@pytest.mark.parametrize(
    "advice",
    [
        "",
        " \n ",
        "...",
        'Begin with "I never gave up".',
        "Begin with \u2018I never gave up\u2019 and go on.",
        "Begin with \u00abI never gave up\u00bb.",
        'You said "he was afraid", so say "I was his rock".',
        'An open "quotation never closed.',
        "Read https://example.org/tips first.",
        "See WWW.example.org for more.",
        "Use <b>bold</b> words.",
        "word " * LONGEST,
    ],
)
def test_empty_long_or_linking_advice_and_words_nobody_said_are_dropped(advice: str) -> None:
    assert vetted(advice, ANSWER) == ""


def test_advice_is_cut_after_two_sentences() -> None:
    assert vetted("Say when it was. Say how it ended. Give a number.", ANSWER) == "Say when it was. Say how it ended."


def test_hidden_characters_and_line_breaks_in_advice_are_taken_out() -> None:
    assert vetted("Say when\n it\u200b was\u202e.\x00", ANSWER) == "Say when it was."
