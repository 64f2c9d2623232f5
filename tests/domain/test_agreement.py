"""Figures of agreement, against values worked out by hand and published ones."""

from collections.abc import Sequence

import pytest

from coach.domain.agreement import confusion, interval, macro_f1, weighted_kappa, within


def test_kappa_is_one_for_the_same_and_below_zero_for_the_opposite() -> None:
    assert weighted_kappa([1, 2, 3, 4, 5], [1, 2, 3, 4, 5]) == 1
    assert weighted_kappa([1, 2, 3, 4, 5], [5, 4, 3, 2, 1]) == -1


def test_kappa_of_a_case_worked_by_hand() -> None:
    # seen: (0 + 1 + 0 + 1) / 4 = 0.5; expected: the mean of (a - b)² over all sixteen pairs = 2
    assert weighted_kappa([1, 2, 3, 4], [1, 3, 3, 3]) == pytest.approx(1 - 0.5 / 2)


def test_kappa_says_nothing_where_there_is_one_level_only() -> None:
    assert weighted_kappa([3, 3, 3], [3, 3, 3]) is None


def test_within_counts_pairs_no_further_apart() -> None:
    assert within([1, 2, 5], [1, 3, 1], 0) == pytest.approx(1 / 3)
    assert within([1, 2, 5], [1, 3, 1], 1) == pytest.approx(2 / 3)


def test_confusion_has_truth_in_rows() -> None:
    assert confusion([1, 1, 5], [1, 2, 4]) == ((1, 1, 0, 0, 0), (0,) * 5, (0,) * 5, (0,) * 5, (0, 0, 0, 1, 0))


def test_macro_f1_weighs_rare_labels_like_common_ones() -> None:
    assert macro_f1(["S", "S", "S", "R"], ["S", "S", "S", "S"]) == pytest.approx((6 / 7 + 0) / 2)


def test_an_interval_is_where_most_draws_lie_and_there_is_none_where_most_have_no_figure() -> None:
    rows = [(level, level) for level in (1, 2, 3, 4, 5) * 6] + [(1, 5), (5, 1)]

    def kappa(drawn: Sequence[tuple[int, int]]) -> float | None:
        return weighted_kappa([a for a, _ in drawn], [b for _, b in drawn])

    found, whole = interval(rows, kappa), kappa(rows)
    assert found
    assert whole
    assert found[0] < whole < found[1] <= 1
    assert found == interval(rows, kappa), "the same draws each time"
    assert interval([(3, 3)] * 20, kappa) is None
    assert interval([], kappa) is None
