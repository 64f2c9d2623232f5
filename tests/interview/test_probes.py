"""Probes that listen, with the real checks, and stories that do not fit together."""

from functools import cache

import pytest

from coach.interview.consistency import Story, contradictions
from coach.interview.probes import SPECIFIC, Probe, choose_probe
from coach.practice import Practice
from coach.settings import Settings
from coach.wiring import build_scorer

KEY = "coordinate-complex-needs"
SCENE = (
    "Last winter I worked with a woman in her sixties who came home from the hospital and could not climb her stairs."
)
HURDLE = "The problem was that the agency had a waiting list of six weeks for home aides, and nobody else was taking clients."
DEED = (
    "I called the plan's nurse, explained what a fall would cost, and asked her to approve a private aide until then."
)
END = "The aide started after four days, and in the next three months she had no falls, down from three before."


@cache
def scorer() -> Practice:
    return build_scorer(Settings(), judged=False)


def probe(said: str, *asked: str) -> Probe | None:
    question = scorer().bank.get(KEY)
    return choose_probe(question, said, scorer().check(question, said), asked)


@pytest.mark.parametrize(
    ("said", "asks"),
    [
        (
            "I would always call every agency first, and I usually keep a list of who does what.",
            "one time when you did",
        ),
        (f"{SCENE} {HURDLE} {DEED}", "How did it end"),
        (f"{SCENE} {DEED} {END}", "stood in your way"),
    ],
)
def test_the_first_probe_goes_where_something_is_missing(said: str, asks: str) -> None:
    chosen = probe(said)
    assert chosen
    assert asks in chosen[0]
    assert chosen[1], "it says why it is asked"


def test_the_next_probe_quotes_what_was_said_and_asks_for_the_exact_words() -> None:
    chosen = probe(f"{SCENE} {HURDLE} {DEED} {END}", "You named no obstacle.")
    assert chosen
    assert chosen == (f"You said: “{DEED}” What exactly did you say, and what was the reply?", SPECIFIC)


def test_after_the_specific_nothing_more_is_asked() -> None:
    assert probe(f"{SCENE} {HURDLE} {DEED} {END}", "You named no obstacle.", SPECIFIC) is None


def test_to_nothing_there_is_no_probe() -> None:
    assert choose_probe(scorer().bank.get(KEY), "  ", scorer().check(scorer().bank.get(KEY), "  "), ()) is None


def story(number: int, text: str) -> Story:
    parts = scorer().check(scorer().bank.get(KEY), text).parts
    return Story(number, text, parts)


OTHER_CASE = (
    "A boy of nine kept running away from his foster home. The school wanted to expel him, and his file was missing. "
    "I drove to the school and asked for a meeting. He stayed in class for the rest of the year."
)


@pytest.mark.parametrize(
    ("first", "second", "about"),
    [
        ("My caseload was 45 clients then. " + SCENE, "With a caseload of sixty I had to plan well. " + OTHER_CASE, "your caseload"),
        ("I have five years as a case manager. " + SCENE, "In my twelve years of experience I saw it often.", "your years in the work"),
        (f"{SCENE} {HURDLE}", f"{SCENE.replace('sixties', 'eighties')} {HURDLE}", "the client’s age"),
        (f"{SCENE} She lived with two children. {HURDLE}", f"{SCENE} She lived with four children. {HURDLE}", "the number of children"),
    ],
)  # fmt: skip
def test_facts_that_do_not_go_together_are_shown_with_both_sentences(first: str, second: str, about: str) -> None:
    found = contradictions((story(1, first), story(3, second)))
    assert [one.about for one in found] == [about]
    assert (found[0].first_question, found[0].second_question) == (1, 3)
    assert found[0].first.stands_in(first)
    assert found[0].second.stands_in(second)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{SCENE} {HURDLE}", f"{SCENE} {HURDLE}"),
        (f"{SCENE} {HURDLE}", OTHER_CASE + " His grandmother was in her eighties."),
        (f"{SCENE} {HURDLE}", SCENE.replace("a woman in her sixties", "a 67-year-old woman") + HURDLE),
        ("My caseload was 45 clients.", "My caseload was 45."),
        ("", ""),
    ],
)
def test_what_goes_together_or_is_another_case_is_left_alone(first: str, second: str) -> None:
    stories = tuple(story(n, text) for n, text in ((1, first), (2, second)))
    assert contradictions(stories) == ()
