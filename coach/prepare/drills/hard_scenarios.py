"""Hard scenarios: a crisis, a report one must make, an angry family, a quarrel with a provider; each reply looked at for what it does."""

from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise, Fact
from coach.domain.question import Competency
from coach.domain.span import Span
from coach.prepare.drills.acts import done_by
from coach.prepare.drills.facts import Stretches
from coach.prepare.drills.phrases import listed, places, quotations


@dataclass(frozen=True)
class HardScenarios:
    """What a good reply at this card does, and what it must not say."""

    key: str = "hard-scenarios"
    name: str = "Hard scenarios"
    skill: Competency = Competency.CRISIS
    task: str = "Walk through a hard moment card by card. Some cards give you choices; at others you say, in your own words, what you would say."
    limit_s: int | None = None
    fewest_words: int = 8
    facts_given: bool = False
    takes_own: bool = False

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """One observation for each thing a good reply does, and one on what it avoids."""
        stretches = Stretches.of(answer)
        return (*(_act(fact, done_by(stretches, fact)) for fact in exercise.facts), _respect(exercise, answer))


def _act(fact: Fact, words: Span | None) -> Observation:
    if words:
        return Observation(name=fact.text, met=True, why="These words do it.", evidence=(Mark(span=words),))
    example = f"It was not found. For example: “{fact.ways[0]}”" if fact.ways else "It was not found."
    return Observation(name=fact.text, met=False, why=example, absent=True, claimable=True)


def _respect(exercise: Exercise, answer: Prepared) -> Observation:
    quoted = quotations(answer.text)
    marks = [
        Mark(span=span, note=f"{one.why}{f' Say: {one.instead}' if one.instead else ''}")
        for one in exercise.avoid
        for span in places(answer.text, one.words)
    ]
    marks += [
        Mark(span=span, note="a word that judges")
        for span in places(answer.text, listed("judgements"))
        if not any(q.start <= span.start < q.end for q in quoted)
    ]
    marks.sort(key=lambda mark: mark.span.start)
    return Observation(
        name="Nothing that makes it worse",
        met=not marks,
        why="Some words here may make it worse." if marks else "No word of those that make it worse.",
        evidence=tuple(marks),
        absent=not marks,
    )
