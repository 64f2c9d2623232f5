"""Rollups are what a recount of the attempts would say, whatever happened, from one moment to the next."""

import contextlib
import random
import statistics
from collections import Counter, defaultdict
from datetime import datetime

import pytest
from people_parts import House
from sqlalchemy import text

from coach.domain.attempt import Attempt, Versions
from coach.domain.cohort_numbers import ALL_ANSWERS, Cell, Chosen, CohortNumbers, of_competency, of_criterion, week_of
from coach.domain.people import Cohort, Person, Role, Sharing
from coach.domain.question import Competency, Setting
from coach.domain.rubric import Criterion
from coach.errors import NotFoundError
from coach.store import RollupStore
from tests.postgres_cluster import BOTH

pytestmark = BOTH

BELONGS = {"coordinate-complex-needs": (Setting.HOSPITAL, Setting.HOUSING), "respond-to-crisis": (Setting.HOUSING,)}
EVERYTHING = Chosen()


def test_rollups_are_what_a_recount_says_after_every_change(house: House) -> None:
    """Two students and two cohorts through sixty changes at random: ratings, again under another rubric, deletions, consent."""
    chance = random.Random(8)  # noqa: S311  # no secret
    RollupStore(house.database).know(BELONGS)
    coach, students = house.person("carla", Role.COACH), [house.person("sam"), house.person("sue")]
    cohorts = [house.cohort(coach, *students), house.cohort(coach, students[0])]
    answers: dict[str, Attempt] = {}
    for _ in range(60):
        house.wait(hours=chance.randrange(1, 90))
        _something_happens(house, chance, students, answers)
        for cohort in cohorts:
            for setting in (None, Setting.HOUSING):
                found = house.dashboards.numbers(coach, cohort.id, Chosen(setting=setting))
                assert _rounded(_cells(found)) == _rounded(_recounted(house, coach, cohort, setting, answers))
                assert {one: figures.last_at for one, figures in found.figures.items()} == _last_at(
                    house, coach, cohort, setting
                )
    assert len(answers) > 15
    before = [house.dashboards.numbers(coach, cohort.id, EVERYTHING) for cohort in cohorts]
    assert RollupStore(house.database).recount() == len(students)
    assert [house.dashboards.numbers(coach, cohort.id, EVERYTHING) for cohort in cohorts] == before


def _something_happens(
    house: House, chance: random.Random, students: list[Person], answers: dict[str, Attempt]
) -> None:
    student = chance.choice(students)
    cohort = chance.choice([one.cohort for one, _ in house.consent.memberships(student)])
    own = [one for one in answers.values() if one.candidate == student.id]
    match chance.choice(("answer", "answer", "answer", "delete", "share", "apart", "withdraw")):
        case "answer":
            levels = tuple(chance.choice((None, 1, 2, 3, 4, 5)) for _ in Criterion)
            key = chance.choice((*BELONGS, "free"))
            rubric = Versions(rubric=chance.choice(("v1", "v1", "v2")), checks="1")
            one = house.answered(student, levels=levels, versions=rubric, question_key=key)
            answers[one.id] = one
        case "delete" if own:
            gone = answers.pop(chance.choice(own).id)
            house.attempts.delete(gone.id, student.id)
        case "share":
            house.consent.share(student, cohort.id, chance.choice(list(Sharing)[1:]), earlier=chance.random() < 0.5)
        case "apart" if own:
            sharing = chance.choice((None, *Sharing))
            house.consent.share_attempt(student, cohort.id, chance.choice(own).id, sharing)
        case "withdraw" if chance.random() < 0.5:
            house.consent.withdraw(student, cohort.id)


