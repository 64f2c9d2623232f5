"""Backups, upgrades and the purge on the command line."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from cli_tools import Coach

from coach.store import AttemptStore, Database
from coach.store.backup import verify
from coach.store.migrate import config, known_revisions
from tests.store.store_examples import attempt


@pytest.fixture
def old(bare: Path) -> Path:
    """A data folder as an earlier version left it."""
    database = Database(f"sqlite:///{bare / 'data' / 'coach.db'}")
    with database.engine.connect() as connection, connection.execution_options(writes=True).begin():
        command.upgrade(config(connection), "0009")
    AttemptStore(database).add(attempt())
    database.close()
    return bare / "data"


def test_migrating_says_from_where_to_where_and_backs_up_first(coach: Coach, old: Path) -> None:
    newest = known_revisions()[0]
    told = coach("migrate")
    assert told.exit_code == 0
    assert f"from revision 0009 to {newest}.\nBacked up to " in told.output
    (made,) = (old / "backups").iterdir()
    assert verify(made).revision == "0009"
    assert verify(made).rows["attempt"] == 1
    assert coach("migrate").output.endswith("Nothing was missing.\n")
    assert list((old / "backups").iterdir()) == [made]


def test_a_backup_says_what_it_holds_and_is_restored(coach: Coach, old: Path) -> None:
    made = coach("backup", old / "copy.zip")
    assert made.exit_code == 0
    assert "1 answer of 0 people" in made.output
    assert "keep it safe" in made.output
    assert "people stored" in coach("backup", "--help").output
    (old / "coach.db").unlink()
    back = coach("restore", old / "copy.zip")
    assert back.exit_code == 0
    assert back.output.startswith("Restored: 1 answer of 0 people")
    again = coach("restore", old / "copy.zip")
    assert re.search(r"What was here before is in .*replaced-\d{8}-\d{6}", again.output)


def test_with_postgresql_backups_are_its_own_business(coach: Coach, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://user:hidden@localhost/coach")
    refused = coach("backup")
    assert refused.exit_code == 2
    assert "pg_dump" in refused.output
    assert "hidden" not in refused.output


def test_a_purge_tells_numbers_first_only_what_would_be(
    coach: Coach, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert (datetime.now(UTC) - attempt().created_at).days > 30
    monkeypatch.setenv("COACH_TEXTS_DAYS", "30")
    dry = coach("purge", "--dry-run")
    assert (dry.exit_code, dry.output.splitlines()[-1]) == (0, "announced to their owners: 1 would be")
    assert coach("purge").output.splitlines()[-1] == "announced to their owners: 1"
    assert coach("purge").output.splitlines()[-1] == "announced to their owners: 0"
    assert old
