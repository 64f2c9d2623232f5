"""The database file: opened, migrated, and every fault of disk or file said in a plain sentence."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copytree

import pytest
from alembic import command
from sqlalchemy import text
from store_examples import JUDGE, TEXT, VERSIONS, attempt, feedback

from coach.errors import SettingsError, StoreError, StoreFullError, StoreNewerError, StoreReadOnlyError
from coach.store import AttemptStore, Database
from coach.store import migrate as migrating
from coach.store.database import plain_store_errors
from coach.store.migrate import config, migrate


@contextmanager
def opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()


def pragma(database: Database, name: str) -> object:
    with database.reading() as session:
        return session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()


# ── migrations ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_database_gets_all_tables_once(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'deep' / 'er' / 'coach.db'}") as database:
        assert migrate(database) is True
        assert migrate(database) is False
        assert AttemptStore(database).all_of("ann") == ()


def test_tables_and_migrations_say_the_same(database: Database) -> None:
    with database.engine.connect() as connection:
        command.check(config(connection))


def test_a_database_of_a_newer_version_is_refused_and_unchanged(tmp_path: Path, database: Database) -> None:
    AttemptStore(database).add(attempt())
    with database.writing() as session:
        session.connection().execute(text("update alembic_version set version_num = '9999'"))
    database.close()
    before = (tmp_path / "coach.db").read_bytes()
    with (
        opened(f"sqlite:///{tmp_path / 'coach.db'}") as again,
        pytest.raises(StoreNewerError, match=r"newer version.*Nothing was changed"),
    ):
        migrate(again)
    assert (tmp_path / "coach.db").read_bytes() == before


_REPLACES_THE_PARENT = '''"""A migration that copies the parent table."""

import sqlalchemy as sa
from alembic import op

revision = "9998"
down_revision = "HEAD"


def upgrade() -> None:
    seen = op.get_bind().exec_driver_sql("PRAGMA foreign_keys").scalar()
    assert seen == 0, "foreign keys are on"
    with op.batch_alter_table("attempt", recreate="always") as batch:
        batch.add_column(sa.Column("mood", sa.Text(), nullable=True))
'''


@pytest.fixture
def next_migration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where to write a second migration that this test's product has."""
    scripts = tmp_path / "scripts"
    copytree(Path(migrating.__file__).parent / "migrations", scripts)
    monkeypatch.setattr(migrating, "_SCRIPTS", scripts)
    return scripts / "versions" / "9998_next.py"


@pytest.fixture
def head(database: Database) -> str:
    """The newest migration there is."""
    with database.reading() as session:
        return str(session.connection().exec_driver_sql("select version_num from alembic_version").scalar())


def test_replacing_a_parent_table_keeps_its_children(database: Database, next_migration: Path, head: str) -> None:
    store, one = AttemptStore(database), attempt()
    store.add(one)
    store.save_feedback(one.id, "ann", feedback=feedback(4, 3, 2, 1), judge=JUDGE, versions=VERSIONS, at=one.created_at)
    before = store.get(one.id, "ann"), store.levels("ann")
    next_migration.write_text(_REPLACES_THE_PARENT.replace("HEAD", head), encoding="utf-8")
    assert migrate(database) is True
    assert (store.get(one.id, "ann"), store.levels("ann")) == before
    assert pragma(database, "foreign_keys") == 1
    with database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_a_migration_that_fails_half_way_changes_nothing(
    tmp_path: Path, database: Database, next_migration: Path, head: str
) -> None:
    AttemptStore(database).add(attempt())
    script = _REPLACES_THE_PARENT.replace("HEAD", head)
    next_migration.write_text(script + '    raise OSError(28, "no space")\n', encoding="utf-8")
    with pytest.raises(StoreFullError):
        migrate(database)
    with closing(sqlite3.connect(tmp_path / "coach.db")) as raw:
        assert raw.execute("select version_num from alembic_version").fetchone() == (head,)
        assert "mood" not in {row[1] for row in raw.execute("pragma table_info(attempt)")}
        assert raw.execute("select count(*) from attempt").fetchone() == (1,)
    assert pragma(database, "foreign_keys") == 1


