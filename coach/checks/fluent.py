"""A sentence without the hesitations of speech, so that it reads the same however it was said."""

import re

_HESITATION = re.compile(
    r"\b(?:um+|uh+|erm*|hmm+|you know|i mean|kind of|sort of|basically|honestly)\b,?\s*|\b(?:so|well|okay|yeah|like),\s+",
    re.IGNORECASE,
)
_STUTTER = re.compile(r"\b(\w+)(?:,? \1\b)+", re.IGNORECASE)


def fluent(sentence: str) -> str:
    """The sentence without fillers and repeated words; as it is where nothing else would be left."""
    plain = _STUTTER.sub(r"\1", _HESITATION.sub("", sentence))
    return " ".join(plain.split()) or sentence
