"""What a student asks of their coaches about an answer of their own, and what they were given."""

import logging
import uuid

from coach.domain.people import Person
from coach.domain.review import Request, Review, Subject
from coach.errors import AnswerError
from coach.people import Action, Facts, Resource, Who, require
from coach.people.people import Clock
from coach.practice import storable
from coach.review.ports import RequestStore

log = logging.getLogger(__name__)
_OWN = Facts(own=True)
MOST = 2_000  # characters of a reason


class Asking:
    """All a student does about reviews. Each method acts for ``who`` alone, and raises NotFoundError for what is not theirs."""

    def __init__(self, store: RequestStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def who_sees(self, who: Person, attempt_id: str) -> tuple[str, ...]:
        """The names of the coaches who may read an answer, and so can review it."""
        require(Who.of(who), Action.READ, Resource.REQUEST, _OWN)
        return self._store.who_sees(who.id, attempt_id)

    def ask(self, who: Person, attempt_id: str, reason: str) -> Request:
        """Ask for a review. Raises AnswerError where nobody may read the answer, ConflictError where it is asked for already."""
        return self._add(who, attempt_id, reason, None)

    def dispute(self, who: Person, attempt_id: str, subject: Subject, reason: str) -> Request:
        """Dispute a rating or what was found at a place; a reason is needed. Raises AnswerError, ConflictError."""
        if not reason.strip():
            raise AnswerError("Say why: your coach answers your reason.")
        return self._add(who, attempt_id, reason, subject)

    def _add(self, who: Person, attempt_id: str, reason: str, subject: Subject | None) -> Request:
        require(Who.of(who), Action.CREATE, Resource.REQUEST, _OWN)
        if not self._store.who_sees(who.id, attempt_id):
            raise AnswerError("No coach may read this answer. Share its words under Sharing first.")
        one = Request(
            id=uuid.uuid4().hex,
            attempt=attempt_id,
            at=self._clock(),
            reason=storable(reason).strip()[:MOST],
            subject=subject,
        )
        self._store.add(who.id, one)
        log.info("attempt %s: %s", attempt_id, "disputed" if subject else "review asked for")
        return one

    def take_back(self, who: Person, request_id: str) -> None:
        """Forget what was asked. Raises ConflictError where it was answered already."""
        require(Who.of(who), Action.DELETE, Resource.REQUEST, _OWN)
        self._store.take_back(who.id, request_id)

    def requests(self, who: Person, attempt_id: str) -> tuple[Request, ...]:
        """What was asked about one answer, with what coaches answered; the latest first."""
        require(Who.of(who), Action.READ, Resource.REQUEST, _OWN)
        return self._store.of(who.id, attempt_id)

    def received(self, who: Person, attempt_id: str) -> tuple[Review, ...]:
        """The reviews of one answer that were given to the student."""
        require(Who.of(who), Action.READ, Resource.REQUEST, _OWN)
        return self._store.received(who.id, attempt_id)

    def standing(self, who: Person) -> dict[str, str]:
        """How far the review of each answer is, in words, where there is anything to say."""
        require(Who.of(who), Action.READ, Resource.REQUEST, _OWN)
        told = {review.attempt: f"Reviewed by {review.by}" for review in self._store.received(who.id)}
        waiting = [one for one in self._store.all_of(who.id) if one.is_open]
        told |= {one.attempt: "Review asked for" for one in waiting}
        return told | {one.attempt: "Disputed" for one in waiting if one.subject}
