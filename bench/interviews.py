"""Interviews whose process is killed with -9 at random moments: what was lost, and what was rated twice.

usage: python -m bench.interviews [--runs 100] [--seed 1]     (Linux and macOS)

Each run is a whole spoken interview of three questions with follow-ups, over real SQLite and real recordings on disk, with the runner's
lanes at work. The process is killed at up to two random moments and started again each time. Time runs ten times faster, so that
leases run out. What listens and what rates are stand-ins: this is about what is kept. Prints a table for docs/reliability.md.
"""

import argparse
import hashlib
import multiprocessing
import platform
import random
import sqlite3
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from coach.bank import load_bank, load_rubric
from coach.domain.answer import AnswerKind, Transcript
from coach.domain.feedback import CheckReport
from coach.domain.interview import Interview, Phase, SetUp
from coach.domain.question import Question
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord, Verdict
from coach.interview.engine import waits
from coach.interview.interviews import Interviews
from coach.interview.work import Listening
from coach.jobs import Runner
from coach.jobs.rating import Rating as RatingWork
from coach.practice import Practice
from coach.resources import question_bank
from coach.store import AttemptStore, Database, InterviewStore, JudgeStore, LeaseStore, TakeStore
from coach.store.migrate import migrate

WHO = "bench"
CHUNKS = 5  # of each answer
FASTER = 10
KILLS = 2  # in each run, at the most
LONGEST_S = 2.5  # until a kill
_BORN = datetime(2026, 1, 1, tzinfo=UTC)


def now() -> datetime:
    """A clock that runs faster, the same one in every process."""
    return _BORN + (datetime.now(UTC) - _BORN) * FASTER


# ── the process that is killed ────────────────────────────────────────────────────────────────────────────────────


class Ears:
    """Hears one word for each piece of a recording: its fingerprint."""

    def hear_pcm(self, pcm: bytes, on_progress: Callable[[float], object] | None = None) -> Transcript:  # noqa: ARG002
        """The transcript."""
        time.sleep(0.05)
        pieces = [pcm[i : i + 2000] for i in range(0, len(pcm), 2000)]
        return Transcript(text=" ".join(map(fingerprint, pieces)), duration_s=len(pcm) / 32_000, model="ears")

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        """Never asked for here."""
        return path.read_bytes(), ""


class Checks:
    """Sees level 3 everywhere."""

    version = "bench"

    def run(self, text: str, question: Question) -> CheckReport:  # noqa: ARG002
        """The report."""
        ratings = (
            Rating(criterion=c, level=3, by=Rater.CHECKS, why="Bench.", evidence=(Span.of(text, 0, 1),))
            for c in Criterion
        )
        return CheckReport(ratings=tuple(ratings))

    def without_addressed(self, text: str) -> str:
        """All of it."""
        return text


class Judge:
    """Takes a moment."""

    is_on = True

    def rate(self, *_: object, **__: object) -> Verdict:
        """No opinion."""
        time.sleep(0.1)
        return Verdict(record=JudgeRecord(outcome=JudgeOutcome.OFF))


def chunk(attempt: str, take: int, number: int) -> bytes:
    """A piece of sound that can be told from any other."""
    return hashlib.sha256(f"{attempt}/{take}/{number}".encode()).digest() * 62 + bytes(16)


def fingerprint(piece: bytes) -> str:
    """A word that only this piece makes."""
    return hashlib.sha256(piece).hexdigest()[:10]


def child(folder: Path, tell: Connection) -> None:
    """Take the interview up where it is, and go on to its end. Tells what has been acknowledged."""
    database = Database(f"sqlite:///{folder / 'coach.db'}")
    attempts, store = AttemptStore(database), InterviewStore(database, waits)
    practice = Practice(
        bank=load_bank(question_bank()),
        rubric=load_rubric(),
        checks=Checks(),
        judge=Judge(),
        transcriber=Ears(),
        attempts=attempts,
        takes=TakeStore(folder / "takes"),
        waiting=JudgeStore(database),
        clock=now,
    )
    kinds = (Listening(practice, store, attempts, now), RatingWork(attempts, practice.rate))
    runner = Runner(kinds, LeaseStore(database), now)
    interviews = Interviews(practice, store, history=attempts.history, clock=now, wake=runner.wake)
    runner.start()
    set_up = SetUp(questions=3, thinking_s=0, answers=AnswerKind.SPOKEN, limit_s=900)
    kept = store.all_of(WHO)
    one = kept[0] if kept else interviews.begin(WHO, set_up)
    while not one.done:
        one = step(interviews, practice, interviews.look(one.id, WHO), tell)
    while not all(a.feedback for a in interviews.attempts(interviews.get(one.id, WHO))):
        time.sleep(0.02)
    tell.send(None)
    runner.stop()


