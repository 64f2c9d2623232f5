"""Drills over a real database, with real recordings, and a clock that the test moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from coach.domain.answer import Transcript
from coach.judge import Door, role_play
from coach.prepare.drills.drilling import Drills
from coach.prepare.drills.scenarios import Scenarios
from coach.store import Database, DrillStore, TakeStore
from coach.store.migrate import migrate
from tests.prepare.drills.drill_parts import packs


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


class Ears:
    """Hears the same in every recording: what is heard is another test's matter."""

    said = "Your heart is weak and water built up, so take the water pill each day and call your doctor when you gain weight."

    def hear_pcm(self, pcm: bytes, on_progress: object = None) -> Transcript:  # noqa: ARG002  # the shape it stands in for
        return Transcript(text=self.said, duration_s=len(pcm) / 32_000, model="none")

    def pcm_of_file(self, path: Path) -> tuple[bytes, str]:
        raise NotImplementedError


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    one = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate(one)
    yield one
    one.close()


@pytest.fixture
def drills(database: Database, tmp_path: Path, clock: Clock) -> Drills:
    return Drills(
        packs=packs(), store=DrillStore(database), takes=TakeStore(tmp_path / "takes"), transcriber=Ears(), clock=clock
    )


@pytest.fixture
def scenarios(drills: Drills, database: Database, clock: Clock) -> Scenarios:
    """Without anybody to play the other person."""
    return Scenarios(drills, DrillStore(database), partner=role_play(lambda: Door(None)), clock=clock)
