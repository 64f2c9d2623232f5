"""What coaches' charts of a cohort are made of: numbers of answers and levels, added up before anybody looks."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from pydantic import AwareDatetime

from coach.domain.people import Sharing
from coach.domain.question import Competency, Setting
from coach.domain.rubric import Criterion
from coach.domain.value import Value

ALL_ANSWERS = "all"  # the subject of a level that is the mean over all rated criteria of an answer
_MONDAY = date(1969, 12, 29)  # the Monday before 1970 began; weeks count from it


def of_competency(competency: Competency) -> str:
    """The subject of levels on a competency."""
    return f"competency:{competency}"


def of_criterion(criterion: Criterion) -> str:
    """The subject of levels on a criterion."""
    return f"criterion:{criterion}"


def is_criterion(subject: str) -> bool:
    """Whether a subject is a criterion."""
    return subject.startswith("criterion:")


def of_assignment(assignment: str) -> str:
    """The part of all answers that were given for an assignment."""
    return f"assignment:{assignment}"


def week_of(at: datetime) -> int:
    """The week of a moment, in UTC: how many Mondays since 1970."""
    return (at.astimezone(UTC).date() - _MONDAY).days // 7


def monday(week: int) -> date:
    """The first day of a week."""
    return _MONDAY + timedelta(weeks=week)


class Chosen(Value):
    """Which answers a chart is about: all, or those of the last weeks, or to questions of one setting, or for one assignment.

    ``called`` is the assignment's title.
    """

    weeks: int | None = None
    setting: Setting | None = None
    assignment: str | None = None
    called: str = ""

    @property
    def part(self) -> str:
        """The part of all answers that rollups know; an assignment has its setting already."""
        return of_assignment(self.assignment) if self.assignment else self.setting or ""

    @property
    def which(self) -> str:
        """The part in words."""
        if self.assignment:
            return f"for “{self.called}”"
        return self.setting.label if self.setting else "all settings"


class Spread(NamedTuple):
    """How many answers lie at each level."""

    unrated: int
    level_1: int
    level_2: int
    level_3: int
    level_4: int
    level_5: int

    @property
    def answers(self) -> int:
        """How many there are in all."""
        return sum(self)

    @property
    def rated(self) -> int:
        """How many have a level."""
        return sum(self) - self.unrated


class Cell(NamedTuple):
    """Where a student stands on one subject.

    Means are of the last one, two, three levels and of the three before those; None where there is none. ``comparable`` levels
    were rated under the newest rubric: only these are in the means. ``variance`` is over the last six of them.
    """

    answers: int
    unrated: int
    latest: float | None
    of_two: float | None
    of_three: float | None
    before: float | None
    before_answers: int
    comparable: int
    variance: float | None


class Figures(NamedTuple):
    """What was counted of one student, as it is kept: JSON, to be unpacked where somebody looks.

    Of 500 students, cells are 10,500 objects. Held at once, they make Python's garbage collector walk through all the program holds, again
    and again, which takes longer than unpacking them twice. ``last_at``: when they last answered. ``before``: what was
    rated before the weeks chosen; None where all weeks are.
    """

    last_at: datetime
    packed: str
    before: str | None

    def cells(self) -> dict[str, Cell]:
        """Where they stand on each subject."""
        return {subject: Cell(*figures) for subject, figures in json.loads(self.packed).items()}

    def rated(self, cells: Mapping[str, Cell]) -> dict[str, int]:
        """How many answers on each subject were rated in the weeks chosen."""
        before: dict[str, int] = json.loads(self.before) if self.before else {}
        return {subject: cell.answers - cell.unrated - before.get(subject, 0) for subject, cell in cells.items()}


class Week(NamedTuple):
    """What a cohort did in one week. ``deleted`` answers are counted, and nothing else of them is kept."""

    week: int
    answers: int
    students: int
    deleted: int


class Member(NamedTuple):
    """A student of the cohort, and what they share in general."""

    id: str
    name: str
    sharing: Sharing
    joined_at: datetime


class CohortNumbers(NamedTuple):
    """Everything a chart of a cohort is drawn from. ``figures`` are those of students who share any, by their ids."""

    members: tuple[Member, ...]
    figures: dict[str, Figures]
    spreads: dict[str, Spread]
    weeks: tuple[Week, ...]


class Spoken(Value):
    """How one shared answer was said, in figures."""

    attempt: str
    at: AwareDatetime
    question_text: str
    words_a_minute: float
    fillers_a_minute: float | None
    silence_share: float
    longest_pause_s: float
