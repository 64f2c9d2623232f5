"""Interview dates, and what is done before them."""

from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.interview import Interview, Phase, Round, SetUp, Turn
from coach.domain.plan import LONGEST_POINT, Appointment, Details, ItemKind, days_ago, in_days
from coach.domain.question import Competency
from coach.errors import AnswerError, BankError, NotFoundError
from coach.prepare.plan import seen_elsewhere, sights
from coach.prepare.plan.appointments import MOST_OWN_POINTS
from coach.prepare.plan.checklist import Row, load_points
from tests.prepare.plan.conftest import Room
from tests.prepare.plan.plan_examples import NOON, answered, appointment, bank, question


def dated(room: Room, days: int, **more: object) -> Appointment:
    details = appointment(days, **more).details
    return room.appointments.add("ann", details)


def row(room: Room, one: Appointment, ident: str) -> Row:
    return next(row for row in room.planner.checklist(one) if row.id == ident)


def test_several_dates_are_kept_over_time_and_the_next_one_counts(room: Room) -> None:
    later, sooner = dated(room, 9, employer="Elm House"), dated(room, 2)
    assert room.appointments.ahead("ann") == (sooner, later)
    room.now += timedelta(days=3)
    assert room.appointments.next("ann") == later
    assert room.appointments.past("ann") == (sooner,)
    assert room.planner.today("ann").days_left == 6
    assert (later.name, sooner.name) == ("Interview at Elm House", "Your interview")


def test_a_date_that_is_corrected_keeps_its_ticks_and_a_deleted_one_is_gone(room: Room) -> None:
    one = room.appointments.tick(dated(room, 9), "employer", done=True)
    moved = room.appointments.correct(one, one.details.model_copy(update={"day": one.details.day + timedelta(days=1)}))
    assert moved.days_left(room.appointments.today) == 10
    assert row(room, moved, "employer").done
    room.appointments.delete(moved)
    assert room.appointments.next("ann") is None
    with pytest.raises(NotFoundError, match="no such interview date"):
        room.appointments.tick(moved, "employer", done=True)


def test_other_rooms_are_asked_once_for_a_whole_week(room: Room) -> None:
    ahead = dated(room, 9)
    room.levels += answered("denial", 2) + answered("plan", 2)
    plan = room.planner.today("ann")
    assert len(plan.week) == 7
    assert room.asked == 1
    assert plan.checklist == room.planner.checklist(ahead)


def test_another_candidate_sees_none_of_it(room: Room) -> None:
    one = dated(room, 9)
    assert room.appointments.ahead("bob") == ()
    with pytest.raises(NotFoundError):
        room.store.get(one.id, "bob")
    with pytest.raises(NotFoundError):
        room.store.delete(one.id, "bob")


def test_ticks_from_two_tabs_add_up(room: Room) -> None:
    one = dated(room, 9)
    room.appointments.tick(one, "employer", done=True)
    room.appointments.tick(one, "match", done=True)
    stored = room.store.get(one.id, "ann")
    assert {tick.point for tick in stored.ticks} == {"employer", "match"}
    assert not row(room, room.appointments.tick(one, "employer", done=False), "employer").done


def test_own_points_are_added_ticked_and_removed(room: Room) -> None:
    one = room.appointments.add_point(dated(room, 9), "  Ask Dana for a lift  ")
    (own,) = (row for row in room.planner.checklist(one) if row.own)
    assert own.text == "Ask Dana for a lift"
    one = room.appointments.tick(one, own.id, done=True)
    assert next(row for row in room.planner.checklist(one) if row.own).done
    one = room.appointments.remove_point(one, own.id)
    assert (one.own, one.ticks) == ((), ())


def test_a_point_that_cannot_be_added_says_why(room: Room) -> None:
    one = dated(room, 9)
    with pytest.raises(AnswerError, match="no words"):
        room.appointments.add_point(one, "  ")
    with pytest.raises(AnswerError, match=f"{LONGEST_POINT + 1} characters; up to {LONGEST_POINT} fit"):
        room.appointments.add_point(one, "x" * (LONGEST_POINT + 1))
    for n in range(MOST_OWN_POINTS):
        one = room.appointments.add_point(one, str(n))
    with pytest.raises(AnswerError, match="Remove one first"):
        room.appointments.add_point(one, "one too many")


def test_the_microphone_ticks_itself_for_a_week_once_it_was_heard(room: Room) -> None:
    one = dated(room, 9, online=True)
    assert row(room, one, "microphone").fact == "your microphone has not been checked here"
    room.appointments.microphone_worked("ann")
    room.now += timedelta(days=1)
    seen = row(room, one, "microphone")
    assert (seen.done, seen.ticked, seen.fact) == (True, False, "your microphone was checked, and worked, yesterday")
    room.now += timedelta(days=6)
    assert not row(room, one, "microphone").done


def test_online_and_in_person_have_points_of_their_own(room: Room) -> None:
    online = {row.id for row in room.planner.checklist(dated(room, 9, online=True))}
    there = {row.id for row in room.planner.checklist(dated(room, 9))}
    assert online - there == {"microphone", "online-set-up"}
    assert there - online == {"way"}


