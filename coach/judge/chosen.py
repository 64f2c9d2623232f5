"""The judge the user chose under Set-up: looked up anew for each answer, so that a choice counts at once."""

import threading
from collections.abc import Callable
from typing import Protocol

from coach.domain.finding import Finding
from coach.domain.judging import JudgeChoice
from coach.domain.question import Question
from coach.domain.rubric import Rubric
from coach.domain.verdict import Verdict
from coach.judge.judge import Judge, NoJudge, Watch
from coach.judge.pair import JudgePair

AnyJudge = Judge | NoJudge | JudgePair


class Choices(Protocol):
    """Where the choice is kept."""

    def choice(self) -> JudgeChoice:
        """The choice in force."""


class ChosenJudge:
    """Makes a judge for the choice in force and keeps it until another is chosen. Safe to share between threads."""

    def __init__(self, choices: Choices, make: Callable[[JudgeChoice], AnyJudge]) -> None:
        self._choices, self._make = choices, make
        self._lock = threading.Lock()
        self._made: tuple[JudgeChoice, AnyJudge] | None = None

    def current(self) -> AnyJudge:
        """The judge in force."""
        choice = self._choices.choice()
        with self._lock:
            if self._made is None or self._made[0] != choice:
                self._made = choice, self._make(choice)
            return self._made[1]

    @property
    def is_on(self) -> bool:
        """Whether there is anything to ask."""
        return self.current().is_on

    def rate(
        self,
        question: Question,
        text: str,
        rubric: Rubric,
        findings: tuple[Finding, ...] = (),
        *,
        candidate_key: str = "",
        watch: Watch | None = None,
    ) -> Verdict:
        """The verdict of the judge in force. Never raises for what an endpoint does."""
        return self.current().rate(question, text, rubric, findings, candidate_key=candidate_key, watch=watch)

    def expected(self, question: Question, text: str, rubric: Rubric) -> float | None:
        """About what the judge in force will cost."""
        return self.current().expected(question, text, rubric)
