"""Where somebody stands at one moment: each criterion, competency and question, estimated from rated answers and what time took of it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from statistics import fmean
from typing import NamedTuple

from coach.domain.attempt import Level
from coach.domain.drill import Try
from coach.domain.job import Job
from coach.domain.plan import Aim, Appointment
from coach.domain.question import Competency
from coach.domain.rubric import Criterion
from coach.domain.story import Story
from coach.prepare.plan.memory import Learned, Memory, learned
from coach.progress import LAST, Series, competency_series, criterion_series

UNTRIED = 2.0  # the level assumed where nothing is rated yet: most first answers lie there, and it is worth finding out
_TOP, _SPAN = 5, 4


@dataclass(frozen=True)
class Skill:
    """One criterion, competency or question: its level (the mean of the last answers under the newest rubric) and what is remembered."""

    level: float
    answers: int
    memory: Memory

    @property
    def need(self) -> float:
        """How much practice is wanting, 0-1: what is missing to level 5 in what is likely left of the level today."""
        return _wanting(1 + (self.level - 1) * self.memory.recall)


def need(skill: Skill | None) -> float:
    """The need of a skill, also of one that was never tried."""
    return skill.need if skill else _wanting(UNTRIED)


def _wanting(level: float) -> float:
    return (_TOP - level) / _SPAN


@dataclass(frozen=True)
class Held:
    """What other rooms hold of one candidate, read once for a whole plan: the week looks at it again for each of its days.

    ``tries`` are those that were looked at; they and ``jobs`` have the newest first. ``microphone`` is when it was last seen to work.
    """

    stories: tuple[Story, ...] = ()
    tries: tuple[Try, ...] = ()
    jobs: tuple[Job, ...] = ()
    microphone: datetime | None = None


@dataclass(frozen=True)
class Look:
    """One candidate at one moment. What was never rated is in none of the three tables; keys of the first two must not be mixed: some are equal.

    ``confidentiality`` holds the levels of that criterion, the newest first. ``aim`` is the job that leads, if one does. ``to_come`` answers and
    ``stories_to_come`` are planned for before this moment: a plan counts on itself.
    """

    candidate: str
    now: datetime
    criteria: dict[Criterion, Skill]
    competencies: dict[Competency, Skill]
    questions: dict[str, Skill]
    answers: int
    confidentiality: tuple[int, ...]
    last_interview: datetime | None
    appointment: Appointment | None
    aim: Aim | None = None
    held: Held = Held()
    to_come: int = 0
    stories_to_come: int = 0

    @property
    def by_then(self) -> int:
        """How many answers there are at this moment, with those that are planned for before."""
        return self.answers + self.to_come

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self.now)

    @property
    def days_left(self) -> int | None:
        """Days to the interview ahead, if its date is known."""
        return self.appointment.days_left(self.today) if self.appointment else None

    def days_since(self, at: datetime) -> int:
        """Whole local days since a moment."""
        return (self.today - local_day(at)).days

    @cached_property
    def weakest_criterion(self) -> Criterion | None:
        """The criterion that wants practice most."""
        return max(self.criteria, key=lambda one: self.criteria[one].need, default=None)

    @cached_property
    def weakest_competency(self) -> Competency | None:
        """The competency, of those tried, that wants practice most."""
        return max(self.competencies, key=lambda one: self.competencies[one].need, default=None)


def local_day(at: datetime) -> date:
    """The day it is, where this computer is."""
    return at.astimezone().date()


class Practised(NamedTuple):
    """One criterion, competency or question as it was practised: what `Skill` says of it without what time took."""

    level: float
    answers: int
    learned: Learned

    def at(self, now: datetime) -> Skill:
        """The skill at a moment."""
        return Skill(level=self.level, answers=self.answers, memory=self.learned.at(now))


@dataclass(frozen=True)
class History:
    """All that was practised. Worked out once, and looked at from any number of moments."""

    criteria: dict[Criterion, Practised]
    competencies: dict[Competency, Practised]
    questions: dict[str, Practised]
    answers: int
    confidentiality: tuple[int, ...]


def history_of(levels: Iterable[Level]) -> History:
    """What was practised. ``levels`` are rated criteria, the oldest first; demo answers are passed over."""
    own = [level for level in levels if not level.demo]
    return History(
        criteria={c: one for c, series in criterion_series(own).items() if (one := _practised(series))},
        competencies={c: one for c, series in competency_series(own).items() if (one := _practised(series))},
        questions=_questions(own),
        answers=len({level.attempt for level in own}),
        confidentiality=tuple(one.level for one in reversed(own) if one.criterion is Criterion.CONFIDENTIALITY),
    )


def look_at(
    candidate: str,
    history: History,
    now: datetime,
    *,
    last_interview: datetime | None = None,
    appointment: Appointment | None = None,
    aim: Aim | None = None,
    held: Held | None = None,
) -> Look:
    """Where somebody stands."""
    return Look(
        candidate=candidate,
        now=now,
        criteria={key: one.at(now) for key, one in history.criteria.items()},
        competencies={key: one.at(now) for key, one in history.competencies.items()},
        questions={key: one.at(now) for key, one in history.questions.items()},
        answers=history.answers,
        confidentiality=history.confidentiality,
        last_interview=last_interview,
        appointment=appointment,
        aim=aim,
        held=held or Held(),
    )


def _practised(all_series: Sequence[Series]) -> Practised | None:
    """The level under the newest rubric only, as levels of two rubrics are not compared; practice under any counts as practice."""
    if not all_series:
        return None
    newest = max(all_series, key=lambda one: one.points[-1].at).points
    practised = sorted((point.at, point.level) for series in all_series for point in series.points)
    level = fmean(point.level for point in newest[-LAST:])
    return Practised(level, len(newest), came_to) if (came_to := learned(practised)) else None


def _questions(levels: Iterable[Level]) -> dict[str, Practised]:
    attempts: dict[tuple[str, str], list[Level]] = defaultdict(list)
    for level in levels:
        attempts[level.question_key, level.attempt].append(level)
    answers: dict[str, list[tuple[datetime, float]]] = defaultdict(list)
    for (key, _), rated in attempts.items():
        answers[key].append((rated[0].at, fmean(one.level for one in rated)))
    found: dict[str, Practised] = {}
    for key, practised in answers.items():
        practised.sort()
        if came_to := learned(practised):
            found[key] = Practised(practised[-1][1], len(practised), came_to)
    return found
