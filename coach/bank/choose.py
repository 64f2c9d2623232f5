"""Which question comes next."""

import random
from collections.abc import Sequence
from datetime import datetime

from coach.bank.packs import Bank
from coach.domain.question import Competency, Kind, Question
from coach.errors import BankError


def next_question(
    bank: Bank,
    history: Sequence[tuple[str, datetime]],
    rng: random.Random,
    kind: Kind | None = None,
    competency: Competency | None = None,
) -> Question:
    """A question that was never asked, or else the one that was asked longest ago; by chance among equals.

    The one that was asked last comes again only if no other fits.

    Args:
        bank: where the questions come from.
        history: which question (its key) was asked when, in any order; keys that are not in the bank are passed over.
        rng: chooses among equals.
        kind: only questions of this kind.
        competency: only questions that show this competency.

    Raises:
        BankError: no question fits.
    """
    fitting = bank.find(kind, competency)
    if not fitting:
        raise BankError("No question in the bank fits this choice. Choose another kind or another competency.")
    asked: dict[str, datetime] = {}
    last = ""
    for key, when in sorted(history, key=lambda entry: entry[1]):
        asked[key] = when
        last = key
    if fresh := [question for question in fitting if question.key not in asked]:
        return rng.choice(fresh)
    others = [question for question in fitting if question.key != last] or list(fitting)
    longest_ago = min(asked[question.key] for question in others)
    return rng.choice([question for question in others if asked[question.key] == longest_ago])
