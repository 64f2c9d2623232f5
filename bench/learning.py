"""Simulated learners: does the plan bring weak skills up faster than drawing questions at random?

usage: python -m bench.learning [LEARNERS]     puts the figures into docs/learning.md

The learners are a stated model, not people: see ``Learner``. The planning is the product's own (``coach.prepare.plan``), over its own bank; it
sees the learners' rated answers and nothing else.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import exp, sqrt
from pathlib import Path
from statistics import mean, stdev

from coach.bank import Bank, load_bank, load_rubric, next_question
from coach.domain.attempt import Level
from coach.domain.question import Competency, Question
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.prepare.plan.look import history_of, look_at
from coach.prepare.plan.questions import OpenQuestions
from coach.prepare.plan.week import offers_of
from coach.resources import question_bank

TARGET = Path(__file__).resolve().parents[1] / "docs" / "learning.md"
START = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAYS, A_DAY, WEAKEST = 28, 2, 4
START_MEAN, START_SPREAD = 2.6, 0.7
GAIN = (0.06, 0.16)  # share of what is missing to 5 that one answer brings, between learners
FADE_DAYS = 12.0  # time constant of fading after one answer; it grows with each further one
NOISE, UNRATED, PRACTISES = 0.6, 0.1, 0.7


@dataclass
class Learner:
    """Skills of 1-5, one a competency, that grow with practice and fade without.

    An answer to a question brings each competency it asks for nearer to 5 by a share of what is missing. Overnight each skill falls back
    towards where it began, the slower the more often it was practised. A rating is the mean of the question's skills, with an offset for
    each criterion and noise, rounded; one in ten is unrated. Learners come on seven days of ten.
    """

    rng: random.Random
    skills: dict[Competency, float] = field(init=False)
    begun: dict[Competency, float] = field(init=False)
    practised: Counter[Competency] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.begun = {c: min(4.5, max(1.0, self.rng.gauss(START_MEAN, START_SPREAD))) for c in Competency}
        self.skills = dict(self.begun)
        self.gain = self.rng.uniform(*GAIN)
        self.offsets = {c: self.rng.gauss(0, 0.3) for c in Criterion}

    @property
    def weak(self) -> list[Competency]:
        """The competencies that were weakest at the start."""
        return sorted(Competency, key=lambda c: self.begun[c])[:WEAKEST]

    def answer(self, question: Question, at: datetime, number: int) -> list[Level]:
        """Answer, learn from it, and be rated."""
        shown = mean(self.skills[c] for c in question.competencies)
        for c in question.competencies:
            self.skills[c] += self.gain * (5 - self.skills[c])
            self.practised[c] += 1
        return [
            Level(
                attempt=str(number),
                at=at,
                question_key=question.key,
                question_text=question.text,
                criterion=criterion,
                level=min(5, max(1, round(shown + self.offsets[criterion] + self.rng.gauss(0, NOISE)))),
                by=Rater.CHECKS,
                rubric="1",
                competencies=question.competencies,
                demo=False,
            )
            for criterion in Criterion
            if self.rng.random() >= UNRATED
        ]

    def sleep(self) -> None:
        """A night passes."""
        for c, skill in self.skills.items():
            left = exp(-1 / (FADE_DAYS * (1 + self.practised[c])))
            self.skills[c] = self.begun[c] + (skill - self.begun[c]) * left


@dataclass
class Past:
    """What a way of choosing may know: what was rated, and what was asked when."""

    seed: str
    levels: list[Level] = field(default_factory=list)
    asked: list[tuple[str, datetime]] = field(default_factory=list)


Choose = Callable[[Past, datetime, random.Random], Question]


def ways(bank: Bank) -> dict[str, Choose]:
    """The plan, and what it is compared with."""
    source = OpenQuestions(bank, load_rubric())
    asking = {c: [q for q in bank.questions if c in q.competencies] for c in Competency}

    def planned(past: Past, now: datetime, _: random.Random) -> Question:
        return bank.get(offers_of([source], look_at(past.seed, history_of(past.levels), now))[0].item.ref)

    def drawn(_: Past, __: datetime, rng: random.Random) -> Question:
        return rng.choice(bank.questions)

    def longest_ago(past: Past, _: datetime, rng: random.Random) -> Question:
        return next_question(bank.questions, past.asked, rng)

    def in_turn(past: Past, _: datetime, rng: random.Random) -> Question:
        turn = list(Competency)[len(past.asked) % len(Competency)]
        return next_question(asking[turn], past.asked, rng)

    return {"plan": planned, "random": drawn, "longest ago": longest_ago, "each competency in turn": in_turn}


def month(choose: Choose, seed: int) -> Learner:
    """A learner after four weeks of one way of choosing. The same seed is the same learner, coming on the same days."""
    learner, rng, days = Learner(random.Random(seed)), random.Random(seed + 1), random.Random(seed + 2)  # noqa: S311
    past = Past(seed=str(seed))
    for day in range(DAYS):
        comes = days.random() < PRACTISES
        for n in range(A_DAY if comes else 0):
            now = START + timedelta(days=day, minutes=15 * n)
            question = choose(past, now, rng)
            past.levels += learner.answer(question, now, len(past.asked))
            past.asked.append((question.key, now))
        learner.sleep()
    return learner


@dataclass(frozen=True)
class Outcome:
    """How one learner stands in the end: the skills that were weakest at the start, the lowest of all, the mean of all."""

    weak: float
    lowest: float
    all: float

    @classmethod
    def of(cls, learner: Learner) -> "Outcome":
        """Of the learner's true skills, not of what was rated."""
        skills = learner.skills
        return cls(mean(skills[c] for c in learner.weak), min(skills.values()), mean(skills.values()))


