"""One rating from several raters. No model here: readable rules, each with its reason.

Checks and judge work in unlike ways, so where they agree something is known; repeats of one of them would say nothing. A second model is a
third rater. Two levels or more apart nobody is believed: both views are shown, and a human should look. Where one has looked, their level
counts, and what it replaced stays beside it.
"""

from collections.abc import Iterable

from coach.domain.feedback import Feedback, FeedbackState
from coach.domain.rating import Confidence, Rater, Rating, View
from coach.domain.review import Override
from coach.domain.span import Span

AGREE_WITHIN = 1  # levels


NO_LIFT = "Something here may speak to whoever rates, so no judge's level counts that is above this one."


def combined(
    checks: Rating, judge: Rating | None, second: Rating | None = None, *, lift: bool = True, worse: str = ""
) -> Rating:
    """The rating that follows from the checks', the judge's and a second model's. Without a judge's level the checks' stands.

    ``lift`` off: nobody's level counts that is above the checks'. ``worse`` says why the judge is not believed on this criterion at all.
    """
    if judge is None or judge.level is None or checks.level is None:
        return checks
    views = (_view(checks), *(_view(one) for one in (judge, second) if one is not None and one.rated))
    if second is not None and second.level is not None:
        if abs(second.level - judge.level) > AGREE_WITHIN:
            why = f"{checks.why} Two models disagree about this (levels {judge.level} and {second.level}), so neither counts."
            return checks.model_copy(update={"views": views, "flagged": True, "why": why})
        judge = min(judge, second, key=lambda one: one.level or 0)  # the one that claims less
    level = judge.level or 0
    if worse or (level > checks.level and not lift):
        return checks.model_copy(update={"views": views, "why": f"{checks.why} {worse or NO_LIFT}"})
    if abs(level - checks.level) > AGREE_WITHIN:
        return checks.model_copy(
            update={
                "level": None,
                "by": Rater.BOTH,
                "flagged": True,
                "views": views,
                "why": f"Unrated: the checks see level {checks.level}, the judge level {level}. "
                f"The checks: {checks.why} The judge: {judge.why}",
                "evidence": _together(checks, judge),
            }
        )
    agree = len({view.level for view in views}) == 1
    return judge.model_copy(
        update={
            "by": Rater.BOTH,
            "evidence": _together(judge, checks),
            "views": views,
            "confidence": Confidence.HIGH if agree else Confidence.MEDIUM,
        }
    )


def _view(rating: Rating) -> View:
    return View(by=rating.by, level=rating.level, why=rating.why)


def _together(first: Rating, second: Rating) -> tuple[Span, ...]:
    return tuple(dict.fromkeys((*first.evidence, *second.evidence)))


def overridden(feedback: Feedback, overrides: Iterable[Override]) -> Feedback:
    """The feedback with coaches' levels in the place of its own, which stay beside as views."""
    given = {one.criterion: one for one in overrides}
    if not given:
        return feedback
    ratings = tuple(_by_human(one, given[one.criterion]) if one.criterion in given else one for one in feedback.ratings)
    unrated = feedback.state is FeedbackState.UNRATED
    changes = {"state": FeedbackState.RATED, "note": ""} if unrated else {}
    return feedback.model_copy(update={"ratings": ratings, **changes})


def _by_human(original: Rating, given: Override) -> Rating:
    return Rating(
        criterion=original.criterion,
        level=given.level,
        by=Rater.HUMAN,
        name=given.by,
        why=given.reason,
        evidence=given.evidence,
        views=(_view(original),),
    )
