"""What one prepares for, and with what: an interview with an employer, its checklist, and what to do on which day."""

from datetime import date, time
from enum import StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.question import Competency, Question, Setting
from coach.domain.value import Value

LONGEST_POINT = 300  # characters


class ItemKind(StrEnum):
    """What one does."""

    QUESTION = "question"
    INTERVIEW = "interview"
    DRILL = "drill"
    STORY = "story"
    POINT = "point"  # of a checklist


class Item(Value):
    """One thing to do. ``ref`` says which one: keys of questions with commas between, or the id of a drill, a story or a point."""

    kind: ItemKind
    ref: str
    title: str = Field(min_length=1)
    minutes: int = Field(ge=1)
    competencies: tuple[Competency, ...] = ()


class Offer(Value):
    """An item, how much doing it now is worth, and the reason in one sentence with the facts it stands on."""

    item: Item
    worth: float = Field(ge=0, le=1)
    reason: str = Field(min_length=1)


class Day(Value):
    """What a plan holds for one day. ``interview``: it is the day of the interview itself."""

    on: date
    offers: tuple[Offer, ...] = ()
    interview: bool = False


class Tick(Value):
    """A point that was ticked by hand."""

    point: str
    at: AwareDatetime


class OwnPoint(Value):
    """A point somebody added to a checklist."""

    id: str
    text: str = Field(min_length=1, max_length=LONGEST_POINT)


class Details(Value):
    """When and where an interview is, as the candidate wrote it down. ``interviewers``: their names, kept on this computer only."""

    employer: str = Field(default="", max_length=120)
    day: date
    at: time | None = Field(default=None, description="local time of day; None: not known yet")
    online: bool = False
    place: str = Field(default="", max_length=300, description="an address, a room or a link")
    interviewers: str = Field(default="", max_length=300)
    setting: Setting | None = Field(default=None, description="where the job is; None: anywhere")


class Appointment(Value):
    """An interview with an employer, ahead or past, with what was done for it."""

    id: str
    candidate: str
    created_at: AwareDatetime
    details: Details
    ticks: tuple[Tick, ...] = ()
    own: tuple[OwnPoint, ...] = ()

    def days_left(self, today: date) -> int:
        """Days from ``today`` to the interview; negative once it is past."""
        return (self.details.day - today).days

    @property
    def name(self) -> str:
        """How it is called on a page."""
        return f"Interview at {self.details.employer}" if self.details.employer else "Your interview"


class Aim(Value):
    """The job somebody prepares for, as its description was read.

    ``populations`` are in words; ``about`` and ``likely`` are keys of questions: those on the people it serves, and those it makes likely.
    """

    job: str
    title: str
    settings: tuple[Setting, ...] = ()
    competencies: tuple[Competency, ...] = ()
    populations: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()

    @property
    def setting(self) -> Setting | None:
        """Where the job is, if its description says."""
        return next(iter(self.settings), None)

    def may_ask(self, question: Question) -> bool:
        """Whether a question may be asked where the job is."""
        return not (self.settings and question.settings) or bool(set(self.settings) & set(question.settings))

    def asks_for(self, question: Question) -> Competency | None:
        """What a question shows of what the job asks for, what it asks for most first."""
        return next((one for one in self.competencies if one in question.competencies), None)


def in_days(days: int) -> str:
    """How far away a day is, in words."""
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case _:
            return f"in {days} days"


def days_ago(days: int) -> str:
    """How long ago a day was, in words."""
    match days:
        case 0:
            return "today"
        case 1:
            return "yesterday"
        case _:
            return f"{days} days ago"
