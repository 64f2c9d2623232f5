"""The judge the user chose under Set-up, and the door to it: looked up anew for each request, so that a choice counts at once."""

import threading
from collections.abc import Callable
from typing import Protocol

from coach.domain.judging import JudgeChoice, ToRate
from coach.domain.verdict import Verdict
from coach.judge.door import Door
from coach.judge.judge import Judge, NoJudge, Watch
from coach.judge.measured import Measured
from coach.judge.pair import JudgePair

AnyJudge = Judge | NoJudge | JudgePair


class Choices(Protocol):
    """Where the choice is kept."""

    def choice(self) -> JudgeChoice:
        """The choice in force."""


class ChosenDoor:
    """Makes a door for the choice in force and keeps it until another is chosen. Safe to share between threads."""

    def __init__(self, choices: Choices, make: Callable[[JudgeChoice], Door]) -> None:
        self._choices, self._make = choices, make
        self._lock = threading.Lock()
        self._made: tuple[JudgeChoice, Door] | None = None

    def current(self) -> Door:
        """The door in force."""
        choice = self._choices.choice()
        with self._lock:
            if self._made is None or self._made[0] != choice:
                self._made = choice, self._make(choice)
            return self._made[1]


class ChosenJudge:
    """Makes a judge for the door in force and keeps it until there is another. Safe to share between threads."""

    def __init__(self, door: Callable[[], Door], make: Callable[[Door], AnyJudge]) -> None:
        self._door, self._make = door, make
        self._lock = threading.Lock()
        self._made: tuple[Door, AnyJudge] | None = None

    def current(self) -> AnyJudge:
        """The judge in force."""
        door = self._door()
        with self._lock:
            if self._made is None or self._made[0] is not door:
                self._made = door, self._make(door)
            return self._made[1]

    @property
    def is_on(self) -> bool:
        """Whether there is anything to ask."""
        return self.current().is_on

    @property
    def measured(self) -> Measured | None:
        """What was measured of the judge in force."""
        return self.current().measured

    def rate(self, answer: ToRate, watch: Watch | None = None) -> Verdict:
        """The verdict of the judge in force. Never raises for what an endpoint does."""
        return self.current().rate(answer, watch)

    def expected(self, answer: ToRate) -> float | None:
        """About what the judge in force will cost."""
        return self.current().expected(answer)
