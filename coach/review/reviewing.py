"""Reviewing as a coach: what waits, one's own ratings and comments, and a level in place of the product's."""

import logging
import random
import uuid
from collections.abc import Mapping, Sequence

from coach.domain.people import Person
from coach.domain.review import Comment, Entry, Request, Review, Waiting
from coach.domain.rubric import LEVELS, Criterion
from coach.domain.span import Span
from coach.errors import CoachError, NotFoundError
from coach.people.coaching import as_coach
from coach.people.people import Clock
from coach.people.policy import Action, Resource
from coach.practice import storable
from coach.review.ports import OverrideStore, QueueStore, ReviewStore

log = logging.getLogger(__name__)
MOST = 4_000  # characters of a comment, a reason, an answer
FIELDS = frozenset(
    ("comment", "span", *(f"{kind}-{criterion}" for kind in ("level", "reason", "evidence") for criterion in Criterion))
)  # of a review that are kept while nobody has saved them


class Reviewing:
    """All a coach does with reviews. What is not shared with them, or not theirs, raises NotFoundError as what is not there."""

    def __init__(
        self,
        queue: QueueStore,
        reviews: ReviewStore,
        overrides: OverrideStore,
        clock: Clock,
        rng: random.Random | None = None,
    ) -> None:
        self._queue = queue
        self._reviews = reviews
        self._overrides = overrides
        self._clock = clock
        self._rng = rng or random.Random()  # noqa: S311  # drawing an answer is no secret

    # ── what waits ───────────────────────────────────────────────────────────────────────────────────────────────

    def entries(self, who: Person, cohort_id: str | None = None) -> tuple[Entry, ...]:
        """The answers to review, in progress and reviewed: disputed ones first, then those that wait longest."""
        return self._queue.entries(as_coach(who, Resource.QUEUE), self._clock(), cohort_id=cohort_id)

    def entry(self, who: Person, attempt_id: str) -> Entry:
        """One answer as the list says it, whether or not it is on it."""
        found = self._queue.entries(as_coach(who, Resource.QUEUE), self._clock(), attempt_id=attempt_id)
        if not found:
            self._reviews.find(as_coach(who, Resource.QUEUE), attempt_id)
        return found[0]

    def waiting(self, who: Person, cohort_id: str) -> dict[str, Waiting]:
        """What waits for an answer, by student of a cohort."""
        return self._queue.waiting(as_coach(who, Resource.QUEUE), cohort_id)

    def requests(self, who: Person, attempt_id: str) -> tuple[Request, ...]:
        """What a student asked about an answer."""
        return self._queue.requests(as_coach(who, Resource.QUEUE), attempt_id)

    def answer(self, who: Person, request_id: str, words: str) -> None:
        """Answer what a student asked. Raises ConflictError where somebody did already, CoachError for an empty answer."""
        self._queue.answer(
            as_coach(who, Resource.QUEUE, Action.CHANGE), request_id, _said(words, "an answer"), self._clock()
        )

    def draw(self, who: Person) -> Review:
        """Begin a blind review of an answer drawn by lot from those the coach has not read. Raises CoachError where there is none."""
        unseen = self._queue.unseen(as_coach(who, Resource.QUEUE))
        if not unseen:
            raise CoachError("You have read every answer that is shared with you.")
        return self.begin(who, self._rng.choice(unseen), blind=True, drawn=True)

    # ── one review ───────────────────────────────────────────────────────────────────────────────────────────────

    def begin(self, who: Person, attempt_id: str, *, blind: bool, drawn: bool = False) -> Review:
        """Begin a review, or come back to it. ``blind``: the product's ratings are hidden until one's own are saved."""
        coach = as_coach(who, Resource.REVIEW, Action.CREATE)
        review = self._reviews.begin(coach, attempt_id, uuid.uuid4().hex, self._clock(), blind=blind, drawn=drawn)
        log.info("review %s of attempt %s", review.id, attempt_id)
        return review

    def find(self, who: Person, attempt_id: str) -> Review | None:
        """One's own review of an answer, if it was begun."""
        return self._reviews.find(as_coach(who, Resource.REVIEW), attempt_id)

    def drafts(self, who: Person, review_id: str) -> dict[str, str]:
        """What stands in its fields and is not saved yet."""
        return self._reviews.drafts(as_coach(who, Resource.REVIEW), review_id)

    def save_draft(self, who: Person, review_id: str, field: str, words: str) -> None:
        """Keep what stands in a field, so that no reload loses it."""
        if field not in FIELDS and not field.startswith("answer-"):
            raise NotFoundError("A review has no such field.")
        coach = as_coach(who, Resource.REVIEW, Action.CHANGE)
        self._reviews.save_draft(coach, review_id, field[:64], storable(words)[:MOST])

    def rate(self, who: Person, review_id: str, levels: Mapping[Criterion, int]) -> Review:
        """Save one's own levels; from then on the product's are shown. Raises CoachError where there is none."""
        if not levels or not set(levels.values()) <= set(LEVELS):
            raise CoachError("Choose a level from 1 to 5 on one criterion at least.")
        return self._reviews.rate(as_coach(who, Resource.REVIEW, Action.CHANGE), review_id, levels, self._clock())

    def comment(self, who: Person, review_id: str, words: str, span: Span | None = None) -> None:
        """Say something about the answer, or about one place in it."""
        one = Comment(id=uuid.uuid4().hex, at=self._clock(), words=_said(words, "a comment"), span=span)
        self._reviews.comment(as_coach(who, Resource.REVIEW, Action.CHANGE), review_id, one)

    def delete_comment(self, who: Person, review_id: str, comment_id: str) -> None:
        """Delete a comment."""
        self._reviews.delete_comment(as_coach(who, Resource.REVIEW, Action.CHANGE), review_id, comment_id)

    def finish(self, who: Person, review_id: str) -> None:
        """Give the review to its student. Raises ConflictError while a dispute is open."""
        self._reviews.finish(as_coach(who, Resource.REVIEW, Action.CHANGE), review_id, self._clock())

    def discard(self, who: Person, review_id: str) -> None:
        """Forget a review that was not given yet."""
        self._reviews.discard(as_coach(who, Resource.REVIEW, Action.DELETE), review_id)

    def override(
        self, who: Person, review_id: str, criterion: Criterion, reason: str, evidence: Sequence[Span]
    ) -> None:
        """Put one's own saved level in place of the product's. Raises CoachError without a reason, or without words that justify it."""
        self._overrides.put(
            as_coach(who, Resource.REVIEW, Action.CHANGE),
            review_id,
            criterion,
            reason=_said(reason, "a reason"),
            evidence=evidence,
            at=self._clock(),
        )

    def take_back(self, who: Person, review_id: str, criterion: Criterion) -> None:
        """Let the product's level count again."""
        self._overrides.take_back(as_coach(who, Resource.REVIEW, Action.CHANGE), review_id, criterion, self._clock())


def _said(words: str, what: str) -> str:
    kept = storable(words).strip()[:MOST]
    if not kept:
        raise CoachError(f"There is nothing written yet: {what} needs words.")
    return kept
