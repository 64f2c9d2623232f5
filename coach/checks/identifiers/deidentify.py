"""An answer without its identifiers."""

from collections.abc import Iterable

from coach.checks.identifiers.value import Identifier


def deidentified(text: str, identifiers: Iterable[Identifier]) -> str:
    """``text`` with each identifier replaced by its suggestion.

    Raises ValueError where an identifier is not from this text. Of two that overlap only the first is replaced.
    """
    pieces: list[str] = []
    done = 0
    for found in sorted(identifiers, key=lambda i: (i.span.start, -i.span.end)):
        if not found.span.stands_in(text):
            raise ValueError(f"an identifier at {found.span.start}-{found.span.end} is not from this text")
        if found.span.start >= done:
            pieces += [text[done : found.span.start], found.suggestion]
            done = found.span.end
    return "".join([*pieces, text[done:]])
