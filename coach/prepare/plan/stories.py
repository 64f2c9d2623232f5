"""Stories: building the next one, until there are enough to answer most questions with."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from coach.domain.plan import Item, ItemKind, Offer
from coach.domain.story import FEWEST_READY, Story, StoryPart
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
    """One story at a time: the one begun last, or else a new one. ``all_of`` gives a candidate's stories."""

    all_of: Callable[[str], Sequence[Story]]

    def offers(self, look: Look) -> Iterator[Offer]:
        """One offer, or none."""
        stories = self.all_of(look.candidate)
        ready = sum(map(_is_ready, stories))
        if look.answers < _FIRST_AFTER or ready >= FEWEST_READY:
            return
        begun = next((story for story in stories if not _is_ready(story)), None)
        near = look.days_left is not None and look.days_left <= _WEEK_DAYS
        yield Offer(
            item=Item(
                kind=ItemKind.STORY,
                ref=begun.id if begun else "",
                title=f"Finish your story “{begun.text.name}”" if begun else "Build your next story, part by part",
                minutes=10,
            ),
            worth=_PRESSING if near else _BASE + _EACH_MISSING * (FEWEST_READY - ready),
            reason=sentence(f"{_count(ready)}, and {FEWEST_READY} answer most questions about the past", ahead(look)),
        )

    def sight(self, look: Look) -> Sight:
        """How many stories are ready, for the checklist."""
        ready = sum(map(_is_ready, self.all_of(look.candidate)))
        return Sight(count=ready, fact=_count(ready))


def _is_ready(story: Story) -> bool:
    return all(part in story.text.written for part in _SOAR)


def _count(ready: int) -> str:
    return f"you have {ready or 'no'} stor{'y' if ready == 1 else 'ies'} with all four parts"
