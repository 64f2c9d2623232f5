"""De-identify: tell a case without anything that gives the client away, and so that it is still a case."""

from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise
from coach.domain.question import Competency
from coach.prepare.drills.facts import Stretches, kept
from coach.prepare.drills.phrases import places


@dataclass(frozen=True)
class DeIdentify:
    """Names and numbers, telling details, and the substance of the case."""

    key: str = "de-identify"
    name: str = "De-identify"
    skill: Competency = Competency.ETHICS
    task: str = "Tell this case as you would in an interview: nobody may find out who it is, and the point of it must still be clear."
    limit_s: int | None = None
    fewest_words: int = 20
    facts_given: bool = False
    takes_own: bool = False

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """Three observations."""
        return (
            _names(answer),
            _details(exercise, answer),
            kept(
                "Still a case",
                exercise.facts,
                Stretches.of(answer),
                good="What the case is about is all there.",
                bad="Part of the case itself went, too.",
            ),
        )


def _names(answer: Prepared) -> Observation:
    found = [one for one in answer.identifiers if one.direct or one.narrows]  # who may be a colleague may stay
    return Observation(
        name="No names, numbers or dates",
        met=not found,
        why=f"{len(found)} here could identify the client, or help to."
        if found
        else "No name, address, number or date is left.",
        evidence=tuple(Mark(span=one.span, note=f"{one.why}; say: {one.suggestion}") for one in found),
        absent=not found,
    )


def _details(exercise: Exercise, answer: Prepared) -> Observation:
    marks = [
        Mark(span=span, note=f"{one.why}{f'; say: {one.instead}' if one.instead else ''}")
        for one in exercise.avoid
        for span in places(answer.text, one.words)
    ]
    taken = [(mark.span.start, mark.span.end) for mark in marks]
    for bundle in answer.bundles:
        span = bundle.span(answer.text)
        if bundle.over and all(span.end <= start or span.start >= end for start, end in taken):
            marks.append(Mark(span=span, note=f"{bundle.why}; say: {bundle.suggestion}"))
    marks.sort(key=lambda mark: mark.span.start)
    return Observation(
        name="No telling details",
        met=not marks,
        why="People nearby could tell who this is."
        if marks
        else "None of the details that would tell who it is are left.",
        evidence=tuple(marks),
        absent=not marks,
    )
