"""A coach's review of an answer: what a student asks for, what a coach writes and rates, and what both are told of it."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.value import Value

LEFT = "A coach who has left"  # the name of whoever deleted their profile


class Why(StrEnum):
    """Why an answer is among those to review, the most urgent first."""

    DISPUTED = "disputed"  # by the student
    ASKED = "asked for"  # by the student
    UNSAFE = "unsafe confidentiality"
    APART = "raters apart"  # checks and judge disagree, so the criterion is unrated
    DRAWN = "drawn by lot"  # for calibration
    CHOSEN = "chosen by a coach"


UNSAFE = 2  # the highest level on confidentiality that counts as unsafe


def is_unsafe(level: int | None) -> bool:
    """Whether a level on confidentiality counts as unsafe; unrated does not."""
    return level is not None and level <= UNSAFE


class Status(StrEnum):
    """How far the review of an answer has come."""

    TO_REVIEW = "to review"
    IN_PROGRESS = "in progress"
    REVIEWED = "reviewed"


class Subject(Value):
    """What a student disputes: a rating, by its criterion, or else what was found at a place. ``about`` names it as they read it."""

    criterion: Criterion | None = None
    span: Span | None = None
    about: str = Field(min_length=1)


class Request(Value):
    """A student asks for a review of an answer, or disputes something about it (``subject``); and what a coach answered."""

    id: str
    attempt: str
    at: AwareDatetime
    reason: str
    subject: Subject | None = None
    answered_at: AwareDatetime | None = None
    answer: str = ""
    by: str = Field(default="", description="who answered")

    @property
    def is_open(self) -> bool:
        """Whether nobody has answered yet."""
        return self.answered_at is None


class Comment(Value):
    """What a coach says about an answer, or about one place in it."""

    id: str
    at: AwareDatetime
    words: str = Field(min_length=1)
    span: Span | None = None


class OwnRating(Value):
    """A coach's own level on one criterion.

    ``blind``: given before the product's level could be seen. ``machine`` is what the product said at that time, None for unrated.
    """

    criterion: Criterion
    level: int = Field(ge=1, le=5)
    blind: bool
    at: AwareDatetime
    machine: int | None = None
    rubric: str = ""


class Override(Value):
    """A coach's level in place of the product's, with its reason and the words of the answer it rests on."""

    criterion: Criterion
    level: int = Field(ge=1, le=5)
    reason: str = Field(min_length=1)
    evidence: tuple[Span, ...] = ()
    at: AwareDatetime
    by: str
    rubric: str


class Review(Value):
    """One coach's review of one answer. The student sees it once it is finished, which is when it was given to them."""

    id: str
    attempt: str
    by: str
    begun_at: AwareDatetime
    blind: bool = Field(description="the coach chose to rate before seeing the product's ratings")
    rated_at: AwareDatetime | None = None
    finished_at: AwareDatetime | None = None
    ratings: tuple[OwnRating, ...] = ()
    comments: tuple[Comment, ...] = ()

    @property
    def hides_ratings(self) -> bool:
        """Whether the product's ratings are still hidden from the coach."""
        return self.blind and self.rated_at is None


class Entry(Value):
    """One answer among those to review, as a coach's list says it: no words of it."""

    attempt: str
    candidate: str
    student: str = Field(description="their name")
    cohort: str
    cohort_id: str
    question_text: str
    since: AwareDatetime = Field(description="when it was asked for; else when it was handed in")
    status: Status
    why: tuple[Why, ...]
    by: str = Field(default="", description="who is at it, or reviewed it")


class Waiting(Value):
    """What of one student waits for a coach: how many open disputes and requests, and since when."""

    disputes: int = 0
    asked: int = 0
    since: AwareDatetime


class NoticeKind(StrEnum):
    """What somebody is told of."""

    REVIEWED = "reviewed"  # to the student, from here
    COMMENTED = "commented"
    ANSWERED = "answered"
    OVERRIDDEN = "overridden"
    ASKED = "asked"  # to coaches, from here
    DISPUTED = "disputed"


TO_COACHES = frozenset((NoticeKind.ASKED, NoticeKind.DISPUTED))


class Notice(Value):
    """Something that happened and concerns whoever reads it."""

    id: int
    at: AwareDatetime
    kind: NoticeKind
    by: str
    attempt: str
    question_text: str
    read_at: AwareDatetime | None = None


class Pair(Value):
    """A coach's level and the product's on the same answer. ``shown``: what the answer is, where its words are shared now."""

    criterion: Criterion
    own: int
    machine: int | None
    blind: bool
    at: AwareDatetime
    rubric: str
    shown: "Shown | None" = None

    @property
    def apart(self) -> int:
        """How far the coach's level lies above the product's; 0 where that is unrated."""
        return 0 if self.machine is None else self.own - self.machine


class Shown(Value):
    """An answer that may be opened to see why two levels differ."""

    attempt: str
    student: str
    question_text: str


Pair.model_rebuild()
