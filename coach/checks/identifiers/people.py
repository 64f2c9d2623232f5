"""Names of clients and of the people around them (Safe Harbor's first identifier)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from coach.checks.identifiers.candidates import Candidate
from coach.checks.identifiers.document import Document
from coach.checks.identifiers.head import Head
from coach.checks.identifiers.patterned import identifier
from coach.checks.identifiers.value import Identifier, IdentifierKind
from coach.checks.identifiers.vocabulary import FAMILY_AFTER, NOUN_PHRASE, ONE_OF_FAMILY
from coach.checks.identifiers.whose import clients

_NAME_IS = re.compile(r"\bnames?(?:'s| is| was)\s+[\"']?$")
_CALLED = re.compile(
    r"\b(?:call(?:s|ed)? (?:him|her|them|himself|herself)|go(?:es)? by|went by|known as|(?:knows?"
    r"|known) (?:him|her|them) as)\s+[\"']?$"
)
_FAMILY = re.compile(r"(?:the|that|this)\s")
_CONNECTION = re.compile(
    r"(?:,?\s+(?:who was |was )?(?:named|called|known as|by the name of))?,?\s+[\"']?$", re.IGNORECASE
)
_SPELLED = re.compile(r"(?<![\w-])(?:[A-Za-z][-.] ?){3,}[A-Za-z](?![\w-])")
_SPELLING = re.compile(r"\b(?:spell\w*|spelt|names?)\b[^.?!]{0,40}$")
_OWN_NAME = re.compile(r"\bmy (?:first |last |own )?name\b[^.?!]{0,40}$")
_WHY = "a name says who the client is, and the story works without it"
_IF = "if this is a client's name, leave it out; a colleague's may stay"


@dataclass(frozen=True)
class People:
    """A client's name, surname or nickname, or that of somebody of the client's household, said or spelled out.

    ``head`` decides whose a name is; without one, the head that travels with the code. A name that only may be a client's is not direct.
    """

    head: Head | None = None

    def find(self, doc: Document) -> Iterable[Identifier]:
        """Every mention of such a name, together with the words it makes needless ("her son Deshawn")."""
        for mention, likely in clients(doc, self.head):
            yield self._identifier(doc, mention, likely=likely)
        for match in _SPELLED.finditer(doc.text):
            left = doc.left(match.start(), 60)
            if _SPELLING.search(left) and not _OWN_NAME.search(left):
                yield identifier(doc, *match.span(), IdentifierKind.PERSON, why=_WHY, suggestion="a name")

    def _identifier(self, doc: Document, mention: Candidate, *, likely: bool) -> Identifier:
        start, end, suggestion = _neutral(doc, mention)
        opens = re.search(r"(?:^|[.?!]\s+)$", doc.text[max(0, start - 3) : start])
        if opens and doc.cased:
            suggestion = suggestion[0].upper() + suggestion[1:]
        return Identifier(
            span=doc.span(start, end),
            kind=IdentifierKind.PERSON,
            direct=likely,
            why=_WHY if likely else _IF,
            suggestion=suggestion,
        )


def _neutral(doc: Document, mention: Candidate) -> tuple[int, int, str]:
    """What to replace, from where to where, and with what."""
    start, end = mention.start, mention.end
    left = doc.left(start)
    phrase = NOUN_PHRASE.search(left)
    if _NAME_IS.search(left):
        return start, end, "private"
    if _CALLED.search(left):
        return start, end, "by a nickname" if "call" in left[-16:] else "a nickname"
    if phrase:
        start -= len(left) - phrase.start()
        between = doc.original[start : mention.start]
        apposed = between.rstrip().endswith(",") and doc.text[end : end + 1] == ","
        return start, end + apposed, _CONNECTION.sub("", between).strip()
    family = _FAMILY.match(doc.lower, start)
    if family:
        article, right = doc.original[start : family.end()].strip(), doc.right(end)
        noun = FAMILY_AFTER.search(right) or ONE_OF_FAMILY.search(right)
        return start, end, article if noun else f"{article} family"
    return start, end, "the client"