def test_three_answers_that_give_nothing_away_tick_their_point_and_one_that_does_takes_it_back(room: Room) -> None:
    one = dated(room, 9)
    room.levels = [level for n in range(3) for level in answered("denial", 4, days=n)]
    assert row(room, one, "confidential").done
    room.levels += answered("denial", 2, days=3)
    found = row(room, one, "confidential")
    assert (found.done, found.fact) == (False, "your last answer is at 2 of 5 on confidentiality")


def test_competencies_with_a_rated_answer_are_counted(room: Room) -> None:
    one = dated(room, 9)
    wide = bank(question("wide", *list(Competency)[:8]))
    room.levels = answered("wide", 3, asked=wide)
    assert row(room, one, "competencies").done
    room.levels = answered("denial", 3)
    assert row(room, one, "competencies").fact == "you have rated answers on 1 competency"


def test_what_nobody_can_see_is_ticked_by_hand(room: Room) -> None:
    one = dated(room, 9)
    assert (row(room, one, "employer").done, row(room, one, "employer").fact) == (False, "")
    assert row(room, room.appointments.tick(one, "employer", done=True), "employer").done


def test_points_are_offered_once_their_time_has_come_until_they_are_done(room: Room) -> None:
    room.levels = answered("denial", 3)
    one = dated(room, 1)

    def offered() -> set[str]:
        days = room.planner.today("ann").week
        return {offer.item.ref for day in days for offer in day.offers if offer.item.kind is ItemKind.POINT}

    first = offered()
    assert first
    for ident in first:
        one = room.appointments.tick(one, ident, done=True)
    assert not first & offered()
    assert "microphone" not in first, "not for an interview in person"


def test_the_last_evening_belongs_to_what_it_is_for(room: Room) -> None:
    room.levels = answered("denial", 3, days=-1)
    dated(room, 1)
    first_two = {offer.item.ref for offer in room.planner.today("ann").week[0].offers[:2]}
    assert first_two == {"evening", "bring"}


def test_on_the_day_itself_what_comes_along_is_worth_most(room: Room) -> None:
    room.levels = answered("denial", 3)
    dated(room, 0)
    best = room.planner.today("ann").best
    assert best
    assert best.item.kind is ItemKind.POINT
    assert best.reason == "It is on your checklist and not done yet; your interview is today."


def test_answers_of_today_make_todays_share_smaller(room: Room) -> None:
    room.levels = answered("denial", 3) + answered("plan", 3)
    today = room.planner.today("ann")
    assert (today.answers, today.done, today.week[0].offers) == (2, 2, ())
    assert today.best, "more is welcome"


def sat(*words: str, days: int) -> Interview:
    """A mock interview of one question that was finished some days after NOON, and what was said in it."""
    at = NOON + timedelta(days=days)
    turns = tuple(Turn(asked="?", kind=AnswerKind.TYPED, text=text, opened_at=at) for text in words)
    asked = Round(attempt="x", question_key="denial", question_text="?", turns=turns, complete=True)
    fields = {"created_at": at, "since": at, "seen_at": at, "finished_at": at}
    return Interview.model_validate(
        {"id": "i", "candidate": "ann", "set_up": SetUp(), "rounds": (asked,), "phase": Phase.DONE, **fields}
    )


def test_a_mock_interview_ticks_its_point_for_a_week_and_one_skipped_through_does_not(room: Room) -> None:
    one = dated(room, 9)
    room.interviews = [sat("", days=0)]
    assert row(room, one, "mock").fact == "you have sat no mock interview yet"
    room.interviews = [sat("I called the county.", days=0), sat("", days=2)]
    room.now += timedelta(days=2)
    assert (row(room, one, "mock").done, row(room, one, "mock").fact) == (
        True,
        "your last mock interview was 2 days ago",
    )
    room.now += timedelta(days=5)
    assert not row(room, one, "mock").done


def test_the_products_own_points_can_be_read_and_speak_of_known_things() -> None:
    points = load_points()
    assert len({point.id for point in points}) == len(points) >= 15
    known = {"", "stories", *sights.WATCHES, *seen_elsewhere.WATCHES}
    assert {point.sees for point in points} == known
    assert {point.page for point in points} <= {"", "practise", "interview", "stories", "drills", "job"}


def test_points_that_cannot_be_read_say_where(tmp_path: Path) -> None:
    path = tmp_path / "points.toml"
    path.write_text('[[points]]\nid = "x"\ntext = ""\nwhy = "w"\nfrom_days = -1\nminutes = 5\n', encoding="utf-8")
    with pytest.raises(
        BankError, match=r"points\.toml: points, number 1, text: is empty; .*from_days: must be 0 or more"
    ):
        load_points(path)


def test_days_are_told_in_words() -> None:
    assert [in_days(n) for n in (0, 1, 2)] == ["today", "tomorrow", "in 2 days"]
    assert [days_ago(n) for n in (0, 1, 2)] == ["today", "yesterday", "2 days ago"]


def test_a_date_without_a_day_is_none() -> None:
    with pytest.raises(ValueError, match="day"):
        Details.model_validate({"employer": "Elm House"})
