"""The microphone check: hears for a few seconds, shows the level, plays back what it heard and says plainly what is wrong."""

from pathlib import Path

from coach.ui.widgets.component import component

_check = component(Path(__file__).parent)


def mic_check() -> None:
    """Draw it. Nothing it hears leaves the browser."""
    _check(key="mic-check", data={})
