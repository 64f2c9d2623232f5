"""One answer of an interview with everything that came of it, and the ways to do it better at once."""

from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.answer import AnswerKind
from coach.domain.attempt import Attempt, AttemptState
from coach.domain.feedback import Feedback
from coach.domain.finding import Part
from coach.domain.interview import Interview, TurnState
from coach.domain.interview_report import QuestionReport, Standing
from coach.domain.timing import starts
from coach.errors import AnswerError
from coach.interview.retry import ASKS, PART_LIMIT_S, weak_part
from coach.interview.wording import delivery_in_words
from coach.interview.work import Listening
from coach.ui.resources import services, token
from coach.ui.widgets.hearing import hearing
from coach.ui.widgets.html import aside
from coach.ui.widgets.judging import beside_the_ratings, what_was_sent
from coach.ui.widgets.play_sentences import play_sentences
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.recorder import recorder
from coach.ui.widgets.report import moved, own_levels, turns
from coach.ui.widgets.ribbon import areas, ribbon
from coach.ui.widgets.takes import address, player


def answer(interview: Interview, question: QuestionReport, practise: Page | None) -> None:
    """Draw it. ``practise`` is the page for another attempt at the whole question, where there may be one."""
    at = question.number - 1
    _standing(interview, question, practise)
    attempt = services().practice.find(question.attempt, interview.candidate)
    if attempt and attempt.feedback:
        _feedback(question, attempt, attempt.feedback)
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


def _feedback(question: QuestionReport, attempt: Attempt, feedback: Feedback) -> None:
    rubric = services().practice.rubric
    if feedback.change:
        change_card(feedback.change)
    beside_the_ratings(feedback)
    if feedback.tells:
        rating_cards(feedback, rubric)
    if question.standing is Standing.RATED:
        own_levels(question, rubric)
    if question.delivery:
        aside("Delivery", delivery_in_words(question.delivery))
    ribbon(attempt.text, feedback)
    if feedback.coverage:
        st.markdown("**What this question looks for**")
        areas(feedback.coverage)
    what_was_sent(attempt)


def _recordings(interview: Interview, at: int) -> None:
    """What is kept, to listen to from any sentence; whole where its words are not known."""
    who, recorded = interview.candidate, services().interviews.recorded(interview, at)
    for n, (turn, take) in enumerate(zip(interview.rounds[at].turns, recorded, strict=True)):
        if take is None:
            continue
        label = "Your answer" if n == 0 else f"Your answer to follow-up {n}"
        with st.expander(f"Listen: {label.lower()}{', skipped' if turn.state is TurnState.SKIPPED else ''}"):
            if turn.transcript:
                key = f"play-{take.attempt}-{take.number}"
                play_sentences(address(take, who), starts(turn.transcript), label=label, key=key)
            else:
                player(take, who, label)


def _one_change(interview: Interview, at: int, attempt: Attempt, feedback: Feedback) -> None:
    """One part to do better: written, or said aloud and then corrected."""
    under_way = services().reports.part_under_way(interview, at)
    part = under_way[0] if under_way else weak_part(feedback)
    with st.container(border=True):
        st.markdown(f"**Do just one thing better.** {ASKS[part]}")
        if under_way and under_way[1].state in (AttemptState.DRAFT, AttemptState.RECORDED):
            _say(interview, at, under_way[1])
            return
        said = st.text_area(
            part.label,
            value=under_way[1].draft if under_way else "",
            key=f"part-{attempt.id}-{len(interview.rounds[at].again)}-{under_way[1].id if under_way else ''}",
            placeholder="Two or three sentences are enough.",
            height=100,
        )
        with st.container(horizontal=True):
            if st.button(
                "See what it changes", key=f"see-{attempt.id}", icon=":material/compare_arrows:", type="primary"
            ):
                _retry(interview, at, part, said)
            if under_way:
                _keyboard_instead(interview, at)
            elif st.button("Say it aloud", key=f"say-{attempt.id}", icon=":material/mic:"):
                services().reports.record_part(interview, at, part)
                st.rerun()


def _say(interview: Interview, at: int, attempt: Attempt) -> None:
    practice, who = services().practice, interview.candidate
    if attempt.state is AttemptState.RECORDED:
        take = practice.current_take(attempt.id, who)
        again = partial(practice.record_again, attempt.id, who)
        hearing(attempt.id, again, partial(player, take, who, "Your recording"))
        return
    take = practice.current_take(attempt.id, who)
    result = recorder(
        take,
        token=token(attempt.id, who),
        limit_s=PART_LIMIT_S,
        key=f"part-recorder-{attempt.id}-{take.number}",
        on_finished=_nothing,
        on_again=_nothing,
    )
    _keyboard_instead(interview, at)
    if result.again:
        practice.record_again(attempt.id, who)
        st.rerun()
    if result.finished:
        if not practice.finish_take(attempt.id, who, take.number, int(result.finished["chunks"])).seconds:
            practice.record_again(attempt.id, who)
        st.rerun()


def _keyboard_instead(interview: Interview, at: int) -> None:
    st.button(
        "Write it instead",
        key=f"write-{interview.rounds[at].attempt}",
        icon=":material/keyboard:",
        type="tertiary",
        help="What you recorded of this part is deleted.",
        on_click=services().reports.drop_part,
        args=(interview, at),
    )


def _nothing() -> None:
    """A component needs a callback for each of its results; we read them where we draw it."""


def _retry(interview: Interview, at: int, part: Part, said: str) -> None:
    try:
        later = services().reports.say_part_again(interview, at, part, said)
    except AnswerError as error:
        st.error(str(error), icon=":material/error:")
        return
    with st.spinner("Reading your answer with the new part …"):
        services().runner.finish("rate", later.id)
    st.rerun()


def _listen_again(interview: Interview, at: int) -> None:
    services().interviews.listen_again(interview, at)
    services().runner.try_again(Listening.name, f"{interview.id}/{at}")


def _again(interview: Interview, at: int, practise: Page | None) -> None:
    """A failed rating is tried again; where nothing was said, the question is answered outside the clock."""
    one = interview.rounds[at]
    if services().runner.trouble("rate", one.attempt):
        st.button(
            "Rate it again", key=f"rate-{one.attempt}", on_click=services().runner.try_again, args=("rate", one.attempt)
        )
        return
    turns = zip(one.turns, services().interviews.recorded(interview, at), strict=True)
    if any(turn.unheard and take for turn, take in turns):
        st.button("Write it down again", key=f"hear-{one.attempt}", on_click=_listen_again, args=(interview, at))
    if practise is None:
        return
    with st.container(horizontal=True):
        for kind, label in ((AnswerKind.SPOKEN, "Answer it now, by voice"), (AnswerKind.TYPED, "Type an answer now")):
            if st.button(label, key=f"again-{kind}-{one.attempt}"):
                attempt = services().reports.answer_again(interview, at, kind)
                st.switch_page(practise, query_params={"attempt": attempt.id})
