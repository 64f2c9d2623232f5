"""My answers: every attempt, with its ratings, to open again; the newest first, some at a time."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.attempt import Attempt, AttemptState
from coach.domain.feedback import FeedbackState
from coach.practice import Practice
from coach.ui import session, signed_in
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import draw, empty, text

_A_PAGE = 25  # answers
_SHOWN = "answers-shown"
_STATES = {
    AttemptState.DRAFT: "Not handed in yet",
    AttemptState.RECORDED: "Being written down",
    AttemptState.TRANSCRIBED: "Transcript to check",
    AttemptState.HANDED_IN: "Waiting to be rated",
}


def page(practise: Page) -> None:
    """The list. ``practise`` is the page that shows an answer at whatever step it is."""
    practice, who = services().practice, candidate()
    st.title("My answers")
    shown = sum(session.remembered(_SHOWN)) or _A_PAGE
    attempts = practice.attempts_of(who, shown * 2)  # more than are shown: those without a word are passed over
    if not attempts:
        empty(
            "No answers yet",
            "Everything you answer is kept here with its ratings, on this computer. Start under Practise.",
        )
        return
    standing = services().asking.standing(signed_in.person())
    for attempt in attempts[:shown]:
        _row(practice, attempt, practise, standing.get(attempt.id, ""))
    if len(attempts) > shown:
        st.button(
            "Show older answers",
            icon=":material/expand_more:",
            on_click=session.remember,
            args=(_SHOWN, (shown + _A_PAGE * 2,)),
        )


def _row(practice: Practice, attempt: Attempt, practise: Page, review: str) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        demo = " · demo" if attempt.demo else ""
        reviewed = f" · <b>{text(review)}</b>" if review else ""
        when = f"{attempt.created_at.astimezone():%d %b %Y, %H:%M} · {attempt.kind}{demo}{reviewed}"
        with left:
            draw(
                f'<p class="eyebrow">{when}</p><p style="margin:0;font-weight:600">{text(attempt.question_text)}</p>{_levels(practice, attempt)}'
            )
        if right.button("Open", key=f"open-{attempt.id}", width="stretch"):
            st.switch_page(practise, query_params={"attempt": attempt.id})


def _levels(practice: Practice, attempt: Attempt) -> str:
    if attempt.feedback is None:
        return f'<ul class="tags"><li>{_STATES[attempt.state]}</li></ul>'
    if attempt.feedback.state is FeedbackState.UNRATED:
        return '<ul class="tags"><li>Unrated</li></ul>'
    rows = "".join(
        f"<li>{text(anchors.name)}: <b>{attempt.feedback.of(anchors.criterion).level or 'unrated'}</b></li>"
        for anchors in practice.rubric.anchors
    )
    return f'<ul class="tags">{rows}</ul>'
