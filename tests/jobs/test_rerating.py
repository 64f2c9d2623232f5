"""Rating again goes on behind: once each, earlier ratings kept, and never in the way of who waits."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coach.domain.answer import AnswerKind
from coach.domain.verdict import JudgeOutcome
from coach.jobs import Runner
from coach.jobs.rerating import Rerating
from coach.practice import Practice
from coach.recordings import utc_now
from coach.store import LeaseStore, RerateStore
from tests.practice.practice_parts import QUESTIONS, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.close()


def rated(practice: Practice) -> str:
    one = practice.begin("ann", QUESTIONS[0], AnswerKind.TYPED)
    practice.hand_in(one.id, "ann", "The county had said no, so I appealed and she kept her flat.")
    practice.rate(one.id, "ann")
    return one.id


def rerating(desk: Desk, practice: Practice) -> Rerating:
    return Rerating(RerateStore(desk.databases[-1]), practice, desk.clock)


def test_what_was_asked_for_is_rated_again_once_by_another_process_and_the_earlier_rating_is_kept(desk: Desk) -> None:
    practice = desk.again()
    first, second = rated(practice), rated(practice)
    desk.clock.now += timedelta(minutes=1)
    rerating(desk, practice).ask([(first, "ann"), (second, "ann")])
    desk.clock.now += timedelta(minutes=1)
    later = desk.again()
    work = rerating(desk, later)
    runner = Runner([work], LeaseStore(desk.databases[-1]), utc_now)
    assert [runner.round("rerate") for _ in range(3)] == [True, True, False]
    assert [len(later.earlier_ratings(one, "ann")) for one in (first, second)] == [1, 1]
    assert len(desk.judge.asked) == 4


def test_a_worker_that_died_when_it_was_done_leads_to_no_second_rating(desk: Desk) -> None:
    practice = desk.again()
    one = rated(practice)
    work = rerating(desk, practice)
    desk.clock.now += timedelta(minutes=1)
    work.ask([(one, "ann")])
    desk.clock.now += timedelta(minutes=1)
    practice.rate(one, "ann", keep_earlier=True)  # as far as it came before it could say so
    work.do(one)
    assert len(practice.earlier_ratings(one, "ann")) == 1
    assert work.waiting() == {}


def test_a_judge_that_is_away_is_asked_again_by_the_judges_own_lane(desk: Desk) -> None:
    practice = desk.again()
    one = rated(practice)
    work = rerating(desk, practice)
    desk.clock.now += timedelta(minutes=1)
    work.ask([(one, "ann")])
    desk.judge.outcome = JudgeOutcome.UNREACHABLE
    desk.clock.now += timedelta(minutes=1)
    work.do(one)
    assert work.waiting() == {}
    assert desk.waiting().due(desk.clock.now + timedelta(days=1)) == ((one, "ann"),)


def test_what_was_deleted_waits_no_longer(desk: Desk) -> None:
    practice = desk.again()
    one = rated(practice)
    work = rerating(desk, practice)
    work.ask([(one, "ann")])
    practice.delete(one, "ann")
    assert work.waiting() == {}
    work.do(one)
