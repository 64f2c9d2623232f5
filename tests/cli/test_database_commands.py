"""The database on the command line: which, reached or not, how far; and workers, where there is a server."""

from pathlib import Path

import pytest
from cli_tools import Coach

from coach.commands.database import examined
from coach.errors import StoreError
from coach.settings import Settings
from tests.postgres_cluster import Cluster


def test_migrate_says_which_database_and_what_was_done(coach: Coach, tmp_path: Path) -> None:
    made, again = coach("migrate").stdout, coach("migrate").stdout
    assert made.startswith(f"SQLite, {tmp_path / 'data' / 'coach.db'}: from an empty database to ")
    assert made.endswith("Done.\n")
    assert again.endswith("Nothing was missing.\n")


def test_migrate_makes_the_tables_of_a_server_without_showing_its_password(
    coach: Coach, postgresql: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = postgresql.create()
    monkeypatch.setenv("DATABASE_URL", url)
    told = coach("migrate").output
    assert told.startswith(f"PostgreSQL at 127.0.0.1:{postgresql.port}, database ")
    assert "from an empty database to " in told
    assert told.endswith("Done.\n")
    assert "not-asked-for" not in told
    postgresql.drop(url)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://coach:hidden@127.0.0.1:1/coach", "nothing answers at the address in DATABASE_URL"),
        ("postgresql:/coach:hidden", "not a database address"),
    ],
)
def test_a_database_that_cannot_be_reached_is_one_clear_sentence(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, url: str, says: str
) -> None:
    monkeypatch.setenv("DATABASE_URL", url)
    result = coach("migrate")
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stderr.count("\n") == 1
    assert "hidden" not in result.output


def test_the_doctor_tells_a_server_that_is_down(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bare
    monkeypatch.setenv("DATABASE_URL", "postgresql://coach:hidden@127.0.0.1:1/coach")
    with pytest.raises(StoreError, match="Is PostgreSQL running there"):
        examined(Settings.load())


def test_a_worker_without_a_server_is_told_what_it_needs(coach: Coach) -> None:
    result = coach("worker")
    assert result.exit_code == 2
    assert "Workers need PostgreSQL: set DATABASE_URL" in result.stderr
