"""Questions a judge wrote for one job: marked as generated, and kept apart until somebody accepts each."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.answer import AnswerKind
from coach.domain.job import Job, Suggested
from coach.domain.question import Question
from coach.prepare.tailoring.tailoring import Tailoring
from coach.ui import session
from coach.ui.pages.choose import begin
from coach.ui.widgets.html import aside, clear_below, draw, shortened, text
from coach.ui.widgets.telling import done


def suggested(tailoring: Tailoring, job: Job, practise: Page) -> None:
    """What was suggested, and asking for more; nothing where there is neither."""
    if not (job.suggested or tailoring.has_judge):
        return
    st.subheader("More, by the judge")
    aside(
        "Generated",
        "A language model writes these from the description. They are no part of the bank: read each, and accept it or drop it.",
    )
    for number, one in enumerate(job.suggested):
        _suggested(tailoring, job, one, number, practise)
    said = _said(job)
    for trouble in session.remembered(said):
        st.warning(trouble, icon=":material/error:")
    if tailoring.has_judge and st.button("Ask the judge for more questions", icon=":material/auto_awesome:"):
        clear_below()
        with st.spinner("The judge is reading the description …", show_time=True):
            trouble = tailoring.suggest(job)
        session.remember(said, (f"{trouble} Nothing was lost.",) if trouble else ())
        st.rerun()


def _suggested(tailoring: Tailoring, job: Job, one: Suggested, number: int, practise: Page) -> None:
    quotes = "".join(f"<blockquote>{text(shortened(span.quote, 240))}</blockquote>" for span in one.evidence)
    with st.container(border=True):
        draw(f'<p class="eyebrow">generated</p><p style="margin:0;font-weight:600">{text(one.draft.text)}</p>{quotes}')
        with st.container(horizontal=True):
            key = f"{job.id}-{number}-{len(job.suggested)}"
            st.button(
                "Accept into my drafts",
                key=f"accept-{key}",
                help="Under Questions, marked as generated; there you finish and publish it",
                on_click=_settle,
                args=(tailoring, job, one),
                kwargs={"accept": True},
            )
            st.button(
                "Drop",
                key=f"drop-{key}",
                type="tertiary",
                on_click=_settle,
                args=(tailoring, job, one),
                kwargs={"accept": False},
            )
            if st.button("Answer it once", key=f"once-{key}", type="tertiary", help="As a question in your own words"):
                begin(Question.free(one.draft.text), AnswerKind.TYPED)
                st.switch_page(practise, query_params={"attempt": session.attempt_id() or ""})


def _settle(tailoring: Tailoring, job: Job, one: Suggested, *, accept: bool) -> None:
    if done(lambda: tailoring.settle(job, one, accept=accept)) and accept:
        st.toast("It is among your drafts under Questions, marked as generated.")


def _said(job: Job) -> str:
    return f"suggest-{job.id}"
