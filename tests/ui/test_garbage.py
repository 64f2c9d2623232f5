"""What is loaded once is no longer looked through by every collection."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from types import ModuleType

import pytest

from coach.ui.garbage import set_aside_what_stays


class Looks(threading.Event):
    """So many looks, with something done before each."""

    def __init__(self, *before: Callable[[], object]) -> None:
        super().__init__()
        self._before = list(before)

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout
        if not self._before:
            return True
        self._before.pop(0)()
        return False


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def nothing() -> None:
    """Nobody does anything."""


def set_aside(*before: Callable[[], object]) -> list[bool]:
    """Whether anything was set aside by each look."""
    seen: list[bool] = []

    def looked(do: Callable[[], object]) -> Callable[[], None]:
        def look() -> None:
            seen.append(gc.get_freeze_count() > 0)
            gc.unfreeze()
            do()

        return look

    set_aside_what_stays(Looks(*map(looked, before), looked(nothing)))
    return seen[1:]


def test_what_is_there_at_the_start_is_set_aside_once() -> None:
    assert set_aside(nothing, nothing, nothing) == [True, False, False]


def test_it_waits_until_libraries_are_whole_and_goes_by_many_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(many: int) -> Callable[[], None]:
        def loads() -> None:
            for n in range(many):
                monkeypatch.setitem(sys.modules, f"invented_{len(sys.modules)}_{n}", ModuleType("invented"))

        return loads

    assert set_aside(nothing, load(15), load(15), nothing, nothing, load(3), nothing) == [
        *(True, False, False, True),
        *(False, False, False),
    ]
