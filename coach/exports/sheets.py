"""On paper: a cohort, or one student, as PDF."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from coach.domain.cohort_numbers import ALL_ANSWERS, Chosen, of_competency
from coach.domain.people import SharedAttempt
from coach.domain.question import Competency
from coach.domain.rubric import Rubric
from coach.paper import BODY, HEAD, SMALL, TITLE, printed, table, text
from coach.progress import CohortView, Current, Line, Standing

_WIDTHS = [46 * mm, 26 * mm, 22 * mm, 22 * mm, 54 * mm]
_NOTE = (
    "A level is the mean of the last three answers, with half the width of its 95 % interval. "
    "Only what students share is counted; who shares nothing is a name."
)


def cohort_sheet(name: str, view: CohortView, chosen: Chosen, at: datetime) -> bytes:
    """A cohort: whom to look at first, and where each student stands. Raises CoachError where the font is missing."""
    return printed(_cohort(name, view, chosen, at), f"{name}, {at:%d %B %Y}")


def _cohort(name: str, view: CohortView, chosen: Chosen, at: datetime) -> Iterator[Flowable]:
    yield text(name, TITLE)
    period = f"last {chosen.weeks} weeks" if chosen.weeks else "all weeks"
    yield text(f"{at:%d %B %Y} · {period} · {chosen.which} · {len(view.lines)} students, {view.sharing} share", SMALL)
    yield text("Look at these first", HEAD)
    if not view.first:
        yield text("Nobody stands out.")
    for listed in view.first:
        yield text(" ".join(f"{why.name}: {why.words}" for why in listed.reasons), BODY, lead=f"{listed.student.name}.")
    yield text("Who stands where", HEAD)
    yield text(_NOTE, SMALL)
    rows = [["Student", "All answers", "Trend", "Answers", "Strongest, weakest"]]
    rows += [_row(line, view) for line in view.lines]
    yield table([[text(cell, SMALL) for cell in row] for row in rows], _WIDTHS)


def _row(line: Line, view: CohortView) -> list[str]:
    if not line.shares:
        return [line.student.name, "not shared", "", "", ""]
    whole = line.standings.get(ALL_ANSWERS)
    if whole is None:
        return [line.student.name, "no level yet", "", str(line.answers), ""]
    return [line.student.name, _level(whole), whole.trend, str(line.answers), _ends(line, view.competencies)]


def _ends(line: Line, competencies: Sequence[Competency]) -> str:
    levels = [
        (line.standings[of_competency(c)].level, c.label) for c in competencies if of_competency(c) in line.standings
    ]
    if not levels:
        return ""
    (high, best), (low, worst) = max(levels), min(levels)
    return f"{best} {high:.1f}" if best == worst else f"{best} {high:.1f}; {worst} {low:.1f}"


def _level(one: Standing) -> str:
    return f"{one.level:.1f} ± {one.margin:.1f}"


def student_sheet(
    name: str, current: Sequence[Current], attempts: Sequence[SharedAttempt], rubric: Rubric, at: datetime
) -> bytes:
    """One student: where they stand, and their shared answers, no words of them. Raises CoachError where the font is missing."""
    return printed(_student(name, current, attempts, rubric, at), f"{name}, {at:%d %B %Y}")


def _student(
    name: str, current: Sequence[Current], attempts: Sequence[SharedAttempt], rubric: Rubric, at: datetime
) -> Iterator[Flowable]:
    yield text(name, TITLE)
    yield text(f"{at:%d %B %Y} · {len(attempts)} shared answers", SMALL)
    yield text("Competencies", HEAD)
    if not current:
        yield text("None was rated yet.")
    else:
        standing = [["", "Level", "Answers"]]
        standing += [[one.competency.label, f"{one.level:.1f}", str(one.attempts)] for one in current]
        yield table(standing, [80 * mm, 30 * mm, 30 * mm])
    yield text("Answers", HEAD)
    names = [anchors.name for anchors in rubric.anchors]
    rows = [["Day", "Question", *names]]
    for one in attempts:
        levels = dict(one.levels)
        told = [str(levels.get(anchors.criterion) or "unrated") for anchors in rubric.anchors]
        rows.append([f"{one.handed_in_at:%d %b %Y}", one.question_text, *told])
    yield table([[text(cell, SMALL) for cell in row] for row in rows], [20 * mm, 62 * mm, *[22 * mm] * len(names)])
