"""A plan for the coming days, made anew whenever somebody looks: a day that was missed leaves no trace in it."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from coach.domain.plan import Day, ItemKind, Offer
from coach.domain.question import Competency
from coach.prepare.plan.look import Look
from coach.prepare.plan.mocks import MOCK_QUESTIONS
from coach.prepare.plan.order import ranked
from coach.prepare.plan.sources import Source

DAYS = 7
DAY_MINUTES = 20
_USED = 0.85  # what a competency is worth less each time it is planned
_SAME_KIND, _LAST_DAYS, _LATE = (
    0.6,
    1,
    0.95,
)  # the same for a kind that a day has already; in the last days the checklist goes first


def offers_of(sources: Sequence[Source], look: Look) -> list[Offer]:
    """What all sources offer at this moment, what is worth most first."""
    return ranked((offer for source in sources for offer in source.offers(look)), look.candidate)


def week(
    sources: Sequence[Source], look: Callable[[datetime], Look], now: datetime, *, done_minutes: int = 0
) -> tuple[Day, ...]:
    """What to do on each of the coming days, up to the day of the interview if that comes first.

    Nothing is planned twice, each day counts on what the ones before it were planned for, and what one day works on counts for less on the
    next ones, so that the week mixes.

    Args:
        sources: where items come from.
        look: where somebody stands at a moment, as far as it can be known today.
        now: the present.
        done_minutes: what was done today already; today's share is that much smaller.
    """
    planned: list[Offer] = []
    days: list[Day] = []
    last_interview: datetime | None = None
    for n in range(DAYS):
        then = look(now + timedelta(days=n))
        then = _as_planned(then, planned, last_interview)
        if then.days_left == 0:
            days.append(Day(on=then.today, interview=True))
            break
        chosen = _day(sources, then, planned, DAY_MINUTES - (0 if n else done_minutes))
        if any(offer.item.kind is ItemKind.INTERVIEW for offer in chosen):
            last_interview = then.now
        planned += chosen
        days.append(Day(on=then.today, offers=tuple(chosen)))
    return tuple(days)


def _as_planned(look: Look, planned: Sequence[Offer], last_interview: datetime | None) -> Look:
    """Where somebody stands who did what was planned until then."""
    kinds = Counter(offer.item.kind for offer in planned)
    return replace(
        look,
        last_interview=last_interview or look.last_interview,
        to_come=kinds[ItemKind.QUESTION] + MOCK_QUESTIONS * kinds[ItemKind.INTERVIEW],
        stories_to_come=kinds[ItemKind.STORY],
    )


def _day(sources: Sequence[Source], look: Look, planned: Sequence[Offer], minutes: int) -> list[Offer]:
    taken = {(offer.item.kind, offer.item.ref) for offer in planned}
    used: Counter[Competency] = Counter(c for offer in planned for c in offer.item.competencies)
    chosen: list[Offer] = []
    again = _SAME_KIND if look.days_left is None or look.days_left > _LAST_DAYS else _LATE
    free = [
        offer
        for offer in offers_of(sources, look)
        if offer.item.kind is ItemKind.INTERVIEW or not offer.item.ref or (offer.item.kind, offer.item.ref) not in taken
    ]

    def damp(offer: Offer) -> float:
        times = max((used[c] for c in offer.item.competencies), default=0)
        same = sum(one.item.kind is offer.item.kind for one in chosen)
        return float(_USED**times * again**same)

    while fitting := [offer for offer in free if offer.item.minutes <= minutes and offer not in chosen]:
        best = ranked(fitting, look.candidate, damp)[0]
        chosen.append(best)
        used.update(best.item.competencies)
        minutes -= best.item.minutes
    return practice_first(chosen, look)


def practice_first(offers: Sequence[Offer], look: Look) -> list[Offer]:
    """What one practises before what one gathers and packs; in the last days the other way round, as it stands."""
    if look.days_left is not None and look.days_left <= _LAST_DAYS:
        return list(offers)
    return sorted(offers, key=lambda one: one.item.kind is ItemKind.POINT)
