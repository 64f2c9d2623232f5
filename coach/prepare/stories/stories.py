"""All that a page can do with stories."""

import threading
import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState
from coach.domain.question import Competency, Question, Setting
from coach.domain.sentences import sentences
from coach.domain.story import (
    MOST_CHARACTERS,
    Hint,
    Story,
    StoryPart,
    StoryText,
    StoryVersion,
    Telling,
    sorted_into_parts,
)
from coach.domain.value import Value
from coach.errors import AnswerError, StoryError
from coach.practice import Practice, storable
from coach.prepare.stories import hints as hinting
from coach.prepare.stories import titles
from coach.prepare.stories.likeness import FITS, Likeness, Progress
from coach.prepare.stories.matrix import StoryMatrix, matrix, shows
from coach.prepare.stories.told import Told, told
from coach.recordings import Clock, utc_now
from coach.store import StoryStore

_KEPT_ASIDE = timedelta(days=30)
_QUESTIONS_SHARE = 0.8  # of the time a first matrix takes
_MOST_TITLE = 120  # characters


class Fitting(Value):
    """The story to use for a question, and how to open it: sentences of the candidate's own."""

    story: Story
    opening: str
    leads_to: str


class Retelling(NamedTuple):
    """One time a story was told aloud; ``told`` is None until the attempt is written down."""

    telling: Telling
    attempt: Attempt
    told: Told | None


