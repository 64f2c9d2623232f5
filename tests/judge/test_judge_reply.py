"""A reply is read for what it says, and never trusted for what it does not."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from judge_examples import ANSWER, reply

from coach.domain.rubric import Criterion
from coach.domain.sentences import sentences
from coach.judge.points import POINTS, Mark
from coach.judge.rating import ratings
from coach.judge.reply import LONGEST, Advice, Shown, change_so_far, read, schema
from coach.judge.support import supports

QUOTES = [span.quote for span in sentences(ANSWER)]


def mark(value: object) -> Shown | None:
    """How one point is read in an answer of 4 sentences."""
    changed = json.loads(reply())
    changed["soar"]["event"] = value
    return read(json.dumps(changed), QUOTES).shown[Criterion.SOAR].get("event")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"sentence": 2, "verdict": "yes"}, Shown(Mark.YES, 2)),
        ({"sentence": "2", "verdict": "Partial"}, Shown(Mark.PARTIAL, 2)),
        ({"sentence": " [4] ", "verdict": " YES\n"}, Shown(Mark.YES, 4)),
        ({"sentence": 3, "verdict": "no"}, Shown(Mark.NO, 0)),
        ({"verdict": "no"}, Shown(Mark.NO, 0)),
        ({"sentence": 5, "verdict": "yes"}, Shown(Mark.YES, 0)),
        ({"sentence": -1, "verdict": "yes"}, Shown(Mark.YES, 0)),
        ({"sentence": 2.0, "verdict": "yes"}, Shown(Mark.YES, 0)),
        ({"sentence": True, "verdict": "yes"}, Shown(Mark.YES, 0)),
        ({"sentence": [2], "verdict": "yes"}, Shown(Mark.YES, 0)),
        ({"sentence": "2 and 3", "verdict": "yes"}, Shown(Mark.YES, 0)),
        ({"sentence": 2, "verdict": "maybe"}, None),
        ({"sentence": 2, "verdict": True}, None),
        ({"sentence": 2}, None),
        ("yes", None),
        (None, None),
        ([], None),
    ],
)
def test_a_point_is_read_with_its_sentence_or_as_shown_by_none(value: object, expected: Shown | None) -> None:
    assert mark(value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"a": 1}',
        "{" * 1_000,
        '{"soar": ' * 5_000,
        "7" * 10_000,
        '{"soar": ' + "9" * 5_000 + "}",
    ],
)
def test_text_without_the_points_is_a_problem_and_not_an_error(text: str) -> None:
    found = read(text, QUOTES)
    assert not found.usable
    assert found.problems


def test_a_reply_longer_than_any_honest_one_is_read_to_its_limit_only() -> None:
    assert not read(" " * LONGEST + reply(), QUOTES).usable


def test_problems_name_points_and_never_what_was_said() -> None:
    changed = json.loads(reply())
    changed["soar"]["event"] = {"sentence": "Kim at 12 Elm Street", "verdict": "yes"}
    changed["empathy"] = "Kim"
    problems = " ".join(read(json.dumps(changed), QUOTES).problems)
    assert "soar.event" in problems
    assert "empathy.client" in problems
    assert "Kim" not in problems


def test_a_complete_reply_has_no_problems() -> None:
    found = read(reply(), QUOTES)
    assert found.problems == ()
    assert all(found.complete(c) for c in Criterion)


def test_the_schema_is_strict_and_asks_for_every_point_in_order() -> None:
    asked = schema(3)
    shown, missing = asked["$defs"]["point"]["anyOf"]
    for part in (asked, shown, missing, *(asked["properties"][c] for c in Criterion)):
        assert part["additionalProperties"] is False
        assert part["required"] == list(part["properties"])
    assert asked["required"] == [*Criterion, "advice"]
    assert all(list(asked["properties"][c]["properties"]) == [p.key for p in POINTS[c]] for c in Criterion)


def test_the_schema_has_evidence_before_the_verdict_and_none_only_with_no() -> None:
    shown, missing = schema(3)["$defs"]["point"]["anyOf"]
    assert list(shown["properties"]) == list(missing["properties"]) == ["sentence", "verdict"]
    assert [p["enum"] for p in shown["properties"].values()] == [[1, 2, 3], ["yes", "partial"]]
    assert [p["enum"] for p in missing["properties"].values()] == [[0], ["no"]]


# ── whatever comes ────────────────────────────────────────────────────────────────────────────────────────────────

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
MARKS = st.fixed_dictionaries({"sentence": st.integers(-2, 9) | ANYTHING, "verdict": st.sampled_from(Mark) | ANYTHING})
REPLIES = st.fixed_dictionaries(
    {c.value: st.fixed_dictionaries({p.key: MARKS | ANYTHING for p in POINTS[c]}) | ANYTHING for c in Criterion},
    optional={"advice": ANYTHING},
)


@given(st.text(max_size=400))
def test_reading_any_text_ends_in_a_reply_or_in_problems(text: str) -> None:
    found = read(text, QUOTES)
    assert found.usable or found.problems


@settings(suppress_health_check=[HealthCheck.too_slow])  # replies are large, and machines may be busy
@given(REPLIES)
def test_from_any_reply_only_marks_with_a_sentence_of_the_answer_that_can_show_them_are_believed(
    reply_: dict[str, object],
) -> None:
    found = read(json.dumps(reply_), QUOTES)
    for criterion in Criterion:
        for key, one in found.shown[criterion].items():
            assert 0 <= one.sentence <= len(QUOTES)
            assert not one.sentence or supports(criterion, key, QUOTES[one.sentence - 1])
    for rating in ratings(found, sentences(ANSWER)):
        assert all(span.stands_in(ANSWER) for span in rating.evidence)


@given(st.text(max_size=60), st.integers(0, 5_000))
def test_advice_that_is_still_coming_is_read_as_far_as_it_has_come(change: str, at: int) -> None:
    whole = json.dumps({"soar": {}, "advice": {"change": change, "sentence": 1}})
    assert change.startswith(change_so_far(whole[:at]))
    assert change_so_far(whole) == change


@pytest.mark.parametrize(
    ("advice", "expected"),
    [
        ("Say it.", Advice(change="Say it.")),
        ({"change": "Say it.", "sentence": "[2]", "rewrite": "X", "question": "Y?"}, Advice("Say it.", 2, "X", "Y?")),
        ({"change": ["no"], "sentence": 99}, Advice()),
        (7, Advice()),
    ],
)
def test_advice_is_read_in_one_piece_or_in_its_parts(advice: object, expected: Advice) -> None:
    assert read(reply(advice=advice), QUOTES).advice == expected


def test_the_first_schema_asks_for_advice_in_one_piece_and_the_second_in_its_parts() -> None:
    assert schema(3, 1)["properties"]["advice"] == {"type": "string"}
    assert list(schema(3, 2)["properties"]["advice"]["properties"]) == ["change", "sentence", "rewrite", "question"]
