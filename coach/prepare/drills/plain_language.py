"""Plain language: a note full of the trade's words, said so that a client or family understands it and knows what to do."""

import re
from dataclasses import dataclass

from coach.checks.prepared import Prepared
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise, Role
from coach.domain.question import Competency
from coach.domain.span import Span
from coach.prepare.drills.facts import Stretches, kept
from coach.prepare.drills.figures import figures
from coach.prepare.drills.grade import grade, hard_words, punctuated
from coach.prepare.drills.phrases import instead_of, listed, places

EASY = 8.0  # school grade; health writing for everybody is to stay at or below it (U.S. National Institutes of Health ask for 6 to 8)
_EXPLAINED = re.compile(
    r"^\W*(?:\(|that is\b|that means|which means|meaning\b|in other words|or,|or “|which is|that’s|it means)",
    re.IGNORECASE,
)
_EXPLAINS = re.compile(
    r"(?:they call|called|is called|known as|the word is|doctors say|write|named) (?:it |this |that )?(?:a |an |the )?[\"“]?$",
    re.IGNORECASE,
)
_DO = (
    r"(?:call|ring|phone|come|bring|take|keep|go|ask|tell|let|sign|fill|send|stop|start|check|write|weigh|eat|drink|rest|show|pick|get|make|"
    r"please|see|use|talk|wait|meet|answer|mail|give|read|look|stay|try|hold|put|choose|book|return|drop|wear|test|measure|text)"
)
_TO_THE_CLIENT = re.compile(
    rf"\b(?:you|we|she|he|they) (?:\w+ )?(?:need|have|can|will|should|must|may|could)\b|\byou’ll\b|\byou'll\b|\byour (?:next step|part|job|turn)\b"
    rf"|\bi(?:’d|'d| would) (?:like|ask|want) you\b|(?:^|[,;:] |\b(?:and|then|so|please|just|also|first|next|or) ){_DO}\b",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class PlainLanguage:
    """Jargon left, reading grade, meaning kept, and what to do next."""

    key: str = "plain-language"
    name: str = "Plain language"
    skill: Competency = Competency.COMMUNICATION
    task: str = "Say this note to the client, in words anybody understands. Keep every fact, and say what to do next."
    limit_s: int | None = 90
    fewest_words: int = 20
    facts_given: bool = False
    takes_own: bool = False

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """Four observations."""
        stretches = Stretches.of(answer)
        return (
            _words(answer.text),
            _reading(answer.text),
            _meaning(exercise, answer.text, stretches),
            _next_step(exercise, answer, stretches),
        )


def _words(text: str) -> Observation:
    plain = listed("jargon")
    left = [span for span in places(text, plain) if not _explained(text, span)]
    return Observation(
        name="Everyday words",
        met=not left,
        why=f"{len(left)} of the trade's words left."
        if left
        else f"None of the {len(plain)} words of the trade we know is left.",
        evidence=tuple(Mark(span=span, note=f"say: {instead_of(span.quote, plain)}") for span in left),
        absent=not left,
    )


def _explained(text: str, span: Span) -> bool:
    """Whether a word is explained on the spot: a client will meet it on paper, so naming it is a help."""
    return bool(_EXPLAINED.match(text[span.end : span.end + 20]) or _EXPLAINS.search(text[: span.start][-24:]))


def _reading(text: str) -> Observation:
    if not punctuated(text):
        why = "There are hardly any full stops in this text, so its sentences cannot be counted. Not judged."
        return Observation(name="Easy to follow", met=None, why=why)
    at = grade(text)
    hard = places(text, hard_words(text)) if at > EASY else []
    return Observation(
        name="Easy to follow",
        met=at <= EASY,
        why=f"Reads at about school grade {max(1, round(at))} (Flesch-Kincaid). "
        + (
            "Anybody can follow that."
            if at <= EASY
            else f"Up to {EASY:.0f} is easy for most: shorter sentences, shorter words."
        ),
        evidence=tuple(Mark(span=span, note="a long word") for span in hard[:6]),
        absent=not hard,
    )


def _meaning(exercise: Exercise, text: str, stretches: Stretches) -> Observation:
    facts = [fact for fact in exercise.facts if fact.role is not Role.NEXT]
    told = [exercise.given, exercise.good, *(fact.text for fact in exercise.facts)]
    known = {figure.value for words in told for figure in figures(words)}
    known |= {value for fact in exercise.facts for figure in fact.figures for value in figure.split("|")}
    new = [figure.span for figure in figures(text) if figure.value not in known]
    seen = kept(
        "Meaning kept",
        facts,
        stretches,
        good="Every fact of the note can be found in your words.",
        bad="A fact of the note is lost, or its figure.",
    )
    if not new:
        return seen
    return seen.model_copy(
        update={
            "met": False,
            "why": f"{'' if seen.met else f'{seen.why} '}A number here does not stand in the note.",
            "evidence": (*(Mark(span=span, note="not in the note") for span in new), *seen.evidence),
            "absent": False,
        }
    )


def _next_step(exercise: Exercise, answer: Prepared, stretches: Stretches) -> Observation:
    name = "What to do next"
    steps = [fact for fact in exercise.facts if fact.role is Role.NEXT]
    told = [one for step in steps if (one := stretches.told(step)).kept]
    asked = [s for s in answer.sentences if _TO_THE_CLIENT.search(s.quote)]
    for one in told:
        if one.span and any(s.start <= one.span.start < s.end for s in asked):
            mark = Mark(span=one.span, note=one.fact.text)
            return Observation(name=name, met=True, why="The client hears what to do now.", evidence=(mark,))
    marks = tuple(Mark(span=one.span, note="told, but not as something to do") for one in told if one.span)
    return Observation(
        name=name,
        met=False,
        why="What the client should do next is not said to them.",
        evidence=marks,
        absent=not marks,
        missing=tuple(step.text for step in steps),
    )
