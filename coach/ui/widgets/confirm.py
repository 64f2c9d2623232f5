"""Asking once more before something goes for good: the button that asks, and the question."""

from collections.abc import Callable
from functools import partial
from typing import Any

import streamlit as st

from coach.ui import session
from coach.ui.widgets.telling import done


def asks(
    label: str, asked: str, *, icon: str = ":material/delete:", key: str | None = None, about: str | None = None
) -> None:
    """The button that begins to ask; `confirm` draws the question. ``about`` is shown while one points at it."""
    st.button(
        label, key=key, icon=icon, type="tertiary", help=about, on_click=session.ask, args=(asked,), kwargs={"on": True}
    )


def confirm(asked: str, words: str, yes: str, on_yes: Callable[..., object], *args: Any, no: str = "Keep it") -> None:
    """Ask, if ``asked`` is being asked: ``yes`` is the button that does it and ends the question, ``no`` the one that leaves all as it is.

    What cannot be done, as when it is gone in another tab already, is told in passing.
    """
    if not session.asking(asked):
        return
    with st.container(border=True):
        st.markdown(words)
        with st.container(horizontal=True):
            st.button(yes, key=f"yes-{asked}", type="primary", on_click=_do, args=(asked, on_yes, *args))
            st.button(no, key=f"no-{asked}", on_click=session.ask, args=(asked,), kwargs={"on": False})


def _do(asked: str, on_yes: Callable[..., object], *args: Any) -> None:
    done(partial(on_yes, *args))
    session.ask(asked, on=False)
