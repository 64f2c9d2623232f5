"""The judge's advice, kept only where it keeps to the answer: a change, a sentence said better, a question to expect.

What is dropped is replaced by nothing: the checks have advice of their own.
"""

import re
import unicodedata

from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.domain.verdict import Rewrite
from coach.judge.invention import PLACEHOLDER, invented, names, negations, numbers, shares_words

LONGEST = 400  # characters
LONGEST_QUESTION = 200
LONGEST_REWRITE = 400
MOST_SENTENCES = 2
_PLAIN = (  # what interviewers say, and which takes nothing for granted
    "answer approach case change check choose choice client come consider decide decision describe detail different exact exactly "
    "example explain fail find follow give handle happen hear help how idea know learn look make measure mean moment notice option order "
    "part person plan point prepare question reach reason respond result say see share show sign situation start step story take talk tell "
    "think time try turn understand walk want way word work worked worry"
)

_PAIRS = ('"([^"]*)"', "\u201c([^\u201d]*)\u201d", "\u00ab([^\u00bb]*)\u00bb", r"(?<!\w)['\u2018](.+?)['\u2019](?!\w)")
_QUOTED = re.compile("|".join(_PAIRS))
_LEFT_OVER = re.compile('["\u201c\u201d\u00ab\u00bb]')
_ADDRESS = re.compile(r"https?:|www\.|[<>{}]|\b[\w-]+\.(?:com|org|net|io)\b|@", re.IGNORECASE)
_ALIKE = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
# About the candidate instead of the answer: praise, insults, marks, and what the employer will do.
_ABOUT_YOU = re.compile(
    r"\b(?:you(?:'re|\u2019re| are| were| sound| seem| look| come across)|your (?:answer|story|case) (?:is|was|sounds|shows))\b"
    r"|\b(?:amazing|awesome|awful|bad|best|brilliant|bravo|congratulations|dumb|embarrassing|excellent|fantastic|fool(?:ish)?|garbage|genius|"
    r"good job|great|hopeless|horrible|idiot(?:ic)?|impressive|incompetent|laughable|lazy|liar|loser|lying|magnificent|moron|nonsense|"
    r"outstanding|pathetic|perfect(?:ly)?|ridiculous|rubbish|shame(?:ful)?|stupid|superb|terrible|terrific|trash|unfit|useless|well done|"
    r"wonderful|worst|worthless)\b"
    r"|\b(?:hire|hired|fired|scores?|rating|marks?|grade|stars?|out of (?:five|ten|5|10))\b"
    r"|\b(?:prompt|rubric|as an ai|language model)\b",
    re.IGNORECASE,
)


def vetted(advice: str, answer: str) -> str:
    """At most two sentences of ``advice``, or nothing where it does not keep to the answer.

    That is where it is too long, is about the person, or holds an address, a name, a number or a quote that nobody said.
    """
    plain = _plain(advice)
    kept = sentences(plain)[:MOST_SENTENCES]
    if not kept:
        return ""
    said = plain[: kept[-1].end]
    return said if len(said) <= LONGEST and _keeps_to(said, answer) else ""


def rewritten(text: str, of: Span, answer: str) -> Rewrite | None:
    """``text`` as another wording of a sentence of the answer: the candidate's own facts, and placeholders for missing ones.

    None where it adds a fact, turns a no into a yes or the other way round, or has nothing to do with the sentence.
    """
    said = _plain(text).strip('"\u201c\u201d')
    outside = PLACEHOLDER.sub(" ", said)
    if not said or said == of.quote or len(said) > LONGEST_REWRITE or len(sentences(said)) > MOST_SENTENCES:
        return None
    if re.search(r"[\[\]]", outside) or any(
        character.isdigit() for hole in PLACEHOLDER.findall(said) for character in hole
    ):
        return None
    if _ADDRESS.search(said) or _ABOUT_YOU.search(" ".join(PLACEHOLDER.findall(said))) or invented(said, answer):
        return None
    if negations(outside) != negations(of.quote) or not shares_words(outside, of.quote):
        return None
    return Rewrite(of=of, text=said)


def asked(text: str, answer: str, question: str) -> str:
    """``text`` as what an interviewer may ask next about the answer to a question.

    Nothing where it is no question, does not keep to the answer, or holds a word of content that neither answer, question nor interviewers use.
    """
    said = _plain(text)
    fits = said.endswith("?") and len(said) <= LONGEST_QUESTION and len(sentences(said)) == 1
    return said if fits and _keeps_to(said, answer) and not invented(said, answer, question, _PLAIN) else ""


def _keeps_to(said: str, answer: str) -> bool:
    unquoted = _QUOTED.sub(" ", said)
    if _ADDRESS.search(said) or _ABOUT_YOU.search(unquoted) or _LEFT_OVER.search(unquoted):
        return False
    known = _folded(answer)
    if any(name.casefold() not in known for name in names(said) - {"SOAR", "SMART"}):
        return False
    if numbers(said) - numbers(answer) - {"2", "3"}:  # "in two sentences", "the three steps"
        return False
    quotes = [_folded("".join(quote)) for quote in _QUOTED.findall(said)]
    return all(quote in _folded(answer) for quote in quotes)


def _plain(text: str) -> str:
    return "".join(c for c in " ".join(text.split()) if not unicodedata.category(c).startswith("C"))


def _folded(text: str) -> str:
    """``text`` without differences of case, spaces, kinds of quotation marks and closing punctuation."""
    plain = unicodedata.normalize("NFKC", text).translate(_ALIKE).casefold()
    return " ".join(plain.split()).strip(" .,;:!?\u2026")
