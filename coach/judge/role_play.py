"""The other person in a role-play: the judge says what they say next. Its words are shown as that person's, and rate nobody."""

from collections.abc import Callable
from pathlib import Path

from pydantic import Field

from coach.domain.value import Value
from coach.judge.door import Door
from coach.judge.inquiry import Inquiry

PATIENCE_S = 25.0  # seconds somebody who has just spoken waits for a reply


class OtherTurn(Value):
    """What the other person says, and whether the talk is over with it."""

    words: str = Field(min_length=1, max_length=600)
    ends: bool = False


def role_play(door: Callable[[], Door], folder: Path | None = None) -> Inquiry[OtherTurn]:
    """A turn of the other person, by the judge in force."""
    return Inquiry(
        door,
        "role_play",
        "v1",
        reply=OtherTurn,
        fields=("scene", "person", "talk"),
        deadline_s=PATIENCE_S,
        folder=folder,
    )
