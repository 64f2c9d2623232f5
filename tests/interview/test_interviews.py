"""Interviews over real SQLite and real recordings: what is kept, what is asked, what is rated."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.feedback import FeedbackState
from coach.domain.interview import Interview, Phase, TurnState
from coach.domain.question import Kind, Setting
from coach.domain.verdict import JudgeOutcome
from coach.errors import BankError, NotFoundError, WeightsError
from tests.interview.conftest import SECOND, Room
from tests.practice.practice_parts import SPOKEN


def test_a_typed_interview_is_rated_answer_by_answer(room: Room) -> None:
    one = room.begin()
    for words in ("I met the family and listened.", "I called the office and she kept her flat."):
        one = room.interviews.finish_typed(one, words)
        room.work()
        one = room.interviews.go_on(one)
    assert one.done
    attempts = room.interviews.attempts(one)
    assert [a.state for a in attempts] == [AttemptState.RATED] * 2
    assert [a.text for a in attempts] == [
        "I met the family and listened.",
        "I called the office and she kept her flat.",
    ]
    assert {a.interview_id for a in attempts} == {one.id}


def test_a_spoken_answer_and_its_probe_are_one_attempt(room: Room) -> None:
    one = room.begin(answers=AnswerKind.SPOKEN, probes=True, questions=1, keys=("barrier",))
    one = room.speak(one)
    assert one.phase is Phase.LISTENING
    room.work()
    one = room.interviews.look(one.id, "ann")
    assert (one.phase, len(one.round.turns)) == (Phase.ANSWERING, 2)
    room.ears.text = "The clerk said no twice."
    one = room.speak(one, 2)
    room.work()
    one = room.interviews.get(one.id, "ann")
    if not one.done:
        one = room.interviews.skip(one)
        room.work()
    attempt = room.interviews.attempts(one)[0]
    assert attempt.text == f"{SPOKEN}\n\nThe clerk said no twice."
    assert attempt.transcript
    assert attempt.transcript.duration_s == 5
    assert attempt.state is AttemptState.RATED
    assert room.judge.asked == [attempt.text], "rated once, with its probe"


def test_a_slow_judge_holds_nobody_up(room: Room) -> None:
    one = room.begin(answers=AnswerKind.SPOKEN, probes=True, keys=("barrier",))
    one = room.speak(one)
    room.clock.passes(5)
    room.interviews.seen(one.id, "ann")
    assert room.interviews.look(one.id, "ann").phase is Phase.LISTENING
    for _ in range(3):
        room.clock.passes(5)
        room.interviews.seen(one.id, "ann")
    one = room.interviews.look(one.id, "ann")
    assert (one.phase, one.turn.asked) == (Phase.ANSWERING, "Who said no?")


@pytest.mark.parametrize("outcome", [JudgeOutcome.UNREACHABLE, JudgeOutcome.TOO_SLOW, JudgeOutcome.UNREADABLE])
def test_without_a_judge_the_checks_rate(room: Room, outcome: JudgeOutcome) -> None:
    room.judge.outcome = outcome
    one = room.interviews.finish_typed(room.begin(questions=1), "I called the office.")
    room.work()
    feedback = room.interviews.attempts(one)[0].feedback
    assert feedback
    assert feedback.state is FeedbackState.CHECKS_ONLY


def test_everything_is_there_after_the_process_died(room: Room) -> None:
    one = room.begin(answers=AnswerKind.SPOKEN, limit_s=60)
    room.practice.put_chunk(one.round.attempt, "ann", 1, 0, bytes(64_000))
    room.clock.passes(2)
    room.interviews.seen(one.id, "ann")
    later = room.again()
    later.clock.passes(7_200)
    back = later.interviews.look(one.id, "ann")
    assert later.interviews.left_s(back) == 58
    assert (later.interviews.take(back).seconds, later.interviews.take(back).next_chunk) == (2, 1)
    later.database.close()


def to_probe(room: Room, one: Interview) -> Interview:
    room.speak(one)
    room.work()
    return room.interviews.look(one.id, "ann")


def to_between(room: Room, one: Interview) -> Interview:
    return room.interviews.skip(one)


def to_pause(room: Room, one: Interview) -> Interview:
    return room.interviews.pause(one)


@pytest.mark.parametrize(
    ("choices", "before", "phase"),
    [
        ({"aloud": True}, None, Phase.ASKING),
        ({"thinking_s": 30}, None, Phase.THINKING),
        ({}, None, Phase.ANSWERING),
        ({"probes": True, "keys": ("barrier",)}, to_probe, Phase.ANSWERING),
        ({"mode": "practice"}, to_pause, Phase.ANSWERING),
        ({"limit_s": None}, None, Phase.ANSWERING),
        ({}, to_between, Phase.BETWEEN),
    ],
)
def test_wherever_the_process_dies_one_returns_to_the_same_second(
    room: Room,
    choices: dict[str, object],
    before: Callable[[Room, Interview], Interview] | None,
    phase: Phase,
) -> None:
    one = room.begin(answers=AnswerKind.SPOKEN, **choices)
    one = before(room, one) if before else one
    room.clock.passes(2)
    room.interviews.seen(one.id, "ann")
    one = room.interviews.get(one.id, "ann")
    left_s = room.interviews.left_s(one)
    assert one.phase is phase
    assert left_s is None or left_s > 2, "the phase lasts for longer than this"
    later = room.again()
    later.clock.passes(7200)
    back = later.interviews.look(one.id, "ann")
    assert (back.phase, back.at, len(back.round.turns), later.interviews.left_s(back)) == (
        phase,
        one.at,
        len(one.round.turns),
        left_s,
    )
    later.database.close()


def test_a_typed_draft_is_kept_with_its_turn(room: Room) -> None:
    one = room.begin(questions=1)
    assert room.interviews.save_draft(one.id, "ann", 0, 0, "I went")
    assert room.interviews.get(one.id, "ann").turn.draft == "I went"
    assert not room.interviews.save_draft(one.id, "ann", 0, 1, "too early")
    assert not room.interviews.save_draft(one.id, "ann", 5, 0, "nowhere")


def test_a_press_in_a_page_that_is_out_of_date_changes_nothing(room: Room) -> None:
    old = room.begin()
    new = room.interviews.finish_typed(old, "I called.")
    assert room.interviews.skip(old) == new
    assert room.interviews.finish_typed(old, "Else.") == new


def test_a_recording_that_cannot_be_written_down_says_why_and_can_be_left(room: Room) -> None:
    def broken(*_: object) -> None:
        raise WeightsError("The weights are missing.")

    room.ears.hear_pcm = broken  # type: ignore[method-assign,assignment]
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN, questions=1))
    for _ in range(6):
        room.work()
        room.clock.passes(3601)
    one = room.interviews.get(one.id, "ann")
    assert one.rounds[0].trouble == "The weights are missing."
    assert one.rounds[0].settled


def test_nothing_recorded_is_unrated_with_its_reason(room: Room) -> None:
    one = room.begin(answers=AnswerKind.SPOKEN, questions=1)
    room.clock.passes(2)
    room.interviews.seen(one.id, "ann")
    one = room.interviews.finish_spoken(one, 1, 0)
    room.work()
    one = room.interviews.get(one.id, "ann")
    assert "Nothing was recorded" in one.rounds[0].trouble
    assert room.practice.levels_of("ann") == ()


def test_what_could_not_be_written_down_is_written_down_once_somebody_can(room: Room) -> None:
    def broken(*_: object) -> None:
        raise WeightsError("The weights are missing.")

    right, room.ears.hear_pcm = room.ears.hear_pcm, broken  # type: ignore[method-assign,assignment]
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN, questions=1))
    for _ in range(6):
        room.work()
        room.clock.passes(3601)
    room.ears.hear_pcm = right  # type: ignore[method-assign]
    take = room.interviews.recorded(one, 0)[0]
    assert take
    assert take.seconds == 3
    room.interviews.listen_again(one, 0)
    room.runner.try_again("hear", f"{one.id}/0")
    room.work()
    assert room.interviews.get(one.id, "ann").rounds[0].words == SPOKEN
    assert [a.state for a in room.interviews.attempts(one)] == [AttemptState.RATED]


def test_a_silent_or_skipped_answer_is_not_listened_to_again(room: Room) -> None:
    room.ears.text = ""
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN))
    room.work()
    one = room.interviews.skip(room.interviews.go_on(one))
    room.work()
    one = room.interviews.get(one.id, "ann")
    for at in (0, 1):
        assert room.interviews.listen_again(one, at) == one


def test_the_last_piece_of_an_answer_that_was_ended_from_outside_is_waited_for(room: Room) -> None:
    one = room.begin(answers=AnswerKind.SPOKEN, questions=1)
    attempt = one.round.attempt
    room.practice.put_chunk(attempt, "ann", 1, 0, SECOND)
    room.clock.passes(2)
    room.interviews.end(one)
    room.meanwhile = lambda: room.practice.put_chunk(attempt, "ann", 1, 1, SECOND)
    room.work()
    assert [len(sound) for sound in room.ears.sounds] == [2 * len(SECOND)]


def test_an_answer_that_was_finished_is_not_waited_for(room: Room) -> None:
    room.meanwhile = lambda: pytest.fail("nothing is missing")
    room.speak(room.begin(answers=AnswerKind.SPOKEN, questions=1))
    room.work()
    assert len(room.ears.sounds) == 1


def test_a_failed_rating_says_why_and_is_tried_again(room: Room) -> None:
    right = room.checks.run

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    room.checks.run = broken  # type: ignore[method-assign,assignment]
    one = room.interviews.finish_typed(room.begin(questions=1), "I called the office.")
    room.work()
    attempt = one.rounds[0].attempt
    assert "ZeroDivisionError" in room.runner.trouble("rate", attempt)
    room.checks.run = right  # type: ignore[method-assign]
    room.work()
    assert room.practice.get(attempt, "ann").state is AttemptState.HANDED_IN, "it waits a moment"
    room.runner.try_again("rate", attempt)
    room.work()
    assert room.practice.get(attempt, "ann").state is AttemptState.RATED


def test_a_sign_of_life_tells_what_is_new(room: Room) -> None:
    one = room.begin(questions=1)
    assert room.interviews.seen(one.id, "ann") == (one.step, 0)
    one = room.interviews.finish_typed(one, "I called the office.")
    room.work()
    assert room.interviews.seen(one.id, "ann") == (one.step, 1)


def test_answers_of_an_interview_under_way_are_nobody_elses_business(room: Room) -> None:
    one = room.begin()
    room.interviews.save_draft(one.id, "ann", 0, 0, "I went")
    assert room.practice.unfinished("ann") == ()
    with pytest.raises(NotFoundError, match="no such interview"):
        room.interviews.look(one.id, "bob")
    with pytest.raises(NotFoundError):
        room.interviews.seen(one.id, "bob")


def test_deleting_takes_recordings_ratings_and_later_attempts_with_it(room: Room) -> None:
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN, questions=1))
    room.work()
    later = room.reports.answer_again(one, 0, AnswerKind.TYPED)
    room.interviews.delete(one.id, "ann")
    assert room.interviews.all_of("ann") == ()
    assert room.practice.find(one.rounds[0].attempt, "ann") is None
    assert room.practice.find(later.id, "ann") is None
    assert not list((room.folder / "takes").iterdir())


def test_questions_that_were_given_come_first_and_none_twice(room: Room) -> None:
    one = room.begin(questions=4, keys=("day", "day", "crisis"))
    keys = [r.question_key for r in one.rounds]
    assert keys[:2] == ["day", "crisis"]
    assert len(set(keys)) == 4


def test_a_mixed_interview_opens_with_a_general_question(room: Room) -> None:
    assert room.begin(questions=3).round.question_key == "role"


def test_questions_of_the_setting_come_first_and_those_of_another_never(room: Room) -> None:
    keys = {
        setting: room.begin(questions=1, kind=Kind.BEHAVIOURAL, setting=setting).round.question_key
        for setting in (Setting.INSURANCE, Setting.CHILD_WELFARE)
    }
    assert keys == {Setting.INSURANCE: "barrier", Setting.CHILD_WELFARE: "crisis"}


def test_a_bank_that_is_too_small_makes_a_shorter_interview(room: Room) -> None:
    assert len(room.begin(questions=8, kind=Kind.GENERAL).rounds) == 1
    with pytest.raises(BankError, match="no question 'gone'"):
        room.begin(keys=("gone",))


def test_the_record_comes_back_as_it_went_in(room: Room) -> None:
    one = room.speak(room.begin(answers=AnswerKind.SPOKEN, probes=True, keys=("barrier",)))
    room.work()
    stored = room.interviews.get(one.id, "ann")
    assert stored.rounds[0].turns[0].state is TurnState.READ
    assert stored.created_at == room.clock.now
    assert stored.model_copy(update={"seen_at": stored.seen_at + timedelta(0)}) == stored
