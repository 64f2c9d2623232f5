"""Answers handed in while the app, the worker and the database's connections are killed: what was lost, what is stuck, what was rated twice.

    python -m bench.kill sqlite:////tmp/kill.db --kills 200
    python -m bench.kill postgresql://coach@localhost/kill --kills 200      (an empty database; the user must own it)

One process hands in answers all the time, another rates them; what rates is a stand-in that takes a moment. At random moments one of the
two is killed with -9 and started again, or, with PostgreSQL, all connections are ended by the server. A trigger in the database counts how often a
rating is stored. Whoever holds a piece of work and dies is known to be dead ten times sooner than usual. At the end everything that was
acknowledged must be rated, once. Prints a table for docs/reliability.md. (Linux and macOS)
"""

import argparse
import functools
import logging
import multiprocessing
import platform
import random
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

import psycopg
from sqlalchemy import text

from bench.interviews import FASTER, Checks, Ears, now
from coach.bank import Bank, load_bank, load_rubric
from coach.domain.answer import AnswerKind
from coach.domain.attempt import AttemptState
from coach.domain.feedback import CheckReport
from coach.domain.question import Question
from coach.domain.rubric import Rubric
from coach.errors import CoachError
from coach.jobs import Runner, queue, worker
from coach.jobs.rating import Rating
from coach.judge import NoJudge
from coach.practice import Practice
from coach.resources import question_bank
from coach.store import AttemptStore, Database, JudgeStore, LeaseStore, TakeStore
from coach.store.migrate import migrate

CANDIDATES = 12
STUCK_S = 120.0  # without anything being rated, at the end, until what is left counts as stuck
PAUSE_S = 0.5  # after something was done, at most, until the next kill
_FORK = multiprocessing.get_context("fork")
_TABLE = "create table saved (attempt text)"
_TRIGGER_SQLITE = """
create trigger saves after update of feedback on attempt when new.feedback is not null begin insert into saved values (new.id); end
"""
_FUNCTION = """
create function saves() returns trigger language plpgsql as $$ begin insert into saved values (new.id); return new; end $$
"""
_TRIGGER = """
create trigger saves after update of feedback on attempt for each row when (new.feedback is not null) execute function saves()
"""
_COUNT = {"sqlite": (_TABLE, _TRIGGER_SQLITE), "postgresql": (_TABLE, _FUNCTION, _TRIGGER)}


class SlowChecks(Checks):
    """Takes long enough to be killed in the middle."""

    def run(self, text: str, question: Question) -> CheckReport:
        """The report."""
        time.sleep(random.uniform(0.02, 0.2))  # noqa: S311  # no secret
        return super().run(text, question)


def open_database(address: str) -> Database:
    """The database, with the queue where it is a server."""
    return Database(address, queue.Queue)


@functools.cache
def read() -> tuple[Bank, Rubric]:
    """The bank and the rubric: read once, before the first process is started."""
    return load_bank(question_bank()), load_rubric()


def practising(database: Database) -> Practice:
    """A practice that rates typed answers."""
    bank, rubric = read()
    return Practice(
        bank=bank,
        rubric=rubric,
        checks=SlowChecks(),
        judge=NoJudge(),
        transcriber=Ears(),
        attempts=AttemptStore(database),
        takes=TakeStore(Path("no-takes")),
        waiting=JudgeStore(database),
        clock=now,
    )


# ── the processes that are killed ─────────────────────────────────────────────────────────────────────────────────


def app(address: str, tell: Connection) -> None:
    """Hand in answers, telling each one that is acknowledged."""
    practice, question, n = practising(open_database(address)), Question.free("How was it?"), 0
    while True:
        n += 1
        who, words = f"candidate-{n % CANDIDATES}", f"I called the office {n} times."
        try:
            one = practice.begin(who, question, AnswerKind.TYPED)
        except CoachError:
            continue
        while True:
            try:
                practice.hand_in(one.id, who, words)
            except CoachError:  # as somebody would who reads "try again in a moment"
                time.sleep(0.02)
            else:
                break
        tell.send((one.id, who, words))
        time.sleep(0.05)


def at_work(address: str, tell: Connection) -> None:
    """Rate what is handed in, telling each time that something is rated."""
    database = open_database(address)
    practice, leases = practising(database), LeaseStore(database)

    def rate(attempt: str, candidate: str) -> None:
        practice.rate_by_checks(attempt, candidate)
        tell.send(None)

    kinds = (Rating(AttemptStore(database), rate),)
    if database.is_postgresql:
        queue.STALE_S, worker.SIGN_S, worker.RESCUE = queue.STALE_S / FASTER, worker.SIGN_S / FASTER, "* * * * * */1"
        worker.Worker(kinds, database.conninfo, leases, now).run(at_once=2)
    runner = Runner(kinds, leases, now)
    runner.start()
    time.sleep(3600)


