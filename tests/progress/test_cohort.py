"""A cohort drawn up from numbers: levels with how sure they are, trends, and whom to look at first with the reason."""

import json
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import pytest

from coach.domain.cohort_numbers import ALL_ANSWERS, Cell, CohortNumbers, Figures, Member, of_competency, of_criterion
from coach.domain.people import Sharing
from coach.domain.question import Competency
from coach.domain.review import Waiting
from coach.domain.rubric import Criterion
from coach.progress import (
    REASONS,
    CohortView,
    Followed,
    Reason,
    Standing,
    Sureness,
    Trend,
    cohort_view,
    margin,
    standing_of,
    waiting_for,
)

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Given(NamedTuple):
    """What Sam has on a subject, and how many days ago they answered last."""

    subject: str
    cell: Cell
    days_ago: int

    @property
    def standing(self) -> Standing | None:
        return standing_of(self.cell, self.cell.answers - self.cell.unrated)


def cell(subject: str = ALL_ANSWERS, *levels: float, days_ago: int = 1, unrated: int = 0) -> Given:
    """What the rollup holds for these levels, the oldest first."""
    mean = lambda some: sum(some) / len(some) if some else None  # noqa: E731  # short
    last = levels[-6:]
    counted = Cell(
        len(levels) + unrated,
        unrated,
        mean(levels[-1:]),
        mean(levels[-2:]),
        mean(levels[-3:]),
        mean(levels[-6:-3]),
        len(levels[-6:-3]),
        len(levels),
        sum((one - sum(last) / len(last)) ** 2 for one in last) / len(last) if last else None,
    )
    return Given(subject, counted, days_ago)


def view(*cells: Given, sharing: Sharing = Sharing.RATINGS, joined_days_ago: int = 60, **more: object) -> CohortView:
    member = Member("sam", "Sam", sharing, NOW - timedelta(days=joined_days_ago))
    packed = json.dumps({one.subject: one.cell for one in cells})
    last_at = NOW - timedelta(days=min((one.days_ago for one in cells), default=0))
    figures = {"sam": Figures(last_at, packed, None)} if cells else {}
    return cohort_view(CohortNumbers((member,), figures, {}, ()), NOW, **more)  # type: ignore[arg-type]


def test_a_level_is_the_mean_of_the_last_three_and_its_trend_against_the_three_before() -> None:
    standing = cell(ALL_ANSWERS, 1, 2, 2, 3, 4, 4).standing
    assert standing
    assert (round(standing.level, 2), standing.of, standing.answers) == (3.67, 3, 6)
    assert standing.change == pytest.approx(2)
    assert standing.trend is Trend.RISING


def test_only_answers_of_the_weeks_asked_for_count_for_a_level() -> None:
    all_of_it = cell(ALL_ANSWERS, 1, 1, 1, 1, 2, 5)
    standings = {counted: standing_of(all_of_it.cell, counted) for counted in (0, 1, 2, 3, 6)}
    assert standings.pop(0) is None
    assert {n: round(one.level, 2) for n, one in standings.items() if one} == {1: 5, 2: 3.5, 3: 2.67, 6: 2.67}
    assert [one.trend for one in standings.values() if one] == [Trend.UNKNOWN] * 3 + [Trend.RISING]


def test_no_level_where_every_answer_is_unrated() -> None:
    assert cell(ALL_ANSWERS, unrated=3).standing is None


def test_few_or_scattered_answers_make_a_level_less_sure() -> None:
    assert margin(0, 6, 3) < margin(2, 6, 3) < margin(2, 6, 1)
    assert margin(0, 1, 1) > 1, "one answer alone says little, however it is rated"
    sure = cell(ALL_ANSWERS, 3, 3, 3, 3, 3, 3).standing
    thin = cell(ALL_ANSWERS, 3).standing
    assert sure
    assert thin
    assert (sure.sureness, thin.sureness) == (Sureness.FIRM, Sureness.THIN)


def test_who_shares_nothing_is_a_name_that_no_reason_is_asked_about() -> None:
    asked: list[Followed] = []

    def because(one: Followed, _now: datetime) -> Reason:
        asked.append(one)
        return Reason("Any", "Any.", 1)

    (line,) = view(sharing=Sharing.NOTHING, reasons=(because,)).lines
    assert (line.shares, line.standings, line.answers, line.last_at, asked) == (False, {}, 0, None, [])
    assert view(cell(ALL_ANSWERS, 3), sharing=Sharing.NOTHING, reasons=(because,)).lines[0].shares
    assert len(asked) == 1, "one answer shared by itself is something shared"


