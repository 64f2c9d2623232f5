"""Choosing a question: go on with what was left open, take the one suggested, or look for another."""

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.question import Competency, Kind, Question
from coach.practice import Practice
from coach.ui import session
from coach.ui.resources import candidate, services
from coach.ui.widgets.deletion import delete_button, delete_question
from coach.ui.widgets.question import question_card

_ANY = "Any"


def choose(practice: Practice, who: str) -> None:
    """Draw the choice."""
    st.title("Practise a question")
    _unfinished(practice, who)
    kind, competency = _filters()
    question = _offered(practice, who, kind, competency)
    if question is None:
        st.info("No question of this kind asks for that competency. Choose another one.", icon=":material/search_off:")
        return
    question_card(question)
    with st.container(horizontal=True):
        st.button(
            "Answer by voice",
            type="primary",
            icon=":material/mic:",
            on_click=begin,
            args=(question, AnswerKind.SPOKEN),
        )
        st.button("Type the answer", icon=":material/keyboard:", on_click=begin, args=(question, AnswerKind.TYPED))
        st.button(
            "Another question",
            icon=":material/shuffle:",
            type="tertiary",
            on_click=session.offer_question,
            args=(None,),
        )
    with st.expander("What this question looks for"):
        st.markdown("\n".join(f"- {area.text}" for area in question.areas))
        for label, words in (("Weak", question.weak), ("Good", question.good), ("Excellent", question.excellent)):
            st.markdown(f"**{label}.** {words}")
    with st.expander(f"All {len(practice.bank.questions)} questions"):
        for one in practice.bank.questions:
            st.button(one.text, key=f"ask-{one.key}", type="tertiary", on_click=session.offer_question, args=(one.key,))


def _filters() -> tuple[Kind | None, Competency | None]:
    left, right = st.columns(2)
    kind = left.selectbox(
        "Kind of question",
        [_ANY, *Kind],
        format_func=lambda k: k if k == _ANY else k.capitalize(),
        on_change=session.offer_question,
        args=(None,),
    )
    competency = right.selectbox(
        "Competency",
        [_ANY, *Competency],
        format_func=lambda c: c if c == _ANY else c.label,
        on_change=session.offer_question,
        args=(None,),
    )
    return (None if kind == _ANY else kind), (None if competency == _ANY else competency)


def _offered(practice: Practice, who: str, kind: Kind | None, competency: Competency | None) -> Question | None:
    key = session.question_key()
    if key and (known := practice.bank.find_key(key)):
        return known
    if not practice.bank.find(kind=kind, competency=competency):
        return None
    question = practice.suggest(who, kind, competency)
    session.offer_question(question.key)
    return question


def begin(question: Question, kind: AnswerKind) -> None:
    """Start answering a question, in this tab."""
    attempt = services().practice.begin(candidate(), question, kind)
    session.offer_question(None)
    session.open_attempt(attempt.id)


def _unfinished(practice: Practice, who: str) -> None:
    open_ones = practice.unfinished(who)
    if not open_ones:
        return
    newest = open_ones[0]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**You have an answer in progress.** {newest.question_text}")
        st.button("Go on with it", on_click=session.open_attempt, args=(newest.id,), type="primary")
        delete_button(newest, "Discard")
    delete_question(practice, newest, who)
