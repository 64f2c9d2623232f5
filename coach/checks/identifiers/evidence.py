"""What speaks for or against a name being a client's: small yes-or-no observations that the head in `whose` weighs.

No observation decides anything. Which of them matter, and how much, is learned from labelled answers.
"""

import re

import numpy as np
from numpy.typing import NDArray

from coach.checks.identifiers import role_patterns as told
from coach.checks.identifiers.candidates import Candidate
from coach.checks.identifiers.document import Document
from coach.checks.identifiers.vocabulary import (
    AFTER_NOUN,
    COURTESY,
    DOES,
    DOUBTFUL,
    FAMILY_AFTER,
    GIVEN,
    KNOWN_AS,
    LAW_LIKE,
    NAMED,
    NAMED_THING,
    NICKNAMES,
    ORGANISATION,
    PARTICLES,
    PERSON_NAMED,
    PREFIXES,
    SAYS,
    SURNAMES,
    TO_PERSON,
)
from coach.checks.identifiers.wordlists import words

_REACH = 110
_EDGE = 160  # characters from either end of an answer in which the interviewer is greeted or thanked
_START = 60
_PLACE_BEFORE = frozenset({"in", "near", "outside", "around", "downtown", "from", "at"})
_OF_SOMEBODY = frozenset({"the", "her", "his", "their", "a"})
_ARTICLES = frozenset({"the", "a", "an", "that", "this"})
_SENTENCE_LEFT = re.compile(r"[.?!]\s")
_SENTENCE_RIGHT = re.compile(r"[.?!](?:\s|$)")
_LABELS = {
    "person": {"PERSON"},
    "place": {"GPE", "LOC"},
    "building": {"FAC"},
    "nationality": {"NORP", "LANGUAGE"},
    "organisation": {"ORG"},
    "date": {"DATE", "TIME", "CARDINAL"},
    "thing": {"PRODUCT", "WORK_OF_ART", "LAW", "EVENT"},
    "nothing": {""},
}
_TAGS = {"proper": ("NNP",), "noun": ("NN", "NNS"), "verb": ("VB",), "other": ("JJ", "RB", "IN", "UH")}

Vector = NDArray[np.float32]


def observed(doc: Document, candidate: Candidate) -> dict[str, bool]:
    """All observations on one candidate, always the same ones in the same order."""
    seen = _name(doc, candidate) | _around(doc, candidate)
    left = _SENTENCE_LEFT.split(doc.left(candidate.start, 90))[-1]
    right = _SENTENCE_RIGHT.split(doc.right(candidate.end, 90))[0]
    seen |= {f"left: {name}": bool(p.search(left)) for name, p in told.NEAR_LEFT.items()}
    seen |= {f"right: {name}": bool(p.search(right)) for name, p in told.NEAR_RIGHT.items()}
    named, listed = seen["certain"], seen["certain"] or seen["doubtful"] or seen["surname"]
    return seen | {
        "doubtful opens": seen["doubtful"] and seen["opens"],
        "doubtful person": seen["doubtful"] and seen["label person"],
        "plain opens": seen["plain"] and seen["opens"],
        "certain opens": named and seen["opens"],
        "certain after in": named and seen["after in"],
        "listed after in": (seen["surname"] or seen["doubtful"]) and seen["after in"],
        "only surname": seen["surname"] and not (named or seen["doubtful"] or seen["several"] or seen["courtesy"]),
        "unlisted": not listed,
        "unlisted person": not listed and seen["label person"],
        "unlisted nobody": not listed and not seen["label person"],
    }


def _name(doc: Document, candidate: Candidate) -> dict[str, bool]:
    """What the words of the name themselves are."""
    run = doc.words[candidate.first : candidate.last + 1]
    core = [w for w in run if w.bare not in COURTESY | PREFIXES | PARTICLES] or [run[-1]]
    first, plain = core[0], doc.plain(core[0])
    labels = {doc.label(w) for w in run}
    tag = doc.tags.get(first.start, "")
    seen = {
        "given": first.bare in GIVEN,
        "surname": core[-1].bare in SURNAMES,
        "doubtful": first.bare in DOUBTFUL,
        "nickname": first.bare in NICKNAMES,
        "plain": plain,
        "place name": first.bare in words("place_names"),
        "certain": first.bare in GIVEN | NICKNAMES or (core[-1].bare in SURNAMES and not plain),
        "courtesy": any(w.bare in COURTESY for w in run),
        "prefix": any(w.bare in PREFIXES for w in run),
        "organisation": any(w.bare in ORGANISATION for w in run),
        "several": len(core) > 1,
        "capital": first.capital,
        "small among capitals": doc.cased and not first.capital,
        "cased": doc.cased,
        "opens": run[0].opens,
        "possessive": candidate.possessive,
    }
    seen |= {f"label {name}": bool(labels & of) for name, of in _LABELS.items()}
    return seen | {f"tag {name}": tag.startswith(starts) for name, starts in _TAGS.items()}


