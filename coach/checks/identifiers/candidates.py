"""Where a text may name a person, whoever that is. Generous on purpose: what is no client's name `whose` sorts out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coach.checks.identifiers.document import Document, Word
from coach.checks.identifiers.vocabulary import (
    AFTER_NOUN,
    COURTESY,
    DOES,
    DOUBTFUL,
    FAMILY_AFTER,
    GIVEN,
    KNOWN_AS,
    LAW_LIKE,
    MODALS,
    NAMED,
    NAMED_THING,
    NICKNAMES,
    ORGANISATION,
    PARTICLES,
    PERSON_NAMED,
    PERSON_NOUNS,
    PREFIXES,
    SURNAMES,
    TO_PERSON,
    VERBS_TOO,
)
from coach.checks.identifiers.wordlists import phrases, words

_NEVER = words("never_names")
_RUN_TOGETHER = words("run_together")
_NO_SURNAME = frozenset({"and", "or", "is", "was", "who", "had", "the", "a"})
_ARTICLES = frozenset({"the", "that", "this"})
_TWICE = frozenset({"he", "she"})  # the subject said twice: "shawnice she calls me"
_SAINT = frozenset({"st", "saint", "santa", "san", "fort", "mount", "mt"})
_LISTED = GIVEN | NICKNAMES | DOUBTFUL
_VIRTUES = frozenset({"faith", "hope", "grace", "charity", "joy", "mercy", "patience", "love", "peace"})
_PRONOUNS = frozenset({"i", "we", "you", "he", "she", "they", "it"})
_IN_PLACE = frozenset({"in", "at", "near", "from", "outside", "around", "to"})
_VERB_TAGS = ("VBD", "VBZ", "MD")
_SHORTEST = 3
_SHORTEST_PART = 4  # letters of each half of a word run together: "caseload"
_LONGEST_RUN = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch of text that may name somebody: the words ``first`` to ``last``, the characters ``start`` to ``end``.

    ``parts`` are its words in lower case, titles and particles left out; ``possessive`` says that 's follows.
    """

    first: int
    last: int
    start: int
    end: int
    parts: tuple[str, ...]
    possessive: bool


def candidates(doc: Document) -> tuple[Candidate, ...]:
    """All places where ``doc`` may name a person, in order and apart."""
    return tuple(_candidates(doc))


def _candidates(doc: Document) -> Iterator[Candidate]:
    possible = [_possible(doc, at) for at in range(len(doc.words))]
    at = 0
    while at < len(doc.words):
        if possible[at]:
            first, last = _run(doc, at, possible)
            if any(len(w.bare) > 1 for w in doc.words[first : last + 1]) and not _organisation(doc, first, last):
                yield _candidate(doc, first, last)
            at = last
        at += 1


def _candidate(doc: Document, first: int, last: int) -> Candidate:
    run = doc.words[first : last + 1]
    parts = tuple(w.bare for w in run if w.bare not in COURTESY | PREFIXES | PARTICLES | _ARTICLES) or (run[-1].bare,)
    return Candidate(first, last, run[0].start, run[-1].bare_end, parts, run[-1].possessive)


def _possible(doc: Document, at: int) -> bool:
    """Whether the word at ``at`` may be (part of) a name."""
    word, before = doc.words[at], doc.before(at)
    if before is not None and before.bare in COURTESY and word.gap in {" ", ". "}:
        return word.capital if len(word.bare) == 1 else _titled(doc, word, before)
    if len(word.bare) == 1:
        return word.capital and word.bare not in {"a", "i"} and doc.text[word.end : word.end + 2] == ". "
    if word.bare in _NEVER or word.bare in (PREFIXES | COURTESY) - NICKNAMES or "n't" in word.bare:
        return False
    if doc.said_openly(word) or (word.bare in phrases("big_places") - _LISTED):
        return False
    if before is not None and before.bare in _SAINT and word.gap in {" ", ". "}:
        return False
    if _virtue(doc, at) or _asks(doc, at) or _place_named_for(doc, at):
        return False
    if doc.cased and word.text[:2].isalpha() and word.text[:2].isupper():
        return word.bare in GIVEN | SURNAMES
    if doc.cased and word.capital:
        initial = before is not None and len(before.bare) == 1 and word.gap == ". "
        return _opening(doc, at) if word.opens and not initial else _capital(doc, word)
    return _small(doc, at)


