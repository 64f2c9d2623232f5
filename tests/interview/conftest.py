"""An interview over real SQLite and real files, with a clock that stands still until it is moved."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from coach.bank import Bank
from coach.bank.packs import Pack
from coach.domain.answer import AnswerKind
from coach.domain.interview import Interview, SetUp
from coach.domain.question import Area, Competency, Kind, Question, Setting
from coach.interview.engine import waits
from coach.interview.interviews import Interviews
from coach.interview.reports import Reports
from coach.interview.work import Listening
from coach.jobs import Runner
from coach.jobs.rating import Rating
from coach.ports import Prober
from coach.practice import Practice
from coach.store import AttemptStore, Database, InterviewStore, JudgeStore, LeaseStore, TakeStore
from coach.store.migrate import migrate
from tests.practice.practice_parts import NOON, RUBRIC, Ears, LevelThree, Scripted

SECOND = bytes(32_000)
QUESTIONS = (
    Question(key="role", kind=Kind.GENERAL, text="What does a case manager do?", probes=("Why you?",)),
    Question(
        key="barrier",
        kind=Kind.BEHAVIOURAL,
        text="Tell me about a barrier you removed.",
        competencies=(Competency.ADVOCACY,),
        settings=(Setting.INSURANCE,),
        areas=(Area(text="What stood in the way"),),
        probes=("Who said no?", "What would you change?"),
    ),
    Question(key="crisis", kind=Kind.BEHAVIOURAL, text="Tell me about a crisis.", settings=(Setting.CHILD_WELFARE,)),
    Question(key="day", kind=Kind.SITUATIONAL, text="Two clients call at once. What do you do?", probes=("And then?",)),
)
BANK = Bank(packs=(Pack(file="t.toml", title="T", description="D", language="en", questions=QUESTIONS),))


@dataclass
class Clock:
    """Stands still until somebody lets time pass."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Room:
    """Everything an interview needs, over one folder. ``again`` is the same after the process died."""

    folder: Path
    clock: Clock
    ears: Ears = field(default_factory=Ears)
    checks: LevelThree = field(default_factory=LevelThree)
    judge: Scripted = field(default_factory=Scripted)
    prober: Prober | None = None
    meanwhile: Callable[[], object] | None = None
    """What happens while whoever listens waits."""

    def __post_init__(self) -> None:
        self.database = Database(f"sqlite:///{self.folder / 'coach.db'}")
        migrate(self.database)
        self.attempts, self.store = AttemptStore(self.database), InterviewStore(self.database, waits)
        self.practice = Practice(
            bank=BANK,
            rubric=RUBRIC,
            checks=self.checks,
            judge=self.judge,
            transcriber=self.ears,
            attempts=self.attempts,
            takes=TakeStore(self.folder / "takes"),
            waiting=JudgeStore(self.database),
            clock=self.clock,
        )
        self.interviews = Interviews(
            self.practice,
            self.store,
            history=self.attempts.history,
            clock=self.clock,
            rng=random.Random(1),  # noqa: S311  # choosing a question is no secret
        )
        kinds = (
            Listening(self.practice, self.store, self.attempts, self.clock, self.prober, wait=self.wait),
            Rating(self.attempts, self.practice.rate),
        )
        self.runner = Runner(kinds, LeaseStore(self.database), self.clock)
        self.reports = Reports(self.practice, self.store, partial(self.runner.trouble, "rate"), self.runner.wake)

    def wait(self, seconds: float) -> None:
        self.clock.passes(seconds)
        if self.meanwhile:
            self.meanwhile()

    def again(self) -> "Room":
        self.database.close()
        return Room(self.folder, self.clock, self.ears, self.checks, self.judge, self.prober)

    def begin(self, **choices: object) -> Interview:
        chosen = {"thinking_s": 0, "answers": AnswerKind.TYPED, "probes": False, "questions": 2, **choices}
        return self.interviews.begin("ann", SetUp.model_validate(chosen))

    def speak(self, interview: Interview, seconds: int = 3) -> Interview:
        for n in range(seconds):
            self.practice.put_chunk(interview.round.attempt, "ann", interview.turn.take, n, SECOND)
        return self.interviews.finish_spoken(interview, interview.turn.take, seconds)

    def work(self) -> None:
        while self.runner.round("hear") or self.runner.round("rate"):
            pass


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    one = Room(tmp_path, Clock())
    yield one
    one.database.close()
