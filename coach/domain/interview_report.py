"""What an interview came to: values that a page, a PDF, a Markdown file and a JSON file all show alike."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.feedback import Change, Coverage
from coach.domain.finding import Finding, Part
from coach.domain.interview import OwnLevel, SetUp
from coach.domain.rating import Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.value import Value


class Standing(StrEnum):
    """What there is to say about an answer."""

    RATED = "rated"
    WAITING = "waiting"  # the rating is under way
    UNRATED = "unrated"  # with a reason; never a low level


class Share(Value):
    """How much of the words tells one part of the story, from 0 to 1."""

    part: Part
    share: float


class Delivery(Value):
    """How answers were given. Pace, pauses and hesitations are known of what was spoken only."""

    seconds: float = Field(description="recorded, or spent on writing")
    words: int
    limit_s: int | None = Field(
        default=None, description="seconds each answer might take; None: open, or several limits"
    )
    words_per_minute: float | None = Field(default=None, description="hesitations aside, pauses included")
    long_pauses: int | None = Field(default=None, description="silences of two seconds or more")
    hesitations: int | None = Field(default=None, description="um and uh, at least")
    recorded_again: int = 0


class Said(Value):
    """One turn: what was asked and what was answered."""

    asked: str
    why: str = ""
    text: str = ""
    trouble: str = ""


class Moved(Value):
    """A later attempt beside the first: which part was said anew, and how each criterion moved (None: unrated)."""

    attempt: str
    part: Part | None
    before: str
    after: str
    standing: Standing
    levels: tuple[tuple[Criterion, int | None, int | None], ...] = ()


class QuestionReport(Value):
    """One question with everything that came of it."""

    number: int
    question: str
    attempt: str
    standing: Standing
    reason: str = Field(default="", description="why it is unrated, or who could not rate")
    said: tuple[Said, ...]
    text: str = ""
    ratings: tuple[Rating, ...] = ()
    change: Change | None = None
    balance: tuple[Share, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    leaks: tuple[Finding, ...] = ()
    delivery: Delivery | None = None
    own: tuple[OwnLevel, ...] = ()
    moved: tuple[Moved, ...] = ()


class Contradiction(Value):
    """Two places that cannot both be so, or need a word of explanation."""

    about: str
    first_question: int
    first: Span
    second_question: int
    second: Span


class Lift(Value):
    """One of the changes that would lift the whole most."""

    number: int = Field(description="of the question it is about")
    change: Change


class Mean(Value):
    """The mean level on one criterion over the rated answers, None where there is none; before it, those of earlier interviews."""

    criterion: Criterion
    level: float | None
    answers: int
    earlier: tuple[float, ...] = Field(default=(), description="the last interviews' means, the oldest first")
    own: float | None = Field(
        default=None, description="the mean of what the candidate gave themselves, over the same answers"
    )


class Calibration(Value):
    """How a candidate's own ratings in one interview differ from those they got: above 0 they think more of themselves."""

    interview: str
    at: AwareDatetime
    difference: float
    ratings: int = Field(description="how many could be compared")


class InterviewReport(Value):
    """The whole report."""

    interview: str
    at: AwareDatetime
    set_up: SetUp
    rubric: str = Field(description="version of the scale the levels stand on")
    questions: tuple[QuestionReport, ...]
    means: tuple[Mean, ...]
    delivery: Delivery | None = Field(default=None, description="of all answers together")
    balance: tuple[Share, ...] = ()
    lifts: tuple[Lift, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()
    pauses: int = 0
    absences: int = 0
    away_s: float = 0.0

    @property
    def covered(self) -> tuple[int, int]:
        """How many of the areas the questions look for were found, and how many there are, over the rated answers."""
        areas = [area for q in self.questions if q.standing is Standing.RATED for area in q.coverage]
        return sum(area.covered_by is not None for area in areas), len(areas)

    @property
    def leaks(self) -> tuple[tuple[int, Finding], ...]:
        """All that could identify a client, with the number of the question it was said to."""
        return tuple((q.number, leak) for q in self.questions for leak in q.leaks)

    @property
    def waiting(self) -> int:
        """How many answers are not rated yet."""
        return sum(q.standing is Standing.WAITING for q in self.questions)