def _virtue(doc: Document, at: int) -> bool:
    """Whether virtues are listed here: "faith, hope and grace"."""
    if doc.words[at].bare not in _VIRTUES:
        return False
    near = [w.bare for w in doc.words[max(0, at - 2) : at + 3] if w.bare != "and"]
    return sum(word in _VIRTUES for word in near) > 1


def _asks(doc: Document, at: int) -> bool:
    """Whether a question begins here: "Will I", "May we"."""
    return doc.words[at].bare in MODALS and doc.after(at) in _PRONOUNS


def _place_named_for(doc: Document, at: int) -> bool:
    """Whether a place is named for somebody: "in Abbot's Ferry"."""
    word, before = doc.words[at], doc.before(at)
    following = doc.words[at + 1] if at + 1 < len(doc.words) else None
    if following is None or before is None or not word.possessive or following.gap != " " or not doc.cased:
        return False
    return (
        before.bare in _IN_PLACE
        and following.text[1:2].islower()
        and following.capital
        and not doc.said_openly(following)
    )


def _capital(doc: Document, word: Word) -> bool:
    """Whether a word with a capital inside a sentence may be a name, and not "Oscar-worthy"."""
    return not doc.plain(word) or all(part[:1].isupper() for part in word.text[: len(word.bare)].split("-"))


def _titled(doc: Document, word: Word, title: Word) -> bool:
    if doc.cased and title.capital:
        return word.capital
    if title.bare == "miss":
        return word.bare in GIVEN | SURNAMES | DOUBTFUL - VERBS_TOO or not doc.plain(word)
    if title.bare not in {"mr", "mrs", "ms", "mx", "mister", "missus"}:
        return not doc.plain(word)
    return word.bare not in _NO_SURNAME


def _opening(doc: Document, at: int) -> bool:
    """Whether a word with a capital that opens a sentence may be a name, and not just its first word."""
    word = doc.words[at]
    if word.bare in GIVEN or word.bare in NICKNAMES or _before_family(doc, word):
        return True
    tagged = doc.tags.get(word.start, "").startswith("NNP") or doc.label(word) == "PERSON"
    after = doc.words[at + 1] if at + 1 < len(doc.words) else None
    company = word.possessive or _verb_after(doc, at) or (after is not None and after.gap.startswith(","))
    company = company or (after is not None and after.gap == " " and (after.capital or after.bare == "and"))
    if word.bare in DOUBTFUL:
        return tagged or company
    if word.bare in SURNAMES and tagged:
        return True
    return not doc.plain(word) and word.bare not in _RUN_TOGETHER and (tagged or word.possessive) and company


def _small(doc: Document, at: int) -> bool:
    """Whether a word without a capital may be a name."""
    word, before, left = doc.words[at], doc.before(at), doc.left(doc.words[at].start)
    plain = doc.plain(word)
    if before is not None and before.bare in {"big", "little", "lil"} and word.gap == " ":
        return word.bare in GIVEN | NICKNAMES or word.bare in DOUBTFUL - VERBS_TOO
    if NAMED.search(left) and not NAMED_THING.search(left):
        byname = KNOWN_AS.search(left) and doc.tags.get(word.start, "")[:2] == "NN" and word.bare not in PERSON_NOUNS
        listed = word.bare in GIVEN | NICKNAMES | DOUBTFUL
        return listed or (not plain and not _glued(doc, word)) or (bool(byname) and not doc.cased)
    if PERSON_NAMED.search(left) and not plain:
        return True
    if doc.cased:
        return word.bare in GIVEN and not plain
    if before is not None and before.bare in _ARTICLES and _before_family(doc, word):
        return True
    expected = before is not None and word.gap == " " and before.bare in TO_PERSON
    noun = AFTER_NOUN.search(left) is not None
    if word.bare in GIVEN | NICKNAMES:
        return not plain or word.bare in GIVEN or "-" in word.bare or expected
    if word.bare in DOUBTFUL:
        return _doubtful_small(doc, at, expected=expected or noun)
    company = noun or expected or word.possessive or doc.tags.get(word.start, "")[:3] == "NNP"
    company = company or doc.after(at) in DOES | _TWICE
    return company and len(word.bare) >= _SHORTEST and not plain and not _glued(doc, word)


