"""What a candidate says they did though it was not found: their own word, to be taken back at a press."""

import streamlit as st

from coach.domain.drill import Try
from coach.prepare.drills.drilling import Drills
from coach.ui.widgets.html import aside


def claims(drills: Drills, one: Try) -> None:
    """A button for each thing that was not found; nothing where all was."""
    open_ones = [seen.name for seen in one.outcome.observations if seen.claimable] if one.outcome else []
    if not open_ones:
        return
    aside(
        "Said it in other words?",
        "Only what is like known ways to say it is found. Your own word is kept as that, and counts for where the scenario goes.",
    )
    with st.container(horizontal=True):
        for name in open_ones:
            claimed = name in one.claims
            st.button(
                f"Take back: {name}" if claimed else f"I did say this: {name}",
                key=f"claim-{one.id}-{name}",
                icon=":material/undo:" if claimed else ":material/record_voice_over:",
                type="tertiary",
                on_click=_claim,
                args=(drills, one, name),
                kwargs={"on": not claimed},
            )


def _claim(drills: Drills, one: Try, name: str, *, on: bool) -> None:
    drills.claim(one, name, on=on)
