"""Whom a coach looks at first, and why, in words and numbers.

A reason is a function of one student and the time; a further one is a further function in `REASONS`, or handed in where it needs
to know more than the numbers here, as what waits for a review. Only students who share something are ever asked about.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from coach.domain.cohort_numbers import ALL_ANSWERS, Chosen, Member, of_competency, of_criterion
from coach.domain.people import Sharing
from coach.domain.question import Competency
from coach.domain.review import Waiting
from coach.domain.rubric import Criterion
from coach.progress.standing import Standing

_SLID = 0.8  # levels lost on one competency
_STUCK_AFTER = 9  # answers
_STUCK_WITHIN = 0.25  # of a level, up or down
_STUCK_BELOW = 3.5
_UNSAFE = 2.5  # mean level on confidentiality
_UNSAFE_OF = 2  # answers at least
_IDLE_DAYS = 14
_SUBJECTS = {of_competency(one): one for one in Competency}
_SAFETY = of_criterion(Criterion.CONFIDENTIALITY)


class Followed(NamedTuple):
    """A student who shares, as reasons see them."""

    student: Member
    standings: dict[str, Standing]
    answers: int
    last_at: datetime | None


class Reason(NamedTuple):
    """Why to look at somebody: a word or two, a sentence with its numbers, and how much it weighs (0-10)."""

    name: str
    words: str
    weight: float


class Listed(NamedTuple):
    """Somebody to look at, the weightiest reason first."""

    student: Member
    reasons: tuple[Reason, ...]


Because = Callable[[Followed, datetime], Reason | None]


def unsafe(one: Followed, _now: datetime) -> Reason | None:
    """Their last answers gave away who a client is, or nearly."""
    safe = one.standings.get(_SAFETY)
    if safe is None or safe.of < _UNSAFE_OF or safe.level > _UNSAFE:
        return None
    return Reason(
        "Unsafe confidentiality",
        f"The last {safe.of} answers average {safe.level:.1f} on confidentiality: clients could be recognised.",
        10 - safe.level,
    )


def sliding(one: Followed, _now: datetime) -> Reason | None:
    """They lost ground, most on one competency."""
    fallen = [
        (standing.change, competency, standing)
        for subject, competency in _SUBJECTS.items()
        if (standing := one.standings.get(subject)) and standing.change is not None
    ]
    if not fallen:
        return None
    change, competency, standing = min(fallen, key=lambda each: each[0])
    if change > -_SLID:
        return None
    return Reason(
        "Sliding",
        f"{competency.label} fell from {standing.level - change:.1f} to {standing.level:.1f}: "
        "the last three answers against those before.",
        5 - change,
    )


def stuck(one: Followed, _now: datetime) -> Reason | None:
    """They practise, and it does not show."""
    whole = one.standings.get(ALL_ANSWERS)
    if whole is None or whole.change is None or whole.answers < _STUCK_AFTER:
        return None
    if whole.level >= _STUCK_BELOW or abs(whole.change) > _STUCK_WITHIN:
        return None
    return Reason(
        "Stuck",
        f"{whole.answers} answers, and the last three average {whole.level:.1f}, the three before {whole.level - whole.change:.1f}.",
        6 - whole.level / 2,
    )


def inactive(one: Followed, now: datetime) -> Reason | None:
    """They have not practised for a while. Nothing is known of who shares single answers only."""
    if one.student.sharing is Sharing.NOTHING:
        return None
    days = (now - (one.last_at or one.student.joined_at)).days
    if days < _IDLE_DAYS:
        return None
    words = f"No answer for {days} days." if one.last_at else f"Joined {days} days ago; no answer to see yet."
    return Reason("Inactive", words, min(6.0, 2 + days / 14))


REASONS: tuple[Because, ...] = (unsafe, sliding, stuck, inactive)


def reasons_for(chosen: Chosen) -> tuple[Because, ...]:
    """The reasons that make sense of a part of the answers: who was quiet in one may have been busy in another."""
    return tuple(one for one in REASONS if one is not inactive) if chosen.part else REASONS


def waiting_for(waiting: Mapping[str, Waiting]) -> tuple[Because, ...]:
    """The reasons that come of what students wait for, each by their id."""

    def disputed(one: Followed, now: datetime) -> Reason | None:
        found = waiting.get(one.student.id)
        if found is None or not found.disputes:
            return None
        what = "A rating or finding waits" if found.disputes == 1 else f"{found.disputes} ratings or findings wait"
        return Reason("Disputed rating", f"{what} for your answer{_since(found, now)}.", 9.0)

    def awaiting(one: Followed, now: datetime) -> Reason | None:
        found = waiting.get(one.student.id)
        if found is None or not found.asked:
            return None
        days = (now - found.since).days
        what = "An answer waits" if found.asked == 1 else f"{found.asked} answers wait"
        return Reason(
            "Waiting for review", f"{what} for the review they asked for{_since(found, now)}.", min(8.5, 5 + days / 2)
        )

    return disputed, awaiting


def _since(found: Waiting, now: datetime) -> str:
    days = (now - found.since).days
    return f", for {days} day{'' if days == 1 else 's'}" if days > 0 else ""


def listed(one: Followed, now: datetime, reasons: Sequence[Because] = REASONS) -> Listed | None:
    """Why to look at a student, if there is a reason, the weightiest first."""
    why = sorted(filter(None, (because(one, now) for because in reasons)), key=lambda reason: -reason.weight)
    return Listed(one.student, tuple(why)) if why else None


def weightiest_first(found: Iterable[Listed]) -> tuple[Listed, ...]:
    """Everybody there is a reason to look at, in the order to do so."""
    return tuple(sorted(found, key=lambda listed: (-listed.reasons[0].weight, listed.student.name)))
