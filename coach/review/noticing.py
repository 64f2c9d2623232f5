"""What somebody is told of inside the app, and what they have read of it."""

from coach.domain.people import Person
from coach.domain.review import Notice
from coach.people import Action, Facts, Resource, Who, require
from coach.people.people import Clock
from coach.review.ports import NoticeStore

_OWN = Facts(own=True)


class Notices:
    """One's own notices."""

    def __init__(self, store: NoticeStore, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    def all_of(self, who: Person) -> tuple[Notice, ...]:
        """The latest first, read or not."""
        require(Who.of(who), Action.READ, Resource.NOTICE, _OWN)
        return self._store.of(who.id)

    def read(self, who: Person, notice: int) -> None:
        """Mark one as read. Raises NotFoundError for one of somebody else."""
        require(Who.of(who), Action.CHANGE, Resource.NOTICE, _OWN)
        self._store.read(who.id, self._clock(), notice=notice)

    def read_about(self, who: Person, attempt_id: str) -> None:
        """Mark as read whatever is about an answer, since it is being looked at."""
        require(Who.of(who), Action.CHANGE, Resource.NOTICE, _OWN)
        if any(one.attempt == attempt_id and one.read_at is None for one in self._store.of(who.id)):
            self._store.read(who.id, self._clock(), attempt=attempt_id)

    def read_all(self, who: Person) -> None:
        """Mark everything as read."""
        require(Who.of(who), Action.CHANGE, Resource.NOTICE, _OWN)
        self._store.read(who.id, self._clock())
