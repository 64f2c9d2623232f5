"""Deleting an answer: never at one press."""

import streamlit as st

from coach.domain.attempt import Attempt
from coach.practice import Practice
from coach.ui import session


def delete_button(attempt: Attempt, label: str = "Delete") -> None:
    """The button that asks."""
    st.button(
        label,
        key=f"delete-{attempt.id}",
        icon=":material/delete:",
        type="tertiary",
        on_click=session.ask,
        args=(_question(attempt),),
        kwargs={"on": True},
    )


def delete_question(practice: Practice, attempt: Attempt, who: str) -> None:
    """The question, where it was asked for."""
    if not session.asking(_question(attempt)):
        return
    with st.container(border=True):
        st.markdown(
            "**Delete this answer?** Its text, its recordings and its ratings go for good, and it leaves your progress chart."
        )
        with st.container(horizontal=True):
            st.button("Delete for good", type="primary", on_click=_delete, args=(practice, attempt, who))
            st.button("Keep it", on_click=session.ask, args=(_question(attempt),), kwargs={"on": False})


def _question(attempt: Attempt) -> str:
    return f"delete-{attempt.id}"


def _delete(practice: Practice, attempt: Attempt, who: str) -> None:
    practice.delete(attempt.id, who)
    session.ask(_question(attempt), on=False)
    session.open_attempt(None)
