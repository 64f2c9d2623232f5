"""PostgreSQL: reached or not, said plainly, and no writer undoes another."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest
from alembic import command
from sqlalchemy import text
from store_examples import JUDGE, NOON, VERSIONS, attempt, feedback

from coach.domain.judging import Usage
from coach.domain.people import Issuer, Person
from coach.errors import SettingsError, StoreError, StoreNewerError
from coach.store import AttemptStore, Database, JudgeStore, LeaseStore, PeopleStore
from coach.store.migrate import config, migrate, standing
from coach.store.tables import AttemptRow
from tests.postgres_cluster import Cluster


@pytest.fixture
def address(postgresql: Cluster) -> Iterator[str]:
    """A server: this is about PostgreSQL."""
    made = postgresql.create("ready")
    yield made
    postgresql.drop(made)


def together(*calls: Callable[[], object]) -> list[object]:
    """What calls return that begin at the same moment, each in a thread of its own; an error is a result, too."""
    found: list[object] = [None] * len(calls)
    begin = threading.Barrier(len(calls))

    def run(n: int) -> None:
        begin.wait()
        try:
            found[n] = calls[n]()
        except StoreError as error:
            found[n] = error

    threads = [threading.Thread(target=run, args=(n,)) for n in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


# ── how it is reached ─────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("form", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_usual_form_of_an_address_reaches_the_database(address: str, form: str) -> None:
    with closing(Database(address.replace("postgresql", form, 1))) as database:
        assert AttemptStore(database).all_of("ann") == ()


def test_where_a_database_is_can_be_told_without_its_user_and_password(postgresql: Cluster) -> None:
    url = f"postgresql://ann:hidden@127.0.0.1:{postgresql.port}/coach?password=hidden"
    with closing(Database(url)) as database:
        assert database.address == f"PostgreSQL at 127.0.0.1:{postgresql.port}, database coach"
        assert "hidden" not in repr(database)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("/test_", "/nowhere_"), "no database of the name in DATABASE_URL"),
        (("127.0.0.1", "no.such.host.invalid"), "host in DATABASE_URL is not known"),
        (("127.0.0.1:", "127.0.0.1:1"), "nothing answers at the address"),
    ],
)
def test_a_database_that_cannot_be_reached_is_told_in_one_sentence(
    address: str, change: tuple[str, str], says: str
) -> None:
    wrong = "postgresql://coach:not-asked-for@127.0.0.1:1/coach" if "answers" in says else address.replace(*change)
    with closing(Database(wrong)) as database, pytest.raises(StoreError, match=says) as told:
        migrate(database)
    assert "not-asked-for" not in str(told.value)


def test_a_missing_driver_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(SettingsError, match=r"pip install 'practice-coach\[hosted\]'"):
        Database("postgresql://coach@localhost/coach")


def test_a_port_that_is_no_number_is_told_without_the_password() -> None:
    with pytest.raises(SettingsError, match="not a database address") as told:
        Database("postgresql://coach:hidden@localhost:http/coach")
    assert "hidden" not in str(told.value)


def test_a_server_that_restarts_in_the_middle_of_a_write_is_used_again(postgresql: Cluster, address: str) -> None:
    with closing(Database(address)) as database:
        store, one = AttemptStore(database), attempt(draft="before")
        store.add(one)

        def write() -> None:
            with database.writing() as session:
                session.connection().execute(text("update attempt set draft = 'half'"))
                postgresql.stop()
                postgresql.start()
                session.connection().execute(text("select 1"))

        with pytest.raises(StoreError, match="connection to the database was lost"):
            write()
        assert store.get(one.id, "ann").draft == "before"
        store.save_draft(one.id, "ann", "after")
        assert store.get(one.id, "ann").draft == "after"


# ── migrations ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_tables_and_migrations_say_the_same_here_too(address: str) -> None:
    with closing(Database(address)) as database:
        with database.engine.connect() as connection:
            command.check(config(connection))
        assert migrate(database) is False


def test_a_database_of_a_newer_version_is_refused(address: str) -> None:
    with closing(Database(address)) as database:
        with database.writing() as session:
            session.connection().execute(text("update alembic_version set version_num = '9999'"))
        with pytest.raises(StoreNewerError, match="Nothing was changed"):
            migrate(database)


def test_programs_that_start_together_make_the_tables_once(postgresql: Cluster) -> None:
    url = postgresql.create()
    program = "import sys; from coach.store import Database; from coach.store.migrate import migrate; migrate(Database(sys.argv[1]))"
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program, url],
            cwd=Path(__file__).resolve().parents[2],
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    assert [one.communicate(timeout=120)[1] for one in starts] == ["", ""]
    with closing(Database(url)) as database:
        found, newest = standing(database)
    assert found == newest
    postgresql.drop(url)


# ── several at once ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    with closing(Database(address)) as one:
        yield one


def test_of_many_who_take_a_lease_at_once_one_gets_it(database: Database) -> None:
    leases, until = LeaseStore(database), NOON + timedelta(seconds=20)
    taken = together(*(lambda n=n: leases.take("rate:a", f"worker-{n}", NOON, until) for n in range(6)))
    assert sorted(map(bool, taken)) == [False] * 5 + [True]


def test_what_is_spent_at_once_is_all_counted(database: Database) -> None:
    books = JudgeStore(database)
    assert together(*(lambda: books.spend("2026-03-01", Usage(calls=1, usd=0.5)) for _ in range(6))) == [None] * 6
    assert books.spent("2026-03-01") == Usage(calls=6, usd=3.0)


def test_somebody_who_comes_twice_at_once_is_one_person(database: Database) -> None:
    store = PeopleStore(database)

    def come(n: int) -> str:
        person = Person(id=f"p{n}", name="Ann", issuer=Issuer.LOCAL, subject="ann", created_at=NOON)
        return store.add(person).id

    assert len(set(together(*(lambda n=n: come(n) for n in range(4))))) == 1


def test_an_answer_that_two_rate_at_once_has_the_first_rating(database: Database) -> None:
    store, one = AttemptStore(database), attempt()
    store.add(one)
    store.hand_in(one.id, "ann", "I called the county office.", NOON)

    def rate(level: int) -> None:
        store.save_feedback(
            one.id,
            "ann",
            feedback=feedback(*[level] * 4),
            judge=JUDGE,
            versions=VERSIONS,
            at=NOON + timedelta(seconds=level),
            first=True,
        )

    assert together(*(lambda n=n: rate(n) for n in (1, 2, 3, 4))) == [None] * 4
    rated = store.get(one.id, "ann")
    assert rated.rated_at
    assert {level.level for level in store.levels("ann")} == {(rated.rated_at - NOON).seconds}


def test_a_reader_sees_everything_as_it_was_at_one_moment(database: Database, address: str) -> None:
    store, one = AttemptStore(database), attempt()
    with database.reading() as session:
        before = session.connection().execute(text("select count(*) from attempt")).scalar()
        with psycopg.connect(address) as other:
            assert other.execute("select count(*) from attempt").fetchone() == (before,)
        store.add(one)
        assert session.connection().execute(text("select count(*) from attempt")).scalar() == before
    assert store.get(one.id, "ann") == one


def test_a_row_somebody_else_is_changing_is_waited_for_and_then_said_to_be_busy(
    database: Database, address: str
) -> None:
    store, one = AttemptStore(database), attempt(draft="kept")
    store.add(one)

    def read_in_order_to_write() -> None:
        with database.writing() as session:
            session.connection().execute(text("set local lock_timeout = '50ms'"))
            session.get(AttemptRow, one.id)

    with psycopg.connect(address) as other:
        other.execute("select id from attempt for update")
        with pytest.raises(StoreError, match="busy"):
            read_in_order_to_write()
        other.rollback()
    store.save_draft(one.id, "ann", "goes on")
    assert store.get(one.id, "ann").draft == "goes on"
