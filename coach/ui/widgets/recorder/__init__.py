"""The recorder: sound goes to the store in pieces while one speaks, so that nothing can lose it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from coach.domain.answer import Take
from coach.ui.widgets.component import component

_recorder = component(Path(__file__).parent)


def recorder(
    take: Take,
    *,
    token: str,
    limit_s: int,
    key: str,
    on_finished: Callable[[], None],
    on_again: Callable[[], None],
    words: bool = True,
    autostart: bool = False,
    url: str | None = None,
) -> Any:
    """Draw the recorder for a take. Seconds already kept from before a reload count towards ``limit_s``; ``autostart`` records at once.

    ``url`` is what the recording belongs to, if not the attempt.
    With ``words`` they are shown as they are spoken, unless this browser's owner chose otherwise.
    The result's ``finished`` is ``{"take", "chunks"}`` once the speaker is done, ``again`` is ``{"take"}`` when they start over.
    """
    return _recorder(
        key=key,
        data={
            "attempt": take.attempt,
            "take": take.number,
            "first": take.next_chunk,
            "kept_s": round(take.seconds, 2),
            "token": token,
            "limit_s": limit_s,
            "words": words,
            "autostart": autostart,
            "url": url or f"/api/attempts/{take.attempt}",
        },
        on_finished_change=on_finished,
        on_again_change=on_again,
    )
