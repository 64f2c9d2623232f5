"""A kind of work, and what becomes of a piece of it that fails: the same for whoever hands the pieces out."""

from collections.abc import Mapping
from typing import Protocol

from coach.errors import CoachError

CHORES = "chores"  # the lane of what a worker does by the clock
BACKOFF_S = (2.0, 10.0, 60.0)  # waits after the first failures
GIVEN_UP_S = 3600.0  # and after all others


class Kind(Protocol):
    """One kind of work."""

    name: str
    abreast: int
    """How many pieces are done at the same time."""

    def waiting(self) -> Mapping[str, str]:
        """What is unfinished, as ids of no more than 60 characters, each with whose it is; the longest waiting first."""

    def do(self, ident: str) -> None:
        """Finish one, or bring it as far as it can go now. Doing it again changes nothing. Raises whatever it raises."""

    def give_up(self, ident: str, trouble: str) -> None:
        """It has failed as often as is reasonable: record what can be recorded, so that nobody waits for it."""


def task(kind: str, ident: str) -> str:
    """The name of a piece of work, in leases and logs."""
    return f"{kind}:{ident}"


def wait_s(failed: int) -> float:
    """Seconds until a piece of work is tried again that had failed so many times before."""
    return BACKOFF_S[failed] if failed < len(BACKOFF_S) else GIVEN_UP_S


def is_given_up(failed: int) -> bool:
    """Whether a failure after so many others is one too many."""
    return failed >= len(BACKOFF_S)


def plain(error: Exception) -> str:
    """What went wrong, for people."""
    if isinstance(error, CoachError):
        return str(error)
    return f"Something went wrong ({type(error).__name__}). It is tried again by itself; nothing is lost."
