"""How people tell whose name it is: what stands right before a name (``_LEFT``) and right after it (``_RIGHT``).

All read lower case. Only those of made-up names and of introductions decide anything by themselves, so they are kept narrow:
"I will call Maria" makes nothing up. The others are observations that a learned head weighs (see `evidence`).
"""

import re

from coach.checks.identifiers.vocabulary import CLIENT_NOUN, KIN, KIN_NOUN
from coach.checks.identifiers.wordlists import either, phrases

_STAFF = either(phrases("staff_nouns"))
_SEVERAL_STAFF = either(frozenset(s for s in phrases("staff_nouns") if s.endswith("s")) | {"team"})
_OFFICES = either(phrases("offices"))
_WARDS = either(phrases("wards"))
_SHIFTS = r"(?:on|from|for) (?:the )?(?:days?|nights?|evenings?|weekends?|overnights?|(?:day|night|first|second|third|other) shift)"
_TITLED = r"(?:(?:mr|mrs|ms|miss|dr)\.?\s+)?"
_QUOTE = r"[\"']?"
_WHOSE = r"(?:my|our|the|a|an|his|her|their|your|another|one of (?:my|our|the|their))"
# Up to three words of a job's name ("discharge", "lead night"), none of which starts another clause.
_ADJECTIVES = (
    r"(?:(?!(?:of|to|by|with|from|for|in|at|on|about|and|but|or|who|that|told|asked|called|saw|met|had|has|was|is|did"
    r"|seeing|afraid|the|a|an|my|his|her|their|our)\b|\w+ing\b)[\w'-]+\s+){0,3}?"
)

# colleagues and other professionals
TITLE_LEFT = re.compile(
    r"\b(?:dr|doctor|nurse|officer|judge|attorney|professor|prof|pastor|reverend|rev|rabbi|imam|chaplain|sergeant|sgt"
    r"|detective|deputy|coach|principal|dean|director|senator|congress(?:wo)?man|governor|mayor|president|captain"
    r"|chief|lieutenant|commissioner|counselor|magistrate|sheriff|saint|st|bishop|deacon)\.?\s+$"
)
STAFF_LEFT = re.compile(
    rf"\b(?:{_STAFF})(?: (?:here|there|at the time|back then|on (?:the|my|our) \w+))?,?"
    rf"(?: partner)?(?: (?:is|was|'s))?(?: (?:named|called|by the name of))?,?\s+{_QUOTE}{_TITLED}$"
    r"|\b(?:hr|h\.r\.|intake|front desk|billing|benefits|insurance|housing|county|legal aid|payroll"
    r"|admissions|records|welfare)"
    rf" (?:lady|guy|woman|man|person|gal|girl)(?: named| called)?,?\s+{_QUOTE}$"
)
TOLD_STAFF_LEFT = re.compile(
    rf"\b(?:told|tell|telling|asked|reminded|informed|convinced) {_WHOSE} {_ADJECTIVES}(?:{_STAFF})\s+$"
)
CLAUSE_RIGHT = re.compile(
    r"^\s+(?:was|had|has|is|needed|needs|wanted|wants|would|could|couldn't|wasn't|isn't|didn't"
    r"|did|hadn't|felt|lost)\b"
)
SEVERAL_STAFF_LEFT = re.compile(rf"\b(?:{_SEVERAL_STAFF})(?:,| named| were)? (?:\w+(?:,| and|, and) ){{0,3}}$")
STAFF_NAME_IS_LEFT = re.compile(
    rf"\b(?:{_STAFF})\b([^.?!]{{0,60}})\b(?:his|her|their|whose) name(?:'s| is| was)\s+{_QUOTE}$"
)
STAFF_RIGHT = re.compile(
    rf"^(?:'s)?(?:(?:,\s+|\s+\()(?:{_WHOSE}\s+)?|,?\s+(?:who|she|he)(?:'s| is| was)\s+{_WHOSE}\s+"
    rf"|\s+(?:is|was|being)\s+(?:my|our|the|one of (?:my|our|the))\s+)"
    rf"{_ADJECTIVES}(?:{_STAFF}|lead|head|chief|tech|sponsor)\b"
)
OUR_RIGHT = re.compile(
    r"^(?:,\s+|\s+\(|,?\s+who(?:'s| is| was)\s+)(?:my|our)\s+(?:[\w'-]+\s+){1,3}"
    r"(?:guy|gal|lady|person|man|woman|contact|rep)\b"
)
OFFICE_RIGHT = re.compile(
    r"^\s+(?:over |up |down |out )?(from|in|at|with)\s+(?:the\s+|our\s+|my\s+|their\s+)?(?:[a-z'-]+\s+){0,2}?"
    rf"(?:{_OFFICES})\b"
    rf"|^\s+(?:over |up |down )?from (?:the |our )?(?:{_WARDS})\b|^\s+{_SHIFTS}\b"
)
JOB_RIGHT = re.compile(
    r"^,?\s+who\s+(?:(?:also|actually|usually|always)\s+)?(?:(?:runs|ran|manages|managed|heads|headed"
    r"|leads|led|staffs) (?:our|the)"
    r"|handles|handled|supervises|supervised|oversees|oversaw|coordinates|coordinated|schedules"
    r"|teaches|taught|counsels|covers|covered|signs off|signed off|sits on|chairs|(?:did|does) utilization"
    r"|(?:trained|mentored|precepted|hired|covered for|sits next to|sat next to) (?:me|us)|trains|mentors"
    r"|(?:does|did) (?:our|the|intake|billing|benefits|housing)"
    rf"|work(?:s|ed) (?:in|at|for|with) (?:me|us|(?:the |our |my )?(?:[a-z'-]+ )?(?:{_OFFICES})))\b"
)

