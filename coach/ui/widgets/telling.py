"""Doing something that may be refused: in a callback, which has no place of its own to tell it on, or in the middle of a page."""

from collections.abc import Callable

import streamlit as st

from coach.errors import CoachError


def done(do: Callable[[], object]) -> bool:
    """Do it. What went wrong is told in passing, and the page goes on with what is stored."""
    try:
        do()
    except CoachError as error:
        st.toast(str(error), icon=":material/error:")
        return False
    return True


def tried(do: Callable[[], object]) -> None:
    """Do it and draw the page anew, or say here what is wrong. Not for callbacks."""
    try:
        do()
    except CoachError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()
