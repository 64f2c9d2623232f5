"""What the candidate reads."""

from enum import StrEnum

from coach.domain.finding import Finding, Part, Severity
from coach.domain.rating import Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span, with_words
from coach.domain.value import Value
from coach.domain.verdict import Rewrite


class FeedbackState(StrEnum):
    """Rated (the judge took part), rated by checks only, or unrated."""

    RATED = "rated"
    CHECKS_ONLY = "checks_only"
    UNRATED = "unrated"


class PartSpan(Value):
    """One sentence of the answer and the SOAR part it tells."""

    span: Span
    part: Part


class Change(Value):
    """The one change to make first: what to do, on which criterion, and the words it is about."""

    criterion: Criterion
    text: str
    about: Span | None = None


class Coverage(Value):
    """Whether an area of the question seems to be covered, and by which sentence."""

    area: str
    covered_by: Span | None = None


class Feedback(Value):
    """Everything that came of rating one answer.

    ``ratings`` holds every criterion exactly once, rated or not. ``note`` says in a sentence who rated and who could not.
    """

    state: FeedbackState
    ratings: tuple[Rating, ...]
    findings: tuple[Finding, ...] = ()
    parts: tuple[PartSpan, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    change: Change | None = None
    rewrite: Rewrite | None = None
    follow_up: str = ""
    note: str = ""

    def of(self, criterion: Criterion) -> Rating:
        """The rating of one criterion."""
        return next(r for r in self.ratings if r.criterion is criterion)

    @property
    def tells(self) -> bool:
        """Whether the ratings say anything one by one: a level, or what each of several raters saw who disagree."""
        return any(r.rated or r.views for r in self.ratings)

    @property
    def leaks(self) -> tuple[Finding, ...]:
        """What could identify a client, in the order of the answer."""
        return tuple(sorted((f for f in self.findings if f.severity is Severity.LEAK), key=lambda f: f.span.start))

    def without_leaks(self, text: str) -> str:
        """The answer with neutral words in place of what could identify a client."""
        return with_words(text, ((leak.span, leak.suggestion or "…") for leak in self.leaks))


class CheckReport(Value):
    """What the checks together make of an answer: every criterion rated by them alone, or unrated with the reason.

    ``lift`` says whether a judge may rate above them: not where something may speak to whoever rates. ``unshown`` are the sentences no
    judge is shown: those, and others in which the checks read no part of a story.
    """

    findings: tuple[Finding, ...] = ()
    lift: bool = True
    unshown: tuple[Span, ...] = ()
    parts: tuple[PartSpan, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    ratings: tuple[Rating, ...]

    def of(self, criterion: Criterion) -> Rating:
        """The checks' rating of one criterion."""
        return next(r for r in self.ratings if r.criterion is criterion)
