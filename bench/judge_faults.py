"""Times checks-only feedback beside every fault a judge's server can have, and counts its outcomes and calls.

usage: python -m bench.judge_faults [--part 1/3]

The whole pipeline runs: real checks, a real database, a real server that fails (that of the tests), the background thread that asks the judge.
While an answer is rated by the checks, an exchange about an earlier answer is stuck in the same fault. Beside each fault the same answer is rated
without a judge, so that a busy machine does not count against the judge: the ratio is what to look at.
"""

import argparse
import statistics
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from coach.completing import Completer

from coach.bank import load_bank, load_rubric
from coach.checks import Checks
from coach.commands.calibrate import read
from coach.domain.answer import AnswerKind
from coach.domain.feedback import FeedbackState
from coach.domain.question import Question
from coach.domain.verdict import JudgeOutcome
from coach.judge import AnyJudge, Door, Endpoint, Judge, NoJudge, Terms
from coach.practice import Practice
from coach.resources import question_bank
from coach.store import AttemptStore, Database, JudgeStore, TakeStore
from coach.store.migrate import migrate
from coach.wiring import Speech
from tests.judge.judge_examples import ANSWER, reply
from tests.judge.planned import ENDINGS, SLOW, STREAMS
from tests.judge.server import KEY, Server

DEADLINE_S = 2.0  # of an exchange with a server that never ends
PATIENCE_S = 30.0
WHO = "bench"
LONG = read(Path(__file__).parent / "held_out" / "validation.jsonl")[1]


@dataclass(frozen=True)
class Run:
    """One fault: seconds until feedback by the checks was stored, beside it and alone, and how the exchange ended."""

    fault: str
    seconds: float
    alone_s: float
    right: bool
    calls: int
    planned: int


class Bench:
    """A pipeline over a folder, whose judge can be changed."""

    def __init__(self, folder: Path) -> None:
        database = Database(f"sqlite:///{folder / 'coach.db'}")
        migrate(database)
        self.books = JudgeStore(database)
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
    def hand_in(practice: Practice, answer: str = LONG.answer) -> str:
        """An answer that waits to be rated."""
        attempt = practice.begin(WHO, Question.free(LONG.question), AnswerKind.TYPED)
        practice.hand_in(attempt.id, WHO, answer)
        return attempt.id

    def timed(self, judge: AnyJudge) -> float:
        """Seconds until feedback by the checks was stored."""
        practice = self.practice(judge)
        attempt = self.hand_in(practice)
        started = time.perf_counter()
        rated = practice.rate_by_checks(attempt, WHO)
        seconds = time.perf_counter() - started
        if rated.feedback is None or rated.feedback.state is FeedbackState.UNRATED:
            raise SystemExit("the checks gave no feedback")
        return seconds

    def run(self, fault: str, outcome: JudgeOutcome, planned: int) -> Run:
        """One fault."""
        with Server(good=reply()) as server:
            terms = Terms(deadline_s=DEADLINE_S if fault in SLOW else PATIENCE_S, waits_s=(0.1, 0.1))
            judge = Judge(Door(Endpoint.of(KEY, server.address, fault), terms))
            practice = self.practice(judge)
            earlier = self.hand_in(practice, ANSWER)  # that the server's reply is about
            practice.rate_by_checks(earlier, WHO)
            stuck = Completer(practice, self.books).ask(
                earlier, WHO
            )  # the exchange that must not hold up what comes next
            seconds = self.timed(judge)
            stuck.done.wait(PATIENCE_S)
            record = practice.get(earlier, WHO).judge
            ended = record is not None and record.outcome is outcome
            calls, tried_to_stream = len(server.bodies), fault in ENDINGS  # the background asks for a stream first
            return Run(fault, seconds, self.timed(NoJudge()), ended, calls, planned + tried_to_stream)


def main() -> None:
    """The faults, one after the other, or every so many of them."""
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--part", default="1/1", help="such as 2/3: the second third")
    part, of = map(int, wanted.parse_args().part.split("/"))
    escaped: list[str] = []
    threading.excepthook = lambda told: escaped.append(told.exc_type.__name__)
    plan = dict(list({**ENDINGS, **STREAMS, **SLOW}.items())[part - 1 :: of])
    runs: list[Run] = []
    print("fault\tseconds\talone\tratio\tcalls\tplanned")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        bench.timed(NoJudge())  # loads the models
        for fault, planned in plan.items():
            run = bench.run(fault, *planned)
            runs.append(run)
            note = "" if run.right else "\tWRONG OUTCOME"
            print(
                f"{run.fault}\t{run.seconds:.2f}\t{run.alone_s:.2f}\t{run.seconds / run.alone_s:.2f}\t{run.calls}\t{run.planned}{note}",
                flush=True,
            )
    ratios = [run.seconds / run.alone_s for run in runs]
    seconds = [run.seconds for run in runs]
    print(
        f"{len(runs)} faults, {sum(f in STREAMS or f.startswith('stream') for f in plan)} of them streams; wrong outcomes "
        f"{sum(not run.right for run in runs)}, exceptions that escaped {len(escaped)}, more calls than planned "
        f"{sum(run.calls > run.planned for run in runs)}"
    )
    print(
        f"seconds to feedback by the checks: median {statistics.median(seconds):.2f}, most {max(seconds):.2f}, over 2 s: "
        f"{sum(s > 2 for s in seconds)}; without a judge: median {statistics.median(run.alone_s for run in runs):.2f}, most "  # noqa: PLR2004
        f"{max(run.alone_s for run in runs):.2f}; ratio: median {statistics.median(ratios):.2f}, most {max(ratios):.2f}"
    )


if __name__ == "__main__":
    main()
