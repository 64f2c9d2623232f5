"""The ratings of an answer, each with its reason and the words it rests on."""

from coach.domain.feedback import Change, Feedback
from coach.domain.rating import Confidence, Rater, Rating
from coach.domain.rubric import LEVELS, Rubric
from coach.ui.widgets.html import draw, shortened, text
from coach.ui.widgets.judging import views

LEVEL_NAMES = {1: "missing", 2: "thin", 3: "sound", 4: "strong", 5: "excellent"}
BY = {
    Rater.CHECKS: "by checks",
    Rater.JUDGE: "by the judge",
    Rater.BOTH: "by checks and judge",
    Rater.HUMAN: "by a coach",
}
AGREEMENT = {
    Confidence.HIGH: ", which agree",
    Confidence.MEDIUM: ", one level apart",
    Confidence.LOW: "",
}
_QUOTES = 2


def change_card(change: Change) -> None:
    """The one change to make first."""
    about = f"<blockquote>{text(shortened(change.about.quote))}</blockquote>" if change.about else ""
    draw(f'<div class="card"><h3>Change this first</h3><p>{text(change.text)}</p>{about}</div>', "change")


def rating_cards(feedback: Feedback, rubric: Rubric) -> None:
    """All four criteria, in the rubric's order."""
    draw("".join(_card(feedback.of(anchors.criterion), anchors.name) for anchors in rubric.anchors), "ratings")


def _card(rating: Rating, name: str) -> str:
    if rating.level is None:
        level, scale, by = "Unrated", "".join("<i></i>" for _ in LEVELS), views(rating)
    elif rating.by is Rater.HUMAN:
        level, scale = _level(rating.level)
        by = f'<p class="by">Rated by {text(rating.name or "a coach")}</p>{originals(rating)}'
    else:
        level, scale = _level(rating.level)
        by = f'<p class="by">Rated {BY[rating.by]}{AGREEMENT[rating.confidence] if rating.views else ""}</p>{views(rating)}'
    quotes = "".join(f"<blockquote>{text(shortened(span.quote))}</blockquote>" for span in rating.evidence[:_QUOTES])
    unrated = "" if rating.rated else " unrated"
    return (
        f'<article class="card rating{unrated}"><div class="head"><h3>{text(name)}</h3><span class="level">{level}</span></div>'
        f'<div class="scale" aria-hidden="true">{scale}</div><p>{text(rating.why)}</p>{quotes}{by}</article>'
    )


def _level(level: int) -> tuple[str, str]:
    """A level in words and as a scale."""
    scale = "".join(f'<i class="{"on" if n <= level else ""}"></i>' for n in LEVELS)
    return f"{level} of 5 <small>{LEVEL_NAMES[level]}</small>", scale


def originals(rating: Rating) -> str:
    """What a coach's level stands in place of, as HTML."""
    rows = "".join(
        f"<li>Before: <b>{f'{one.level} of 5' if one.level else 'unrated'}</b> {BY[one.by]}</li>"
        for one in rating.views
    )
    return f'<ul class="tags">{rows}</ul>'
