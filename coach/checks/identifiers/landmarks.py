"""Named places a client may be tied to: schools, plants, towns, streets, and spots told by what stands beside them.

These are quasi-identifiers. Agencies, laws, benefits, and cities of millions are left out: they point at nobody.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from coach.checks.identifiers.document import Document
from coach.checks.identifiers.wordlists import phrases, words

_CAPITALS = r"[A-Z][\w'&.-]*(?:\s+(?:of\s+(?:the\s+)?|the\s+|and\s+|&\s+)?[A-Z][\w'&-]*)*"
_KIND = (
    r"School|Elementary|Middle|High|Academy|Prep|Preschool|Daycare|College|Hospital|Clinic|Church"
    r"|Temple|Mosque|Synagogue|Chapel|House|Home|Shelter|Lodge|Manor"
    r"|Gardens?|Towers?|Apartments|Village|Terrace|Court|Villa|Estates|Commons|Plaza|Motel|Inn"
    r"|Hotel|Plant|Mill|Mills|Forge|Foundry|Factory|Farms?|Dairy|Ranch|Mine|Diner|Cafe|Market"
    r"|Grocery|Store|Bakery|Barber\w*|Salon|Bank|Garage|Lumber|Steel|Foods|Works|Motors|Trucking"
    r"|Jail|Prison|Library|Museum|Stadium|Arena|Trailer Park|Mobile Home Park|Nursing Home"
    r"|Rehab|General|Memorial|Legion|Barn"
)
_FACILITY = re.compile(rf"\b(?:[A-Z][\w'&.-]*\s+){{1,3}}(?:{_KIND})\b")
_FACILITY_LOWER = re.compile(
    r"\b(?:[A-Z][\w'-]*\s+){1,2}(?:(?:mobile home|trailer|nursing|county|feed|grocery|hardware"
    r"|high|middle|elementary|meat|meatpacking|paper|chicken|steel)\s+)?(?:jail|prison|plant"
    r"|mill|factory|church|temple|mosque|school|lodge|store|diner|dairy|farm|quarry|mine"
    r"|shipyard|foundry|line|daycare|clinic|hospital|nursing home|stables?|shelter|motel"
    r"|laundromat|barbershop|bakery|park)\b"
)
_FACILITY_UNCASED = re.compile(
    r"\b(?:at|in|from|of|near)\s+(?:the\s+)?(?P<name>(?!(?:the|a|an|my|our|her|his|their|that"
    r"|this|every|any|some|local|county|city|state|public|private|community|junior|senior"
    r"|new|old|same"
    r"|other|nearest|big|small|whole|federal|residential|charter|middle|treatment|day|nursing"
    r"|mental|all|no|one|two|getting|really|very|so|pretty|too|just)\b)[a-z']{3,}\s+(?:high"
    r"|elementary|prep|academy|plant|mill|forge|jail|lodge|daycare|manor|motel|foundry|dairy"
    r"|diner))\b"
)
_TOWN = re.compile(
    r"\b(?:in|near|outside|from|around|of|to|over in|out in|up in|down in|back in|out at|out by"
    r"|town of|village of)\s+((?:[A-Z][a-z']+)(?:\s+(?:Falls|Gap|Ferry|Point|Springs|Creek"
    r"|Lake|Valley|Ridge|Hollow|Hills?|Bay|Beach|City|Grove|Park|Junction|Center|Corners"
    r"|Landing|Harbor|Mills|Rapids|Bluff|Crossing|Prairie|River|Island|Rock|Fork|Run|County"
    r"|Heights|Township|[A-Z][a-z]+ville|[A-Z][a-z]+ton))?(?:,\s+[A-Z][a-z]+)?)"
)
_TOWN_ENDING = re.compile(
    r"(?:ville|ton|burg|burgh|boro|borough|ford|field|dale|ham|wood|port|bury|mont|haven|brook"
    r"|mouth|creek|shire|stead|worth|view)$|\b(?:falls|gap|ferry|point|springs|creek|ridge"
    r"|hollow|junction|corners|landing|harbor|rapids|bluff|crossing|prairie|county|township)$"
)
_STREET = re.compile(
    r"\b(?:on|off|at|of|near|by|behind|the)\s+((?:[A-Z][\w']+\s+){1,2}(?:Street|St\.?|Avenue"
    r"|Ave\.?|Road|Rd\.?|Lane|Drive|Boulevard|Blvd\.?|Highway|Pike|Alley|Terrace))\b|\b((?:First"
    r"|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth|\d+(?:st|nd|rd|th))\s+and\s+[A-Z]\w+"
    r"|[A-Z]\w+\s+and\s+(?:First|Second|Third|Fourth|Fifth|Sixth|Seventh|Eighth|Ninth|Tenth"
    r"|\d+(?:st|nd|rd|th)))\b"
)
_LANDMARK = re.compile(
    r"\b(?:behind|back of|in back of|next (?:door )?to|across from|across the (?:street|road) from"
    r"|above|over|beside|under|opposite)\s+the\s+(?:old\s+)?(?:[A-Z][\w'-]*\s*){1,3}(?:(?:feed"
    r"|grocery|hardware|liquor|general|gas)\s+)?(?:store|station|church|plant|mill|bridge"
    r"|school|motel|overpass|bakery)?"
)
_AGENCY = re.compile(
    r"\b(?:va|social security|county jail|department|office|agency|authority|medicaid|medicare"
    r"|section|united way|red cross|catholic|goodwill|walmart|mcdonald|starbucks|walgreens"
    r"|cvs|head start|job corps|big brothers|boys (?:and|&) girls|new york|los angeles|continuum"
    r"|community action|public|american|national|state|federal|first aid|mental health|safe"
    r"|case management|social work|high school|middle school|adult|human services|veterans?)\b",
    re.IGNORECASE,
)
_SHORTEST_TOWN = 4
_NO_TOWN = frozenset(
    {"labor", "chapter", "section", "step", "phase", "title", "part", "form", "act", "mandarin", "braille"}
)


def facilities(doc: Document) -> Iterator[tuple[int, int]]:
    """Named schools, plants, homes, churches and the like. "School" alone is none."""
    if not doc.cased:
        yield from (m.span("name") for m in _FACILITY_UNCASED.finditer(doc.lower))
        return
    taken: list[tuple[int, int]] = []
    for pattern in (_FACILITY, _FACILITY_LOWER):
        for match in pattern.finditer(doc.text):
            start, end = _without_opener(doc, *match.span())
            name = doc.text[start:end]
            if start >= end or " " not in name or _AGENCY.search(name) or _plain_opening(doc, start):
                continue
            if name.lower() in phrases("programmes") or any(s < end and start < e for s, e in taken):
                continue
            taken.append((start, end))
            yield start, end


def _without_opener(doc: Document, start: int, end: int) -> tuple[int, int]:
    """Leaves out a sentence's first word where it is no part of the name ("The", "At", "When")."""
    first = doc.text[start:end].split()[0]
    if first.lower().strip("'") in _OPENERS:
        rest = doc.text[start:end][len(first) :]
        return start + len(first) + len(rest) - len(rest.lstrip()), end
    return start, end


