"""A recording to listen to, with buttons at the places that matter."""

from pathlib import Path

import streamlit as st

from coach.domain.answer import Take, Transcript
from coach.domain.attempt import Attempt
from coach.domain.usual import NOT_JUDGED, rows
from coach.ui.resources import token
from coach.ui.widgets.component import component
from coach.ui.widgets.html import aside

_player = component(Path(__file__).parent)


def unsure_words(attempt: Attempt, who: str, take: Take, transcript: Transcript) -> None:
    """The recording, and below it what was heard with the words to check marked, if there are any."""
    unsure = {(word.start, word.text) for word in transcript.unsure}
    words = [
        {"text": word.text, "start": word.start, "end": word.end, "unsure": (word.start, word.text) in unsure}
        for word in transcript.words
    ]
    _draw(attempt, who, take, "Your recording", words=words if unsure else [])


def delivery(attempt: Attempt, who: str, take: Take | None, limit_s: float) -> None:
    """How it was said: each measure with what is usual, and, while the recording is kept, where to listen."""
    measured = attempt.transcript and attempt.transcript.delivery
    if not measured:
        return
    with st.expander("How you said it: pace, pauses, um and uh"):
        aside("No marks here", NOT_JUDGED)
        _draw(
            attempt,
            who,
            take,
            "The recording that was measured",
            measures=[row.model_dump(mode="json") for row in rows(measured, limit_s)],
        )


def _draw(
    attempt: Attempt,
    who: str,
    take: Take | None,
    label: str,
    *,
    words: list[dict[str, object]] | None = None,
    measures: list[dict[str, object]] | None = None,
) -> None:
    source = f"/api/attempts/{attempt.id}/takes/{take.number}.wav?token={token(attempt.id, who)}" if take else ""
    _player(
        key=f"play-places-{attempt.id}-{label}-{take.number if take else 0}",
        data={
            "source": source,
            "label": f"{label}, {take.seconds:.0f} seconds" if take else "",
            "words": words or [],
            "rows": measures or [],
        },
    )
