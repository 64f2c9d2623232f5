import threading
from concurrent.futures import CancelledError

import pytest

from coach.speech.turns import Turns


def busy(turns: Turns) -> threading.Event:
    """Keeps the one worker busy until the event is set, so that a row builds up."""
    go, begun = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        go.wait(10)

    turns.submit("holder", hold)
    assert begun.wait(10)
    return go


def order(turns: Turns, work: list[str], go: threading.Event) -> list[str]:
    done: list[str] = []
    pieces = [turns.submit(name[0], lambda name=name: done.append(name)) for name in work]  # type: ignore[misc]
    go.set()
    for piece in pieces:
        piece.result(10)
    return done


def test_speakers_take_turns_however_much_one_of_them_has_in_store() -> None:
    turns = Turns(1)
    go = busy(turns)

    assert order(turns, ["a1", "a2", "a3", "b1", "c1", "c2"], go) == ["a1", "b1", "c1", "a2", "c2", "a3"]


def test_who_has_stopped_and_waits_comes_first() -> None:
    turns = Turns(1)
    go = busy(turns)
    turns.hurry("b")

    assert order(turns, ["a1", "a2", "b1", "b2"], go) == ["b1", "b2", "a1", "a2"]


def test_two_who_wait_take_turns_too() -> None:
    turns = Turns(1)
    go = busy(turns)
    turns.hurry("b")
    turns.hurry("c")

    assert order(turns, ["a1", "b1", "b2", "c1", "c2"], go) == ["b1", "c1", "b2", "c2", "a1"]


def test_what_a_speaker_leaves_behind_is_not_done() -> None:
    turns = Turns(1)
    go = busy(turns)
    left = turns.submit("a", lambda: "done")
    turns.leave("a")
    go.set()

    with pytest.raises(CancelledError):
        left.result(10)
    assert turns.submit("b", lambda: "still works").result(10) == "still works"


def test_what_goes_wrong_is_told_to_whoever_asked() -> None:
    turns = Turns(1)

    def fail() -> None:
        raise RuntimeError("no memory")

    with pytest.raises(RuntimeError, match="no memory"):
        turns.submit("a", fail).result(10)
    assert turns.submit("a", lambda: 1).result(10) == 1
