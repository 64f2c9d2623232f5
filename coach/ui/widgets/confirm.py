"""Asking once more before something goes for good."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from coach.ui import session


def confirm(asked: str, words: str, yes: str, on_yes: Callable[..., None], *args: Any) -> None:
    """Ask, if ``asked`` is being asked: ``yes`` is the button that does it, beside one that keeps everything."""
    if not session.asking(asked):
        return
    with st.container(border=True):
        st.markdown(words)
        with st.container(horizontal=True):
            st.button(yes, type="primary", on_click=on_yes, args=args)
            st.button("Keep it", on_click=session.ask, args=(asked,), kwargs={"on": False})