def _around(doc: Document, candidate: Candidate) -> dict[str, bool]:
    """What stands before and after it."""
    word, before = doc.words[candidate.first], doc.before(candidate.first)
    following = doc.words[candidate.last + 1] if candidate.last + 1 < len(doc.words) else None
    beside = before.bare if before is not None and word.gap == " " else ""
    next_to = following if following is not None and following.gap == " " else None
    left, right = doc.left(candidate.start, _REACH), doc.right(candidate.end, _REACH)
    after = doc.after(candidate.last)
    introduced = told.SELF_LEFT.search(left)
    return {
        "named": bool(NAMED.search(left)),
        "known as": bool(KNOWN_AS.search(left)),
        "person named": bool(PERSON_NAMED.search(left)),
        "thing named": bool(NAMED_THING.search(left)),
        "after noun": bool(AFTER_NOUN.search(left)),
        "client left": bool(told.CLIENT_LEFT.search(left)),
        "client right": bool(told.CLIENT_RIGHT.match(right)),
        "title": bool(told.TITLE_LEFT.search(left)),
        "told staff that": bool(told.TOLD_STAFF_LEFT.search(left) and told.CLAUSE_RIGHT.match(right)),
        "staff left": bool(told.STAFF_LEFT.search(left) or told.SEVERAL_STAFF_LEFT.search(left)),
        "staff name is": bool(told.STAFF_NAME_IS_LEFT.search(left)),
        "staff right": bool(told.STAFF_RIGHT.match(right) or told.OUR_RIGHT.match(right)),
        "job right": bool(told.JOB_RIGHT.match(right)),
        "office right": bool(told.OFFICE_RIGHT.match(right)),
        "self": introduced is not None
        and not candidate.possessive
        and not told.QUOTED_LEFT.search(left[: introduced.start()]),
        "self possessive": introduced is not None and candidate.possessive,
        "self right": bool(told.SELF_RIGHT.match(right)),
        "this is": candidate.start < _START and bool(told.THIS_IS_LEFT.search(left)),
        "addressed": bool(told.ADDRESSED_LEFT.search(left)),
        "spoken to": bool(told.SPOKEN_TO_LEFT.search(left)) and doc.text[candidate.end : candidate.end + 1] == ",",
        "bid": bool(told.BID_RIGHT.match(right)),
        "praised": bool(told.PRAISED_LEFT.search(left)),
        "lives": bool(told.LIVES_LEFT.search(left)),
        "slip": bool(told.SLIP_RIGHT.match(right)),
        "measured": bool(told.MEASURED_RIGHT.match(right)) and beside in _OF_SOMEBODY,
        "storm": bool(told.STORM_RIGHT.match(right)),
        "own": bool(told.OWN_LEFT.search(left)) or (word.bare in PREFIXES and beside == "my"),
        "pet": bool(told.PET_LEFT.search(left)),
        "hello": bool(told.HELLO_LEFT.search(left)),
        "polite": bool(told.POLITE_LEFT.search(left)),
        "theory": bool(told.THEORY_RIGHT.match(right)),
        "truly": bool(told.TRULY_RIGHT.match(right)),
        "invention near": bool(told.INVENTION.search(doc.lower, max(0, candidate.start - 120), candidate.end + 80)),
        "month": bool(told.DATE_LEFT.search(left)),
        "family": bool(FAMILY_AFTER.search(right)),
        "organisation next": next_to is not None and next_to.bare in ORGANISATION,
        "law next": next_to is not None and next_to.bare in LAW_LIKE,
        "capital next": next_to is not None and next_to.capital,
        "capital before": before is not None and bool(beside) and before.capital and not before.opens,
        "after the": beside in _ARTICLES,
        "after in": beside in _PLACE_BEFORE,
        "after to": beside in TO_PERSON,
        "says": after in SAYS,
        "does": after in DOES,
        "comma left": word.gap.strip() == ",",
        "comma right": doc.text[candidate.end : candidate.end + 1] == ",",
        "at the start": candidate.start < _START,
        "near the start": candidate.start < _EDGE,
        "near the end": candidate.end > len(doc.text) - _EDGE,
    }


def vector(doc: Document, candidate: Candidate) -> Vector:
    """The observations as numbers, 1 for yes."""
    return np.array(list(observed(doc, candidate).values()), dtype=np.float32)
