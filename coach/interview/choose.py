"""Which questions an interview asks."""

import random
from collections.abc import Sequence
from datetime import datetime

from coach.bank import Bank, next_question
from coach.domain.interview import Setting, SetUp
from coach.domain.question import Competency, Kind, Question
from coach.errors import BankError

C = Competency

LEANS: dict[Setting, frozenset[Competency]] = {
    Setting.ANY: frozenset(),
    Setting.HOSPITAL: frozenset((C.COORDINATION, C.PLANNING, C.CRISIS, C.COMMUNICATION, C.TEAMWORK)),
    Setting.COMMUNITY: frozenset((C.ASSESSMENT, C.COORDINATION, C.CULTURE, C.ENGAGEMENT, C.ORGANISATION)),
    Setting.HOUSING: frozenset((C.ADVOCACY, C.ENGAGEMENT, C.CRISIS, C.PROBLEM_SOLVING)),
    Setting.BEHAVIOURAL_HEALTH: frozenset((C.CRISIS, C.ENGAGEMENT, C.EMPATHY, C.ETHICS, C.RESILIENCE)),
    Setting.CHILD_WELFARE: frozenset((C.ETHICS, C.DOCUMENTATION, C.CULTURE, C.RESILIENCE, C.CRISIS)),
    Setting.INSURANCE: frozenset((C.OUTCOMES, C.ADVOCACY, C.DOCUMENTATION, C.ORGANISATION, C.COMMUNICATION)),
}  # what employers of each kind ask about most; a preference, never a rule
_OPENING = Kind.GENERAL  # a mixed interview begins with a general question, as most real ones do


def choose(
    bank: Bank, set_up: SetUp, history: Sequence[tuple[str, datetime]], rng: random.Random
) -> tuple[Question, ...]:
    """The questions of an interview, in order: those that were given, then fresh ones that fit, the setting's first.

    No question comes twice; where the bank has fewer that fit, the interview is shorter. Raises BankError where none fits, or where a
    given question is not in the bank.
    """
    chosen = [bank.get(key) for key in dict.fromkeys(set_up.keys)][: set_up.questions]
    opening = set_up.kind is None and not chosen and set_up.questions > 1
    while len(chosen) < set_up.questions:
        left = _without(bank, chosen)
        fitting = left.find(kind=_OPENING if opening and not chosen else set_up.kind) or left.find(kind=set_up.kind)
        if not fitting:
            break
        leaning = [q for q in fitting if LEANS[set_up.setting] & set(q.competencies)]
        chosen.append(next_question(_only(bank, leaning or fitting), history, rng))
    if not chosen:
        raise BankError("No question in the bank fits this choice. Choose another kind.")
    return tuple(chosen)


def _without(bank: Bank, taken: Sequence[Question]) -> Bank:
    return _only(bank, [q for q in bank.questions if q not in taken])


def _only(bank: Bank, questions: Sequence[Question]) -> Bank:
    kept = {q.key for q in questions}
    packs = (p.model_copy(update={"questions": tuple(q for q in p.questions if q.key in kept)}) for p in bank.packs)
    return Bank(packs=tuple(packs))
