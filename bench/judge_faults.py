"""Times checks-only feedback beside every fault a judge's server can have, and counts its outcomes and calls.

usage: python -m bench.judge_faults [--part 1/3]

The whole pipeline runs: real checks, a real database, a real server that fails (that of the tests), the lanes that ask the judge behind.
While an answer is rated by the checks, an exchange about an earlier answer is stuck in the same fault. At the end as many more are rated without a
judge, ten at the most, so that a busy machine does not count against the judge: compare the medians. No answer is timed twice, since what was read is
remembered.
"""

import argparse
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from coach.bank import load_bank, load_rubric
from coach.checks import Checks
from coach.commands.calibrate import read
from coach.domain.answer import AnswerKind
from coach.domain.question import Question
from coach.domain.verdict import JudgeOutcome
from coach.jobs import Runner
from coach.jobs.judging import Judging
from coach.judge import AnyJudge, Door, Endpoint, Judge, NoJudge, Terms
from coach.practice import Practice
from coach.recordings import utc_now
from coach.resources import question_bank
from coach.store import AttemptStore, Database, JudgeStore, LeaseStore, TakeStore
from coach.store.migrate import migrate
from coach.wiring import Speech
from tests.judge.judge_examples import ANSWER, reply
from tests.judge.planned import ENDINGS, SLOW, STREAMS
from tests.judge.server import KEY, Server

DEADLINE_S = 2.0  # of an exchange with a server that never ends
PATIENCE_S = 30.0
WHO = "bench"
HELD_OUT = [
    one for name in ("validation", "test") for one in read(Path(__file__).parent / "held_out" / f"{name}.jsonl")
]
BAR_S = 2.0  # until feedback by the checks
ALONE = 10  # answers rated without a judge, to compare with
FEWEST_WORDS = 40  # of an answer that is timed: the checks can say something of it


@dataclass(frozen=True)
class Run:
    """One fault: seconds until feedback by the checks was stored, and how the exchange ended.

    ``own_s`` are those the processor spent on the feedback itself: the rest was spent on the exchange, or on whatever else the machine does.
    """

    fault: str
    seconds: float
    own_s: float
    right: bool
    calls: int
    planned: int


class Bench:
    """A pipeline over a folder, whose judge can be changed."""

    def __init__(self, folder: Path) -> None:
        database = Database(f"sqlite:///{folder / 'coach.db'}")
        migrate(database)
        self.books = JudgeStore(database)
        self._leases = LeaseStore(database)
        self._unmet = iter(one for one in HELD_OUT if len(one.answer.split()) >= FEWEST_WORDS)
        self._parts = {
            "bank": load_bank(question_bank()),
            "rubric": load_rubric(),
            "checks": Checks(),
            "transcriber": Speech("tiny.en"),
            "attempts": AttemptStore(database),
            "takes": TakeStore(folder / "takes"),
            "waiting": self.books,
        }

    def practice(self, judge: AnyJudge) -> Practice:
        """The pipeline with this judge."""
        return Practice(judge=judge, **self._parts)

    @staticmethod
    def hand_in(practice: Practice, question: str, answer: str) -> str:
        """An answer that waits to be rated."""
        attempt = practice.begin(WHO, Question.free(question), AnswerKind.TYPED)
        practice.hand_in(attempt.id, WHO, answer)
        return attempt.id

    def timed(self, judge: AnyJudge) -> tuple[float, float]:
        """Seconds until feedback by the checks on an answer never met before was stored, and those of this thread's work."""
        practice, unmet = self.practice(judge), next(self._unmet)
        attempt = self.hand_in(practice, unmet.question, unmet.answer)
        started, worked = time.perf_counter(), time.thread_time()
        rated = practice.rate_by_checks(attempt, WHO)
        seconds, own_s = time.perf_counter() - started, time.thread_time() - worked
        if rated.feedback is None:
            raise SystemExit("the checks gave no feedback")
        return seconds, own_s

    def run(self, fault: str, outcome: JudgeOutcome, planned: int) -> Run:
        """One fault."""
        with Server(good=reply()) as server:
            terms = Terms(deadline_s=DEADLINE_S if fault in SLOW else PATIENCE_S, waits_s=(0.1, 0.1))
            judge = Judge(Door(Endpoint.of(KEY, server.address, fault), terms))
            practice = self.practice(judge)
            earlier = self.hand_in(practice, "Tell me about a barrier.", ANSWER)  # that the server's reply is about
            practice.rate_by_checks(earlier, WHO, behind=True)
            behind = Runner([Judging(self.books, practice.ask_judge, utc_now)], self._leases, utc_now)
            behind.start()  # the exchange that must not hold up what comes next
            try:
                seconds, own_s = self.timed(judge)
                ended = self._ended(practice, earlier)
            finally:
                behind.stop()
            calls, tried_to_stream = len(server.bodies), fault in ENDINGS  # the background asks for a stream first
            return Run(fault, seconds, own_s, ended is outcome, calls, planned + tried_to_stream)

    @staticmethod
    def _ended(practice: Practice, attempt: str) -> JudgeOutcome:
        """How an exchange behind ended; WAITING if it has not within reason."""
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            record = practice.get(attempt, WHO).judge
            if record is not None and record.outcome is not JudgeOutcome.WAITING:
                return record.outcome
            time.sleep(0.05)
        return JudgeOutcome.WAITING


def main() -> None:
    """The faults, one after the other, or every so many of them."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--part", default="1/1", help="such as 2/3: the second third")
    part, of = map(int, wanted.parse_args().part.split("/"))
    escaped: list[str] = []
    threading.excepthook = lambda told: escaped.append(told.exc_type.__name__)
    plan = dict(list({**ENDINGS, **STREAMS, **SLOW}.items())[part - 1 :: of])
    runs: list[Run] = []
    print("fault\tseconds\town\tcalls\tplanned")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.timed(NoJudge())  # loads the models
        for fault, planned in plan.items():
            run = bench.run(fault, *planned)
            runs.append(run)
            note = "" if run.right else "\tWRONG OUTCOME"
            print(
                f"{run.fault}\t{run.seconds:.2f}\t{run.own_s:.2f}\t{run.calls}\t{run.planned}{note}",
                flush=True,
            )
        alone = [bench.timed(NoJudge())[0] for _ in runs[:ALONE]]
    seconds = [run.seconds for run in runs]
    print(
        f"{len(runs)} faults, {sum(f in STREAMS or f.startswith('stream') for f in plan)} of them streams; wrong outcomes "
        f"{sum(not run.right for run in runs)}, exceptions that escaped {len(escaped)}, more calls than planned "
        f"{sum(run.calls > run.planned for run in runs)}"
    )
    print(
        f"seconds to feedback by the checks: median {statistics.median(seconds):.2f}, most {max(seconds):.2f}, over {BAR_S:.0f} s: "
        f"{sum(s > BAR_S for s in seconds)}; own work: median {statistics.median(run.own_s for run in runs):.2f}, most "
        f"{max(run.own_s for run in runs):.2f}; without a judge: median {statistics.median(alone):.2f}, most "
        f"{max(alone):.2f}"
    )


if __name__ == "__main__":
    main()
