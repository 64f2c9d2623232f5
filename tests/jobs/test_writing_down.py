"""Recordings that are written down behind: once, for everybody who waits, and not any longer than they are wanted."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from coach.domain.attempt import AttemptState
from coach.errors import SpeechError
from coach.jobs import Runner
from coach.jobs.writing_down import WritingDown
from coach.store import AttemptStore, Database, LeaseStore
from coach.store.migrate import migrate
from tests.interview.conftest import Clock
from tests.store.store_examples import attempt


@dataclass
class Ears:
    """Hears as long as it is told to."""

    go_on: threading.Event = field(default_factory=threading.Event)
    begun: threading.Event = field(default_factory=threading.Event)
    heard: list[str] = field(default_factory=list)
    trouble: Exception | None = None

    def __call__(self, ident: str, _candidate: str, on_progress: Callable[[float], object]) -> None:
        self.heard.append(ident)
        self.begun.set()
        if self.trouble:
            raise self.trouble
        on_progress(0.5)
        assert self.go_on.wait(30)
        on_progress(0.75)
        on_progress(1.0)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate(database)
    yield database
    database.close()


@pytest.fixture
def store(database: Database) -> AttemptStore:
    store = AttemptStore(database)
    store.add(attempt(state=AttemptState.RECORDED))
    return store


def test_two_processes_write_a_recording_down_once(store: AttemptStore, database: Database) -> None:
    ears = Ears()
    works = [WritingDown((store, ears)) for _ in range(2)]
    here, there = (Runner([work], LeaseStore(database), Clock()) for work in works)
    first = threading.Thread(target=here.round, args=("write",))
    first.start()
    assert ears.begun.wait(30)
    assert not there.round("write"), "somebody is at it"
    assert [work.share(ears.heard[0]) for work in works] == [0.5, 0.0]
    ears.go_on.set()
    first.join()
    assert len(ears.heard) == 1


def test_a_recording_that_is_made_again_is_not_heard_to_its_end(store: AttemptStore) -> None:
    ears = Ears()
    work = WritingDown((store, ears))
    (ident,) = work.waiting()
    listening = threading.Thread(target=work.do, args=(ident,))
    listening.start()
    assert ears.begun.wait(30)
    store.start_again(ident, store.to_write_down()[0][1])
    ears.go_on.set()
    listening.join()
    assert work.share(ident) == 0.0
    assert work.waiting() == {}
    work.do(ident)
    assert len(ears.heard) == 1, "what is not wanted is not begun"


def test_what_went_wrong_is_said_until_it_is_tried_again(store: AttemptStore, database: Database) -> None:
    ears = Ears(trouble=SpeechError("The speech model is damaged."))
    work = WritingDown((store, ears))
    runner = Runner([work], LeaseStore(database), Clock())
    (ident,) = work.waiting()
    assert runner.round("write")
    assert runner.trouble("write", ident) == "The speech model is damaged."
    runner.try_again("write", ident)
    assert runner.trouble("write", ident) == ""
    ears.trouble = None
    ears.go_on.set()
    assert runner.round("write")


def test_each_room_hears_its_own_recordings(store: AttemptStore) -> None:
    class Others:
        def to_write_down(self) -> list[tuple[str, str]]:
            return [("b" * 32, "bob")]

    ears, others = Ears(), Ears()
    for one in (ears, others):
        one.go_on.set()
    work = WritingDown((store, ears), (Others(), others))
    (mine,) = [ident for ident, _ in store.to_write_down()]
    assert work.waiting() == {mine: "ann", "b" * 32: "bob"}
    for ident in work.waiting():
        work.do(ident)
    assert (ears.heard, others.heard) == ([mine], ["b" * 32])
