"""Stories to test with, and a story bank over a folder."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from coach.bank import load_bank
from coach.domain.question import Question
from coach.domain.story import StoryPart, StoryText
from coach.practice import Practice
from coach.prepare.stories import Stories
from coach.prepare.stories.likeness import Likeness
from coach.resources import question_bank
from coach.store import AttemptStore, Database, JudgeStore, StoryStore, TakeStore
from coach.store.migrate import migrate
from tests.practice.practice_parts import BANK, RUBRIC, Clock, Ears, LevelThree, Scripted

AIDE = StoryText(
    title="The aide and the appeal",
    situation="I worked with a woman in her seventies who came home from the hospital after a fall and lived alone.",
    obstacle="Her plan denied the home aide, and she was afraid of losing her independence.",
    action="I asked her what mattered most to her. With her permission I called the plan and wrote the appeal against the denial.",
    result="The aide was approved in nine days, and in the next three months she had no falls, compared with four before.",
    learned="Since then I read every denial letter with the client on the day it comes.",
)
CRISIS = StoryText(
    situation="A young man called me late on a Friday and said he could not see a reason to go on.",
    obstacle="He was alone, and he did not want anybody from the hospital near him.",
    action="I stayed on the line, asked him directly about a plan and pills, and with his agreement I had the crisis team come to him.",
    result="He was safe that night, and in the next six months he was not admitted once, after three admissions in the year before.",
)


def told_otherwise(text: StoryText, part: StoryPart, words: str) -> StoryText:
    """A story with other words in one part."""
    return text.model_copy(update={part.value: words})


def bank_questions(*keys: str) -> tuple[Question, ...]:
    """Questions of the product's own bank."""
    return tuple(map(load_bank(question_bank()).get, keys))


@dataclass
class Room:
    """A story bank over a folder, whose likeness knows only some questions."""

    folder: Path
    questions: Callable[[], tuple[Question, ...]] = tuple
    clock: Clock = field(default_factory=Clock)
    ears: Ears = field(default_factory=Ears)

    def __post_init__(self) -> None:
        self.database = Database(f"sqlite:///{self.folder / 'coach.db'}")
        migrate(self.database)
        self.practice = Practice(
            bank=BANK,
            rubric=RUBRIC,
            checks=LevelThree(),
            judge=Scripted(),
            transcriber=self.ears,
            attempts=AttemptStore(self.database),
            takes=TakeStore(self.folder / "takes"),
            waiting=JudgeStore(self.database),
            clock=self.clock,
        )
        self.stories = Stories(
            store=StoryStore(self.database),
            practice=self.practice,
            likeness=Likeness(self.questions, self.folder / "meanings.npz"),
            clock=self.clock,
        )

    def written(self, text: StoryText, who: str = "ann") -> str:
        """A story with this text; its id."""
        story = self.stories.begin(who)
        for part in StoryPart:
            self.stories.save_part(story.id, who, part, text.of(part))
        self.stories.save_labels(story.id, who, title=text.title, setting=None, competencies=())
        return story.id
