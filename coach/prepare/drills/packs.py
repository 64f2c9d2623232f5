"""Packs of exercises: one TOML file a drill in, exercises or a list of problems out."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from coach.bank import Problem
from coach.bank.toml_file import faults_of, first_few, read_toml
from coach.domain.exercise import OWN_KEY, Exercise
from coach.errors import BankError
from coach.prepare.drills import ALL, look
from coach.prepare.drills.cards import longest_and_shortest, unreached, without_end
from coach.prepare.drills.drill import Drill
from coach.prepare.drills.hard_scenarios import HardScenarios

FEWEST = 8  # exercises of a drill
FEWEST_SCENARIOS = 4
TURNS = (4, 6)  # cards one passes in a scenario before its end: the shortest way, and the longest
FEWEST_SETTINGS = 4

Packs = dict[str, tuple[Exercise, ...]]


def load_packs(folder: Path) -> Packs:
    """The exercises of every drill, by its key. Raises BankError with the first few problems if there are any."""
    packs, problems = read_packs(folder)
    if problems:
        faults = first_few([str(problem) for problem in problems])
        raise BankError(f"The drills cannot be used. {faults}. Correct the pack, then check it with: coach bank check")
    return packs


def read_packs(folder: Path) -> tuple[Packs, list[Problem]]:
    """The packs without problems, and everything that is wrong with the others."""
    packs: Packs = {}
    problems: list[Problem] = []
    for drill in ALL:
        file = folder / f"{drill.key}.toml"
        try:
            exercises, found = _read(file)
        except BankError as error:
            problems.append(Problem(file=file.name, text=str(error)))
            continue
        found += [] if found else _pack_problems(file.name, drill, exercises)
        problems += found
        if not found:
            packs[drill.key] = tuple(exercises)
    return packs, problems


def _read(file: Path) -> tuple[list[Exercise], list[Problem]]:
    raw = read_toml(file)
    tables = raw.get("exercises")
    if not isinstance(tables, list) or set(raw) - {"title", "exercises"}:
        return [], [Problem(file=file.name, text="must hold a title, and each exercise under its own [[exercises]]")]
    exercises: list[Exercise] = []
    problems: list[Problem] = []
    for number, table in enumerate(tables, 1):
        try:
            exercises.append(Exercise.model_validate(table))
        except ValidationError as error:
            problems += [
                Problem(file=file.name, question=_name(table, number), text=fault) for fault in faults_of(error)
            ]
    return exercises, problems


def _name(table: Any, number: int) -> str:
    key = table.get("key") if isinstance(table, dict) else None
    return key[:60] if isinstance(key, str) and key else f"exercise {number}"


def _pack_problems(file: str, drill: Drill, exercises: Sequence[Exercise]) -> list[Problem]:
    scenarios = isinstance(drill, HardScenarios)
    fewest = FEWEST_SCENARIOS if scenarios else FEWEST
    problems = []
    if len(exercises) < fewest:
        problems.append(Problem(file=file, text=f"holds {len(exercises)} exercises; a drill needs {fewest}"))
    if len({exercise.setting for exercise in exercises}) < FEWEST_SETTINGS:
        problems.append(Problem(file=file, text=f"needs exercises from at least {FEWEST_SETTINGS} settings"))
    for key, times in Counter(exercise.key for exercise in exercises).items():
        if times > 1:
            problems.append(Problem(file=file, question=key, field="key", text="is used twice"))
    for exercise in exercises:
        faults = _scenario_faults(exercise) if scenarios else _exercise_faults(exercise)
        problems += [Problem(file=file, question=exercise.key, text=fault) for fault in faults]
    return problems


def _exercise_faults(exercise: Exercise) -> Iterator[str]:
    if exercise.key == OWN_KEY:
        yield f"the key {OWN_KEY} is kept for the candidate's own words"
    if exercise.setting is None:
        yield "setting: is missing"
    if not exercise.good.strip():
        yield "good: is missing; a good answer is shown after one's own"
    if not exercise.facts:
        yield "facts: is missing"


def _scenario_faults(exercise: Exercise) -> Iterator[str]:
    """What is wrong with the cards: dead ends, cards nobody comes to, a way round in circles, too few turns."""
    if not exercise.cards:
        yield "cards: is missing"
        return
    keys = [card.key for card in exercise.cards]
    yield from (f"card {key}: is used twice" for key, times in Counter(keys).items() if times > 1)
    dead = [(card.key, branch.next) for card in exercise.cards for branch in card.branches if branch.next not in keys]
    yield from (f"card {key}: next: there is no card {to}" for key, to in dead)
    if dead:
        return
    yield from (f"card {key}: nothing leads there" for key in unreached(exercise))
    stuck = without_end(exercise)
    yield from (f"card {key}: leads round in a circle, or to no end" for key in stuck)
    if not stuck:
        longest, shortest = longest_and_shortest(exercise)
        if shortest < TURNS[0] or longest > TURNS[1]:
            yield f"has {shortest} to {longest} turns to its end; {TURNS[0]} to {TURNS[1]} are wanted"
    if not any(card.reply for card in exercise.cards):
        yield "has no card that asks for words"
    if not exercise.person:
        yield "person: is missing; a role-play needs to know who the other person is"


def unmet(packs: Packs) -> Iterator[Problem]:
    """Good answers that do not meet what their own drill looks for. Loads the models."""
    for drill in ALL:
        for exercise in packs.get(drill.key, ()):
            replies = [exercise.at_card(card.key) for card in exercise.cards if card.reply]
            for one in replies or [exercise]:
                outcome = look(drill, one, one.good)
                faults = [f"{seen.name}: {seen.why}" for seen in outcome.observations if seen.met is not True]
                faults += [outcome.unrated] if outcome.unrated else []
                yield from (
                    Problem(
                        file=f"{drill.key}.toml", question=one.key, field="good", text=f"is not good enough: {fault}"
                    )
                    for fault in faults
                )


def problems_of(folder: Path) -> list[Problem]:
    """Everything that is wrong with the packs of a folder; good answers are looked at once every pack keeps the rules."""
    packs, problems = read_packs(folder)
    return problems or list(unmet(packs))
