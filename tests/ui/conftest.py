"""Our routes over HTTP, with services of the test's own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from coach.ui import resources
from coach.ui.routes import ROUTES


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of this test's own for the services of this process."""
    for name in list(os.environ):
        if name.startswith(("COACH_", "OPENAI_", "DATABASE_")):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path / "data"))
    resources._built.cache_clear()
    yield tmp_path / "data"
    resources._built.cache_clear()


@pytest.fixture
def client(data: Path) -> Iterator[TestClient]:
    """The routes, over the services of that folder."""
    assert data
    with TestClient(Starlette(routes=ROUTES)) as one:
        yield one
