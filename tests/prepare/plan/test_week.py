"""A week is planned anew at each look."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from coach.domain.attempt import Level
from coach.domain.plan import Appointment, Day, Item, ItemKind, Offer
from coach.domain.question import Competency
from coach.domain.story import FEWEST_READY, Story
from coach.prepare.plan.look import Held, Look, history_of, look_at
from coach.prepare.plan.mocks import MockInterviews
from coach.prepare.plan.questions import OpenQuestions
from coach.prepare.plan.stories import StoriesToBuild
from coach.prepare.plan.week import DAY_MINUTES, DAYS, week
from tests.practice.practice_parts import RUBRIC
from tests.prepare.plan.plan_examples import NOON, answered, appointment, bank, question
from tests.prepare.stories.stories_parts import AIDE

MANY = bank(
    *(
        question(f"{c.value.replace('_', '-')}-{n}", c)
        for c in (Competency.ADVOCACY, Competency.PLANNING)
        for n in "abcdefgh"
    )
)
SOURCE = OpenQuestions(MANY, RUBRIC)
RATED = (
    answered("advocacy-a", 1, asked=MANY)
    + answered("planning-a", 3, asked=MANY)
    + answered("planning-b", 3, asked=MANY)
)


def planned(
    *, days: float = 0, levels: list[Level] = RATED, ahead: Appointment | None = None, done_minutes: int = 0
) -> tuple[Day, ...]:
    def look(at: datetime) -> Look:
        return look_at("ann", history_of(levels), at, appointment=ahead)

    return week([SOURCE, MockInterviews(SOURCE)], look, NOON + timedelta(days=days), done_minutes=done_minutes)


def test_seven_days_of_twenty_minutes_with_nothing_twice() -> None:
    days = planned()
    assert len(days) == DAYS
    assert [(day.on - days[0].on).days for day in days] == list(range(DAYS))
    assert {sum(offer.item.minutes for offer in day.offers) for day in days} == {DAY_MINUTES}
    asked = [offer.item.ref for day in days for offer in day.offers if offer.item.kind is ItemKind.QUESTION]
    assert len(asked) == len(set(asked))


def test_the_weak_skill_comes_first_and_the_week_mixes() -> None:
    days = planned()
    assert days[0].offers[0].item.competencies == (Competency.ADVOCACY,)
    worked_on = {c for day in days for offer in day.offers for c in offer.item.competencies}
    assert worked_on == {Competency.ADVOCACY, Competency.PLANNING}


def test_mock_interviews_in_a_week_keep_their_distance() -> None:
    on = [day.on for day in planned() for offer in day.offers if offer.item.kind is ItemKind.INTERVIEW]
    assert len(on) >= 2
    assert min((b - a).days for a, b in pairwise(on)) >= 3


def test_it_ends_with_the_interview() -> None:
    days = planned(ahead=appointment(4))
    assert [day.interview for day in days] == [False] * 4 + [True]
    assert days[-1].offers == ()
    assert [day.interview for day in planned(days=4, ahead=appointment(4))] == [True]


def test_the_same_facts_make_the_same_plan() -> None:
    assert planned() == planned()


def test_a_missed_day_is_planned_anew_and_leaves_no_trace() -> None:
    missed = planned(days=1)
    assert len(missed) == DAYS
    assert {sum(offer.item.minutes for offer in day.offers) for day in missed} == {DAY_MINUTES}
    assert missed[0].offers[0].item.competencies == (Competency.ADVOCACY,)


def test_what_was_done_today_is_taken_off_todays_share_only() -> None:
    half, enough = planned(done_minutes=10), planned(done_minutes=30)
    assert [len(day.offers) for day in half] == [1] + [2] * (DAYS - 1)
    assert [len(day.offers) for day in enough] == [0] + [2] * (DAYS - 1)


@dataclass(frozen=True)
class Points:
    """Two short things that press."""

    def offers(self, look: Look) -> Iterator[Offer]:  # noqa: ARG002  # the shape of a source
        for ref in ("bring", "evening"):
            item = Item(kind=ItemKind.POINT, ref=ref, title=ref, minutes=5)
            yield Offer(item=item, worth=0.9, reason="It is on your checklist.")


def test_a_checklist_never_fills_a_day_until_the_last() -> None:
    def kinds(ahead: Appointment | None) -> list[ItemKind]:
        def look(at: datetime) -> Look:
            return look_at("ann", history_of(answered("planning-a", 3, asked=MANY)), at, appointment=ahead)

        return [offer.item.kind for offer in week([SOURCE, Points()], look, NOON)[0].offers]

    assert kinds(appointment(5)) == [ItemKind.QUESTION, ItemKind.POINT, ItemKind.POINT]
    assert kinds(appointment(1)) == [ItemKind.POINT, ItemKind.POINT, ItemKind.QUESTION]


# ── the plan counts on itself ─────────────────────────────────────────────────────────────────────────────────────


def from_nothing() -> tuple[Day, ...]:
    sources = [SOURCE, MockInterviews(SOURCE), StoriesToBuild(lambda _: ())]
    return week(sources, lambda at: look_at("ann", history_of([]), at), NOON)


def test_who_has_no_answer_yet_is_planned_a_story_and_a_mock_interview_once_the_plan_has_led_there() -> None:
    days = [{offer.item.kind for offer in day.offers} for day in from_nothing()]
    assert days[0] == {ItemKind.QUESTION}
    first_story = next(n for n, kinds in enumerate(days) if ItemKind.STORY in kinds)
    first_mock = next(n for n, kinds in enumerate(days) if ItemKind.INTERVIEW in kinds)
    answers = [
        sum(o.item.kind is ItemKind.QUESTION for d in from_nothing()[:n] for o in d.offers)
        for n in (first_story, first_mock)
    ]
    assert answers[0] >= 2
    assert answers[1] >= 3


def test_a_planned_mock_interview_says_that_its_answers_are_still_to_come() -> None:
    reasons = [o.reason for day in from_nothing() for o in day.offers if o.item.kind is ItemKind.INTERVIEW]
    assert reasons[0].startswith("By then you will have ")


def test_further_stories_may_follow_in_the_same_week_but_no_more_than_are_missing() -> None:
    def stories(missing: int) -> int:
        have = tuple(
            Story(id=str(n), candidate="ann", created_at=NOON, changed_at=NOON, text=AIDE)
            for n in range(FEWEST_READY - missing)
        )
        sources = [StoriesToBuild(lambda text: text.written)]
        days = week(sources, lambda at: look_at("ann", history_of(RATED), at, held=Held(stories=have)), NOON)
        return sum(len(day.offers) for day in days)

    assert stories(2) == 2
    assert stories(6) == 6