_OPENERS = frozenset(
    {
        "the",
        "a",
        "an",
        "at",
        "in",
        "on",
        "when",
        "while",
        "after",
        "before",
        "from",
        "my",
        "our",
        "his",
        "her",
        "their",
        "this",
        "that",
        "every",
        "each",
        "one",
        "some",
        "two",
        "and",
        "but",
        "so",
        "because",
        "i",
        "we",
        "he",
        "she",
        "they",
        "it",
    }
)


def _plain_opening(doc: Document, start: int) -> bool:
    return not doc.text[start].isupper()


def towns(doc: Document) -> Iterator[tuple[int, int]]:
    """Towns and counties that are no big city, state or country."""
    big = phrases("big_places")
    spans = {(e.start, e.end) for e in doc.entities if e.label == "GPE" and doc.cased}
    known = set(spans)
    for match in _TOWN.finditer(doc.text):
        name = match.group(1).split(",")[0]
        single = name.lower().strip("'s")
        if (match.start(1), match.start(1) + len(name)) in known:
            continue
        unknown = len(name.split()) == 1 and not doc.speech.knows(single) and single not in words("given_names")
        if unknown or (len(name.split()) > 1 and _TOWN_ENDING.search(name.lower())):
            spans.add((match.start(1), match.start(1) + len(name)))
    if not doc.cased:
        yield from _uncased_towns(doc)
    for start, end in sorted(spans):
        name = doc.text[start:end].lower().removeprefix("the ").strip(" .,'")
        parts = name.split(",")
        if (
            parts[0] in big
            or name in big
            or name in _NO_TOWN
            or doc.text[start:end].isupper()
            or not doc.text[start].isupper()
        ):
            continue
        if any(f"{w}" in phrases("programmes") for w in (name,)) or _AGENCY.search(name):
            continue
        if (
            len(name.split()) == 1
            and doc.speech.knows(name)
            and not _TOWN_ENDING.search(name)
            and not _in_place(doc, start)
        ):
            continue
        yield start, end


def _uncased_towns(doc: Document) -> Iterator[tuple[int, int]]:
    """Where capitals are missing: a word that is no English and no name, after a preposition of place."""
    yield from (
        m.span(1)
        for m in _SMALL.finditer(doc.lower)
        if not m.group(1).startswith(("the ", "our ", "this ", "that ", "another "))
    )
    for before, word in pairwise(doc.words):
        if (
            before.bare in {"in", "of", "from", "at", "near", "outside"}
            and word.gap == " "
            and len(word.bare) >= _SHORTEST_TOWN
        ):
            known = (
                doc.speech.knows(word.bare) or word.bare in words("given_names") or word.bare in phrases("big_places")
            )
            if not known and not phrases("programmes") & {word.bare}:
                yield word.start, word.bare_end


_SMALL = re.compile(
    r"\b(?:in|from|of|near|outside)\s+([a-z]{3,}\s+(?:falls|gap|ferry|springs|creek|ridge|hollow"
    r"|junction|corners|landing|harbor|rapids|bluff|crossing|prairie|county))\b"
)


def _in_place(doc: Document, start: int) -> bool:
    return bool(re.search(r"\b(?:in|near|outside|from|around|of)\s+$", doc.left(start, 15)))


def streets(doc: Document) -> Iterator[tuple[int, int]]:
    """Named streets and corners."""
    for match in _STREET.finditer(doc.text):
        yield match.span(1) if match.group(1) else match.span(2)


def landmarks(doc: Document) -> Iterator[tuple[int, int]]:
    """Spots told by what stands beside them ("behind the Shell on Fourth and Birch")."""
    for match in _LANDMARK.finditer(doc.text):
        yield match.start(), match.start() + len(match.group().rstrip())
