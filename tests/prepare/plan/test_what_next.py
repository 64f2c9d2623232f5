"""What is offered next, and the facts it is said to stand on."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Level
from coach.domain.drill import Try
from coach.domain.exercise import Exercise
from coach.domain.plan import Aim, Appointment, ItemKind, Offer
from coach.domain.question import Competency, Setting
from coach.domain.rubric import Criterion
from coach.domain.story import Story, StoryPart, StoryText
from coach.prepare.plan.drills import DrillsToDo
from coach.prepare.plan.look import Held, Look, history_of, look_at
from coach.prepare.plan.mocks import MockInterviews
from coach.prepare.plan.questions import OpenQuestions
from coach.prepare.plan.stories import StoriesToBuild
from coach.prepare.plan.week import offers_of
from coach.prepare.stories.hints import reads_as
from tests.practice.practice_parts import RUBRIC
from tests.prepare.plan.plan_examples import BANK, NOON, answered, appointment, bank, question
from tests.prepare.stories.stories_parts import AIDE, told_otherwise

SOURCE = OpenQuestions(BANK, RUBRIC)


def at(
    levels: Sequence[Level], *, days: float = 0, ahead: Appointment | None = None, mock: float | None = None
) -> Look:
    last = None if mock is None else NOON + timedelta(days=mock)
    return look_at("ann", history_of(levels), NOON + timedelta(days=days), last_interview=last, appointment=ahead)


def offered(look: Look) -> list[Offer]:
    return offers_of([SOURCE], look)


def keys(look: Look) -> list[str]:
    return [offer.item.ref for offer in offered(look)]


def test_the_first_thing_is_a_question_to_warm_up_with() -> None:
    (first,) = offered(at([]))
    assert first.item.ref == "hello"
    assert first.reason == "One rated answer shows where you stand, and this question is a good one to begin with."


def test_the_weakest_competency_comes_first_with_its_numbers_and_what_was_not_tried() -> None:
    levels = answered("hello", 4) + answered("denial", 1) + answered("plan", 3)
    best = offered(at(levels))[0]
    assert best.item.ref == "appeal"
    assert best.reason == (
        "Advocacy is your weakest competency (1.0 of 5 in one answer); you have not tried this question yet."
    )


def test_a_criterion_weaker_than_any_competency_is_named_first() -> None:
    levels = [level for key in ("hello", "denial", "plan") for level in answered(key, 4, outcome=1)]
    best = offered(at(levels))[0]
    assert best.reason.startswith("Outcome is your weakest criterion (1.0 of 5 over your last 3 answers); ")


def test_what_was_answered_badly_is_due_the_next_day_and_says_since_when() -> None:
    levels = answered("denial", 1) + answered("appeal", 5)
    assert "denial" not in keys(at(levels))
    found = {offer.item.ref: offer for offer in offered(at(levels, days=4))}
    assert "appeal" not in found
    assert found["denial"].reason.endswith("you answered it 4 days ago at 1.0 of 5, and it is due for 3 days.")
    alone = {offer.item.ref: offer.worth for offer in offered(at(answered("denial", 1), days=4))}
    assert alone["denial"] > alone["appeal"], (
        "of two for the same skill, the one that failed comes before the one never tried"
    )


def test_a_skill_that_was_not_shown_for_long_wants_practice_again() -> None:
    levels = answered("denial", 4)
    fresh, faded = at(levels).competencies[Competency.ADVOCACY], at(levels, days=60).competencies[Competency.ADVOCACY]
    assert fresh.level == faded.level == 4
    assert fresh.need == 0.25
    assert 0.3 < faded.need < 0.6


def test_an_unrated_answer_counts_for_nothing_and_a_demo_answer_neither() -> None:
    assert at(answered("denial", 1, demo=True)).answers == 0
    assert at([]).competencies == {}


def test_levels_of_an_older_rubric_are_not_compared_but_were_practice() -> None:
    levels = answered("denial", 1, rubric="t0") + answered("appeal", 4, days=1, rubric="t1")
    skill = at(levels, days=1).competencies[Competency.ADVOCACY]
    assert (skill.level, skill.answers, skill.memory.reviews) == (4, 1, 2)


def test_the_empathy_of_answers_and_the_competency_of_that_name_are_kept_apart() -> None:
    look = at(answered("denial", 2))
    assert Criterion.EMPATHY in look.criteria
    assert list(look.competencies) == [Competency.ADVOCACY]


def test_a_hard_question_waits_until_its_competency_was_tried() -> None:
    assert "storm" not in keys(at(answered("denial", 1)))
    easier = bank(*BANK.questions, question("calm", Competency.CRISIS))
    look = at(answered("calm", 1, asked=easier))
    assert "storm" in [offer.item.ref for offer in OpenQuestions(easier, RUBRIC).offers(look)]


def test_questions_of_other_settings_than_the_jobs_are_left_out() -> None:
    levels = answered("denial", 3)
    assert "school" in keys(at(levels, ahead=appointment(9)))
    assert "school" in keys(at(levels, ahead=appointment(9, setting=Setting.SCHOOL)))
    assert "school" not in keys(at(levels, ahead=appointment(9, setting=Setting.HOUSING)))


def test_an_interview_in_sight_is_part_of_the_reason_and_one_far_away_is_not() -> None:
    levels = answered("denial", 3)
    assert offered(at(levels, ahead=appointment(3)))[0].reason.endswith("; your interview is in 3 days.")
    assert "interview" not in offered(at(levels, ahead=appointment(30)))[0].reason


def test_with_nothing_new_and_nothing_due_the_least_remembered_is_offered() -> None:
    small = bank(question("one", Competency.ADVOCACY), question("two", Competency.PLANNING))
    levels = answered("one", 5, asked=small) + answered("two", 5, days=2, asked=small)
    (only,) = OpenQuestions(small, RUBRIC).offers(at(levels, days=3))
    assert only.item.ref == "one"
    assert only.reason.endswith("it is not due yet, but nothing else is.")


def test_the_order_depends_on_who_and_on_nothing_else() -> None:
    levels = answered("hello", 3)
    shuffled = list(BANK.questions)
    shuffled.reverse()
    expected = keys(at(levels))
    assert [o.item.ref for o in offers_of([OpenQuestions(bank(*shuffled), RUBRIC)], at(levels))] == expected
    orders = {
        tuple(o.item.ref for o in offers_of([SOURCE], look_at(who, history_of(levels), NOON)))
        for who in ("ann", "bob", "cy", "di")
    }
    assert len(orders) > 1, "equals come in an order of each candidate's own"


# ── mock interviews ───────────────────────────────────────────────────────────────────────────────────────────────


def mocks(look: Look) -> list[Offer]:
    return list(MockInterviews(SOURCE).offers(look))


def test_a_mock_interview_comes_after_three_rated_answers_and_asks_the_two_best_questions() -> None:
    two = answered("hello", 3) + answered("denial", 1)
    assert mocks(at(two)) == []
    three = two + answered("plan", 3)
    (offer,) = mocks(at(three))
    assert offer.item.kind is ItemKind.INTERVIEW
    assert offer.item.ref == ",".join(keys(at(three))[:2])
    assert offer.reason == "You have 3 rated answers and have sat no mock interview yet."


def test_mock_interviews_are_three_days_apart_and_press_in_the_last_week() -> None:
    levels = [level for key in ("hello", "denial", "plan") for level in answered(key, 3)]
    assert mocks(at(levels, mock=0, days=2)) == []
    (usual,) = mocks(at(levels, mock=0, days=8))
    (near,) = mocks(at(levels, mock=0, days=8, ahead=appointment(10)))
    assert usual.worth < near.worth
    assert near.reason == "Your last mock interview was 8 days ago; your interview is in 2 days."


def test_without_a_question_that_fits_there_is_no_mock_interview() -> None:
    levels = [level for key in ("hello", "denial", "plan") for level in answered(key, 3)]
    assert list(MockInterviews(OpenQuestions(bank(), RUBRIC)).offers(at(levels))) == []


def story(number: int, *, ready: bool) -> Story:
    words = {"situation": "A man slept outside.", "obstacle": "No bed was free.", "action": "I called six places."}
    text = StoryText(title=f"Case {number}", **words, result="He had a bed that night." if ready else "")
    return Story(id=f"{number:032x}", candidate="ann", created_at=NOON, changed_at=NOON, text=text)


def having(look: Look, *, stories: Sequence[Story] = (), tries: Sequence[Try] = ()) -> Look:
    return replace(look, held=Held(stories=tuple(stories), tries=tuple(tries)))


def stories_offered(stories: list[Story], look: Look) -> list[Offer]:
    return list(StoriesToBuild(written_is_read).offers(having(look, stories=stories)))


def written_is_read(text: StoryText) -> tuple[StoryPart, ...]:
    return text.written


def test_a_story_is_offered_once_two_answers_are_rated_and_until_there_are_six() -> None:
    levels = answered("denial", 2) + answered("plan", 2)
    assert stories_offered([], at(answered("denial", 2))) == []
    (first,) = stories_offered([], at(levels))
    assert (first.item.kind, first.item.ref) == (ItemKind.STORY, "")
    assert (
        first.reason
        == "You have no stories whose four parts each read as theirs, and 6 answer most questions about the past."
    )
    assert stories_offered([story(n, ready=True) for n in range(6)], at(levels)) == []


def test_a_story_that_was_begun_is_to_be_finished_first_and_presses_before_an_interview() -> None:
    levels = answered("denial", 2) + answered("plan", 2)
    begun = [story(1, ready=True), story(2, ready=False)]
    (offer,) = stories_offered(begun, at(levels, ahead=appointment(3)))
    assert offer.item.ref == begun[1].id
    assert offer.item.title == "Finish your story “Case 2”"
    assert "you have 1 story whose four parts each read as theirs" in offer.reason.lower()
    assert offer.worth > stories_offered(begun, at(levels))[0].worth


def test_the_checklist_counts_stories_that_are_whole() -> None:
    held = [story(1, ready=True), story(2, ready=False)]
    assert StoriesToBuild(written_is_read).sight(having(at([]), stories=held)).count == 1


def test_a_story_whose_obstacle_reads_as_none_is_not_ready() -> None:
    told = told_otherwise(AIDE, StoryPart.OBSTACLE, "I called the plan the same day, and then I drove to the office.")
    whole, hollow = (
        Story(id=n, candidate="ann", created_at=NOON, changed_at=NOON, text=t) for n, t in (("1", AIDE), ("2", told))
    )
    source, levels = StoriesToBuild(reads_as), answered("denial", 2) + answered("plan", 2)
    look = having(at(levels), stories=[whole, hollow])
    assert source.sight(look).count == 1
    (offer,) = source.offers(look)
    assert offer.item.ref == hollow.id


def drill_try(drill: str, days: float) -> Try:
    exercise = Exercise(key="one", title="One", given="A note.")
    at_day = NOON + timedelta(days=days)
    return Try(
        id="d" * 32,
        candidate="ann",
        drill=drill,
        exercise=exercise,
        kind=AnswerKind.TYPED,
        created_at=at_day,
    )


def test_a_drill_is_offered_for_a_weak_skill_and_not_two_days_running() -> None:
    levels = answered("denial", 2) + answered("plan", 1)
    tries = [drill_try("smart-goal", 0), drill_try("smart-goal", -9)]

    def drills(days: float, done: Sequence[Try]) -> dict[str, Offer]:
        return {one.item.ref: one for one in DrillsToDo().offers(having(at(levels, days=days), tries=done))}

    assert "smart-goal" not in drills(1, tries)
    later = drills(3, tries)
    assert "stands at 1.0 of 5 in one answer; you did this drill 3 days ago" in later["smart-goal"].reason
    assert later["smart-goal"].worth < drills(3, [])["smart-goal"].worth
    assert list(DrillsToDo().offers(at(answered("denial", 2)))) == []


# ── the job that leads ────────────────────────────────────────────────────────────────────────────────────────────

AIM = Aim(
    job="j",
    title="Navigator",
    settings=(Setting.HOUSING,),
    competencies=(Competency.PLANNING,),
    populations=("Veterans",),
    about=("plan",),
    likely=("denial",),
)


def for_the_job(levels: list[Level], aim: Aim | None = AIM) -> Look:
    return replace(at(levels), aim=aim)


def test_what_the_job_asks_for_comes_first_with_its_reason() -> None:
    levels = answered("hello", 3)
    without = {offer.item.ref: offer for offer in offered(for_the_job(levels, None))}
    found = {offer.item.ref: offer for offer in offered(for_the_job(levels))}
    assert found["plan"].worth > without["plan"].worth == without["appeal"].worth == found["appeal"].worth
    assert found["plan"].reason.startswith(
        "The job you prepare for asks for care planning; it is about people the job serves; "
    )
    assert found["denial"].reason.startswith("The job you prepare for makes this question likely; ")


def test_the_job_says_where_the_questions_belong_unless_the_interview_says_it() -> None:
    levels = answered("denial", 3)
    assert "school" not in keys(for_the_job(levels))
    assert "school" in keys(for_the_job(levels, AIM.model_copy(update={"settings": ()})))
    by_hand = replace(at(levels, ahead=appointment(9, setting=Setting.SCHOOL)), aim=AIM)
    assert "school" in keys(by_hand)


def test_a_drill_on_what_the_job_asks_for_says_so() -> None:
    levels = answered("denial", 2) + answered("plan", 2)
    plain, led = ({o.item.ref: o for o in DrillsToDo().offers(look)} for look in (at(levels), for_the_job(levels)))
    assert led["smart-goal"].worth > plain["smart-goal"].worth
    assert led["smart-goal"].reason.startswith("The job you prepare for asks for this skill; ")
    assert led["de-identify"].worth == plain["de-identify"].worth
