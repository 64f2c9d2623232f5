"""Details that name nobody but together single a person out (Safe Harbor's last identifier).

Each detail has a weight; details about one person stand close together, so those less than `NEAR` characters apart form
a bundle. Of one kind only the heaviest counts (three clinics say no more about a client than one does). A bundle whose
weights reach `THRESHOLD` lets somebody who lives nearby pick the client out.

The weights say how far one detail goes on its own: 0.7-0.8 leave a handful of people in a town ("the only ... in",
"the bus driver from ...", "was on the news"), 0.3 a few hundred (a small town, a named school), 0.1-0.2 thousands (an
age, a common illness). So one strong detail needs one place beside it, and weak ones need four kinds of company. They
were set by hand on that scale and checked on invented answers, not fitted.

People find more ways to tell than patterns know ("the weaver at the chapter house, with the amputation"). So a learned
head reads the sentence of the heaviest detail too, and where it is sure a bundle of two or more weighs `THRESHOLD` at least.
"""

from collections.abc import Iterable, Iterator, Sequence
from weakref import WeakKeyDictionary

import numpy as np

from coach.checks.embeddings import encoder
from coach.checks.identifiers import quasi_patterns as told
from coach.checks.identifiers.document import Document, read
from coach.checks.identifiers.head import Head, Vector, load
from coach.checks.identifiers.landmarks import facilities, landmarks, streets, towns
from coach.checks.identifiers.value import Quasi, QuasiBundle, QuasiKind
from coach.checks.identifiers.wordlists import phrases
from coach.domain.sentences import sentences
from coach.domain.span import Span

THRESHOLD = 1.0
NEAR = 220
SURE = 0.65  # the head's probability from which a bundle is over; chosen by cross-validation grouped by answer
_MANY = 5  # details, by which their number is scaled

_UNIQUE, _STRONG, _PLACE, _SOME, _WEAK = 0.8, 0.7, 0.3, 0.2, 0.1


def find_quasi(text: str, head: Head | None = None) -> tuple[QuasiBundle, ...]:
    """The bundles of telling details in ``text``, in order, whether or not they reach the threshold.

    ``head`` reads what patterns do not know; without one, the head that travels with the code.
    """
    if not text.strip():
        return ()
    return bundles(read(text), head)


def bundles(doc: Document, head: Head | None = None) -> tuple[QuasiBundle, ...]:
    """The same of a document that is read already."""
    head = head or load("quasi")
    return tuple(_bundle(group, head.probability(shown)) for group, shown in described(doc))


def described(doc: Document) -> tuple[tuple[list[Quasi], Vector], ...]:
    """The groups of telling details in ``doc``, each with what a head weighs; told once per document."""
    if doc not in _TOLD:
        _TOLD[doc] = tuple((group, features(doc.original, group)) for group in grouped(doc))
    return _TOLD[doc]


_TOLD: WeakKeyDictionary[Document, tuple[tuple[list[Quasi], Vector], ...]] = WeakKeyDictionary()


def grouped(doc: Document) -> list[list[Quasi]]:
    """The telling details in ``doc``, those that stand close together in one group."""
    details = sorted(_details(doc), key=lambda d: (d.span.start, d.span.end))
    groups: list[list[Quasi]] = []
    reach = 0
    for detail in details:
        if groups and detail.span.start - reach <= NEAR:
            groups[-1].append(detail)
        else:
            groups.append([detail])
        reach = max(reach, detail.span.end)
    return groups


def features(text: str, group: Sequence[Quasi]) -> Vector:
    """What the head weighs: what the heaviest detail's sentence means, and which details there are."""
    heaviest = max(group, key=lambda d: d.weight)
    meaning = encoder().encode([_sentence(text, heaviest.span)])[0]
    of_kind = _heaviest(group)
    weights = [of_kind[kind].weight if kind in of_kind else 0.0 for kind in QuasiKind]
    weight = sum(weights)
    told_of = [*weights, weight, weight >= THRESHOLD, weight >= THRESHOLD / 2, len(group) / _MANY]
    return np.concatenate([meaning, np.array(told_of, dtype=np.float32)])


def _sentence(text: str, span: Span) -> str:
    return next((s.quote for s in sentences(text) if s.start <= span.start < s.end), span.quote)


def _heaviest(group: Sequence[Quasi]) -> dict[QuasiKind, Quasi]:
    heaviest: dict[QuasiKind, Quasi] = {}
    for detail in group:
        if detail.kind not in heaviest or detail.weight > heaviest[detail.kind].weight:
            heaviest[detail.kind] = detail
    return heaviest


