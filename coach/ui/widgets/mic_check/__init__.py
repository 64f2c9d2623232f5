"""The microphone check: hears for a few seconds, shows the level, plays back what it heard and says plainly what is wrong."""

from collections.abc import Callable
from pathlib import Path

from coach.ui.widgets.component import component

_check = component(Path(__file__).parent)


def mic_check(on_works: Callable[[], None]) -> None:
    """Draw it. Nothing it hears leaves the browser; only that it works is told, to ``on_works``."""
    _check(key="mic-check", data={}, on_works_change=on_works)
