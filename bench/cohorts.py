"""How long the data of a cohort's dashboard takes, and whether it depends on the number of attempts.

    python -m bench.cohorts fill sqlite:////tmp/a.db --attempts 200      # and again for 400, into another database
    python -m bench.cohorts measure sqlite:////tmp/a.db sqlite:////tmp/b.db

``fill`` writes 500 students' invented levels (no words) over half a year and counts the rollups; it goes on where it was stopped.
``measure`` reads the dashboard again and again, the databases in turn, so that both meet the same machine. Addresses may be of
PostgreSQL. Prints the figures of docs/cohorts.md.
"""

import argparse
import gc
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import NamedTuple

from sqlalchemy import func, insert, select
from sqlmodel import col

from coach.bank import load_bank
from coach.domain.attempt import AttemptState
from coach.domain.cohort_numbers import Chosen
from coach.domain.people import Cohort, Issuer, Person, Role, Sharing
from coach.domain.question import Setting
from coach.domain.rubric import Criterion
from coach.people.dashboards import Dashboards
from coach.progress import cohort_view
from coach.resources import question_bank
from coach.store import CohortStore, DashboardStore, Database, PeopleStore, RollupStore
from coach.store.migrate import migrate
from coach.store.rollups import refresh
from coach.store.tables import AttemptRow, CompetencyRow, RatingRow
from coach.store.tables_people import MembershipRow, PersonRow
from coach.store.tables_rollups import StudentRow

COHORT = "cohort"
NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAYS = 182
RUNS = 60
VIEWS = {
    "all weeks": Chosen(),
    "last 12 weeks": Chosen(weeks=12),
    "last 4 weeks": Chosen(weeks=4),
    "one setting": Chosen(setting=Setting.HOUSING),
}


class Took(NamedTuple):
    """Milliseconds by the clock, and of this process's own work."""

    clock: float
    processor: float


def main() -> None:
    """Fill or measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["fill", "measure"])
    parser.add_argument("databases", nargs="+")
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--attempts", type=int, default=200)
    asked = parser.parse_args()
    databases = [Database(address) for address in asked.databases]
    if asked.what == "measure":
        _measure(databases)
        return
    for database in databases:
        migrate(database)
        people(database, asked.students)
        fill(database, asked.students, asked.attempts)


def _measure(databases: Sequence[Database]) -> None:
    gc.freeze()  # as the server does once it is up
    coach = PeopleStore(databases[0]).get("coach")
    stores = [Dashboards(DashboardStore(database), lambda: NOW) for database in databases]
    for database in databases:
        with database.reading() as session:
            attempts = session.execute(select(func.count()).select_from(AttemptRow)).scalar()
        print(f"{attempts:,} attempts; one rating's rollups: {_one_change(database)}")
    print(
        f"\n{'data of a view':16} {'median and p95 of each database, ms (processor)':>60}   drawing up all students, ms"
    )
    for name, chosen in VIEWS.items():
        taken: list[list[Took]] = [[] for _ in stores]
        for _ in range(RUNS):
            for times, store in zip(taken, stores, strict=True):
                times.append(_ms(lambda store=store, chosen=chosen: store.numbers(coach, COHORT, chosen)))
        numbers = stores[0].numbers(coach, COHORT, chosen)
        drawing = [_ms(lambda numbers=numbers: cohort_view(numbers, NOW)) for _ in range(RUNS)]
        print(f"{name:16} {'  '.join(_told(times) for times in taken):>60}   {_told(drawing)}")


def _ms(do: Callable[[], object]) -> Took:
    started, worked = time.perf_counter(), time.process_time()
    do()
    return Took(1000 * (time.perf_counter() - started), 1000 * (time.process_time() - worked))


def _told(times: Sequence[Took]) -> str:
    """Median and p95 by the clock, and in brackets of the processor's own time, which other work on the machine hardly changes."""
    clock, processor = (sorted(ms) for ms in zip(*times, strict=True))
    last = int(0.95 * len(times))
    return f"{median(clock):6.0f} {clock[last]:6.0f} ({median(processor):4.0f} {processor[last]:4.0f})"


def _one_change(database: Database) -> str:
    def change() -> None:
        with database.writing() as session:
            refresh(session, "student-0")

    return f"{_told([_ms(change) for _ in range(RUNS // 3)])} ms (median, p95)"


def people(database: Database, students: int) -> None:
    """The coach, the cohort and its students, unless they are there."""

    def person(name: str, role: Role) -> Person:
        return Person(id=name, name=name, role=role, issuer=Issuer.LOCAL, subject=name, created_at=NOW)

    if PeopleStore(database).find(Issuer.LOCAL, "coach"):
        return
    coach = PeopleStore(database).add(person("coach", Role.COACH))
    cohort = Cohort(id=COHORT, name="Bench", join_code="ABCDEFGH", created_at=NOW - timedelta(days=DAYS))
    CohortStore(database).add(cohort, coach.id)
    belongs = {question.key: question.settings for question in load_bank(question_bank()).questions}
    RollupStore(database).know(belongs)
    candidates = [person(f"student-{n}", Role.CANDIDATE) for n in range(students)]
    with database.writing() as session:
        session.execute(insert(PersonRow), [one.model_dump() for one in candidates])
        member = {"cohort_id": cohort.id, "joined_at": NOW, "sharing": Sharing.TRANSCRIPTS, "earlier": True}
        session.execute(insert(MembershipRow), [{"person_id": one.id, **member} for one in candidates])


def fill(database: Database, students: int, attempts: int) -> None:
    """Attempts over half a year to questions of the bank, rated on four criteria, some unrated."""
    chance, questions = random.Random(students), load_bank(question_bank()).questions  # noqa: S311  # no secret
    with database.reading() as session:
        done = set(session.execute(select(col(StudentRow.person_id)).distinct()).scalars())
    for student in range(students):
        if f"student-{student}" in done:
            continue
        rows, asked, rated = [], [], []
        for n in range(attempts):
            id_, question = f"{student}-{n}", chance.choice(questions)
            at = NOW - timedelta(minutes=chance.randrange(DAYS * 1440))
            rows.append(
                {
                    "id": id_,
                    "candidate": f"student-{student}",
                    "question_key": question.key,
                    "question_version": 1,
                    "question_text": question.text,
                    "kind": "typed",
                    "state": AttemptState.RATED,
                    "created_at": at,
                    "handed_in_at": at,
                    "rated_at": at,
                    "text": "word " * 150,
                    "draft": "",
                    "rubric_version": "v1",
                    "checks_version": "1",
                    "demo": False,
                }
            )
            asked += [{"attempt_id": id_, "competency": one} for one in question.competencies]
            rated += [
                {"attempt_id": id_, "criterion": c, "level": chance.choice((None, 1, 2, 3, 3, 4, 5)), "rater": "both"}
                for c in Criterion
            ]
        with database.writing() as session:
            session.execute(insert(AttemptRow), rows)
            session.execute(insert(CompetencyRow), asked)
            session.execute(insert(RatingRow), rated)
            refresh(session, f"student-{student}")


if __name__ == "__main__":
    main()
