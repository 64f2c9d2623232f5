"""Goals written well and badly, in words the drill was not written from."""

import pytest

from tests.prepare.drills.drill_parts import quotes, saw, seen, unmet

GOAL = (
    "By May 31 she will walk for 20 minutes on the track three times a week, so that she can dance at her granddaughter's wedding. "
    "Her neighbor has agreed to walk along. She will buy walking shoes on Saturday. I will ask her doctor for the go-ahead by Wednesday. "
    "Her neighbor will ring her bell at nine."
)


def test_a_goal_with_all_of_it_is_met() -> None:
    assert unmet(seen("smart-goal", "get-moving", GOAL)) == set()


@pytest.mark.parametrize(
    ("change", "to", "name"),
    [
        ("By May 31 she", "She", "Time-bound"),
        (", so that she can dance at her granddaughter's wedding", "", "Relevant"),
        ("By May 31 she will walk for 20 minutes on the track three times a week", "She will be healthier and more independent", "Specific"),
        ("She will buy walking shoes on Saturday. I will ask her doctor for the go-ahead by Wednesday. Her neighbor will ring her bell at nine.",
         "Shoes will be bought. The doctor will be asked.", "Steps with owners"),
    ],
)  # fmt: skip
def test_what_is_missing_is_said(change: str, to: str, name: str) -> None:
    assert name in unmet(seen("smart-goal", "get-moving", GOAL.replace(change, to)))


def test_a_vague_word_is_quoted_with_a_question() -> None:
    vague = "The client will try to be healthier and work on her independence. She wants to dance at the wedding. I will support her in it."
    outcome = seen("smart-goal", "get-moving", vague)
    assert {"healthier", "work on"} <= quotes(outcome, "Specific")
    assert {"Specific", "Measurable", "Time-bound", "Steps with owners"} <= unmet(outcome)
    assert all(mark.note.endswith("?") or mark.note == "will" for mark in saw(outcome, "Specific").evidence)


def test_whether_it_can_be_achieved_is_not_judged_where_no_word_shows_it() -> None:
    bare = GOAL.replace("Her neighbor has agreed to walk along. ", "")
    assert saw(seen("smart-goal", "get-moving", bare), "Achievable").met is None
    assert "no text can show" in saw(seen("smart-goal", "get-moving", GOAL), "Achievable").why


@pytest.mark.parametrize(
    "steps",
    [
        "The rain will stop by then. The weather will be fine for walking.",
        "The shoes will help her knees. Luck will do the rest.",
        "Monday will be the first day. Her motivation is going to grow.",
        "Shoes: the good ones. Weather: warm and dry.",
    ],
)
def test_what_is_no_person_owns_no_step(steps: str) -> None:
    text = GOAL[: GOAL.index("She will buy")] + steps
    assert "Steps with owners" in unmet(seen("smart-goal", "get-moving", text))


@pytest.mark.parametrize(
    "steps",
    [
        "Dana will buy the shoes with her. The nurses will call her on Monday.",
        "Her older sister is going to ring at nine. The school office will text her.",
        "Case manager: call the doctor. Client: buy shoes.",
    ],
)
def test_names_roles_and_relatives_own_steps(steps: str) -> None:
    text = GOAL[: GOAL.index("She will buy")] + steps
    assert "Steps with owners" not in unmet(seen("smart-goal", "get-moving", text))


def test_numbers_of_steps_measure_nothing() -> None:
    listed = (
        "He will find a place to live so that his boys can sleep over at the weekend.\n1. He will look at apartments.\n"
        "2. I will call the electric company."
    )
    assert "Measurable" in unmet(seen("smart-goal", "find-housing", listed))
