"""What one could do: each source offers items of its kind, all worth measured on one scale.

A further kind (a drill, a story) joins by a source of its own, handed to the planner by the wiring. The scale: how much practice is wanting
(`look.need`), 0-1; an item that several skills profit from is worth their mean. 0.8 and more is for what a date presses.
"""

from collections.abc import Iterator
from typing import Protocol

from coach.domain.plan import Offer
from coach.prepare.plan.look import Look


class Source(Protocol):
    """Offers items of one kind to somebody at one moment, in any order."""

    def offers(self, look: Look) -> Iterator[Offer]: ...