def _doubtful_small(doc: Document, at: int, *, expected: bool) -> bool:
    word = doc.words[at]
    if doc.after(at) in SURNAMES and not doc.speech.knows(doc.after(at)):
        return True
    if word.bare in VERBS_TOO and (word.bare in MODALS or not expected):
        return doc.after(at) in DOES
    return expected or word.possessive or _verb_after(doc, at)


def _verb_after(doc: Document, at: int) -> bool:
    following = doc.words[at + 1] if at + 1 < len(doc.words) else None
    if following is None or following.gap != " ":
        return False
    return following.bare in DOES or doc.tags.get(following.start, "") in _VERB_TAGS


def _before_family(doc: Document, word: Word) -> bool:
    """Whether a whole family is named: "the Hendersons", "okafor family"."""
    several = word.bare.removesuffix("s") in SURNAMES and word.bare not in SURNAMES and not doc.speech.knows(word.bare)
    return several or (word.bare in SURNAMES and FAMILY_AFTER.search(doc.right(word.bare_end)) is not None)


def _glued(doc: Document, word: Word) -> bool:
    """Whether the word is two plain ones run together, as hasty typing has it: "caseload", "theyd"."""
    if word.bare in _RUN_TOGETHER:
        return True
    cuts = range(_SHORTEST_PART, len(word.bare) - _SHORTEST_PART + 1)
    return any(doc.speech.knows(word.bare[:cut]) and doc.speech.knows(word.bare[cut:]) for cut in cuts)


def _run(doc: Document, at: int, possible: list[bool]) -> tuple[int, int]:
    """The first and the last word of the name that the word at ``at`` belongs to."""
    first = last = at
    while last + 1 < len(doc.words) and last - at < _LONGEST_RUN and not doc.words[last].possessive:
        step = _carried_on(doc, last, possible)
        if not step:
            break
        last += step
    while first and _belongs_before(doc, first):
        first -= 1
    return first, last


def _carried_on(doc: Document, last: int, possible: list[bool]) -> int:
    """By how many words the name goes on."""
    word, following = doc.words[last], doc.words[last + 1]
    if following.gap == ". ":
        return int(possible[last + 1] and (len(word.bare) == 1 or word.bare in COURTESY))
    if following.gap != " ":
        return 0
    if possible[last + 1] and following.capital == word.capital:
        return 1
    if doc.cased:
        particle = following.bare in PARTICLES and last + 2 < len(doc.words) and possible[last + 2]
        return 2 if particle and doc.words[last + 2].gap == " " else 0
    return int(following.bare in SURNAMES and not doc.plain(following))


def _belongs_before(doc: Document, first: int) -> bool:
    word, before = doc.words[first], doc.words[first - 1]
    if before.bare in COURTESY and word.gap in {" ", ". "}:
        return before.bare != "miss" or before.capital or not doc.cased
    if before.bare in PREFIXES - {"old", "young", "baby", "ol"} and word.gap == " ":
        return True
    whole_family = before.bare in _ARTICLES and word.gap == " "
    return whole_family and word.bare not in GIVEN and _before_family(doc, word)


def _organisation(doc: Document, first: int, last: int) -> bool:
    """Whether the run is (part of) the name of a house, a law, a street, a tool."""
    run = doc.words[first : last + 1]
    if run[0].bare in COURTESY:
        return False
    if {w.bare for w in run[1:]} & (ORGANISATION - SURNAMES):
        return True
    if run[-1].bare in ORGANISATION and (first < last or run[-1].bare not in _LISTED | SURNAMES):
        return True
    following = doc.words[last + 1] if last + 1 < len(doc.words) else None
    if following is None or following.gap not in {" ", " & "}:
        return False
    titled = following.capital or not (doc.cased or run[-1].possessive)
    return following.bare in LAW_LIKE or (following.bare in ORGANISATION and titled and not _given_to(doc, first))


def _given_to(doc: Document, first: int) -> bool:
    """Whether somebody is given something here: "got maria housing" names no house."""
    left = doc.left(doc.words[first].start, 12)
    return not doc.cased and bool(re.search(r"\b(?:got|get|gave|took|found|told|asked|sent)\s+$", left))
