"""The clock of an interview or a drill: counts down, reads the question aloud, tells the server that somebody is there, and redraws when told to."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.ui.widgets.component import component

_clock = component(Path(__file__).parent)


def clock(
    interview: str,
    *,
    token: str,
    step: int,
    rated: int,
    left_s: float | None,
    total_s: float,
    grace_s: float,
    label: str,
    shown: bool,
    stands: bool,
    speak: str,
    recording: str,
    on_moved: Callable[[], None],
    on_read: Callable[[], None],
) -> Any:
    """Draw the clock for one step.

    ``left_s`` of ``total_s`` seconds are left, None for no end; ``stands``: it is paused. ``grace_s`` after the end it asks for a redraw,
    and whenever the server is at another step or has rated more than ``rated`` answers. ``speak`` is read aloud. Any recording in this
    browser but ``recording`` ("attempt/take") is stopped.
    The result's ``moved`` is set when the page should look again, ``read`` when reading is over.
    """
    return _clock(
        key=f"clock-{interview}",
        data={
            "interview": interview,
            "url": f"/api/interviews/{interview}/seen",
            "over": "",
            "token": token,
            "step": step,
            "rated": rated,
            "left_s": left_s,
            "total_s": total_s,
            "grace_s": grace_s,
            "label": label,
            "shown": shown,
            "stands": stands,
            "speak": speak,
            "recording": recording,
        },
        on_moved_change=on_moved,
        on_read_change=on_read,
    )


def countdown(key: str, left_s: float, total_s: float) -> None:
    """A clock that ends nothing: ``left_s`` of ``total_s`` seconds are left, and when they are over it says so."""
    _clock(
        key=f"countdown-{key}",
        data={
            "interview": key,
            "url": None,
            "over": "The time is over. Finish your sentence: what you write is kept.",
            "step": 0,
            "left_s": max(0.0, left_s),
            "total_s": total_s,
            "grace_s": 0.0,
            "label": "Time left",
            "shown": True,
            "stands": False,
            "speak": "",
            "recording": "",
        },
    )
