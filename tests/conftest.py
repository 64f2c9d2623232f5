"""The two databases that tests of the store, of people and of work behind run on."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach.jobs.queue import prepare
from coach.store import Database
from coach.store.migrate import migrate
from tests.postgres_cluster import MISSING, Cluster, cluster, programs

TEMPLATE = "ready"


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """One server for all tests; a database of its own is copied for each."""
    if programs() is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with cluster() as one:
        one.execute(f"CREATE DATABASE {TEMPLATE}")
        ready = Database(one.address(TEMPLATE))
        migrate(ready)
        prepare(ready.conninfo)
        ready.close()
        yield one


@pytest.fixture
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a database of this test's own is to be: a file that is not there yet; or, with `BOTH`, also a copy of one on a server."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path / 'coach.db'}"
        return
    server: Cluster = request.getfixturevalue("postgresql")
    made = server.create(TEMPLATE)
    yield made
    server.drop(made)
