"""Levels into ratings: each with its reason and the words of the answer it rests on.

The level comes from the level models, within bounds the anchors set for what was plainly seen or plainly absent. The reason comes from
what the heads and recognisers saw. Where a reason has no words to rest on, the level is lowered to one that needs none: no rating is
given that the answer's own words cannot justify.
"""

from collections.abc import Callable, Iterable

from coach.checks.heads import Tag
from coach.checks.prepared import Prepared
from coach.domain.rating import NEEDS_WORDS, Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span

_QUOTES = 3
_TOLD_CLEARLY = 0.3  # a part no sentence has at least this probability of telling is plainly absent
_PARTS = {"S": "the situation", "O": "the obstacle", "A": "what you did", "R": "the result"}

Reason = tuple[str, list[Span]]


def rate(answer: Prepared) -> tuple[Rating, ...]:
    """All four criteria, in the rubric's order."""
    return tuple(_rating(answer, criterion) for criterion in Criterion)


def _rating(answer: Prepared, criterion: Criterion) -> Rating:
    level = min(answer.levels[criterion], _most(answer, criterion))
    why, spans = _REASONS[criterion](answer, level)
    if level >= NEEDS_WORDS and not spans:
        level = NEEDS_WORDS - 1
        why, spans = _REASONS[criterion](answer, level)
    return Rating(
        criterion=criterion,
        level=level,
        by=Rater.CHECKS,
        why=why,
        evidence=_distinct(spans),
        not_applicable=_not_applicable(answer, criterion),
    )


def _most(answer: Prepared, criterion: Criterion) -> int:
    """The highest level the anchors leave open, by what is plainly absent from the answer."""
    absent = _absent(answer)
    match criterion:
        case Criterion.SOAR if len(absent) == len(_PARTS):
            return 2
        case Criterion.SOAR if {"O", "R"} & absent:
            return 3
        case Criterion.CONFIDENTIALITY if answer.leaks:
            return 1 if answer.signals.identifiers > 1 else 2
        case Criterion.OUTCOME if (
            "R" in absent and not answer.showing(Tag.COUNTED) and not answer.showing(Tag.OBSERVED)
        ):
            return 2
        case _:
            return 5


def _absent(answer: Prepared) -> set[str]:
    """Parts that no sentence tells, not even by a doubtful reading."""
    return {
        part for part in _PARTS if not answer.telling(part) and float(answer.reading.part(part).max()) < _TOLD_CLEARLY
    }


def _distinct(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(spans))[:_QUOTES]


def _tells_an_event(answer: Prepared) -> bool:
    return any(answer.telling(part) for part in _PARTS)


def _not_applicable(answer: Prepared, criterion: Criterion) -> bool:
    """Whether the answer tells of no client, so that neither empathy nor confidentiality could show."""
    shown = {
        Criterion.EMPATHY: (Tag.EMPATHY, Tag.EMPATHY_METHOD, Tag.BLAME),
        Criterion.CONFIDENTIALITY: (Tag.CONSENT, Tag.MOVED, Tag.TOLD),
    }.get(criterion)
    return (
        shown is not None and not _tells_an_event(answer) and not answer.leaks and not any(map(answer.showing, shown))
    )


# ── SOAR ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def _soar(answer: Prepared, level: int) -> Reason:
    told = {part: spans for part in _PARTS if (spans := answer.telling(part))}
    best = [spans[0] for spans in told.values()]
    if not told:
        hypothetical = answer.showing(Tag.HYPOTHETICAL)
        if hypothetical:
            return (
                "This says what you would do or usually do. Interviewers ask for one case that happened.",
                hypothetical,
            )
        return "No case that happened is told here.", []
    missing = [_PARTS[part] for part in _PARTS if part not in told]
    weakest = _PARTS[_weakest(answer)]
    best.sort(key=lambda span: span not in told.get(_weakest(answer), ()))  # the part the reason speaks of comes first
    match level:
        case 1:
            return "Hardly anything here is about a case that happened.", best
        case 2 if missing:
            return (
                f"A real case is touched on, but {_and(missing)} {'are' if len(missing) > 1 else 'is'} missing.",
                best,
            )
        case 2:
            return f"A real case is touched on, but hardly told; {weakest} most of all needs more.", best
        case 3 if missing:
            return (
                f"A real case, but {_and(missing)} {'are' if len(missing) > 1 else 'is'} missing or only implied.",
                best,
            )
        case 3:
            return f"A real case, but {weakest} is only touched on.", best
        case 4 if answer.showing(Tag.WE):
            return "All four parts are there. Your own part is blurred: say what you did yourself.", answer.showing(
                Tag.WE
            )
        case 4:
            return f"All four parts can be found; {weakest} is thin.", best
        case _:
            return "Situation, obstacle, action and result are all there and specific.", best


def _weakest(answer: Prepared) -> str:
    """The part told least, in words weighed by how surely they tell it; at a tie the one that matters most."""
    words = answer.signals.words
    return min("ORAS", key=lambda part: float((answer.reading.part(part) * words).sum()))