def test_programs_that_start_at_the_same_moment_do_not_trip_over_each_other(tmp_path: Path) -> None:
    program = (
        "import sys; from coach.store import Database; from coach.store.migrate import migrate; "
        "sys.stdin.readline(); migrate(Database(sys.argv[1]))"
    )
    starts = [
        subprocess.Popen(
            [sys.executable, "-c", program, f"sqlite:///{tmp_path / 'coach.db'}"],
            cwd=Path(__file__).resolve().parents[2],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    for one in starts:
        assert one.stdin
        one.stdin.write("go\n")
        one.stdin.flush()
    ends = [one.communicate(timeout=60)[1] for one in starts]
    assert [(one.returncode, end) for one, end in zip(starts, ends, strict=True)] == [(0, "")] * 2


# ── how it is opened ──────────────────────────────────────────────────────────────────────────────────────────────


def test_ordinary_sessions_have_foreign_keys_a_write_ahead_log_and_full_syncs(database: Database) -> None:
    found = [pragma(database, name) for name in ("foreign_keys", "journal_mode", "synchronous")]
    assert found == [1, "wal", 2]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "not a database address"),
        ("nosuch://user:hidden@host/db", "not a database address"),
        ("mysql://user:hidden@host/db", "needs the Python package"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_without_its_password(url: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as told:
        Database(url)
    assert "hidden" not in str(told.value)


# ── faults ────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("content", [b"This is no database at all. " * 400, b"SQLite format 3\x00" + b"\xff" * 8000])
def test_a_damaged_file_is_said_to_be_damaged_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "coach.db"
    path.write_bytes(content)
    with opened(f"sqlite:///{path}") as database, pytest.raises(StoreError, match="damaged or is no database"):
        migrate(database)
    assert path.read_bytes() == content


def test_a_page_that_is_damaged_is_told_when_it_is_read(tmp_path: Path, database: Database) -> None:
    store = AttemptStore(database)
    for _ in range(50):
        store.add(attempt(draft="word " * 500))
    database.close()
    path = tmp_path / "coach.db"
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(4096 * 2)
        file.write(b"\xff" * (size - 4096 * 2))
    with pytest.raises(StoreError, match="damaged"):
        store.all_of("ann")


def test_a_database_that_may_only_be_read_is_read_and_says_so_when_written(tmp_path: Path, database: Database) -> None:
    one = attempt(draft="kept")
    AttemptStore(database).add(one)
    database.close()
    with opened(f"sqlite:///file:{tmp_path / 'coach.db'}?mode=ro&uri=true") as read_only:
        store = AttemptStore(read_only)
        assert migrate(read_only) is False
        assert store.get(one.id, "ann").draft == "kept"
        with pytest.raises(StoreReadOnlyError, match=r"The database cannot be written.*COACH_DATA_DIR"):
            store.save_draft(one.id, "ann", "changed")
        assert store.get(one.id, "ann").draft == "kept"


def test_an_address_in_sqlites_own_form_makes_no_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with opened("sqlite:///file:nowhere/coach.db?mode=ro&uri=true") as database, pytest.raises(StoreReadOnlyError):
        migrate(database)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("os.mkdir", refuse)
    with pytest.raises(StoreReadOnlyError, match=f"The folder {tmp_path / 'new'} cannot be written"):
        Database(f"sqlite:///{tmp_path / 'new' / 'coach.db'}")


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="ascii")
    with pytest.raises(StoreError, match="data: File exists"):
        Database(f"sqlite:///{tmp_path / 'data' / 'coach.db'}")


def test_a_folder_in_place_of_the_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "coach.db").mkdir()
    with (
        opened(f"sqlite:///{tmp_path / 'coach.db'}") as database,
        pytest.raises(StoreReadOnlyError, match="cannot be opened"),
    ):
        migrate(database)


def test_a_full_disk_is_told_and_what_was_saved_stays(database: Database) -> None:
    store, one = AttemptStore(database), attempt(draft="saved before")
    store.add(one)
    with database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    database.close()

    def limit(raw: sqlite3.Connection, _record: object) -> None:
        raw.execute(f"PRAGMA max_page_count={pages + 2}")

    from sqlalchemy import event  # noqa: PLC0415  # only this test limits the size

    event.listen(database.engine, "connect", limit)
    with pytest.raises(StoreFullError, match=r"The disk is full\. Free some space") as told:
        store.save_draft(one.id, "ann", "a secret answer " * 10_000)
    assert "secret" not in str(told.value)
    assert store.get(one.id, "ann") == one
    store.save_draft(one.id, "ann", "short words still fit")
    assert store.get(one.id, "ann").draft == "short words still fit"


def test_a_database_held_by_another_program_is_said_to_be_busy(
    tmp_path: Path, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, one = AttemptStore(database), attempt()
    store.add(one)
    database.close()
    monkeypatch.setattr("coach.store.database._BUSY_MS", 50)
    with closing(sqlite3.connect(tmp_path / "coach.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"busy\. Try again"):
            store.save_draft(one.id, "ann", "waits")
        assert store.get(one.id, "ann") == one
        other.execute("ROLLBACK")
    store.save_draft(one.id, "ann", "goes on")
    assert store.get(one.id, "ann").draft == "goes on"


def test_no_error_ever_shows_an_answer(database: Database) -> None:
    """The driver's error holds the statement with its values: neither message nor chain may show it."""
    store, one = AttemptStore(database), attempt(draft=TEXT)
    store.add(one)
    with pytest.raises(StoreError) as told:
        store.add(one)
    error: BaseException | None = told.value
    assert "county" not in str(error)
    assert told.value.__cause__ is None
    assert told.value.__suppress_context__ is True


@pytest.mark.parametrize(
    ("number", "kind", "says"),
    [
        (errno.ENOSPC, StoreFullError, "disk is full"),
        (errno.EDQUOT, StoreFullError, "disk is full"),
        (errno.EACCES, StoreReadOnlyError, "The shelf cannot be written"),
        (errno.EPERM, StoreReadOnlyError, "The shelf cannot be written"),
        (errno.EROFS, StoreReadOnlyError, "The shelf cannot be written"),
        (errno.EIO, StoreError, "Something went wrong with the shelf: Input/output error"),
    ],
)
def test_what_the_system_says_becomes_a_plain_sentence(number: int, kind: type[StoreError], says: str) -> None:
    with pytest.raises(StoreError, match=says) as told, plain_store_errors("the shelf"):
        raise OSError(number, os.strerror(number))
    assert type(told.value) is kind
