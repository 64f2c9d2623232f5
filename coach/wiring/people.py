"""The services about people: who they are, what they share, what coaches see and give, what everybody takes along or deletes."""

from collections.abc import Sequence
from typing import Any

from coach.assigning.assignments import Assignments
from coach.assigning.guides import Guides
from coach.belongings import Answers, Belongings, ConsentRecords, Part
from coach.demo_assignment import DemoAssignment
from coach.demo_cohort import DemoCohort
from coach.people.accounts import Accounts
from coach.people.coaching import Coaching
from coach.people.cohorts import Cohorts
from coach.people.consent import Consent
from coach.people.dashboards import Dashboards
from coach.people.people import People
from coach.practice import Practice
from coach.recordings import utc_now
from coach.settings import Settings
from coach.store import (
    AccountStore,
    AssignmentStore,
    AttemptStore,
    CohortStore,
    ConsentStore,
    DashboardStore,
    Database,
    KeepingStore,
    PeopleStore,
    SharedStore,
    TakeStore,
)
from coach.wiring.review import review_records, review_services


def people_services(
    settings: Settings,
    database: Database,
    takes: TakeStore,
    practice: Practice,
    *,
    others: Sequence[Part],
    assigning: tuple[Guides, Assignments],
) -> dict[str, Any]:
    """The services about people, by the names they have among all services. ``others``: what rooms keep of somebody beside answers."""
    guides, assignments = assigning
    store, cohort_store, consent_store = PeopleStore(database), CohortStore(database), ConsentStore(database)
    parts = (
        Answers(AttemptStore(database), takes, practice.delete_all),
        *others,
        review_records(database),
        ConsentRecords(consent_store),
    )
    people = People(store, utc_now, hosted=settings.hosted)
    cohorts = Cohorts(cohort_store, store, utc_now)
    consent = Consent(consent_store, utc_now)
    belongings = Belongings(parts, store, utc_now, KeepingStore(database).erase)
    coaching = Coaching(SharedStore(database), takes, utc_now)
    reviews = review_services(database, cohorts, coaching)
    return {
        "people": people,
        "cohorts": cohorts,
        "consent": consent,
        "coaching": coaching,
        "dashboards": Dashboards(DashboardStore(database), utc_now),
        "accounts": Accounts(people, consent, AccountStore(database), utc_now),
        "belongings": belongings,
        **reviews,
        "guides": guides,
        "assignments": assignments,
        "demo_cohort": DemoCohort(
            practice,
            cohorts,
            store,
            consent_store,
            belongings,
            utc_now,
            reviews["asking"],
            DemoAssignment(guides, assignments, AssignmentStore(database), utc_now),
        ),
    }
