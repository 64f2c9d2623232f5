"""What a student lets coaches see: joining, sharing, withdrawing, and reading who looked. All of it about oneself."""

import logging

from coach.domain.people import Cohort, ConsentChange, Look, Membership, Person, Sharing
from coach.people.people import Clock
from coach.people.policy import Action, Facts, Resource, Who, require
from coach.people.ports import Coached, ConsentStore
from coach.people.secrets import CODE_LENGTH, code_of, hashed

log = logging.getLogger(__name__)
_OWN = Facts(own=True)


class Consent:
    """All a student decides about cohorts. Each method acts for ``who`` alone, and raises NotFoundError for what is not there."""

    def __init__(self, store: ConsentStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def offered(self, key: str) -> Coached:
        """The cohort that a join code, or the secret of an invitation, opens; and its coaches."""
        if not _is_invitation(key):
            return self._store.by_code(code_of(key))
        invitation, coaches = self._store.invitation(hashed(key), self._clock())
        return invitation.cohort, coaches

    def invited_address(self, key: str) -> tuple[str, str] | None:
        """The address and name an invitation was made for; None for a join code, which is for nobody in particular."""
        if not _is_invitation(key):
            return None
        invitation, _ = self._store.invitation(hashed(key), self._clock())
        return invitation.email, invitation.name

    def join(self, who: Person, key: str) -> Cohort:
        """Become a student of the cohort that a join code or an invitation opens. Nothing is shared by it."""
        require(Who.of(who), Action.CREATE, Resource.MEMBERSHIP, _OWN)
        cohort, _ = self.offered(key)
        self._store.join(who.id, cohort.id, self._clock(), hashed(key) if _is_invitation(key) else None)
        log.info("person %s joined cohort %s", who.id, cohort.id)
        return cohort

    def leave(self, who: Person, cohort_id: str) -> None:
        """Leave a cohort; from now on its coaches see nothing."""
        require(Who.of(who), Action.DELETE, Resource.MEMBERSHIP, _OWN)
        self._store.leave(who.id, cohort_id, self._clock())

    def memberships(self, who: Person) -> tuple[tuple[Membership, tuple[Person, ...]], ...]:
        """The cohorts somebody is a student of, each with its coaches."""
        require(Who.of(who), Action.READ, Resource.MEMBERSHIP, _OWN)
        return self._store.memberships(who.id)

    def share(self, who: Person, cohort_id: str, sharing: Sharing, *, earlier: bool) -> None:
        """Share this much with a cohort from now on; with ``earlier`` of answers begun before joining, too."""
        require(Who.of(who), Action.CHANGE, Resource.CONSENT, _OWN)
        self._store.share(who.id, cohort_id, sharing, self._clock(), earlier=earlier)

    def share_attempt(self, who: Person, cohort_id: str, attempt_id: str, sharing: Sharing | None) -> None:
        """Share this much of one attempt with a cohort; None: as all others."""
        require(Who.of(who), Action.CHANGE, Resource.CONSENT, _OWN)
        self._store.share_attempt(who.id, cohort_id, attempt_id, sharing, self._clock())

    def share_story(self, who: Person, cohort_id: str, story_id: str, *, on: bool) -> None:
        """Let a cohort's coaches read one story as it stands, or no longer."""
        require(Who.of(who), Action.CHANGE, Resource.CONSENT, _OWN)
        self._store.share_story(who.id, cohort_id, story_id, self._clock(), on=on)

    def shared_stories(self, who: Person, cohort_id: str) -> frozenset[str]:
        """The stories a cohort's coaches may read, by their ids."""
        require(Who.of(who), Action.READ, Resource.CONSENT, _OWN)
        return self._store.shared_stories(who.id, cohort_id)

    def withdraw(self, who: Person, cohort_id: str) -> None:
        """Share nothing with a cohort any more, no single attempt and no story either. It holds from the next thing a coach opens."""
        require(Who.of(who), Action.CHANGE, Resource.CONSENT, _OWN)
        self._store.withdraw(who.id, cohort_id, self._clock())

    def set_apart(self, who: Person, cohort_id: str) -> dict[str, Sharing]:
        """What of single attempts is shared with a cohort, where that is not as with all others."""
        require(Who.of(who), Action.READ, Resource.CONSENT, _OWN)
        return self._store.set_apart(who.id, cohort_id)

    def history(self, who: Person) -> tuple[ConsentChange, ...]:
        """Everything somebody decided about sharing, the latest first."""
        require(Who.of(who), Action.READ, Resource.CONSENT, _OWN)
        return self._store.history(who.id)

    def looks(self, who: Person) -> tuple[Look, ...]:
        """Every look of a coach at what somebody shared, the latest first."""
        require(Who.of(who), Action.READ, Resource.LOOKS, _OWN)
        return self._store.looks(who.id)


def _is_invitation(key: str) -> bool:
    return len(key) > 2 * CODE_LENGTH
