"""The runner: each piece of work done once, whoever dies, and no lane in the way of another."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from coach.errors import CoachError, JudgeError
from coach.jobs import Runner
from coach.jobs import runner as running
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
    looks: int = 0

    def waiting(self) -> dict[str, str]:
        self.looks += 1
        return dict.fromkeys(self.todo, "ann")

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


@pytest.mark.parametrize("back_s", [5, 3 * 3600, 30 * 86_400])
def test_a_clock_that_is_set_back_keeps_nothing_waiting_that_a_dead_worker_held(
    leases: LeaseStore, back_s: float
) -> None:
    clock, work = Clock(), Work(todo=["a"])
    leases.take("work:a", "dead", clock(), clock() + timedelta(seconds=LEASE_S))
    clock.passes(-back_s)
    runner = Runner([work], leases, clock)
    if not runner.round("work"):
        clock.passes(LEASE_S + 5)
        assert runner.round("work")
    assert work.done == ["a"]


def test_a_clock_that_is_set_back_keeps_nothing_waiting_that_failed(leases: LeaseStore) -> None:
    clock, work = Clock(), Work(todo=["a"], trouble=JudgeError("No."))
    runner = Runner([work], leases, clock)
    assert runner.round("work")
    work.trouble = None
    clock.passes(-86_400)
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


def until(what: Callable[[], bool]) -> bool:
    """Whether it comes true while anybody would wait."""
    return any(what() or threading.Event().wait(0.01) for _ in range(3000))


@pytest.fixture
def nobody_looks_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_S", 3600.0)


@pytest.mark.usefixtures("nobody_looks_unasked")
def test_whoever_rings_has_one_lane_look_and_the_work_begun_at_once(leases: LeaseStore) -> None:
    work = Work(abreast=8, todo=[])
    runner = Runner([work], leases, Clock())
    runner.start()
    try:
        assert until(lambda: work.looks == 8), "each lane looks once as it starts"
        runner.wake()
        assert until(lambda: work.looks == 9)
        work.todo.append("c")
        runner.wake()
        assert until(lambda: work.done == ["c"])
    finally:
        runner.stop(30)
    assert not any(thread.is_alive() for thread in runner._threads), "those asleep hear that it is over, too"


@pytest.mark.usefixtures("nobody_looks_unasked")
def test_one_ring_has_as_many_lanes_at_work_as_there_is_work(leases: LeaseStore) -> None:
    together = threading.Barrier(3)

    class Company(Work):
        def do(self, ident: str) -> None:
            together.wait(30)  # nobody goes on before all three are here
            super().do(ident)

    work = Company(abreast=3, todo=[])
    runner = Runner([work], leases, Clock())
    runner.start()
    try:
        assert until(lambda: work.looks == 3)
        work.todo += ["a", "b", "c"]
        runner.wake()
        assert until(lambda: sorted(work.done) == ["a", "b", "c"])
    finally:
        runner.stop(30)


def test_work_that_nobody_rang_for_is_found(leases: LeaseStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOK_S", 0.01)
    work = Work(abreast=3, todo=[])
    runner = Runner([work], leases, Clock())
    runner.start()
    try:
        assert until(lambda: work.looks > 10)
        work.todo.append("from another process")
        assert until(lambda: bool(work.done))
    finally:
        runner.stop(30)


@pytest.mark.usefixtures("nobody_looks_unasked")
def test_what_was_handed_in_while_nobody_worked_is_begun_at_the_next_start(leases: LeaseStore) -> None:
    work = Work(todo=[])
    runner = Runner([work], leases, Clock())
    for handed_in in ("a", "b"):
        work.todo.append(handed_in)
        runner.start()
        assert until(lambda: not work.todo)
        runner.stop(30)
    assert work.done == ["a", "b"]
