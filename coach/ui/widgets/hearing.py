"""Looking on while a finished recording is written down, behind the pages."""

import time
from collections.abc import Callable

import streamlit as st

from coach.domain.attempt import Attempt, AttemptState
from coach.jobs.writing_down import WritingDown
from coach.ui.resources import services
from coach.ui.widgets.html import clear_below
from coach.ui.widgets.takes import player

_LOOK_S = 0.2


def hearing(attempt: Attempt, who: str, instead: Callable[[], None]) -> None:
    """Show how far the words have come, until they are there. ``instead`` begins a new recording."""
    practice, behind = services().practice, services()

    def again() -> None:  # a new recording has not to wait because the last one could not be written down
        behind.runner.try_again(WritingDown.name, attempt.id)
        instead()

    bar = st.progress(0.0, text="Writing down what you said …")
    other = st.empty()
    other.button(
        "Record again instead",
        key=f"instead-{attempt.id}",
        icon=":material/mic:",
        type="tertiary",
        help="You may also leave this page: the words are waiting when you come back.",
        on_click=again,
    )
    clear_below()
    behind.runner.wake()
    while not (trouble := behind.runner.trouble(WritingDown.name, attempt.id)):
        now = practice.find(attempt.id, who)
        if now is None or now.state is not AttemptState.RECORDED:
            st.rerun()
        bar.progress(behind.writing_down.share(attempt.id), text="Writing down what you said …")
        time.sleep(_LOOK_S)
    bar.empty()
    other.empty()
    st.error(f"{trouble} Your recording is kept.", icon=":material/error:")
    player(attempt, who, practice.current_take(attempt.id, who), "Your recording")
    with st.container(horizontal=True):
        st.button("Try again", type="primary", on_click=behind.runner.try_again, args=(WritingDown.name, attempt.id))
        st.button("Record again", key=f"again-{attempt.id}", icon=":material/mic:", on_click=again)
