"""Words as they are compared: one spelling for each, hesitations aside or counted."""

import re

import jiwer

from coach.domain.fillers import FILLERS

ONES = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
SCALES = ((1_000_000, "million"), (1000, "thousand"), (100, "hundred"))
ORDINALS = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
YEARS = range(1100, 2000)
SPELLINGS = {"alright": "all right", "okay": "ok", "y'know": "you know", "mrs": "missus", "mr": "mister"}


def spoken(value: int) -> str:
    """A number as one says it; 1100 to 1999 as years, in pairs."""
    if value < len(ONES):
        return ONES[value]
    if value in YEARS:
        return f"{spoken(value // 100)} {spoken(value % 100) if value % 100 else 'hundred'}"
    for size, name in SCALES:
        if value >= size:
            rest = f" {spoken(value % size)}" if value % size else ""
            return f"{spoken(value // size)} {name}{rest}"
    return f"{TENS[value // 10]} {ONES[value % 10]}" if value % 10 else TENS[value // 10]


def ordinal(value: int) -> str:
    """A number that counts places, as one says it: third, fifteenth, twenty first."""
    *before, last = spoken(value).split()
    regular = f"{last.removesuffix('y')}ieth" if last.endswith("y") else f"{last}th"
    return " ".join([*before, ORDINALS.get(last, regular)])


def words(text: str) -> list[str]:
    """Words to compare: lower case, no punctuation, numbers in words, one spelling for each."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text.lower().replace("\u2019", "'"))
    text = re.sub(r"(\d+)(?:st|nd|rd|th)\b", lambda found: f" {ordinal(int(found[1]))} ", text)
    text = re.sub(r"\d+", lambda found: f" {spoken(int(found[0]))} ", text.replace("%", " percent "))
    tokens = re.findall(r"[a-z]+(?:'[a-z]+)*", text)
    return " ".join(SPELLINGS.get(token, token) for token in tokens).split()


def without_fillers(tokens: list[str]) -> str:
    """What word error rates are counted on."""
    return " ".join(token for token in tokens if token not in FILLERS)


def fillers(tokens: list[str]) -> int:
    """How many hesitations were written down."""
    return sum(token in FILLERS for token in tokens)


def wer(pairs: list[tuple[list[str], list[str]]]) -> float:
    """Word error rate in per cent, fillers aside."""
    reference, heard = zip(*((without_fillers(a), without_fillers(b)) for a, b in pairs), strict=True)
    return 100 * jiwer.wer(list(reference), list(heard))


def filler_hits(truth: list[str], heard: list[str]) -> tuple[int, int]:
    """Hesitations found where they were said, and ones written down where none was."""
    found = false = 0
    for part in jiwer.process_words(" ".join(truth), " ".join(heard)).alignments[0]:
        said = sum(word in FILLERS for word in truth[part.ref_start_idx : part.ref_end_idx])
        written = sum(word in FILLERS for word in heard[part.hyp_start_idx : part.hyp_end_idx])
        found += min(said, written)
        false += max(0, written - said)
    return found, false