class Stories:
    """The story bank of each candidate. Methods that name a story raise NotFoundError where the candidate has none such."""

    def __init__(
        self,
        *,
        store: StoryStore,
        practice: Practice,
        likeness: Likeness,
        own_names: Sequence[str] = (),
        clock: Clock = utc_now,
    ) -> None:
        self._store = store
        self._practice = practice
        self.likeness = likeness
        self._own_names = tuple(own_names)
        self._clock = clock
        self._reading = threading.Lock()

    # ── keeping ──────────────────────────────────────────────────────────────────────────────────────────────────

    def all_of(self, candidate: str) -> tuple[Story, ...]:
        """A candidate's stories, the oldest first."""
        return self._store.all_of(candidate)

    def put_aside_of(self, candidate: str) -> tuple[Story, ...]:
        """Stories that were deleted in the last 30 days and can be brought back; older ones go for good now."""
        self._store.delete_put_aside(candidate, self._clock() - _KEPT_ASIDE)
        return self._store.all_of(candidate, deleted=True)

    def get(self, story_id: str, candidate: str) -> Story:
        """One story."""
        return self._store.get(story_id, candidate)

    def begin(self, candidate: str) -> Story:
        """An empty story: the one that was begun before and never written, or a new one. Raises StoryError where there are as many as can be kept."""
        empty = (one for one in self.all_of(candidate) if one.is_untouched)
        return next(empty, None) or self._add(candidate, StoryText())

    def from_attempt(self, attempt_id: str, candidate: str) -> Story:
        """The start of a story, made of a rated answer. Raises AnswerError for one that is not rated, StoryError for one too many."""
        attempt = self._practice.get(attempt_id, candidate)
        if attempt.feedback is None:
            raise AnswerError("This answer is not rated yet. Have it rated first; then its sentences can be sorted.")
        text = sorted_into_parts(attempt.text, attempt.feedback)
        settings = self._practice.question_of(attempt).settings
        story = self._add(
            candidate,
            text.model_copy(update={"title": titles.proposed(text, self._own_names)}),
            setting=settings[0] if len(settings) == 1 else None,
            competencies=attempt.competencies,
            from_attempt=attempt_id,
        )
        self.save_version(story.id, candidate)
        return story

    def _add(
        self,
        candidate: str,
        text: StoryText,
        *,
        setting: Setting | None = None,
        competencies: tuple[Competency, ...] = (),
        from_attempt: str | None = None,
    ) -> Story:
        now = self._clock()
        story = Story(
            id=uuid.uuid4().hex,
            candidate=candidate,
            created_at=now,
            changed_at=now,
            text=text,
            setting=setting,
            competencies=competencies,
            from_attempt=from_attempt,
        )
        self._store.add(story)
        return story

    def save_part(self, story_id: str, candidate: str, part: StoryPart, words: str) -> None:
        """Keep what has been typed in one part so far. Raises StoryError where it is far too long."""
        if len(words) > MOST_CHARACTERS:
            raise StoryError(
                f"This part has {len(words):,} characters; up to {MOST_CHARACTERS:,} are kept. Shorten it."
            )
        self._store.save_part(story_id, candidate, part, storable(words), self._clock())

    def save_labels(
        self, story_id: str, candidate: str, *, title: str, setting: Setting | None, competencies: Sequence[Competency]
    ) -> None:
        """Keep what a story is called and filed under; in the title neutral words take the place of all that could point at somebody."""
        self._store.save_labels(
            story_id,
            candidate,
            title=titles.safe(storable(title)[:_MOST_TITLE], self._own_names),
            setting=setting,
            competencies=tuple(competencies),
            at=self._clock(),
        )

    def save_version(self, story_id: str, candidate: str) -> int:
        """Make a version of a story as it stands, if it says something new; returns its number. A story without a title gets one."""
        story = self.get(story_id, candidate)
        if not story.text.title.strip() and (title := titles.proposed(story.text, self._own_names)):
            self.save_labels(story_id, candidate, title=title, setting=story.setting, competencies=story.competencies)
        return self._store.save_version(story_id, candidate, self._clock())

    def versions(self, story_id: str, candidate: str) -> tuple[StoryVersion, ...]:
        """All versions, the newest first."""
        return self._store.versions(story_id, candidate)

    def go_back(self, story_id: str, candidate: str, number: int) -> None:
        """Let a story say what an earlier version said; nothing in between is lost."""
        self._store.go_back(story_id, candidate, number, self._clock())

    def put_aside(self, story_id: str, candidate: str) -> None:
        """Delete a story; for 30 days it can be brought back."""
        self._store.put_aside(story_id, candidate, self._clock())

    def bring_back(self, story_id: str, candidate: str) -> None:
        """Undo a deletion. Raises StoryError where there are as many stories as can be kept."""
        self._store.bring_back(story_id, candidate)

    def delete(self, story_id: str, candidate: str) -> None:
        """Delete a story and its versions for good."""
        self._store.delete(story_id, candidate)

    # ── building ─────────────────────────────────────────────────────────────────────────────────────────────────

    def hints(self, story_id: str, candidate: str, part: StoryPart) -> tuple[Hint, ...]:
        """What the checks make of one part as it stands."""
        return hinting.hints(self.get(story_id, candidate).text, part, self._own_names)

    def title_hints(self, title: str) -> tuple[Hint, ...]:
        """What in a title, as it is typed, could point at somebody, and what is kept instead."""
        return hinting.title_hints(title, self._own_names)

    def reads_as(self, text: StoryText) -> tuple[StoryPart, ...]:
        """The parts of a story that read as what they are for."""
        return hinting.reads_as(text, tuple(self._own_names))

    def warnings(self, story: Story) -> tuple[Hint, ...]:
        """What in the whole story and its title could identify a client or weakens it."""
        title, text = story.text.title, story.text
        return hinting.title_hints(title, self._own_names) + hinting.warnings(text, self._own_names)

    def answers_to_use(self, candidate: str) -> tuple[Attempt, ...]:
        """Rated answers that no story was made of yet and that are no tellings of one, the newest first."""
        stories = self.all_of(candidate) + self._store.all_of(candidate, deleted=True)
        used = {story.from_attempt for story in stories}
        tellings = {telling.attempt for story in stories for telling in self._store.tellings(story.id, candidate)}
        return tuple(
            attempt
            for attempt in self._practice.attempts_of(candidate)
            if attempt.state is AttemptState.RATED and attempt.id not in used | tellings
        )

    # ── telling ──────────────────────────────────────────────────────────────────────────────────────────────────

    def tell(self, story_id: str, candidate: str) -> Attempt:
        """Begin to tell a story aloud: an attempt like any other, at a question of one's own. Raises StoryError for an empty one."""
        story = self.get(story_id, candidate)
        if not story.text.whole:
            raise StoryError("There is nothing to tell yet. Write the story first.")
        version = self.save_version(story_id, candidate)
        question = Question.free(f"Tell your story in 60 to 90 seconds: {story.text.name}")
        question = question.model_copy(update={"competencies": story.competencies})
        attempt = self._practice.begin(candidate, question, AnswerKind.SPOKEN)
        self._store.add_telling(
            Telling(story=story_id, attempt=attempt.id, version=version, at=attempt.created_at), candidate
        )
        return attempt

    def retellings(self, story_id: str, candidate: str) -> tuple[Retelling, ...]:
        """Each time a story was told aloud, the newest first, against the version that was told."""
        texts = {version.number: version.text for version in self.versions(story_id, candidate)}
        return tuple(
            self._retelling(telling, candidate, texts[telling.version])
            for telling in self._store.tellings(story_id, candidate)
        )

    def _retelling(self, telling: Telling, candidate: str, text: StoryText) -> Retelling:
        attempt = self._practice.get(telling.attempt, candidate)
        done = attempt.transcript if attempt.state in (AttemptState.RATED, AttemptState.HANDED_IN) else None
        return Retelling(telling, attempt, told(text, attempt.text, done) if done else None)

    # ── matching ─────────────────────────────────────────────────────────────────────────────────────────────────

    def matrix(
        self, candidate: str, setting: Setting | None = None, on_progress: Progress | None = None
    ) -> StoryMatrix:
        """Stories against competencies and likely questions: those asked anywhere, and those of a setting if one is named."""
        self.likeness.read(on_progress and (lambda done: on_progress(_QUESTIONS_SHARE * done)))
        stories = self.all_of(candidate)
        questions = [one for one in self.likeness.questions if not one.settings or setting in one.settings]
        fits = {}
        for done, story in enumerate(stories, 1):
            fits[story.id] = self.likeness.fits(story)
            if on_progress:
                on_progress(_QUESTIONS_SHARE + (1 - _QUESTIONS_SHARE) * done / len(stories))
        return matrix(stories, questions, fits)

    def get_ready(self) -> None:
        """Begin to read the questions behind, so that the matrix need not wait; returns at once."""
        if not self.likeness.ready:
            self._read_behind()

    def competencies_shown(self, story: Story) -> tuple[Competency, ...]:
        """Competencies a story seems to show beside those it is filed under; none until the questions are read."""
        if not self.likeness.ready:
            return ()
        return shows(story, self.likeness.questions, self.likeness.fits(story))

    def fitting(self, candidate: str, question: Question) -> Fitting | None:
        """The story to use for a question, if one fits. Never waits: until the questions are read, behind, it says none."""
        stories = self.all_of(candidate)
        if not stories or question.key not in {one.key for one in self.likeness.questions}:
            return None
        if not self.likeness.ready:
            self._read_behind()
            return None
        best = max(stories, key=lambda story: self.likeness.fits(story).get(question.key, 0.0))
        if self.likeness.fits(best).get(question.key, 0.0) < FITS:
            return None
        return self.opened(best, question)

    def opened(self, story: Story, question: Question) -> Fitting:
        """How to open a story for a question: its own first sentence, and its own sentence that is most like the question."""
        first = sentences(story.text.whole)[0].quote
        return Fitting(story=story, opening=first, leads_to=self.likeness.nearest_sentence(story, question).quote)

    def _read_behind(self) -> None:
        if self._reading.acquire(blocking=False):
            threading.Thread(target=self._read, name="read-questions", daemon=True).start()

    def _read(self) -> None:
        try:
            self.likeness.read()
        finally:
            self._reading.release()