def _recounted(
    house: House, coach: Person, cohort: Cohort, setting: Setting | None, answers: dict[str, Attempt]
) -> dict[tuple[str, str], Cell]:
    """The cells by student and subject, counted attempt by attempt from what a coach may see."""
    series: dict[tuple[str, str], list[tuple[datetime, str, str, float | None]]] = defaultdict(list)
    for shared in house.coaching.attempts(coach, cohort.id):
        if setting and setting not in BELONGS.get(shared.question_key, ()):
            continue
        one = answers[shared.id]
        assert one.versions
        rated = [level for _, level in shared.levels if level is not None]
        mean = statistics.mean(rated) if rated else None
        subjects = [(ALL_ANSWERS, mean), *((of_competency(c), mean) for c in one.competencies)]
        subjects += [(of_criterion(Criterion(c)), level) for c, level in shared.levels]
        for subject, level in subjects:
            series[one.candidate, subject].append((shared.handed_in_at, one.id, one.versions.rubric, level))
    return {whose: _cell(sorted(points)) for whose, points in series.items()}


def _last_at(house: House, coach: Person, cohort: Cohort, setting: Setting | None) -> dict[str, datetime]:
    shared = house.coaching.attempts(coach, cohort.id)
    kept = [one for one in shared if not setting or setting in BELONGS.get(one.question_key, ())]
    return {one.candidate: one.handed_in_at for one in reversed(kept)}  # the latest come first


def _cell(points: list[tuple[datetime, str, str, float | None]]) -> Cell:
    rated = [(rubric, level) for _, _, rubric, level in points if level is not None]
    counts = (len(points), len(points) - len(rated))
    if not rated:
        return Cell(*counts, None, None, None, None, 0, 0, None)
    levels = [level for rubric, level in rated if rubric == rated[-1][0]]
    before = levels[-6:-3]
    return Cell(
        *counts,
        latest=levels[-1],
        of_two=statistics.mean(levels[-2:]),
        of_three=statistics.mean(levels[-3:]),
        before=statistics.mean(before) if before else None,
        before_answers=len(before),
        comparable=len(levels),
        variance=statistics.pvariance(levels[-6:]),
    )


def _cells(found: CohortNumbers) -> dict[tuple[str, str], Cell]:
    return {(student, subject): cell for student, one in found.figures.items() for subject, cell in one.cells().items()}


def _rounded(cells: dict[tuple[str, str], Cell]) -> dict[tuple[str, str], list[object]]:
    return {
        whose: [round(value, 6) + 0.0 if isinstance(value, float) else value for value in cell]
        for whose, cell in cells.items()
    }


