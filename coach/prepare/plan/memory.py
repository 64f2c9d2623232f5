"""What is remembered of something practised, and when it wants practising again: the one door to FSRS.

Cards are never stored: they are made anew from rated answers, so they cannot fall out of step with them.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple

from fsrs import Card, Rating, Scheduler
from pydantic import AwareDatetime, Field

from coach.domain.value import Value

# No steps of minutes, which are for flash cards: an answer comes back in a day at the earliest. No chance: the same answers, the same plan.
_SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
_AGAIN_BELOW, _HARD_BELOW, _GOOD_BELOW = 2.5, 3.5, 4.5  # levels


class Memory(Value):
    """As of one moment. ``recall`` is the probability, 0-1, that what was shown last would be shown again now."""

    reviews: int = Field(ge=1)
    last: AwareDatetime
    due: AwareDatetime
    recall: float = Field(ge=0, le=1)


def rating_for(level: float) -> Rating:
    """How FSRS is told of a level, or a mean of levels: 1 and 2 are Again, 3 is Hard, 4 Good, 5 Easy; a mean as the level it is nearest to."""
    if level < _AGAIN_BELOW:
        return Rating.Again
    if level < _HARD_BELOW:
        return Rating.Hard
    return Rating.Good if level < _GOOD_BELOW else Rating.Easy


class Learned(NamedTuple):
    """What practising came to: the same at every moment after, while what is remembered of it fades."""

    card: Card
    last: datetime
    reviews: int

    def at(self, now: datetime) -> Memory:
        """What is left of it ``now``."""
        recall = _SCHEDULER.get_card_retrievability(self.card, now)
        return Memory(reviews=self.reviews, last=self.last, due=self.card.due, recall=recall)


def learned(practised: Iterable[tuple[datetime, float]]) -> Learned | None:
    """What was learned of something; None where it was never practised.

    Args:
        practised: when it was shown at which level, the oldest first. An unrated answer is none of them.
    """
    card, reviews = Card(card_id=0), 0
    for at, level in practised:
        card, _ = _SCHEDULER.review_card(card, rating_for(level), at.astimezone(UTC))
        reviews += 1
    return Learned(card, card.last_review, reviews) if card.last_review else None
