"""Findings and ratings into feedback. No model here: readable rules, each with its reason.

1. Caps first. What a check has seen for certain bounds a level, whoever rated it.
2. A judge that was measured to agree less with people than the checks do is not believed, and none may lift a rating of an answer in which
   something may speak to whoever rates.
3. Checks and judge within one level of each other agree, and the judge's level counts: it reads what checks cannot. Two or more apart,
   neither is to be believed, and the criterion is unrated until somebody looks (`coach.combine`).
4. One change to make first: on the criterion with the most to gain, a client's safety before everything else.
"""

from collections.abc import Callable
from dataclasses import dataclass

from coach.combine import combined
from coach.domain.feedback import Change, CheckReport, Feedback, FeedbackState
from coach.domain.finding import Finding, Part, Severity
from coach.domain.rating import Rater, Rating
from coach.domain.rubric import Criterion
from coach.domain.span import Span
from coach.domain.verdict import JudgeOutcome, Verdict


@dataclass(frozen=True)
class Cap:
    """No level above ``level`` on a criterion where ``holds`` of the findings, because of ``why``."""

    criterion: Criterion
    level: int
    why: str
    holds: Callable[[tuple[Finding, ...]], tuple[Finding, ...]]


def _labelled(*names: str) -> Callable[[tuple[Finding, ...]], tuple[Finding, ...]]:
    return lambda findings: tuple(f for f in findings if f.check in names)


def _leaks(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.severity is Severity.LEAK)