def _bundle(group: Sequence[Quasi], singled_out: float) -> QuasiBundle:
    reasons = sorted(_heaviest(group).values(), key=lambda d: -d.weight)
    weight = round(sum(d.weight for d in reasons), 2)
    if singled_out >= SURE and len(group) > 1:
        weight = max(weight, THRESHOLD)
    return QuasiBundle(
        details=tuple(group),
        weight=weight,
        over=weight >= THRESHOLD,
        why="together these say who it is: " + "; ".join(dict.fromkeys(d.why for d in reasons)),
        suggestion="a client in our area",
    )


def _details(doc: Document) -> Iterator[Quasi]:
    places = [*_of(doc, facilities(doc), QuasiKind.NAMED_FACILITY, _PLACE, "a named place people go to")]
    named = [(p.span.start, p.span.end) for p in places]
    alone = (t for t in towns(doc) if all(t[1] <= start or t[0] >= end for start, end in named))
    places += _of(doc, alone, QuasiKind.SMALL_PLACE, _PLACE, "a town where people know each other")
    places += _of(doc, streets(doc), QuasiKind.NAMED_STREET, _PLACE, "a named street")
    yield from places
    yield from _of(doc, landmarks(doc), QuasiKind.LANDMARK, _STRONG, "a spot that is easy to find")
    masked = _masked(doc, places)
    yield from _strong(doc, masked)
    for pattern, kind, weight, why in _PLAIN:
        yield from _of(doc, (m.span() for m in pattern.finditer(doc.lower)), kind, weight, why)
    yield from _of(
        doc,
        (
            (e.start, e.end)
            for e in doc.entities
            if e.label == "NORP" and doc.lower[e.start : e.end] not in phrases("common_origins")
        ),
        QuasiKind.ORIGIN,
        _SOME,
        "an origin few here share",
    )


_PLAIN = (
    (told.POPULATION, QuasiKind.SMALL_PLACE, 0.4, "a place of few people"),
    (told.AGE, QuasiKind.EXACT_AGE, _SOME, "an exact age"),
    (told.RARE, QuasiKind.CONDITION, _PLACE, "something few people have"),
    (told.ILLNESS, QuasiKind.CONDITION, _WEAK, "an illness"),
    (told.THE_ONE, QuasiKind.DESCRIPTION, _PLACE, "it points at one person as known"),
    (told.MULTIPLE, QuasiKind.CONDITION, _PLACE, "something few people have"),
    (told.DATE, QuasiKind.EXACT_DATE, 0.15, "a day that can be looked up"),
)


_KNOWN = (
    (told.DESCRIBED, QuasiKind.RARE_ROLE, "people nearby know who does that"),
    (told.NAMED_EVENT, QuasiKind.KNOWN_EVENT, "people nearby heard of it"),
    (told.HAPPENED, QuasiKind.KNOWN_EVENT, "people nearby heard of it"),
    (told.WHOSE, QuasiKind.KNOWN_EVENT, "people nearby heard of it"),
    (told.FROM_THE_EVENT, QuasiKind.KNOWN_EVENT, "people nearby heard of it"),
    (told.VIRAL, QuasiKind.IN_THE_NEWS, "it was in the news"),
)


def _strong(doc: Document, masked: str) -> Iterator[Quasi]:
    for match in told.ONLY.finditer(masked):
        if not told.OURSELVES.search(doc.left(match.start(), 20)):
            yield _quasi(doc, match.span(), QuasiKind.ONLY_ONE, _UNIQUE, "there is only one such person")
    for match in told.OF_THE_ROLE.finditer(masked):
        if not told.TALKED_TO.search(doc.left(match.start(), 20)):
            place = told.WHERE.match(masked, match.end())
            span = match.start(), place.end() if place else match.end()
            yield _quasi(doc, span, QuasiKind.EMPLOYER_AND_ROLE, _STRONG, "few people hold that job there")
    for match in told.MEDIA.finditer(masked):
        if told.ON_MEDIA.search(match.group()):
            yield _quasi(doc, match.span(), QuasiKind.IN_THE_NEWS, _STRONG, "it was in the news")
    for pattern, kind, why in _KNOWN:
        for match in pattern.finditer(masked):
            yield _quasi(doc, match.span(), kind, _STRONG, why)


def _masked(doc: Document, places: Iterable[Quasi]) -> str:
    """The text in lower case with each named place begun by NAMED (see `quasi_patterns`)."""
    text = doc.lower
    for place in places:
        start = place.span.start + (4 if doc.lower.startswith("the ", place.span.start) else 0)
        length = place.span.end - start
        if length > len("NAMED"):
            text = text[:start] + "NAMED" + "x" * (length - len("NAMED")) + text[start + length :]
    return text


def _of(doc: Document, places: Iterable[tuple[int, int]], kind: QuasiKind, weight: float, why: str) -> Iterator[Quasi]:
    for place in places:
        yield _quasi(doc, place, kind, weight, why)


def _quasi(doc: Document, place: tuple[int, int], kind: QuasiKind, weight: float, why: str) -> Quasi:
    return Quasi(span=doc.span(*place), kind=kind, weight=weight, why=why)
