"""An answer to listen to from any of its sentences."""

from collections.abc import Sequence
from pathlib import Path

from coach.ui.widgets.component import component

_player = component(Path(__file__).parent)


def play_sentences(source: str, sentences: Sequence[tuple[str, float]], *, label: str, key: str) -> None:
    """A player for the recording at ``source``; each sentence is a button that plays from its second on."""
    _player(key=key, data={"source": source, "label": label, "sentences": [list(one) for one in sentences]})
