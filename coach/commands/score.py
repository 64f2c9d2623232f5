"""Rating answers from a file, for `coach score`: other programs read what this writes, so its shape is fixed."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from coach.domain.feedback import Feedback
from coach.domain.question import Question
from coach.errors import AnswerError
from coach.practice import Practice, check_length, storable
from coach.settings import Settings
from coach.wiring import build_scorer

_ANY_QUESTION = "Tell me about a case."


@dataclass(frozen=True)
class Scorer:
    """Rates one line after another."""

    practice: Practice

    @classmethod
    def of(cls, settings: Settings, *, judged: bool) -> Self:
        """A scorer that asks the judge of the settings, or none."""
        return cls(build_scorer(settings, judged=judged))

    def line(self, line: str, number: int) -> dict[str, Any]:
        """The result for one line of input. Raises AnswerError where the line is not what it should be."""
        identity, question, answer = _read(line, number)
        try:
            check_length(answer)
        except AnswerError as error:
            return _unrated(identity, str(error))
        known = self.practice.bank.find_key(question)
        feedback, _ = self.practice.score(known or Question.free(question), answer)
        return _result(identity, feedback)


def write_lines(results: Iterable[dict[str, Any]], target: Path) -> int:
    """Write each result as a line of JSON as soon as it is there; returns how many.

    The file is opened once the first result is there: a fault before that leaves an earlier file as it is. Whatever interrupts
    the writing, what has been written are whole lines. Raises OSError.
    """
    lines = (json.dumps(result, ensure_ascii=False) + "\n" for result in results)
    first = list(itertools.islice(lines, 1))
    count = 0
    # Half a broken character pair, in an id say, goes out as the JSON escape it came in as.
    with target.open("w", encoding="utf-8", errors="backslashreplace") as out:
        for count, line in enumerate(itertools.chain(first, lines), 1):  # noqa: B007  # the last count is the answer
            out.write(line)
            out.flush()
    return count


def _read(line: str, number: int) -> tuple[Any, str, str]:
    """Id, question and answer of a line. An answer that is null was not given; it counts as empty."""
    try:
        given = json.loads(line)
        identity, question, answer = given["id"], given.get("question"), given["answer"]
        return identity, storable(question or "").strip() or _ANY_QUESTION, storable("" if answer is None else answer)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise AnswerError(
            f'Line {number} is not a JSON object with "id", and "question" and "answer" as text. '
            "Nothing from there on was rated."
        ) from None


def _unrated(identity: Any, why: str) -> dict[str, Any]:
    rating: dict[str, Any] = {"level": None, "by": "checks", "why": why, "evidence": []}
    return {
        "id": identity,
        "state": "unrated",
        "ratings": dict.fromkeys(("soar", "empathy", "confidentiality", "outcome"), rating),
        "findings": [],
        "spans": [],
    }


def _result(identity: Any, feedback: Feedback) -> dict[str, Any]:
    return {
        "id": identity,
        "state": feedback.state.value,
        "ratings": {
            r.criterion.value: {
                "level": r.level,
                "by": r.by.value,
                "why": r.why,
                "evidence": [span.model_dump() for span in r.evidence],
            }
            for r in feedback.ratings
        },
        "findings": [
            {"check": f.check, "severity": f.severity.value, **f.span.model_dump()} for f in feedback.findings
        ],
        "spans": [{"start": p.span.start, "end": p.span.end, "label": p.part.value} for p in feedback.parts],
    }
