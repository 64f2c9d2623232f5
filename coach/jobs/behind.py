"""Work behind, as pages see it: the runner's on a database in a file, the queue's on a server."""

from typing import Protocol


class Behind(Protocol):
    """Sees to it that work is done. Safe to call from any thread."""

    def start(self) -> None:
        """Begin to work in this process, in the background, where that is meant."""

    def stop(self) -> None:
        """Finish what is in hand, within reason; what is not finished is taken up by whoever works next."""

    def wake(self) -> None:
        """There is new work."""

    def finish(self, kind: str, ident: str) -> None:
        """Return when one piece of work is done, here or elsewhere. Raises CoachError if it fails, or nobody does it."""

    def trouble(self, kind: str, ident: str) -> str:
        """Why a piece of work that failed is waiting; empty where nothing is wrong."""

    def try_again(self, kind: str, ident: str) -> None:
        """Do not wait any longer with something that failed."""
