"""Advice is kept only where it keeps to the answer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from judge_examples import ANSWER

from coach.domain.sentences import sentences
from coach.judge.advice import LONGEST, asked, rewritten, vetted


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
        "words " * LONGEST,
    ],
)
def test_empty_long_or_linking_advice_and_words_nobody_said_are_dropped(advice: str) -> None:
    assert vetted(advice, ANSWER) == ""


def test_advice_is_cut_after_two_sentences() -> None:
    assert vetted("Say when it was. Say how it ended. Give a number.", ANSWER) == "Say when it was. Say how it ended."


def test_hidden_characters_and_line_breaks_in_advice_are_taken_out() -> None:
    assert vetted("Say when\n it\u200b was\u202e.\x00", ANSWER) == "Say when it was."


# ── about the answer only ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "advice",
    [
        "You are brilliant.",
        "Your story is pathetic.",
        "Say how it ended, you fool.",
        "This will get you hired.",
        "This deserves a score of 5.",
        "Tell them about Mercy Hospital.",
        "Say that it took 40 days.",
        "Write to me@example.org about it.",
    ],
)
def test_praise_insults_promises_marks_and_facts_nobody_told_are_dropped(advice: str) -> None:
    assert vetted(advice, ANSWER) == ""


def test_a_judging_word_of_the_answer_itself_may_be_quoted() -> None:
    text = "He was lazy and came late to everything I set up for him."
    assert vetted("Put what you saw in the place of \u201clazy\u201d.", text)
    assert vetted("Put what you saw in the place of \u201cuseless\u201d.", text) == ""


# ── a sentence said better ────────────────────────────────────────────────────────────────────────────────────────

LAST = sentences(ANSWER)[3]


@pytest.mark.parametrize(
    "text",
    [
        "After four missed the month before, he missed none in eight weeks.",
        "He missed none in 8 weeks, after 4 the month before, because [what made the difference].",
        "With the noon chair near his sister he has missed none in eight weeks.",
        "In [which months] he missed none.",
    ],
)
def test_a_rewritten_sentence_of_the_candidates_own_facts_and_placeholders_is_kept(text: str) -> None:
    found = rewritten(text, LAST, ANSWER)
    assert found
    assert (found.text, found.of) == (text, LAST)


@pytest.mark.parametrize(
    "text",
    [
        "",
        LAST.quote,
        "He missed none in nine weeks, after four the month before.",
        "He missed none in eight weeks and found a job.",
        "Mr. Ruiz missed none in eight weeks.",
        "He missed four in eight weeks.",
        "I asked him what would feel safe.",
        "He missed none [see http://example.org].",
        "He missed none in [9 weeks].",
        "He missed none in eight weeks, [you idiot].",
        "He missed none in eight weeks [and then.",
        "He missed none. In eight weeks. After four.",
        "He missed none in eight weeks. " * 30,
    ],
)
def test_a_rewritten_sentence_that_adds_a_fact_or_turns_a_no_into_a_yes_is_dropped(text: str) -> None:
    assert rewritten(text, LAST, ANSWER) is None


@given(st.lists(st.sampled_from([*ANSWER.split(), "ambulance", "Ruiz", "17", "seventeen", "[why]", "https://x.org"])))
def test_whatever_is_kept_has_no_word_of_content_that_nobody_said(words: list[str]) -> None:
    found = rewritten(" ".join(words), LAST, ANSWER)
    if found:
        assert not {"ambulance", "Ruiz", "17", "seventeen", "https://x.org"} & set(found.text.split())


# ── a question to expect ──────────────────────────────────────────────────────────────────────────────────────────


def test_a_question_about_the_answer_is_kept() -> None:
    text = "What would you have done if the noon chair had been taken?"
    assert asked(text, ANSWER, "A barrier?") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tell me more.",
        "Why are you so stupid?",
        "When did Kim Ruiz come?",
        "Why 40 days?",
        "Why did you leave her at the shelter?",  # nobody spoke of one
        "Why? And how?",
        "Why" * 99 + "?",
    ],
)
def test_what_is_no_question_or_does_not_keep_to_the_answer_is_dropped(text: str) -> None:
    assert asked(text, ANSWER, "A barrier?") == ""
