"""A cohort as its coach sees it: who stands where, and what the cohort did. Drawn up from numbers, never from attempts."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from coach.domain.cohort_numbers import (
    ALL_ANSWERS,
    Cell,
    CohortNumbers,
    Member,
    Spread,
    Week,
    of_competency,
    of_criterion,
)
from coach.domain.people import Sharing
from coach.domain.question import Competency
from coach.domain.rubric import Criterion
from coach.progress.look_first import REASONS, Because, Followed, Listed, look_first
from coach.progress.standing import Standing, standing_of


class Line(NamedTuple):
    """One student. Who shares nothing has no number at all."""

    student: Member
    shares: bool
    standings: dict[str, Standing]
    answers: int
    last_at: datetime | None

    @property
    def overall(self) -> Standing | None:
        """Where they stand over all their answers."""
        return self.standings.get(ALL_ANSWERS)


class CohortView(NamedTuple):
    """Everything a dashboard shows. ``competencies`` are those anybody was rated on, in their own order."""

    lines: tuple[Line, ...]
    competencies: tuple[Competency, ...]
    spreads: dict[Criterion, Spread]
    weeks: tuple[Week, ...]
    first: tuple[Listed, ...]

    @property
    def sharing(self) -> int:
        """How many students share anything."""
        return sum(line.shares for line in self.lines)


def cohort_view(numbers: CohortNumbers, now: datetime, reasons: Sequence[Because] = REASONS) -> CohortView:
    """Draw up a cohort. Whom to look at first is told by ``reasons``."""
    cells: dict[str, dict[str, Cell]] = {}
    for cell in numbers.cells:
        cells.setdefault(cell.student, {})[cell.subject] = cell
    lines = tuple(_line(member, cells.get(member.id, {}), numbers.counts) for member in numbers.members)
    rated = {subject for line in lines for subject in line.standings}
    followed = [Followed(line.student, line.standings, line.answers, line.last_at) for line in lines if line.shares]
    return CohortView(
        lines=lines,
        competencies=tuple(one for one in Competency if of_competency(one) in rated),
        spreads={one: numbers.spreads[of_criterion(one)] for one in Criterion if of_criterion(one) in numbers.spreads},
        weeks=numbers.weeks,
        first=look_first(followed, now, reasons),
    )


def _line(member: Member, cells: dict[str, Cell], counts: dict[tuple[str, str], int] | None) -> Line:
    every = {
        subject: standing_of(cell, None if counts is None else counts.get((member.id, subject), 0))
        for subject, cell in cells.items()
    }
    standings = {subject: standing for subject, standing in every.items() if standing is not None}
    whole = cells.get(ALL_ANSWERS)
    overall = standings.get(ALL_ANSWERS)
    return Line(
        student=member,
        shares=member.sharing > Sharing.NOTHING or bool(cells),
        standings=standings,
        answers=(whole.answers if whole else 0) if counts is None else (overall.answers if overall else 0),
        last_at=whole.last_at if whole else None,
    )
