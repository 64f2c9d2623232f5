"""Doing something in a callback, where an error has no page of its own to be told on."""

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
