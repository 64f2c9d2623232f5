"""How the app is served: the page script, our routes, and what happens when a page fails."""

import importlib
import logging
import pkgutil
import threading
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware

from coach.errors import CoachError
from coach.resources import streamlit_config
from coach.ui import account_routes, pages
from coach.ui.garbage import set_aside_what_stays
from coach.ui.guard import Guard
from coach.ui.resources import services
from coach.ui.routes import ROUTES

log = logging.getLogger(__name__)

SCRIPT = Path(__file__).parent / "shell" / "main.py"
_TRY_AGAIN_S = 5.0


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[None]:
    """Takes up unfinished work as soon as the server is up, whether or not anybody visits, and keeps reruns cheap."""
    stopping = threading.Event()
    starter, tidier = (
        threading.Thread(target=job, args=(stopping,), daemon=True) for job in (_start_work, set_aside_what_stays)
    )
    starter.start()
    tidier.start()
    try:
        yield
    finally:
        stopping.set()
        await run_in_threadpool(starter.join)
        await run_in_threadpool(tidier.join)
        await run_in_threadpool(_stop_work)


def _start_work(stopping: threading.Event) -> None:
    while not stopping.is_set():
        try:
            services().runner.start()
            _load_pages()
        except CoachError as error:  # pages say so, too; once it is mended, work begins
            log.warning("work behind cannot start yet: %s", type(error).__name__)
            stopping.wait(_TRY_AGAIN_S)
        else:
            return


def _load_pages() -> None:
    """Load the pages while the first browser still loads Streamlit's own part."""
    for module in pkgutil.iter_modules(pages.__path__, f"{pages.__name__}."):
        importlib.import_module(module.name)


def _stop_work() -> None:
    try:
        services().runner.stop()
    except CoachError:
        log.info("there was no work behind to stop")


class WithoutWords(logging.Filter):
    """Keeps exceptions out of Streamlit's log: it writes them whole before it asks us, and a message may quote what somebody said."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether a record is kept."""
        return record.exc_info is None


_WITHOUT_WORDS = WithoutWords()


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


def options() -> dict[str, Any]:
    """Arguments for ``streamlit.App``. Of a page that fails, the log tells what `on_script_error` writes, and nothing else."""
    logging.getLogger("streamlit.error_util").addFilter(_WITHOUT_WORDS)
    return {
        "script_path": str(SCRIPT),
        "routes": (*ROUTES, *account_routes.ROUTES),
        "middleware": (Middleware(Guard),),
        "lifespan": lifespan,
        "on_script_error": on_script_error,
    }


def config(**overrides: Any) -> dict[str, Any]:
    """Our Streamlit settings as ``section.name: value``, for starting the app from Python."""
    return {**_flat(tomllib.loads(streamlit_config().read_text("utf-8"))), **overrides}


def _flat(table: dict[str, Any], prefix: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in table.items():
        name = f"{prefix}{key}"
        flat |= _flat(value, f"{name}.") if isinstance(value, dict) else {name: value}
    return flat
