"""A cohort to try the coach area with: invented students who share more or less of invented answers. Removed as it came."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.bank import DemoAnswer
from coach.belongings import Belongings
from coach.domain.people import Cohort, Issuer, Person, Sharing
from coach.people.cohorts import Cohorts
from coach.people.ports import ConsentStore, PeopleStore
from coach.practice import Practice
from coach.recordings import Clock

NAME = "Demo cohort"
# Who shares what, and every how many days they practise: two say nothing, so that a coach sees what not sharing looks like.
_STUDENTS = (
    ("Amina Farah", Sharing.TRANSCRIPTS, 3),
    ("Ben Okafor", Sharing.RATINGS, 2),
    ("Carmen Duarte", Sharing.TRANSCRIPTS, 2),
    ("Dmitri Novak", Sharing.NOTHING, 3),
    ("Elena Rossi", Sharing.RATINGS, 4),
    ("Farid Haddad", Sharing.NOTHING, 5),
)


@dataclass(frozen=True)
class DemoCohort:
    """Makes the demo cohort, and takes it away."""

    practice: Practice
    cohorts: Cohorts
    people: PeopleStore
    consent: ConsentStore
    belongings: Belongings
    clock: Clock

    def present(self, who: Person) -> Cohort | None:
        """The demo cohort there is."""
        return next((cohort for cohort in self.cohorts.all_of(who) if cohort.demo), None)

    def add(
        self, who: Person, answers: Sequence[DemoAnswer], on_progress: Callable[[float], object] = lambda _: None
    ) -> Cohort:
        """A cohort coached by ``who``, its students' answers rated here and now. Raises NotFoundError for whoever is no coach."""
        cohort = self.present(who) or self.cohorts.create(who, NAME, demo=True)
        for n, (name, sharing, every) in enumerate(_STUDENTS):
            student = self._student(cohort, name)
            self.consent.join(student.id, cohort.id, self.clock())
            self.consent.share(student.id, cohort.id, sharing, self.clock(), earlier=True)
            self.practice.add_demo(student.id, tuple(answers[n % 2 :: every]))
            on_progress((n + 1) / len(_STUDENTS))
        return cohort

    def _student(self, cohort: Cohort, name: str) -> Person:
        """An invented student; the same again where making them was cut short."""
        return self.people.add(
            Person(
                id=uuid.uuid4().hex,
                name=name,
                issuer=Issuer.DEMO,
                subject=f"{cohort.id}/{name}",
                created_at=self.clock(),
            )
        )

    def remove(self, who: Person) -> None:
        """Delete the demo cohort, its students and their answers. Nothing happens where there is none."""
        cohort = self.present(who)
        if cohort is None:
            return
        for membership in self.cohorts.members(who, cohort.id):
            if membership.person.invented:
                self.belongings.forget(membership.person)
        self.cohorts.delete(who, cohort.id)
