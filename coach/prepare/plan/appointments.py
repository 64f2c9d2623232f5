"""Interviews with employers: their dates, kept over time, and what was done for each."""

import uuid
from collections.abc import Callable
from datetime import date, datetime
from typing import Protocol

from coach.domain.plan import LONGEST_POINT, Appointment, Details, OwnPoint, Tick
from coach.errors import AnswerError
from coach.prepare.plan.look import local_day
from coach.prepare.plan.sights import MICROPHONE

MOST_OWN_POINTS = 40
Move = Callable[[Appointment], Appointment]


class PlanStore(Protocol):
    """Keeps appointments and sightings. Each method that names an appointment raises NotFoundError where the candidate has none such."""

    def add(self, appointment: Appointment) -> None: ...
    def get(self, appointment_id: str, candidate: str) -> Appointment: ...
    def change(self, appointment_id: str, candidate: str, move: Move) -> Appointment: ...
    def all_of(self, candidate: str) -> tuple[Appointment, ...]: ...
    def delete(self, appointment_id: str, candidate: str) -> None: ...
    def saw(self, candidate: str, what: str, at: datetime) -> None: ...
    def last_saw(self, candidate: str, what: str) -> datetime | None: ...


class Appointments:
    """All a page can do with interview dates and their checklists."""

    def __init__(self, store: PlanStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self._clock())

    def add(self, candidate: str, details: Details) -> Appointment:
        """Keep a new date."""
        one = Appointment(id=uuid.uuid4().hex, candidate=candidate, created_at=self._clock(), details=details)
        self._store.add(one)
        return one

    def correct(self, appointment: Appointment, details: Details) -> Appointment:
        """Change when or where it is. What was ticked stays ticked. Raises NotFoundError."""
        return self._change(appointment, lambda one: one.model_copy(update={"details": details}))

    def delete(self, appointment: Appointment) -> None:
        """Forget a date with its checklist. Raises NotFoundError."""
        self._store.delete(appointment.id, appointment.candidate)

    def ahead(self, candidate: str) -> tuple[Appointment, ...]:
        """Those from today on, the next one first."""
        return tuple(one for one in self._store.all_of(candidate) if one.days_left(self.today) >= 0)

    def past(self, candidate: str) -> tuple[Appointment, ...]:
        """Those that are over, the newest first."""
        return tuple(one for one in reversed(self._store.all_of(candidate)) if one.days_left(self.today) < 0)

    def next(self, candidate: str) -> Appointment | None:
        """The next one, if a date is known."""
        return next(iter(self.ahead(candidate)), None)

    def tick(self, appointment: Appointment, point: str, *, done: bool) -> Appointment:
        """Tick a point by hand, or take the tick back. Raises NotFoundError."""
        now = self._clock()

        def move(one: Appointment) -> Appointment:
            others = tuple(tick for tick in one.ticks if tick.point != point)
            return one.model_copy(update={"ticks": (*others, Tick(point=point, at=now)) if done else others})

        return self._change(appointment, move)

    def add_point(self, appointment: Appointment, text: str) -> Appointment:
        """Add a point of one's own. Raises AnswerError for an empty or endless one, or too many, and NotFoundError."""
        words = text.strip()
        if not words:
            raise AnswerError("This point has no words. Write what you want to have done.")
        if len(words) > LONGEST_POINT:
            raise AnswerError(f"This point has {len(words)} characters; up to {LONGEST_POINT} fit. Shorten it.")
        point = OwnPoint(id=f"own:{uuid.uuid4().hex}", text=words)

        def move(one: Appointment) -> Appointment:
            if len(one.own) >= MOST_OWN_POINTS:
                raise AnswerError(f"There are {MOST_OWN_POINTS} points of your own already. Remove one first.")
            return one.model_copy(update={"own": (*one.own, point)})

        return self._change(appointment, move)

    def remove_point(self, appointment: Appointment, point: str) -> Appointment:
        """Take away a point of one's own, with its tick. Raises NotFoundError."""

        def move(one: Appointment) -> Appointment:
            return one.model_copy(
                update={
                    "own": tuple(own for own in one.own if own.id != point),
                    "ticks": tuple(tick for tick in one.ticks if tick.point != point),
                }
            )

        return self._change(appointment, move)

    def microphone_worked(self, candidate: str) -> None:
        """Note that the microphone was checked and works."""
        self._store.saw(candidate, MICROPHONE, self._clock())

    def _change(self, appointment: Appointment, move: Move) -> Appointment:
        return self._store.change(appointment.id, appointment.candidate, move)
