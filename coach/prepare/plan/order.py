"""Which of many offers comes first."""

from collections.abc import Callable, Iterable
from hashlib import blake2b

from coach.domain.plan import Item, Offer


def ranked(offers: Iterable[Offer], seed: str, damp: Callable[[Offer], float] = lambda _: 1.0) -> list[Offer]:
    """The offers worth most first, each worth multiplied by what ``damp`` says; equals in an order of the seed's own, the same every day."""
    return sorted(offers, key=lambda one: (-one.worth * damp(one), _lot(seed, one.item)))


def _lot(seed: str, item: Item) -> bytes:
    return blake2b(f"{seed}|{item.kind}|{item.ref}".encode(), digest_size=8).digest()
