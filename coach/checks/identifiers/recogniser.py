"""The one shape every recogniser has."""

from collections.abc import Iterable
from typing import Protocol

from coach.checks.identifiers.document import Document
from coach.checks.identifiers.value import Identifier


class Recogniser(Protocol):
    """Looks for one kind of identifier."""

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every identifier of this kind in ``doc``, in any order; overlaps are settled by the caller."""
