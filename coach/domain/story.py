"""Stories: a candidate's own cases, told in SOAR form, kept in versions and ready to be told to many questions."""

from enum import StrEnum

from pydantic import AwareDatetime, Field

from coach.domain.feedback import Feedback
from coach.domain.finding import Part, Severity
from coach.domain.question import Competency, Setting
from coach.domain.sentences import sentences
from coach.domain.value import Value

FEWEST_READY, MOST_READY, MOST_KEPT = 6, 8, 10
"""How many stories to hold ready for an interview, and how many can be kept at all."""

SHORTEST_S, LONGEST_S = 60, 90
"""How long a story may take to tell, in seconds."""

WORDS_A_MINUTE = 140
"""A usual pace, to say how long a written story would take: the writer on the page counts with the same."""

MOST_CHARACTERS = 20_000  # of one part: far beyond any story that is told in 90 seconds
_TITLE_WORDS = 7
_BETWEEN = "\n\n"  # between the parts of a whole story: ends a sentence whatever stands there


class StoryPart(StrEnum):
    """The parts of a story, in the order they are told."""

    SITUATION = "situation"
    OBSTACLE = "obstacle"
    ACTION = "action"
    RESULT = "result"
    LEARNED = "learned"

    @property
    def label(self) -> str:
        """How the part is called on a page."""
        return "What I learned" if self is StoryPart.LEARNED else self.value.capitalize()


class StoryText(Value):
    """What a story says. A part that is not written yet is empty."""

    title: str = ""
    situation: str = ""
    obstacle: str = ""
    action: str = ""
    result: str = ""
    learned: str = ""

    def of(self, part: StoryPart) -> str:
        """The words of one part."""
        return str(getattr(self, part.value))

    @property
    def written(self) -> tuple[StoryPart, ...]:
        """The parts that have words."""
        return tuple(part for part in StoryPart if self.of(part).strip())

    @property
    def whole(self) -> str:
        """The story as it is told, part after part."""
        return _BETWEEN.join(self.of(part).strip() for part in self.written)

    def place(self, part: StoryPart) -> tuple[int, int]:
        """Where a part stands in the whole, in characters: from, and until before; an empty stretch where it is not written."""
        before = [
            self.of(one).strip() for one in self.written if list(StoryPart).index(one) < list(StoryPart).index(part)
        ]
        start = sum(len(words) + len(_BETWEEN) for words in before)
        return start, start + len(self.of(part).strip())

    @property
    def words(self) -> int:
        """How many words the story has, its title aside."""
        return len(self.whole.split())

    @property
    def spoken_s(self) -> float:
        """About how many seconds it takes to tell."""
        return 60 * self.words / WORDS_A_MINUTE

    @property
    def name(self) -> str:
        """Its title, if it has one. Its own words may give a client away and are no name until they were looked at."""
        return self.title.strip() or "A story without a title"


class Story(Value):
    """One story as it stands. ``text`` is saved while it is typed; versions are made of it when it is saved on purpose.

    ``revision`` grows when the words are replaced by others than those being typed, as on going back to a version.
    """

    id: str
    candidate: str
    created_at: AwareDatetime
    changed_at: AwareDatetime
    text: StoryText = StoryText()
    setting: Setting | None = None
    competencies: tuple[Competency, ...] = ()
    from_attempt: str | None = Field(default=None, description="the answer it was made of")
    revision: int = Field(default=0, ge=0)
    deleted_at: AwareDatetime | None = None

    @property
    def is_untouched(self) -> bool:
        """Whether nothing was ever written or chosen for it."""
        return self.text == StoryText() and not (self.setting or self.competencies or self.revision)


class SharedStory(Value):
    """What a coach's list says of a story that is shared with them: its title, and no other word of it."""

    id: str
    name: str
    setting: Setting | None
    competencies: tuple[Competency, ...]
    spoken_s: float

    @classmethod
    def of(cls, story: Story) -> "SharedStory":
        """A story in a list."""
        return cls(
            id=story.id,
            name=story.text.name,
            setting=story.setting,
            competencies=story.competencies,
            spoken_s=story.text.spoken_s,
        )


class StoryVersion(Value):
    """What a story said when it was saved. Versions count from 1 and never change."""

    number: int = Field(ge=1)
    at: AwareDatetime
    text: StoryText


class Telling(Value):
    """A story told aloud: the attempt with its recording, and the version that was told."""

    story: str
    attempt: str
    version: int
    at: AwareDatetime


class Hint(Value):
    """What a check makes of one part while it is being written: a sentence, the words it is about, and words to put in their place."""

    severity: Severity
    text: str
    quote: str = ""
    instead: str = ""


def in_few_words(words: str) -> str:
    """The first words of a text, to call it by."""
    first = words.split()
    return " ".join(first[:_TITLE_WORDS]).rstrip(".,;:") + (" …" if len(first) > _TITLE_WORDS else "")


_TELLS = {
    Part.SITUATION: StoryPart.SITUATION,
    Part.OBSTACLE: StoryPart.OBSTACLE,
    Part.ACTION: StoryPart.ACTION,
    Part.RESULT: StoryPart.RESULT,
}


def sorted_into_parts(answer: str, feedback: Feedback) -> StoryText:
    """A rated answer as the start of a story: each sentence under the part the checks saw in it, in the order it was said.

    What tells no part stays with the sentence before it, so that no word is lost. Without parts, all of it is the situation.
    """
    lessons = {finding.span for finding in feedback.findings if finding.check == "reflection"}
    piles: dict[StoryPart, list[str]] = {part: [] for part in StoryPart}
    now = StoryPart.SITUATION
    told = [(one.span, one.part) for one in feedback.parts] or [(span, Part.SITUATION) for span in sentences(answer)]
    for span, part in told:
        now = StoryPart.LEARNED if span in lessons else _TELLS.get(part, now)
        piles[now].append(span.quote)
    return StoryText.model_validate({part.value: " ".join(pile) for part, pile in piles.items()})
