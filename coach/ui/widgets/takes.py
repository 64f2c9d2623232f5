"""Recordings, to listen to and to choose from."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.answer import Take
from coach.domain.attempt import Attempt
from coach.practice import Practice
from coach.settings import Keep
from coach.ui import session
from coach.ui.resources import services, token
from coach.ui.widgets.html import aside, draw, text


def address(take: Take, who: str, of: str = "attempts") -> str:
    """Where the owner hears a take: our own authenticated route. ``of``: the name in the route of what it belongs to."""
    return f"/api/{of}/{take.attempt}/takes/{take.number}.wav?token={token(take.attempt, who)}"


def player(take: Take, who: str, label: str, of: str = "attempts") -> None:
    """One take, to listen to."""
    source = address(take, who, of)
    draw(
        f'<p class="eyebrow">{text(label)}, {take.seconds:.0f} seconds</p>'
        f'<audio controls preload="metadata" src="{text(source)}" aria-label="{text(label)}"></audio>'
    )


def shared_address(attempt_id: str, who: str, number: int) -> str:
    """Where a coach hears one recording of an answer that is shared with them."""
    return f"/api/shared/{attempt_id}/takes/{number}.wav?token={token(attempt_id, who)}"


def shared_player(attempt_id: str, who: str, number: int) -> None:
    """One recording of an answer that is shared with a coach."""
    source = text(shared_address(attempt_id, who, number))
    draw(f'<p class="eyebrow">Recording {number}</p><audio controls preload="none" src="{source}"></audio>')


def earlier_takes(practice: Practice, attempt: Attempt, who: str, takes: Sequence[Take]) -> None:
    """Takes that were recorded before, each to listen to and to go back to."""
    if not takes:
        return
    with st.expander(f"Earlier recordings of this answer ({len(takes)})"):
        for take in takes:
            player(take, who, f"Take {take.number}")
            st.button(
                "Use this one",
                key=f"use-{attempt.id}-{take.number}",
                on_click=practice.use_take,
                args=(attempt.id, who, take.number),
            )


def keep_choice(practice: Practice, attempt: Attempt, who: str) -> None:
    """Whether to keep the recordings of this answer: the person's own decision, whatever the settings say."""
    days = services().keeping.periods.recordings
    keeps = practice.keeps_recordings(attempt.id, who)
    kept = practice.is_kept_on_purpose(attempt.id) if days else keeps
    when = {
        Keep.NEVER: "It is deleted when the answer is rated.",
        Keep.DAY: "It is deleted a day after the answer is rated.",
        Keep.ALWAYS: "It is deleted a day after the answer is rated.",  # chosen against settings that keep everything
    }[practice.keep]
    if keeps:
        when = f"It is deleted after {days} days."
    st.toggle(
        "Keep this recording",
        value=kept,
        key=f"keep-{attempt.id}",
        help="What you said stays in words, either way.",
        on_change=_choose,
        args=(practice, attempt, who),
    )
    aside("Recording", "It stays until you delete the answer." if kept else when)


def _choose(practice: Practice, attempt: Attempt, who: str) -> None:
    keep = session.switched_on(f"keep-{attempt.id}")
    practice.choose_recordings(attempt.id, who, keep=keep)
