"""Ratings: a level on one criterion, by somebody, with the words that justify it."""

from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.value import Value


class Rater(StrEnum):
    """Who a rating is by."""

    CHECKS = "checks"
    JUDGE = "judge"
    BOTH = "both"
    HUMAN = "human"


class Confidence(StrEnum):
    """How far raters that work in unlike ways agree. Repeats of one rater say nothing."""

    HIGH = "high"  # the same level
    MEDIUM = "medium"  # one level apart
    LOW = "low"  # one rater only, or two levels and more apart


class View(Value):
    """What one of several raters sees, kept beside the rating that came of them."""

    by: Rater
    level: int | None = Field(ge=1, le=5)
    why: str = Field(min_length=1)


NEEDS_WORDS = 3  # from this level on a rating must quote the answer


class Rating(Value):
    """A level 1-5 on one criterion, or None: unrated. ``why`` says the reason either way.

    Unrated is a result of its own: it is never shown as a low level and never averaged.
    """

    criterion: Criterion
    level: int | None = Field(ge=1, le=5)
    by: Rater
    name: str = Field(default="", description="who, where it is by a human")
    why: str = Field(min_length=1)
    evidence: tuple[Span, ...] = ()
    not_applicable: bool = Field(default=False, description="the answer has nothing this criterion could be shown on")
    views: tuple[View, ...] = Field(default=(), description="each rater's own level, where there were several")
    flagged: bool = Field(default=False, description="raters disagree: a human should look")
    confidence: Confidence = Confidence.LOW

    @model_validator(mode="after")
    def _high_levels_quote_the_answer(self) -> Self:
        if self.level is not None and self.level >= NEEDS_WORDS and not self.evidence and not self.not_applicable:
            raise ValueError(f"{self.criterion}: level {self.level} needs words from the answer to justify it")
        return self

    @property
    def rated(self) -> bool:
        """Whether there is a level at all."""
        return self.level is not None
