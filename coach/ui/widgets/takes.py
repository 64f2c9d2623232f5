"""Recordings, to listen to and to choose from."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.answer import Take
from coach.domain.attempt import Attempt
from coach.practice import Practice
from coach.ui.resources import token
from coach.ui.widgets.html import draw, text


def player(attempt: Attempt, who: str, take: Take, label: str) -> None:
    """One take, from our own authenticated route."""
    source = f"/api/attempts/{attempt.id}/takes/{take.number}.wav?token={token(attempt.id, who)}"
    draw(
        f'<p class="eyebrow">{text(label)}, {take.seconds:.0f} seconds</p>'
        f'<audio controls preload="metadata" src="{text(source)}" aria-label="{text(label)}"></audio>'
    )


def earlier_takes(practice: Practice, attempt: Attempt, who: str, takes: Sequence[Take]) -> None:
    """Takes that were recorded before, each to listen to and to go back to."""
    if not takes:
        return
    with st.expander(f"Earlier recordings of this answer ({len(takes)})"):
        for take in takes:
            player(attempt, who, take, f"Take {take.number}")
            st.button(
                "Use this one",
                key=f"use-{attempt.id}-{take.number}",
                on_click=practice.use_take,
                args=(attempt.id, who, take.number),
            )
