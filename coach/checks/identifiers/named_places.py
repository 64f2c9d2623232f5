"""Named places in a text: schools, homes, streets and towns that somebody can be found by, each with neutral words for it.

In an answer one such place is weighed beside other details (`quasi`). Where a text is kept and told again and again, as a story is, each is
worth a word by itself, agencies' and schools' own names too.
"""

import re
from collections.abc import Iterator, Sequence

from coach.checks.identifiers.document import Document, read
from coach.checks.identifiers.landmarks import facilities, streets, towns
from coach.domain.span import Span
from coach.domain.value import Value

_STREET = r"Street|St\.|Avenue|Ave\.?|Road|Rd\.?|Lane|Drive|Boulevard|Blvd\.?"
_KIND = rf"School|College|University|Academy|Hospital|Clinic|Church|Shelter|House|Home|Center|Centre|Apartments|Towers?|Library|Jail|Prison|{_STREET}"
_NAMED = re.compile(rf"\b(?P<name>(?:(?:St\.|[A-Z][\w'’&-]*)\s+){{1,3}})(?P<kind>{_KIND})(?![\w-])")
_GENERAL = frozenset(
    re.findall(
        r"\w+",
        "the a an at in on from to of my our his her their this that high middle elementary primary public charter junior senior community county "
        "state city mental health general children s emergency adult family day foster group nursing care when after before while then so and i we",
    )
)  # these name no place
_NEUTRAL = {
    "apartments": "an apartment building",
    "towers": "a tower block",
    "academy": "a school",
}


class NamedPlace(Value):
    """A named place, and what to say instead."""

    span: Span
    instead: str


def named_places(text: str, own_names: Sequence[str] = ()) -> tuple[NamedPlace, ...]:
    """The named places of a text, in order; ``own_names`` may be said."""
    if not text.strip():
        return ()
    doc = read(text, own_names)
    allowed = {name.casefold() for name in own_names}
    kept: list[NamedPlace] = []
    for start, end in sorted({*_named(text), *_of_doc(doc)}, key=lambda place: (place[0], -place[1])):
        words = Span.of(text, start, end)
        if words.quote.casefold() not in allowed and not any(start < one.span.end for one in kept):
            kept.append(NamedPlace(span=words, instead=_neutral(words.quote)))
    return tuple(kept)


def _named(text: str) -> Iterator[tuple[int, int]]:
    """Names in capitals before a kind of place, without words before them that belong to no name."""
    for match in _NAMED.finditer(text):
        words = list(re.finditer(r"\S+", match["name"]))
        while words and re.sub(r"\W", "", words[0][0]).lower() in _GENERAL:
            words.pop(0)
        if words:
            yield match.start() + words[0].start(), match.end()


def _of_doc(doc: Document) -> Iterator[tuple[int, int]]:
    yield from facilities(doc)
    yield from streets(doc)
    yield from towns(doc)


def _neutral(name: str) -> str:
    word = name.rsplit(maxsplit=1)[-1]
    if re.fullmatch(rf"(?:{_STREET})", word):
        return "a street nearby"
    if not re.fullmatch(rf"(?:{_KIND})", word):
        return "a place nearby"
    last = re.sub(r"\W", "", word).lower()
    return _NEUTRAL.get(last, f"{'an' if last[0] in 'aeio' else 'a'} {last}")
