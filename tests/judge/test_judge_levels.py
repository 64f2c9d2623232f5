"""Marks become levels as the rubric's anchors say."""

from itertools import product

import pytest

from coach.domain.rubric import Criterion
from coach.judge.levels import LEVEL_OF, Placed
from coach.judge.points import POINTS, Mark
from coach.judge.rating import said

MARK = {"y": Mark.YES, "p": Mark.PARTIAL, "n": Mark.NO}
NA = "na"


def place(criterion: Criterion, letters: str) -> Placed:
    keys = [point.key for point in POINTS[criterion]]
    return LEVEL_OF[criterion]({key: MARK[letter] for key, letter in zip(keys, letters, strict=True)})


@pytest.mark.parametrize(
    ("criterion", "letters", "expected"),
    [
        # soar: event, situation, obstacle, action, result
        (Criterion.SOAR, "yyyyy", 5),
        (Criterion.SOAR, "yyyyp", 4),
        (Criterion.SOAR, "yyypy", 4),
        (Criterion.SOAR, "yyypp", 3),
        (Criterion.SOAR, "ypppp", 3),
        (Criterion.SOAR, "yynyy", 3),
        (Criterion.SOAR, "yyyyn", 3),
        (Criterion.SOAR, "yypyn", 3),
        (Criterion.SOAR, "yppyn", 2),
        (Criterion.SOAR, "yyyny", 2),
        (Criterion.SOAR, "ynyyy", 2),
        (Criterion.SOAR, "yynyn", 2),
        (Criterion.SOAR, "ynnnn", 2),
        (Criterion.SOAR, "pyyyy", 2),
        (Criterion.SOAR, "nyyyy", 1),
        (Criterion.SOAR, "nnnnn", 1),
        # empathy: client, disrespect, method, perspective, adapted
        (Criterion.EMPATHY, "ynyyy", 5),
        (Criterion.EMPATHY, "pnnyy", 5),
        (Criterion.EMPATHY, "ypyyy", 4),
        (Criterion.EMPATHY, "ynyyn", 4),
        (Criterion.EMPATHY, "ynnpy", 4),
        (Criterion.EMPATHY, "ynynn", 3),
        (Criterion.EMPATHY, "ynnpn", 3),
        (Criterion.EMPATHY, "ynnnp", 3),
        (Criterion.EMPATHY, "ynpnn", 2),
        (Criterion.EMPATHY, "ynnnn", 2),
        (Criterion.EMPATHY, "nnpnn", (2, NA)),
        (Criterion.EMPATHY, "yyyyy", 1),
        (Criterion.EMPATHY, "nynnn", 1),
        # confidentiality: subject, identifier, pickable, breach, sharing
        (Criterion.CONFIDENTIALITY, "ynnnn", 5),
        (Criterion.CONFIDENTIALITY, "ynnny", 4),
        (Criterion.CONFIDENTIALITY, "ynnnp", 4),
        (Criterion.CONFIDENTIALITY, "ynpnn", 4),
        (Criterion.CONFIDENTIALITY, "nnnnn", (4, NA)),
        (Criterion.CONFIDENTIALITY, "pnnnn", (4, NA)),
        (Criterion.CONFIDENTIALITY, "ynynn", 3),
        (Criterion.CONFIDENTIALITY, "ypnnn", 2),
        (Criterion.CONFIDENTIALITY, "ynnpn", 2),
        (Criterion.CONFIDENTIALITY, "yynnn", 1),
        (Criterion.CONFIDENTIALITY, "ynnyn", 1),
        (Criterion.CONFIDENTIALITY, "npynn", 2),
        # outcome: result, number, baseline, linked
        (Criterion.OUTCOME, "yyyy", 5),
        (Criterion.OUTCOME, "yyyn", 4),
        (Criterion.OUTCOME, "yyyp", 4),
        (Criterion.OUTCOME, "yynn", 4),
        (Criterion.OUTCOME, "yypy", 4),
        (Criterion.OUTCOME, "ypnn", 3),
        (Criterion.OUTCOME, "ynny", 3),
        (Criterion.OUTCOME, "pyny", 3),
        (Criterion.OUTCOME, "ppny", 2),
        (Criterion.OUTCOME, "pnnn", 2),
        (Criterion.OUTCOME, "nyyy", 1),
        (Criterion.OUTCOME, "nnnn", 1),
    ],
)
def test_marks_are_placed_on_the_anchor_they_describe(
    criterion: Criterion, letters: str, expected: int | tuple[int, str]
) -> None:
    level, not_applicable = expected if isinstance(expected, tuple) else (expected, "")
    assert place(criterion, letters) == Placed(level, not_applicable=bool(not_applicable))


@pytest.mark.parametrize("criterion", list(Criterion))
def test_no_combination_of_marks_reaches_level_three_without_a_point_to_quote(criterion: Criterion) -> None:
    points = POINTS[criterion]
    for letters in product("ypn", repeat=len(points)):
        placed = place(criterion, "".join(letters))
        quotable = any(letter != "n" for letter, point in zip(letters, points, strict=True) if not point.weak)
        client_told = criterion is Criterion.CONFIDENTIALITY and letters[0] == "y"
        assert 1 <= placed.level <= 5
        assert placed.level < 3 or placed.not_applicable or quotable or client_told


@pytest.mark.parametrize("criterion", list(Criterion))
def test_the_candidate_is_told_something_whatever_the_marks(criterion: Criterion) -> None:
    for letters in product("ypn", repeat=len(POINTS[criterion])):
        marks = {point.key: MARK[letter] for point, letter in zip(POINTS[criterion], letters, strict=True)}
        assert said(criterion, marks).endswith(".")


@pytest.mark.parametrize("criterion", list(Criterion))
def test_a_criterion_has_three_to_five_points_and_each_needs_only_earlier_ones(criterion: Criterion) -> None:
    keys = [point.key for point in POINTS[criterion]]
    assert 3 <= len(keys) <= 5
    assert all(not p.needs or p.needs in keys[: keys.index(p.key)] for p in POINTS[criterion])


@pytest.mark.parametrize("criterion", [Criterion.SOAR, Criterion.OUTCOME])
def test_a_better_mark_never_lowers_the_level(criterion: Criterion) -> None:
    order = "npy"
    for letters in product(order, repeat=len(POINTS[criterion])):
        level = place(criterion, "".join(letters)).level
        for i, letter in enumerate(letters):
            for raised in order[order.index(letter) + 1 :]:
                changed = [*letters[:i], raised, *letters[i + 1 :]]
                assert place(criterion, "".join(changed)).level >= level
