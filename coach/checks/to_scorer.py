"""Sentences addressed to whoever rates: pleas for marks, orders to a model, pretended replies. They are shown, and ignored.

Ignored means: read by no head, sent to no judge, neither credited nor punished. The patterns look for orders and claims about the rating
itself, so that a story in which somebody grades, judges or ignores something stays a story.
"""

import functools
import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_RATER = (
    r"(?:graders?|scorers?|raters?|markers?|evaluators?|assessors?|examiners?|judging (?:model|system)|(?:ai|automated|llm) "
    r"(?:judge|grader|rater|system|reviewer|assistant|model)|a\.?i\.?|chat ?gpt|gpt[-\d.]*|claude|gemini|llama|llm|language model|"
    r"chat ?bot|scoring (?:model|system|engine|tool|software)|(?:rating|grading|evaluation) (?:model|system|tool))"
)
_RULES = r"(?:instructions?|rubrics?|rules?|prompts?|criteri(?:a|on)|guidelines?|directions?|anchors?|scal(?:e|ing)|guardrails?|polic(?:y|ies))"
_MARK = r"(?:marks?|scores?|ratings?|levels?|grades?|points?|stars?|verdicts?|fives|5s)"
_TOP = r"(?:full|top|highest|maximum|max|maximal|perfect|best(?: possible)?|all|5|five|fives|100|ten|10)"
_CRITERION = r"(?:soar|empathy|confidentiality|outcomes?|measurable outcome|all (?:four|criteria|of them|points|dimensions)|every(?:thing| criterion| point| check| dimension)|each (?:criterion|point|dimension))"
_START = r"(?:^|[,;:.!?)\]\-\u2013\u2014*#>]\s*)(?:(?:please|now|so|and|but|then|kindly|instead|simply|just|again|therefore|you (?:must|should|will|can|may|have to|are to)|i (?:ask|order|instruct|command) you to)\s+)*"

