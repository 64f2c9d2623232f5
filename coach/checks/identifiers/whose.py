"""Whose name it is: a client's (or of a client's household), or one that may be said.

What may be said: the candidate's own name and family, colleagues and other professionals, the interviewer who is greeted,
people everybody knows, places and brands, and names declared to be made up. A logistic regression decides, over what the
sentence means where the name stands (with the name, and with a neutral one in its place) and the observations of `evidence`.
Only names that are declared to be made up, the candidate's own, and those with a profession's title are settled without it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from coach.checks.embeddings import encoder
from coach.checks.identifiers import role_patterns as told
from coach.checks.identifiers.candidates import Candidate, candidates
from coach.checks.identifiers.document import Document
from coach.checks.identifiers.evidence import vector
from coach.checks.identifiers.head import Head, Vector, load
from coach.checks.identifiers.vocabulary import PROFESSIONS
from coach.domain.sentences import sentences

POSSIBLE = 0.1  # from here on a name may be a client's: it is masked and asked about, but no rating turns on it
LIKELY = 0.3  # from here on it counts as one; both chosen with one author at a time held out (docs/model-card.md)
_NEUTRAL = "Alex"
_READ = 3  # mentions of one name that are read; the first tell whose it is
_REACH = 110
_TO_ONESELF = re.compile(r",\s+you\b", re.IGNORECASE)
_MONTHS = frozenset({"april", "may", "june", "august"})
_START = 40  # characters into an answer up to which one introduces oneself
_SMALL = 0.6  # what an observation weighs beside a number of a vector, before regularisation evens them out


@dataclass(frozen=True)
class Named:
    """All mentions of one name in an answer, and what speaks for whose it is."""

    mentions: tuple[Candidate, ...]
    features: Vector


def clients(doc: Document, head: Head | None = None) -> tuple[tuple[Candidate, bool], ...]:
    """Every mention of a name that may be a client's, in the order of the text, and whether it is likely to be."""
    head = head or load("names")
    chances = [(named, head.probability(named.features)) for named in names(doc)]
    found = [(m, chance >= LIKELY) for named, chance in chances if chance >= POSSIBLE for m in named.mentions]
    return tuple(sorted(found, key=lambda one: one[0].start))


def names(doc: Document) -> tuple[Named, ...]:
    """The names in ``doc`` whose bearer is in question, told once per document. One name means one person throughout an answer."""
    if doc not in _TOLD:
        _TOLD[doc] = _names(doc)
    return _TOLD[doc]


_TOLD: WeakKeyDictionary[Document, tuple[Named, ...]] = WeakKeyDictionary()


def _names(doc: Document) -> tuple[Named, ...]:
    groups = [group for group in _grouped(candidates(doc)) if not _settled(doc, group)]
    if not groups:
        return ()
    meant = _meanings(doc, [m for group in groups for m in group[:_READ]])
    return tuple(Named(tuple(group), _features(doc, group, meant)) for group in groups)


def _grouped(found: Sequence[Candidate]) -> list[list[Candidate]]:
    """Mentions that share a part of the name stand together."""
    groups: list[tuple[set[str], list[Candidate]]] = []
    for mention in found:
        for parts, group in groups:
            if parts & set(mention.parts):
                parts.update(mention.parts)
                group.append(mention)
                break
        else:
            groups.append((set(mention.parts), [mention]))
    return [group for _, group in groups]


def _settled(doc: Document, group: Sequence[Candidate]) -> bool:
    """Whether the name is the candidate's own, or declared to be made up."""
    if any(set(m.parts) <= doc.own_names for m in group):
        return True
    if told.ALL_INVENTED.search(doc.lower) and all(len(m.parts) == 1 for m in group):
        return True
    sides = [(doc.left(m.start, _REACH), doc.right(m.end, _REACH)) for m in group]
    if any(_invented(*one) or _addressed(*one) or _no_client(*one) for one in sides):
        return True
    return any(_introduced(doc, m) or _professional(doc, m) for m in group) or all(_month(doc, m) for m in group)


