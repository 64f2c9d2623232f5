"""Cases told well and badly, in words the drill was not written from."""

import pytest

from tests.prepare.drills.drill_parts import quotes, saw, seen, unmet

TOLD = (
    "I once worked with a man who went home after a stroke. His children had jobs and could not be there. Two agencies had nobody "
    "to send. He told me he would never leave his house. So I organized a day program and a nurse for the evenings. Four months "
    "later he is still at home and has not had one fall."
)


def test_a_case_told_in_general_terms_is_met() -> None:
    assert unmet(seen("de-identify", "ferry-captain", TOLD)) == set()


@pytest.mark.parametrize(
    ("change", "to", "name", "words"),
    [
        ("a man who", "Walter, who", "No names, numbers or dates", {"Walter"}),
        ("a man who", "a former ferry captain who", "No telling details", {"ferry", "captain"}),
        ("after a stroke", "after a stroke on February 3", "No names, numbers or dates", {"February 3"}),
        (
            "His children had jobs",
            "His daughter teaches second grade",
            "No telling details",
            {"teaches", "second grade"},
        ),
    ],
)
def test_what_gives_the_client_away_is_quoted(change: str, to: str, name: str, words: set[str]) -> None:
    outcome = seen("de-identify", "ferry-captain", TOLD.replace(change, to))
    assert unmet(outcome) == {name}
    assert words <= quotes(outcome, name)


def test_a_case_with_nothing_left_of_it_is_not_met() -> None:
    empty = "I had a client once. There were some problems, and I worked hard on them with everybody. In the end it went well for all of us."
    outcome = seen("de-identify", "ferry-captain", empty)
    assert unmet(outcome) == {"Still a case"}
    assert len(saw(outcome, "Still a case").missing) >= 4


def test_every_suggestion_says_what_to_say_instead() -> None:
    outcome = seen("de-identify", "veteran-medal", TOLD + " He had a Silver Star and led the parade.")
    notes = {mark.span.quote: mark.note for mark in saw(outcome, "No telling details").evidence}
    assert "a veteran" in notes["Silver Star"]
    assert notes["parade"]
