"""Whether there is anything the checks can read at all."""

import re

from coach.checks.embeddings import common_words
from coach.domain.sentences import sentences

FEWEST_WORDS = 12  # about five seconds of speech
_ENGLISH = frozenset(
    """
    the a an and or but so i we you he she it they me him her them my your his our their this that these those of to in on at for with
    from by as is was were are be been am have had has do did does no not what who how when where why because if then there would
    could can will just about up out get got went
    """.split()  # noqa: SIM905  # a list of sixty words reads better as a line of text
)
_LEAST_ENGLISH = 0.22  # share of such words; English speech has about half, other languages under a tenth
_LONG = 5  # letters from which on a word tells languages apart
_LEAST_COMMON = (
    0.5  # share of the long words that English has; notes and jargon have four in five, other languages one in ten
)
_FOREIGN_FROM = 5  # words; shorter sentences may do without any common one
_LEAST_LETTERS = 0.6  # share of letters among characters that are no spaces


_WHOLE_CASE = "Tell one real case, from how it began to what came of it."


def why_unreadable(text: str, fewest: int = FEWEST_WORDS, advice: str = _WHOLE_CASE) -> str | None:
    """Why a text cannot be rated, in a sentence for the candidate; None where it can.

    ``fewest`` is from how many words on it can, ``advice`` what to do where there are fewer.
    """
    visible = [c for c in text if not c.isspace()]
    words = _words(text)
    if not words or not sentences(text):
        return "There are no words here to rate."
    if sum(c.isalpha() or c in "'’.,-" for c in visible) / len(visible) < _LEAST_LETTERS:
        return "This does not look like text a person said or wrote, so it is not rated."
    if len(words) < fewest:
        return f"Only {len(words)} word{'s' if len(words) > 1 else ''}: too little to rate. {advice}"
    if _known(words) / len(words) < _LEAST_ENGLISH and not _long_words_are_english(words):
        return "This does not seem to be in English. The checks read English only, so they do not rate it."
    return None


def is_foreign(sentence: str) -> bool:
    """Whether a sentence holds none of the words that hardly an English one does without."""
    words = _words(sentence)
    unspaced = any("\u2e80" <= c <= "\uffdc" for c in sentence)  # scripts that put no spaces between words
    return unspaced or (len(words) >= _FOREIGN_FROM and not _known(words) and not _long_words_are_english(words))


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", text)


def _long_words_are_english(words: list[str]) -> bool:
    """Notes and jargon do without the small words; they are English all the same."""
    long = [word.casefold() for word in words if len(word) >= _LONG]
    return sum(word in common_words() for word in long) > _LEAST_COMMON * len(long)


def _known(words: list[str]) -> int:
    return sum(re.split(r"['’]", word.casefold())[0] in _ENGLISH for word in words)
