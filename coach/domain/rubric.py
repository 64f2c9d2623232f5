"""What is rated, and what each level means."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.value import Value

LEVELS = (1, 2, 3, 4, 5)


class Criterion(StrEnum):
    """The four things every answer is rated on."""

    SOAR = "soar"
    EMPATHY = "empathy"
    CONFIDENTIALITY = "confidentiality"
    OUTCOME = "outcome"


class Anchors(Value):
    """One criterion of a rubric: its name, what it asks, and the behaviour that stands for each level 1-5."""

    criterion: Criterion
    name: str
    asks: str
    levels: dict[int, str]
    not_applicable: str = ""

    @model_validator(mode="after")
    def _has_every_level(self) -> Self:
        if tuple(sorted(self.levels)) != LEVELS:
            raise ValueError(f"{self.criterion}: anchors are needed for levels 1 to 5")
        return self


class Rubric(Value):
    """A behaviourally anchored rating scale. A released ``version`` never changes."""

    version: str
    ignore: tuple[str, ...] = Field(description="what raters disregard")
    never_credit: tuple[str, ...] = Field(description="what earns nothing however often it is said")
    anchors: tuple[Anchors, ...]

    @model_validator(mode="after")
    def _has_every_criterion(self) -> Self:
        if {a.criterion for a in self.anchors} != set(Criterion):
            raise ValueError("a rubric needs anchors for all four criteria")
        return self

    def of(self, criterion: Criterion) -> Anchors:
        """The anchors of one criterion."""
        return next(a for a in self.anchors if a.criterion is criterion)
