"""A house of people and cohorts over a real SQLite database, with a clock that stands still until it is moved."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from coach.domain.attempt import Attempt, AttemptState, Versions
from coach.domain.people import Cohort, Person, Role
from coach.domain.story import Story, StoryText
from coach.people.accounts import Accounts
from coach.people.coaching import Coaching
from coach.people.cohorts import Cohorts
from coach.people.consent import Consent
from coach.people.dashboards import Dashboards
from coach.people.people import People
from coach.review.asking import Asking
from coach.review.calibration import Calibrations
from coach.review.noticing import Notices
from coach.review.reviewing import Reviewing
from coach.store import (
    AccountStore,
    AttemptStore,
    CalibrationStore,
    CohortStore,
    ConsentStore,
    DashboardStore,
    Database,
    NoticeStore,
    OverrideStore,
    PeopleStore,
    RequestStore,
    ReviewQueueStore,
    ReviewStore,
    SharedStore,
    StoryStore,
    TakeStore,
)
from tests.store.store_examples import JUDGE, NOON, TEXT, VERSIONS, attempt, feedback

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)  # how slow a hash is, is argon2's own business


@dataclass
class House:
    """Everything about people, and the means to put somebody in."""

    database: Database
    takes: TakeStore
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.store = PeopleStore(self.database)
        self.attempts = AttemptStore(self.database)
        self.shared = SharedStore(self.database)
        self.stories = StoryStore(self.database)
        self.people = People(self.store, self.clock, hosted=True)
        self.cohorts = Cohorts(CohortStore(self.database), self.store, self.clock)
        self.consent = Consent(ConsentStore(self.database), self.clock)
        self.coaching = Coaching(self.shared, self.takes, self.clock)
        self.dashboards = Dashboards(DashboardStore(self.database), self.clock)
        self.asking = Asking(RequestStore(self.database), self.clock)
        self.reviewing = Reviewing(
            ReviewQueueStore(self.database), ReviewStore(self.database), OverrideStore(self.database), self.clock
        )
        self.notices = Notices(NoticeStore(self.database), self.clock)
        self.calibrations = Calibrations(CalibrationStore(self.database))
        self.accounts = Accounts(self.people, self.consent, AccountStore(self.database), self.clock, QUICK)

    def clock(self) -> datetime:
        return self.now

    def wait(self, **time: float) -> None:
        self.now += timedelta(**time)

    def person(self, name: str, role: Role = Role.CANDIDATE) -> Person:
        found = self.people.from_provider(
            "https://id.example.org", name, name=name.title(), email=f"{name}@example.org"
        )
        return self.store.change(found.id, role=role)

    def cohort(self, coach: Person, *students: Person) -> Cohort:
        cohort = self.cohorts.create(coach, "Autumn")
        for student in students:
            self.consent.join(student, cohort.join_code)
        return cohort

    def story(self, student: Person, title: str = "The locked door") -> Story:
        """A story written now."""
        words = StoryText(title=title, situation="She lost her aide.", action="I appealed,\nand she kept her flat.")
        one = Story(id=uuid.uuid4().hex, candidate=student.id, created_at=self.now, changed_at=self.now, text=words)
        self.stories.add(one)
        return one

    def answered(
        self,
        student: Person,
        *,
        rated: bool = True,
        demo: bool = False,
        levels: tuple[int | None, ...] = (3, 4, None, 2),
        versions: Versions = VERSIONS,
        **more: object,
    ) -> Attempt:
        """An answer begun now; rated unless it is not."""
        one = attempt(student.id, created_at=self.now, demo=demo, state=AttemptState.DRAFT, **more)
        self.attempts.add(one)
        if rated:
            self.attempts.hand_in(one.id, student.id, TEXT, self.now)
            self.attempts.save_feedback(
                one.id, student.id, feedback=feedback(*levels), judge=JUDGE, versions=versions, at=self.now
            )
        return self.attempts.get(one.id, student.id)
