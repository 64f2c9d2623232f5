"""Simulated learners, few and fixed: the plan finds their weak skills. The figures are in docs/learning.md."""

from bench.learning import Outcome, difference, month, ways
from coach.bank import load_bank
from coach.resources import question_bank

SEEDS = range(0, 50, 10)


def test_the_plan_brings_weak_skills_up_faster_than_drawing_at_random() -> None:
    choosing = ways(load_bank(question_bank()))
    ends = {name: [Outcome.of(month(choosing[name], seed)) for seed in SEEDS] for name in ("plan", "random")}
    ahead, half = difference([one.weak for one in ends["plan"]], [one.weak for one in ends["random"]])
    assert ahead > half
    assert Outcome.of(month(choosing["plan"], SEEDS[0])) == ends["plan"][0], "the same learner, the same month"