def run(bank: Bank, learners: int) -> dict[str, list[Outcome]]:
    """Every way of choosing with the same learners."""
    return {name: [Outcome.of(month(way, 10 * n)) for n in range(learners)] for name, way in ways(bank).items()}


def difference(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float]:
    """Mean difference, learner by learner, and the half width of its 95 % interval."""
    pairs = [a - b for a, b in zip(ours, theirs, strict=True)]
    return mean(pairs), 1.96 * stdev(pairs) / sqrt(len(pairs))


PARTS = {"weak": "the four weakest at the start", "lowest": "the lowest of all", "all": "all sixteen"}
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def table(outcomes: dict[str, list[Outcome]], begun: Outcome) -> list[str]:
    """Means in the end for each way, and what the plan has over it with its interval."""
    lines = [f"| way of choosing | {' | '.join(PARTS.values())} |", "|---|---|---|---|"]
    lines.append(f"| before the first answer | {' | '.join(f'{getattr(begun, part):.2f}' for part in PARTS)} |")
    for name, found in outcomes.items():
        cells = []
        for part in PARTS:
            theirs = [getattr(one, part) for one in found]
            ahead, half = difference([getattr(one, part) for one in outcomes["plan"]], theirs)
            over = "" if name == "plan" else f" (plan {ahead:+.2f} ± {half:.2f})"
            cells.append(f"{mean(theirs):.2f}{over}")
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def before(learners: int) -> Outcome:
    """The mean learner before the first answer."""
    fresh = [Outcome.of(Learner(random.Random(10 * n))) for n in range(learners)]  # noqa: S311
    return Outcome(*(mean(getattr(one, part) for one in fresh) for part in PARTS))


def main() -> None:
    """Run it, and put the figures into the page."""
    learners = int(sys.argv[1]) if sys.argv[1:] else 200
    outcomes = run(load_bank(question_bank()), learners)
    lines = [f"{learners} learners, {DAYS} days.", "", *table(outcomes, before(learners))]
    print(*lines, sep="\n")
    page = TARGET.read_text("utf-8")
    head, rest = page.split(BEGIN)
    tail = rest.split(END)[1]
    TARGET.write_text("\n".join([head + BEGIN, "", *lines, "", END + tail]), encoding="utf-8")


if __name__ == "__main__":
    main()
