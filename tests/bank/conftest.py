"""Authoring over a database of this test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from authoring_parts import authoring

from coach.bank.authoring import Authoring
from coach.store import Database
from coach.store.migrate import migrate


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Authoring]:
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate(database)
    yield authoring(database)
    database.close()
