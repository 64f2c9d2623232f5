"""Whether a word that may be a name is one here, by the company it keeps."""

import re

from coach.checks.identifiers.document import Document, Word
from coach.checks.identifiers.vocabulary import (
    DOES,
    DOUBTFUL,
    GIVEN,
    MODALS,
    NICKNAMES,
    PREFIXES,
    SAYS,
    SURNAMES,
    VERBS_TOO,
)
from coach.checks.identifiers.wordlists import words

SHORTEST_NAME = 3
_TO_PERSON = words("before_person")
_PLACES = words("place_names")
_NEVER = words("never_names")
_PLAIN_SURNAMES = words("plain_surnames")
_MONTHS = frozenset({"april", "may", "june", "august", "january"})
_SEASONS = frozenset({"summer", "winter", "autumn", "dawn", "eve", "april", "june", "august", "january"})
_PASSES = frozenset({"came", "passed", "was", "is", "ended", "finally", "broke"})
_PERSONAL = frozenset({"had", "didn't", "wasn't", "couldn't", "hadn't", "got", "went", "lost", "finally"})
_THINGS_TOO = frozenset({"feels", "lives", "loved", "hated", "cares", "calls", "cries", "came"})
_STARTERS = frozenset({"and", "so", "when", "because", "then", "but", "that", "um", "uh"})
_PLACE_BEFORE = frozenset({"in", "near", "outside", "around", "downtown", "over", "to", "from", "at"})
_PLACE_NAME_BEFORE = frozenset(
    {"base", "st", "saint", "mount", "mt", "fort", "ft", "camp", "lake", "port", "university", "college", "church"}
    | {"street", "lutheran"}
)
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_NO_PERSON_LABELS = _PLACE_LABELS | {"NORP", "DATE", "LANGUAGE"}

_DATE_BEFORE = re.compile(
    r"\b(?:in|by|since|until|till|from|through|last|this|next|early|late|mid|of|every|end of|around)[ -]$"
)
_DATE_AFTER = re.compile(r"^,?\s+(?:\d|of\b|first|second|third|fourth|fifth|to (?:june|july|august|october))")
_BROUGHT_IN = re.compile(
    r"\b(?:br(?:ought|ing)|t(?:ook|ake)|let|check(?:ed)?|turn(?:ed)?|call(?:ed)?|listen(?:ed)?|talk(?:ed|ing)?"
    r"|sp(?:oke|eak)|belong\w*|happen\w*|g(?:ave|ive)|explain\w*|read|close|next|according|said|say)"
    r" (?:in|to|over|from)\s+$"
)
ONE_OF_FAMILY = re.compile(
    r"^\s+(?:boy|girl|kid|child|baby|woman|man|lady|brother|sister|mother|father|son|daughter)\b"
)
FAMILY_AFTER = re.compile(
    r"^\s+(?:family|household|kids|children|boys|girls|twins|brothers|sisters|siblings)"
    r"(?! (?:foundation|services|center|centre|clinic|fund|trust)\b)\b"
)


def in_question(doc: Document, word: Word) -> bool:
    """Whether the word can be a name at all."""
    return len(word.bare) > 1 and word.bare not in _NEVER and not doc.said_openly(word)


def likely(doc: Document, at: int) -> bool:
    """Whether the word at ``at``, which nobody announced as a name, is one."""
    word = doc.words[at]
    if not in_question(doc, word):
        return False
    capital = word.capital and doc.cased
    if word.bare in GIVEN:
        if capital or word.bare in _PLACES:
            return not _as_place(doc, at)
        return not doc.cased or not doc.plain(word)
    if word.bare in NICKNAMES and (capital or "-" in word.bare):
        return "-" in word.bare or not doc.speech.knows(word.bare)
    if word.bare in DOUBTFUL:
        return _doubtful(doc, at) if capital else _doubtful_in_lower_case(doc, at)
    return capital and not word.shouted and len(word.bare) >= SHORTEST_NAME and _unlisted(doc, at)


