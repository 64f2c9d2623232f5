"""Comparing ratings with human labels, for `coach calibrate` and docs/validity.md."""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from pydantic import ConfigDict, ValidationError

from coach.domain.agreement import confusion, macro_f1, weighted_kappa, within
from coach.domain.feedback import Feedback
from coach.domain.question import Question
from coach.domain.rubric import Criterion
from coach.domain.value import Value
from coach.errors import AnswerError
from coach.practice import Practice

_CAP = 2  # the highest confidentiality level an answer with a client's identifier may have


class LabelledSpan(Value):
    """A stretch of the answer, in characters, and the part a human says it tells: S, O, A, R or other."""

    start: int
    end: int
    label: str


class Labelled(Value):
    """One answer with human labels. ``leaks`` are words in it that identify a client."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    question: str
    answer: str
    labels: dict[Criterion, int]
    leaks: tuple[str, ...] = ()
    spans: tuple[LabelledSpan, ...] = ()
    pair: str | None = None


def read(path: Path) -> tuple[Labelled, ...]:
    """The labelled answers of a file, one JSON object a line. Raises AnswerError with the line that is not one."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise AnswerError(f"{path} cannot be read: {error.strerror}.") from None
    answers = []
    for number, line in enumerate(lines, 1):
        try:
            answers.append(Labelled.model_validate(json.loads(line)))
        except (json.JSONDecodeError, ValidationError):
            raise AnswerError(
                f'Line {number} of {path} is not an answer with "id", "question", "answer" and "labels" from 1 to 5 for soar, empathy, '
                "confidentiality and outcome."
            ) from None
    return tuple(answers)


def report(
    practice: Practice, answers: tuple[Labelled, ...], on_progress: Callable[[float], object] | None = None
) -> Iterator[str]:
    """The comparison as lines of Markdown."""
    feedback: dict[str, Feedback] = {}
    for n, one in enumerate(answers, 1):
        known = practice.bank.find_key(one.question)
        feedback[one.id], _ = practice.score(known or Question.free(one.question), one.answer)
        if on_progress:
            on_progress(n / len(answers))
    levels = {one.id: {c: feedback[one.id].of(c).level or 1 for c in Criterion} for one in answers}
    yield from _criteria(practice, answers, levels, feedback)
    yield ""
    yield from _leaks(answers, levels, feedback)
    yield from _spans(answers, feedback)
    yield from _pairs(answers, levels)
    yield ""
    yield from _confusions(practice, answers, levels)


Levels = dict[str, dict[Criterion, int]]


def _columns(answers: tuple[Labelled, ...], levels: Levels, criterion: Criterion) -> tuple[list[int], list[int]]:
    return [one.labels[criterion] for one in answers], [levels[one.id][criterion] for one in answers]


def _criteria(
    practice: Practice, answers: tuple[Labelled, ...], levels: Levels, feedback: dict[str, Feedback]
) -> Iterator[str]:
    yield f"{len(answers)} answers. An unrated criterion counts as level 1.\n"
    yield "| criterion | QWK | exact | within one | unrated |"
    yield "|---|---|---|---|---|"
    for criterion in Criterion:
        truth, rated = _columns(answers, levels, criterion)
        kappa = weighted_kappa(truth, rated)
        unrated = sum(not feedback[one.id].of(criterion).rated for one in answers)
        name = practice.rubric.of(criterion).name
        shown = "–" if kappa is None else f"{kappa:.2f}"
        yield f"| {name} | {shown} | {within(truth, rated, 0):.0%} | {within(truth, rated, 1):.0%} | {unrated} |"


def _leaks(answers: tuple[Labelled, ...], levels: Levels, feedback: dict[str, Feedback]) -> Iterator[str]:
    leaking = [one for one in answers if one.leaks and one.labels[Criterion.CONFIDENTIALITY] <= _CAP]
    caught = sum(levels[one.id][Criterion.CONFIDENTIALITY] <= _CAP for one in leaking)
    clean = [one for one in answers if not one.leaks]
    alarms = sum(bool(feedback[one.id].leaks) for one in clean)
    yield f"- Answers with a client's identifier rated {_CAP} or lower on confidentiality: {caught} of {len(leaking)}."
    yield f"- False alarms (an identifier reported where there is none): {alarms} of {len(clean)} answers."
    hits = labelled = reported = 0
    for one in leaking:
        places = [m.span() for words in one.leaks for m in re.finditer(re.escape(words), one.answer)]
        found = [leak.span for leak in feedback[one.id].leaks]
        reported += len(found)
        labelled += len(places)
        hits += sum(any(span.start < end and start < span.end for span in found) for start, end in places)
    if labelled:
        yield f"- The identifying words themselves: {hits} of {labelled} found, with {reported} stretches marked in those answers."


def _spans(answers: tuple[Labelled, ...], feedback: dict[str, Feedback]) -> Iterator[str]:
    truth, said = [], []
    for one in answers:
        parts = feedback[one.id].parts
        for span in one.spans:
            nearest = max(parts, key=lambda p: min(p.span.end, span.end) - max(p.span.start, span.start), default=None)
            truth.append(span.label)
            said.append(nearest.part.value if nearest else "other")
    if truth:
        yield f"- Sentences told apart as S, O, A, R or other: macro-F1 {macro_f1(truth, said):.2f} over {len(truth)}."


def _pairs(answers: tuple[Labelled, ...], levels: Levels) -> Iterator[str]:
    groups: dict[str, list[Labelled]] = defaultdict(list)
    for one in answers:
        if one.pair:
            groups[one.pair].append(one)
    pairs = [pair for group in groups.values() for pair in pairwise(group)]
    twins = [(a, b) for a, b in pairs if a.labels == b.labels]
    if twins:
        equal = sum(levels[a.id] == levels[b.id] for a, b in twins)
        apart = sum(any(abs(levels[a.id][c] - levels[b.id][c]) > 1 for c in Criterion) for a, b in twins)
        each = ", ".join(f"{c.value} {sum(levels[a.id][c] == levels[b.id][c] for a, b in twins)}" for c in Criterion)
        yield (
            f"- Pairs alike but for their form: all four ratings equal in {equal} of {len(twins)} ({each}), more than one level "
            f"apart in {apart}."
        )
    changed = [
        (a, b, moved[0]) for a, b in pairs if len(moved := [c for c in Criterion if a.labels[c] != b.labels[c]]) == 1
    ]
    if changed:
        right = sum((levels[a.id][c] - levels[b.id][c]) * (a.labels[c] - b.labels[c]) > 0 for a, b, c in changed)
        stayed = sum(levels[a.id][o] == levels[b.id][o] for a, b, c in changed for o in Criterion if o is not c)
        yield (
            f"- Pairs that differ in one thing: its rating moves the right way in {right} of {len(changed)}; "
            f"of the other ratings {stayed} of {3 * len(changed)} stay."
        )


def _confusions(practice: Practice, answers: tuple[Labelled, ...], levels: Levels) -> Iterator[str]:
    for criterion in Criterion:
        yield f"{practice.rubric.of(criterion).name}: labelled (rows) against rated (columns)\n"
        yield "| | 1 | 2 | 3 | 4 | 5 |"
        yield "|---|---|---|---|---|---|"
        for level, row in enumerate(confusion(*_columns(answers, levels, criterion)), 1):
            yield f"| **{level}** | " + " | ".join(map(str, row)) + " |"
        yield ""
