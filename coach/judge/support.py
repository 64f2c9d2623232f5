"""Whether a sentence can show what the judge says it shows: the least that must be in it, in plain code.

A sentence that lacks it drops the judge's mark. This catches a judge that points anywhere; it does not make a judge right.
"""

import re
from collections.abc import Mapping

from coach.domain.rubric import Criterion

_SPELLED = (
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
    r"|thousand|half|third|quarter|once|twice|double|every|none|zero|first|second"
)
_COUNTED = (
    rf"\d|\b(?:{_SPELLED})\b|\b(?:minute|hour|day|night|week|month|year|summer|winter|spring|fall|autumn)s?\b"
    r"|\b(?:from|before|after|until|since|within|instead of|down|up|fewer|less|more|no longer|never|still|all|most|each)\b"
)
_SOMEBODY = (
    r"\b(?:he|she|they|him|her|them|his|their|client|patient|person|people|famil\w+|mother|mom|father|dad|parent|son|daughter|husband|wife|"
    r"brother|sister|grand\w+|wom[ae]n|m[ae]n|lady|guy|gentleman|kid|child|children|girl|boy|teen\w*|student|veteran|tenant|resident|"
    r"couple|someone|somebody|who|one)\b|\b(?:felt|feel|fear|afraid|scared|frighten|want|wish|hope|worr|asham|trust|angry|lonely|miss)\w*"
)
_OWN = r"\b(?:i|i'd|i've|i'm|me|my|we|our|us|was|were|got|had)\b"
_IDENTIFYING = r"\d|(?<=\s)[A-Z][a-z]|[A-Z]{2,}|^(?!(?:I|The|A|An|We|He|She|They|It|So|And|But)\b)[A-Z][a-z]+"

_LEAST: Mapping[tuple[Criterion, str], str] = {
    (Criterion.SOAR, "action"): _OWN,
    (Criterion.EMPATHY, "perspective"): _SOMEBODY,
    (Criterion.CONFIDENTIALITY, "identifier"): _IDENTIFYING,
    (Criterion.OUTCOME, "number"): _COUNTED,
    (Criterion.OUTCOME, "baseline"): _COUNTED,
}
_PATTERNS = {point: re.compile(least, 0 if least is _IDENTIFYING else re.IGNORECASE) for point, least in _LEAST.items()}
_FOREIGN = re.compile(r"[^\x00-\x7f\u2010-\u203a]")  # beyond English letters and its punctuation
_FEWEST_WORDS = 3


def supports(criterion: Criterion, point: str, sentence: str) -> bool:
    """Whether ``sentence`` may show ``point``. What is written in other languages is given the benefit of the doubt."""
    if len(sentence.split()) < _FEWEST_WORDS and not _FOREIGN.search(sentence):
        return False
    least = _PATTERNS.get((criterion, point))
    return least is None or bool(least.search(sentence.replace("\u2019", "'")) or _FOREIGN.search(sentence))
