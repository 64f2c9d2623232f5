"""What a student's coaches gave them: on Today to begin, on Practise with its limits."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.answer import AnswerKind
from coach.domain.assignment import Given, Way
from coach.domain.attempt import Attempt
from coach.domain.people import Person
from coach.domain.question import Question
from coach.ui import session, signed_in
from coach.ui.pages.choose import begin
from coach.ui.resources import services
from coach.ui.widgets.assignment import due, what
from coach.ui.widgets.html import aside, draw, text
from coach.ui.widgets.table import rows
from coach.ui.widgets.telling import done

_SEEN = "Your coaches see that you began it and handed it in, and when. Anything more, only as far as you share it under Sharing."


def assigned(who: Person, practise: Page, interview: Page) -> None:
    """What is to be done, due soon first, each with a button to begin it; what was handed in, folded away. Nothing where there is nothing."""
    given = services().assignments.given_to(who)
    to_do = [one for one in given if one.to_do]
    handed_in = [one for one in given if one.work.handed_in_at]
    if to_do:
        st.subheader("From your coach")
        for one in to_do:
            _to_do(who, one, practise, interview)
        aside("What is seen", _SEEN)
    if handed_in:
        with st.expander(f"Handed in ({len(handed_in)})"):
            rows(("What", "Handed in"), ((one.assignment.title, _when(one)) for one in handed_in))


def _when(one: Given) -> str:
    return f"{one.work.handed_in_at.astimezone():%d %b %Y, %H:%M}" if one.work.handed_in_at else ""


def _to_do(who: Person, one: Given, practise: Page, interview: Page) -> None:
    it, today = one.assignment, services().assignments.today
    late = it.due is not None and it.due < today
    still = " You can still hand it in." if late else ""
    with st.container(border=True):
        draw(
            f'<p class="eyebrow">{text(one.cohort)} · <b>{text(due(it, today))}</b>.{still}</p><h3>{text(it.title)}</h3>'
            f'<p class="eyebrow" style="margin:0.2rem 0 0">{text(what(it))}</p>'
            + (f'<p class="given" style="margin-top:0.5rem;font-size:1rem">{text(it.note)}</p>' if it.note else "")
        )
        with st.container(horizontal=True):
            if it.way is Way.SINGLE:
                _single(who, one, practise)
            elif one.interview:
                if st.button("Go on", key=f"assigned-{it.id}", type="primary", icon=":material/play_arrow:"):
                    st.switch_page(interview, query_params={"interview": one.interview})
            elif st.button("Begin", key=f"assigned-{it.id}", type="primary", icon=":material/play_arrow:"):
                st.switch_page(interview, query_params={"assignment": it.id})


def _single(who: Person, one: Given, practise: Page) -> None:
    it, key = one.assignment, one.left[0]
    of = f" ({len(it.questions) - len(one.left) + 1} of {len(it.questions)})" if len(it.questions) > 1 else ""
    if key in one.attempts:
        if st.button(f"Go on with the answer{of}", key=f"assigned-{it.id}", type="primary"):
            st.switch_page(practise, query_params={"attempt": one.attempts[key]})
        return
    for label, kind, icon in (("Answer by voice", AnswerKind.SPOKEN, "mic"), ("Type it", AnswerKind.TYPED, "keyboard")):
        spoken = kind is AnswerKind.SPOKEN
        if st.button(
            f"{label}{of if spoken else ''}",
            key=f"assigned-{it.id}-{kind}",
            type="primary" if spoken else "secondary",
            icon=f":material/{icon}:",
        ):
            attempt = services().assignments.begin(who, it.id, kind)
            st.switch_page(practise, query_params={"attempt": attempt.id})


# ── on the page of an answer ──────────────────────────────────────────────────────────────────────────────────────


def as_given(attempt: Attempt, question: Question) -> Question:
    """The question of an attempt with the time its assignment gives; which assignment, and how many recordings are left, is said above it."""
    one = services().assignments.of_attempt(signed_in.person(), attempt.id)
    if one is None:
        return question
    words = one.title
    left = services().practice.takes_left(attempt.id, attempt.candidate)
    if left is not None and attempt.kind is AnswerKind.SPOKEN:
        words += f" · {left or 'no'} recording{'' if left == 1 else 's'} left to begin, of {one.takes}"
    aside("From your coach", words)
    return question.model_copy(update={"time_limit_s": one.limit_of(question)})


def answer_otherwise(attempt: Attempt, question: Question, kind: AnswerKind) -> None:
    """Answer the same question by voice or keyboard instead; for the same assignment, if it is for one."""
    assignments, who = services().assignments, signed_in.person()
    one = assignments.of_attempt(who, attempt.id)
    if one is None:
        begin(question, kind)
        return
    done(lambda: session.open_attempt(assignments.begin(who, one.id, kind, question.key).id))
