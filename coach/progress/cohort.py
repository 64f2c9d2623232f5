"""A cohort as its coach sees it: who stands where, and what the cohort did. Drawn up from numbers, never from attempts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from coach.domain.cohort_numbers import (
    ALL_ANSWERS,
    Cell,
    CohortNumbers,
    Figures,
    Member,
    Spread,
    Week,
    of_competency,
    of_criterion,
)
from coach.domain.people import Sharing
from coach.domain.question import Competency
from coach.domain.rubric import Criterion
from coach.progress.look_first import REASONS, Because, Followed, Listed, listed, weightiest_first
from coach.progress.standing import Standing, standing_of


@dataclass(frozen=True)
class Line:
    """One student. Who shares nothing has no number at all. ``overall``: where they stand over all their answers."""

    student: Member
    shares: bool
    overall: Standing | None
    answers: int
    last_at: datetime | None
    figures: Figures | None

    @cached_property
    def standings(self) -> dict[str, Standing]:
        """Where they stand on each subject they have a level on."""
        return _standings(self.figures, self.figures.cells()) if self.figures else {}


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
    lines: list[Line] = []
    rated: set[str] = set()
    first: list[Listed] = []
    for member in numbers.members:
        figures = numbers.figures.get(member.id)
        cells = figures.cells() if figures else {}
        standings = _standings(figures, cells)  # let go at the next turn: see Figures
        line = _line(member, figures, cells, standings)
        lines.append(line)
        rated.update(standings)
        if line.shares and (why := listed(Followed(member, standings, line.answers, line.last_at), now, reasons)):
            first.append(why)
    return CohortView(
        lines=tuple(lines),
        competencies=tuple(one for one in Competency if of_competency(one) in rated),
        spreads={one: numbers.spreads[of_criterion(one)] for one in Criterion if of_criterion(one) in numbers.spreads},
        weeks=numbers.weeks,
        first=weightiest_first(first),
    )


def _line(
    member: Member, figures: Figures | None, cells: Mapping[str, Cell], standings: Mapping[str, Standing]
) -> Line:
    whole, overall = cells.get(ALL_ANSWERS), standings.get(ALL_ANSWERS)
    in_period = figures is not None and figures.before is not None
    return Line(
        student=member,
        shares=member.sharing > Sharing.NOTHING or figures is not None,
        overall=overall,
        answers=(overall.answers if overall else 0) if in_period else (whole.answers if whole else 0),
        last_at=figures.last_at if figures else None,
        figures=figures,
    )


def _standings(figures: Figures | None, cells: Mapping[str, Cell]) -> dict[str, Standing]:
    rated = figures.rated(cells) if figures else {}
    every = ((subject, standing_of(cell, rated[subject])) for subject, cell in cells.items())
    return {subject: standing for subject, standing in every if standing is not None}