# ── the process that kills ────────────────────────────────────────────────────────────────────────────────────────


class Pair:
    """Both processes, and what was acknowledged."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._listen, self._tell = _FORK.Pipe(duplex=False)
        self.acknowledged: dict[str, tuple[str, str]] = {}
        self.rated = 0
        self._running: dict[str, BaseProcess] = {}
        for name in ("app", "worker"):
            self._start(name)

    def _start(self, name: str) -> None:
        does: Callable[[str, Connection], None] = app if name == "app" else at_work
        self._running[name] = _FORK.Process(target=does, args=(self._address, self._tell))
        self._running[name].start()

    def kill(self, name: str, *, again: bool = True) -> None:
        """End a process with -9, and start it again."""
        self._running[name].kill()
        self._running[name].join()
        if again:
            self._start(name)

    def hear_of(self, kind: str) -> None:
        """Wait until a process has done something; for the connections, both."""
        acknowledged, rated = len(self.acknowledged), self.rated
        while (kind != "worker" and len(self.acknowledged) == acknowledged) or (kind != "app" and self.rated == rated):
            self.hear(0.05)

    def hear(self, seconds: float) -> None:
        """Take in what is acknowledged, for so long."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._listen.poll(left):
                told = self._listen.recv()
                if told is None:
                    self.rated += 1
                else:
                    self.acknowledged[told[0]] = told[1:]


def end_connections(address: str) -> None:
    """Let the server end every connection to this database but the one that asks for it."""
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"
        )


def campaign(address: str, kills: int, rng: random.Random) -> tuple[Pair, Counter[str]]:
    """Kill so many times, then let the rest be done."""
    with closing(open_database(address)) as database:
        kinds = ["app", "worker", *(["connections"] if database.is_postgresql else [])]
    pair, killed = Pair(address), Counter[str]()
    for _ in range(kills):
        kind = rng.choice(kinds)
        pair.hear_of(kind)
        pair.hear(rng.uniform(0, PAUSE_S))
        killed[kind] += 1
        if kind == "connections":
            end_connections(address)
        else:
            pair.kill(kind)
    pair.hear(2)
    pair.kill("app", again=False)
    pair.hear(0.5)
    with closing(open_database(address)) as database:
        store, left, since = AttemptStore(database), -1, time.monotonic()
        while (now_left := len(store.to_rate())) and time.monotonic() - since < STUCK_S:
            if now_left != left:
                left, since = now_left, time.monotonic()
            pair.hear(0.2)
    pair.kill("worker", again=False)
    return pair, killed


def examine(address: str, pair: Pair) -> list[tuple[str, int]]:
    """Compare what was acknowledged with what is there: the last three must be none."""
    with closing(open_database(address)) as database:
        store = AttemptStore(database)
        there = {one.id: one for who in range(CANDIDATES) for one in store.all_of(f"candidate-{who}", limit=100_000)}
        with database.reading() as session:
            saved = Counter(row[0] for row in session.connection().execute(text("select attempt from saved")))
    words = {ident: one.text for ident, one in there.items()}
    handed_in = [one for one in there.values() if one.state in (AttemptState.HANDED_IN, AttemptState.RATED)]
    return [
        ("answers acknowledged as handed in", len(pair.acknowledged)),
        (
            "answers handed in whose acknowledgement was cut off",
            len({one.id for one in handed_in} - pair.acknowledged.keys()),
        ),
        (
            "acknowledged answers that are lost or changed",
            sum(words.get(i) != said for i, (_, said) in pair.acknowledged.items()),
        ),
        ("answers handed in and not rated", sum(not saved[one.id] for one in handed_in)),
        ("answers whose rating was stored twice", sum(n > 1 for n in saved.values())),
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("database")
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    with closing(open_database(chosen.database)) as database:
        kind = "postgresql" if database.is_postgresql else "sqlite"
        migrate(database)
        if database.is_postgresql:
            queue.prepare(database.conninfo)
        with database.writing() as session:
            for statement in _COUNT[kind]:
                session.connection().exec_driver_sql(statement)
    read()
    started = time.monotonic()
    pair, killed = campaign(chosen.database, chosen.kills, random.Random(chosen.seed))  # noqa: S311  # no secret
    found = examine(chosen.database, pair)
    minutes = (time.monotonic() - started) / 60
    print(
        f"{datetime.now(UTC):%d %B %Y}, Python {platform.python_version()}, {platform.machine()}, {kind}, {minutes:.0f} minutes\n"
    )
    print("| what | how many |\n|---|---|")
    for name, count in sorted(killed.items()):
        print(
            f"| {'all connections ended by the server' if name == 'connections' else f'kills of the {name} with -9'} | {count} |"
        )
    for what, count in found:
        print(f"| {what} | {count} |")
    sys.exit(any(count for _, count in found[2:]))


if __name__ == "__main__":
    main()
