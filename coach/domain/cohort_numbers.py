"""What coaches' charts of a cohort are made of: numbers of answers and levels, added up before anybody looks."""

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
    """Where a student stands on one subject. Tens of thousands are read at a time, so it is a plain tuple.

    Means are of the last one, two, three levels and of the three before those; None where there is none. ``comparable`` levels
    were rated under the newest rubric: only these are in the means. ``variance`` is over the last six of them. ``last_at`` is told for
    all subjects together only.
    """

    student: str
    subject: str
    last_at: datetime | None
    answers: int
    unrated: int
    latest: float | None
    of_two: float | None
    of_three: float | None
    before: float | None
    before_answers: int
    comparable: int
    variance: float | None


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
    """Everything a chart of a cohort is drawn from.

    ``counts`` are the rated answers of each student and subject in the weeks chosen; None: all there are.
    """

    members: tuple[Member, ...]
    cells: tuple[Cell, ...]
    counts: dict[tuple[str, str], int] | None
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
