"""Closed sets of words, and patterns of how people are announced, that several modules share."""

import re

from coach.checks.identifiers.wordlists import either, words

CLIENTS = words("clients")
KIN = words("kin")
PERSON_NOUNS = CLIENTS | KIN
SAYS = words("says_verbs")
DOES = SAYS | words("does_verbs")
LAW_LIKE = words("law_words")
ORGANISATION = words("organisation_words")
TO_PERSON = words("before_person")

GIVEN = words("given_names") - words("ambiguous_names")
DOUBTFUL = words("ambiguous_names")
SURNAMES = words("surnames")
NICKNAMES = words("nicknames")
MODALS = frozenset({"will", "may", "can"})
VERBS_TOO = MODALS | {"mark", "bill", "grant", "art", "pat", "sue", "rob", "chase", "drew"}

COURTESY = frozenset({"mr", "mrs", "ms", "mx", "miss", "mister", "missus", "señor", "señora", "senor", "senora"})
PREFIXES = frozenset(
    {"big", "little", "lil", "ol", "old", "young", "baby", "papa", "mama", "mamma", "uncle", "aunt", "auntie"}
    | {"tia", "tio", "nana", "granny"}
)
PROFESSIONS = frozenset(
    {
        "dr",
        "doctor",
        "nurse",
        "officer",
        "judge",
        "attorney",
        "professor",
        "prof",
        "principal",
        "detective",
        "coach",
        "rabbi",
        "imam",
    }
    | {"chaplain", "pastor", "reverend", "rev", "deputy", "sheriff", "counselor"}
)
PARTICLES = frozenset({"de", "la", "las", "los", "del", "della", "di", "da", "dos", "van", "von", "der", "den", "bin"})

PERSON_NOUN = rf"(?:{either(PERSON_NOUNS)})"
CLIENT_NOUN = rf"(?:{either(CLIENTS - {'one', 'person', 'family', 'employee', 'individual', 'member', 'fellow'})})"
KIN_NOUN = rf"(?:{either(KIN)})"
_NO_PERSON = (
    r"(?:tool|program|programme|boat|truck|car|storm|dummy|doll|robot|dog|cat|puppy|kitten|horse|parrot|software|app|place|group|town|street|shelter|agency"
    r"|project|system|model|initiative|house|home|book|method|technique|form|drug|medication|medicine|team|company"
    r"|center|centre|clinic|school|church|scale|class|course|grant|fund|nonprofit|charity|hotline|database|website)"
)
_QUOTE = r"[\"']?"
_CALLED = r"(?:named|called|known as|by the name of)"

# Each of these ends where a name may begin.
NAMED = re.compile(
    r"(?:\bnamed|\bby the name(?: of)?|\bnames?(?:'s| is| was| being)|\bgo(?:es|ing)? by|\bwent by|\bknown as"
    r"|\bkn[eo]wn?s? (?:him|her|them|\w+) as|\bnicknamed(?: (?:him|her|them))?|\ba\.?k\.?a\.?"
    r"|\bcall(?:s|ed|ing)? (?:him|her|them|himself|herself|themselves)"
    r"|\b(?:everybody|everyone|people|folks|friends|they|we|kids|staff|brothers|neighbors|family)"
    r" (?:all |just |always )?calls?|\bname of"
    r"|\b(?:first|last|real|full|legal|given|street|family) name(?:'s| is| was)?)"
    rf"[,:]?\s+{_QUOTE}(?:like |um,? |uh,? )?$"
)
PERSON_NAMED = re.compile(rf"\b{PERSON_NOUN} (?:who was |was |we |they |everybody |everyone )?{_CALLED}\s+{_QUOTE}$")
AFTER_NOUN = re.compile(rf"(?:\b|-){PERSON_NOUN}(,?)\s+{_QUOTE}$")
NOUN_PHRASE = re.compile(
    r"\b(?:(?:my|our|her|his|their|the|this|that|a|an|one|another|your)\s+(?:[\w'-]+\s+){0,3}?)?"
    rf"(?:\w+-)?{PERSON_NOUN}(?:,?\s+(?:who was |was )?{_CALLED})?,?\s+{_QUOTE}$"
)
KNOWN_AS = re.compile(
    r"\b(?:kn[eo]wn? (?:him|her|them|\w+) as|known as|go(?:es)? by|went by|nickname(?:d|'s| is"
    r"| was)?(?: (?:him|her))?"
    r"|street name(?:'s| is| was)"
    rf"|(?:everybody|everyone|folks|whole block|kids) (?:all |just )?call(?:s|ed)?(?: (?:him|her))?)\s+{_QUOTE}$"
)
FAMILY_AFTER = re.compile(
    r"^\s+(?:family|household|kids|children|boys|girls|twins|brothers|sisters|siblings)"
    r"(?! (?:foundation|services|center|centre|clinic|fund|trust)\b)\b"
)
ONE_OF_FAMILY = re.compile(
    r"^\s+(?:boy|girl|kid|child|baby|woman|man|lady|brother|sister|mother|father|son|daughter)\b"
)
NAMED_THING = re.compile(
    rf"\b{_NO_PERSON},?(?: (?:that(?:'s| is| was)|which (?:is|was)))?(?: {_CALLED}|(?<=\bdog)"
    rf"|(?<=\bcat)),?\s+{_QUOTE}$"
)
