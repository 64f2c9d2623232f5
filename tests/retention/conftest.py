"""A house of this test's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from retention_parts import Kept


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    one = Kept(tmp_path)
    yield one
    one.database.close()