# ── empathy ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _empathy(answer: Prepared, level: int) -> Reason:
    shown, method = answer.showing(Tag.EMPATHY), answer.showing(Tag.EMPATHY_METHOD)
    claim = answer.showing(Tag.EMPATHY_CLAIM)
    match level:
        case 1:
            blame = answer.showing(Tag.BLAME) or answer.showing(Tag.JUDGEMENT) or answer.nearest(Tag.BLAME)
            return "This puts the fault on the client or family, or speaks down to them.", blame
        case 2 if claim:
            return "It says that you care, but shows nothing of what the client felt or wanted.", claim
        case 2:
            return "The client stays a case: nothing shows what they felt, feared or wanted.", []
        case 3 if method:
            return (
                "A way of listening is named, but not what this client felt and why, or what you changed for them.",
                method,
            )
        case 3:
            return (
                "There is a trace of the client's side, but not yet what they felt and why.",
                shown or answer.nearest(Tag.EMPATHY),
            )
        case 4:
            return "It says what the client felt or wanted, or adapts to it.", shown or answer.nearest(Tag.EMPATHY)
        case _:
            return "The client's own view is specific, and it shapes what you did.", shown or answer.nearest(
                Tag.EMPATHY
            )


# ── confidentiality ───────────────────────────────────────────────────────────────────────────────────────────────


def _confidentiality(answer: Prepared, level: int) -> Reason:
    leaks = [leak.span for leak in answer.leaks]
    bundles = [bundle.span(answer.text) for bundle in answer.bundles if bundle.over]
    narrow = [one.span for one in answer.identifiers if one.narrows]
    moved, consent = answer.showing(Tag.MOVED), answer.showing(Tag.CONSENT)
    match level:
        case 1 | 2 if leaks:
            return (
                f"{'One detail' if len(leaks) == 1 else f'{len(leaks)} details'} here could identify a client.",
                leaks,
            )
        case 1 | 2:
            return "A client's information goes to somebody with no right to it.", answer.showing(
                Tag.TOLD
            ) or answer.nearest(Tag.TOLD)
        case 3:
            quasi = bundles or answer.showing(Tag.QUASI) or answer.nearest(Tag.QUASI)
            return "No name, but the details together let somebody nearby pick the client out.", quasi
        case 4 if moved:
            return "Nobody can be identified, but information is passed on with no word of the client's consent.", moved
        case 4 if narrow:
            return (
                "Nobody can be identified, but this says a little more about the client than the story needs.",
                narrow,
            )
        case 4 if not _tells_an_event(answer):
            return "No client is discussed, and confidentiality does not come up.", [answer.sentence(0)]
        case 4:
            return (
                "Nobody can be identified. Say how you had the client's consent where information moved.",
                _about_the_client(answer),
            )
        case _ if consent:
            return "Nobody can be identified, and consent or its limits are mentioned where information moves.", consent
        case _:
            return "Nobody can be identified, and only what the story needs is told.", _about_the_client(answer)


def _about_the_client(answer: Prepared) -> list[Span]:
    return answer.telling("S") or answer.telling("O") or answer.telling("A") or [answer.sentence(0)]


# ── measurable outcome ────────────────────────────────────────────────────────────────────────────────────────────


def _outcome(answer: Prepared, level: int) -> Reason:
    result, conditional = answer.telling("R"), answer.showing(Tag.CONDITIONAL)
    counted, baseline = answer.showing(Tag.COUNTED), answer.showing(Tag.BASELINE)
    match level:
        case 1 if conditional:
            return "The result is only what would happen, not what did.", conditional
        case 1:
            return "No result is told.", []
        case 2 if impossible := answer.showing(Tag.IMPOSSIBLE):
            return "This figure cannot be right, so it shows nothing.", impossible
        case 2 if vague := answer.showing(Tag.VAGUE) or result:
            return "The result is a judgement. Say what changed that somebody could check.", vague
        case 2:
            return "Hardly a result: say what changed that somebody could check.", answer.nearest(Tag.VAGUE)
        case 3:
            observed = answer.showing(Tag.OBSERVED) or result or answer.nearest(Tag.OBSERVED)
            return "The result can be checked, but it is not counted or timed.", observed
        case 4:
            figure = counted or baseline or result or answer.nearest(Tag.COUNTED)
            return (
                "The result is counted or timed, but not against what was before, or not as the effect of what you did.",
                figure,
            )
        case _:
            figure = baseline or counted or result
            return (
                "The result is counted, set against what was before or a period, and follows from what you did.",
                figure,
            )


_REASONS: dict[Criterion, Callable[[Prepared, int], Reason]] = {
    Criterion.SOAR: _soar,
    Criterion.EMPATHY: _empathy,
    Criterion.CONFIDENTIALITY: _confidentiality,
    Criterion.OUTCOME: _outcome,
}


def _and(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
