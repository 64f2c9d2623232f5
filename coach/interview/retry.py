"""One change, tried at once: only the weak part is said again, and put in its place in the answer."""

from coach.domain.feedback import Feedback, PartSpan
from coach.domain.finding import Part
from coach.domain.rubric import Criterion

ASKS = {
    Part.RESULT: "Give me just the result, with a number and a time.",
    Part.OBSTACLE: "Say just what stood in the way: who or what, and why it was hard.",
    Part.ACTION: "Say just what you did yourself, step by step.",
    Part.SITUATION: "Set the scene in one sentence: who needed what, without anything that could identify them.",
}
PART_LIMIT_S = 60
"""Seconds to say one part aloud: two or three sentences, with time to think."""

_ORDER = (Part.SITUATION, Part.OBSTACLE, Part.ACTION, Part.RESULT)
_MISSED_MOST = (Part.RESULT, Part.OBSTACLE, Part.ACTION, Part.SITUATION)


def weak_part(feedback: Feedback) -> Part:
    """The part worth saying again: one that is missing, or else where the change to make first lies."""
    told = {p.part for p in feedback.parts}
    missing = next((part for part in _MISSED_MOST if part not in told), None)
    about_soar = feedback.change is not None and feedback.change.criterion is Criterion.SOAR
    return missing or (Part.OBSTACLE if about_soar else Part.RESULT)


def combined(text: str, parts: tuple[PartSpan, ...], part: Part, said: str) -> str:
    """The answer with ``said`` in place of everything that told this part; where nothing did, at the part's usual place."""
    mine = [p.span for p in parts if p.part is part]
    before = [p.span.end for p in parts if p.part in _ORDER[: _ORDER.index(part)]]
    at = mine[0].start if mine else max(before, default=0)
    pieces, done = [], 0
    for span in mine:
        pieces.append((done, span.start))
        done = span.end
    pieces.append((done, len(text)))
    kept = [(start, end) for start, end in pieces if start < end]
    head = " ".join(text[start : min(end, at)].strip() for start, end in kept if start < at)
    tail = " ".join(text[max(start, at) : end].strip() for start, end in kept if end > at)
    return " ".join(filter(None, (head, said.strip(), tail)))
