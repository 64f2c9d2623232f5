"""An answer as the recognisers read it: words with their places, and what the model says about them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from coach.checks.identifiers.language import Entity, Language, Reading, language
from coach.checks.identifiers.wordlists import phrases
from coach.domain.span import Span

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_TAIL = re.compile(r"'(?:s|d|ll|ve|re|m)$", re.IGNORECASE)
# Curly and straight are one, so that no pattern needs both. Each is one character, so places stay what they were.
_STRAIGHT = str.maketrans({"\u2019": "'", "\u2018": "'", "\u201c": '"', "\u201d": '"', "\u00a0": " "})
_SENTENCE_END = re.compile(r"[.?!:;\n]|^$")
_START = 3  # characters by which a phrase is looked up
_FEW_CAPITALS = 0.015  # of all words, "I" aside; ordinary prose has one capital per sentence, i.e. 0.05 and more
_MOST = 0.8
_ABBREVIATED = frozenset({"mr", "mrs", "ms", "dr", "st", "jr", "sr", "rev", "prof", "sgt", "lt", "capt", "fr", "gov"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word. ``bare`` is lower case without 's and the like; ``gap`` what stands between it and the word before."""

    text: str
    bare: str
    start: int
    end: int
    bare_end: int
    gap: str
    capital: bool
    opens: bool

    @property
    def possessive(self) -> bool:
        """Whether it ends in 's."""
        return self.text[-2:].lower() == "'s"

    @property
    def shouted(self) -> bool:
        """Whether it is an abbreviation in capitals."""
        return len(self.bare) > 1 and self.text[: len(self.bare)].isupper()


def _split(text: str) -> tuple[Word, ...]:
    found: list[Word] = []
    last = 0
    for match in _WORD.finditer(text):
        whole = match.group()
        tail = _TAIL.search(whole)
        bare_end = match.start() + (tail.start() if tail else len(whole))
        gap = text[last : match.start()]
        follows_abbreviation = bool(found) and found[-1].bare in _ABBREVIATED and gap.strip() == "."
        found.append(
            Word(
                text=whole,
                bare=text[match.start() : bare_end].lower(),
                start=match.start(),
                end=match.end(),
                bare_end=bare_end,
                gap=gap,
                capital=whole[0].isupper(),
                opens=not found or (bool(_SENTENCE_END.search(gap)) and not follows_abbreviation),
            )
        )
        last = match.end()
    return tuple(found)


_OPENLY = ("programmes", "medicines", "makers", "peoples", "public_names")


class Document:
    """One answer, read once and handed to every recogniser."""

    def __init__(self, text: str, own_names: Sequence[str], speech: Language) -> None:
        self.original = text
        self.text = text.translate(_STRAIGHT)
        self.lower = "".join(low if len(low := c.lower()) == 1 else c for c in self.text)
        self.words = _split(self.text)
        self.own_names = frozenset(part.lower() for name in own_names for part in re.findall(r"[^\W\d_]+", name))
        self.speech = speech
        reading = _reading(self.text)
        self.entities = reading.entities
        self.tags = reading.tags

    def span(self, start: int, end: int) -> Span:
        """The span of the answer as it was written."""
        return Span.of(self.original, start, end)

    @cached_property
    def cased(self) -> bool:
        """Whether capitals mean anything here. In transcripts and hasty typing they may be missing, or everywhere."""
        counted = [w for w in self.words if len(w.bare) > 1]
        if not counted or sum(w.shouted for w in counted) > _MOST * len(counted):
            return False
        return sum(w.capital for w in counted) > _FEW_CAPITALS * len(counted)

    @cached_property
    def _openly(self) -> tuple[tuple[int, int], ...]:
        spans = []
        for word in self.words:
            for phrase in _openly_by_start().get(self.lower[word.start : word.start + _START], ()):
                end = word.start + len(phrase)
                if self.lower.startswith(phrase, word.start) and not self.lower[end : end + 1].isalnum():
                    spans.append((word.start, end))
        return tuple(spans)

    def said_openly(self, word: Word) -> bool:
        """Whether the word is part of a law, a programme, a brand, or somebody's name whom everybody knows."""
        return any(start <= word.start < end for start, end in self._openly)

    def plain(self, word: Word) -> bool:
        """Whether the word is plain English."""
        return self.speech.knows(word.bare) or (not word.possessive and self.speech.knows(word.text.lower()))

    def before(self, at: int) -> Word | None:
        """The word before the one at ``at``."""
        return self.words[at - 1] if at else None

    def after(self, at: int) -> str:
        """The word right after the one at ``at``, in lower case and as it stands; empty where the sentence pauses."""
        if at + 1 < len(self.words) and self.words[at + 1].gap == " ":
            return self.words[at + 1].text.lower()
        return ""

    @cached_property
    def _labels(self) -> dict[int, Entity]:
        return {at: e for e in self.entities for at in range(e.start, e.end)}

    def label(self, word: Word) -> str:
        """What the model takes the word for: PERSON, GPE, ... or nothing."""
        entity = self._labels.get(word.start)
        return entity.label if entity else ""

    def left(self, start: int, reach: int = 70) -> str:
        """The text before ``start``, in lower case."""
        return self.lower[max(0, start - reach) : start]

    def right(self, end: int, reach: int = 70) -> str:
        """The text from ``end`` on, in lower case."""
        return self.lower[end : end + reach]


@cache
def _openly_by_start() -> dict[str, tuple[str, ...]]:
    """Laws, programmes, medicines, brands, peoples and persons everybody knows, by their first characters. One long pattern is slow."""
    grouped: dict[str, tuple[str, ...]] = {}
    for phrase in frozenset[str]().union(*map(phrases, _OPENLY)):
        grouped[phrase[:_START]] = (*grouped.get(phrase[:_START], ()), phrase)
    return grouped


@lru_cache(maxsize=4)
def _reading(text: str) -> Reading:
    return language().read(text)


def read(text: str, own_names: Sequence[str] = ()) -> Document:
    """``text`` as the process's one model reads it, which for the last few texts it need not do again."""
    return _document(text, tuple(own_names))


@lru_cache(maxsize=4)
def _document(text: str, own_names: tuple[str, ...]) -> Document:
    return Document(text, own_names, language())
