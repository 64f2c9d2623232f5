"""Whose name it is: a client's (or of a client's household), or one that may be said.

What may be said: the candidate's own name and family, colleagues and other professionals named with their job, the
interviewer who is greeted, people everybody knows, and names declared to be made up.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coach.checks.identifiers import role_patterns as said
from coach.checks.identifiers.document import Document
from coach.checks.identifiers.names import Mention
from coach.checks.identifiers.vocabulary import CLIENT_NOUN
from coach.checks.identifiers.wordlists import phrases

_REACH = 110
_EDGE = 160  # characters from either end of an answer in which the interviewer is greeted or thanked
_START = 60


class Role(StrEnum):
    """Whose name it is."""

    CLIENT = "client"
    STAFF = "staff"
    CANDIDATE = "candidate"
    INTERVIEWER = "interviewer"
    PUBLIC = "public"
    PSEUDONYM = "pseudonym"
    UNKNOWN = "unknown"


# Where one name is told in several roles, the last of these is what it is throughout.
_PRECEDENCE = (Role.PUBLIC, Role.INTERVIEWER, Role.STAFF, Role.CLIENT, Role.CANDIDATE, Role.PSEUDONYM)


def roles(doc: Document, found: Sequence[Mention]) -> tuple[Role, ...]:
    """The role of each mention in ``found``. One name means one person throughout an answer.

    CLIENT where the words say so, UNKNOWN where nothing speaks for anybody else: both count as a client's.
    """
    alone = [_role(doc, mention) for mention in found]
    known: dict[str, Role] = {}
    for role in _PRECEDENCE:
        for mention, its in zip(found, alone, strict=True):
            if its is role:
                known.update(dict.fromkeys(mention.parts, role))
    invented = bool(said.ALL_INVENTED.search(doc.lower))
    return tuple(_settled(mention, its, known, invented=invented) for mention, its in zip(found, alone, strict=True))


def _settled(mention: Mention, its: Role, known: dict[str, Role], *, invented: bool) -> Role:
    role = its
    if its not in {Role.CANDIDATE, Role.PSEUDONYM} or not mention.cued:
        role = next((known[part] for part in mention.parts if part in known), its)
    if role in {Role.CLIENT, Role.UNKNOWN} and invented and len(mention.parts) == 1:
        return Role.PSEUDONYM
    return role


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with what stands around it, in lower case."""

    doc: Document
    mention: Mention
    left: str
    right: str


def _role(doc: Document, mention: Mention) -> Role:
    place = _Place(doc, mention, doc.left(mention.start, _REACH), doc.right(mention.end, _REACH))
    return next((role for role, tells in _TELLS if tells(place)), Role.UNKNOWN)


def _owned(place: _Place) -> bool:
    own = place.doc.own_names
    return bool(own) and set(place.mention.parts) <= own


def _invented(place: _Place) -> bool:
    if said.TRULY_RIGHT.match(place.right):
        return False
    return bool(said.INVENTED_LEFT.search(place.left) or said.INVENTED_RIGHT.match(place.right))


def _candidate(place: _Place) -> bool:
    if said.ADDRESSED_LEFT.search(place.left):
        return place.right.startswith(",")
    if place.mention.possessive:
        return False
    if place.mention.start < _START and said.THIS_IS_LEFT.search(place.left):
        return True
    introduced = said.SELF_LEFT.search(place.left)
    return introduced is not None and not said.QUOTED_LEFT.search(place.left[: introduced.start()])


def _relative(place: _Place) -> bool:
    return not place.mention.possessive and bool(said.OWN_LEFT.search(place.left))


def _staff(place: _Place) -> bool:
    left, right = place.left, place.right
    if said.CLIENT_RIGHT.match(right) or (said.TOLD_STAFF_LEFT.search(left) and said.CLAUSE_RIGHT.match(right)):
        return False
    introduced = said.STAFF_NAME_IS_LEFT.search(left)
    if introduced and not re.search(rf"\b{CLIENT_NOUN}\b", introduced.group(1)):
        return True
    before = (said.TITLE_LEFT, said.STAFF_LEFT, said.SEVERAL_STAFF_LEFT)
    after = (said.STAFF_RIGHT, said.OUR_RIGHT, said.JOB_RIGHT)
    return any(p.search(left) for p in before) or any(p.match(right) for p in after) or _in_office(left, right)


def _in_office(left: str, right: str) -> bool:
    office = said.OFFICE_RIGHT.match(right)
    if office is None or said.FETCHED_LEFT.search(left):
        return False
    return office.group(1) == "from" or not said.DONE_FOR_LEFT.search(left)


def _greeted(place: _Place) -> bool:
    """Whether the interviewer is spoken to: at the start or at the end, and not inside somebody's reported words."""
    mention, left = place.mention, place.left
    if mention.possessive or _EDGE <= mention.start < mention.end <= len(place.doc.text) - _EDGE:
        return False
    hello = said.HELLO_LEFT.search(left)
    if hello:
        return not said.QUOTED_LEFT.search(left[: hello.start() + 1])
    if not said.POLITE_LEFT.search(left):
        return False
    answered = said.ANSWERED_LEFT.search(left) and place.right[:1] in {".", "!"}
    return bool(answered or said.POLITE_RIGHT.match(place.right))


def _public(place: _Place) -> bool:
    whole = place.doc.lower[place.mention.start : place.mention.end]
    theory = said.THEORY_RIGHT.match(place.right)
    return whole in phrases("public_names") or bool(theory or said.PET_LEFT.search(place.left))


def _client(place: _Place) -> bool:
    return bool(said.CLIENT_LEFT.search(place.left) or said.CLIENT_RIGHT.match(place.right))


# Asked in this order; the first that holds decides.
_TELLS: tuple[tuple[Role, Callable[[_Place], bool]], ...] = (
    (Role.CANDIDATE, _owned),
    (Role.PSEUDONYM, _invented),
    (Role.CANDIDATE, _candidate),
    (Role.STAFF, _staff),
    (Role.CANDIDATE, _relative),
    (Role.INTERVIEWER, _greeted),
    (Role.PUBLIC, _public),
    (Role.CLIENT, _client),
)
