"""The checklist before an interview: its points from a file, which of them are done, and which are worth doing now."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field

from coach import resources
from coach.bank.toml_file import read_value
from coach.domain.plan import Appointment, Item, ItemKind, Offer, in_days
from coach.domain.value import Value
from coach.prepare.plan.facts import sentence
from coach.prepare.plan.look import Look
from coach.prepare.plan.sights import Watch

_LEAST_WORTH, _MOST_WORTH = 0.6, 0.95  # when a point is first offered, and on the day of the interview
_LONGEST_DAYS = 15  # no point is offered as early as this


class Point(Value):
    """One thing to have done. ``sees`` names what the program watches for it, ``page`` where in the app it is done.

    Of 0 ``minutes`` is what practice leads to anyway: it is not planned for itself.
    """

    id: str = Field(pattern=r"^[a-z]+(-[a-z]+)*$")
    text: str = Field(min_length=1)
    why: str = Field(min_length=1)
    from_days: int = Field(ge=0, lt=_LONGEST_DAYS)
    minutes: int = Field(ge=0, le=60)
    sees: str = ""
    least: int = Field(default=1, ge=1)
    page: str = ""
    only: Literal["", "online", "in_person"] = ""


class _Points(Value):
    """What stands in the file."""

    points: tuple[Point, ...]


class Row(Value):
    """A point as it stands. ``fact``: what the program saw of it, in words; ``seen``: that is enough, nobody needs to tick it."""

    id: str
    text: str
    why: str = ""
    page: str = ""
    ticked: bool = False
    seen: bool = False
    fact: str = ""
    own: bool = False

    @property
    def done(self) -> bool:
        """Whether nothing is left to do."""
        return self.ticked or self.seen


def load_points(path: Path | None = None) -> tuple[Point, ...]:
    """The points in ``path``, or the product's own. Raises BankError where they cannot be used."""
    path = path or resources.question_bank() / "checklist" / "points.toml"
    return read_value(path, _Points, "checklist").points


def rows(
    points: Sequence[Point], appointment: Appointment, look: Look, watched: Mapping[str, Watch]
) -> tuple[Row, ...]:
    """The checklist of one interview: the points that fit it, then those that were added."""
    ticked = {tick.point for tick in appointment.ticks}
    return (
        *(_row(point, point.id in ticked, look, watched) for point in points if _fits(point, appointment)),
        *(Row(id=one.id, text=one.text, ticked=one.id in ticked, own=True) for one in appointment.own),
    )


def _row(point: Point, ticked: bool, look: Look, watched: Mapping[str, Watch]) -> Row:  # noqa: FBT001  # a fact, not a switch
    sight = watched[point.sees](look) if point.sees in watched else None
    return Row(
        id=point.id,
        text=point.text,
        why=point.why,
        page=point.page,
        ticked=ticked,
        seen=sight is not None and sight.count >= point.least,
        fact=sight.fact if sight else "",
    )


def _fits(point: Point, appointment: Appointment) -> bool:
    return not point.only or (point.only == "online") is appointment.details.online


@dataclass(frozen=True)
class Checklist:
    """Points not done yet whose time has come."""

    points: Sequence[Point]
    watched: Mapping[str, Watch]

    def offers(self, look: Look) -> Iterator[Offer]:
        """One offer a point; none without an interview ahead."""
        left = look.days_left
        if look.appointment is None or left is None:
            return
        open_ones = {row.id: row for row in rows(self.points, look.appointment, look, self.watched) if not row.done}
        for point in self.points:
            if point.minutes and left <= point.from_days and point.id in open_ones:
                fact = open_ones[point.id].fact
                yield Offer(
                    item=Item(kind=ItemKind.POINT, ref=point.id, title=point.text, minutes=point.minutes),
                    worth=_worth(point.from_days, left),
                    reason=sentence(
                        fact or "it is on your checklist and not done yet", f"your interview is {in_days(left)}"
                    ),
                )


def _worth(from_days: int, left: int) -> float:
    """The nearer the day, the more; and the more the shorter the time there is for it: what the last evening is for comes first then."""
    near, short = 1 - left / max(1, from_days), 1 - from_days / _LONGEST_DAYS
    return _LEAST_WORTH + (_MOST_WORTH - _LEAST_WORTH) * (0.9 * max(near, short) + 0.1 * short)