SAFE = of_criterion(Criterion.CONFIDENTIALITY)
ADVOCACY = of_competency(Competency.ADVOCACY)


@pytest.mark.parametrize(
    ("cells", "reasons"),
    [
        ([cell(SAFE, 5, 1, 2, 2)], {"Unsafe confidentiality": "The last 3 answers average 1.7 on confidentiality"}),
        ([cell(SAFE, 1)], {}),
        ([cell(ADVOCACY, 4, 4, 4, 3, 3, 2)], {"Sliding": "Advocacy fell from 4.0 to 2.7"}),
        ([cell(ADVOCACY, 4, 4, 4, 3, 4, 4)], {}),
        (
            [cell(ALL_ANSWERS, *[2.0] * 9)],
            {"Stuck": "9 answers, and the last three average 2.0, the three before 2.0."},
        ),
        ([cell(ALL_ANSWERS, *[4.0] * 9)], {}),
        ([cell(ALL_ANSWERS, *[2.0] * 8)], {}),
        ([cell(ALL_ANSWERS, 3, days_ago=15)], {"Inactive": "No answer for 15 days."}),
        ([], {"Inactive": "Joined 60 days ago; no answer to see yet."}),
    ],
)
def test_each_reason_says_its_numbers_and_stays_silent_otherwise(cells: list[Given], reasons: dict[str, str]) -> None:
    cells = cells if not cells or any(one.subject == ALL_ANSWERS for one in cells) else [*cells, cell(ALL_ANSWERS, 3)]
    found = {reason.name: reason.words for listed in view(*cells).first for reason in listed.reasons}
    assert found.keys() == reasons.keys()
    for name, words in reasons.items():
        assert found[name].startswith(words)


def test_a_line_unpacks_what_the_view_was_drawn_up_from_and_in_a_period_counts_what_is_in_it() -> None:
    packed = json.dumps({ALL_ANSWERS: cell(ALL_ANSWERS, 1, 1, 4, unrated=2).cell, ADVOCACY: cell(ADVOCACY, 2).cell})
    member = Member("sam", "Sam", Sharing.RATINGS, NOW)
    for before, answers, standings in (
        (None, 5, {ALL_ANSWERS: 3, ADVOCACY: 1}),
        ({ALL_ANSWERS: 2}, 1, {ALL_ANSWERS: 1, ADVOCACY: 1}),
    ):
        figures = {"sam": Figures(NOW, packed, None if before is None else json.dumps(before))}
        (line,) = cohort_view(CohortNumbers((member,), figures, {}, ()), NOW).lines
        assert line.answers == answers
        assert {subject: one.answers for subject, one in line.standings.items()} == standings
        assert line.overall == line.standings[ALL_ANSWERS]
    nothing_since = {"sam": Figures(NOW, packed, json.dumps({ALL_ANSWERS: 3, ADVOCACY: 1}))}
    (line,) = cohort_view(CohortNumbers((member,), nothing_since, {}, ()), NOW).lines
    assert (line.shares, line.answers, line.standings, line.overall) == (True, 0, {}, None)


def test_a_further_reason_is_one_function() -> None:
    def waiting(one: Followed, _now: datetime) -> Reason | None:
        return Reason("Waiting for review", "2 answers wait.", 9.5) if one.student.id == "sam" else None

    (listed,) = view(cell(SAFE, 1, 1), cell(ALL_ANSWERS, 3), reasons=(*REASONS, waiting)).first
    assert [reason.name for reason in listed.reasons] == ["Waiting for review", "Unsafe confidentiality"]


def test_who_waits_for_a_coach_is_looked_at_first_with_how_long_they_wait() -> None:
    waiting = {"sam": Waiting(disputes=1, asked=2, since=NOW - timedelta(days=3)), "uma": Waiting(since=NOW, asked=1)}
    (listed,) = view(cell(SAFE, 1, 1), cell(ALL_ANSWERS, 3), reasons=(*REASONS, *waiting_for(waiting))).first
    assert [(reason.name, reason.words) for reason in listed.reasons] == [
        ("Unsafe confidentiality", "The last 2 answers average 1.0 on confidentiality: clients could be recognised."),
        ("Disputed rating", "A rating or finding waits for your answer, for 3 days."),
        ("Waiting for review", "2 answers wait for the review they asked for, for 3 days."),
    ]
    assert view(cell(ALL_ANSWERS, 3), reasons=waiting_for({})).first == ()


def test_a_standing_without_a_before_has_no_trend() -> None:
    assert Standing(3, 3, None, 3).trend is Trend.UNKNOWN
