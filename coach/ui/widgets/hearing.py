"""Looking on while a finished recording is written down, behind the pages."""

import time
from collections.abc import Callable

import streamlit as st

from coach.domain.answer import Take
from coach.jobs.writing_down import WritingDown
from coach.practice import Practice
from coach.prepare.drills.drilling import Drills
from coach.ui.resources import services
from coach.ui.widgets.html import clear_below

_LOOK_S = 0.2


def hearing(ident: str, record_again: Callable[[], None], play: Callable[[], None]) -> None:
    """Show how far the words of an attempt or a try have come, until they are there. ``play`` draws the recording, should they not come."""
    behind = services()

    def again() -> None:  # a new recording has not to wait because the last one could not be written down
        behind.runner.try_again(WritingDown.name, ident)
        record_again()

    bar = st.progress(0.0, text="Writing down what you said …")
    other = st.empty()
    other.button(
        "Record again instead",
        key=f"instead-{ident}",
        icon=":material/mic:",
        type="tertiary",
        help="You may also leave this page: the words are waiting when you come back.",
        on_click=again,
    )
    clear_below()
    behind.runner.wake()
    while not (trouble := behind.runner.trouble(WritingDown.name, ident)):
        if ident not in behind.writing_down.waiting():
            st.rerun()
        bar.progress(behind.writing_down.share(ident), text="Writing down what you said …")
        time.sleep(_LOOK_S)
    bar.empty()
    other.empty()
    st.error(f"{trouble} Your recording is kept.", icon=":material/error:")
    play()
    with st.container(horizontal=True):
        st.button("Try again", type="primary", on_click=behind.runner.try_again, args=(WritingDown.name, ident))
        st.button("Record again", key=f"again-{ident}", icon=":material/mic:", on_click=again)


def take_up(parts: Practice | Drills, take: Take, who: str) -> None:
    """A take that was finished without a second of sound in it, or just before that could be kept: it is recorded anew, or written down."""
    if take.seconds:
        parts.finish_take(take.attempt, who, take.number, take.next_chunk)
    else:
        parts.record_again(take.attempt, who)
    st.rerun()
