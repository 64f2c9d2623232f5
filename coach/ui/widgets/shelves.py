"""Shelves: what there is, sorted into a few groups of which one is shown."""

from collections.abc import Callable, Mapping, Sized
from typing import TypeVar

import streamlit as st

K = TypeVar("K")


def shelf(groups: Mapping[K, Sized], called: Callable[[K], str]) -> K:
    """The group to show: those with something in them are offered, each with how much; nothing is drawn where there is one only."""
    names = {key: f"{called(key)} ({len(group)})" for key, group in groups.items() if len(group)}
    first = next(iter(names))
    if len(names) == 1:
        return first
    shown: K | None = st.segmented_control(
        "Show", list(names), format_func=names.__getitem__, default=first, required=True
    )
    return first if shown is None else shown
