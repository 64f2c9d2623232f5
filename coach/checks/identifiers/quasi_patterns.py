"""How people tell who somebody is without a name: the patterns behind `quasi`.

They read lower case in which each named place begins with NAMED, so none needs to know what names look like.
"""

import re

from coach.checks.identifiers.vocabulary import PERSON_NOUN
from coach.checks.identifiers.wordlists import either, phrases, words

_ROLE = rf"(?:{either(phrases('local_roles'))})"
_HUMAN = (
    rf"(?:{PERSON_NOUN}s?|families|children|women|men|{_ROLE}s?|ones?|[a-z]+(?:man|woman"
    rf"|ist|ian|keeper|driver|worker|player|owner|speaker|survivor))"
)
_SCOPE = r"(?:in|at|on|around|within|from|for)\s+(?:the |this |that |our |all of )?(?:whole |entire )?"
_DISASTER = (
    r"(?:fire|shooting|crash|wreck|explosion|flood|collapse|raid|murders?|stabbing|derailment"
    r"|pileup|pile-up|bombing|accident|drowning|kidnapping|standoff|rescue)"
)
ONLY = re.compile(
    rf"\b(?:the only|the sole|the very first|the first|one of (?:only )?(?:two|three|four|the few)"
    rf"|the youngest|the oldest|the last)\s+(?:[\w'-]+\s+){{0,4}}?{_HUMAN}\b"
    rf"(?=(?:,? (?:[\w'-]+\s+){{0,4}}?)(?:{_SCOPE}(?:county|town|village|parish|valley|island"
    rf"|school|high school|state|district|neighborhood|reservation|congregation|church|plant"
    rf"|factory|mill|building|complex|precinct|[a-z]+ (?:county|high|jail|prison|church|plant))\b"
    rf"|{_SCOPE}NAMED|anywhere|for miles))"
)
OURSELVES = re.compile(r"\b(?:i(?:'m| am| was|'ve been)|we(?:'re| are| were)|as|me,?)\s+$")
DESCRIBED = re.compile(
    rf"\bthe\s+(?:[\w'-]+\s+){{0,2}}?(?:{PERSON_NOUN}|one|ones|twins|triplets|couple|fellow)\s+(?:who"
    rf"|that|whose)\s+(?:'?s |was |had |used to |always |once |also )?"
    r"(?:owns?|owned|own|run|runs|ran|drives?|drove|plays?|played|coach(?:es|ed)?|deliver(?:s"
    r"|ed)|sells?|sold|preach(?:es|ed)?|teach(?:es)?|taught|works?|worked|won|sings?|sang"
    r"|built|found(?:ed)?|paints?|painted|makes?|made|bakes?|baked|cooks?|cooked|cuts?|fix(?:es"
    r"|ed)?|raises?|raised|grows?|grew|patrols?|directs?|directed|conducts?|rings?|rang|shoots?"
    r"|shot the|carries|carried|flies|flew|hosts?|hosted)\b"
)
# A word that ends like an occupation may be one no list holds; what else ends so is left out.
_NO_OCCUPATION = rf"(?!(?:[\w']*(?:{either(words('no_occupations'))})\b))"
_OCCUPATION = rf"(?:{_ROLE}|{_NO_OCCUPATION}[a-z]{{3,}}(?:er|or|ist|ian|man|woman|keeper))"
OF_THE_ROLE = re.compile(
    rf"\b(?:the|that|our)\s+(?:[\w'-]+\s+){{0,2}}?(?:{_ROLE}\s+(?:(?:over|out|up|down|back)\s+)?(?:of"
    rf"|in|at|from|for|on|with|to)|{_OCCUPATION}\s+(?:(?:over|out|up|down|back)\s+)?(?:in"
    rf"|at|from|for|on|out of))\s+(?:the\s+)?(?=NAMED|\d)"
)
THE_ONE = re.compile(
    r"\b(?:the|that)\s+(?:one|ones|gal|guy|kid|lady|fella|fellow|couple|family)\s+(?:with\s+(?:the"
    r"|his|her|that|all)|whose|who\s+(?:got|lost|had\s+the))\b"
)
FROM_THE_EVENT = re.compile(
    rf"\b(?:the|that)\s+(?:[\w'-]+\s+)?{_HUMAN}\s+(?:from|in|of|who survived|that survived|hurt in"
    rf"|injured in)\s+(?:the|that)\s+(?:[\w'-]+\s+){{0,5}}?DISASTER\b".replace("DISASTER", _DISASTER)
)
WHERE = re.compile(r"NAMEDx*|\d\w*(?: \w+)?")  # what OF_THE_ROLE ends before
TALKED_TO = re.compile(
    r"\b(?:called|call|phoned|asked|told|emailed|contacted|spoke (?:to|with)|talked (?:to|with)"
    r"|met with|with|and|through|wrote|convinced|got)\s+$"
)
MEDIA = re.compile(
    r"\b(?:(?:was|were|been|went|ended up|got|is|made it|all over|made|hit|saw (?:it|her|him"
    r"|them|that)|it was|that was|one) )?(?:(?:on|in|all over|by) )?(?:the |our )?(?:local "
    r"|evening |national |nightly |six o'clock |morning )?"
    r"(?:channel (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen)"
    r"|front page|headlines|newspaper|evening news|local news|the news|the paper|news story)\b"
)
ON_MEDIA = re.compile(r"\b(?:was|were|been|on|in|made|over|saw|hit|read)\b")
VIRAL = re.compile(
    r"\b(?:went viral|the video (?:that )?everyone (?:saw|shared)|you(?:'d| would| may| might"
    r"| probably| must)(?: have| all)? (?:remember|heard|hear|seen|saw|read) (?:about )?(?:this"
    r"|it|that|her|him|them|the|about))"
)
NAMED_EVENT = re.compile(rf"\b(?:the|that)\s+(?:NAMED(?:\s+[\w'-]+){{0,2}}?)\s+{_DISASTER}\b")
HAPPENED = re.compile(
    rf"\b(?:the|that)\s+(?:[\w'-]+\s+){{0,3}}?(?:{_HUMAN})(?:,)?\s+(?:[\w'-]+\s+){{0,6}}?(?:that"
    rf"|who|whose)\s+(?:[\w'-]+\s+){{0,2}}?(?:got|was|were|been|had been)?\s*(?:hit|struck"
    rf"|shot|stabbed|burned(?: down)?|exploded|collapsed|killed|crashed|drowned|kidnapped"
    rf"|electrocuted|arrested on|run over|blew up|fell (?:off|from|through|into)|found in)\b"
)
WHOSE = re.compile(
    r"\bwhose\s+(?:[\w'-]+\s+){1,2}?(?:burned|burnt|exploded|flooded|collapsed|drowned|blew up"
    r"|crashed|washed away|(?:was|got) (?:shot|killed|murdered|kidnapped|stabbed|hit|struck"
    r"|found|arrested))\b"
)
MULTIPLE = re.compile(r"\b(?:with|had|the) (?:the )?(?:twins|triplets|quadruplets|quads)\b")
POPULATION = re.compile(
    r"\b(?:population (?:of )?(?:about |maybe )?[\w,]+(?: hundred| thousand)?|town of (?:about "
    r"|maybe )?(?:[\d,]+|\w+ hundred)(?: people)?|one[- ](?:stoplight|traffic light) town)"
)
AGE = re.compile(
    r"\b(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ](?:one|two|three"
    r"|four|five|six|seven|eight|nine)|fifteen|sixteen|seventeen|eighteen|nineteen)[- ]years?[- ]old\b"
)
ILLNESS = re.compile(
    r"\b(?:diabetes|diabetic|cancer|leukemia|lymphoma|copd|emphysema|heart failure|dialysis|stroke"
    r"|schizophren\w+|bipolar|hiv|aids|hepatitis|dementia|alzheimer's|parkinson's|lupus|epilep\w+"
    r"|multiple sclerosis|autis\w+|down syndrome|cerebral palsy)\b"
)
RARE = re.compile(rf"\b(?:{either(phrases('conditions'))})(?!\w)")
DATE = re.compile(
    r"\b(?:january|february|march|april|june|july|august|september|october|november|december)\s+(?:the\s+)?(?:\d{1,2}"
    r"(?:st|nd|rd|th)?|\w+(?:th|first|second|third))\b|\bthe (?:night|day|week|morning) of the \w+"
    r"|\b(?:first|last) (?:week|day) of school"
)
