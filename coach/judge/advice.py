"""The judge's advice, kept only where it keeps to the answer."""

import re
import unicodedata

from coach.domain.sentences import sentences

LONGEST = 400  # characters
MOST_SENTENCES = 2

_PAIRS = ('"([^"]*)"', "\u201c([^\u201d]*)\u201d", "\u00ab([^\u00bb]*)\u00bb", r"(?<!\w)['\u2018](.+?)['\u2019](?!\w)")
_QUOTED = re.compile("|".join(_PAIRS))
_LEFT_OVER = re.compile('["\u201c\u201d\u00ab\u00bb]')
_ADDRESS = re.compile(r"https?:|www\.|[<>{}]", re.IGNORECASE)
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


def vetted(advice: str, answer: str) -> str:
    """At most two sentences of ``advice``, or nothing where it is too long, holds an address or quotes unsaid words."""
    plain = "".join(c for c in " ".join(advice.split()) if not unicodedata.category(c).startswith("C"))
    kept = sentences(plain)[:MOST_SENTENCES]
    if not kept:
        return ""
    said = plain[: kept[-1].end]
    if len(said) > LONGEST or _ADDRESS.search(said) or _LEFT_OVER.search(_QUOTED.sub("", said)):
        return ""
    quotes = [_folded("".join(quote)) for quote in _QUOTED.findall(said)]
    return said if all(quote in _folded(answer) for quote in quotes) else ""


def _folded(text: str) -> str:
    """``text`` without differences of case, spaces, kinds of quotation marks and closing punctuation."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return " ".join(plain.split()).strip(" .,;:!?\u2026")