def _several_leaks(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    leaks = _leaks(findings)
    return leaks if len({leak.span.quote.casefold() for leak in leaks}) > 1 else ()


CAPS = (
    Cap(Criterion.CONFIDENTIALITY, 1, "More than one detail here could identify a client.", _several_leaks),
    Cap(Criterion.CONFIDENTIALITY, 2, "A detail here could identify a client.", _leaks),
    Cap(
        Criterion.CONFIDENTIALITY,
        3,
        "The details together let somebody nearby pick the client out.",
        _labelled("bundles"),
    ),
    Cap(Criterion.SOAR, 2, "No case that happened is told here.", _labelled("event")),
    Cap(
        Criterion.OUTCOME,
        4,
        "This figure cannot be right, so it does not count as measured.",
        _labelled("impossible figure"),
    ),
)


def compose(report: CheckReport, verdict: Verdict | None, *, again: bool = False) -> Feedback:
    """The feedback on an answer. ``verdict`` is None where there was nothing to ask a judge about; ``again``: one that failed is asked again."""
    by_judge, by_second = (
        {r.criterion: _capped(r, report.findings) for r in ratings}
        for ratings in ((verdict.ratings, verdict.second) if verdict else ((), ()))
    )
    by_checks = (_capped(r, report.findings) for r in report.ratings)
    worse = verdict.worse if verdict else {}
    ratings = tuple(
        combined(
            one,
            by_judge.get(one.criterion),
            by_second.get(one.criterion),
            lift=report.lift,
            worse=worse.get(one.criterion, ""),
        )
        for one in by_checks
    )
    if not any(r.rated for r in ratings):
        state = FeedbackState.UNRATED
    elif any(r.by in (Rater.JUDGE, Rater.BOTH) for r in ratings):
        state = FeedbackState.RATED
    else:
        state = FeedbackState.CHECKS_ONLY
    return Feedback(
        state=state,
        ratings=ratings,
        findings=report.findings,
        parts=report.parts,
        coverage=report.coverage,
        change=_change(ratings, report, verdict),
        rewrite=verdict.rewrite if verdict else None,
        follow_up=verdict.follow_up if verdict else "",
        note=_note(state, ratings, verdict, again=again),
    )


def _capped(rating: Rating, findings: tuple[Finding, ...]) -> Rating:
    """The rating under the first cap that binds it."""
    for cap in CAPS:
        seen = cap.holds(findings)
        if cap.criterion is rating.criterion and seen and rating.level is not None and rating.level > cap.level:
            return rating.model_copy(
                update={
                    "level": cap.level,
                    "why": cap.why,
                    "evidence": tuple(f.span for f in seen),
                    "not_applicable": False,
                }
            )
    return rating


# ── what to change first ──────────────────────────────────────────────────────────────────────────────────────────


def _change(ratings: tuple[Rating, ...], report: CheckReport, verdict: Verdict | None) -> Change | None:
    level = {r.criterion: r.level for r in ratings}
    leak = next(iter(_leaks(report.findings)), None)
    if leak:
        instead = f" Say “{leak.suggestion}” instead." if leak.suggestion else ""
        return Change(
            criterion=Criterion.CONFIDENTIALITY,
            text=f"Take out “{leak.span.quote}”: it could identify a client.{instead}",
            about=_sentence_of(leak.span, report),
        )
    blame = next((f for f in report.findings if f.check == "blame"), None)
    if blame and (level[Criterion.EMPATHY] or 5) <= 2:  # noqa: PLR2004  # unless the judge saw more than the check
        return Change(
            criterion=Criterion.EMPATHY,
            text="Say this without blame: what was hard for the client, and why it made sense from where they stood.",
            about=blame.span,
        )
    rated = [r for r in ratings if r.rated and not r.not_applicable]
    if not rated or all(r.level == 5 for r in rated):  # noqa: PLR2004  # nothing left to gain
        return None
    lowest = min(rated, key=lambda r: (r.level or 0, _ORDER.index(r.criterion)))
    if verdict and verdict.advice:
        about = verdict.rewrite.of if verdict.rewrite else None
        return Change(criterion=lowest.criterion, text=verdict.advice, about=about)
    return _ADVICE[lowest.criterion](lowest, report)


_ORDER = (
    Criterion.SOAR,
    Criterion.OUTCOME,
    Criterion.EMPATHY,
    Criterion.CONFIDENTIALITY,
)  # what lifts an answer most, at equal levels


def _soar_change(rating: Rating, report: CheckReport) -> Change:
    told = {p.part: p.span for p in reversed(report.parts)}
    last = {p.part: p.span for p in report.parts}
    if not {Part.SITUATION, Part.ACTION, Part.RESULT, Part.OBSTACLE} & told.keys():
        return Change(
            criterion=rating.criterion,
            text="Start over with one client on one day: who needed what, and what happened? Leave out what you usually do.",
            about=next(iter(rating.evidence), None),
        )
    if Part.OBSTACLE not in told:
        return Change(
            criterion=rating.criterion,
            text="Say what stood in the way: who said no, what was missing, what ran out. Put it right after this sentence.",
            about=last.get(Part.SITUATION) or told.get(Part.ACTION),
        )
    if Part.RESULT not in told:
        return Change(
            criterion=rating.criterion,
            text="Say how it ended for the client. Add it after the last thing you did.",
            about=last.get(Part.ACTION),
        )
    if Part.ACTION not in told:
        return Change(
            criterion=rating.criterion,
            text="Say what you did yourself, step by step, between the problem and how it ended.",
            about=told.get(Part.OBSTACLE),
        )
    if Part.SITUATION not in told:
        return Change(
            criterion=rating.criterion,
            text="Begin with one sentence on who this was and what they needed, without anything that could identify them.",
            about=told.get(Part.ACTION),
        )
    blurred = next((f.span for f in report.findings if f.check == "ownership"), None)
    if blurred:
        return Change(
            criterion=rating.criterion,
            text="Say “I” where it was you: which of these steps did you take yourself?",
            about=blurred,
        )
    return Change(
        criterion=rating.criterion,
        text="Make this part more specific: one more sentence on what exactly stood in the way, was done, or came of it.",
        about=next(iter(rating.evidence), None),
    )


def _outcome_change(rating: Rating, report: CheckReport) -> Change:
    about = next(iter(rating.evidence), None) or next(
        (p.span for p in reversed(report.parts) if p.part in (Part.RESULT, Part.ACTION)), None
    )
    words = {
        1: "Say what came of it for the client: what was different afterwards that somebody could check?",
        2: "Put a fact in place of this judgement: what could somebody have seen or counted afterwards?",
        3: "Count or time this result: how many, how long, by when?",
        4: "Set this figure against what was before: from what, to what, over which time, because of what you did?",
    }
    return Change(criterion=rating.criterion, text=words[rating.level or 1], about=about)


def _empathy_change(rating: Rating, report: CheckReport) -> Change:
    about = next(iter(rating.evidence), None) or next(
        (p.span for p in report.parts if p.part in (Part.SITUATION, Part.ACTION)), None
    )
    words = {
        1: "Say this without blame: what was hard for the client, and why it made sense from where they stood.",
        2: "Add what this client felt, feared or wanted, and why. One sentence next to this one is enough.",
        3: "Go from the method to the person: what did you hear when you listened, and what did you do differently because of it?",
        4: "Say how what the client wanted changed what you did: which choice was theirs?",
    }
    return Change(criterion=rating.criterion, text=words[rating.level or 1], about=about)


def _confidentiality_change(rating: Rating, report: CheckReport) -> Change:  # noqa: ARG001  # one shape for all four
    words = {
        1: "Take out what was told to somebody with no right to it, or say how you put it right.",
        2: "Take out what was told to somebody with no right to it, or say how you put it right.",
        3: "Blur these details until nobody nearby could tell who it was: drop the place, the job or the event.",
        4: "Where information goes to somebody else, add that the client agreed to it and to what.",
    }
    return Change(criterion=rating.criterion, text=words[rating.level or 1], about=next(iter(rating.evidence), None))


_ADVICE: dict[Criterion, Callable[[Rating, CheckReport], Change]] = {
    Criterion.SOAR: _soar_change,
    Criterion.EMPATHY: _empathy_change,
    Criterion.CONFIDENTIALITY: _confidentiality_change,
    Criterion.OUTCOME: _outcome_change,
}


def _sentence_of(span: Span, report: CheckReport) -> Span:
    return next((p.span for p in report.parts if p.span.start <= span.start < p.span.end), span)


def _note(state: FeedbackState, ratings: tuple[Rating, ...], verdict: Verdict | None, *, again: bool) -> str:
    if verdict is None:
        return ratings[0].why if state is FeedbackState.UNRATED else ""
    if verdict.record.outcome is JudgeOutcome.RATED:
        return {
            FeedbackState.RATED: "",
            FeedbackState.CHECKS_ONLY: "Rated by checks alone: the judge pointed at no words for its view."
            if not any(r.views for r in ratings)
            else "Rated by checks alone: each rating says why the judge's level does not count.",
            FeedbackState.UNRATED: "The checks and the judge disagree everywhere. What each of them saw is told below.",
        }[state]
    if verdict.record.outcome is JudgeOutcome.OFF:
        return "Rated by checks on this computer alone. A judge can be added under Set-up."
    if verdict.record.outcome is JudgeOutcome.WAITING:
        return f"Rated by checks so far. {verdict.record.message}"
    if again:
        return f"Rated by checks so far. {verdict.record.message} It is asked again on its own, and what it says is added here."
    return f"Rated by checks alone. {verdict.record.message}"
