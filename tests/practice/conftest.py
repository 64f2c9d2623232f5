"""A pipeline over files of this test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from practice_parts import Desk

from coach.practice import Practice


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    one = Desk(tmp_path)
    yield one
    one.close()


@pytest.fixture
def practice(desk: Desk) -> Practice:
    return desk.again()