# the interviewer
HELLO_LEFT = re.compile(
    r"(?:^|[.?!,]\s*|\b(?:yes|well|okay|so|oh|sure|and)\s+)(?:hi|hello|hey|hiya|thank you(?: so much| very much| again)?"
    r"|thanks(?: so much| again| a lot)?|good (?:morning|afternoon|evening)|nice to meet you|nice meeting you"
    rf"|pleasure(?: to meet you)?|appreciate it)(?: there)?,?\s+{_TITLED}$"
)
POLITE_LEFT = re.compile(
    r"(?:^|[.?!]\s*)(?:(?:oh|yes|yeah|okay|well|so),?\s+)?(?:(?:that's )?a? ?(?:great|good) question|sure thing"
    rf"|of course|absolutely|certainly|well|so|yes|okay),?\s+{_TITLED}$"
)

QUOTED_LEFT = re.compile(
    rf"\b(?:said|say|says|saying|told \w+|tell \w+|go|goes|went|like|yelled|hollered)[,:]?\s+{_QUOTE}(?:\w+,? ){{0,2}}$"
)

# the candidate, and the candidate's own people
SELF_LEFT = re.compile(
    r"(?:^|\b)(?:my (?:full |first |own )?name(?:'s| is)|i'?m|i am|(?:please )?call me"
    r"|(?:people|everyone|everybody|they|friends|folks|clients|kids|patients|residents) calls? me|i go by|i,)\s+"
    rf"{_TITLED}$"
)
_FILLERS = r"(?:(?:um|uh|oh|well|so|yes|yeah|okay|ok|there)[,.]? )*"
_GREETING = r"(?:(?:hi|hey|hello|hiya|good (?:morning|afternoon|evening)|thank you|thanks)[,.;]? )"
# An answer may open with names of the two who speak: "Um, hi, Dana Whitlock, I saw the ad", "I'm Dana and ...".
OPENING_LEFT = re.compile(
    rf"^{_FILLERS}(?:{_GREETING}{_FILLERS}(?:this is |it'?s |[\w']+ is )?|{_GREETING}?{_FILLERS}(?:i'?m|i am|my (?:full )?name'?s?(?: is)?) )$"
)
FIRST_LEFT = re.compile(rf"^{_FILLERS}$")
SELF_RIGHT = re.compile(r"^,? (?:and |yes,? )*that(?:'s| is| was) me\b|^ (?:here|speaking)\b[,.]")
THIS_IS_LEFT = re.compile(r"^[^.?!]{0,30}\bthis is\s+$")
IS_ME_RIGHT = re.compile(r"^(?:'s| is| was)? me\b|^,? (?:that's|which is|meaning) me\b")
NAME_IS_LEFT = re.compile(rf"\bmy (?:full |first |own )?name(?:'s| is)\s+{_TITLED}$")
SPOKEN_TO_LEFT = re.compile(
    rf"\b(?:he|she|they|client|patient|mother|father|mom|dad|director|supervisor|boss|manager)(?: just| then| always)?"
    rf" (?:says|said|goes|went|asked|asks|is like|was like|yells|yelled|told me),?\s+{_QUOTE}$"
)
BID_RIGHT = re.compile(r"^, (?:can you |could you |please )?(?:tell|walk|give|describe|talk|share)\b")
PRAISED_LEFT = re.compile(
    r"\b(?:good for you|well done|welcome|nice work|thank you for that|great|okay|hear me)(?:,| and|, and)\s+$"
)
CREDENTIAL_RIGHT = re.compile(
    r"^,?\s+\(?(?:b\.?s\.?w|m\.?s\.?w|l\.?c\.?s\.?w|l\.?m\.?s\.?w|l\.?i\.?c\.?s\.?w|r\.?n|l\.?p\.?n|l\.?v\.?n|c\.?c\.?m|c\.?n\.?a|m\.?d|ph\.?d"
    r"|psy\.?d|l\.?p\.?c|l\.?m\.?f\.?t|c\.?a\.?d\.?c|m\.?p\.?h|j\.?d|esq|m\.?ed|c\.?h\.?w|f\.?n\.?p|n\.?p)\b\.?"
)
LIVES_LEFT = re.compile(
    r"\b(?:live[sd]?|living|grew up|moved|drove|driving|based|born|raised|out|over|down|up)\b(?: \w+){0,2}"
    r" (?:by|in|near|to|from|at|outside|around|past)\s+$"
)
ADDRESSED_LEFT = re.compile(
    rf"\b(?:tell|tells|told|ask|asks|asked|says? to|said to|remind|reminds|reminded) me,?\s+{_QUOTE}$"
)
_OWN_KIN = either(KIN - {"boy", "girl", "kid", "child", "baby", "parent", "guardian", "twin"})
OWN_LEFT = re.compile(
    r"\bmy (?:youngest|oldest|eldest|middle one|firstborn),?\s+$"
    rf"|\bmy\s+(?:own |late |older |younger |oldest |youngest |big |little |best |old )*(?:{_OWN_KIN}"
    rf"|college \w+|classmate"
    r"|study partner|cat|dog|co-?teacher|business partner),?\s+$"
    r"|\bour (?:own |older |younger |oldest |youngest |little |big )?(?:son|daughter|boy|girl|baby|kids?|dog|cat),?\s+$"
)
PET_LEFT = re.compile(r"\b(?:dog|cat|puppy|kitten|horse|parrot)s?(?: named| called)?,?\s+$")

