"""A guide as one reads it, and the limits one chooses for answers."""

from coach.domain.guide import Guide, in_minutes
from coach.domain.interview import Asked
from coach.domain.question import Question
from coach.ui.resources import services
from coach.ui.widgets.html import draw, text

LIMITS = (60, 90, 120, 180, 300, 600, None)


def limit_name(seconds: int | None) -> str:
    """A limit of an answer in words."""
    return in_minutes(seconds) if seconds else "Open"


def limits_with(seconds: int | None) -> list[int | None]:
    """The limits there are to choose from, and the one that is chosen."""
    return list(LIMITS) if seconds in LIMITS else [seconds, *LIMITS]


def preview(guide: Guide) -> None:
    """The guide as whoever interviews by it sees it."""
    facts = [guide.place, f"up to {guide.minutes} min and follow-ups" if guide.minutes else "no limit of time"]
    tags = "".join(f"<li>{text(one.label)}</li>" for one in guide.competencies)
    draw(
        f'<div class="card"><p class="eyebrow">{text(" · ".join(filter(None, facts)))}</p>'
        + (f'<ul class="tags">{tags}</ul>' if tags else "")
        + _said("To begin with", guide.opening)
        + "</div>"
    )
    rows = "".join(
        _question(n, asked, question, guide)
        for n, (asked, question) in enumerate(services().guides.questions(guide), 1)
    )
    draw(f'<ol class="guide">{rows}</ol>{_said("At the end", guide.closing)}')


def _said(label: str, words: str) -> str:
    return (
        f'<p class="given" style="margin-top:0.7rem"><b>{label}.</b> {text(words.strip())}</p>' if words.strip() else ""
    )


def _question(number: int, asked: Asked, question: Question, guide: Guide) -> str:
    limit = asked.limit_s or guide.limit_s
    areas = "".join(f"<li>{text(area.text)}</li>" for area in question.areas)
    probes = "".join(f"<li>{text(probe)}</li>" for probe in asked.probes or question.probes)
    chosen = "Follow-ups, in this order" if asked.probes else "Follow-ups, where they fit"
    return (
        f'<li class="card"><p class="eyebrow">Question {number} · {text(limit_name(limit))}</p>'
        f'<p class="question">{text(question.text)}</p>'
        + _said("Note", asked.note)
        + f'<div class="beside"><div><h3>Listen for</h3><ul>{areas}</ul></div>'
        + (f"<div><h3>{chosen}</h3><ul>{probes}</ul></div>" if probes else "")
        + "</div></li>"
    )
