"""A database of this test's own, as the product opens one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.store import AttemptStore, Database, TakeStore
from coach.store.migrate import migrate


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    one = Database(address)
    migrate(one)
    yield one
    one.close()


@pytest.fixture
def store(database: Database) -> AttemptStore:
    return AttemptStore(database)


@pytest.fixture
def takes(tmp_path: Path) -> TakeStore:
    return TakeStore(tmp_path / "takes")
