"""What a story is called: words that give nobody away, whoever chose them."""

from collections.abc import Sequence

from coach.checks.identifiers import find_identifiers
from coach.checks.identifiers.document import read
from coach.checks.identifiers.named_places import named_places
from coach.domain.span import Span, with_words
from coach.domain.story import StoryText, in_few_words

_PERSON = "PERSON"  # in the labels of the language model
_BEGINNING = 60  # words
_ROUNDS = 3  # a name may only be seen once the one before it is gone


def found_in(title: str, own_names: Sequence[str] = ()) -> tuple[tuple[Span, str], ...]:
    """What a title must not hold, each with words to put in its place: stricter than for answers, since a title lacks what tells whose a name is."""
    if not title.strip():
        return ()
    own = {name.casefold() for name in own_names}
    seen = [(one.span, one.suggestion or "") for one in find_identifiers(title, own_names)]
    seen += [(one.span, one.instead) for one in named_places(title, own_names)]
    people = (Span.of(title, one.start, one.end) for one in read(title, own_names).entities if one.label == _PERSON)
    seen += [(one, "the client") for one in people if one.quote.casefold() not in own]
    kept: list[tuple[Span, str]] = []
    for span, instead in sorted(seen, key=lambda one: (one[0].start, -one[0].end)):
        if not kept or span.start >= kept[-1][0].end:
            kept.append((span, instead))
    return tuple(kept)


def safe(title: str, own_names: Sequence[str] = ()) -> str:
    """A title with neutral words in place of all that could point at somebody; empty where that cannot be done."""
    for _ in range(_ROUNDS):
        found = found_in(title, own_names)
        if not found:
            return title
        title = with_words(title, found)
    return ""


def proposed(text: StoryText, own_names: Sequence[str] = ()) -> str:
    """The first words of a story that has no title, made safe as they stand in it."""
    beginning = " ".join(text.whole.split()[:_BEGINNING])  # more than a title holds: it says whose a name is
    return in_few_words(safe(beginning, own_names))
