"""Stories: building the next one, until there are enough to answer most questions with."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from coach.domain.plan import Item, ItemKind, Offer
from coach.domain.story import FEWEST_READY, Story, StoryPart, StoryText
from coach.prepare.plan.facts import ahead, sentence
from coach.prepare.plan.look import Look
from coach.prepare.plan.sights import Sight

_FIRST_AFTER = 2  # rated answers: before that one does not know yet what a story needs
_WEEK_DAYS = 7
_BASE, _EACH_MISSING, _PRESSING = (
    0.48,
    0.05,
    0.82,
)  # worth: of the last story, more for each that is missing, and close to a date
_SOAR = (StoryPart.SITUATION, StoryPart.OBSTACLE, StoryPart.ACTION, StoryPart.RESULT)


@dataclass(frozen=True)
class StoriesToBuild:
    """One story at a time: the one begun last, or else a new one.

    ``reads_as`` gives the parts of a story that read as what they are for, as the builder says while one writes.
    """

    reads_as: Callable[[StoryText], Collection[StoryPart]]

    def offers(self, look: Look) -> Iterator[Offer]:
        """One offer, or none."""
        if look.by_then < _FIRST_AFTER:
            return
        stories = look.held.stories
        unready = [story for story in stories if not self._is_ready(story)]
        ready = len(stories) - len(unready) + look.stories_to_come
        if ready >= FEWEST_READY:
            return
        begun = next(iter(unready[look.stories_to_come :]), None)
        near = look.days_left is not None and look.days_left <= _WEEK_DAYS
        yield Offer(
            item=Item(
                kind=ItemKind.STORY,
                ref=begun.id if begun else "",
                title=f"Finish your story “{begun.text.name}”" if begun else "Build your next story, part by part",
                minutes=10,
            ),
            worth=_PRESSING if near else _BASE + _EACH_MISSING * (FEWEST_READY - ready),
            reason=sentence(
                f"{_count(ready, look)}, and {FEWEST_READY} answer most questions about the past", ahead(look)
            ),
        )

    def sight(self, look: Look) -> Sight:
        """How many stories are ready, for the checklist."""
        ready = sum(map(self._is_ready, look.held.stories))
        return Sight(count=ready, fact=_count(ready, look))

    def _is_ready(self, story: Story) -> bool:
        written = all(part in story.text.written for part in _SOAR)
        return written and set(_SOAR) <= set(self.reads_as(story.text))


def _count(ready: int, look: Look) -> str:
    have = "by then you will have" if look.stories_to_come else "you have"
    return f"{have} {ready or 'no'} stor{'y' if ready == 1 else 'ies'} whose four parts each read as theirs"
