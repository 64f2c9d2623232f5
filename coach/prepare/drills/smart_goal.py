"""SMART goal: a vague goal made specific, measurable, achievable, relevant and time-bound, with steps and who takes them."""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from coach.checks.identifiers.document import read
from coach.checks.prepared import Prepared
from coach.domain.drill import Mark, Observation
from coach.domain.exercise import Exercise, Role
from coach.domain.question import Competency
from coach.domain.sentences import sentences
from coach.domain.span import Span
from coach.prepare.drills.facts import Stretches
from coach.prepare.drills.figures import figures
from coach.prepare.drills.phrases import instead_of, listed, places

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_PERIOD = r"(?:hour|day|week|month|quarter|school year|year|semester|term)s?"
_TIME = re.compile(
    rf"\b(?:by|before|until|no later than|on or before) (?:(?:the |her |his |their |your )?(?:end of|start of|first|last|next|\d|{_MONTH}|"
    rf"(?:mon|tues|wednes|thurs|fri|satur|sun)day|hearing|discharge|review|court|lease|visit|birthday|holidays?|winter|spring|summer|fall|school)"
    rf"[^.;,]{{0,25}})|\b(?:within|in|over|for|during|after)(?: the)?(?: next| first| coming)? (?:\w+ ){{1,2}}{_PERIOD}\b|\bby {_MONTH}\b|"
    rf"\b(?:\w+ )?{_PERIOD} from (?:now|today)\b",
    re.IGNORECASE,
)
_SEEN = re.compile(
    r"\b(?:sign(?:s|ed)?|enroll(?:s|ed)?|complete[sd]?|pass(?:es|ed)?|submit(?:s|ted)?|"
    r"certificate|diploma|log|pay stub|receipt|every (?:day|morning|evening|night|week|month|weekday|school day)|"
    r"each (?:day|morning|evening|night|week|month)|daily|weekly|as shown by|measured by|we will know|will show|on paper|key in hand)\b",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"\b(?:with (?:the |a |her |his |their |my )?(?:help|support|bus pass|ride|voucher|reminder|pill box|"
    r"aide|sister|brother|mother|son|daughter|peer|tutor|coach|"
    r"counselor|nurse|sponsor|case manager|job|money)\w*|bus pass|child ?care|transport\w*|voucher|reminders?|alarm|pill ?box|"
    r"already|has agreed|agreed to|can (?:already )?do|starting with|start(?:s|ing)? small|first step|one at a time|is within|walking distance|"
    r"covered by|paid by|pays for|if (?:she|he|they|it|the)\b[^.]{3,60}|back-?up|plan b|instead)\b",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\b(?:because|so that|in order to|so (?:she|he|they) can|wants? (?:to|her|his|their)|matters (?:to|most)|"
    r"in (?:her|his|their) (?:own )?words|important to|hopes? (?:to|for)|(?:her|his|their) (?:own )?(?:wish|hope|dream|aim|reason)|chose|told me)\b",
    re.IGNORECASE,
)
_OWNER = re.compile(
    r"^\W*(?:\d+[.)]\s*|step \w+[:,]?\s*|first,?\s*|second,?\s*|third,?\s*|then,?\s*|next,?\s*|after that,?\s*|and\s*|by [^,:]{3,30}[,:]\s*|"
    r"(?:this|next|in|on|within|every|each|before|after)\b[^,:]{2,30}[,:]\s*)*"
    r"(?P<owner>I|we|she|he|they|(?:the |her |his |their |my |our )?(?:\w+ ){0,2}?\w+)"
    r"(?:’ll|'ll|\s+(?:and (?:I|she|he|they|\w+) )?(?:will|to|is going to|are going to)\b)"
    r"|^\W*(?!what|goal|step|the goal)(?P<named>(?:\w+ ){0,2}\w+):\s+\w+",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\b(?:will|to) be (?:\w+ed|made|sent|given|found|set|done|taken|put|sought|kept)\b(?! by)", re.IGNORECASE
)
_NOT_TO_DO = frozenset(
    (
        "wants",
        "want",
        "needs",
        "need",
        "has",
        "have",
        "hopes",
        "hope",
        "likes",
        "able",
        "agreed",
        "tries",
        "plans",
        "used",
    )
)
_PROPER = "NNP"  # a name, in the tags of the language model
_TIME_NAMES = re.compile(rf"{_MONTH}|(?:mon|tues|wednes|thurs|fri|satur|sun)day", re.IGNORECASE)
_STEPS = 2
_GOAL = 2  # sentences in which a goal is set; what follows are steps


@dataclass(frozen=True)
class SmartGoal:
    """The five letters, as far as words can show them, and steps with owners."""

    key: str = "smart-goal"
    name: str = "SMART goal"
    skill: Competency = Competency.PLANNING
    task: str = "Write this goal anew: specific, measurable, achievable, relevant, with a time. Then at least two steps, each with who takes it."
    limit_s: int | None = None
    fewest_words: int = 20
    facts_given: bool = False
    takes_own: bool = False

    def look(self, exercise: Exercise, answer: Prepared) -> tuple[Observation, ...]:
        """Six observations."""
        stretches = Stretches.of(answer)
        time = _found(answer.text, _TIME)
        return (
            _specific(exercise, answer, stretches),
            _measurable(answer.text, time),
            _achievable(answer.text),
            _relevant(exercise, answer.text, stretches),
            _timed(time, answer.sentences),
            _steps(answer.sentences),
        )


def _specific(exercise: Exercise, answer: Prepared, stretches: Stretches) -> Observation:
    asks = listed("vague_aims")
    told = [one for fact in exercise.facts if fact.role is Role.FACT and (one := stretches.told(fact)).span]
    goal = next((s for one in told if one.span for s in answer.sentences if s.start <= one.span.start < s.end), None)
    open_words = [
        span
        for s in answer.sentences[:_GOAL]
        if not figures(s.quote) and not _TIME.search(s.quote)
        for span in places(answer.text, asks)
        if s.start <= span.start < s.end
    ]
    if goal and not open_words:
        why = "The goal names something one can picture being done."
        return Observation(name="Specific", met=True, why=why, evidence=(Mark(span=goal, note=told[0].fact.text),))
    marks = tuple(Mark(span=span, note=instead_of(span.quote, asks)) for span in open_words)
    return Observation(
        name="Specific",
        met=False,
        why="The goal leaves open what exactly is to be done.",
        evidence=marks,
        absent=not marks,
        missing=() if goal else tuple(fact.text for fact in exercise.facts if fact.role is Role.FACT),
    )


def _measurable(text: str, time: list[Span]) -> Observation:
    numbers = [one.span for one in figures(text) if not any(t.start <= one.span.start < t.end for t in time)]
    numbers = [
        span for span in numbers if not re.match(r"\W*\.?\)", text[span.end :]) and not _numbers_a_step(text, span)
    ]
    shown = numbers or _found(text, _SEEN)
    if shown:
        marks = tuple(Mark(span=span, note="this can be counted or seen") for span in shown[:4])
        return Observation(name="Measurable", met=True, why="One can tell whether it was reached.", evidence=marks)
    why = "Nothing here can be counted or looked at. How would somebody else see that the goal is reached?"
    return Observation(name="Measurable", met=False, why=why, absent=True)


def _numbers_a_step(text: str, span: Span) -> bool:
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    return (not line.strip() and text[span.end : span.end + 1] in ".):") or line.lower().strip().endswith("step")


def _achievable(text: str) -> Observation:
    shown = _found(text, _MEANS)
    if shown:
        marks = tuple(Mark(span=span, note="a means, a help or a first step") for span in shown[:3])
        why = "It names what makes it possible. Whether it is enough for this client, no text can show: ask them."
        return Observation(name="Achievable", met=True, why=why, evidence=marks)
    why = "Words cannot show whether this client can do it, and no help, means or first step is named that would. Not judged."
    return Observation(name="Achievable", met=None, why=why)


def _relevant(exercise: Exercise, text: str, stretches: Stretches) -> Observation:
    reasons = [fact for fact in exercise.facts if fact.role is Role.REASON]
    told = [one for fact in reasons if (one := stretches.told(fact)).span]
    said = [Mark(span=one.span, note=one.fact.text) for one in told if one.span]
    if said:
        return Observation(
            name="Relevant", met=True, why="It says why this matters to the client.", evidence=tuple(said)
        )
    other = _found(text, _WHY)
    return Observation(
        name="Relevant",
        met=False,
        why="It does not say what the client wants this for."
        if not other
        else "A reason is given, but not the one the client gave.",
        evidence=tuple(Mark(span=span, note="whose reason is this?") for span in other[:2]),
        absent=not other,
        missing=tuple(fact.text for fact in reasons),
    )


def _timed(time: list[Span], rows: Sequence[Span]) -> Observation:
    """The goal itself needs a time, which its first two sentences hold; a step's day is not the goal's."""
    goal = [span for span in time if any(row.start <= span.start < row.end for row in rows[:_GOAL])]
    if goal:
        marks = tuple(Mark(span=span, note="by when") for span in goal[:4])
        return Observation(name="Time-bound", met=True, why="It says by when.", evidence=marks)
    marks = tuple(Mark(span=span, note="this is a step's time") for span in time[:3])
    why = "The steps have a time; by when is the goal reached?" if marks else "No day and no period says by when."
    return Observation(name="Time-bound", met=False, why=why, evidence=marks, absent=not marks)


def _steps(rows: Sequence[Span]) -> Observation:
    steps = rows[1:]
    owned = [s for s in steps if _has_owner(s.quote)]
    nobody = [s for s in steps if _NOBODY.search(s.quote)]
    if len(owned) >= _STEPS and not nobody:
        marks = tuple(Mark(span=span, note="a step with its owner") for span in owned)
        return Observation(
            name="Steps with owners", met=True, why=f"{len(owned)} steps say who takes them.", evidence=marks
        )
    return Observation(
        name="Steps with owners",
        met=False,
        why="Somebody must take each step: say who."
        if nobody
        else f"{len(owned)} of at least {_STEPS} steps say who takes them.",
        evidence=tuple(Mark(span=span, note="who does this?") for span in nobody)
        or tuple(Mark(span=span, note="a step with its owner", fine=True) for span in owned),
        absent=not nobody and not owned,
    )


def _has_owner(step: str) -> bool:
    match = _OWNER.search(step)
    if not match or _NOBODY.search(step):
        return False
    owner, start = (match["owner"], match.start("owner")) if match["owner"] else (match["named"], match.start("named"))
    last = owner.lower().split()[-1]
    if last in _NOT_TO_DO:
        return False
    return bool({last, last.removesuffix("s")} & _people()) or _is_name(step, start + len(owner) - len(last))


@functools.cache
def _people() -> frozenset[str]:
    """The words that end the name of whoever can take a step: "sister" of "her older sister"."""
    return frozenset(one.split()[-1] for one in listed("people"))


def _is_name(step: str, at: int) -> bool:
    """Whether the word at this place is somebody's name, and no day, month or place."""
    word = re.compile(r"\w+").match(step, at)
    return word is not None and read(step).tags.get(at) == _PROPER and not _TIME_NAMES.fullmatch(word[0])


def _found(text: str, pattern: re.Pattern[str]) -> list[Span]:
    return [Span.of(text, *match.span()) for s in sentences(text) for match in pattern.finditer(text, s.start, s.end)]
