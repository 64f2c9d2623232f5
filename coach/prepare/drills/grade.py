"""How hard a text is to read, as a school grade (Kincaid and others 1975, Research Branch Report 8-75, U.S. Navy)."""

import re

from coach.domain.sentences import sentences

_WORD = re.compile(r"[A-Za-z]+(?:['’][a-z]+)?")
_ENDS = re.compile(r"[.!?…](?:\s|$|[\"”)])")
_GROUPS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?:[^laeiouy]e|[^aeiouy]les|[^tdaeiouy]ed|[^aeiouysxzcg]es)$")
_TWO = re.compile(r"(?:ia(?!l)|io(?!n)|iu|eo(?!u)|ua(?!r)|[aeiouy]ing|creat|uou)")
_LONGEST_SENTENCE = 45  # words a full stop; beyond, a transcript has been written down without most of them


def punctuated(text: str) -> bool:
    """Whether a text has full stops enough for its sentences to be counted."""
    stops = len(_ENDS.findall(text))
    return stops > 0 and len(_WORD.findall(text)) / stops <= _LONGEST_SENTENCE


def grade(text: str) -> float:
    """The Flesch-Kincaid grade of a text with at least one word: 5 is read by a child of ten, 12 by a school leaver."""
    words = _WORD.findall(text)
    count = max(1, len(sentences(text)))
    return 0.39 * len(words) / count + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def hard_words(text: str, at_least: int = 4) -> list[str]:
    """The words of that many syllables and more, the longest first."""
    words = dict.fromkeys(word.lower() for word in _WORD.findall(text) if syllables(word) >= at_least)
    return sorted(words, key=lambda word: -syllables(word))


def syllables(word: str) -> int:
    """The syllables of an English word, by its vowels: right for 95 in 100 running words (docs/decisions/0014)."""
    plain = re.sub(r"['’]\w*$", "", word.lower())
    count = len(_GROUPS.findall(plain)) + len(_TWO.findall(plain)) - bool(_SILENT.search(plain))
    return max(1, count)
