"""The report of an interview: what would lift it most, where it stands, and every answer with what came of it."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.interview import Interview
from coach.domain.interview_report import InterviewReport, QuestionReport, Standing
from coach.interview.wording import run_in_words
from coach.ui import session
from coach.ui.pages.interview_answer import answer
from coach.ui.pages.interview_own import rate_yourself_first
from coach.ui.resources import services, token
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, draw, text
from coach.ui.widgets.report import balance, contradictions, lifts, means, whole


def show(interview: Interview, practise: Page) -> None:
    """The whole report, or first what the candidate thinks themselves."""
    if rate_yourself_first(interview, range(len(interview.rounds))):
        return
    report = services().reports.of(interview)
    st.title("Your interview")
    aside(f"{interview.created_at.astimezone():%d %b %Y, %H:%M}", _how(report))
    _state(report)
    if not report.questions:
        return
    if report.lifts:
        st.subheader("What would lift it most")
        lifts(report)
    st.subheader("Where you stand")
    means(report, services().practice.rubric)
    balance(report.balance)
    whole(report)
    if report.contradictions:
        st.subheader("Two answers that do not fit together")
        contradictions(report.contradictions)
    _downloads(interview)
    st.subheader("Question by question")
    for question in report.questions:
        with st.expander(_title(question), expanded=len(report.questions) == 1):
            answer(interview, question, practise)
    _farewell(interview)


def after_one(interview: Interview, at: int) -> None:
    """In practice mode: what came of the answer just given."""
    if rate_yourself_first(interview, [at]):
        return
    report = services().reports.of(interview)
    question = next((q for q in report.questions if q.number == at + 1), None)
    if question:
        answer(interview, question, None)


def _how(report: InterviewReport) -> str:
    return " · ".join(filter(None, (report.set_up.place, f"{report.set_up.mode} mode", run_in_words(report))))


def _state(report: InterviewReport) -> None:
    if not report.questions:
        st.info("No question was asked.", icon=":material/info:")
    if report.waiting:
        answers = "One answer is" if report.waiting == 1 else f"{report.waiting} answers are"
        st.info(f"{answers} still being rated. This page fills in by itself.", icon=":material/hourglass_top:")


def _title(question: QuestionReport) -> str:
    told = {Standing.RATED: "", Standing.WAITING: " · being rated …", Standing.UNRATED: " · unrated"}[question.standing]
    return f"**{question.number}.** {question.question}{told}"


def _downloads(interview: Interview) -> None:
    signed = token(interview.id, interview.candidate)
    links = " ".join(
        f'<a href="/api/interviews/{interview.id}/report.{kind}?token={text(signed)}" target="_blank" rel="noopener">{name}</a>'
        for kind, name in (("pdf", "PDF"), ("md", "Markdown"), ("json", "JSON"))
    )
    draw(f'<p class="downloads"><b>Take it with you:</b> {links}</p>')


def _farewell(interview: Interview) -> None:
    asked = f"delete-{interview.id}"
    with st.container(horizontal=True):
        st.button(
            "Another interview", type="primary", icon=":material/timer:", on_click=session.open_interview, args=(None,)
        )
        asks("Delete", asked)
    words = "**Delete this interview?** Its answers, recordings and ratings go for good."
    confirm(asked, words, "Delete for good", _delete, interview)


def _delete(interview: Interview) -> None:
    services().interviews.delete(interview.id, interview.candidate)
    session.open_interview(None)
