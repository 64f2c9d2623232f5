"""One answer of an interview with everything that came of it, and the ways to do it better at once."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt
from coach.domain.feedback import Feedback
from coach.domain.finding import Part
from coach.domain.interview import Interview
from coach.domain.interview_report import QuestionReport, Standing
from coach.domain.timing import starts
from coach.errors import AnswerError
from coach.interview.retry import ASKS, weak_part
from coach.ui.resources import services, token
from coach.ui.widgets.html import aside
from coach.ui.widgets.listen import listen
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.report import delivery, moved, own_levels, turns
from coach.ui.widgets.ribbon import areas, ribbon


def answer(interview: Interview, question: QuestionReport, practise: Page | None) -> None:
    """Draw it. ``practise`` is the page for another attempt at the whole question, where there may be one."""
    at = question.number - 1
    _standing(interview, question, practise)
    attempt = services().practice.find(question.attempt, interview.candidate)
    if attempt and attempt.feedback:
        _feedback(interview, question, attempt, attempt.feedback)
    turns(question.said)
    _recordings(interview, at)
    if attempt and attempt.feedback and question.standing is Standing.RATED:
        _one_change(interview, at, attempt, attempt.feedback)
    for later in question.moved:
        moved(later, services().practice.rubric)


def _standing(interview: Interview, question: QuestionReport, practise: Page | None) -> None:
    if question.standing is Standing.UNRATED:
        st.warning(f"Unrated. {question.reason}", icon=":material/help:")
        _again(interview, question.number - 1, practise)
    elif question.standing is Standing.WAITING:
        aside("Being rated", "This takes a moment, and nothing waits for it.")
    elif question.reason:
        aside("Who rated", question.reason)


def _feedback(interview: Interview, question: QuestionReport, attempt: Attempt, feedback: Feedback) -> None:
    rated, rubric = question.standing is Standing.RATED, services().practice.rubric
    if feedback.change:
        change_card(feedback.change)
    if rated:
        rating_cards(feedback, rubric)
        own_levels(question, rubric)
    if question.delivery:
        delivery(question.delivery, interview.set_up.limit_s)
    ribbon(attempt.text, feedback)
    if feedback.coverage:
        st.markdown("**What this question looks for**")
        areas(feedback.coverage)


def _recordings(interview: Interview, at: int) -> None:
    one = interview.rounds[at]
    spoken = [(n, turn) for n, turn in enumerate(one.turns) if turn.transcript]
    for n, turn in spoken:
        if turn.transcript:
            label = "Your answer" if n == 0 else f"Your answer to follow-up {n}"
            source = (
                f"/api/attempts/{one.attempt}/takes/{turn.take}.wav?token={token(one.attempt, interview.candidate)}"
            )
            with st.expander(f"Listen: {label.lower()}"):
                listen(source, starts(turn.transcript), label=label, key=f"listen-{one.attempt}-{turn.take}")


def _one_change(interview: Interview, at: int, attempt: Attempt, feedback: Feedback) -> None:
    part = weak_part(feedback)
    with st.form(f"retry-{attempt.id}-{len(interview.rounds[at].again)}"):
        st.markdown(f"**Do just one thing better.** {ASKS[part]}")
        said = st.text_area(part.label, placeholder="Two or three sentences are enough.", height=100)
        if st.form_submit_button("See what it changes", icon=":material/compare_arrows:"):
            _retry(interview, at, part, said)


def _retry(interview: Interview, at: int, part: Part, said: str) -> None:
    try:
        later = services().reports.say_part_again(interview, at, part, said)
    except AnswerError as error:
        st.error(str(error), icon=":material/error:")
        return
    with st.spinner("Reading your answer with the new part …"):
        services().runner.finish("rate", later.id)
    st.rerun()


def _again(interview: Interview, at: int, practise: Page | None) -> None:
    """A failed rating is tried again; where nothing was said, the question is answered outside the clock."""
    one = interview.rounds[at]
    if services().runner.trouble("rate", one.attempt):
        st.button(
            "Rate it again", key=f"rate-{one.attempt}", on_click=services().runner.try_again, args=("rate", one.attempt)
        )
        return
    if practise is None:
        return
    with st.container(horizontal=True):
        for kind, label in ((AnswerKind.SPOKEN, "Answer it now, by voice"), (AnswerKind.TYPED, "Type an answer now")):
            if st.button(label, key=f"again-{kind}-{one.attempt}"):
                attempt = services().reports.answer_again(interview, at, kind)
                st.switch_page(practise, query_params={"attempt": attempt.id})
