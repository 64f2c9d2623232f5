"""How long the data of a cohort's dashboard takes, and whether it depends on the number of attempts.

    python bench/cohorts.py [--students 500] [--attempts 200] [--database URL]

Fills a database with invented levels (no words), counts the rollups, and reads the dashboard again and again; then doubles the
attempts, within the same half year, and reads it again. ``--database`` names an empty database, PostgreSQL for instance.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import insert

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

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
DAYS = 182
RUNS = 60
VIEWS = {
    "all weeks": Chosen(),
    "last 12 weeks": Chosen(weeks=12),
    "last 4 weeks": Chosen(weeks=4),
    "one setting": Chosen(setting=Setting.HOUSING),
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--students", type=int, default=500)
    parser.add_argument("--attempts", type=int, default=200)
    parser.add_argument("--database")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        database = Database(asked.database or f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(database)
        coach, cohort = _people(database, asked.students)
        before: dict[str, float] = {}
        for part in (0, 1):
            _fill(database, asked.students, asked.attempts, part)
            started = time.perf_counter()
            students = RollupStore(database).recount()
            each = (time.perf_counter() - started) / students
            print(f"\n{asked.students} students with {asked.attempts * (part + 1)} attempts each")
            print(f"counting one student anew: {each * 1000:.0f} ms")
            _one_change(database)
            _measure(Dashboards(DashboardStore(database), lambda: NOW), coach, cohort, before)
        database.close()


def _measure(dashboards: Dashboards, coach: Person, cohort: str, before: dict[str, float]) -> None:
    print("data of a view       median      p95   then drawing up all students")
    for name, chosen in VIEWS.items():
        reading = _times(lambda chosen=chosen: dashboards.numbers(coach, cohort, chosen))
        numbers = dashboards.numbers(coach, cohort, chosen)
        drawing = _times(lambda numbers=numbers: cohort_view(numbers, NOW))
        grown = f"  {reading[0] / before[name] - 1:+.0%} by doubling" if name in before else ""
        before[name] = reading[0]
        print(f"{name:18} {reading[0]:6.0f} ms {reading[1]:6.0f} ms {drawing[0]:6.0f} ms{grown}")


def _one_change(database: Database) -> None:
    def change() -> None:
        with database.writing() as session:
            refresh(session, "student-0")

    times = _times(change)
    print(f"one rating's rollups: median {times[0]:.0f} ms, p95 {times[1]:.0f} ms")


def _times(do: Callable[[], object]) -> tuple[float, float]:
    """Median and p95 in milliseconds."""
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        do()
        taken.append(1000 * (time.perf_counter() - started))
    return median(taken), sorted(taken)[int(0.95 * RUNS)]


def _people(database: Database, students: int) -> tuple[Person, str]:
    def person(name: str, role: Role) -> Person:
        return Person(id=name, name=name, role=role, issuer=Issuer.LOCAL, subject=name, created_at=NOW)

    coach = PeopleStore(database).add(person("coach", Role.COACH))
    cohort = Cohort(id="cohort", name="Bench", join_code="ABCDEFGH", created_at=NOW - timedelta(days=DAYS))
    CohortStore(database).add(cohort, coach.id)
    belongs = {question.key: question.settings for question in load_bank(question_bank()).questions}
    RollupStore(database).know(belongs)
    people = [person(f"student-{n}", Role.CANDIDATE) for n in range(students)]
    with database.writing() as session:
        session.execute(insert(PersonRow), [one.model_dump() for one in people])
        member = {"cohort_id": cohort.id, "joined_at": NOW, "sharing": Sharing.TRANSCRIPTS, "earlier": True}
        session.execute(insert(MembershipRow), [{"person_id": one.id, **member} for one in people])
    return coach, cohort.id


def _fill(database: Database, students: int, attempts: int, part: int) -> None:
    """Attempts over half a year to questions of the bank, rated on four criteria, some unrated."""
    chance, questions = random.Random(part), load_bank(question_bank()).questions  # noqa: S311  # no secret
    for student in range(students):
        rows, asked, rated = [], [], []
        for n in range(attempts):
            id_, question = f"{student}-{part}-{n}", chance.choice(questions)
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


if __name__ == "__main__":
    main()
