"""An interview somebody else set up: by a guide or for an assignment. One chooses only how one answers."""

from dataclasses import dataclass

import streamlit as st

from coach.domain.assignment import Way
from coach.domain.interview import SetUp
from coach.errors import NotFoundError
from coach.ui import session, signed_in
from coach.ui.pages.interview_choices import own_choices
from coach.ui.resources import services
from coach.ui.widgets.assignment import due
from coach.ui.widgets.guide import limit_name
from coach.ui.widgets.html import aside, draw, text

SEEN = (
    "Your coaches see that you began this and handed it in, and when. Ratings, words and voice they see only as far as you "
    "share them, under Sharing."
)


@dataclass(frozen=True)
class GivenInterview:
    """A set-up with where it comes from. ``fixed``: the mode is not one's own to choose."""

    set_up: SetUp
    title: str
    about: str
    note: str = ""
    fixed: bool = False

    def choices(self) -> SetUp:
        """Draw it, and what is left to choose; the whole set-up."""
        limits = [limit_name(self.set_up.limit_s) + " an answer"]
        if self.set_up.takes:
            limits.append(f"{self.set_up.takes} recording{'' if self.set_up.takes == 1 else 's'} an answer at the most")
        limits.append(f"{self.set_up.thinking_s} s to think")
        limits.append("follow-ups" if self.set_up.probes else "no follow-ups")
        count = self.set_up.questions
        facts = [f"{count} question{'' if count == 1 else 's'}", self.set_up.place.lower(), *limits]
        draw(
            f'<div class="card"><p class="eyebrow">{text(self.about)}</p><h2 class="question">{text(self.title)}</h2>'
            + (f'<p class="given" style="margin-top:0.6rem">{text(self.note)}</p>' if self.note else "")
            + f'<p class="eyebrow" style="margin-top:0.7rem">{text(" · ".join(facts))}</p></div>'
        )
        chosen = own_choices(self.set_up, mode_is_fixed=self.fixed)
        if self.fixed:
            aside("What is seen", SEEN)
        return chosen


def given_interview() -> GivenInterview | None:
    """What the address asks for, if it is there for whoever asks and waits to be done; else a word why not."""
    assignment, guide = session.place("assignment"), session.place("guide")
    if not (assignment or guide):
        return None
    try:
        return _of_assignment(assignment) if assignment else _of_guide(str(guide))
    except NotFoundError as error:
        st.warning(str(error))
        return None


def leave() -> None:
    """Set up an interview of one's own instead."""
    session.go(assignment=None, guide=None, questions=None)


def _of_assignment(ident: str) -> GivenInterview | None:
    given = services().assignments.given(signed_in.person(), ident)
    one = given.assignment
    if not given.to_do:
        at = given.work.handed_in_at
        st.info(
            f"You handed in “{one.title}” on {at.astimezone():%d %B %Y}." if at else f"“{one.title}” is over.",
            icon=":material/task_alt:",
        )
        return None
    if given.interview or one.way is Way.SINGLE:
        return None  # the one under way is offered above, single questions on Today
    about = f"From your coach · {given.cohort} · {due(one, services().assignments.today)}"
    return GivenInterview(one.set_up(), one.title, about, one.note, fixed=True)


def _of_guide(ident: str) -> GivenInterview | None:
    guide = services().guides.get(signed_in.person(), ident)
    if not guide.questions:
        st.info(f"“{guide.called}” has no question yet.", icon=":material/info:")
        return None
    return GivenInterview(guide.set_up(), guide.called, "By an interview guide", guide.opening)
