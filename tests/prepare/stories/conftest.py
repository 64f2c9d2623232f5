"""A story bank of this test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prepare.stories.stories_parts import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    one = Room(tmp_path)
    yield one
    one.database.close()
