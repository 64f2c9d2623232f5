"""What a job asks for, and the bank beside it."""

from collections.abc import Sequence

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.interview import MOST_QUESTIONS
from coach.domain.job import Ask, AskKind, Job, Planned
from coach.domain.span import Span
from coach.prepare.tailoring.tailoring import Tailoring
from coach.ui import session
from coach.ui.widgets.html import aside, draw, empty, plain, shortened, text

_TITLES = {
    AskKind.COMPETENCY: "Competencies",
    AskKind.SETTING: "Where the work is",
    AskKind.POPULATION: "Whom it serves",
}
_CHOSEN_FIRST = 4  # what a usual interview has time for


def asks(tailoring: Tailoring, job: Job) -> None:
    """What the description asks for, each with its words, and what is missing."""
    reading = job.reading
    if reading is None or not reading.asks:
        empty(
            "Nothing was recognised",
            "No sentence of this text asks for what case managers are asked for. Is it the whole description? It can be deleted under Description.",
        )
        return
    gaps = tailoring.gaps(job)
    for kind, title in _TITLES.items():
        if found := reading.of(kind):
            draw(f"<h3>{title}</h3>{''.join(map(_ask, found))}", "asks")
    st.subheader("What is missing")
    if gaps.in_practice:
        _named("Asked for, and not practised yet", gaps.in_practice)
    else:
        aside("Practised", "You have answered a question on each of the competencies above.")
    if gaps.in_the_bank:
        _named("Asked for, and the bank has no question on it", gaps.in_the_bank)
    if reading.uncovered:
        draw(
            "<p><b>Required, and no question comes near it.</b> Have a sentence ready for each:</p>"
            + "".join(f"<blockquote>{text(span.quote)}</blockquote>" for span in reading.uncovered)
        )


def likely(tailoring: Tailoring, job: Job, practise: Page, interview: Page) -> None:
    """The most likely questions, each with its reason; an interview with those that are ticked."""
    on_offer = {question.key for question in tailoring.planned(job)}
    planned = [one for one in (job.reading.planned if job.reading else ()) if one.key in on_offer]
    if not planned:
        empty(
            "No likely questions",
            "They follow from what a description asks for, and nothing was recognised in this one.",
        )
        return
    st.markdown(
        f"The {len(planned)} questions this description makes most likely. Tick up to {MOST_QUESTIONS} for an interview."
    )
    start = st.container()
    chosen = [one.key for number, one in enumerate(planned) if _likely(job, one, number, practise)]
    these = "this one" if len(chosen) == 1 else f"these {len(chosen)}"
    if start.button(
        f"Start an interview with {these}",
        type="primary",
        icon=":material/timer:",
        disabled=not 1 <= len(chosen) <= MOST_QUESTIONS,
        help=f"1 to {MOST_QUESTIONS} questions",
    ):
        st.switch_page(interview, query_params={"questions": ",".join(chosen)})


def _likely(job: Job, one: Planned, number: int, practise: Page) -> bool:
    with st.container(border=True):
        ticked = st.checkbox(f"**{plain(one.text)}**", value=number < _CHOSEN_FIRST, key=f"plan-{job.id}-{one.key}")
        draw(f"<p>{text(one.reason)}</p>{_quotes(one.evidence)}", "aside")
        if st.button("Practise this one", key=f"practise-{job.id}-{one.key}", type="tertiary"):
            session.offer_question(one.key)
            st.switch_page(practise)
    return ticked


def _ask(ask: Ask) -> str:
    return f"<div><p><b>{text(ask.label)}</b></p>{_quotes(ask.evidence)}</div>"


def _quotes(spans: Sequence[Span]) -> str:
    return "".join(f"<blockquote>{text(shortened(span.quote, 240))}</blockquote>" for span in spans[:2])


def _named(title: str, asked: Sequence[Ask]) -> None:
    tags = "".join(f"<li>{text(ask.label)}</li>" for ask in asked)
    draw(f'<p><b>{title}.</b></p><ul class="tags" style="margin:0.2rem 0 0.9rem">{tags}</ul>')
