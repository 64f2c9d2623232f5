"""Phrases by which something is told, as the data files write them, compiled."""

import re
from collections.abc import Iterable
from functools import cache


def compiled(cues: Iterable[str], *, whole: bool = False) -> re.Pattern[str]:
    """A pattern that finds any of these phrases: ``*`` is any ending of a word, ``?`` one letter or none, a blank blanks or hyphens.

    In any case, but a phrase in capitals is found in capitals only: AIDS are no hearing aids.
    ``whole``: the text is to be nothing but the phrase.
    """
    return _pattern(tuple(cues), whole)


@cache
def _pattern(cues: tuple[str, ...], whole: bool) -> re.Pattern[str]:  # noqa: FBT001  # a cache keys by place
    phrases = "|".join(map(_phrase, cues))
    return re.compile(rf"\W*(?:{phrases})\W*" if whole else rf"(?<![\w-])(?:{phrases})(?!\w)", re.IGNORECASE)


def _phrase(cue: str) -> str:
    pattern = re.escape(cue).replace(r"\*", r"[\w’'-]*").replace(r"\ ", r"[\s-]+").replace(r"\?", r"\w?")
    return rf"(?-i:{pattern})" if cue.isupper() else pattern
