"""What is said of a part while it is written: always with the words it is about, or with what was not found."""

import pytest

from coach.domain.finding import Severity
from coach.domain.story import StoryPart, StoryText
from coach.prepare.stories.hints import hints, title_hints, warnings
from tests.prepare.stories.stories_parts import AIDE, told_otherwise

GOOD, NOTE, WARN, LEAK = Severity.GOOD, Severity.NOTE, Severity.WARN, Severity.LEAK


def said(text: StoryText, part: StoryPart) -> list[tuple[Severity, str, str]]:
    return [(hint.severity, hint.text, hint.quote) for hint in hints(text, part)]


@pytest.mark.parametrize(
    ("part", "words", "quote"),
    [
        (StoryPart.SITUATION, "This sets the scene.", "I worked with a woman in her seventies"),
        (StoryPart.OBSTACLE, "This says what stood in the way.", "Her plan denied the home aide"),
        (StoryPart.ACTION, "This says what you did.", "I asked her what mattered most"),
        (StoryPart.RESULT, "Counted or timed, and set against what was before.", "The aide was approved in nine days"),
        (StoryPart.LEARNED, "This says what you learned.", "Since then I read every denial letter"),
    ],
)
def test_a_part_that_does_what_it_is_for_is_told_so_in_its_own_words(part: StoryPart, words: str, quote: str) -> None:
    assert any(
        severity is GOOD and text == words and about.startswith(quote) for severity, text, about in said(AIDE, part)
    )


@pytest.mark.parametrize(
    ("part", "words", "expected"),
    [
        (StoryPart.OBSTACLE, "I called the plan the same day, and then I drove to the office.", "Nothing here reads as an obstacle yet"),
        (StoryPart.ACTION, "The letter was sent and the team met and we all agreed on a new plan.", "Who did this?"),
        (StoryPart.RESULT, "She was very happy and things went really well.", "A judgement in place of a result."),
        (StoryPart.RESULT, "She was very happy and things went really well.", "Nothing here reads as a result yet"),
        (StoryPart.RESULT, "The aide was approved after nine days.", "Set the figure against what was before"),
        (StoryPart.RESULT, "She got the aide and stayed in her own home.", "Count or time it, if you can"),
        (StoryPart.LEARNED, "She moved into the flat in May.", "Nothing here reads as a lesson yet"),
        (StoryPart.SITUATION, "I always listen to my clients and I would make a plan for them.", "What you would do or usually do"),
    ],
)  # fmt: skip
def test_a_part_that_misses_its_point_gets_a_hint(part: StoryPart, words: str, expected: str) -> None:
    assert [text for severity, text, _ in said(told_otherwise(AIDE, part, words), part) if text.startswith(expected)]


def test_a_part_that_tells_another_one_is_told_which() -> None:
    text = told_otherwise(
        AIDE, StoryPart.OBSTACLE, "I called the plan and wrote an appeal the same day, then I drove to the office."
    )
    assert any("reads more like the part “Action”" in words for _, words, _ in said(text, StoryPart.OBSTACLE))


def test_a_name_is_the_first_thing_said_with_neutral_words_for_it() -> None:
    text = told_otherwise(
        AIDE, StoryPart.SITUATION, "I worked with Maria Delgado, who came home from the hospital after a fall."
    )
    first = hints(text, StoryPart.SITUATION)[0]
    assert (first.severity, first.quote, first.instead) == (LEAK, "Maria Delgado", "the client")
    assert not [hint for hint in hints(text, StoryPart.RESULT) if hint.severity is LEAK]


def test_a_long_scene_is_told_how_long_it_is() -> None:
    scene = " ".join(
        f"She had lived on the {n}. floor of the house for years, and her knees were bad." for n in range(8)
    )
    assert any(
        "scene alone takes about" in words
        for _, words, _ in said(told_otherwise(AIDE, StoryPart.SITUATION, scene), StoryPart.SITUATION)
    )


def test_nothing_is_said_while_the_first_words_are_written() -> None:
    assert hints(StoryText(situation="A man"), StoryPart.SITUATION) == ()
    assert hints(StoryText(), StoryPart.RESULT) == ()


def test_other_languages_and_endless_stories_are_told_so() -> None:
    german = StoryText(
        action="Ich habe den Antrag mit der Klientin zusammen geschrieben und dann gleich beim Amt abgegeben."
    )
    assert "not seem to be in English" in hints(german, StoryPart.ACTION)[0].text
    assert "up to 1,500 are looked at" in hints(StoryText(action="I called. " * 900), StoryPart.ACTION)[0].text


def test_every_hint_about_words_quotes_words_of_its_own_part() -> None:
    for part in StoryPart:
        assert all(hint.quote in AIDE.of(part) for hint in hints(AIDE, part))


def test_the_whole_and_its_title_are_searched_for_what_could_identify_a_client() -> None:
    assert warnings(AIDE) == ()
    text = told_otherwise(AIDE, StoryPart.RESULT, "Maria Delgado got the aide after nine days.")
    assert [hint.quote for hint in warnings(text) if hint.severity is LEAK] == ["Maria Delgado"]
    assert [hint.quote for hint in title_hints("How Maria Delgado got her aide")] == ["Maria Delgado"]
    assert title_hints("The aide and the appeal") == ()
