"""A room of this test's own, over a copy of a database that was migrated once."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copy

import pytest
from assigning_parts import Room
from sqlalchemy import event

from coach.store import Database
from coach.store.migrate import migrate


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("migrated") / "coach.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.close()
    return path


@pytest.fixture
def room(tmp_path: Path, migrated: Path) -> Iterator[Room]:
    copy(migrated, tmp_path / "coach.db")
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    event.listen(database.engine, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF"))
    yield Room(database, tmp_path)
    database.close()
