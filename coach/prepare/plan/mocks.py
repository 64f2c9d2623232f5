"""Mock interviews: when the next one is worth it, and about what."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.domain.plan import Item, ItemKind, Offer, days_ago
from coach.prepare.plan.facts import ahead, sentence
from coach.prepare.plan.look import Look
from coach.prepare.plan.order import ranked
from coach.prepare.plan.questions import OpenQuestions

MOCK_QUESTIONS = 2  # with their follow-ups, ten minutes
_FIRST_AFTER = 3  # rated answers: before that, single answers teach more
_APART_DAYS, _WEEK_DAYS = 3, 7
_NEVER, _AGAIN, _A_DAY, _PRESSING = (
    0.78,
    0.6,
    0.02,
    0.9,
)  # worth: before the first, after one, more each day since, close to a date


@dataclass(frozen=True)
class MockInterviews:
    """A short mock interview of the two questions that are worth most, not more often than every third day."""

    questions: OpenQuestions

    def offers(self, look: Look) -> Iterator[Offer]:
        """One offer, or none."""
        since = look.days_since(look.last_interview) if look.last_interview else None
        if look.by_then < _FIRST_AFTER or (since is not None and since < _APART_DAYS):
            return
        best = ranked(self.questions.offers(look), look.candidate)[:MOCK_QUESTIONS]
        if not best:
            return
        yield Offer(
            item=Item(
                kind=ItemKind.INTERVIEW,
                ref=",".join(offer.item.ref for offer in best),
                title="A short mock interview: two questions with follow-ups, against the clock",
                minutes=10,
            ),
            worth=_worth(look, since),
            reason=sentence(_last_mock(look, since), ahead(look)),
        )


def _worth(look: Look, since: int | None) -> float:
    near = look.days_left is not None and look.days_left <= _WEEK_DAYS
    if near and (since is None or since >= _WEEK_DAYS):
        return _PRESSING
    return _NEVER if since is None else min(_NEVER, _AGAIN + _A_DAY * since)


def _last_mock(look: Look, since: int | None) -> str:
    if since is None:
        have = "by then you will have" if look.to_come else "you have"
        return f"{have} {look.by_then} rated answers and have sat no mock interview yet"
    return f"your last mock interview was {days_ago(since)}"