# names made up
_THIRD = r"(?:her|him|them|this \w+|that \w+|the \w+|my (?:client|patient|guy|lady)|our (?:client|patient))"
_SHALL = (
    r"(?:\bi(?:'ll| will|'m (?:just )?(?:going to|gonna)| am going to| shall|'d like to| want to|'m| am)"
    r"|\blet(?:'s| me| us|s)"
    r"|\bwe(?:'ll| will|'re going to| can| shall)|\byou can|\bgonna|\bgoing to)(?: just| only| simply)*"
)
INVENTED_LEFT = re.compile(
    rf"(?:{_SHALL} (?:call|calling|name|refer to) {_THIRD}(?: (?:as|here|for today|today))*"
    rf"|\b(?:{CLIENT_NOUN}|someone|somebody|person|family)s?,? (?:that |who |whom )?{_SHALL} call"
    r"|\blet(?:'s|s| us) (?:just )?(?:say|call it)|\b(?:let's |i'll |we'll )?say (?:his|her|their) name (?:is|was)"
    r"|\b(?:under the (?:name|alias)|pseudonym|alias|made[- ]up name|fake name|invented name|changed name"
    r"|different name"
    r"|chang(?:e|ed|ing) (?:his|her|their|the) name to|us(?:e|ing) the name|(?:let's|i'll|we'll) go with"
    r"|name i(?:'m| am) using|name i (?:use|made up|picked|chose)(?: \w+){0,3})(?: is| of|,|:|(?: \w+){1,3})?)"
    rf",?\s+{_QUOTE}{_TITLED}$"
)
INVENTED_RIGHT = re.compile(
    r"^(?!'s )[\"']?(?:[^.?!]{0,45}?\b(?:not (?:his|her|their|the|a|(?:my|the) client's) (?:real |actual "
    r"|own |true |given )?name"
    r"|not (?:a |the )?(?:real|true|actual) name|made[- ]up name|i (?:just )?(?:made (?:that|the name|it) up(?! to)|made up the name)"
    r"|my (?:made[- ]up|own|invented) name for|(?:a )?pseudonym"
    r"|fake name|fictitious|names?(?:'s| is| has been| was| have been) changed"
    r"|isn'?t (?:his|her|their) (?:real |actual |own )?name|i(?:'ve| have)? changed (?:his|her|their|the"
    r"|that) (?:real )?name"
    r"|i(?:'m| am) changing (?:his|her|their|the) name|(?:it's|is|that's) (?:a )?(?:made[- ]up|invented)"
    r"|to (?:protect|keep) (?:his|her|their) (?:privacy|identity|confidentiality|name)|to keep (?:it|things) private"
    r"|nothing like (?:his|her|their) (?:real )?name|(?:not|isn't) what (?:he|she|they)(?:'s|'re| is| are| was| were) called)"
    r"|,? (?:let's|i'll|i will|we'll) say,? which (?:he|she|it) isn't|,? as (?:i'll|i will|we'll) call (?:him|her|them)"
    r"|,? for (?:the sake of )?(?:privacy|confidentiality|this story|this interview|today|our purposes)"
    r"| is what (?:i|we)(?:'ll| will| can| am going to|'m going to)? call)\b"
)
TRULY_RIGHT = re.compile(
    r"^[^.?!]{0,20}?\b(?:because |since |and |which |yes |yeah )*(?:that(?:'s| is| was)|which is|it(?:'s| is))"
    r" (?:actually |really |in fact )?(?:his|her|their) (?:real |actual |true )?name"
)
ALL_INVENTED = re.compile(
    r"\b(?:(?:all |the |any |these |those |every |both )?names(?: \w+){0,3}|(?:all|any|every) name"
    r"|(?:my |the )?(?:client|patient)(?:'s)? names?) (?:have been|has been|are|is|were|was) (?:all )?"
    r"(?:changed|made[- ]up|not real|fictional|fake|invented|altered|pseudonyms?)"
    r"|\bi(?:'ve| have|'m| am)? (?:always )?(?:changed|changing|change|altered|swapped|switched) (?:all "
    r"|both )?(?:of )?"
    r"(?:the |their |every |everyone's |everybody's )?(?:\w+ and )?names\b"
    r"|\b(?:is|as|this's|it's|told as|tell you|giving you) (?:all )?a composite\b"
    r"|\bcomposite (?:client|case|story|of (?:two|three|four|several|a few))\b"
    r"|\bno real (?:person|man|woman|client|name)\b"
    r"|\bnot (?:their|anybody's|anyone's) real names?\b|\busing (?:fake|made[- ]up|different|invented) names\b"
    r"|\bnone of (?:these|the) names\b"
)

