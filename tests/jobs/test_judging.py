"""What the judge says is brought in later: nobody waits for it, and nothing that failed for the moment is forgotten."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.feedback import FeedbackState
from coach.domain.verdict import JudgeOutcome
from coach.jobs import Runner
from coach.jobs.judging import Judging
from coach.practice import MOST_TRIES, Practice
from coach.recordings import utc_now
from coach.store import LeaseStore
from tests.practice.practice_parts import QUESTIONS, Desk

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


def test_what_the_judge_says_is_added_behind_and_its_advice_can_be_watched(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann", behind=True)
    seen = []

    def ask(ident: str, candidate: str, watch: Callable[[str], object]) -> None:
        practice.ask_judge(ident, candidate, watch)
        seen.append(judging.advice(ident))

    judging = Judging(desk.waiting(), ask, desk.clock)
    assert judging.waiting() == {attempt_id: "ann"}
    judging.do(attempt_id)
    assert seen == ["Say how it ended."]
    assert judging.advice(attempt_id) == ""
    assert state(practice, attempt_id) is FeedbackState.RATED
    assert judging.waiting() == {}


def test_an_exchange_that_is_under_way_is_not_begun_again(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann", behind=True)
    begun, go_on, asked = threading.Event(), threading.Event(), []

    def slow(ident: str, _candidate: str, _watch: object) -> None:
        asked.append(ident)
        begun.set()
        assert go_on.wait(30)

    here, there = (
        Runner([Judging(desk.waiting(), slow, desk.clock)], LeaseStore(desk.databases[-1]), utc_now) for _ in range(2)
    )
    first = threading.Thread(target=here.round, args=("judge",))
    first.start()
    assert begun.wait(30)
    assert not there.round("judge")
    go_on.set()
    first.join()
    assert asked == [attempt_id]


def test_who_comes_to_ask_right_away_is_not_forestalled_and_replaced_if_they_never_do(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann")
    judging = Judging(desk.waiting(), practice.ask_judge, desk.clock)
    assert judging.waiting() == {}
    desk.clock.now += timedelta(minutes=10)
    assert judging.waiting() == {attempt_id: "ann"}


def test_what_failed_for_the_moment_waits_longer_each_time_and_is_completed_in_the_end(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    desk.judge.outcome = JudgeOutcome.BUSY
    practice.rate(attempt_id, "ann")
    assert state(practice, attempt_id) is FeedbackState.CHECKS_ONLY
    judging = Judging(desk.waiting(), practice.ask_judge, desk.clock)
    assert judging.waiting() == {}
    desk.clock.now += timedelta(minutes=30)
    desk.judge.outcome = JudgeOutcome.RATED
    judging.do(attempt_id)
    assert state(practice, attempt_id) is FeedbackState.RATED


def test_an_answer_keeps_what_was_sent_and_spent_on_it_over_all_tries(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    desk.judge.outcome = JudgeOutcome.TOO_SLOW
    desk.judge.took = {
        "sent": "[1] The county had said no.",
        "host": "h",
        "calls": 1,
        "prompt_tokens": 900,
        "cost_usd": 0.5,
    }
    practice.rate(attempt_id, "ann")
    desk.judge.outcome, desk.judge.took = JudgeOutcome.RESTING, {}
    practice.ask_judge(attempt_id, "ann")
    record = practice.get(attempt_id, "ann").judge
    assert record
    assert record.outcome is JudgeOutcome.RESTING
    assert (record.sent, record.host) == ("[1] The county had said no.", "h")
    assert (record.calls, record.prompt_tokens, record.cost_usd) == (1, 900, 0.5)

    desk.judge.outcome, desk.judge.took = (
        JudgeOutcome.RATED,
        {"sent": "[1] again", "host": "h", "calls": 2, "cost_usd": None},
    )
    practice.ask_judge(attempt_id, "ann")
    record = practice.get(attempt_id, "ann").judge
    assert record
    assert (record.sent, record.calls, record.cost_usd) == ("[1] again", 3, None)


def test_asking_in_vain_has_an_end(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    desk.judge.outcome = JudgeOutcome.UNREACHABLE
    practice.rate(attempt_id, "ann")
    judging = Judging(desk.waiting(), practice.ask_judge, desk.clock)
    for _ in range(MOST_TRIES):
        desk.clock.now += timedelta(days=9)
        judging.do(attempt_id)
    assert len(desk.judge.asked) == MOST_TRIES
    feedback = practice.get(attempt_id, "ann").feedback
    assert feedback
    assert feedback.note == "Rated by checks alone. The judge said so."
    assert desk.waiting().due(desk.clock.now + timedelta(days=99)) == ()


def test_what_will_not_pass_is_not_asked_again(desk: Desk) -> None:
    practice = desk.again()
    desk.judge.outcome = JudgeOutcome.FILTERED
    practice.rate(handed_in(practice), "ann")
    assert desk.waiting().due(desk.clock.now + timedelta(days=99)) == ()


def test_an_attempt_that_was_deleted_in_the_meantime_is_not_asked_about(desk: Desk) -> None:
    practice = desk.again()
    attempt_id = handed_in(practice)
    practice.rate_by_checks(attempt_id, "ann", behind=True)
    practice.delete(attempt_id, "ann")
    Judging(desk.waiting(), practice.ask_judge, desk.clock).do(attempt_id)
    assert desk.judge.asked == []


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
