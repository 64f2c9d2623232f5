"""The bank as it is now: the packs that came with the program, and the questions that were made and published in the app."""

import logging
import threading
from collections.abc import Sequence
from typing import Protocol

from coach.bank.packs import Bank, Pack
from coach.domain.authored import Authored, Standing
from coach.domain.question import Question

log = logging.getLogger(__name__)

OWN_PACK = "yours.toml"
OWN_TITLE = "Your questions"


class Made(Protocol):
    """Where questions made in the app are kept."""

    def stamp(self) -> str:
        """A text that changes whenever a question is published, retired or brought back."""

    def ever_published(self) -> Sequence[tuple[Authored, Sequence[Question]]]:
        """Every question that was ever published, with all its versions, the earliest first."""


class Held(Protocol):
    """Where versions of questions are kept that guides and assignments hold."""

    def stamp(self) -> str:
        """A text that changes whenever there are more."""

    def all_of(self) -> Sequence[Question]:
        """Every one."""


class Shelf:
    """Hands out the bank, made anew whenever a question is published, retired, brought back or held. Safe to share between threads."""

    def __init__(self, packs: Bank, made: Made, held: Held | None = None) -> None:
        self.packs = packs
        self._made = made
        self._held = held
        self._last: tuple[str, Bank] | None = None
        self._lock = threading.Lock()

    def now(self) -> Bank:
        """The bank of this moment."""
        stamp = f"{self._made.stamp()}/{self._held.stamp() if self._held else ''}"
        with self._lock:
            if self._last is None or self._last[0] != stamp:
                self._last = stamp, self._filled()
            return self._last[1]

    def _filled(self) -> Bank:
        offered: list[Question] = []
        kept: list[Question] = []
        for one, versions in self._made.ever_published():
            if self.packs.find_key(
                one.key
            ):  # a pack that came later uses the key: answers to ours still find its words
                log.warning("a question made here has the key of one in a pack, and is not offered: %s", one.id)
                kept += versions
                continue
            current = one.question if one.standing is Standing.PUBLISHED else None
            if current:
                offered.append(current)
            kept += [version for version in versions if version != current]
        kept += self._held.all_of() if self._held else ()
        own = Pack(
            file=OWN_PACK,
            title=OWN_TITLE,
            description="Made in the app, on this computer.",
            language="en",
            questions=tuple(offered),
        )
        return Bank(packs=(*self.packs.packs, own) if offered else self.packs.packs, kept=tuple(kept))
