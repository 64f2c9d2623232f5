"""The employer sheet, kept as one types, and questions to ask the interviewer."""

import streamlit as st

from coach.domain.job import Job
from coach.prepare.tailoring.markdown import markdown
from coach.prepare.tailoring.sheet import fields, groups, said_of
from coach.prepare.tailoring.tailoring import Tailoring
from coach.ui import session
from coach.ui.resources import services, token
from coach.ui.widgets.html import draw, plain, shortened, text
from coach.ui.widgets.telling import done
from coach.ui.widgets.writer import notes


def sheet(job: Job) -> None:
    """What to find out, where one may look, what the description says already, and room for what was found."""
    st.markdown("What to know before you walk in. Notes are kept as you type.")
    _download(job, "sheet")
    for field in fields():
        said = "".join(
            f"<blockquote>{text(shortened(span.quote, 240))}</blockquote>" for span in said_of(field, job.text)
        )
        draw(
            f"<h3>{text(field.title)}</h3><p>{text(field.find)}</p><p><b>Where to look.</b> {text(field.where)}</p>"
            + (f"<p><b>The description says:</b></p>{said}" if said else ""),
            "aside",
        )
        notes(
            job.notes.get(field.key, ""),
            label=f"Notes: {field.title}",
            token=token(job.id, job.candidate),
            url=f"/api/jobs/{job.id}/notes/{field.key}",
            key=f"note-{job.id}-{field.key}",
        )


def to_ask(tailoring: Tailoring, job: Job) -> None:
    """Questions to choose from, and one's own."""
    st.markdown(
        "Two or three good questions say more than ten. Tick what you would really like to know, and add your own."
    )
    _download(job, "to-ask")
    known = set()
    for group in groups():
        st.markdown(f"**{group.title}**")
        for question in group.questions:
            known.add(question)
            _tick(tailoring, job, question)
    own = [question for question in job.to_ask if question not in known]
    if own:
        st.markdown("**Your own**")
    for question in own:
        _tick(tailoring, job, question)
    key = f"own-{job.id}"
    st.text_input("A question of your own", key=key, max_chars=300, on_change=_add, args=(tailoring, job, key))


def _tick(tailoring: Tailoring, job: Job, question: str) -> None:
    key = f"ask-them-{job.id}-{question}"
    st.checkbox(
        plain(question),
        value=question in job.to_ask,
        key=key,
        on_change=_ticked,
        args=(tailoring, job, question, key),
    )


def _download(job: Job, where: str) -> None:
    st.download_button(
        "Take it along (Markdown)",
        lambda: markdown(
            services().tailoring.get(job.id, job.candidate)
        ),  # with what was typed since the page was drawn
        "job.md",
        "text/markdown",
        key=f"take-{job.id}-{where}",
        icon=":material/download:",
        on_click="ignore",
        help="The employer sheet, the likely questions, and what you would like to ask; to print, or to read on the way",
    )


def _ticked(tailoring: Tailoring, job: Job, question: str, key: str) -> None:
    done(lambda: tailoring.choose_to_ask(job.id, job.candidate, question, chosen=session.switched_on(key)))


def _add(tailoring: Tailoring, job: Job, key: str) -> None:
    words = str(session.chosen(key) or "")
    if words.strip() and done(lambda: tailoring.choose_to_ask(job.id, job.candidate, words, chosen=True)):
        session.empty_fields(key)