_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # to whom
        rf"^\W*(?:(?:dear|hey|hi|hello|attention|note|message|memo|reminder|instructions?)\s+(?:(?:to|for)\s+)?|(?:to|for)\s+)(?:the\s+|my\s+|whichever\s+)?(?:{_RATER}|judge|reviewer|assistant|model|system|bot)\s*(?:[,:.!\-\u2013\u2014]|$)",
        rf"^\W*(?:{_RATER}|assistant|system|developer|user|human|admin(?:istrator)?|model)\s*(?::|\u2013|\u2014|>|\]|\|)",
        rf"^\W*{_RATER}\s*,",
        rf"\b(?:you are|you're|act as|acting as|pretend (?:to be|you are|that you)|imagine you are|behave (?:as|like)|as)\s+(?:now\s+)?(?:an?|the|my)\s+(?:\w+\s+){{0,3}}{_RATER}\b",
        r"\b(?:whoever|whatever|anyone|any \w+|the \w+) (?:is )?(?:rat|scor|grad|evaluat|assess)(?:es|ing|ing of)? (?:this|my answer|these)\b",
        rf"\b(?:if|when|since|because) you(?:'re| are)? (?:an? )?(?:{_RATER}|reading this (?:as|to) (?:a|an|the|rate|score|grade)|(?:rat|scor|grad|evaluat|assess|mark)(?:e|ing) (?:this|me|my|the))",
        # orders about the rules
        rf"{_START}(?:ignore|disregard|forget|override|overrule|bypass|skip|drop|suspend|discard|replace|do not (?:follow|apply|use)|don't (?:follow|apply|use)|stop (?:following|applying|using))\b.{{0,60}}\b(?:{_RULES}|(?:every|any)?(?:thing)? ?(?:above|below|before this|you were told|said so far)|previous|prior|preceding|earlier)\b",
        rf"\b(?:new|updated|revised|real|actual|hidden|secret|true|special|following|final|scoring|rating|grading|system|developer|admin) (?:{_RULES}|task|directive|override|notice|message)\s*(?::|\u2013|\u2014|-|=|follow|appl(?:y|ies)|supersede|is to|are to)",
        r"\b(?:system prompt|prompt injection|jail ?break|developer mode|debug mode|admin mode|test mode|maintenance mode|do anything now)\b",
        rf"\b(?:from now on|henceforth|effective immediately|starting now)\b.{{0,60}}\b(?:{_MARK}|rate|score|grade|mark|verdict|answers?)\b",
        # orders and pleas for marks
        rf"{_START}(?:give|award|assign|mark|rate|score|grade|record|return|output|print|set|enter|report|respond|reply|write|credit|grant|consider|treat|count|evaluate|assess|classify)\b(?!\s+(?:him|her|them|he|she|they)\b).{{0,80}}\b{_TOP}\b.{{0,12}}\b(?:{_MARK}|out of|credit|for {_CRITERION}|on {_CRITERION}|in {_CRITERION}|everywhere|across the board|for everything)",
        rf"{_START}(?:give|award|assign|mark|rate|score|grade|record|set|credit|grant)\b.{{0,40}}\b{_CRITERION}\b.{{0,25}}\b(?:{_TOP}|[1-5])\b",
        rf"\b(?:please|pls|kindly|i beg|i ask|i request|i demand|i need|i want|i expect|could you|can you|would you|be so kind)\b.{{0,50}}\b(?:give|rate|score|grade|mark|award|be (?:generous|lenient|kind)|raise|bump|round up)\b.{{0,40}}\b(?:me|this|my|it|{_MARK})\b.{{0,40}}\b(?:high(?:ly|er|est)?|{_TOP}|generous\w*|leni\w+|kindly|{_MARK}|well|passing|pass)\b",
        rf"\b(?:this|the|my|above|following|present) (?:answer|response|reply|submission|transcript|story|candidate|interview|text)\b.{{0,40}}\b(?:deserves?|earns?|merits?|warrants?|qualif(?:y|ies)|should (?:get|receive|be (?:rated|scored|graded|marked|given|awarded|treated))|must (?:get|receive|be (?:rated|scored|graded|marked|given|awarded|treated))|is to be (?:rated|scored|graded|marked)|gets?|receives?|scores?)\b.{{0,40}}\b(?:{_TOP}|{_MARK})\b",
        rf"\b(?:i|it|this|he|she) (?:deserves?|earns?|merits?|should get|must get|needs?)\b.{{0,20}}\b(?:(?:full|top|highest|maximum|perfect|all) {_MARK}|(?:an? )?(?:5|five)(?: out of (?:5|five))?\b(?: (?:on|for|in|across)|[.!]?$))",
        r"\b5(?:\s*[/,&-]\s*(?:and\s+)?5){2,}\b|\b(?:all|straight|only) (?:5s|5's|fives)\b",
        rf"\b(?:5|five)\s*(?:out of|/)\s*(?:5|five)\b.{{0,30}}\b(?:on|for|in|across) {_CRITERION}\b|\b(?:rate|score|mark|grade|give) (?:me|this|it|my|us|the answer)\b.{{0,30}}\b(?:5|five)\s*(?:out of|/)\s*(?:5|five)\b",
        rf"\bfull (?:marks|credit|points) (?:for|on|are|were|should|must|please|everywhere|across|agreed)\b|\b(?:{_MARK}) ?[:=] ?(?:5|five|max(?:imum)?|full|yes)\b",
        rf"\b(?:if|when|unless|in return|in exchange)\b.{{0,25}}\b(?:you|i get|i receive)\b.{{0,25}}\b(?:(?:full|top|highest|maximum|perfect|high|good) {_MARK}|an? (?:5|five)\b)",
        # claims about the rating
        rf"\b(?:already|previously|officially|pre-?|been)\s*(?:been\s+)?(?:scored|rated|graded|marked(?! (?:as )?an?\b)|verified|approved|validated|certified|calibrated|assessed)\b.{{0,50}}\b(?:{_TOP}|{_RATER}|{_MARK}|panel|experts?|correct|final|committee|supervisors?)\b",
        r"\bdo not (?:re-?)?(?:score|rate|grade|evaluate|judge|deduct|lower|change)\b(?! (?:him|her|them|people|clients?|others|a |the client)\b)|\bno (?:re-?scoring|deductions?|further (?:evaluation|scoring|rating|review))\b",
        rf"\b(?:the )?(?:correct|right|true|expected|reference|agreed|final|official|gold(?! stars)|ground[- ]truth|intended) (?:{_MARK}|output|labels?)\b.{{0,25}}\b(?:is|are|for|here|should|=|:|were)\b",
        rf"\b(?:{_MARK}|rating|scoring|evaluation|grading) (?:is|are|has been|have been|was|were) (?:final|locked|fixed|complete|finished|agreed|already|disabled|overridden|suspended)\b",
        r"\b(?:the|this|every|each|any) (?:graders?|scorers?|raters?|markers?|(?:scoring|rating|language) (?:model|system|engine)|llm|ai)\b.{0,30}\b(?:must|should|will|has to|have to|is to|are to|needs? to|shall)\b",
        # pretended replies and marks of the machine
        r"[\"'\u201c]?(?:verdict|sentence|soar|empathy|confidentiality|outcome|advice)[\"'\u201d]\s*:|\{\s*[\"'\u201c]|[\"'\u201d]\s*\}",
        r"</?\s*(?:answer|system|user|assistant|instructions?|rubric|prompt|inst|s|end)\b[^>\n]{0,20}>|<\|.{0,30}\|>|\[/?(?:inst|system|end)[^\]]{0,20}\]|<<\s*/?sys|```|\[/?answer\]",
        r"^\W*(?:end|begin|start|stop)(?:ing)? (?:of )?(?:the |this )?(?:answer|transcript|candidate|response|rubric|prompt|instructions?|input|data|user|system)\b",
        rf"\b(?:answer|say|respond|reply|write|put|choose|pick|select|return|output|set|mark|with)\b.{{0,20}}[\"'\u201c]?\byes\b[\"'\u201d]?.{{0,20}}\b(?:to|for|on|at|under)\b.{{0,12}}\b(?:every|all|each|any|question|{_CRITERION})\b",
        r"\b(?:every|each|all|any)\b.{0,15}\b(?:check|point|criteri(?:on|a)|box|question|item|verdict)s?\b.{0,25}\b(?:yes|met|satisfied|fulfilled|passed|shown|true|full)\b",
        r"(?<![\w/])[A-Za-z0-9+/]{40,}={0,2}(?![\w/])",
        # the same in other languages
        r"\b(?:ignor[ae]n?|ignorez|ignoriere?n?|olvid[ae]|vergiss|vergessen sie|oubliez?|esque[c\u00e7]a|desconsider\w+|ignorare|dimentica)\b.{0,50}\b(?:instruc\w+|instru[c\u00e7]\w+|r[e\u00e8]g\w+|anweisung\w*|consign\w+|r[u\u00fa]bric\w*|istruzion\w+|rubrik\w*|crit[e\u00e9]\w*)\b",
        r"\b(?:puntuaci[o\u00f3]n|calificaci[o\u00f3]n|nota|notes?|punktzahl|bewertung|note|pontua[c\u00e7][a\u00e3]o|punteggio|puntaje)\b.{0,30}\b(?:m[a\u00e1\u00e0]xim\w+|maximal\w*|h[o\u00f6]chst\w*|perfect\w*|5|cinco|cinq|f[u\u00fc]nf|cinque)\b|\b(?:h[o\u00f6]chste|maximale|volle) (?:punktzahl|bewertung|note|punkte)\b|\b(?:bewerte|notez|califica|puntua|eval[u\u00fa]a)\b.{0,40}\b(?:5|f[u\u00fc]nf|cinco|cinq)\b",
        r"\u5ffd\u7565.{0,12}(?:\u6307\u793a|\u6307\u4ee4|\u89c4\u5219|\u8bf4\u660e|\u4ee5\u4e0a)|\u6ee1\u5206|\u6700\u9ad8\u5206|\u6253.{0,4}5\s*\u5206|\u0438\u0433\u043d\u043e\u0440\u0438\u0440\u0443\w*|\u043c\u0430\u043a\u0441\u0438\u043c\u0430\u043b\u044c\u043d\w+ (?:\u043e\u0446\u0435\u043d\u043a|\u0431\u0430\u043b\u043b)\w*",
    )
)
_BRIDGED = 1  # sentences between two addressed ones that belong to them
_SPACED = re.compile(r"\b(?:[A-Za-z] ){3,}[A-Za-z]\b")
_LOOKALIKES = str.maketrans(
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0406\u0410\u0415\u041e\u0420\u0421\u0425\u2019\u2018\u201c\u201d",
    "aeopcyxiIAEOPCX''\"\"",
)


def addressed(quotes: Sequence[str]) -> frozenset[int]:
    """The places of those sentences that speak to whoever rates, with what stands between two of them."""
    rows = [row for row, quote in enumerate(quotes) if _speaks_to_the_rater(quote)]
    bridged = {
        row for first, second in pairwise(rows) for row in range(first, second) if second - first <= _BRIDGED + 1
    }
    return frozenset((*rows, *bridged))


@functools.lru_cache(maxsize=1024)  # several checks ask about the same sentences
def _speaks_to_the_rater(quote: str) -> bool:
    visible = "".join(c for c in unicodedata.normalize("NFKC", quote) if not unicodedata.category(c).startswith("C"))
    plain = _SPACED.sub(lambda found: found[0].replace(" ", ""), visible)
    return any(pattern.search(form) for form in {plain, plain.translate(_LOOKALIKES)} for pattern in _PATTERNS)
