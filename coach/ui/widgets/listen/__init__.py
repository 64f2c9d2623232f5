"""An answer to listen to from any of its sentences."""

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent
_listen = st.components.v2.component(
    "coach_listen",
    html=(_HERE / "listen.html").read_text("utf-8"),
    css=(_HERE / "listen.css").read_text("utf-8"),
    js=(_HERE / "listen.js").read_text("utf-8"),
)


def listen(source: str, sentences: Sequence[tuple[str, float]], *, label: str, key: str) -> None:
    """A player for the recording at ``source``; each sentence is a button that plays from its second on."""
    _listen(key=key, data={"source": source, "label": label, "sentences": [list(one) for one in sentences]})
