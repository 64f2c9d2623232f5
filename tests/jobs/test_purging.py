"""The purge has one piece of work a day."""

from dataclasses import dataclass
from datetime import date

from coach.jobs import Runner
from coach.jobs.purging import Purging
from coach.store import Database, KeepingStore, LeaseStore
from coach.store.migrate import migrate
from tests.interview.conftest import Clock


@dataclass
class Days:
    """Remembers the last purge, and how often it was asked."""

    last: date | None = None
    asked: int = 0

    def purged_on(self) -> date | None:
        self.asked += 1
        return self.last

    def note_purge(self, day: date) -> None:
        self.last = day


def test_each_day_is_purged_once_whoever_starts_again_meanwhile(tmp_path: object) -> None:
    database = Database(f"sqlite:///{tmp_path}/coach.db")
    migrate(database)
    clock, done = Clock(), []
    store = KeepingStore(database)

    def start() -> Runner:
        return Runner([Purging(store, lambda: done.append(clock().date()), clock)], LeaseStore(database), clock)

    first = start()
    assert [first.round("purge") for _ in range(2)] == [True, False]
    assert not start().round("purge")
    clock.passes(86_400)
    second = start()
    assert [one.round("purge") for one in (first, second, first)] == [True, False, False]
    assert [str(day) for day in done] == ["2026-03-01", "2026-03-02"]
    database.close()


def test_looking_asks_the_database_once_a_day() -> None:
    clock, days = Clock(), Days()
    kind = Purging(days, lambda: None, clock)
    kind.do(*kind.waiting())
    asked = days.asked
    for _ in range(100):
        assert kind.waiting() == {}
    assert days.asked == asked + 1
