"""The runner: each piece of work done once, whoever dies, and no lane in the way of another."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from coach.errors import CoachError, JudgeError
from coach.jobs import Runner
from coach.jobs.runner import LEASE_S
from coach.store import Database, LeaseStore
from coach.store.migrate import migrate
from tests.interview.conftest import Clock
from tests.postgres_cluster import BOTH
from tests.practice.practice_parts import NOON

pytestmark = BOTH


@dataclass
class Work:
    """Work that keeps what was done with it."""

    name: str = "work"
    abreast: int = 1
    todo: list[str] = field(default_factory=lambda: ["a", "b"])
    done: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    trouble: Exception | None = None
    gate: threading.Event | None = None

    def waiting(self) -> list[str]:
        return list(self.todo)

    def do(self, ident: str) -> None:
        if self.gate:
            self.gate.wait(30)
        if self.trouble:
            raise self.trouble
        self.done.append(ident)
        self.todo.remove(ident)

    def give_up(self, ident: str, trouble: str) -> None:
        self.given_up.append(f"{ident}: {trouble}")


@pytest.fixture
def leases(address: str) -> Iterator[LeaseStore]:
    database = Database(address)
    migrate(database)
    yield LeaseStore(database)
    database.close()


def test_work_is_done_in_order_once(leases: LeaseStore) -> None:
    work = Work()
    runner = Runner([work], leases, Clock())
    assert [runner.round("work") for _ in range(3)] == [True, True, False]
    assert work.done == ["a", "b"]


def test_what_somebody_else_holds_is_left_until_the_lease_runs_out(leases: LeaseStore) -> None:
    clock, work = Clock(), Work(todo=["a"])
    leases.take("work:a", "dead", clock(), clock() + timedelta(seconds=LEASE_S))
    runner = Runner([work], leases, clock)
    assert not runner.round("work")
    clock.passes(LEASE_S)
    assert runner.round("work")
    assert work.done == ["a"]


def test_a_lease_that_is_renewed_does_not_run_out(leases: LeaseStore) -> None:
    clock = Clock()
    leases.take("work:a", "me", clock(), clock() + timedelta(seconds=LEASE_S))
    clock.passes(15)
    leases.renew(["work:a"], "me", clock() + timedelta(seconds=LEASE_S))
    leases.renew(["work:a"], "other", clock() + timedelta(days=1))
    clock.passes(15)
    assert not leases.take("work:a", "other", clock(), clock() + timedelta(seconds=LEASE_S))
    clock.passes(10)
    assert leases.take("work:a", "other", clock(), clock() + timedelta(seconds=LEASE_S))


def test_whoever_lost_a_lease_cannot_end_it(leases: LeaseStore) -> None:
    clock = Clock()
    leases.take("work:a", "first", clock(), clock())
    leases.take("work:a", "second", clock(), clock() + timedelta(seconds=LEASE_S))
    leases.done("work:a", "first")
    leases.failed("work:a", "first", clock(), clock(), "late")
    assert not leases.take("work:a", "third", clock(), clock())


def test_what_fails_waits_longer_each_time_and_is_then_given_up(leases: LeaseStore) -> None:
    clock, work = Clock(), Work(todo=["a"], trouble=JudgeError("No."))
    runner = Runner([work], leases, clock)
    for seconds in (2, 10, 60, 3600, 3600):
        assert runner.round("work")
        clock.passes(seconds - 1)
        assert not runner.round("work")
        clock.passes(1)
    assert work.given_up == ["a: No."] * 2
    assert runner.trouble("work", "a") == "No."


def test_a_fault_of_our_own_is_told_without_its_words(leases: LeaseStore) -> None:
    runner = Runner([Work(trouble=ValueError("a client's name"))], leases, Clock())
    runner.round("work")
    assert runner.trouble("work", "a").startswith("Something went wrong (ValueError).")


def test_trying_again_does_not_wait(leases: LeaseStore) -> None:
    work = Work(todo=["a"], trouble=JudgeError("No."))
    runner = Runner([work], leases, Clock())
    runner.round("work")
    work.trouble = None
    assert not runner.round("work")
    runner.try_again("work", "a")
    assert runner.round("work")
    assert runner.trouble("work", "a") == ""


def test_finishing_does_it_here_or_says_what_is_wrong(leases: LeaseStore) -> None:
    work = Work()
    runner = Runner([work], leases, Clock())
    runner.finish("work", "b")
    runner.finish("work", "b")
    assert work.done == ["b"]
    work.trouble = JudgeError("No.")
    with pytest.raises(CoachError, match="No"):
        runner.finish("work", "a")


def test_finishing_waits_for_whoever_is_at_it(leases: LeaseStore) -> None:
    work = Work(todo=["a"], gate=threading.Event())
    runner = Runner([work], leases, Clock())
    lane = threading.Thread(target=runner.round, args=("work",))
    lane.start()
    while leases.take("work:a", "probe", NOON, NOON):
        leases.done("work:a", "probe")
    waiter = threading.Thread(target=runner.finish, args=("work", "a"))
    waiter.start()
    assert work.gate
    work.gate.set()
    waiter.join(30)
    lane.join(30)
    assert work.done == ["a"]


def test_a_lane_that_is_held_up_is_in_nobodys_way(leases: LeaseStore) -> None:
    slow, quick = Work("slow", gate=threading.Event()), Work("quick")
    runner = Runner([slow, quick], leases, Clock())
    runner.start()
    try:
        for _ in range(3000):
            if not quick.todo:
                break
            threading.Event().wait(0.01)
        assert quick.done == ["a", "b"]
        assert slow.done == []
    finally:
        assert slow.gate
        slow.gate.set()
        runner.stop(30)


def test_two_runners_share_the_work(leases: LeaseStore) -> None:
    work = Work(todo=[str(n) for n in range(40)])
    runners = [Runner([work], leases, Clock()) for _ in range(2)]
    threads = [threading.Thread(target=_until_empty, args=(runner, work)) for runner in runners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(work.done, key=int) == [str(n) for n in range(40)]


def _until_empty(runner: Runner, work: Work) -> None:
    while work.todo:
        runner.round("work")
