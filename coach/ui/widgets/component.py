"""Components of our own: a folder with its HTML, its style and its script, each called like the folder."""

from pathlib import Path
from typing import Any

import streamlit as st


def component(folder: Path) -> Any:
    """The component in a folder, to be called with ``key``, ``data`` and a callback for each of its results."""
    html, css, js = ((folder / f"{folder.name}.{kind}").read_text("utf-8") for kind in ("html", "css", "js"))
    return st.components.v2.component(f"coach_{folder.name}", html=html, css=css, js=js)
