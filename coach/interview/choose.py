"""Which questions an interview asks."""

import random
from collections.abc import Sequence
from datetime import datetime

from coach.bank import Bank, next_question
from coach.domain.interview import Asked, SetUp
from coach.domain.question import Kind, Question
from coach.errors import BankError

_OPENING = Kind.GENERAL  # a mixed interview begins with a general question, as most real ones do


def choose(
    bank: Bank, set_up: SetUp, history: Sequence[tuple[str, datetime]], rng: random.Random
) -> tuple[Question, ...]:
    """The questions of an interview, in order: those of a guide and no others, or those that were given, then fresh ones that fit.

    Fresh ones are the setting's first. No question comes twice; where the bank has fewer that fit, the interview is shorter.
    Raises BankError where none fits, or where a given question is not in the bank.
    """
    if set_up.asked:
        return tuple(_as_wanted(bank, one) for one in set_up.asked)
    chosen = [bank.get(key) for key in dict.fromkeys(set_up.keys)][: set_up.questions]
    opening = set_up.kind is None and not chosen and set_up.questions > 1
    while len(chosen) < set_up.questions:
        kind = _OPENING if opening and not chosen else set_up.kind
        fitting = _left(bank, set_up, kind, chosen) or _left(bank, set_up, set_up.kind, chosen)
        if not fitting:
            break
        own = [q for q in fitting if set_up.setting in q.settings]
        chosen.append(next_question(own or fitting, history, rng))
    if not chosen:
        raise BankError("No question in the bank fits this choice. Choose another kind.")
    return tuple(chosen)


def _as_wanted(bank: Bank, wish: Asked) -> Question:
    """A question in the version somebody chose it in, with the follow-ups they want. Raises BankError where it is gone."""
    question = bank.asked(wish.key, wish.version) or bank.get(wish.key)
    return question.model_copy(update={"probes": wish.probes}) if wish.probes else question


def _left(bank: Bank, set_up: SetUp, kind: Kind | None, chosen: Sequence[Question]) -> list[Question]:
    """Questions of a kind that are not chosen yet: those asked anywhere, and those of the setting."""
    return [
        q
        for q in bank.find(kind=kind)
        if q not in chosen and (set_up.setting is None or not q.settings or set_up.setting in q.settings)
    ]
