"""The writer: a text field that is saved while one types."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.ui.widgets.component import component

_ROWS, _HINTED_ROWS, _REMARK_ROWS, _NOTE_ROWS = 11, 5, 3, 2  # hints below are to be seen while one writes
_writer = component(Path(__file__).parent)


def writer(
    attempt: str,
    text: str,
    *,
    token: str,
    label: str,
    placeholder: str,
    submit: str,
    revision: str,
    key: str,
    on_handed_in: Callable[[], None],
    url: str | None = None,
    hints: str | None = None,
    remark: bool = False,
    at_once: bool = False,
) -> Any:
    """Draw the writer with ``text`` in it. A new ``revision`` replaces what is in the field; the same one leaves it alone.

    ``remark``: a few words about something, not an answer that could be spoken. ``at_once``: against the clock, so the field has the keyboard
    as soon as it is there, and Ctrl+Enter hands in.
    ``url`` is where drafts go, if not to the attempt's own; ``hints`` where to ask, after each save, what the checks make of the text.

    The result's ``handed_in`` is ``{"text"}`` once the user presses the button.
    """
    return _writer(
        key=key,
        data={
            "attempt": attempt,
            "text": text,
            "token": token,
            "label": label,
            "placeholder": placeholder,
            "submit": submit,
            "revision": revision,
            "url": url or f"/api/attempts/{attempt}/draft",
            "hints": hints or "",
            "remark": remark,
            "at_once": at_once,
            "rows": _REMARK_ROWS if remark else _HINTED_ROWS if hints else _ROWS,
        },
        on_handed_in_change=on_handed_in,
    )


def notes(words: str, *, label: str, token: str, url: str, key: str) -> None:
    """Draw a small field that is kept at ``url`` while one types, and never handed in."""
    _writer(
        key=key,
        data={
            "attempt": key,
            "text": words,
            "token": token,
            "label": label,
            "placeholder": "",
            "submit": "",
            "revision": "notes",
            "url": url,
            "rows": _NOTE_ROWS,
        },
        on_handed_in_change=_nothing,
    )


def _nothing() -> None:
    """Notes are never handed in."""
