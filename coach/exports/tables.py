"""As CSV: a line a student and subject, or a line an answer. Who shares nothing is a name."""

from collections.abc import Iterator, Mapping, Sequence

from coach.domain.cohort_numbers import ALL_ANSWERS, of_competency, of_criterion
from coach.domain.people import SharedAttempt
from coach.domain.question import Competency
from coach.domain.rubric import Rubric
from coach.progress import CohortView, Line
from coach.spreadsheet import Cell, spreadsheet

_COHORT = (
    "student",
    "shared",
    "what",
    "level",
    "95 % from",
    "95 % to",
    "trend",
    "change",
    "sure",
    "rated answers",
    "answers",
    "last answer",
    "look first",
)


def subjects(rubric: Rubric) -> dict[str, str]:
    """Everything there are levels on, by its key, with its name."""
    return (
        {ALL_ANSWERS: "All answers"}
        | {of_criterion(one.criterion): one.name for one in rubric.anchors}
        | {of_competency(one): one.label for one in Competency}
    )


def cohort_table(view: CohortView, rubric: Rubric) -> bytes:
    """Where each student stands on everything they were rated on."""
    why = {one.student.id: " ".join(f"{r.name}: {r.words}" for r in one.reasons) for one in view.first}
    names = subjects(rubric)
    return spreadsheet(
        _COHORT, (cells for line in view.lines for cells in _lines(line, names, why.get(line.student.id, "")))
    )


def _lines(line: Line, names: Mapping[str, str], why: str) -> Iterator[Sequence[Cell]]:
    if not line.shares:
        yield (line.student.name, "not shared")
        return
    last = f"{line.last_at:%Y-%m-%d}" if line.last_at else ""
    if not line.standings:
        yield (line.student.name, "shared", *[""] * 8, line.answers, last, why)
    for subject, name in names.items():
        one = line.standings.get(subject)
        if one is None:
            continue
        whole = (line.answers, last, why) if subject == ALL_ANSWERS else ()
        yield (
            line.student.name,
            "shared",
            name,
            round(one.level, 2),
            round(max(1.0, one.level - one.margin), 2),
            round(min(5.0, one.level + one.margin), 2),
            one.trend,
            None if one.change is None else round(one.change, 2),
            one.sureness,
            one.answers,
            *whole,
        )


def student_table(attempts: Sequence[SharedAttempt], rubric: Rubric) -> bytes:
    """A student's shared answers, the latest first: question, day and levels, no words of them."""
    return spreadsheet(
        ("answered", "question", *(anchors.name for anchors in rubric.anchors)),
        (
            (
                f"{one.handed_in_at:%Y-%m-%d %H:%M}",
                one.question_text,
                *(dict(one.levels).get(anchors.criterion) or "unrated" for anchors in rubric.anchors),
            )
            for one in attempts
        ),
    )