# storms that bear names, and what they do
STORM_LEFT = re.compile(
    r"\b(?:hurricane|typhoon|cyclone|tropical (?:storm|depression)|(?:super|ice |snow |winter )?storm|nor'easter)s?\s+$"
)
SLIP_RIGHT = re.compile(r"^,? (?:i mean|sorry|excuse me|i should say|or rather|oops|whoops|i shouldn't have)\b")
MEASURED_RIGHT = re.compile(r"^(?:'s)? (?:was|is|of|at|went|came|dropped|score|total)(?: \w+){0,2} \d")
MONTH_LEFT = re.compile(
    r"(?:\b(?:in|since|until|till|last|next|every|early|late|mid|this past|that)|\d(?:st|nd|rd|th)?(?: of)?"
    r"|\b(?:first|second|third|\w+th|end|middle|beginning|start|month|week|weekend)(?: of)?)[ -]$"
)
STORM_RIGHT = re.compile(
    r"^ (?:came (?:through|ashore|in)|made landfall|blew (?:through|in)|tore (?:through|up)|flooded|wiped out|knocked (?:out|down)"
    r"|hit (?:us|the (?:coast|city|county|island|gulf|parish)|land)|took (?:out|the roofs?|(?:her|his|their|our|my) (?:roof|house|power)))\b"
)

# people everybody knows
THEORY_RIGHT = re.compile(
    r"^(?:'s?)?\s+(?:\w+\s+)?(?:hierarchy|ted talk|pyramid|stages of|work on|model of|framework|theory of"
    r"|principles of|scores?|scales?|and \w+ (?:scores?|scales?|tests?|index|screens?))\b"
)

