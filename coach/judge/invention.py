"""Whether a sentence says only what the answer says: its words, numbers and names are looked up, one by one.

Strict on purpose. A rewritten sentence that a candidate may learn by heart must hold no fact that is not theirs; what is missing has to
stand as a placeholder in square brackets. A good sentence that is dropped for one new word costs little.
"""

import re

PLACEHOLDER = re.compile(r"\[[^\[\]]{2,60}\]")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")

_GLUE = (
    "a about after again all also although an and another any are as at away back be because been before being both but by can could did do "
    "does done down during each either else even every for from had has have having he her here hers herself him himself his how i if in "
    "instead into is it its itself just let like made make may me might mine more most much must my myself of off on once only onto or other "
    "our ours out over own rather same she should since so some somebody someone something still such than that the their theirs them then "
    "there these they thing this those though through to together too toward towards under until up upon us very was way we were what when "
    "where whether which while who whom whose why will with within would yet you your client clients person one first next later finally"
)
_FUNCTION_WORDS = frozenset(_GLUE.split())
NEGATIONS = frozenset(("no", "not", "none", "never", "nobody", "nothing", "nor", "neither", "without", "cannot"))
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_NUMBERS = {word: str(n) for n, word in enumerate(_UNITS.split())} | {
    word: str(10 * n) for n, word in enumerate(_TENS.split(), 2)
}
_FORMS = (
    "ask told/tell say/said/says get/got go/went/gone see/saw/seen come/came take/took/taken give/gave/given find/found keep/kept leave/left "
    "bring/brought write/wrote/written speak/spoke/spoken meet/met sit/sat send/sent lose/lost feel/felt know/knew/known hear/heard "
    "hold/held pay/paid drive/drove/driven think/thought begin/began/begun put set build/built choose/chose/chosen run/ran stand/stood "
    "win/won sleep/slept eat/ate/eaten fall/fell/fallen break/broke/broken buy/bought become/became understand/understood child/children "
    "man/men woman/women foot/feet week/weeks month/months day/days"
)
_BASE = {form: group.split("/")[0] for group in _FORMS.split() for form in group.split("/")}
_SUFFIXES = ("ingly", "edly", "ing", "ied", "ies", "ed", "es", "ly", "s", "e", "y")
_SHORTEST_STEM = 3


def negations(text: str) -> bool:
    """Whether something is denied in ``text``."""
    return any(word in NEGATIONS or word.endswith(("n't", "n\u2019t")) for word in _words(text))


def invented(sentence: str, *sources: str) -> set[str]:
    """The words of ``sentence`` outside placeholders that none of the sources has in any form, function words apart."""
    said = {_stem(word) for source in sources for word in _words(source)}
    counted = {number for source in sources for number in numbers(source)}
    plain = PLACEHOLDER.sub(" ", sentence)
    new = {
        word
        for word in _words(plain)
        if word not in _FUNCTION_WORDS and word not in NEGATIONS and not _is_number(word) and _stem(word) not in said
    }
    return {word for word in new if not word.endswith(("n't", "n\u2019t"))} | (numbers(plain) - counted)


def numbers(text: str) -> set[str]:
    """The numbers in ``text``, in digits however they are written; "one" is too often no number to count as one."""
    spelled = {_NUMBERS[word] for word in _words(text) if word in _NUMBERS and word != "one"}
    return spelled | {found.replace(",", "") for found in _DIGITS.findall(text)}


def names(text: str) -> set[str]:
    """Words with a capital letter that do not begin a sentence."""
    inside = re.sub(r"(?:^|[.!?:]\s+|[\"\u201c(\[]\s*)[^\W\d_]+", " ", text)
    return {word for word in re.findall(r"\b[A-Z][^\W\d_]+", inside) if word.lower() not in _FUNCTION_WORDS}


def shares_words(first: str, second: str) -> bool:
    """Whether the two have a word of content in common."""
    contents = [{_stem(w) for w in _words(text) if w not in _FUNCTION_WORDS} for text in (first, second)]
    return bool(contents[0] & contents[1])


def _words(text: str) -> list[str]:
    return [word.removesuffix("'s").removesuffix("\u2019s") for word in map(str.lower, _WORD.findall(text))]


def _is_number(word: str) -> bool:
    return word in _NUMBERS or word[0].isdigit()


def _stem(word: str) -> str:
    base = _BASE.get(word, word)
    for suffix in _SUFFIXES:
        if base.endswith(suffix) and len(base) - len(suffix) >= _SHORTEST_STEM:
            base = base[: -len(suffix)]
            break
    return base[:-1] if len(base) > _SHORTEST_STEM and base[-1] == base[-2] else base
