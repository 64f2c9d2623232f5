"""What came of an answer: the change to make first, the ratings, the answer itself with what was seen in it."""

import time

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt
from coach.domain.feedback import Feedback, FeedbackState
from coach.errors import CoachError
from coach.jobs.judging import Judging
from coach.practice import Practice
from coach.ui import session
from coach.ui.resources import services
from coach.ui.widgets.deletion import delete_button, delete_question
from coach.ui.widgets.html import aside, draw, text
from coach.ui.widgets.judging import beside_the_ratings, earlier_ratings, waits, what_was_sent
from coach.ui.widgets.play_places import delivery
from coach.ui.widgets.question import model_answer, question_card
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.reviewed import reviewed
from coach.ui.widgets.ribbon import areas, ribbon
from coach.ui.widgets.takes import keep_choice, player


def show(practice: Practice, attempt: Attempt, who: str) -> None:
    """The whole feedback of a rated attempt."""
    feedback = attempt.feedback
    if feedback is None:
        raise CoachError("This answer is marked as rated but has no feedback. Rate it again.")
    question = practice.question_of(attempt)
    question_card(question, alone=True)
    if attempt.demo:
        aside("Demo answer", "Invented, and rated like any other. Remove them all under Set-up.")
    coming = st.empty()
    if feedback.state is FeedbackState.UNRATED:
        st.warning(f"Unrated. {feedback.note}", icon=":material/help:")
    elif feedback.note and not waits(attempt):
        aside("Who rated", feedback.note)
    if feedback.change:
        change_card(feedback.change)
    beside_the_ratings(feedback)
    if feedback.tells:
        rating_cards(feedback, practice.rubric)
    reviewed(attempt)
    st.subheader("Your answer")
    if attempt.kind is AnswerKind.SPOKEN:
        _recordings(practice, attempt, who)
    ribbon(attempt.text, feedback)
    _how_it_was_said(practice, attempt, who, question.time_limit_s)
    _closer_looks(practice, attempt, feedback)
    what_was_sent(attempt)
    earlier_ratings(practice, practice.earlier_ratings(attempt.id, who))
    _what_next(practice, attempt, who)
    if waits(attempt):
        _watch(attempt, who, coming)


def _closer_looks(practice: Practice, attempt: Attempt, feedback: Feedback) -> None:
    if feedback.leaks:
        with st.expander("A copy without what could identify a client"):
            st.code(feedback.without_leaks(attempt.text), language=None, wrap_lines=True)
    if feedback.coverage:
        with st.expander("What this question looks for, and what we found", expanded=False):
            areas(feedback.coverage)
    model_answer(practice.model_answer_of(attempt))
    with st.expander("What each level means"):
        for anchors in practice.rubric.anchors:
            st.markdown(f"**{anchors.name}.** {anchors.asks}")
            st.markdown("\n".join(f"{level}. {words}" for level, words in sorted(anchors.levels.items())))


def _watch(attempt: Attempt, who: str, place: DeltaGenerator) -> None:
    """Show the judge's advice as it comes; leaving the page does not stop it."""
    behind, shown = services(), None
    behind.runner.wake()
    while not (trouble := behind.runner.trouble(Judging.name, attempt.id)):
        now = behind.practice.find(attempt.id, who)
        if now is None or not waits(now):
            st.rerun()
        advice = behind.judging.advice(attempt.id)
        if advice != shown:
            shown = advice
            with place.container():
                if shown:
                    aside("The judge is reading this answer, and says so far", shown)
                else:
                    aside("The judge is reading this answer", "The ratings below are by checks so far.")
        time.sleep(0.25)
    with place.container():
        aside("Who rated", f"Rated by checks so far. The judge could not be asked just now: {trouble}")


def _recordings(practice: Practice, attempt: Attempt, who: str) -> None:
    *earlier, rated = practice.takes(attempt.id, who) or (None,)
    if rated:
        player(rated, who, "The recording that was rated")
        keep_choice(practice, attempt, who)
    if earlier:
        with st.expander("Earlier recordings of this answer"):
            for take in earlier:
                player(take, who, f"Take {take.number}")
    if attempt.transcript and attempt.transcript.text != attempt.text:
        with st.expander("Word for word as it was heard, before anything was corrected"):
            draw(f"<p>{text(attempt.transcript.text)}</p>")


def _how_it_was_said(practice: Practice, attempt: Attempt, who: str, limit_s: float) -> None:
    if attempt.kind is AnswerKind.SPOKEN:
        kept = practice.takes(attempt.id, who)
        delivery(attempt, who, kept[-1] if kept else None, limit_s)


def _what_next(practice: Practice, attempt: Attempt, who: str) -> None:
    question = practice.question_of(attempt)
    with st.container(horizontal=True):
        st.button(
            "Answer it again", type="primary", icon=":material/replay:", on_click=_again, args=(practice, attempt, who)
        )
        st.button("Next question", icon=":material/arrow_forward:", on_click=session.open_attempt, args=(None,))
        st.button(
            "Rate again",
            icon=":material/refresh:",
            type="tertiary",
            on_click=_rate_again,
            args=(practice, attempt, who),
            help="With today's checks and, if one is set up, the judge",
        )
        delete_button(attempt)
    delete_question(practice, attempt, who)
    if question.probes:
        with st.expander("An interviewer may ask next"):
            st.markdown("\n".join(f"- {probe}" for probe in question.probes))


def _again(practice: Practice, attempt: Attempt, who: str) -> None:
    session.open_attempt(practice.begin(who, practice.question_today(attempt), attempt.kind).id)


def _rate_again(practice: Practice, attempt: Attempt, who: str) -> None:
    practice.rate_by_checks(attempt.id, who, keep_earlier=True, behind=True)
