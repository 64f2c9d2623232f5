"""A cohort to try the coach area with: invented students, what they share of invented answers, an assignment. Removed as it came."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coach.bank import DemoAnswer
from coach.belongings import Belongings
from coach.demo_assignment import DemoAssignment
from coach.domain.attempt import Attempt
from coach.domain.people import Cohort, Issuer, Person, Sharing
from coach.domain.rating import Rating
from coach.domain.review import Subject
from coach.people.cohorts import Cohorts
from coach.people.ports import ConsentStore, PeopleStore
from coach.practice import Practice
from coach.recordings import Clock
from coach.review.asking import Asking

NAME = "Demo cohort"


@dataclass(frozen=True)
class Invented:
    """A student of the demo cohort: what they share, and which of the invented answers they give, in which order and when."""

    name: str
    sharing: Sharing
    every: int = 1  # of so many answers they give one
    falling: bool = False  # the latest answers first, so that the levels fall
    stopped: int = 0  # days since they practised last
    asks: str = ""  # a review of their latest answer, and why
    disputes: str = ""  # the lowest rating of their latest answer but one, and why

    def answers(self, answers: Sequence[DemoAnswer]) -> tuple[DemoAnswer, ...]:
        """Their answers, the oldest first."""
        given = answers[:: self.every]
        told = reversed(given) if self.falling else given
        return tuple(
            answer.model_copy(update={"days_ago": at.days_ago + self.stopped})
            for at, answer in zip(given, told, strict=True)
        )


# Two say nothing, so that a coach sees what not sharing looks like.
_STUDENTS = (
    Invented(
        "Amina Farah",
        Sharing.TRANSCRIPTS,
        every=2,
        disputes="I think this is too low. Please read the middle of my answer again.",
    ),
    Invented("Ben Okafor", Sharing.RATINGS, falling=True),
    Invented(
        "Carmen Duarte", Sharing.TRANSCRIPTS, asks="My interview is next week. Would you hire me for this answer?"
    ),
    Invented("Dmitri Novak", Sharing.NOTHING, every=5),
    Invented("Elena Rossi", Sharing.RATINGS, every=2, stopped=20),
    Invented("Farid Haddad", Sharing.NOTHING, every=7),
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
    asking: Asking
    assignment: DemoAssignment

    def present(self, who: Person) -> Cohort | None:
        """The demo cohort there is."""
        return next((cohort for cohort in self.cohorts.all_of(who) if cohort.demo), None)

    def add(
        self, who: Person, answers: Sequence[DemoAnswer], on_progress: Callable[[float], object] = lambda _: None
    ) -> Cohort:
        """A cohort coached by ``who``, its students' answers rated here and now. Raises NotFoundError for whoever is no coach."""
        cohort = self.present(who) or self.cohorts.create(who, NAME, demo=True)
        given: list[Attempt] = []
        for n, invented in enumerate(_STUDENTS, 1):
            student = self._student(cohort, invented.name)
            self.consent.join(student.id, cohort.id, self.clock())
            self.consent.share(student.id, cohort.id, invented.sharing, self.clock(), earlier=True)
            self.practice.add_demo(student.id, invented.answers(answers))
            answered = self.practice.attempts_of(student.id)
            self._ask(student, invented, answered)
            given += answered
            on_progress(n / len(_STUDENTS))
        self.assignment.add(who, cohort, given)
        return cohort

    def _ask(self, student: Person, invented: Invented, given: Sequence[Attempt]) -> None:
        """What an invented student wants of their coach, so that there is something to review."""
        if invented.asks and given:
            self.asking.ask(student, given[0].id, invented.asks)
        feedback = given[1].feedback if invented.disputes and len(given) > 1 else None
        lowest = min(filter(_has_level, feedback.ratings), key=_level, default=None) if feedback else None
        if lowest:
            about = f"{self.practice.rubric.of(lowest.criterion).name}: {lowest.level} of 5"
            self.asking.dispute(
                student, given[1].id, Subject(criterion=lowest.criterion, about=about), invented.disputes
            )

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
        """Delete the demo cohort, its students, their answers, what was given to them, and its guide. Nothing happens where there is none."""
        cohort = self.present(who)
        if cohort is None:
            return
        people = [membership.person for membership in self.cohorts.members(who, cohort.id)]
        self.belongings.forget(*(person for person in people if person.invented))
        self.cohorts.delete(who, cohort.id)
        self.assignment.remove(who)


def _has_level(rating: Rating) -> bool:
    return rating.rated


def _level(rating: Rating) -> int:
    return rating.level or 0