def step(interviews: Interviews, practice: Practice, one: Interview, tell: Connection) -> Interview:
    """One thing a candidate does."""
    interviews.seen(one.id, WHO)
    if one.phase is Phase.ANSWERING:
        take = interviews.take(one)
        for number in range(take.next_chunk, CHUNKS):
            practice.put_chunk(take.attempt, WHO, take.number, number, chunk(take.attempt, take.number, number))
            tell.send((take.attempt, take.number, number))
            time.sleep(0.01)
        return interviews.finish_spoken(one, take.number, CHUNKS)
    if one.phase is Phase.BETWEEN:
        return interviews.go_on(one)
    time.sleep(0.01)
    return one


# ── the process that kills ────────────────────────────────────────────────────────────────────────────────────────


@dataclass
class Tally:
    """What came of all runs."""

    runs: int = 0
    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    unheard: int = 0
    unrated: int = 0
    twice: int = 0
    phases: dict[str, int] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether anything is not as it should be."""
        return any((self.lost, self.unheard, self.unrated, self.twice))


def run(rng: random.Random, tally: Tally) -> None:
    """One interview, killed and taken up again until it is done."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = Database(f"sqlite:///{folder / 'coach.db'}")
        migrate(database)
        database.close()
        with closing(sqlite3.connect(folder / "coach.db")) as raw, raw:
            raw.execute("create table saved (attempt text)")
            raw.execute(
                "create trigger saves after update of feedback on attempt when new.feedback is not null "
                "begin insert into saved values (new.id); end"
            )
        acknowledged: set[tuple[str, int, int]] = set()
        for _ in range(KILLS):
            if launch(folder, rng.uniform(0, LONGEST_S), acknowledged):
                break
            tally.kills += 1
            with closing(sqlite3.connect(folder / "coach.db")) as raw:
                phase = raw.execute("select json_extract(record, '$.phase') from interview").fetchone()
            tally.phases[phase[0] if phase else "before"] = tally.phases.get(phase[0] if phase else "before", 0) + 1
        else:
            if not launch(folder, 60, acknowledged):
                raise SystemExit("an interview did not come to its end within a minute")
        tally.runs += 1
        tally.acknowledged += len(acknowledged)
        examine(folder, acknowledged, tally)


def launch(folder: Path, seconds: float, acknowledged: set[tuple[str, int, int]]) -> bool:
    """Start the process and kill it after so many seconds; whether it came to the end before."""
    listen, tell = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("fork").Process(target=child, args=(folder, tell))
    process.start()
    tell.close()
    killer = threading.Timer(seconds, process.kill)
    killer.start()
    done = False
    try:
        while (told := listen.recv()) is not None:
            acknowledged.add(told)
        done = True
    except (EOFError, OSError):
        pass  # it was killed, perhaps in the middle of a word
    killer.cancel()
    killer.join()
    process.join()
    process.close()
    listen.close()
    return done


def examine(folder: Path, acknowledged: set[tuple[str, int, int]], tally: Tally) -> None:
    """Compare what was acknowledged with what is there."""
    for attempt, take, number in acknowledged:
        path = folder / "takes" / attempt / f"{take:03d}" / f"{number:05d}.pcm"
        tally.lost += not path.exists() or path.read_bytes() != chunk(attempt, take, number)
    database = Database(f"sqlite:///{folder / 'coach.db'}")
    one = InterviewStore(database, waits).all_of(WHO)[0]
    store = AttemptStore(database)
    for each in one.rounds:
        attempt = store.get(each.attempt, WHO)
        tally.unrated += attempt.feedback is None
        said = {fingerprint(chunk(a, t, n)) for a, t, n in acknowledged if a == each.attempt}
        tally.unheard += len(said - set(attempt.text.split()))
    database.close()
    with closing(sqlite3.connect(folder / "coach.db")) as raw:
        saves = raw.execute("select count(*) from saved").fetchone()[0]
    tally.twice += abs(saves - len(one.rounds))  # a trigger that counts nothing would be seen, too


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rng, tally, started = random.Random(chosen.seed), Tally(), time.monotonic()  # noqa: S311
    for _ in range(chosen.runs):
        run(rng, tally)
    minutes = timedelta(seconds=round(time.monotonic() - started))
    print(f"{datetime.now(UTC):%d %B %Y}, Python {platform.python_version()}, {platform.machine()}, {minutes}\n")
    print("| what | how many |\n|---|---|")
    print(f"| interviews, each taken up again until its end | {tally.runs} |")
    print(f"| kills with -9 | {tally.kills} |")
    for phase, count in sorted(tally.phases.items()):
        print(f"| … while {phase} | {count} |")
    print(f"| pieces of sound acknowledged | {tally.acknowledged} |")
    print(f"| … of them lost or changed on disk | {tally.lost} |")
    print(f"| … of them not in the text that was rated | {tally.unheard} |")
    print(f"| answers left unrated | {tally.unrated} |")
    print(f"| answers whose rating was stored twice | {tally.twice} |")
    sys.exit(tally.failed)


if __name__ == "__main__":
    main()
