"""What the heads tell apart."""

from enum import StrEnum

PARTS = "SOARLX"  # situation, obstacle, action, result, learned, anything else


class Tag(StrEnum):
    """What a sentence may show besides its part. One sentence may show several."""

    EMPATHY = (
        "emp"  # what the client felt, feared or wanted and why; or pace, choice, language or place adapted to them
    )
    EMPATHY_METHOD = "empgen"  # a generic method named as done: listened, built rapport
    EMPATHY_CLAIM = "empself"  # a self-description or a pat line
    BLAME = "blame"  # blames, mocks, coerces or stereotypes the client or family
    JUDGEMENT = "judg"  # a judgemental label in passing
    COUNTED = "num"  # a number or time that is an outcome of the action told
    BASELINE = "base"  # and that has a baseline, period or comparison
    NUMBER = "numno"  # a number that is no outcome: age, caseload, years, date
    VAGUE = "vague"  # a vague or evaluative claim of a result
    OBSERVED = "qual"  # a concrete result that can be checked, without a number
    CONDITIONAL = "cond"  # a result in the conditional
    IMPOSSIBLE = "imposs"  # an impossible number
    HYPOTHETICAL = "hyp"  # "I would", "I always"
    CONSENT = "consent"  # consent, release, need-to-know, limits or de-identification
    MOVED = "moved"  # client information passed on with no mention of consent
    TOLD = "told"  # protected information told to somebody with no right to it
    WE = "we"  # the action is blurred by "we" or the passive
    IDENTIFIER = "leak"  # holds a direct identifier of a client
    QUASI = "quasi"  # holds part of a bundle that singles a client out
    TO_SCORER = "inj"  # addressed to the scorer, or rubric words without content


TAGS = tuple(Tag)

# Said of a person to their face: better missed than said wrongly.
ACCUSING = frozenset((Tag.BLAME, Tag.JUDGEMENT, Tag.TOLD, Tag.IMPOSSIBLE))
