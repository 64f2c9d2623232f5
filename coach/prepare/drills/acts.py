"""Whether a reply in a hard moment does what it should: by likeness, and by what likeness does not see.

Likeness alone takes "It is your fault" for "It is not your fault", and "You are not thinking of that, are you?" for a direct question.
So a stretch counts only beside ways to say it that are denied as it is, that ask or tell as it does, and that speak of the same person; and
only if nothing that is near to the act and is not it is as like it. The bars were set on written replies, and measured on others:
docs/drills.md, `python -m bench.scenarios`.
"""

import re
from typing import NamedTuple

from coach.domain.exercise import Fact
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.prepare.drills.facts import Stretches, meanings

LIKE = 0.5  # likeness to a way of saying it, from which a stretch may do it
AHEAD = 0.03  # and how much more like such a way it must be than like anything that is near to it and is not it
_DENIED = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|nowhere|neither|nor|without|cannot|\w+n[’']t)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"^\W*(?:(?:and|so|but|okay|please|can i ask|i (?:have|want|need) to ask(?: you)?|tell me)\b[\s,:]*)*"
    r"(?:who|whom|what|when|where|which|why|how|are|is|am|do|does|did|have|has|can|could|will|would|shall|should|may|was|were)\b",
    re.IGNORECASE,
)
_BIDS = re.compile(r"^\W*(?:please )?tell me\b", re.IGNORECASE)
_TAGGED = re.compile(
    r",?\s*(?:right|okay|are you|would you|do you|is it|isn[’']t it|don[’']t you|aren[’']t you)\s*\?\W*$", re.IGNORECASE
)  # asks for a yes, and opens nothing


_LEAD = re.compile(
    r"\W*(?:(?:i (?:want|need) you to|please|you should) know(?: that)?|remember(?: that)?|i promise(?: you)?(?: that)?|"
    r"i(?: am|[’']m) (?:so |really |very )?(?:sorry|glad|afraid),? but|i (?:can )?(?:hear|see|understand|imagine|sense)(?: that| how| why)?)\b",
    re.IGNORECASE,
)  # says how it is meant; who does it comes after
_WHO = re.compile(
    r"\b(?:(?P<me>i|we|let[’']?s|let us)|(?P<you>you)|(?P<them>he|she|they|it))\b(?!self)", re.IGNORECASE
)  # the first of them is most often who does it


class _Kind(NamedTuple):
    """What likeness does not see: whether something is denied, whether it is asked, and of whom it speaks first (empty: of nobody)."""

    denied: bool
    asks: bool
    who: str

    def fits(self, other: "_Kind") -> bool:
        """Whether two of these may say the same."""
        return self[:2] == other[:2] and (self.who == other.who or not self.who or not other.who)


def done_by(stretches: Stretches, fact: Fact) -> Span | None:
    """The words of a reply that do what is looked for, if any do."""
    ways = (fact.text, *fact.ways)
    like, kinds = stretches.vectors @ meanings(ways).T, [_kind(way, way) for way in ways]
    near, near_kinds = stretches.vectors @ meanings(fact.unlike or ways).T, [_kind(one, one) for one in fact.unlike]
    best, words = 0.0, None
    for row, span in enumerate(stretches.spans):
        kind = _kind(span.quote, _sentence_of(stretches.text, span))
        score = max((float(one) for one, other in zip(like[row], kinds, strict=True) if kind.fits(other)), default=0.0)
        unlike = [float(one) for one, other in zip(near[row], near_kinds, strict=False) if kind.denied is other.denied]
        if score >= max([LIKE, *(one + AHEAD for one in unlike)]) and score > best:
            best, words = score, span
    return words


def _kind(words: str, sentence: str) -> _Kind:
    lead = _LEAD.match(words)
    who = _WHO.search(words, lead.end() if lead else 0)
    return _Kind(bool(_DENIED.search(words)), _asks(words, sentence), (who.lastgroup or "") if who else "")


def _asks(words: str, sentence: str) -> bool:
    if _TAGGED.search(sentence):
        return False
    whole = sentence.rstrip()
    return bool(_ASKS.match(words) or _BIDS.match(words) or (whole.endswith("?") and whole.endswith(words.rstrip())))


def _sentence_of(text: str, span: Span) -> str:
    return next((one.quote for one in sentences(text) if one.start <= span.start < one.end), span.quote)
