"""What a coach reads of students' attempts and stories. Who wants more of one asks here: each look at words or voice is logged for the student."""

from datetime import datetime

from coach.domain.attempt import Attempt
from coach.domain.people import LookKind, Person, SharedAttempt, Sharing
from coach.domain.story import SharedStory, Story
from coach.people.people import Clock
from coach.people.policy import Action, Resource, Who, needed, scope
from coach.people.ports import SharedStore, Takes


class Coaching:
    """Attempts and stories as a coach may see them. What is not shared with them raises NotFoundError, as what is not there."""

    def __init__(self, store: SharedStore, takes: Takes, clock: Clock) -> None:
        self._store = store
        self._takes = takes
        self._clock = clock

    def attempts(
        self, who: Person, cohort_id: str, student: str | None = None, since: datetime | None = None
    ) -> tuple[SharedAttempt, ...]:
        """The attempts whose ratings a cohort's students, or one of them, share; no words of them. The latest first."""
        return self._store.attempts(as_coach(who, Resource.RATINGS), cohort_id, student, since)

    def activity(self, who: Person, cohort_id: str) -> dict[str, tuple[int, datetime]]:
        """How many attempts each student of a cohort lets a coach see the ratings of, and when the latest was handed in."""
        return self._store.activity(as_coach(who, Resource.RATINGS), cohort_id)

    def sharing(self, who: Person, attempt_id: str) -> Sharing:
        """How much of an attempt somebody may see as a coach."""
        return self._store.sharing(as_coach(who, Resource.RATINGS), attempt_id)

    def transcript(self, who: Person, attempt_id: str) -> Attempt:
        """A shared attempt with its words. The student reads of this look in their log."""
        coach = as_coach(who, Resource.TRANSCRIPT)
        return self._store.look(coach, attempt_id, needed(Resource.TRANSCRIPT), LookKind.TRANSCRIPT, self._clock())

    def stories(self, who: Person, cohort_id: str, student: str) -> tuple[SharedStory, ...]:
        """The stories one student lets a cohort's coaches read, by name; no words of them."""
        return self._store.stories(as_coach(who, Resource.STORY), cohort_id, student)

    def story(self, who: Person, story_id: str) -> Story:
        """A shared story as it stands. The student reads of this look in their log."""
        return self._store.look_at_story(as_coach(who, Resource.STORY), story_id, self._clock())

    def recordings(self, who: Person, attempt_id: str) -> tuple[int, ...]:
        """The numbers of the recordings a coach may hear; none where the voice is not shared, or is gone."""
        if self.sharing(who, attempt_id) < needed(Resource.RECORDING):
            return ()
        return self._takes.numbers(attempt_id)

    def sound(self, who: Person, attempt_id: str, take: int) -> bytes:
        """A shared recording's PCM. The student reads of this look in their log."""
        coach = as_coach(who, Resource.RECORDING)
        self._store.look(coach, attempt_id, needed(Resource.RECORDING), LookKind.RECORDING, self._clock())
        return self._takes.pcm(attempt_id, take)


def as_coach(who: Person, resource: Resource, action: Action = Action.READ) -> str:
    """The coach in whose name a query runs. Raises NotFoundError for whoever can be none."""
    return scope(Who.of(who), action, resource) or who.id