def _addressed(left: str, right: str) -> bool:
    """Whether somebody speaks to the candidate by name: "People tell me, Marcus, you are patient", "Great, and Marcus, tell us ..."."""
    told_so = told.ADDRESSED_LEFT.search(left) and _TO_ONESELF.match(right)
    return bool(told_so or (told.PRAISED_LEFT.search(left) and told.BID_RIGHT.match(right)))


def _no_client(left: str, right: str) -> bool:
    """Whether it is the candidate's own name, a colleague's with letters after it, or a storm's."""
    own = told.NAME_IS_LEFT.search(left)
    said_by_other = own and told.QUOTED_LEFT.search(left[: own.start()])
    return bool(
        (own and not said_by_other)
        or told.IS_ME_RIGHT.match(right)
        or told.CREDENTIAL_RIGHT.match(right)
        or told.STORM_LEFT.search(left)
    )


def _professional(doc: Document, mention: Candidate) -> bool:
    """Whether the name stands with the title of a profession ("Dr. Amundsen", "Coach Dinsmore"), and is not said to be a client's."""
    first, before = doc.words[mention.first], doc.before(mention.first)
    several = mention.last > mention.first and first.bare in PROFESSIONS
    titled = (
        before is not None
        and before.bare in PROFESSIONS
        and first.gap in {" ", ". "}
        and (before.capital or not doc.cased)
    )
    return (several or titled) and not told.CLIENT_LEFT.search(
        doc.left(before.start if titled and before else mention.start)
    )


def _month(doc: Document, mention: Candidate) -> bool:
    """Whether a month is meant: "the third of May"."""
    return (
        mention.parts[0] in _MONTHS
        and len(mention.parts) == 1
        and bool(told.MONTH_LEFT.search(doc.left(mention.start, 20)))
    )


def _introduced(doc: Document, mention: Candidate) -> bool:
    """Whether one of the two who speak is named, as one does at the start."""
    if mention.start > _START or mention.possessive:
        return False
    left, right = doc.left(mention.start, _REACH), doc.right(mention.end, _REACH)
    first = told.FIRST_LEFT.match(left) and told.SELF_RIGHT.match(right)
    return bool(first or told.OPENING_LEFT.match(left))


def _invented(left: str, right: str) -> bool:
    if told.TRULY_RIGHT.match(right):
        return False
    return bool(told.INVENTED_LEFT.search(left) or told.INVENTED_RIGHT.match(right))


def _meanings(doc: Document, found: Sequence[Candidate]) -> dict[int, Vector]:
    """For each mention, by where it starts, what its sentence means there: as told, neutral, and neutral as a whole."""
    meant: dict[int, Vector] = {}
    for span in sentences(doc.text):
        inside = [m for m in found if span.start <= m.start < span.end]
        if not inside:
            continue
        end = max(span.end, inside[-1].end)
        text = doc.text[span.start : end]
        places = [(m.start - span.start, m.end - span.start) for m in inside]
        _, as_told = encoder().read(text, places)
        whole, neutral = encoder().read(*_neutral(text, places))
        for mention, own, other in zip(inside, as_told, neutral, strict=True):
            meant[mention.start] = np.concatenate([other, own, whole])
    return meant


def _neutral(text: str, places: Sequence[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """``text`` with the same neutral name in all ``places``, and where that now stands."""
    pieces: list[str] = []
    moved: list[tuple[int, int]] = []
    length = done = 0
    for start, end in sorted(places):
        length += start - done
        moved.append((length, length + len(_NEUTRAL)))
        pieces += [text[done:start], _NEUTRAL]
        length += len(_NEUTRAL)
        done = end
    return "".join([*pieces, text[done:]]), moved


def _features(doc: Document, group: Sequence[Candidate], meant: dict[int, Vector]) -> Vector:
    seen = np.array([vector(doc, mention) for mention in group])
    often = np.array([len(group) > 1, len(group) > 2], dtype=np.float32)  # noqa: PLR2004  # named once, twice, more
    meaning = np.mean([meant[m.start] for m in group[:_READ]], axis=0)
    return np.concatenate([seen[0] * _SMALL, seen.max(axis=0) * _SMALL, often * _SMALL, meaning]).astype(np.float32)