# clients
CLIENT_LEFT = re.compile(
    rf"\b(?:{CLIENT_NOUN}|(?:her|his|their|the|client's|patient's|mom's|a) (?:\w+ ){{0,2}}?(?:{either(KIN)}))"
    rf"(?:,?\s+(?:who was |we )?(?:named|called|by the name of))?,?\s+{_QUOTE}$"
)
CLIENT_RIGHT = re.compile(
    r"^(?:,|,? who(?:'s| is| was)| is| was) (?:(?:my|our|one of my|one of our) (?:[\w-]+ ){0,3}?"
    r"(?:client|patient|resident|member|participant|tenant|consumer|veteran|student|kiddo)s?"
    rf"|(?:a|an) (?:[\w-]+ ){{0,3}}?{CLIENT_NOUN})\b"
)

# Words anywhere near a name in its sentence.
INVENTION = re.compile(
    r"\b(?:not (?:his|her|their|the) (?:real |actual |true )?name|isn't (?:his|her|their)|made[- ]up|pseudonym"
    r"|(?:i'?ll|we'?ll|let'?s) (?:call|say)|call (?:him|her|them)|chang\w+ (?:the |his |her |their |all )*names?"
    r"|names? (?:\w+ ){0,3}(?:chang|made)|for privacy|disguis\w+|for a name|name in this|go with)\b"
)
DATE_LEFT = re.compile(
    r"\b(?:in|by|since|until|till|from|through|last|this|next|early|late|mid|of|every|end of|around)[ -]$"
)
_WORKING = (
    rf"\b(?:{_STAFF}|driver|custodian|crew|dispatch|worker|desk|office|department|unit|team|agency|board|county|plan)\b"
)
_WHO_IS = r"^(?:'s)?,? (?:\(|(?:who|she|he|they)(?:'s| is| was) )?"
NEAR_LEFT = {
    "staff": re.compile(rf"{_WORKING}.{{0,35}}$"),
    "client": re.compile(rf"\b{CLIENT_NOUN}\b.{{0,30}}$"),
    "kin": re.compile(rf"\b{KIN_NOUN}\b.{{0,25}}$"),
    "my": re.compile(r"\b(?:my|our)\s+(?:[\w'-]+,?\s+){0,3}[\"']?$"),
    "their": re.compile(r"\b(?:her|his|their)\s+(?:[\w'-]+,?\s+){0,3}[\"']?$"),
    "a": re.compile(r"\b(?:a|an|this|one|the)\s+(?:[\w'-]+,?\s+){1,3}[\"']?$"),
    "contact": re.compile(
        r"\b(?:asked|called|rang|phoned|emailed|texted|hold of|told|reached|thanks to|swapped with|off to|from"
        r"|trained under|years under|took over from|by|spoke to|with)\s+$"
    ),
    "served": re.compile(
        r"\b(?:helped|visited|met with|met|saw|worked with|placed|enrolled|drove|sat with|supported|advocated for"
        r"|discharged|assisted|for|visit|about)\s+$"
    ),
    "me": re.compile(r"\bme,? (?:as )?$"),
    "call": re.compile(r"\b(?:call|name|say|with|use|refer|he's|she's|be|is)\b[^.?!]{0,25}$"),
}
NEAR_RIGHT = {
    "staff": re.compile(rf"^.{{0,35}}{_WORKING}"),
    "client": re.compile(rf"^.{{0,30}}\b{CLIENT_NOUN}\b"),
    "a": re.compile(rf"{_WHO_IS}(?:my|our|one of (?:my|our|the)|the|an|a)\b"),
    "my": re.compile(rf"{_WHO_IS}(?:my|our|one of (?:my|our|the))\b"),
    "works": re.compile(
        r"^[^.?!]{0,50}\b(?:works?|worked|runs|ran|supervis\w+|train\w+|director|colleague|coworker|our|desk|billing"
        r"|team|unit|agency|office|board|volunteer\w*|shift|nurse|hired|maintenance|records|accounting|program)\b"
    ),
    "in": re.compile(r"^ (?:from|in|at|over at|over in|up at|on) (?:the |our )?\w"),
    "and I": re.compile(r"^ and (?:i|me)\b"),
    "fared": re.compile(
        r"^ (?:was|had|needed|wanted|couldn't|could not|didn't|wouldn't|would not|lost|kept|never|lived|got|hadn't"
        r"|wasn't|didnt|couldnt|wouldnt|slept|refused|relapsed)\b"
    ),
    "acted": re.compile(
        r"^ (?:says|said|told|agreed|signed|ran|runs|noticed|covers|covered|let|took|handles|wrote|used to)\b"
    ),
    "pronoun": re.compile(r"\b(?:he|she|his|her|him)\b"),
}
