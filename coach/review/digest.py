"""What happened in a coach's cohorts since a day, as a file: numbers and names, no words of any answer."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from statistics import mean
from typing import NamedTuple

from coach.domain.people import Membership, Person, SharedAttempt
from coach.domain.review import Entry, Status, Why, is_unsafe
from coach.domain.rubric import Criterion
from coach.people.coaching import Coaching
from coach.people.cohorts import Cohorts
from coach.people.people import Clock
from coach.review.reviewing import Reviewing
from coach.spreadsheet import spreadsheet

_HEAD = ("cohort", "student", "answers", "mean level", "unsafe", "disputed", "asked for", "to review", "reviewed")


class Line(NamedTuple):
    """One student since that day. The last four count what is on the list of reviews now, whenever it was asked for."""

    cohort: str
    student: str
    answers: int
    level: float | None
    unsafe: int
    disputed: int
    asked: int
    to_review: int
    reviewed: int

    @property
    def quiet(self) -> bool:
        """Whether there is nothing to tell."""
        return not any(self[2:])


class Digest(NamedTuple):
    """What a coach missed."""

    since: datetime
    until: datetime
    lines: tuple[Line, ...]


class Digests:
    """Draws up digests from what is shared with a coach now."""

    def __init__(self, cohorts: Cohorts, coaching: Coaching, reviewing: Reviewing, clock: Clock) -> None:
        self._cohorts = cohorts
        self._coaching = coaching
        self._reviewing = reviewing
        self._clock = clock

    def since(self, who: Person, day: datetime) -> Digest:
        """What happened since then in the open cohorts that ``who`` coaches. Raises NotFoundError for whoever is no coach."""
        lines: list[Line] = []
        for cohort in self._cohorts.all_of(who):
            if cohort.archived_at or who.id not in {one.id for one in self._cohorts.coaches(who, cohort.id)}:
                continue
            answers = self._coaching.attempts(who, cohort.id, since=day)
            entries = self._reviewing.entries(who, cohort.id)
            lines += [_line(one, answers, entries) for one in self._cohorts.members(who, cohort.id)]
        return Digest(day, self._clock(), tuple(lines))


def _line(member: Membership, answers: Sequence[SharedAttempt], entries: Sequence[Entry]) -> Line:
    own = [one for one in answers if one.candidate == member.person.id]
    listed = [one for one in entries if one.candidate == member.person.id]
    waiting = [one for one in listed if one.status is not Status.REVIEWED]
    levels = [level for one in own for _, level in one.levels if level is not None]
    return Line(
        cohort=member.cohort.name,
        student=member.person.name,
        answers=len(own),
        level=mean(levels) if levels else None,
        unsafe=sum(is_unsafe(dict(one.levels).get(Criterion.CONFIDENTIALITY)) for one in own),
        disputed=sum(Why.DISPUTED in one.why for one in waiting),
        asked=sum(Why.ASKED in one.why for one in waiting),
        to_review=len(waiting),
        reviewed=len(listed) - len(waiting),
    )


def as_table(digest: Digest) -> bytes:
    """As CSV: a line a student."""
    return spreadsheet(_HEAD, ((*one[:3], one.level and round(one.level, 2), *one[4:]) for one in digest.lines))


def as_markdown(digest: Digest) -> str:
    """To read: each cohort with those of whom there is something to tell, then how many are quiet."""
    return "\n".join(_paragraphs(digest)) + "\n"


def _paragraphs(digest: Digest) -> Iterator[str]:
    yield f"# What happened, {digest.since:%d %B %Y} to {digest.until:%d %B %Y}"
    cohorts = dict.fromkeys(one.cohort for one in digest.lines)
    if not cohorts:
        yield "\nYou coach no open cohort with students."
    for cohort in cohorts:
        yield f"\n## {_plain(cohort)}\n"
        lines = [one for one in digest.lines if one.cohort == cohort]
        told = [one for one in lines if not one.quiet]
        yield from (f"- **{_plain(one.student)}**: {_told(one)}" for one in told)
        quiet = len(lines) - len(told)
        if quiet:
            yield f"- {quiet} student{'' if quiet == 1 else 's'} without anything new to see."


def _told(one: Line) -> str:
    level = "" if one.level is None else f", mean level {one.level:.1f}"
    parts = (
        f"{one.answers} answer{'' if one.answers == 1 else 's'}{level}" if one.answers else "",
        f"{one.unsafe} unsafe on confidentiality" if one.unsafe else "",
        f"{one.disputed} disputed" if one.disputed else "",
        f"{one.asked} waiting for the review they asked for" if one.asked else "",
        f"{one.to_review} on your list in all" if one.to_review else "",
        f"{one.reviewed} reviewed" if one.reviewed else "",
    )
    return "; ".join(filter(None, parts)) + "."


def _plain(name: str) -> str:
    return name.replace("\\", "\\\\").replace("*", "\\*").replace("#", "\\#").replace("_", "\\_").replace("\n", " ")
