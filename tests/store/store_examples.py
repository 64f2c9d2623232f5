"""Attempts and feedback as the rest of the product would hand them to the store."""

import uuid
from datetime import UTC, datetime, timedelta

from coach.domain.answer import AnswerKind, Transcript, Word
from coach.domain.attempt import Attempt, AttemptState, Versions
from coach.domain.delivery import Delivery, Moment
from coach.domain.feedback import Feedback, FeedbackState
from coach.domain.question import Competency
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, JudgeRecord

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
TEXT = "I called the county office and she kept her flat."
VERSIONS = Versions(rubric="v1", checks="1")
JUDGE = JudgeRecord(outcome=JudgeOutcome.OFF, message="No judge is set up.")
TRANSCRIPT = Transcript(
    text=TEXT,
    words=(Word(text="I", start=0.1, end=0.2, probability=0.9),),
    duration_s=4.5,
    speech_s=3.0,
    model="tiny.en",
)
DELIVERED = TRANSCRIPT.model_copy(
    update={
        "delivery": Delivery(
            duration_s=22,
            words_a_minute=120,
            first_word_s=1,
            last_word_s=21,
            silence_share=0.1,
            fillers=(Moment(start=2, end=2.3, words="um"),),
            loudness_spread_db=9,
        )
    }
)


def attempt(candidate: str = "ann", *, days: int = 0, **more: object) -> Attempt:
    """A new attempt, begun some days after NOON."""
    fields = {
        "id": uuid.uuid4().hex,
        "candidate": candidate,
        "question_key": "coordinate-complex-needs",
        "question_version": 1,
        "question_text": "How did you bring the services together?",
        "competencies": (Competency.COORDINATION, Competency.PLANNING),
        "kind": AnswerKind.TYPED,
        "state": AttemptState.DRAFT,
        "created_at": NOON + timedelta(days=days),
    }
    return Attempt.model_validate({**fields, **more})


def feedback(*levels: int | None) -> Feedback:
    """Feedback with these levels, in the order of the criteria; None is unrated."""
    span = Span.of(TEXT, 0, 5)
    return Feedback(
        state=FeedbackState.CHECKS_ONLY,
        ratings=tuple(
            Rating(criterion=c, level=level, by=Rater.CHECKS, why="Because.", evidence=(span,))
            for c, level in zip(Criterion, levels, strict=True)
        ),
    )
