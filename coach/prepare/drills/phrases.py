"""Looking for listed words in a text."""

import functools
import re
from collections.abc import Iterable
from importlib.resources import files

from coach.domain.span import Span

_QUOTED = re.compile(r"[\"“]([^\"“”]{2,300})[\"”]")


@functools.lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Abbreviations as they are written; other words however they are written, and in the plural."""
    words = r"[\s-]+".join(re.escape(word) for word in re.split(r"[\s-]+", phrase.strip()))
    exact = phrase.isupper() or (phrase != phrase.lower() and " " not in phrase)
    return re.compile(rf"(?<![\w’'-]){words}(?:s|es|’s|'s)?(?![\w-])", 0 if exact else re.IGNORECASE)


def places(text: str, phrases: Iterable[str]) -> list[Span]:
    """Where any of the phrases stands in ``text``, in order and without overlaps: of two that overlap the longer."""
    found = sorted(
        (m.span() for phrase in phrases for m in _pattern(phrase).finditer(text)), key=lambda s: (s[0], -s[1])
    )
    kept: list[Span] = []
    for start, end in found:
        if not kept or start >= kept[-1].end:
            kept.append(Span.of(text, start, end))
    return kept


def quotations(text: str) -> list[Span]:
    """What stands between quotation marks, without them."""
    return [Span.of(text, *match.span(1)) for match in _QUOTED.finditer(text)]


@functools.cache
def listed(name: str) -> dict[str, str]:
    """A list that travels with the code: phrases, each with what to say instead, if anything. Lines read ``one | another = instead``."""
    lines = files("coach.prepare.drills").joinpath("data", f"{name}.txt").read_text("utf-8").splitlines()
    pairs = (line.partition(" = ") for line in lines if line.strip() and not line.startswith("#"))
    return {phrase.strip(): instead.strip() for phrases, _, instead in pairs for phrase in phrases.split("|")}


def instead_of(words: str, phrases: dict[str, str]) -> str:
    """What to say instead of words that `places` found: by the longest phrase that they begin with, however it is joined."""
    found = _joined(words)
    return phrases[max((one for one in phrases if found.startswith(_joined(one))), key=len)]


def _joined(words: str) -> str:
    return " ".join(re.split(r"[\s-]+", words.casefold().strip()))
