"""Review: the answers that wait for a coach, why, and how far each is; and what happened since a day, as a file."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from functools import partial

import streamlit as st

from coach.domain.people import Person
from coach.domain.plan import days_ago
from coach.domain.review import Entry, Status, Why
from coach.recordings import utc_now
from coach.ui import session, signed_in
from coach.ui.pages import review_answer
from coach.ui.resources import services
from coach.ui.widgets.html import draw, empty, text

_PAGE = 10  # answers of one list
_NAMES = {Status.TO_REVIEW: "To review", Status.IN_PROGRESS: "In progress", Status.REVIEWED: "Reviewed"}
REASONS = {
    Why.DISPUTED: "Disputed by the student",
    Why.ASKED: "Asked for by the student",
    Why.UNSAFE: "Unsafe confidentiality",
    Why.APART: "Checks and judge disagree",
    Why.DRAWN: "Drawn by lot",
    Why.CHOSEN: "Chosen by a coach",
}


def page() -> None:
    """The list, or the answer this tab is at."""
    who = signed_in.person()
    if answer := session.place("answer"):
        review_answer.page(who, answer, REASONS)
        return
    reviewing = services().reviewing
    everything = reviewing.entries(who)
    st.title("Review")
    if not everything:
        empty(
            "Nothing to review",
            "Answers come here when a student who shares their words asks for a review or disputes a rating, when a client could be recognised "
            "in one, or when checks and judge disagree about it. You can also choose any shared answer on a student’s page.",
        )
    else:
        _list(everything)
    _digest(who)


def _list(everything: tuple[Entry, ...]) -> None:
    cohorts = {one.cohort_id: one.cohort for one in everything}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        cohort = st.selectbox(
            "Cohort", [None, *cohorts], format_func=lambda one: cohorts.get(one, "All cohorts"), width=260
        )
        entries = [one for one in everything if cohort in (None, one.cohort_id)]
        counts = Counter(one.status for one in entries)
        status = st.segmented_control(
            "Status",
            list(Status),
            default=Status.TO_REVIEW,
            required=True,
            format_func=lambda one: f"{_NAMES[one]} ({counts[one]})",
        )
    shown = [one for one in entries if one.status is status]
    if not shown:
        draw("<p>None.</p>", "aside")
    pages = -(-len(shown) // _PAGE)
    at = st.selectbox("Page", range(pages), format_func=lambda n: f"{n + 1} of {pages}", width=140) if pages > 1 else 0
    for one in shown[at * _PAGE : (at + 1) * _PAGE]:
        _row(one)


def _row(one: Entry) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        reasons = "".join(
            f'<li class="{"strong" if why is Why.DISPUTED else ""}">{text(REASONS[why])}</li>' for why in one.why
        )
        who = f" · {text(one.by)}" if one.by else ""
        with left:
            draw(
                f'<p class="eyebrow">{text(one.student)} · {text(one.cohort)} · {_since(one)}{who}</p>'
                f'<p style="margin:0;font-weight:600">{text(one.question_text)}</p><ul class="tags">{reasons}</ul>'
            )
        right.button(
            "Open", key=f"review-{one.attempt}", width="stretch", on_click=session.go, kwargs={"answer": one.attempt}
        )


def _since(one: Entry) -> str:
    asked = one.status is not Status.REVIEWED and {Why.DISPUTED, Why.ASKED} & set(one.why)
    return f"{'asked' if asked else 'answered'} {days_ago(max(0, (utc_now() - one.since).days))}"


def _digest(who: Person) -> None:
    st.subheader("What happened since")
    chosen = st.date_input("Since", value=utc_now().date() - timedelta(days=7), width=180)
    day = datetime.combine(chosen, time(), UTC)
    st.caption(
        "Each cohort and student: answers, levels, disputes and reviews, as far as they are shared. No words of any answer."
    )
    with st.container(horizontal=True):
        for label, kind, mime in (("To read (Markdown)", "md", "text/markdown"), ("Table (CSV)", "csv", "text/csv")):
            st.download_button(
                label,
                partial(_file, who, day, kind),
                f"digest.{kind}",
                mime,
                key=f"digest-{kind}",
                icon=":material/download:",
                on_click="ignore",
            )


def _file(who: Person, day: datetime, kind: str) -> bytes:
    from coach.review.digest import as_markdown, as_table  # noqa: PLC0415  # only who takes a digest away needs these

    digest = services().digests.since(who, day)
    return as_table(digest) if kind == "csv" else as_markdown(digest).encode("utf-8")
