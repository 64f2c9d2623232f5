"""How far a coach's own levels agree with the product's, in figures and in words that claim no more than the figures do."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import mean

from pydantic import Field

from coach.domain.agreement import interval, weighted_kappa, within
from coach.domain.people import Person
from coach.domain.review import Pair
from coach.domain.rubric import Criterion
from coach.domain.value import Value
from coach.people import Action, Facts, Resource, Who, require
from coach.review.ports import CalibrationStore

FEWEST = 20  # pairs; below it no figure is given: its interval would span nearly everything
_FAR = 2  # levels apart that make an example
_EXAMPLES = 8
_POOR, _FAIR, _GOOD = 0.2, 0.4, 0.6  # weighted kappas (Landis and Koch 1977)


class Agreement(Value):
    """How far two raters agree on some answers. ``kappa`` and its 95 % bounds are None where nothing can be said.

    ``lean`` is the mean of the coach's level less the product's: above 0 the coach rates higher. ``unrated`` are answers the
    product left unrated; they are in no figure.
    """

    pairs: int = Field(ge=0)
    unrated: int = Field(ge=0)
    kappa: float | None = None
    low: float | None = None
    high: float | None = None
    same: float | None = None
    near: float | None = None
    lean: float | None = None

    @property
    def words(self) -> str:
        """What may be said of it."""
        if self.pairs < FEWEST:
            return f"Too few to say: {self.pairs} of at least {FEWEST}."
        if self.kappa is None or self.low is None or self.high is None:
            return "No figure: nearly all levels are the same, so agreement cannot be told from chance."
        return (
            f"{_named(self.kappa)}; it may be anything from {_named(self.low).lower()} to {_named(self.high).lower()}."
        )


class Period(Value):
    """A quarter of a year: how blind ratings agreed in it, all criteria apart."""

    begins: date
    agreement: dict[Criterion, Agreement]


class Calibration(Value):
    """Agreement of one coach with the product under the newest rubric. Only blind ratings measure it; those given after seeing are apart."""

    rubric: str
    older: int = Field(ge=0, description="ratings under earlier rubrics, which are not compared with these")
    blind: dict[Criterion, Agreement]
    seen: dict[Criterion, Agreement]
    periods: tuple[Period, ...]
    apart: tuple[Pair, ...] = Field(description="where the two differ most, of what is shared now; the farthest first")


class Calibrations:
    """A coach's calibration."""

    def __init__(self, store: CalibrationStore) -> None:
        self._store = store

    def of(self, who: Person) -> Calibration | None:
        """One's own; None before the first rating. Raises NotFoundError for whoever is no coach."""
        require(Who.of(who), Action.READ, Resource.CALIBRATION, Facts(own=True))
        pairs = self._store.pairs(who.id)
        return calibration(pairs) if pairs else None


def calibration(pairs: Sequence[Pair]) -> Calibration:
    """The figures of some pairs, at least one, the oldest first."""
    rubric = pairs[-1].rubric
    newest = [one for one in pairs if one.rubric == rubric]
    blind = [one for one in newest if one.blind]
    quarters: dict[date, list[Pair]] = defaultdict(list)
    for one in blind:
        quarters[_quarter(one.at.date())].append(one)
    far = [one for one in newest if abs(one.apart) >= _FAR and one.shown]
    return Calibration(
        rubric=rubric,
        older=len(pairs) - len(newest),
        blind=_by_criterion(blind),
        seen=_by_criterion([one for one in newest if not one.blind]),
        periods=tuple(
            Period(begins=begins, agreement=_by_criterion(quarters[begins]))
            for begins in sorted(quarters, reverse=True)
        ),
        apart=tuple(sorted(far, key=lambda one: (-abs(one.apart), -one.at.timestamp()))[:_EXAMPLES]),
    )


def _by_criterion(pairs: Iterable[Pair]) -> dict[Criterion, Agreement]:
    groups: dict[Criterion, list[Pair]] = defaultdict(list)
    for one in pairs:
        groups[one.criterion].append(one)
    return {criterion: agreement(groups[criterion]) for criterion in Criterion}


def agreement(pairs: Sequence[Pair]) -> Agreement:
    """The figures of pairs on one criterion; none where there are too few."""
    rated = [(one.own, one.machine) for one in pairs if one.machine is not None]
    counts = {"pairs": len(rated), "unrated": len(pairs) - len(rated)}
    if len(rated) < FEWEST:
        return Agreement(**counts)
    own, machine = [a for a, _ in rated], [b for _, b in rated]
    bounds = interval(rated, _kappa) or (None, None)
    return Agreement(
        **counts,
        kappa=_kappa(rated) if bounds[0] is not None else None,
        low=bounds[0],
        high=bounds[1],
        same=within(own, machine, 0),
        near=within(own, machine, 1),
        lean=mean(a - b for a, b in rated),
    )


def _kappa(rated: Sequence[tuple[int, int]]) -> float | None:
    return weighted_kappa([a for a, _ in rated], [b for _, b in rated])


def _named(kappa: float) -> str:
    if kappa < _POOR:
        return "Hardly any agreement"
    if kappa < _FAIR:
        return "Some agreement"
    return "Moderate agreement" if kappa < _GOOD else "Good agreement"


def _quarter(day: date) -> date:
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
