"""Cutting a text into sentences: typed or heard, with or without punctuation."""

import functools
import re

from coach.domain.span import Span

LONGEST = 40  # words; longer runs come from speech without full stops and are cut
FEWEST_IN_BRACKETS = 2  # words; more of them may be a sentence, fewer are a number of a list or a mere aside
SHORTEST_CUT = 12  # words; a piece cut from such a run is no shorter where the run allows it
_USUAL = 20  # words of a piece from which on a weaker sign of a new thought is enough
_TAIL = 5  # words; so short an end is left with what comes before it

_WORD = re.compile(r"\S+")
_BULLET = re.compile(r"[-*\u2022\u2013\u2014]+")
_DOTTED = re.compile(r"[A-Za-z](?:\.[A-Za-z])+")
_OPENING = "\"'([{*_\u201c\u2018"
_CLOSING = "\"')]}*_\u201d\u2019"
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_MACHINE = re.compile(r"(?=.*[<>{}=|\\^`])[^\w\s]{2,}")  # such as ==> or <!--
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "prof", "rev", "hon", "mx", "e.g", "i.e", "vs", "approx"))
_BEFORE_CAPITALS = frozenset(("a.m", "p.m", "etc"))
_ABBREVIATIONS = frozenset(("st", "ave", "rd", "inc", "ltd", "dept", "jr", "sr", "ph.d"))
_STARTERS = frozenset(
    (
        *(
            "a",
            "after",
            "and",
            "at",
            "because",
            "but",
            "by",
            "he",
            "her",
            "his",
            "i",
            "i'd",
            "i'll",
            "i'm",
            "i've",
            "in",
        ),
        *(
            "it",
            "it's",
            "its",
            "my",
            "on",
            "once",
            "our",
            "she",
            "since",
            "so",
            "that",
            "the",
            "their",
            "then",
            "there",
        ),
        *("these", "they", "they're", "this", "those", "we", "we'd", "we're", "we've", "what", "when", "while", "with"),
    )
)
_CUES = frozenset(("so", "then", "but"))
_JOINTS = frozenset(("and", "because", "cause", "when", "after", "until", "or", "well", "like"))
_SUBJECTS = frozenset(
    (
        "i",
        "we",
        "he",
        "she",
        "they",
        "it",
        "you",
        "my",
        "his",
        "her",
        "their",
        "the",
        "that",
        "this",
        "there",
        "what",
        "when",
        "after",
    )
)


@functools.lru_cache(maxsize=8)  # many look at the same answer
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of ``text`` in order, trimmed, never overlapping; none for a text without words.

    A sentence ends at ``. ! ? …`` before a space, but not after titles, initials and abbreviations, nor inside
    decimals; at a line's end, unless the next line goes on in lower case; and where a bracket that opened it closes, or two of the signs
    that only machines write. A run of more than LONGEST words is cut where a new thought seems to begin ("so", "and then", "but", later
    "and she"), or else after LONGEST words. The time taken grows with the length only.
    """
    spans: list[Span] = []
    run: list[re.Match[str]] = []
    tokens = list(_WORD.finditer(text))
    for token, following in zip(tokens, [*tokens[1:], None], strict=False):
        if not run and _BULLET.fullmatch(token.group()):
            continue
        run.append(token)
        if (
            following is None
            or _ends(token, following, text[token.end() : following.start()], first=len(run) == 1)
            or _is_set_apart(run, following)
        ):
            spans.extend(_span(text, piece) for piece in _pieces(run) if _has_words(piece))
            run = []
    return tuple(spans)


def _span(text: str, words: list[re.Match[str]]) -> Span:
    return Span.of(text, words[0].start(), words[-1].end())


def _has_words(words: list[re.Match[str]]) -> bool:
    return any(character.isalnum() for word in words for character in word.group())


def _ends(token: re.Match[str], following: re.Match[str], gap: str, *, first: bool) -> bool:
    """Whether a sentence ends between two words, with ``gap`` the white space there."""
    upcoming = following.group().lstrip(_OPENING)
    if gap.count("\n") > 1 or ("\n" in gap and not upcoming[:1].islower()):
        return True
    word = token.group().rstrip(_CLOSING)
    if word.endswith(("!", "?")):
        return word == token.group() or not upcoming[:1].islower()
    if word.endswith(("…", "..")):
        return upcoming[:1].isupper()
    if not word.endswith("."):
        return False
    return _full_stop_ends(word.lstrip(_OPENING)[:-1], upcoming, first=first)


def _is_set_apart(run: list[re.Match[str]], following: re.Match[str]) -> bool:
    """Whether something set apart from what stands around it ends here or begins next: a whole sentence in brackets, or between signs of machines."""
    begins, last, upcoming = run[0].group(), run[-1].group(), following.group()
    if begins[0] in _BRACKETS and last[-1] == _BRACKETS[begins[0]]:
        return len(run) > FEWEST_IN_BRACKETS and not upcoming[:1].islower()
    opened = bool(_MACHINE.fullmatch(begins))
    return (len(run) > 1 and opened and bool(_MACHINE.fullmatch(last))) or (
        not opened and bool(_MACHINE.fullmatch(upcoming))
    )


def _full_stop_ends(word: str, upcoming: str, *, first: bool) -> bool:
    """Whether the full stop after ``word`` ends a sentence, and not merely an abbreviation or a list number."""
    plain = word.casefold()
    if plain in _TITLES or (first and plain.isdigit()):
        return False
    if plain in _BEFORE_CAPITALS:
        return upcoming[:1].isupper()
    initial = len(word) == 1 and word.isupper() and word != "I"
    if initial or plain in _ABBREVIATIONS or _DOTTED.fullmatch(word):
        return upcoming[:1].isupper() and upcoming.rstrip(",").replace("\u2019", "'").casefold() in _STARTERS
    return True


def _pieces(run: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """The run itself, or its pieces where it is too long to be one sentence."""
    if len(run) <= LONGEST:
        return [run]
    words = [token.group().casefold() for token in run]
    pieces: list[list[re.Match[str]]] = []
    start = 0
    for i in range(1, len(run) - _TAIL):
        if _new_thought(words, i, i - start):
            pieces.append(run[start:i])
            start = i
    return [*pieces, run[start:]]


def _new_thought(words: list[str], at: int, length: int) -> bool:
    """Whether a piece of ``length`` words ends before word ``at``: so, then, but, and so, and then; later "and she", "because I"."""
    if length >= LONGEST:
        return True
    if length < SHORTEST_CUT:
        return False
    word, following = words[at], words[at + 1] if at + 1 < len(words) else ""
    if word in _CUES:
        return words[at - 1] != "and"
    if word == "and" and following in _CUES:
        return True
    return length >= _USUAL and word in _JOINTS and following.rstrip(",") in _SUBJECTS and words[at - 1] not in _JOINTS
