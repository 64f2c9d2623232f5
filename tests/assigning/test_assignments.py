"""Assignments: for whom they are there, how far each student is, and that limits hold."""

from datetime import timedelta

import pytest
from assigning_parts import KEYS, SECOND, Room

from coach.domain.answer import AnswerKind
from coach.domain.assignment import Assignment, AssignmentState, Way
from coach.domain.cohort_numbers import Chosen
from coach.domain.people import Cohort, Person, Role, Sharing
from coach.errors import ConflictError, NotFoundError


def people(room: Room) -> tuple[Person, Person, Person, Cohort]:
    """A coach with a cohort of two students."""
    carla, sam, sue = room.house.person("carla", Role.COACH), room.house.person("sam"), room.house.person("sue")
    return carla, sam, sue, room.house.cohort(carla, sam, sue)


def give(room: Room, coach: Person, cohort: Cohort, **fields: object) -> Assignment:
    keys = KEYS[:2]
    usual = {"title": "Hard talks", "questions": room.assignments.as_asked(keys), "limit_s": 90, "probes": False}
    return room.assignments.give(coach, cohort.id, **{**usual, **fields})


def states(room: Room, coach: Person, one: Assignment) -> dict[str, tuple[bool, bool]]:
    """Who has begun, and who has handed in."""
    students = room.assignments.progress(coach, [one])[one.id]
    return {s.name: (s.work.begun_at is not None, s.work.handed_in_at is not None) for s in students}


# ── for whom ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_assignment_is_there_for_its_coaches_and_its_students_and_for_nobody_else(room: Room) -> None:
    carla, sam, sue, cohort = people(room)
    olive, ada = room.house.person("olive", Role.COACH), room.house.person("ada", Role.ADMINISTRATOR)
    one = give(room, carla, cohort, whole=False, students=(sam.id,))
    assert room.assignments.get(carla, one.id) == one
    assert room.assignments.given(sam, one.id).assignment.title == "Hard talks"
    tried = 0
    for who in (olive, ada, sue, sam):
        for ask in (
            lambda who=who: room.assignments.get(who, one.id),
            lambda who=who: room.assignments.save(who, one.id, title="Mine"),
            lambda who=who: room.assignments.turn(who, one.id, AssignmentState.WITHDRAWN),
            lambda who=who: room.assignments.delete(who, one.id),
            lambda who=who: give(room, who, cohort),
        ):
            with pytest.raises(NotFoundError):
                ask()
            tried += 1
    for who in (olive, sue):
        assert room.assignments.given_to(who) == ()
        with pytest.raises(NotFoundError, match="no such assignment"):
            room.assignments.given(who, one.id)
        with pytest.raises(NotFoundError):
            room.assignments.begin(who, one.id, AnswerKind.TYPED)
        with pytest.raises(NotFoundError):
            room.interviews.begin(who.id, one.set_up())
        assert room.house.attempts.all_of(who.id) == ()
    assert room.assignments.progress(olive, [one]) == {one.id: ()}
    assert room.assignments.progress(ada, [one]) == {one.id: ()}
    assert tried == 20


def test_students_do_not_learn_who_else_it_is_for(room: Room) -> None:
    carla, sam, sue, cohort = people(room)
    one = give(room, carla, cohort, whole=False, students=(sam.id, sue.id))
    assert room.assignments.given(sam, one.id).assignment.students == ()


def test_whoever_joins_later_finds_what_the_whole_cohort_was_given_and_loses_it_on_leaving(room: Room) -> None:
    carla, _, _, cohort = people(room)
    one = give(room, carla, cohort)
    late = room.house.person("lee")
    assert room.assignments.given_to(late) == ()
    room.house.consent.join(late, cohort.join_code)
    assert [given.assignment.id for given in room.assignments.given_to(late)] == [one.id]
    room.sit(late, one.set_up())
    assert states(room, carla, one)["Lee"] == (True, True)
    room.house.consent.leave(late, cohort.id)
    assert room.assignments.given_to(late) == ()
    assert "Lee" not in states(room, carla, one)
    room.house.consent.join(late, cohort.join_code)
    assert states(room, carla, one)["Lee"] == (False, False), "what was done before leaving is forgotten"


