"""Hesitations: kept in a transcript word for word, left out of the text that is rated."""

from collections.abc import Iterable

FILLERS = frozenset({"um", "umm", "uh", "uhm", "er", "erm", "ah", "hm", "hmm", "mm", "mhm"})
"""Sounds of thinking, as Whisper spells them."""

_AROUND = ".,;:!?…–—-\"“”'’()"  # dashes and quotation marks as recognisers write them
_ENDS = (".", "!", "?", "…")


def is_filler(word: str) -> bool:
    """Whether a word, with whatever punctuation, is nothing but a hesitation."""
    return word.strip(_AROUND).lower() in FILLERS


def without_fillers(words: Iterable[str]) -> str:
    """The words as a text without hesitations: their commas go with them, and a sentence they opened gets its capital."""
    clean: list[str] = []
    capital = False
    for word in words:
        if is_filler(word):
            opens = word[:1].isupper() and (not clean or clean[-1].endswith(_ENDS))
            capital = capital or opens
            if clean and word.endswith(_ENDS) and not clean[-1].endswith(_ENDS):
                clean[-1] = clean[-1].rstrip(",;") + word[-1]
            elif clean and word.endswith(",") and clean[-1].endswith(","):
                clean[-1] = clean[-1][:-1]
            continue
        clean.append(word[:1].upper() + word[1:] if capital else word)
        capital = False
    return " ".join(clean)
