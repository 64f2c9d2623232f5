"""Drills: short exercises on one skill, looked at by the same parts that rate answers.

Adding a drill: a module with a frozen dataclass of the shape `coach.prepare.drills.drill.Drill`, a pack of exercises in
``question_bank/drills/``, and a line in `ALL`. See docs/drills.md.
"""

from collections.abc import Sequence

from coach.checks import Checks
from coach.checks.heads import load
from coach.checks.prepared import Prepared
from coach.checks.readable import why_unreadable
from coach.domain.drill import Outcome
from coach.domain.exercise import Exercise
from coach.domain.question import Question
from coach.errors import BankError
from coach.prepare.drills.de_identify import DeIdentify
from coach.prepare.drills.drill import Drill
from coach.prepare.drills.facts import all_said, meanings
from coach.prepare.drills.hard_scenarios import HardScenarios
from coach.prepare.drills.just_facts import JustFacts
from coach.prepare.drills.plain_language import PlainLanguage
from coach.prepare.drills.result_ladder import ResultLadder
from coach.prepare.drills.smart_goal import SmartGoal

__all__ = ["ALL", "Drill", "drill_of", "look"]

ALL: tuple[Drill, ...] = (
    PlainLanguage(),
    DeIdentify(),
    JustFacts(),
    SmartGoal(),
    ResultLadder(),
    HardScenarios(),
)


_THE_NOTE = "This is the note itself, or nearly. Say it in your own words."
_ELSEWHERE = (
    "Nothing here seems to be about this exercise. Read it once more; if you meant it, say it closer to what is given."
)
_NEAR = (
    0.33  # likeness to anything of the exercise: good answers have 0.67 and more, texts on other things 0.38 at most
)
_COPIED = 0.98  # share of words that stand in the note; who takes only the names out keeps up to nineteen in twenty


def _copied(text: str, given: str) -> bool:
    words, known = text.lower().split(), set(given.lower().split())
    return bool(words) and sum(word in known for word in words) / len(words) >= _COPIED


def drill_of(key: str) -> Drill:
    """The drill with this key. Raises BankError."""
    found = next((drill for drill in ALL if drill.key == key), None)
    if found is None:
        raise BankError("There is no such drill. Choose one from the list of drills.")
    return found


def look(drill: Drill, exercise: Exercise, text: str, own_names: Sequence[str] = ()) -> Outcome:
    """What a drill sees in a text; unrated where there is too little of it, or nothing the checks can read."""
    problem = why_unreadable(Checks.without_addressed(text), drill.fewest_words, "Say a little more.")
    if problem:
        return Outcome(unrated=problem)
    if _copied(text, exercise.given):
        return Outcome(unrated=_THE_NOTE)
    answer = Prepared.of(text, Question.free(exercise.given), load(), own_names)
    return Outcome(
        observations=drill.look(exercise, answer), remark=_ELSEWHERE if _is_elsewhere(exercise, answer) else ""
    )


def _is_elsewhere(exercise: Exercise, answer: Prepared) -> bool:
    """Whether no sentence of an answer is like anything of its exercise."""
    return float((answer.vectors @ meanings(all_said(exercise)).T).max()) < _NEAR
