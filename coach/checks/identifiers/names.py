"""Where a text names a person, whoever that is. Whose name it is, is the matter of `roles`."""

from collections.abc import Iterator
from dataclasses import dataclass

from coach.checks.identifiers.company import SHORTEST_NAME, continues, family, in_question, likely
from coach.checks.identifiers.document import Document, Word
from coach.checks.identifiers.vocabulary import (
    AFTER_NOUN,
    COURTESY,
    DOES,
    DOUBTFUL,
    GIVEN,
    KNOWN_AS,
    LAW_LIKE,
    MODALS,
    NAMED,
    NAMED_THING,
    NICKNAMES,
    PARTICLES,
    PERSON_NAMED,
    PERSON_NOUNS,
    PREFIXES,
    SURNAMES,
    VERBS_TOO,
)
from coach.checks.identifiers.wordlists import words

_ORGANISATION = words("organisation_words")
_STATES_AFTER = ("county", "texas", "ohio", "california", "florida", "new york", "georgia", "mississippi", "indiana")
_ARTICLES = frozenset({"the", "that", "this"})
_LONGEST_RUN = 4
# In lower case "got maria housing" must not become the name of a house.
_THINGS_GIVEN = frozenset(
    {
        "home",
        "homes",
        "living",
        "housing",
        "treatment",
        "recovery",
        "detox",
        "methadone",
        "week",
        "day",
        "month",
        "room",
    }
    | {
        "floor",
        "line",
        "rehab",
        "medical",
        "health",
        "services",
        "service",
        "office",
        "court",
        "bus",
        "train",
        "program",
    }
)
_GIVES = frozenset(
    {
        "got",
        "get",
        "gave",
        "give",
        "took",
        "take",
        "found",
        "find",
        "brought",
        "bring",
        "drove",
        "told",
        "asked",
        "offered",
    }
    | {"showed", "sent", "bought", "walked", "moved", "helped", "let", "made"}
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that names somebody. ``parts`` are its words in lower case, titles and particles left out.

    ``cued`` says that the words before announce a person.
    """

    start: int
    end: int
    parts: tuple[str, ...]
    possessive: bool
    cued: bool


def mentions(doc: Document) -> tuple[Mention, ...]:
    """All places where ``doc`` names a person, in order."""
    return tuple(_mentions(doc))


def _mentions(doc: Document) -> Iterator[Mention]:
    at = 0
    while at < len(doc.words):
        cued = _cued(doc, at)
        if family(doc, at):
            yield _mention(doc, at - 1, at, cued=True)
        elif cued or likely(doc, at):
            first, last = _run(doc, at)
            if cued or not _organisation(doc, first, last):
                yield _mention(doc, first, last, cued=cued)
            at = last
        at += 1


def _mention(doc: Document, first: int, last: int, *, cued: bool) -> Mention:
    run = doc.words[first : last + 1]
    parts = tuple(w.bare for w in run if w.bare not in COURTESY | PREFIXES | PARTICLES | _ARTICLES) or (run[-1].bare,)
    return Mention(run[0].start, run[-1].bare_end, parts, possessive=run[-1].possessive, cued=cued)


def _cued(doc: Document, at: int) -> bool:
    """Whether the words before announce a name here: Mr., "named", "my client"."""
    word, before = doc.words[at], doc.before(at)
    if word.bare in PREFIXES or "n't" in word.bare:
        return False
    if before is not None and before.bare in COURTESY and word.gap in {" ", ". "}:
        return len(word.bare) > 1 and _titled(doc, word, before)
    left = doc.left(word.start)
    if not in_question(doc, word) or NAMED_THING.search(left):
        return False
    if PERSON_NAMED.search(left):
        return _proper(doc, word) or (not doc.cased and not doc.plain(word))
    if NAMED.search(left):
        return _proper(doc, word) or _byname(doc, word, left)
    noun = AFTER_NOUN.search(left)
    return noun is not None and not word.opens and _after_noun(doc, at, comma=bool(noun.group(1)))


def _titled(doc: Document, word: Word, title: Word) -> bool:
    if doc.cased:
        return word.capital
    if title.bare in {"mr", "mrs", "ms", "mx", "mister", "missus"}:
        return word.bare not in {"and", "or", "is", "was", "who", "had"}
    return word.bare in GIVEN or word.bare in SURNAMES or word.bare in DOUBTFUL - VERBS_TOO


def _after_noun(doc: Document, at: int, *, comma: bool) -> bool:
    """Whether a name follows "my client" or "this lady," (``comma``)."""
    word = doc.words[at]
    if doc.cased or word.bare not in DOUBTFUL:
        return _proper(doc, word, wary=True) and (word.bare not in MODALS or word.capital)
    if comma:
        return doc.lower[word.bare_end : word.bare_end + 1] == "," or doc.after(at) in {"who", "whose"}
    return word.bare not in MODALS and (word.bare not in VERBS_TOO or doc.after(at) in DOES)


def _byname(doc: Document, word: Word, left: str) -> bool:
    """Whether a plain word without capitals is somebody's nickname: "everybody knows him as pockets"."""
    if doc.cased or not KNOWN_AS.search(left) or word.bare in PERSON_NOUNS:
        return False
    return doc.tags.get(word.start, "").startswith("NN")


def _proper(doc: Document, word: Word, *, wary: bool = False) -> bool:
    """Whether the word can be a name where one is expected. ``wary``: where much else may follow too."""
    listed = word.bare in GIVEN or word.bare in NICKNAMES
    if not doc.cased:
        if listed or word.bare in DOUBTFUL - VERBS_TOO:
            return True
        return len(word.bare) >= SHORTEST_NAME and not doc.plain(word)
    if not word.capital:
        return word.bare in GIVEN and not doc.speech.knows(word.bare)
    if word.shouted and word.bare not in GIVEN:
        return False
    listed = listed or word.bare in DOUBTFUL or word.bare in SURNAMES
    return listed or not wary or not doc.plain(word) or doc.label(word) == "PERSON"


def _run(doc: Document, at: int) -> tuple[int, int]:
    """The first and the last word of the name that the word at ``at`` belongs to."""
    first = last = at
    while last + 1 < len(doc.words) and last - at < _LONGEST_RUN and not doc.words[last].possessive:
        following = doc.words[last + 1]
        beside = following.gap == " "
        if doc.cased:
            particle = beside and following.bare in PARTICLES and continues(doc, last + 2)
            carries_on = particle or continues(doc, last + 1)
        else:
            pause = doc.lower[following.bare_end : following.bare_end + 1] in {",", ".", "'"}
            carries_on = beside and following.bare in SURNAMES and (pause or not doc.plain(following))
        if not carries_on:
            break
        last += 1
    while first and _belongs_before(doc, first):
        first -= 1
    return first, last


def _belongs_before(doc: Document, first: int) -> bool:
    word, before = doc.words[first], doc.words[first - 1]
    title = before.bare in COURTESY
    if word.gap != " " and not (word.gap == ". " and (title or len(before.bare) == 1)):
        return False
    if title or before.bare in PREFIXES - {"old", "young", "baby"}:
        return before.bare != "miss" or before.capital or not doc.cased
    capital = doc.cased and before.capital and not before.opens
    return capital and (before.bare in GIVEN or before.bare in PREFIXES)


def _organisation(doc: Document, first: int, last: int) -> bool:
    """Whether the run is (part of) the name of a house, a law, a street, a tool."""
    inside = {w.bare for w in doc.words[first + 1 : last + 1]}
    if inside & _ORGANISATION - SURNAMES or doc.words[last].bare in _ORGANISATION:
        return True
    following = doc.words[last + 1 : last + 3]
    if following and following[0].gap in {" ", " & "}:
        suffix = following[0]
        titled = suffix.capital if doc.cased else _titled_in_lower_case(doc, first, last, suffix)
        if suffix.bare in LAW_LIKE or (suffix.bare in _ORGANISATION and titled):
            return True
        lawful = len(following) > 1 and following[1].gap == " " and following[1].bare in LAW_LIKE
        if lawful and suffix.capital and suffix.bare not in DOES:
            return True
    return doc.right(doc.words[last].bare_end, 20).lstrip(", ").startswith(_STATES_AFTER)


def _titled_in_lower_case(doc: Document, first: int, last: int, suffix: Word) -> bool:
    before = doc.before(first)
    given = before is not None and before.bare in _GIVES
    return not (given or doc.words[last].possessive or suffix.bare in _THINGS_GIVEN)
