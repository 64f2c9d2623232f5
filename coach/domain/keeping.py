"""How long things are kept: what an installation sets, what a person chose, and what goes soon."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from pydantic import AwareDatetime, Field

from coach.domain.value import Value


class ThingKind(StrEnum):
    """What somebody stored that a period ends for. Whatever belongs to a larger thing goes with that."""

    ANSWER = "answer"
    INTERVIEW = "interview"  # with its answers
    DRILL = "drill"
    SCENARIO = "scenario"  # with its replies
    STORY = "story"
    JOB = "job"
    APPOINTMENT = "appointment"  # an interview ahead, with its checklist
    RECORDING = "recording"  # of an answer or a drill; the words stay


class Aged(NamedTuple):
    """One thing, and the moment from which its period counts."""

    kind: ThingKind
    id: str
    owner: str
    since: datetime


class Announced(NamedTuple):
    """What was said about one thing: that it will go, and whether its owner keeps it all the same."""

    at: datetime
    kept: bool


class Periods(Value):
    """What an installation sets. ``None``: things stay until somebody deletes them. ``notice`` days pass between announcing and deleting."""

    texts: int | None = Field(default=None, ge=1, description="days that words are kept")
    recordings: int | None = Field(default=None, ge=1, description="days that recordings are kept")
    notice: int = Field(default=7, ge=1)

    def of(self, kind: ThingKind) -> int | None:
        """Days that things of a kind are kept."""
        return self.recordings if kind is ThingKind.RECORDING else self.texts

    def goes_at(self, one: Aged, said: Announced) -> datetime | None:
        """When an announced thing goes: once its period is over, and the notice was given. None where things of its kind stay."""
        days = self.of(one.kind)
        if days is None:
            return None
        return max(one.since + timedelta(days=days), said.at + timedelta(days=self.notice))


class Leaving(Value):
    """A thing that its owner is told about, and when it goes unless it is kept."""

    kind: ThingKind
    id: str
    goes_at: AwareDatetime
    kept: bool = False


class Purged(NamedTuple):
    """What a purge did, or would do, in numbers alone."""

    deleted: dict[ThingKind, int]
    let_go: int
    """Recordings whose answer is rated, and that nobody wanted to keep."""
    announced: int
