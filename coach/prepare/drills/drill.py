"""The shape of a drill."""

from typing import Protocol

from coach.checks.prepared import Prepared
from coach.domain.drill import Observation
from coach.domain.exercise import Exercise
from coach.domain.question import Competency


class Drill(Protocol):
    """A short exercise on one skill. A frozen dataclass with these fields, a pack ``question_bank/drills/<key>.toml``, a line in `ALL`."""

    @property
    def key(self) -> str:
        """What its pack and its tries are filed under."""

    @property
    def name(self) -> str:
        """How it is called on a page."""

    @property
    def skill(self) -> Competency:
        """The skill it trains."""

    @property
    def task(self) -> str:
        """What to do, in one or two sentences."""

    @property
    def limit_s(self) -> int | None:
        """Seconds to answer in, where the drill has a clock."""

    @property
    def fewest_words(self) -> int:
        """From how many words on something can be said."""

    @property
    def facts_given(self) -> bool:
        """Whether the facts of an exercise are shown with it; otherwise they are what is looked for."""

    @property
    def takes_own(self) -> bool:
        """Whether candidates may bring a text of their own."""

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """What is seen in an answer, each with the words it stands on."""
