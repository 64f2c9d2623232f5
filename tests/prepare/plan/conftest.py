"""Appointments and the planner over real SQLite, with a clock that stands still until it is moved."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from coach.domain.attempt import Level
from coach.domain.interview import Interview
from coach.prepare.plan.appointments import Appointments
from coach.prepare.plan.checklist import Checklist, load_points
from coach.prepare.plan.look import Held
from coach.prepare.plan.planner import Planner
from coach.prepare.plan.questions import OpenQuestions
from coach.prepare.plan.sights import MICROPHONE, WATCHES
from coach.store import Database, PlanStore
from coach.store.migrate import migrate
from tests.practice.practice_parts import RUBRIC
from tests.prepare.plan.plan_examples import BANK, NOON


@dataclass
class Room:
    """What planning needs. ``levels`` and ``interviews`` are what is known of the candidate."""

    store: PlanStore
    levels: list[Level]
    interviews: list[Interview]
    now: datetime = NOON
    asked: int = 0

    def __post_init__(self) -> None:
        points = load_points()
        self.appointments = Appointments(self.store, lambda: self.now)
        self.planner = Planner(
            levels=lambda _: self.levels,
            interviews=lambda _: self.interviews,
            appointments=self.appointments,
            sources=(OpenQuestions(BANK, RUBRIC), Checklist(points, WATCHES)),
            points=points,
            watched=WATCHES,
            clock=lambda: self.now,
            held=self.held,
        )

    def held(self, who: str) -> Held:
        """What other rooms hold, and a note that they were asked."""
        self.asked += 1
        return Held(microphone=self.store.last_saw(who, MICROPHONE))


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    database = Database(f"sqlite:///{tmp_path / 'coach.db'}")
    migrate(database)
    yield Room(PlanStore(database), [], [])
    database.close()
