"""A house of this test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from people_parts import House
from sqlalchemy import event

from coach.store import Database, TakeStore
from coach.store.migrate import migrate


@pytest.fixture
def house(tmp_path: Path, address: str) -> Iterator[House]:
    database = Database(address)
    if database.is_sqlite:  # no test here loses power
        event.listen(database.engine, "connect", lambda one, _: one.execute("PRAGMA synchronous=OFF"))
    migrate(database)
    yield House(database, TakeStore(tmp_path / "takes"))
    database.close()
