"""A guide and an assignment for the demo cohort: one student is on time, one late, one half way, and some have not begun."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from coach.assigning.assignments import Assignments
from coach.assigning.guides import Guides
from coach.domain.assignment import AssignmentState, Way
from coach.domain.attempt import Attempt
from coach.domain.people import Cohort, Person
from coach.domain.question import Competency, Setting
from coach.recordings import Clock

_TITLE = "Three hard conversations"
_KEYS = ("engage-reluctant-client", "work-with-difficult-colleague", "advocate-after-denial")
_DUE_IN = 5  # days
_GIVEN, _DUE = 14, 6  # days ago: questions by themselves


class LinkStore(Protocol):
    """Notes that invented answers were given for an assignment."""

    def link_demo(self, ident: str, attempts: Sequence[tuple[str, str]]) -> None: ...


@dataclass(frozen=True)
class DemoAssignment:
    """Makes them anew each time, and takes the guide away; assignments go with their cohort."""

    guides: Guides
    assignments: Assignments
    store: LinkStore
    clock: Clock

    def add(self, who: Person, cohort: Cohort, answers: Iterable[Attempt]) -> None:
        """A guide, an interview by it that is still to come, and questions whose day has passed, with who answered them."""
        self._take_back(who, cohort)
        guide = self.guides.begin(
            who,
            demo=True,
            name=_TITLE,
            role="Community case manager",
            setting=Setting.COMMUNITY,
            competencies=(Competency.ENGAGEMENT, Competency.TEAMWORK, Competency.ADVOCACY),
            opening="Thank you for coming. I have three questions, and I take notes while you speak. Take a moment before you begin.",
            closing="What would you like to ask us?",
        )
        for key in _KEYS:
            guide = self.guides.add(who, guide.id, key)
        self.guides.show(who, guide.id, [cohort.id])
        self.assignments.give(
            who,
            cohort.id,
            demo=True,
            title=f"{_TITLE}: mock interview",
            note="Please find twenty quiet minutes. Use cases of your own, without names.",
            guide=guide.id,
            questions=guide.questions,
            setting=guide.setting,
            limit_s=guide.limit_s,
            takes=2,
            due=self.assignments.today + timedelta(days=_DUE_IN),
        )
        since = self.clock() - timedelta(days=_GIVEN)
        single = self.assignments.give(
            who,
            cohort.id,
            demo=True,
            title="Before we meet",
            note="One answer each, spoken or typed.",
            questions=self.assignments.as_asked(_KEYS[:2]),
            way=Way.SINGLE,
            limit_s=None,
            due=self.assignments.today - timedelta(days=_DUE),
            created_at=since,
        )
        done = [one for one in answers if one.demo and one.question_key in _KEYS[:2] and one.created_at >= since]
        self.store.link_demo(single.id, [(one.id, one.candidate) for one in done])

    def remove(self, who: Person) -> None:
        """Delete the guide, unless somebody assigned it elsewhere meanwhile. Nothing happens where there is none."""
        for guide in self.guides.all_of(who):
            if guide.demo and guide.owner == who.id and not self.guides.in_use(guide):
                self.guides.delete(who, guide.id)

    def _take_back(self, who: Person, cohort: Cohort) -> None:
        for one in self.assignments.all_of(who, cohort.id):
            if one.demo:
                self.assignments.turn(who, one.id, AssignmentState.WITHDRAWN)
                self.assignments.delete(who, one.id)
        self.remove(who)
