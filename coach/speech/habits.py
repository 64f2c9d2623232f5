"""Habits of speaking that can be read off the words: things said twice, sentences begun again, hedges."""

import re

from coach.domain.answer import Word
from coach.domain.delivery import Moment

_LONGEST = 4  # words of a phrase that is said twice
_AT_ONCE_S = 2.0  # the second time must follow so soon
_MEANT = frozenset(
    {"had", "that", "very", "really", "so", "no", "yes", "yeah", "many", "more", "again", "much", "long", "far"}
)
"""Words people say twice on purpose or by grammar ("the plan that that family had had")."""

_SUBJECTS = frozenset(
    {"i", "we", "he", "she", "they", "it", "you", "the", "my", "her", "his", "their", "there", "this"}
)
_BEGUN = frozenset(
    {
        *(
            "am",
            "are",
            "can",
            "could",
            "did",
            "do",
            "does",
            "don't",
            "had",
            "has",
            "have",
            "is",
            "might",
            "must",
            "need",
            "needed",
        ),
        *("think", "thought", "to", "wanted", "was", "went", "were", "will", "would"),
    }
)

_HEDGES = (
    *("i think", "i guess", "i suppose", "i feel like", "kind of", "sort of", "a little bit", "more or less"),
    *(
        "or something",
        "or whatever",
        "maybe",
        "perhaps",
        "probably",
        "possibly",
        "hopefully",
        "i'm not sure",
        "i don't know",
    ),
)
_KINDS = frozenset(
    {"what", "which", "this", "that", "some", "any", "every", "all", "one", "same", "the", "a", "no", "each"}
)
"""Before "kind of" or "sort of" these make it a kind of thing, and no hedge."""


def repetitions(words: tuple[Word, ...]) -> tuple[Moment, ...]:
    """Phrases said twice in a row ("we called, we called"), and sentences begun again ("I was, I went")."""
    said = [_plain(word) for word in words]
    found: list[Moment] = []
    n = 0
    while n < len(words):
        length = _said_twice(words, said, n) or _begun_again(words, said, n)
        if not length:
            n += 1
            continue
        last = min(len(words), n + 2 * length) - 1
        found.append(_moment(words[n : last + 1]))
        n = n + length  # three times is two repetitions
    return tuple(found)


def hedges(words: tuple[Word, ...]) -> tuple[Moment, ...]:
    """Words that take back some of what they say."""
    said = [_plain(word) for word in words]
    found: list[Moment] = []
    for n in range(len(words)):
        for hedge in _HEDGES:
            parts = hedge.split()
            if said[n : n + len(parts)] == parts and not (parts[-1] == "of" and n and said[n - 1] in _KINDS):
                found.append(_moment(words[n : n + len(parts)]))
                break
    return tuple(found)


def _said_twice(words: tuple[Word, ...], said: list[str], n: int) -> int:
    for length in range(_LONGEST, 0, -1):
        once, twice = said[n : n + length], said[n + length : n + 2 * length]
        if once == twice and all(once) and not (length == 1 and once[0] in _MEANT):
            soon = words[n + length].start - words[n + length - 1].end < _AT_ONCE_S
            return length if soon and not _ends_sentence(words[n + length - 1]) else 0
    return 0


def _begun_again(words: tuple[Word, ...], said: list[str], n: int) -> int:
    """Two words, a break, and the first of them again with something else."""
    if n + 3 >= len(words) or said[n] not in _SUBJECTS or said[n + 1] not in _BEGUN or said[n + 2] != said[n]:
        return 0
    broken = words[n + 1].text.endswith((",", "-", "—", "…", "...")) and said[n + 3] != said[n + 1]
    return 2 if broken else 0


def _plain(word: Word) -> str:
    return re.sub(r"[^a-z0-9']", "", word.text.lower().replace("\u2019", "'"))


def _ends_sentence(word: Word) -> bool:
    return word.text.endswith((".", "!", "?")) and not word.text.endswith("...")


def _moment(words: tuple[Word, ...]) -> Moment:
    return Moment(
        start=words[0].start, end=max(word.end for word in words), words=" ".join(word.text for word in words)
    )
