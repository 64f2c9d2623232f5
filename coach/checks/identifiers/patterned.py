"""What most recognisers do: read patterns off the text and say why they matter."""

import re

from coach.checks.identifiers.document import Document
from coach.checks.identifiers.value import Identifier, IdentifierKind


def identifier(
    doc: Document, start: int, end: int, kind: IdentifierKind, *, why: str, suggestion: str, direct: bool = True
) -> Identifier:
    """An identifier at ``start``-``end``, less the blanks and stops at its ends."""
    quote = doc.text[start:end]
    start += len(quote) - len(quote.lstrip(" ,.;:'\"(“"))
    end -= len(quote) - len(quote.rstrip(" ,.;:'\"“”!?"))
    return Identifier(span=doc.span(start, end), kind=kind, direct=direct, why=why, suggestion=suggestion)


def own(doc: Document, start: int) -> bool:
    """Whether the words before say that it is the candidate's own ("my number is")."""
    return bool(
        re.search(
            r"\bmy (?:own |work |cell |desk |direct )*(?:[\w-]+\s+){0,2}(?:is|was|at|,)?\s*$", doc.left(start, 40)
        )
    ) and not re.search(r"\bmy (?:client|patient|guy|lady|resident|member|kid|student|case)", doc.left(start, 40))
