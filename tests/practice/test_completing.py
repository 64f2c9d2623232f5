"""What the judge says is brought in later: nobody waits for it, and nothing that failed for the moment is forgotten."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from practice_parts import QUESTIONS, Desk

from coach.completing import Completer
from coach.domain.answer import AnswerKind
from coach.domain.feedback import FeedbackState
from coach.domain.verdict import JudgeOutcome
from coach.practice import MOST_TRIES, Practice

ANSWER = "The county had said no, so I appealed and she kept her flat."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.close()


def handed_in(practice: Practice) -> str:
    attempt = practice.begin("ann", QUESTIONS[0], AnswerKind.TYPED)
    practice.hand_in(attempt.id, "ann", ANSWER)
    return attempt.id


def state(practice: Practice, attempt_id: str) -> FeedbackState | None:
    feedback = practice.get(attempt_id, "ann").feedback
    return feedback.state if feedback else None


def test_the_checks_feedback_is_there_before_the_judge_is_asked(desk: Desk) -> None:
    practice = desk.again()
    attempt = practice.rate_by_checks(handed_in(practice), "ann")
    assert attempt.feedback
    assert attempt.feedback.state is FeedbackState.CHECKS_ONLY
    assert attempt.feedback.note.startswith("Rated by checks so far. The judge is reading this answer")
    assert desk.judge.asked == []


def test_what_the_judge_says_is_added_in_the_background_and_its_advice_can_be_watched(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann")
    live = Completer(practice, desk.waiting()).ask(attempt_id, "ann")
    assert live.done.wait(20)
    assert live.text == "Say how it ended."
    assert state(practice, attempt_id) is FeedbackState.RATED
    assert desk.waiting().due(desk.clock.now + timedelta(days=9)) == ()


def test_an_exchange_that_is_under_way_is_not_begun_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann")
    go_on, asked = threading.Event(), []

    def slow(*_: object) -> None:
        asked.append(1)
        go_on.wait(20)

    monkeypatch.setattr(practice, "ask_judge", slow)
    completer = Completer(practice, desk.waiting())
    first, second = completer.ask(attempt_id, "ann"), completer.ask(attempt_id, "ann")
    go_on.set()
    assert first is second
    assert first.done.wait(20)
    assert asked == [1]


def test_what_failed_for_the_moment_waits_longer_each_time_and_is_completed_in_the_end(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    desk.judge.outcome = JudgeOutcome.BUSY
    practice.rate(attempt_id, "ann")
    assert state(practice, attempt_id) is FeedbackState.CHECKS_ONLY
    completer = Completer(practice, desk.waiting(), clock=desk.clock)
    assert completer.look() == ()
    desk.clock.now += timedelta(minutes=30)
    desk.judge.outcome = JudgeOutcome.RATED
    assert all(live.done.wait(20) for live in completer.look())
    assert state(practice, attempt_id) is FeedbackState.RATED


def test_asking_in_vain_has_an_end(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    desk.judge.outcome = JudgeOutcome.UNREACHABLE
    practice.rate(attempt_id, "ann")
    for _ in range(MOST_TRIES):
        desk.clock.now += timedelta(days=9)
        for live in Completer(practice, desk.waiting(), clock=desk.clock).look():
            assert live.done.wait(20)
    assert len(desk.judge.asked) == MOST_TRIES
    assert desk.waiting().due(desk.clock.now + timedelta(days=99)) == ()


def test_what_will_not_pass_is_not_asked_again(desk: Desk) -> None:
    practice = desk.again()
    desk.judge.outcome = JudgeOutcome.FILTERED
    practice.rate(handed_in(practice), "ann")
    assert desk.waiting().due(desk.clock.now + timedelta(days=99)) == ()


def test_an_attempt_that_was_deleted_in_the_meantime_stops_nothing(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann")
    practice.delete(attempt_id, "ann")
    assert Completer(practice, desk.waiting()).ask(attempt_id, "ann").done.wait(20)
    assert desk.waiting().due(desk.clock.now + timedelta(days=99)) == ()


def test_a_completer_that_is_started_looks_on_its_own(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann")
    desk.clock.now += timedelta(hours=1)
    completer = Completer(practice, desk.waiting(), clock=desk.clock, every_s=0.01)
    completer.start()
    for _ in range(2_000):
        if state(practice, attempt_id) is FeedbackState.RATED:
            break
        threading.Event().wait(0.01)
    completer.stop()
    assert state(practice, attempt_id) is FeedbackState.RATED


def test_an_earlier_rating_can_be_put_aside_when_rating_again(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate(attempt_id, "ann")
    desk.judge.level = 2
    practice.rate_by_checks(attempt_id, "ann", keep_earlier=True)
    practice.ask_judge(attempt_id, "ann")
    (earlier,) = desk.attempts().earlier(attempt_id, "ann")
    assert [r.level for r in earlier.feedback.ratings] == [4, 4, 4, 4]
    assert earlier.judge
    assert earlier.judge.model == "scripted"
    now = practice.get(attempt_id, "ann").feedback
    assert now
    assert [r.level for r in now.ratings] == [2, 2, 2, 2]