def test_a_student_who_shares_nothing_is_a_name_without_any_number(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    house.answered(sam)
    found = house.dashboards.numbers(coach, cohort.id, EVERYTHING)
    assert [(one.name, one.sharing) for one in found.members] == [("Sam", Sharing.NOTHING)]
    assert (found.figures, found.spreads, found.weeks) == ({}, {}, ())


def test_withdrawing_takes_every_number_away_at_once(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    one = house.answered(sam)
    house.consent.share_attempt(sam, cohort.id, one.id, Sharing.AUDIO)
    assert house.dashboards.numbers(coach, cohort.id, EVERYTHING).figures
    assert house.dashboards.levels(coach, cohort.id, sam.id)
    house.consent.withdraw(sam, cohort.id)
    found = house.dashboards.numbers(coach, cohort.id, EVERYTHING)
    assert (found.figures, found.spreads, found.weeks) == ({}, {}, ())
    assert house.dashboards.levels(coach, cohort.id, sam.id) == ()


@pytest.mark.parametrize("how", ["leaves", "is taken out", "is deleted"])
def test_whoever_is_gone_leaves_no_number(house: House, how: str) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    house.answered(sam)
    match how:
        case "leaves":
            house.consent.leave(sam, cohort.id)
        case "is taken out":
            house.cohorts.remove_member(coach, cohort.id, sam.id)
        case _:
            house.store.delete(sam.id)
    with house.database.reading() as session:
        for table in ("cohort_student", "cohort_week"):
            assert session.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0  # noqa: S608  # names of ours


def test_a_deleted_answer_stays_as_a_count_of_its_week_and_nothing_else(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    hidden = house.answered(sam)
    house.wait(days=1)
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    house.consent.share_attempt(sam, cohort.id, hidden.id, Sharing.NOTHING)
    shared = house.answered(sam)
    house.attempts.delete(hidden.id, sam.id)
    house.attempts.delete(shared.id, sam.id)
    found = house.dashboards.numbers(coach, cohort.id, EVERYTHING)
    assert found.figures == {}
    assert [tuple(week) for week in found.weeks] == [(week_of(house.now), 0, 0, 1)]


def test_the_weeks_chosen_count_only_what_was_answered_in_them(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    for _ in range(3):
        house.answered(sam, levels=(2, 2, 2, None))
        house.wait(weeks=2)
    house.answered(sam, levels=(4, 4, 4, None))
    counts = {weeks: house.dashboards.numbers(coach, cohort.id, Chosen(weeks=weeks)) for weeks in (1, 3, 9)}
    figures = {weeks: one.figures[sam.id] for weeks, one in counts.items()}
    assert {weeks: one.rated(one.cells())[ALL_ANSWERS] for weeks, one in figures.items()} == {
        1: 1,
        3: 2,
        9: 4,
    }
    assert [sum(week.answers for week in one.weeks) for one in counts.values()] == [1, 2, 4]
    spread = counts[3].spreads[of_criterion(Criterion.SOAR)]
    assert (spread.level_2, spread.level_4, spread.rated) == (1, 1, 2)
    assert counts[3].spreads[of_criterion(Criterion.OUTCOME)].unrated == 2


def test_a_charts_numbers_are_for_its_coaches_while_the_cohort_is_open(house: House) -> None:
    coach, other, boss = (
        house.person("carla", Role.COACH),
        house.person("olive", Role.COACH),
        house.person("ada", Role.ADMINISTRATOR),
    )
    sam = house.person("sam")
    cohort = house.cohort(coach, sam)
    house.consent.share(sam, cohort.id, Sharing.AUDIO, earlier=False)
    house.answered(sam)
    tried = Counter[str]()
    for who in (other, boss, sam):
        with pytest.raises(NotFoundError):
            house.dashboards.numbers(who, cohort.id, EVERYTHING)
        for ask in (house.dashboards.levels, house.dashboards.spoken):
            with contextlib.suppress(NotFoundError):
                assert ask(who, cohort.id, sam.id) == ()
            tried["refused"] += 1
    assert house.dashboards.levels(coach, cohort.id, sam.id)
    house.cohorts.archive(coach, cohort.id)
    with pytest.raises(NotFoundError):
        house.dashboards.numbers(coach, cohort.id, EVERYTHING)
    assert house.dashboards.levels(coach, cohort.id, sam.id) == ()
    assert tried["refused"] == 6


def test_delivery_is_given_only_where_the_words_are_shared(house: House) -> None:
    from tests.store.store_examples import DELIVERED  # noqa: PLC0415

    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    house.answered(sam, transcript=DELIVERED)
    for sharing, seen in ((Sharing.RATINGS, 0), (Sharing.TRANSCRIPTS, 1)):
        house.consent.share(sam, cohort.id, sharing, earlier=True)
        assert len(house.dashboards.spoken(coach, cohort.id, sam.id)) == seen
    (spoken,) = house.dashboards.spoken(coach, cohort.id, sam.id)
    assert (spoken.words_a_minute, spoken.fillers_a_minute) == (120.0, 3.0)


def test_a_competency_asked_for_is_a_subject_of_its_own(house: House) -> None:
    coach, sam = house.person("carla", Role.COACH), house.person("sam")
    cohort = house.cohort(coach, sam)
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    house.answered(sam, competencies=(Competency.ADVOCACY,), levels=(2, 4, None, 3))
    figures = house.dashboards.numbers(coach, cohort.id, EVERYTHING).figures[sam.id]
    assert {subject: cell.of_three for subject, cell in figures.cells().items()} == {
        ALL_ANSWERS: 3,
        of_competency(Competency.ADVOCACY): 3,
        of_criterion(Criterion.SOAR): 2,
        of_criterion(Criterion.EMPATHY): 4,
        of_criterion(Criterion.CONFIDENTIALITY): None,
        of_criterion(Criterion.OUTCOME): 3,
    }
