"""Scenarios as cards: values in, values out. A press leads on once; a press that comes late changes nothing."""

from collections.abc import Iterable
from datetime import datetime

from coach.domain.drill import Run, Step, Try
from coach.domain.exercise import Branch, Exercise


def begin(run_id: str, candidate: str, scenario: Exercise, now: datetime) -> Run:
    """A scenario at its first card."""
    return Run(id=run_id, candidate=candidate, scenario=scenario, created_at=now, at=scenario.cards[0].key)


def choose(run: Run, card: str, number: int, now: datetime) -> Run:
    """Take one of a card's choices."""
    if run.at != card or number >= len(run.card.choices):
        return run
    choice = run.card.choices[number]
    return _on(run, Step(card=card, did=choice.text, then=choice.then), choice, now)


def reply(run: Run, one: Try, now: datetime) -> Run:
    """Go on with what was said in a try, as it was looked at; what the candidate claims to have said counts for where it leads, too."""
    asks = run.card.reply
    if run.at != one.card or asks is None or one.outcome is None or one.outcome.unrated:
        return run
    well = one.outcome.met + len(one.claims) >= asks.enough
    branch = asks.well if well else asks.badly
    return _on(run, Step(card=one.card, did=one.text, then=branch.then, reply=one.id, well=well), branch, now)


def pass_by(run: Run, card: str, now: datetime) -> Run:
    """Leave a card that asks for words without any: it goes on as if the good reply had been given, and nothing is rated."""
    asks = run.card.reply
    if run.at != card or asks is None:
        return run
    return _on(run, Step(card=card, did="Passed by.", then=asks.well.then), asks.well, now)


def _on(run: Run, step: Step, branch: Branch, now: datetime) -> Run:
    moved = run.model_copy(update={"steps": (*run.steps, step), "at": branch.next})
    return moved.model_copy(update={"finished_at": now}) if moved.card.ending else moved


# ── whether every way leads to an end ─────────────────────────────────────────────────────────────────────────────


def _leads(scenario: Exercise) -> dict[str, tuple[str, ...]]:
    return {card.key: tuple(branch.next for branch in card.branches) for card in scenario.cards}


def unreached(scenario: Exercise) -> list[str]:
    """The cards that no way from the first one leads to."""
    leads, seen, todo = _leads(scenario), set[str](), [scenario.cards[0].key]
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo += leads[key]
    return [key for key in leads if key not in seen]


def without_end(scenario: Exercise) -> list[str]:
    """The cards from which some way never comes to an end."""
    leads = _leads(scenario)
    ends = {card.key for card in scenario.cards if card.ending}
    while more := {key for key, to in leads.items() if key not in ends and to and all(one in ends for one in to)}:
        ends |= more
    return [key for key in leads if key not in ends]


def longest_and_shortest(scenario: Exercise) -> tuple[int, int]:
    """How many cards one passes from the first to an end, on the longest way and on the shortest. The cards must lead to ends."""
    leads, first = _leads(scenario), scenario.cards[0].key
    return _turns(leads, first, longest=True), _turns(leads, first, longest=False)


def _turns(leads: dict[str, tuple[str, ...]], key: str, *, longest: bool) -> int:
    ways: Iterable[int] = (_turns(leads, to, longest=longest) for to in leads[key])
    pick = max if longest else min
    return 1 + pick(ways) if leads[key] else 0