def test_a_stranger_cannot_be_given_anything_and_an_archived_cohort_gives_nothing(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    olga = room.house.person("olga")
    with pytest.raises(NotFoundError):
        give(room, carla, cohort, whole=False, students=(olga.id,))
    one = give(room, carla, cohort)
    room.house.cohorts.archive(carla, cohort.id)
    assert room.assignments.given_to(sam) == ()
    assert room.assignments.all_of(carla) == ()
    with pytest.raises(NotFoundError):
        room.interviews.begin(sam.id, one.set_up())


# ── how far ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_interview_is_begun_when_it_begins_and_handed_in_when_it_is_over(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort)
    assert states(room, carla, one) == {"Sam": (False, False), "Sue": (False, False)}
    interview = room.interviews.begin(
        sam.id, one.set_up().model_copy(update={"answers": AnswerKind.TYPED, "thinking_s": 0})
    )
    assert interview.limit_s == 90
    assert states(room, carla, one)["Sam"] == (True, False)
    assert room.assignments.given(sam, one.id).interview == interview.id
    with pytest.raises(ConflictError, match="in the middle"):
        room.interviews.begin(sam.id, one.set_up())
    room.typed(interview)
    room.interviews.end(room.interviews.look(interview.id, sam.id))
    room.work()
    assert states(room, carla, one)["Sam"] == (True, True)
    assert not room.assignments.given(sam, one.id).to_do
    with pytest.raises(ConflictError, match="handed this in"):
        room.interviews.begin(sam.id, one.set_up())


def test_an_interview_in_which_nothing_was_said_is_not_handed_in(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort)
    interview = room.interviews.begin(sam.id, one.set_up().model_copy(update={"answers": AnswerKind.TYPED}))
    room.interviews.end(interview)
    room.work()
    assert states(room, carla, one)["Sam"] == (True, False)
    room.sit(sam, one.set_up())
    assert states(room, carla, one)["Sam"] == (True, True)


def test_single_questions_are_handed_in_one_by_one_and_the_last_of_them_counts(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort, way=Way.SINGLE)
    first = room.assignments.begin(sam, one.id, AnswerKind.TYPED)
    assert first.question_key == KEYS[0]
    room.answer(first)
    room.house.wait(days=1)
    assert states(room, carla, one)["Sam"] == (True, False)
    assert room.assignments.given(sam, one.id).left == (KEYS[1],)
    second = room.assignments.begin(sam, one.id, AnswerKind.TYPED)
    assert room.assignments.given(sam, one.id).attempts == {KEYS[1]: second.id}
    room.answer(second)
    (work,) = [s.work for s in room.assignments.progress(carla, [one])[one.id] if s.name == "Sam"]
    assert work.handed_in_at == room.house.now
    with pytest.raises(ConflictError):
        room.assignments.begin(sam, one.id, AnswerKind.TYPED)


def test_late_is_said_in_days_and_changes_nothing_else(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    today = room.assignments.today
    one = give(room, carla, cohort, due=today)
    room.house.wait(days=3)
    given = room.assignments.given(sam, one.id)
    assert given.to_do
    assert given.work.days_late(one.due, room.assignments.today) == 3
    room.sit(sam, one.set_up())
    room.house.wait(days=9)
    assert room.assignments.given(sam, one.id).work.days_late(one.due, room.assignments.today) == 3


def test_due_soon_comes_first_and_what_is_done_last(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    today = room.assignments.today
    for title, due in (("none", None), ("far", today + timedelta(9)), ("soon", today + timedelta(1)), ("done", today)):
        give(room, carla, cohort, title=title, due=due)
    done = next(one for one in room.assignments.given_to(sam) if one.assignment.title == "done")
    room.sit(sam, done.assignment.set_up())
    assert [one.assignment.title for one in room.assignments.given_to(sam)] == ["soon", "far", "none", "done"]


def test_a_deleted_answer_leaves_the_moment_it_was_handed_in_and_nothing_else(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort)
    interview = room.sit(sam, one.set_up())
    before = room.assignments.progress(carla, [one])
    room.interviews.delete(interview.id, sam.id)
    assert room.assignments.progress(carla, [one]) == before
    assert room.house.attempts.all_of(sam.id) == ()


# ── what a coach does with it ─────────────────────────────────────────────────────────────────────────────────────


def test_withdrawn_it_is_gone_for_students_and_given_again_it_is_back(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort)
    with pytest.raises(ConflictError, match="Withdraw or archive"):
        room.assignments.delete(carla, one.id)
    room.assignments.turn(carla, one.id, AssignmentState.WITHDRAWN)
    assert room.assignments.given_to(sam) == ()
    with pytest.raises(NotFoundError):
        room.interviews.begin(sam.id, one.set_up())
    room.assignments.turn(carla, one.id, AssignmentState.OPEN)
    interview = room.sit(sam, one.set_up())
    room.assignments.turn(carla, one.id, AssignmentState.ARCHIVED)
    assert [given.to_do for given in room.assignments.given_to(sam)] == [False]
    room.assignments.delete(carla, one.id)
    assert len(room.interviews.attempts(interview)) == 2, "answers stay their student's"


def test_dates_and_students_can_be_changed_questions_only_until_somebody_begins(room: Room) -> None:
    carla, sam, sue, cohort = people(room)
    one = give(room, carla, cohort)
    other = room.assignments.as_asked(KEYS[2:])
    one = room.assignments.save(carla, one.id, questions=other, way=Way.SINGLE)
    room.assignments.begin(sam, one.id, AnswerKind.TYPED)
    with pytest.raises(ConflictError, match="has begun"):
        room.assignments.save(carla, one.id, questions=room.assignments.as_asked(KEYS))
    changed = room.assignments.save(carla, one.id, title="Later", whole=False, students=(sue.id,))
    assert (changed.title, changed.questions) == ("Later", other)
    assert room.assignments.given_to(sam) == ()
    assert len(room.assignments.given_to(sue)) == 1


# ── limits ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_recorded_as_often_as_the_assignment_allows_and_no_more(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort, way=Way.SINGLE, takes=2)
    attempt = room.assignments.begin(sam, one.id, AnswerKind.SPOKEN)
    practice, me = room.practice, sam.id
    assert practice.takes_left(attempt.id, me) == 2
    for take in (1, 2):
        practice.put_chunk(attempt.id, me, take, 0, SECOND)
        practice.finish_take(attempt.id, me, take, 1)
        if take == 1:
            practice.record_again(attempt.id, me)
    state = practice.get(attempt.id, me)
    for again in (
        lambda: practice.record_again(attempt.id, me),
        lambda: practice.begin_take(attempt.id, me),
        lambda: practice.put_chunk(attempt.id, me, 3, 0, SECOND),
        lambda: practice.put_chunk(attempt.id, me, 9, 0, SECOND),
    ):
        with pytest.raises(ConflictError, match="2 times"):
            again()
    assert practice.get(attempt.id, me) == state
    assert len(practice.takes(attempt.id, me)) == 2
    practice.use_take(attempt.id, me, 1)  # going back to an earlier one is no recording
    assert practice.takes_left(attempt.id, me) == 0


def test_beginning_the_same_question_once_more_goes_on_with_it_and_gives_no_more_recordings(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort, way=Way.SINGLE, takes=1)
    first = room.assignments.begin(sam, one.id, AnswerKind.SPOKEN)
    room.practice.put_chunk(first.id, sam.id, 1, 0, SECOND)
    typed = room.assignments.begin(sam, one.id, AnswerKind.TYPED)
    room.practice.save_draft(typed.id, sam.id, "I called")
    again = room.assignments.begin(sam, one.id, AnswerKind.TYPED)
    assert (again.id, again.draft) == (typed.id, "I called"), "a second press, or a second tab, begins nothing new"
    assert room.assignments.begin(sam, one.id, AnswerKind.SPOKEN).id == first.id
    with pytest.raises(ConflictError):
        room.practice.begin_take(first.id, sam.id)
    assert len(room.house.attempts.all_of(sam.id)) == 2


def test_in_an_interview_an_answer_is_started_over_only_so_often(room: Room) -> None:
    carla, sam, _, cohort = people(room)
    one = give(room, carla, cohort, takes=2)
    interview = room.interviews.start(room.interviews.begin(sam.id, one.set_up()))
    interview = room.interviews.again(interview)
    assert (interview.turn.take, interview.may_record_again) == (2, False)
    assert room.interviews.again(interview).turn.take == 2


# ── the dashboard ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_cohorts_numbers_can_be_those_of_one_assignment_and_only_as_far_as_shared(room: Room) -> None:
    carla, sam, sue, cohort = people(room)
    one, house = give(room, carla, cohort, way=Way.SINGLE), room.house
    house.consent.share(sam, cohort.id, Sharing.RATINGS, earlier=False)
    for who in (sam, sue):
        room.answer(room.assignments.begin(who, one.id, AnswerKind.TYPED))
        room.answer(room.practice.begin(who.id, room.bank.now().get(KEYS[2]), AnswerKind.TYPED))

    def answers(**chosen: object) -> dict[str, int]:
        found = house.dashboards.numbers(carla, cohort.id, Chosen.model_validate(chosen))
        return {student: one.cells()["all"].answers for student, one in found.figures.items()}

    assert answers() == {sam.id: 2}
    assert answers(assignment=one.id) == {sam.id: 1}
    assert answers(assignment="0" * 32) == {}
    house.consent.withdraw(sam, cohort.id)
    assert answers(assignment=one.id) == {}
    assert states(room, carla, one)["Sam"] == (True, False), "that it was begun is seen without sharing"
