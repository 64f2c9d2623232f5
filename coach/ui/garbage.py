"""Keeping what is loaded once out of the garbage collector's way.

Streamlit collects garbage after every run of the page script, and each time looks through everything the libraries hold: most of what a run
costs, once those that rate are loaded. What is there when libraries have been loaded stays until the end, so it is set aside.
"""

import gc
import logging
import sys
import threading

log = logging.getLogger(__name__)

LOOK_S = 5.0
_MANY = 20  # modules: fewer are not worth it


def set_aside_what_stays(stopping: threading.Event) -> None:
    """Whenever libraries were loaded, and none more since the look before, set aside what there is; until ``stopping``."""
    aside, before = 0, len(sys.modules)
    while not stopping.wait(LOOK_S):
        loaded = len(sys.modules)
        if loaded == before and loaded - aside >= _MANY:
            gc.collect()
            gc.freeze()
            aside = loaded
            log.info("%d objects set aside from the garbage collector", gc.get_freeze_count())
        before = loaded
