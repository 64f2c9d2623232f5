"""A coach's room over a real database: people and cohorts, guides and assignments, and interviews done for them."""

from functools import cache
from pathlib import Path

from coach.assigning.assignments import Assignments, Limits
from coach.assigning.guides import Guides
from coach.bank import Bank, load_bank
from coach.bank.shelf import Shelf
from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt
from coach.domain.interview import Interview, Phase, SetUp
from coach.domain.people import Person
from coach.interview.engine import waits
from coach.interview.interviews import Interviews
from coach.interview.work import Listening
from coach.practice import Practice
from coach.resources import question_bank
from coach.store import (
    AssignmentStore,
    Database,
    GuideStore,
    HeldQuestionStore,
    InterviewStore,
    JudgeStore,
    QuestionStore,
    TakeStore,
)
from tests.people.people_parts import House
from tests.practice.practice_parts import RUBRIC, Ears, LevelThree, Scripted

SECOND = bytes(32_000)
KEYS = ("engage-reluctant-client", "respond-to-crisis", "close-case-well")
SAID = "I called the office, and she kept her flat."


@cache
def packs() -> Bank:
    """The program's own bank, read once."""
    return load_bank(question_bank())


class Room:
    """Everything about assignments. ``house`` holds the people and the clock."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.takes = TakeStore(folder / "takes")
        self.house = House(database, self.takes)
        self.store, self.held = AssignmentStore(database), HeldQuestionStore(database)
        self.made = QuestionStore(database)
        self.bank = Shelf(packs(), self.made, self.held)
        self.guides = Guides(GuideStore(database), self.held, self.bank, self.house.clock)
        self.assignments = Assignments(self.store, self.held, self.bank, self.house.clock)
        self.interview_store = InterviewStore(database, waits)
        self.practice = Practice(
            bank=self.bank,
            rubric=RUBRIC,
            checks=LevelThree(),
            judge=Scripted(),
            transcriber=Ears(),
            attempts=self.house.attempts,
            takes=self.takes,
            waiting=JudgeStore(database),
            clock=self.house.clock,
            allowance=Limits(self.store, self.takes),
        )
        self.interviews = Interviews(
            self.practice, self.interview_store, history=self.house.attempts.history, clock=self.house.clock
        )
        self.listening = Listening(self.practice, self.interview_store, self.house.attempts, self.house.clock)

    def work(self) -> None:
        """Do what waits behind interviews."""
        while waiting := self.listening.waiting():
            self.listening.do(next(iter(waiting)))

    def typed(self, interview: Interview, said: str = SAID) -> Interview:
        """Answer what is asked, and go on."""
        interview = self.interviews.finish_typed(self.interviews.start(interview), said)
        self.work()
        return self.interviews.look(interview.id, interview.candidate)

    def sit(self, who: Person, set_up: SetUp, said: str = SAID) -> Interview:
        """A whole interview, typed."""
        typing = set_up.model_copy(update={"answers": AnswerKind.TYPED, "thinking_s": 0})
        interview = self.interviews.begin(who.id, typing)
        while not interview.done:
            between = interview.phase is Phase.BETWEEN
            interview = self.interviews.go_on(interview) if between else self.typed(interview, said)
        return interview

    def answer(self, attempt: Attempt, said: str = SAID) -> None:
        """Hand in an answer and rate it."""
        self.practice.hand_in(attempt.id, attempt.candidate, said)
        self.practice.rate(attempt.id, attempt.candidate)
