"""An attempt: one answer to one question, with everything that came of it."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.answer import AnswerKind, Transcript
from coach.domain.feedback import Feedback
from coach.domain.question import Competency
from coach.domain.rating import Rater
from coach.domain.rubric import Criterion
from coach.domain.value import Value
from coach.domain.verdict import JudgeRecord


class AttemptState(StrEnum):
    """How far an attempt has come. Each step is stored before the next begins, so it can be taken up again after a crash."""

    DRAFT = "draft"  # being typed or recorded
    RECORDED = "recorded"  # the recording is finished and waits to be written down
    TRANSCRIBED = "transcribed"  # a transcript waits to be checked by the candidate
    HANDED_IN = "handed_in"  # the candidate said: rate this
    RATED = "rated"  # feedback is there (which may say: unrated)


class Versions(Value):
    """What a rating was made with; ratings of unlike rubric versions are never compared."""

    rubric: str
    checks: str


class Earlier(Value):
    """A rating that a later one replaced."""

    rated_at: AwareDatetime
    feedback: Feedback
    judge: JudgeRecord | None = None
    versions: Versions | None = None


class Attempt(Value):
    """One answer to one question.

    ``draft`` is what the candidate is typing or correcting; ``text`` what was handed in, and what all spans point into;
    ``transcript`` what was heard, as it was heard, whatever the candidate corrected afterwards.
    """

    id: str
    candidate: str
    question_key: str
    question_version: int
    question_text: str
    competencies: tuple[Competency, ...] = ()
    kind: AnswerKind
    state: AttemptState
    created_at: AwareDatetime
    handed_in_at: AwareDatetime | None = None
    rated_at: AwareDatetime | None = None
    draft: str = ""
    transcript: Transcript | None = None
    text: str = ""
    feedback: Feedback | None = None
    judge: JudgeRecord | None = None
    versions: Versions | None = None
    demo: bool = False
    interview_id: str | None = Field(default=None, description="the interview it is an answer in")

    @property
    def is_handed_in(self) -> bool:
        """Whether the candidate said: rate this."""
        return self.state in (AttemptState.HANDED_IN, AttemptState.RATED)


class Level(Value):
    """One rated criterion of one attempt: what progress is made of. Unrated criteria have none."""

    attempt: str
    at: AwareDatetime
    question_key: str = ""
    question_text: str
    criterion: Criterion
    level: int
    by: Rater
    rubric: str
    competencies: tuple[Competency, ...]
    demo: bool
