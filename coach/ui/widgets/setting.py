"""The box a setting is chosen in."""

from typing import Any

import streamlit as st

from coach.domain.question import Setting


def setting_box(label: str, chosen: Setting | None, placeholder: str = "Any setting", **more: Any) -> Setting | None:
    """Which setting, if any; ``chosen`` is there at first. ``more``: what Streamlit's own box takes besides."""
    options = list(Setting)
    index = options.index(chosen) if chosen else None
    found: Setting | None = st.selectbox(
        label, options, index=index, placeholder=placeholder, format_func=lambda one: one.label, **more
    )
    return found
