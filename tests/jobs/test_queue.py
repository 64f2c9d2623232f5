"""Work behind on PostgreSQL: queued with what it is about, done once by whoever is there, and taken up again when they die."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psycopg
import pytest
from alembic import command
from procrastinate.schema import SchemaManager

from coach.domain.attempt import Attempt
from coach.domain.work import Work
from coach.errors import CoachError, JudgeError, StoreError
from coach.jobs import queue, worker
from coach.jobs.queue import Queue, prepare
from coach.jobs.rating import Rating
from coach.jobs.worker import Chore, Worker, rescue
from coach.recordings import utc_now
from coach.store import AttemptStore, Database, JudgeStore, LeaseStore
from coach.store.migrate import config
from tests.postgres_cluster import Cluster
from tests.store.store_examples import JUDGE, NOON, VERSIONS, attempt, feedback


@pytest.fixture
def address(postgresql: Cluster) -> Iterator[str]:
    made = postgresql.create("ready")
    yield made
    postgresql.drop(made)


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    with closing(Database(address, Queue)) as one:
        prepare(one.conninfo)
        yield one


class Desk:
    """Rates what is handed in, and remembers in which order."""

    def __init__(self, database: Database) -> None:
        self.store = AttemptStore(database)
        self.rated: list[str] = []
        self.trouble: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.kind = Rating(self.store, self.rate)

    def rate(self, ident: str, candidate: str) -> None:
        self.gate.wait(30)
        if self.trouble:
            raise self.trouble
        self.rated.append(ident)
        self.store.save_feedback(
            ident, candidate, feedback=feedback(3, 3, 3, 3), judge=JUDGE, versions=VERSIONS, at=utc_now(), first=True
        )

    def hand_in(self, candidate: str = "ann") -> Attempt:
        one = attempt(candidate)
        self.store.add(one)
        self.store.hand_in(one.id, candidate, "I called the county office.", NOON)
        return one


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


@pytest.fixture
def work(database: Database, desk: Desk) -> Iterator[Worker]:
    one = Worker([desk.kind], database.conninfo, LeaseStore(database), utc_now)
    yield one
    one.stop(30)


def jobs(address: str, what: str = "args->>'ident'") -> list[Any]:
    with psycopg.connect(address) as connection:
        found = connection.execute(f"select {what} from procrastinate_jobs where queue_name <> 'chores' order by id")  # noqa: S608
        return [row[0] for row in found]


def until(condition: Callable[[], object]) -> None:
    for _ in range(1200):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail("it did not happen within a minute")


# ── the tables ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_queues_tables_are_made_once_and_are_none_of_ours(database: Database) -> None:
    assert prepare(database.conninfo) is False
    with database.engine.connect() as connection:
        command.check(config(connection))


def test_the_queues_tables_of_an_earlier_version_are_brought_up_to_date(postgresql: Cluster) -> None:
    url = postgresql.create()
    scripts = sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
    with psycopg.connect(url, autocommit=True) as connection:
        for script in scripts[:-2]:
            connection.execute(script.read_bytes())
        connection.execute(f"COMMENT ON TABLE procrastinate_jobs IS '{scripts[-3].stem}'".encode())
    assert [prepare(url), prepare(url)] == [True, False]
    with psycopg.connect(url) as connection:
        assert connection.execute("select to_regproc('procrastinate_retry_job_v2') is not null").fetchone() == (True,)
    postgresql.drop(url)


# ── putting in ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_work_is_queued_with_the_answer_or_not_at_all(database: Database, desk: Desk, address: str) -> None:
    one = desk.hand_in()
    desk.store.hand_in(one.id, "ann", "Twice changes nothing.", NOON)
    assert jobs(address) == [one.id]

    def fails_at_the_end() -> None:
        with database.writing() as session:
            queue.Queue().defer(session.connection().connection.driver_connection, Work.RATE, "gone", "ann", None)
            raise StoreError("no")

    with pytest.raises(StoreError, match="no"):
        fails_at_the_end()
    assert jobs(address) == [one.id]


def test_who_waits_now_goes_before_what_is_due_later(database: Database, desk: Desk, address: str) -> None:
    one = desk.hand_in()
    books = JudgeStore(database)
    books.wait(one.id, "ann", utc_now() + timedelta(minutes=5), 0)
    books.wait(one.id, "ann", utc_now(), 0)
    assert jobs(address, "queue_name || ' ' || priority") == ["rate 10", "judge 0", "judge 10"]


# ── doing ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_answer_is_rated_while_somebody_waits_for_it(desk: Desk, work: Worker, address: str) -> None:
    work.start()
    one = desk.hand_in()
    work.finish(Work.RATE, one.id)
    assert desk.rated == [one.id]
    until(lambda: not jobs(address))


def test_two_answers_of_one_candidate_are_rated_in_turn_and_others_meanwhile(
    database: Database, desk: Desk, address: str
) -> None:
    desk.gate.clear()
    first, second, other = desk.hand_in(), desk.hand_in(), desk.hand_in("bob")
    desk.kind.abreast = 3
    work = Worker([desk.kind], database.conninfo, LeaseStore(database), utc_now)
    work.start()
    until(lambda: jobs(address, "status::text") == ["doing", "todo", "doing"])
    desk.gate.set()
    until(lambda: not jobs(address))
    work.stop(30)
    assert sorted(desk.rated) == sorted([first.id, second.id, other.id])
    assert desk.rated.index(first.id) < desk.rated.index(second.id)


def test_what_fails_says_why_and_is_tried_again_at_once_if_somebody_asks(
    desk: Desk, work: Worker, address: str
) -> None:
    desk.trouble = JudgeError("The rubric cannot be read.")
    one = desk.hand_in()
    work.start()
    with pytest.raises(CoachError, match="rubric cannot be read"):
        work.finish(Work.RATE, one.id)
    assert work.trouble(Work.RATE, one.id) == "The rubric cannot be read."
    until(lambda: jobs(address, "priority") == [queue.LATER])
    desk.trouble = None
    work.try_again(Work.RATE, one.id)
    work.finish(Work.RATE, one.id)
    until(lambda: not work.trouble(Work.RATE, one.id))


def test_what_fails_again_and_again_is_given_up_and_never_forgotten(
    desk: Desk, work: Worker, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("coach.jobs.kind.BACKOFF_S", (0.0, 0.0))
    given_up: list[str] = []
    desk.kind.give_up = lambda ident, trouble: given_up.append(f"{ident}: {trouble}")
    desk.trouble = ValueError("the words of an answer")
    one = desk.hand_in()
    work.start()
    until(lambda: given_up)
    until(lambda: jobs(address, "status::text || ' ' || attempts") == ["todo 3"])
    assert given_up == [f"{one.id}: Something went wrong (ValueError). It is tried again by itself; nothing is lost."]


def test_where_nobody_is_at_work_the_page_says_so(desk: Desk, work: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_PATIENCE_S", 0.0)
    one = desk.hand_in()
    with pytest.raises(CoachError, match="Your answer is kept, but nobody is at work"):
        work.finish(Work.RATE, one.id)


def test_an_app_whose_work_is_done_elsewhere_does_none(database: Database, desk: Desk) -> None:
    app = Worker([desk.kind], database.conninfo, LeaseStore(database), utc_now, inside=False)
    app.start()
    app.stop()
    assert app._thread is None


def test_chores_are_done_by_the_clock(database: Database) -> None:
    done = threading.Event()
    work = Worker(
        [], database.conninfo, LeaseStore(database), utc_now, chores=[Chore("tidy", "* * * * * */1", done.set)]
    )
    work.start()
    assert done.wait(60)
    work.stop(30)


# ── taking up again ───────────────────────────────────────────────────────────────────────────────────────────────


def with_app(work: Worker, do: Callable[[SimpleNamespace], Any]) -> None:
    async def run() -> None:
        app = work._app(2)
        async with app.open_async():
            await do(SimpleNamespace(app=app))

    asyncio.run(run())


def test_what_a_dead_worker_was_doing_is_free_again(desk: Desk, work: Worker, address: str) -> None:
    desk.hand_in()
    with psycopg.connect(address) as connection:
        connection.execute(
            "with dead as (insert into procrastinate_workers (last_heartbeat) values (now() - interval '21 s') returning id) "
            "update procrastinate_jobs set status = 'doing', worker_id = dead.id from dead"
        )
    with_app(work, lambda context: rescue(context, 0))
    assert jobs(address, "status::text") == ["todo"]


def test_what_a_living_worker_is_doing_is_left_to_it(desk: Desk, work: Worker, address: str) -> None:
    desk.hand_in()
    with psycopg.connect(address) as connection:
        connection.execute(
            "with busy as (insert into procrastinate_workers (last_heartbeat) values (now() - interval '5 s') returning id) "
            "update procrastinate_jobs set status = 'doing', worker_id = busy.id from busy"
        )
    with_app(work, lambda context: rescue(context, 0))
    assert jobs(address, "status::text") == ["doing"]


def test_what_was_handed_in_before_there_was_a_queue_is_put_in(address: str) -> None:
    with closing(Database(address)) as without_queue:
        prepare(without_queue.conninfo)
        desk = Desk(without_queue)
        one = desk.hand_in()
        work = Worker([desk.kind], without_queue.conninfo, LeaseStore(without_queue), utc_now)
        assert jobs(address) == []
        for _ in range(2):  # a second look finds it there
            with_app(work, lambda context: work._sweep(context, 0))
        assert jobs(address) == [one.id]


def test_whoever_puts_work_in_it_is_done_under_the_lock_of_its_candidate(
    desk: Desk, work: Worker, address: str
) -> None:
    one = desk.hand_in()
    work.try_again(Work.RATE, one.id)
    with psycopg.connect(address) as connection:
        connection.execute("delete from procrastinate_jobs where id = (select min(id) from procrastinate_jobs)")
        kept = connection.execute("delete from procrastinate_jobs returning lock").fetchall()
    with_app(work, lambda context: work._sweep(context, 0))
    assert [*(row[0] for row in kept), *jobs(address, "lock")] == [queue.lock(Work.RATE, "ann")] * 2


def test_a_server_that_restarts_is_worked_with_again(postgresql: Cluster, desk: Desk, work: Worker) -> None:
    work.start()
    work.finish(Work.RATE, desk.hand_in().id)
    postgresql.stop()
    postgresql.start()
    work.finish(Work.RATE, desk.hand_in().id)
    assert len(desk.rated) == 2
