"""The microphone check: hears for a few seconds, shows the level, plays back what it heard and says plainly what is wrong."""

from collections.abc import Callable
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_check = st.components.v2.component(
    "coach_mic_check",
    html=(_HERE / "mic_check.html").read_text("utf-8"),
    css=(_HERE / "mic_check.css").read_text("utf-8"),
    js=(_HERE / "mic_check.js").read_text("utf-8"),
)


def mic_check(on_works: Callable[[], None]) -> None:
    """Draw it. Nothing it hears leaves the browser; only that it works is told, to ``on_works``."""
    _check(key="mic-check", data={}, on_works_change=on_works)
