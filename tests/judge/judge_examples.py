"""An answer, and the reply of a judge that does what it should."""

import json

from coach.domain.sentences import sentences

ANSWER = (
    "Last spring a man I worked with kept missing dialysis. "
    "The van came at five in the morning and he was afraid to wait alone in the dark. "
    "I asked him what would feel safe, and with his consent I moved him to a noon chair near his sister. "
    "He missed none in eight weeks, after four the month before."
)
MARKS = {
    "soar": {"event": 1, "situation": 1, "obstacle": 2, "action": 3, "result": 4},
    "empathy": {"client": 1, "disrespect": 0, "method": 3, "perspective": 2, "adapted": 3},
    "confidentiality": {"subject": 1, "identifier": 0, "pickable": 0, "breach": 0, "sharing": 0},
    "outcome": {"result": 4, "number": 4, "baseline": 4, "linked": 3},
}
ADVICE = "Say in your first sentence what \u201ckept missing dialysis\u201d meant for him."


PARTS = {
    "change": "Say in your first sentence how often this happened.",
    "sentence": 4,
    "rewrite": "He missed none in eight weeks, after four the month before, because [what he said helped].",
    "question": "What would you have done if the noon chair had been taken?",
}


def reply_for(text: str) -> str:
    """A reply of the second shape on an answer of four sentences or more, in the tests' usual order of parts."""
    last = sentences(text)[3].quote
    return reply(advice={**PARTS, "rewrite": f"{last[:-1]}, because [what made the difference]."})


def reply(marks: dict[str, dict[str, int]] | None = None, advice: object = ADVICE) -> str:
    """A reply: yes where a sentence is named, no elsewhere."""
    parts = {
        part: {key: {"sentence": n, "verdict": "yes" if n else "no"} for key, n in points.items()}
        for part, points in (marks or MARKS).items()
    }
    return json.dumps({**parts, "advice": advice})
