"""The job: descriptions a candidate prepares for; one of them, with what it asks for, the employer, and questions to ask."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.job import Job
from coach.errors import DocumentError, NotFoundError
from coach.prepare.tailoring.documents import LARGEST, MOST_CHARACTERS, TYPES, text_of_file
from coach.prepare.tailoring.tailoring import Tailoring
from coach.ui import session
from coach.ui.pages import job_employer, job_match, job_suggested
from coach.ui.resources import candidate, services
from coach.ui.widgets.aim import brought_in
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, clear_below, draw, empty, plain, text

_TEXT = "job-text"


def page(practise: Page, interview: Page) -> None:
    """The job in the address if there is one, otherwise all of them. The pages are where one goes on from here."""
    tailoring, who, ident = services().tailoring, candidate(), session.job_id()
    if not ident:
        _all(tailoring, who)
    else:
        try:
            _one(tailoring, tailoring.get(ident, who), practise, interview)
        except NotFoundError as error:
            st.warning(str(error))
            st.button("All jobs", on_click=session.open_job, args=(None,), type="primary")
    clear_below()


def _all(tailoring: Tailoring, who: str) -> None:
    st.title("The job")
    st.markdown(
        "Give the description of a job you are after: see what it asks for in its own words, which questions are likely, and what "
        "you have not practised yet. It stays on this computer, and you can delete it."
    )
    jobs = tailoring.all_of(who)
    _new(tailoring, who, jobs[0].id if jobs else "first")
    if not jobs:
        empty("No job yet", "Paste a description above, or upload it as PDF or Word.")
        return
    st.subheader("Your jobs")
    for job in jobs:
        with st.container(border=True):
            left, right = st.columns([4, 1], vertical_alignment="center")
            when = f"{job.created_at.astimezone():%d %b %Y, %H:%M}{f' · {job.source}' if job.source else ''}"
            with left:
                draw(f'<p class="eyebrow">{text(when)}</p><p style="margin:0;font-weight:600">{text(job.title)}</p>')
            right.button("Open", key=f"job-{job.id}", width="stretch", on_click=session.open_job, args=(job.id,))


def _new(tailoring: Tailoring, who: str, newest: str) -> None:
    """A field for the text and one for a file; both are new ones once a job was added, so that a file of the same name can be chosen again."""
    pasted = st.text_area(
        "The description, pasted",
        height=180,
        max_chars=MOST_CHARACTERS,
        key=f"{_TEXT}-{newest}",
        placeholder="Title, duties, requirements …",
    )
    uploaded = st.file_uploader(
        "or as a file: PDF, Word (.docx) or plain text",
        type=list(TYPES),
        max_upload_size=LARGEST // 1_000_000,
        key=f"job-file-{newest}",
    )
    if not st.button("Read it", type="primary", icon=":material/find_in_page:"):
        return
    try:
        if uploaded is not None and not (pasted or "").strip():
            job = tailoring.add(who, text_of_file(uploaded.name, uploaded.getvalue()), uploaded.name)
        else:
            job = tailoring.add(who, pasted or "")
    except DocumentError as error:
        st.error(str(error), icon=":material/error:")
        return
    session.open_job(job.id)
    st.rerun()


def _one(tailoring: Tailoring, job: Job, practise: Page, interview: Page) -> None:
    st.button("All jobs", icon=":material/arrow_back:", type="tertiary", on_click=session.open_job, args=(None,))
    st.title(plain(job.title))
    if job.reading is None:
        clear_below()
        with st.spinner("Reading the description, and going through the bank …"):
            tailoring.read(job)
        st.rerun()
    _lead(tailoring, job)
    asks, likely, employer, ask, whole = st.tabs(
        ["What it asks for", "Likely questions", "The employer", "To ask them", "Description"]
    )
    with asks:
        job_match.asks(tailoring, job)
    with likely:
        job_match.likely(tailoring, job, practise, interview)
        job_suggested.suggested(tailoring, job, practise)
    with employer:
        job_employer.sheet(job)
    with ask:
        job_employer.to_ask(tailoring, job)
    with whole:
        _description(tailoring, job)


def _lead(tailoring: Tailoring, job: Job) -> None:
    """Whether this job leads the plan; of several the newest does."""
    if not (job.reading and job.reading.asks):
        return
    aim = tailoring.aim(job.candidate) if job.leads else None
    key = f"lead-{job.id}-{job.leads}"
    st.toggle(
        "This job leads my plan",
        value=job.leads,
        key=key,
        help="Today, the week, the questions proposed and the interview set-up follow it. Switch it off to plan without it.",
        on_change=_let_lead,
        args=(tailoring, job),
    )
    if aim and aim.job != job.id:
        aside(
            "A newer job leads", f"“{aim.title}” leads the plan. Open that one and switch it off to let this one lead."
        )
    elif aim:
        aside("What it changes", brought_in(aim))


def _let_lead(tailoring: Tailoring, job: Job) -> None:
    tailoring.let_lead(job.id, job.candidate, leads=not job.leads)


def _description(tailoring: Tailoring, job: Job) -> None:
    draw("".join(f"<p>{text(line)}</p>" for line in job.text.splitlines()))
    with st.container(horizontal=True):
        st.button(
            "Read it again",
            icon=":material/refresh:",
            help="Against the bank as it is now",
            on_click=_again,
            args=(tailoring, job),
        )
        asks("Delete this job", _asked(job))
    words = "**Delete this job?** The description, your notes and your list of questions go for good."
    confirm(_asked(job), words, "Delete for good", _delete, tailoring, job)


def _again(tailoring: Tailoring, job: Job) -> None:
    tailoring.read(job)


def _delete(tailoring: Tailoring, job: Job) -> None:
    tailoring.delete(job.id, job.candidate)
    session.open_job(None)


def _asked(job: Job) -> str:
    return f"delete-job-{job.id}"
