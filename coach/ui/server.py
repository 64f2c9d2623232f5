"""How the app is served: the page script, our routes, and what happens when a page fails."""

import logging
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from streamlit import App

from coach.errors import CoachError
from coach.resources import streamlit_config
from coach.ui.resources import services
from coach.ui.routes import ROUTES

log = logging.getLogger(__name__)

SCRIPT = Path(__file__).parent / "shell" / "main.py"


def on_script_error(error: Exception) -> bool:
    """Shows a sentence instead of a traceback. The log gets the kind of error and its place, never its words."""
    import streamlit as st  # noqa: PLC0415  # only once a page has failed

    place = error.__traceback__
    while place and place.tb_next:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_filename}:{place.tb_lineno}" if place else "?"
    log.error("a page failed: %s at %s", type(error).__name__, where)
    st.error(
        "Something went wrong on this page. What you said or wrote is kept: reload the page and go on. "
        f"If it happens again, report “{type(error).__name__}” with what you were doing.",
        icon=":material/error:",
    )
    return True


@asynccontextmanager
async def _lifespan(_app: App) -> AsyncIterator[None]:
    """While the app runs, attempts that wait for a judge are looked for in the background."""
    try:
        completer = services().completer
    except CoachError:  # each page says what is wrong, and tries again
        yield
        return
    completer.start()
    yield
    completer.stop()


def options() -> dict[str, Any]:
    """Arguments for ``streamlit.App``."""
    return {"script_path": str(SCRIPT), "routes": ROUTES, "on_script_error": on_script_error, "lifespan": _lifespan}


def config(**overrides: Any) -> dict[str, Any]:
    """Our Streamlit settings as ``section.name: value``, for starting the app from Python."""
    return {**_flat(tomllib.loads(streamlit_config().read_text("utf-8"))), **overrides}


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return flat
