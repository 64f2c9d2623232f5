"""What coaches read of a cohort as a whole, and of one student over time: numbers of what is shared, and no words of it."""

from coach.domain.attempt import Level
from coach.domain.cohort_numbers import Chosen, CohortNumbers, Spoken, week_of
from coach.domain.people import Person
from coach.people.coaching import as_coach
from coach.people.people import Clock
from coach.people.policy import Resource
from coach.people.ports import DashboardStore


class Dashboards:
    """Numbers as a coach may see them. What is not shared with them raises NotFoundError, or is not among them."""

    def __init__(self, store: DashboardStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def numbers(self, who: Person, cohort_id: str, chosen: Chosen) -> CohortNumbers:
        """A cohort's numbers. Raises NotFoundError where it is archived, or not coached by ``who``."""
        since = None if chosen.weeks is None else week_of(self._clock()) - chosen.weeks + 1
        return self._store.numbers(as_coach(who, Resource.RATINGS), cohort_id, chosen.part, since)

    def levels(self, who: Person, cohort_id: str, student: str) -> tuple[Level, ...]:
        """Every level of what a student shares with a cohort, the oldest first."""
        return self._store.levels(as_coach(who, Resource.RATINGS), cohort_id, student)

    def spoken(self, who: Person, cohort_id: str, student: str) -> tuple[Spoken, ...]:
        """How a student's spoken answers were said, in figures, where their words are shared; the oldest first."""
        return self._store.spoken(as_coach(who, Resource.TRANSCRIPT), cohort_id, student)
