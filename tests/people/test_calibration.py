"""Calibration claims no more than the figures do, of blind ratings, under one rubric, of what is shared."""

from datetime import UTC, date, datetime, timedelta

import pytest
from people_parts import House

from coach.domain.people import Role, Sharing
from coach.domain.review import Pair, Shown
from coach.domain.rubric import Criterion
from coach.errors import NotFoundError
from coach.review.calibration import FEWEST, agreement, calibration

DAY = datetime(2026, 2, 1, tzinfo=UTC)
SHOWN = Shown(attempt="a", student="Sam", question_text="Why?")


def pair(
    own: int, machine: int | None, *, days: int = 0, blind: bool = True, shown: Shown | None = None, rubric: str = "1"
) -> Pair:
    return Pair(
        criterion=Criterion.SOAR,
        own=own,
        machine=machine,
        blind=blind,
        at=DAY + timedelta(days=days),
        rubric=rubric,
        shown=shown,
    )


def test_below_a_number_of_ratings_nothing_is_said_and_unrated_ones_are_no_ratings() -> None:
    few = agreement([pair(3, 3)] * (FEWEST - 1) + [pair(3, None)] * 5)
    assert (few.pairs, few.unrated, few.kappa, few.same) == (FEWEST - 1, 5, None, None)
    assert few.words == f"Too few to say: {FEWEST - 1} of at least {FEWEST}."


def test_an_agreement_is_told_with_its_interval_and_what_it_may_be() -> None:
    found = agreement([pair(1 + n % 5, 1 + n % 5) for n in range(20)] + [pair(5, 1), pair(1, 3), pair(4, 2)])
    assert found.kappa
    assert found.low
    assert found.high
    assert found.low < found.kappa < found.high
    assert (found.same, found.near) == (pytest.approx(20 / 23), pytest.approx(20 / 23))
    assert found.lean == pytest.approx((4 - 2 + 2) / 23)
    assert found.words.startswith("Good agreement; it may be anything from")


def test_where_all_levels_are_the_same_agreement_cannot_be_told_from_chance() -> None:
    found = agreement([pair(3, 3)] * 30)
    assert found.kappa is None
    assert found.same == 1
    assert "cannot be told from chance" in found.words


def test_only_blind_ratings_under_the_newest_rubric_measure_and_quarters_stand_apart() -> None:
    blind = [pair(1 + n % 5, 1 + n % 5, days=n * 5) for n in range(24)]
    seen = [pair(2, 2, blind=False, days=100)] * 3
    found = calibration([*[pair(1, 5, rubric="0")] * 2, *blind, *seen, pair(4, 4, days=120)])
    assert (found.rubric, found.older) == ("1", 2)
    assert (found.blind[Criterion.SOAR].pairs, found.seen[Criterion.SOAR].pairs) == (25, 3)
    assert found.blind[Criterion.SOAR].kappa == 1
    assert [one.begins for one in found.periods] == [date(2026, 4, 1), date(2026, 1, 1)]
    assert sum(one.agreement[Criterion.SOAR].pairs for one in found.periods) == 25


def test_examples_are_the_farthest_apart_of_what_is_shared_now() -> None:
    found = calibration(
        [
            pair(5, 1),
            pair(1, 3, shown=SHOWN),
            pair(1, 5, shown=SHOWN),
            pair(2, 3, shown=SHOWN),
            pair(2, None, shown=SHOWN),
        ]
    )
    assert [(one.own, one.machine) for one in found.apart] == [(1, 5), (1, 3)]


def test_ratings_count_while_their_answers_are_shared_and_examples_while_the_words_are(house: House) -> None:
    coach, student = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    house.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    answer = house.answered(student)
    assert house.calibrations.of(coach) is None
    review = house.reviewing.begin(coach, answer.id, blind=True)
    house.reviewing.rate(coach, review.id, {Criterion.EMPATHY: 1, Criterion.CONFIDENTIALITY: 3})

    def counted() -> tuple[int, int, int] | None:
        found = house.calibrations.of(coach)
        if found is None:
            return None
        pairs = found.blind.values()
        return sum(one.pairs for one in pairs), sum(one.unrated for one in pairs), len(found.apart)

    assert counted() == (1, 1, 1)
    house.cohorts.archive(coach, cohort.id)
    assert counted() == (1, 1, 0), "an archived cohort's numbers stay, and nothing of it is opened"
    house.cohorts.reopen(coach, cohort.id)
    house.consent.share(student, cohort.id, Sharing.RATINGS, earlier=False)
    assert counted() == (1, 1, 0)
    house.consent.withdraw(student, cohort.id)
    assert counted() is None
    with pytest.raises(NotFoundError):
        house.calibrations.of(student)


def test_a_level_in_place_of_the_products_is_no_agreement_with_oneself(house: House) -> None:
    coach, other, student = house.person("carla", Role.COACH), house.person("olive", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, student)
    house.cohorts._store.add_coach(cohort.id, coach.id, other.id)
    house.consent.share(student, cohort.id, Sharing.TRANSCRIPTS, earlier=False)
    answer = house.answered(student)
    first = house.reviewing.begin(other, answer.id, blind=False)
    house.reviewing.rate(other, first.id, {Criterion.OUTCOME: 1})
    house.reviewing.override(other, first.id, Criterion.OUTCOME, "No result.", ())
    review = house.reviewing.begin(coach, answer.id, blind=True)
    (rated,) = house.reviewing.rate(coach, review.id, {Criterion.OUTCOME: 1}).ratings
    assert (rated.level, rated.machine) == (1, 2)