def family(doc: Document, at: int) -> bool:
    """Whether a whole family is named: "the Hendersons", "the Okafor family", "the Alvarez twins"."""
    word, before = doc.words[at], doc.before(at)
    if before is None or before.bare not in {"the", "that", "this"} or word.gap != " " or not in_question(doc, word):
        return False
    if doc.cased and (not word.capital or word.shouted):
        return False
    certain = doc.cased or not doc.speech.knows(word.bare)
    if word.bare.removesuffix("s") in SURNAMES and word.bare not in SURNAMES:
        return certain
    right = doc.right(word.bare_end)
    if ONE_OF_FAMILY.search(right):
        return word.bare in SURNAMES and certain
    listed = word.bare in SURNAMES and (doc.cased or word.bare not in _PLAIN_SURNAMES)
    unlisted = doc.cased and not doc.plain(word) and doc.label(word) not in {"NORP", "GPE", "LOC", "ORG"}
    return (listed or unlisted) and not word.possessive and bool(FAMILY_AFTER.search(right))


def _month(doc: Document, word: Word) -> bool:
    return word.bare in _MONTHS and bool(
        _DATE_BEFORE.search(doc.left(word.start)) or _DATE_AFTER.search(doc.right(word.bare_end))
    )


def _big_or_little(doc: Document, at: int) -> bool:
    word, before = doc.words[at], doc.before(at)
    nicknamed = before is not None and before.bare in {"big", "little", "lil"} and word.gap == " "
    return nicknamed and word.bare not in VERBS_TOO


def _doubtful(doc: Document, at: int) -> bool:
    """A name that is a word too, with a capital: Grace, Mark, April."""
    word, before, after = doc.words[at], doc.before(at), doc.after(at)
    if _month(doc, word) or _as_place(doc, at) or (word.bare in _SEASONS and after in _PASSES):
        return False
    if _big_or_little(doc, at) or (word.bare == "will" and not word.opens):
        return True
    apposed = word.gap.strip() == "," and doc.text[word.bare_end : word.bare_end + 1] == ","
    company = word.possessive or apposed or after in DOES or after in SURNAMES
    if before is not None:
        company = company or before.bare in PREFIXES or (not word.opens and before.bare in _TO_PERSON)
    person = doc.label(word) == "PERSON"
    if word.opens:
        weak = after in {"is", "was", "and", "i", "you", "the"}
        return after in SAYS | _PERSONAL or (person and company and not weak)
    return company and (person or doc.tags.get(word.start) in {"NNP", "NNPS"})


def _doubtful_in_lower_case(doc: Document, at: int) -> bool:
    word, before = doc.words[at], doc.before(at)
    if _month(doc, word):
        return False
    if _big_or_little(doc, at):
        return True
    if doc.cased:
        return False
    if before is not None and before.bare in {"told", "asked"} and word.gap == " ":
        return word.bare not in MODALS
    starts = before is None or word.gap != " " or before.bare in _STARTERS
    return starts and doc.after(at) in SAYS - _THINGS_TOO


def _unlisted(doc: Document, at: int) -> bool:
    """A capitalised word no list holds: Zebulon, Papadakis."""
    word, before, after = doc.words[at], doc.before(at), doc.after(at)
    label, plain, says = doc.label(word), doc.plain(word), after in SAYS
    if _as_place(doc, at) or label in _NO_PERSON_LABELS:
        return False
    if word.bare in SURNAMES and not word.opens:
        return label == "PERSON" or says or not plain
    if plain:
        return False
    to_person = before is not None and not word.opens and before.bare in _TO_PERSON
    if label == "PERSON":
        return says or after in DOES or to_person or word.possessive or continues(doc, at + 1)
    return says or (to_person and after in DOES and not label)


def continues(doc: Document, at: int) -> bool:
    """Whether the word at ``at`` can carry on a name begun before it."""
    if at >= len(doc.words):
        return False
    word = doc.words[at]
    proper = word.capital and not word.opens and not word.shouted
    return proper and word.gap in {" ", ". "} and word.bare not in _NEVER


def _as_place(doc: Document, at: int) -> bool:
    """Whether the word names a place here: "in Jackson", "St. Vincent", "the Parkview"."""
    word, before = doc.words[at], doc.before(at)
    if before is None or word.possessive:
        return False
    if before.bare in _PLACE_NAME_BEFORE and word.gap in {" ", ". "}:
        return True
    if before.bare == "the" and word.gap == " ":
        return not FAMILY_AFTER.search(doc.right(word.bare_end))
    if before.bare not in _PLACE_BEFORE or word.gap != " " or _BROUGHT_IN.search(doc.left(word.start, 30)):
        return False
    label = doc.label(word)
    if word.bare in _PLACES:
        return label != "PERSON" and before.bare != "to"
    return before.bare != "at" and (label in _PLACE_LABELS or (word.bare in DOUBTFUL and label != "PERSON"))
