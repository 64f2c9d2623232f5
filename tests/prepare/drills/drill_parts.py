"""Looking at a text as a drill does, and asking what it saw."""

import functools

from coach.domain.drill import Observation, Outcome
from coach.domain.exercise import Exercise
from coach.prepare.drills import drill_of, look
from coach.prepare.drills.packs import load_packs
from coach.resources import question_bank


@functools.cache
def packs() -> dict[str, tuple[Exercise, ...]]:
    return load_packs(question_bank() / "drills")


def exercise(drill: str, key: str) -> Exercise:
    return next(one for one in packs()[drill] if one.key == key)


def seen(drill: str, one: Exercise | str, text: str) -> Outcome:
    return look(drill_of(drill), exercise(drill, one) if isinstance(one, str) else one, text)


def saw(outcome: Outcome, name: str) -> Observation:
    return next(one for one in outcome.observations if one.name == name)


def quotes(outcome: Outcome, name: str) -> set[str]:
    return {mark.span.quote for mark in saw(outcome, name).evidence}


def unmet(outcome: Outcome) -> set[str]:
    return {one.name for one in outcome.observations if one.met is False}
