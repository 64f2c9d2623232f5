"""Which question comes next."""

import random
from collections.abc import Sequence
from datetime import datetime

from coach.domain.question import Question
from coach.errors import BankError


def next_question(
    questions: Sequence[Question], history: Sequence[tuple[str, datetime]], rng: random.Random
) -> Question:
    """A question that was never asked, or else the one that was asked longest ago; by chance among equals.

    The one that was asked last comes again only if there is no other.

    Args:
        questions: what to choose from.
        history: which question (its key) was asked when, in any order; keys that are not among the questions are passed over.
        rng: chooses among equals.

    Raises:
        BankError: there is nothing to choose from.
    """
    if not questions:
        raise BankError("No question in the bank fits this choice. Ask for less at once.")
    asked: dict[str, datetime] = {}
    last = ""
    for key, when in sorted(history, key=lambda entry: entry[1]):
        asked[key] = when
        last = key
    if fresh := [question for question in questions if question.key not in asked]:
        return rng.choice(fresh)
    others = [question for question in questions if question.key != last] or list(questions)
    longest_ago = min(asked[question.key] for question in others)
    return rng.choice([question for question in others if asked[question.key] == longest_ago])
