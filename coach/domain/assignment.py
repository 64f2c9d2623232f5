"""An assignment: questions that a coach gives to a cohort or some of its students, and how far each of them is."""

from datetime import date
from enum import StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.interview import LONGEST_THINKING_S, MOST_QUESTIONS, OPEN_LIMIT_S, Asked, Mode, SetUp
from coach.domain.question import Question, Setting
from coach.domain.value import Value

LONGEST_TITLE = 120  # characters
LONGEST_NOTE = 2_000
MOST_TAKES = 10
NO_ASSIGNMENT = "There is no such assignment here. It may have been withdrawn."


class Way(StrEnum):
    """How an assignment is done."""

    INTERVIEW = "interview"  # one interview, feedback at the end
    PRACTICE = "practice"  # one interview, feedback after each answer
    SINGLE = "single"  # each question by itself, when one likes


class AssignmentState(StrEnum):
    """Whether students are asked to do it."""

    OPEN = "open"
    WITHDRAWN = "withdrawn"  # taken back: students do not see it any more
    ARCHIVED = "archived"  # over: nobody can begin it any more; who did it still sees it


class Assignment(Value):
    """What a coach gives. ``students`` are those it is for, unless it is for the ``whole`` cohort, whoever joins later.

    ``questions`` are fixed when it is given: a guide that changes afterwards changes nothing here. ``takes``: how often an answer
    may be recorded at the most; None: as often as one likes. ``demo``: it came with the demo cohort.
    """

    id: str
    cohort: str
    author: str
    created_at: AwareDatetime
    state: AssignmentState = AssignmentState.OPEN
    title: str = Field(min_length=1, max_length=LONGEST_TITLE)
    note: str = Field(default="", max_length=LONGEST_NOTE, description="to the students")
    guide: str | None = Field(default=None, description="the guide the questions come from, unless it was deleted")
    questions: tuple[Asked, ...] = Field(min_length=1, max_length=MOST_QUESTIONS)
    way: Way = Way.INTERVIEW
    setting: Setting | None = None
    thinking_s: int = Field(default=15, ge=0, le=LONGEST_THINKING_S)
    limit_s: int | None = Field(
        default=120, ge=5, le=OPEN_LIMIT_S, description="seconds an answer may take; None: open"
    )
    takes: int | None = Field(default=None, ge=1, le=MOST_TAKES)
    probes: bool = True
    due: date | None = None
    whole: bool = True
    students: tuple[str, ...] = ()
    demo: bool = False

    def set_up(self) -> SetUp:
        """The interview it is done as; not for one that is done question by question."""
        return SetUp(
            setting=self.setting,
            questions=len(self.questions),
            mode=Mode.PRACTICE if self.way is Way.PRACTICE else Mode.INTERVIEW,
            thinking_s=self.thinking_s,
            limit_s=self.limit_s,
            probes=self.probes,
            asked=self.questions,
            takes=self.takes,
            assignment=self.id,
        )

    def limit_of(self, question: Question) -> int:
        """Seconds an answer to one of its questions may take where it is answered by itself."""
        own = next((one.limit_s for one in self.questions if one.key == question.key), None)
        return own or self.limit_s or question.time_limit_s


class Work(Value):
    """How far one student is with an assignment. Nothing of what they said."""

    begun_at: AwareDatetime | None = None
    handed_in_at: AwareDatetime | None = None

    def days_late(self, due: date | None, today: date) -> int:
        """Days between the day it was due and the day it was handed in, or ``today`` where it is not; 0 where it is not late."""
        if due is None:
            return 0
        day = self.handed_in_at.astimezone().date() if self.handed_in_at else today
        return max(0, (day - due).days)


class StudentWork(Value):
    """One student of an assignment, as their coach sees it."""

    student: str
    name: str
    work: Work


class Given(Value):
    """An assignment as a student has it. ``left`` are the keys of questions without an answer that was handed in.

    ``interview`` and ``attempts`` are what was begun for it and is not over; attempts by the key of their question.
    """

    assignment: Assignment
    cohort: str = Field(description="its name")
    work: Work
    left: tuple[str, ...] = ()
    interview: str | None = None
    attempts: dict[str, str] = Field(default_factory=dict)

    @property
    def to_do(self) -> bool:
        """Whether it waits to be begun or finished."""
        return self.work.handed_in_at is None and self.assignment.state is AssignmentState.OPEN
