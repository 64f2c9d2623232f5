"""Results lifted rung by rung, and numbers that nobody gave, in words the drill was not written from."""

import pytest

from coach.domain.exercise import own_exercise
from tests.prepare.drills.drill_parts import quotes, saw, seen

RUNGS = ("A result", "One that can be checked", "Counted or timed", "Against what was before")


@pytest.mark.parametrize(
    ("text", "rungs"),
    [
        ("I think that with time she would have felt better.", 0),
        ("In the end it went really well for her.", 1),
        ("She has not been back in the emergency room since, and she takes her pills every morning.", 2),
        ("She went to the emergency room only once in three months.", 3),
        ("Her emergency visits went down from five in three months to one.", 4),
    ],
)
def test_each_text_reaches_its_rung(text: str, rungs: int) -> None:
    outcome = seen("result-ladder", "fewer-visits", text)
    reached = [saw(outcome, name).met for name in RUNGS]
    assert reached[:rungs] == [True] * rungs
    assert rungs == 3 or reached[rungs:] == [False] * (4 - rungs)  # a count in a period may pass for a comparison


@pytest.mark.parametrize(
    ("text", "invented"),
    [
        ("Her visits fell from 5 to 1 in three months.", set()),
        ("She had four visits fewer than before, which is 80 percent less.", set()),
        ("Her visits fell from 12 to 1 in three months.", {"12"}),
        ("She saved the hospital 9,000 dollars.", {"9,000"}),
        ("One of her visits was avoided, and no one was happier than her doctor.", set()),
    ],
)
def test_a_number_that_was_not_given_is_quoted(text: str, invented: set[str]) -> None:
    outcome = seen("result-ladder", "fewer-visits", text)
    one = saw(outcome, "No number invented")
    assert (quotes(outcome, one.name) if one.met is False else set()) == invented


def test_without_a_number_nothing_is_said_of_numbers() -> None:
    assert (
        saw(seen("result-ladder", "fewer-visits", "She was a lot happier afterwards."), "No number invented").met
        is None
    )


def test_ones_own_result_is_held_to_ones_own_figures() -> None:
    own = own_exercise("Attendance got better.", "9 students; 14 days missed before, 6 after")
    good = seen(
        "result-ladder", own, "My nine students missed 6 days this term, compared with 14 days the term before."
    )
    assert saw(good, "No number invented").met
    bad = seen("result-ladder", own, "My nine students missed 2 days this term, compared with 14 days the term before.")
    assert quotes(bad, "No number invented") == {"2"}
