"""From marks to a level 1-5: the rubric's anchors as code, one function a criterion."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from coach.domain.rubric import Criterion
from coach.judge.points import Mark

Marks = Mapping[str, Mark]


@dataclass(frozen=True)
class Placed:
    """A level 1-5, and whether the answer has nothing the criterion could be shown on."""

    level: int
    not_applicable: bool = False


def soar(marks: Marks) -> Placed:
    """5: an event with all four parts; 4: one of them thin; 3: obstacle or result missing or several thin."""
    if marks["event"] is Mark.NO:
        return Placed(1)
    parts = [marks[part] for part in ("situation", "obstacle", "action", "result")]
    missing, thin = parts.count(Mark.NO), parts.count(Mark.PARTIAL)
    told = marks["situation"] is not Mark.NO and marks["action"] is not Mark.NO
    if marks["event"] is Mark.PARTIAL or not told or missing > 1 or (missing and thin > 1):
        return Placed(2)
    if missing or thin > 1:
        return Placed(3)
    return Placed(4 if thin else 5)


def empathy(marks: Marks) -> Placed:
    """5: the client's view is told and shapes the work; 4: one of both; 3: a method, or hints; 1: disrespect."""
    if marks["disrespect"] is Mark.YES:
        return Placed(1)
    if marks["client"] is Mark.NO:
        return Placed(2, not_applicable=True)
    specific = (marks["perspective"], marks["adapted"])
    if specific == (Mark.YES, Mark.YES) and marks["disrespect"] is Mark.NO:
        return Placed(5)
    if Mark.YES in specific:
        return Placed(4)
    if Mark.PARTIAL in specific or marks["method"] is Mark.YES:
        return Placed(3)
    return Placed(2)


def confidentiality(marks: Marks) -> Placed:
    """5: de-identified, sharing with consent; each kind of exposure pulls it down as far as its anchor says."""
    if Mark.YES in (marks["identifier"], marks["breach"]):
        return Placed(1)
    if Mark.PARTIAL in (marks["identifier"], marks["breach"]):
        return Placed(2)
    if marks["pickable"] is Mark.YES:
        return Placed(3)
    if marks["pickable"] is Mark.PARTIAL or marks["sharing"] is not Mark.NO:
        return Placed(4)
    if marks["subject"] is not Mark.YES:
        return Placed(4, not_applicable=True)
    return Placed(5)


def outcome(marks: Marks) -> Placed:
    """5: a result with a figure, tied down and tied to the work; 4: a figure; 3: no figure; 2: vague; 1: none.

    A vague result with a real figure is placed between its two anchors, at 3.
    """
    if marks["result"] is Mark.NO:
        return Placed(1)
    measured = marks["number"] is Mark.YES
    if marks["result"] is Mark.PARTIAL:
        return Placed(3 if measured else 2)
    if not measured:
        return Placed(3)
    return Placed(5 if marks["baseline"] is Mark.YES and marks["linked"] is Mark.YES else 4)


LEVEL_OF: dict[Criterion, Callable[[Marks], Placed]] = {
    Criterion.SOAR: soar,
    Criterion.EMPATHY: empathy,
    Criterion.CONFIDENTIALITY: confidentiality,
    Criterion.OUTCOME: outcome,
}
