"""What the judge keeps between calls: replies it need not ask for twice, and what was spent today."""

import hashlib
import json
from typing import Any, Protocol

from coach.domain.judging import Usage
from coach.judge.promptfile import Message


class Ledger(Protocol):
    """Where that is kept. A day is a date such as 2026-03-01."""

    def reply(self, key: str) -> tuple[str, str] | None:
        """The reply kept under a key, and the model it came from."""

    def keep(self, key: str, reply: str, model: str) -> None:
        """Keep a reply."""

    def spent(self, day: str) -> Usage:
        """What was spent on a day."""

    def spend(self, day: str, usage: Usage) -> None:
        """Add to what was spent on a day."""


class NoLedger:
    """Keeps nothing."""

    def reply(self, key: str) -> tuple[str, str] | None:  # noqa: ARG002  # the shape of a ledger
        """None."""
        return None

    def keep(self, key: str, reply: str, model: str) -> None:
        """Nothing is kept."""

    def spent(self, day: str) -> Usage:  # noqa: ARG002  # the shape of a ledger
        """Nothing is known."""
        return Usage()

    def spend(self, day: str, usage: Usage) -> None:
        """Nothing is kept."""


class SpendingOnly:
    """Books what is spent and keeps no reply: for answers that are stored nowhere, so that nothing would ever delete what was kept of them."""

    def __init__(self, books: Ledger) -> None:
        self._books = books

    def reply(self, key: str) -> tuple[str, str] | None:  # noqa: ARG002  # the shape of a ledger
        """None."""
        return None

    def keep(self, key: str, reply: str, model: str) -> None:
        """Nothing is kept."""

    def spent(self, day: str) -> Usage:
        """What was spent on a day."""
        return self._books.spent(day)

    def spend(self, day: str, usage: Usage) -> None:
        """Add to what was spent on a day."""
        self._books.spend(day, usage)


def key_of(prompt_hash: str, messages: list[Message], place: str, model: str, parameters: dict[str, Any]) -> str:
    """The key of a reply: the same only where prompt, answer, endpoint, model and parameters are."""
    whole = json.dumps([prompt_hash, messages, place, model, parameters], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
