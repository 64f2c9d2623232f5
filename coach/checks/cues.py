"""What a sentence shows at a glance: words that hint at its part in a story, and where in the answer it stands.

Hints, not rules: the heads weigh them together with the sentence's meaning. On text they were not written for, such cues alone
collapse (F1 .27 for counted outcomes), while heads over embeddings hold (.89).
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float32]

_NUMBER = (
    r"\d|\b(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundred|thousand|half|twice|double|zero|percent|dozen)\b"
)
_CUES = (
    r"\bwould\b|\bi'd\b",
    r"\b(always|usually|typically|generally|never|whenever|every (day|week|time))\b",
    r"^((so|and|then|but|um|uh|well|okay) )*(i|i'd|i've)\b",
    r"\bwe\b",
    r"\bi\b",
    r"\b(but|however|problem|barriers?|obstacle|couldn't|wouldn't|didn't|refus\w+|denied|nobody|without|hard part|catch|trouble|wait ?list|only)\b",
    _NUMBER,
    r"\b(weeks?|months?|days?|years?|hours?)\b",
    r"\b(learned|taught me|looking back|realized|next time|takeaway|these days|since then i)\b",
    r"\b(he|she|they|her|his|him|their|them)\b",
    r"\b(called|asked|told|wrote|set|made|got|sat|went|drove|helped|sent|found|worked|scheduled|explained|listened|met|put|took|gave|brought)\b",
    r"^((so|and|then|but) )*(he|she|they|the)\b",
    r"\b(client|patient|family|mother|mom|father|dad|woman|man|lady|guy|gentleman|kid|girl|boy|veteran|student|tenant)s?\b",
    r"\b(i had (a|an|this|one)|there was (a|an|this)|i was\b|when i\b)",
    r"\b(ended up|in the end|finally|since|within|after that|today|by the end|still|now)\b",
    r"\b(caseload|experience|degree|license)\b",
    r"\b(i'm|i am|i believe|i think|for me)\b",
    r"\?",
    r"\byou\b",
    r"\b(was|were|had)\b",
    r"\b(permission|consent|release|signed|okay|ok'd|agreed|privacy|confidential\w*|hipaa|need to know)\b",
    r"\b(from|down|up|instead of|compared|before that|used to|against|where (he|she|it|they)'d)\b",
)
_PATTERNS = tuple(re.compile(cue, re.IGNORECASE) for cue in _CUES)
_LONG = 30  # words
_SHORT = 6  # words

CUES = len(_PATTERNS) + 2
POSITIONS = 5


def cues(sentences: Sequence[str]) -> Matrix:
    """A row of CUES numbers for each sentence: which hints are there, and how long it is."""
    return np.array([_cues(sentence) for sentence in sentences], dtype=np.float32).reshape(-1, CUES)


def _cues(sentence: str) -> list[float]:
    words = len(sentence.split())
    return [*(float(bool(p.search(sentence))) for p in _PATTERNS), min(words, 2 * _LONG) / _LONG, float(words < _SHORT)]


def positions(count: int) -> Matrix:
    """A row of POSITIONS numbers for each of ``count`` sentences: where in the answer it stands."""
    last = max(1, count - 1)
    rows = [(i / last, i == 0, i == count - 1, 1 / (1 + i), min(count, 20) / 20) for i in range(count)]
    return np.array(rows, dtype=np.float32).reshape(-1, POSITIONS)
