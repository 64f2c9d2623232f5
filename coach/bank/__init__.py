"""From TOML packs to questions: reading and checking packs, choosing what comes next, the rubric, the demo answers."""

from coach.bank.choose import next_question
from coach.bank.demo import DemoAnswer, load_demo_answers
from coach.bank.packs import Bank, Problem, load_bank, read_packs
from coach.bank.rubric import load_rubric

__all__ = [
    "Bank",
    "DemoAnswer",
    "Problem",
    "load_bank",
    "load_demo_answers",
    "load_rubric",
    "next_question",
    "read_packs",
]
