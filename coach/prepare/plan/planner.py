"""What a candidate sees of the plan: the next best ten minutes, the week, the checklist."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from coach.domain.attempt import Level
from coach.domain.interview import Interview
from coach.domain.plan import Aim, Appointment, Day, Offer
from coach.domain.value import Value
from coach.prepare.plan.appointments import Appointments
from coach.prepare.plan.checklist import Point, Row, rows
from coach.prepare.plan.look import Held, Look, history_of, local_day, look_at
from coach.prepare.plan.questions import QUESTION_MINUTES
from coach.prepare.plan.sights import Watch
from coach.prepare.plan.sources import Source
from coach.prepare.plan.week import offers_of, practice_first, week

NOW_MINUTES = 10
LOOKED_BACK_ON = 500  # answers: ten a week for a year; what lies before says little of today and takes time to look at


class Today(Value):
    """The plan as of now. ``answers`` were rated in all, ``done`` of them handed in today; ``checklist`` is that of the appointment."""

    answers: int
    done: int
    best: Offer | None
    week: tuple[Day, ...]
    appointment: Appointment | None
    days_left: int | None
    checklist: tuple[Row, ...] = ()
    aim: Aim | None = None


class Planner:
    """Plans from what is stored, anew at each look; nothing of a plan is kept, so nothing can go out of step.

    Args:
        levels: a candidate's rated criteria, the oldest first.
        interviews: a candidate's mock interviews.
        appointments: interviews ahead.
        sources: where items come from.
        points: the checklist.
        watched: what the program sees for itself, by the names points call it.
        aims: the job that leads a candidate's plan, if one does.
        held: what other rooms hold of a candidate.
        clock: the present.
    """

    def __init__(
        self,
        *,
        levels: Callable[[str], Sequence[Level]],
        interviews: Callable[[str], Sequence[Interview]],
        appointments: Appointments,
        sources: Sequence[Source],
        points: Sequence[Point],
        watched: Mapping[str, Watch],
        clock: Callable[[], datetime],
        aims: Callable[[str], Aim | None] = lambda _: None,
        held: Callable[[str], Held] = lambda _: Held(),
    ) -> None:
        self._levels = levels
        self._interviews = interviews
        self._appointments = appointments
        self._sources = tuple(sources)
        self._points = tuple(points)
        self._watched = watched
        self._clock = clock
        self._aims = aims
        self._held = held

    def today(self, candidate: str) -> Today:
        """The whole plan of one candidate."""
        now = self._clock()
        ahead = self._appointments.next(candidate)
        look = self._looker(candidate, ahead, self._aims(candidate))
        present = look(now)
        done = sum(local_day(skill.memory.last) == present.today for skill in present.questions.values())
        short = [one for one in offers_of(self._sources, present) if one.item.minutes <= NOW_MINUTES]
        best = practice_first(short, present)
        return Today(
            answers=present.answers,
            done=done,
            best=best[0] if best else None,
            week=week(self._sources, look, now, done_minutes=done * QUESTION_MINUTES),
            appointment=ahead,
            days_left=present.days_left,
            checklist=rows(self._points, ahead, present, self._watched) if ahead else (),
            aim=present.aim,
        )

    def checklist(self, appointment: Appointment) -> tuple[Row, ...]:
        """How far one is with the checklist of an interview."""
        return rows(
            self._points, appointment, self._looker(appointment.candidate, appointment)(self._clock()), self._watched
        )

    def _looker(
        self, candidate: str, appointment: Appointment | None, aim: Aim | None = None
    ) -> Callable[[datetime], Look]:
        history = history_of(self._levels(candidate))
        finished = [
            one.finished_at
            for one in self._interviews(candidate)
            if one.finished_at and any(asked.words for asked in one.rounds)  # one that was only skipped through is none
        ]
        last, held = max(finished, default=None), self._held(candidate)
        return lambda at: look_at(
            candidate, history, at, last_interview=last, appointment=appointment, aim=aim, held=held
        )
