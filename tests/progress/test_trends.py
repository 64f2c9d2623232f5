"""Levels over time: what is joined into a line, and what never is."""

from datetime import UTC, datetime, timedelta

from coach.domain.attempt import Level
from coach.domain.question import Competency
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.progress import competency_series, criterion_series

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def level(
    attempt: str,
    value: int,
    *,
    day: int = 0,
    criterion: Criterion = Criterion.SOAR,
    rubric: str = "v1",
    competencies: tuple[Competency, ...] = (Competency.ADVOCACY,),
    demo: bool = False,
) -> Level:
    return Level(
        attempt=attempt,
        at=NOON + timedelta(days=day),
        question_text=f"Question of {attempt}?",
        criterion=criterion,
        level=value,
        by=Rater.CHECKS,
        rubric=rubric,
        competencies=competencies,
        demo=demo,
    )


def test_nothing_rated_gives_no_lines_and_no_numbers() -> None:
    assert criterion_series(()) == dict.fromkeys(Criterion, ())
    assert competency_series(()) == {}


def test_a_criterions_levels_stand_in_order_of_time() -> None:
    given = (level("b", 4, day=2), level("a", 2), level("a", 3, criterion=Criterion.EMPATHY))
    found = criterion_series(given)
    (line,) = found[Criterion.SOAR]
    assert [(p.attempt, p.level, p.question_text) for p in line.points] == [
        ("a", 2, "Question of a?"),
        ("b", 4, "Question of b?"),
    ]
    assert [p.level for p in found[Criterion.EMPATHY][0].points] == [3]
    assert found[Criterion.OUTCOME] == ()


def test_a_change_of_rubric_starts_a_new_line() -> None:
    given = (level("a", 2), level("b", 3, day=1, rubric="v2"), level("c", 4, day=2, rubric="v2"))
    for lines in (criterion_series(given)[Criterion.SOAR], competency_series(given)[Competency.ADVOCACY]):
        assert [(line.rubric, [p.level for p in line.points]) for line in lines] == [("v1", [2]), ("v2", [3, 4])]


def test_a_competencys_level_is_the_mean_of_what_was_rated_in_an_attempt() -> None:
    given = (
        level("a", 2),
        level("a", 5, criterion=Criterion.EMPATHY),
        level("a", 3, criterion=Criterion.OUTCOME),
        level("b", 4, day=1),
    )
    (line,) = competency_series(given)[Competency.ADVOCACY]
    assert [round(p.level, 2) for p in line.points] == [3.33, 4]
    assert line.name == "Advocacy"


def test_an_attempt_counts_for_every_competency_its_question_asks_for_and_for_no_other() -> None:
    both = (Competency.PLANNING, Competency.ADVOCACY)
    found = competency_series((level("a", 2, competencies=both), level("b", 4, day=1), level("c", 1, competencies=())))
    assert list(found) == [c for c in Competency if c in both]
    assert [p.level for p in found[Competency.PLANNING][0].points] == [2]
    assert [p.level for p in found[Competency.ADVOCACY][0].points] == [2, 4]


def test_demo_attempts_are_marked_on_the_line() -> None:
    (line,) = criterion_series((level("a", 2, demo=True), level("b", 3, day=1)))[Criterion.SOAR]
    assert [p.demo for p in line.points] == [True, False]
