"""Result ladder: a vague result lifted rung by rung, as the checks see an outcome, with no number that was not given."""

import re
from dataclasses import dataclass

from coach.checks.heads import Tag
from coach.checks.prepared import Prepared
from coach.checks.rate import rate
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise
from coach.domain.question import Competency
from coach.domain.rating import Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.prepare.drills.figures import figures
from coach.prepare.drills.quantities import follows, quantities

_COMPARED = 5  # the rung of a comparison
_BESIDE = re.compile(
    r"\b(?:from\b.+\bto|compared (?:with|to)|instead of|down from|up from|rather than|(?:more|less|fewer) than|against|used to|"
    r"(?:the \w+|\w+s?) before|had been)\b",
    re.IGNORECASE,
)
Rung = tuple[int, str, tuple[Tag, ...], str]

_RUNGS: tuple[Rung, ...] = (
    (2, "A result", (Tag.VAGUE, Tag.OBSERVED, Tag.COUNTED, Tag.BASELINE), "Say what came of it."),
    (
        3,
        "One that can be checked",
        (Tag.OBSERVED, Tag.COUNTED, Tag.BASELINE),
        "Say what somebody else could see or look up.",
    ),
    (4, "Counted or timed", (Tag.COUNTED, Tag.BASELINE), "Say how many, how much or how long."),
    (5, "Against what was before", (Tag.BASELINE,), "Set the figure beside what it was before, or a period."),
)


@dataclass(frozen=True)
class ResultLadder:
    """The rungs reached, and whether every number was given."""

    key: str = "result-ladder"
    name: str = "Result ladder"
    skill: Competency = Competency.OUTCOMES
    task: str = "Lift this result one rung: to what one can check, then count, then compare. Use the facts given, and no number besides."
    limit_s: int | None = None
    fewest_words: int = 5
    facts_given: bool = True
    takes_own: bool = True

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """Four rungs, and one observation on the numbers."""
        rating = next(one for one in rate(answer) if one.criterion is Criterion.OUTCOME)
        rungs = tuple(_rung(answer, rating, rung) for rung in _RUNGS)
        return (*rungs, _given(exercise, answer.text))


def _rung(answer: Prepared, rating: Rating, rung: Rung) -> Observation:
    """A rung is reached where a sentence shows it, or where the whole is rated as high as that."""
    level, name, tags, how = rung
    hoped = answer.showing(Tag.CONDITIONAL)
    shown = [span for tag in tags for span in answer.showing(tag) if span not in hoped]
    if level == _COMPARED and not shown:
        shown = [span for span in answer.showing(Tag.COUNTED) if _compares(span)]
    if not shown and rating.level is not None and rating.level >= level:
        shown = [span for span in rating.evidence if span not in hoped]
    if not shown:
        return Observation(name=name, met=False, why=how, absent=True)
    marks = tuple(Mark(span=span) for span in dict.fromkeys(shown[:2]))
    return Observation(name=name, met=True, why="These words show it.", evidence=marks)


def _compares(sentence: Span) -> bool:
    """Whether a sentence sets one figure beside another: the head is strict, and a plain "from 4 to 20" needs no head."""
    return len(figures(sentence.quote)) > 1 and bool(_BESIDE.search(sentence.quote))


def _given(exercise: Exercise, text: str) -> Observation:
    name = "No number invented"
    given = quantities("\n".join([exercise.given, *(fact.text for fact in exercise.facts)]))
    said = quantities(text)
    new = [one.span for one in said if not follows(one, given)]
    if new:
        marks = tuple(Mark(span=span, note="this was not given, and does not follow from what was") for span in new)
        why = "A number here is invented. In an interview, say less rather than that: you will be asked how you know."
        return Observation(name=name, met=False, why=why, evidence=marks)
    if not said:
        return Observation(name=name, met=None, why="There is no number here, so there is nothing to say of it.")
    marks = tuple(Mark(span=one.span, note="given, or follows from it") for one in said)
    return Observation(
        name=name, met=True, why="Every number was given, or follows from those that were.", evidence=marks
    )
