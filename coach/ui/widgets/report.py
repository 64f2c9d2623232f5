"""Pieces of an interview's report."""

from collections.abc import Sequence

from coach.domain.interview_report import (
    Contradiction,
    InterviewReport,
    Mean,
    Moved,
    QuestionReport,
    Said,
    Share,
    Standing,
)
from coach.domain.rubric import LEVELS, Rubric
from coach.interview.wording import whole_in_words
from coach.ui.widgets.html import aside, draw, shortened, text
from coach.ui.widgets.ribbon import balance_bar


def lifts(report: InterviewReport) -> None:
    """The changes that would lift the whole most, the first first."""
    rows = "".join(
        f"<li><b>{text(one.change.text)}</b> <span>Question {one.number}</span>"
        + (f"<blockquote>{text(shortened(one.change.about.quote))}</blockquote>" if one.change.about else "")
        + "</li>"
        for one in report.lifts
    )
    draw(f'<div class="card"><ol class="lifts">{rows}</ol></div>', "change")


def means(report: InterviewReport, rubric: Rubric) -> None:
    """The mean level on each criterion, beside those of the last interviews."""
    draw("".join(_mean(one, rubric) for one in report.means), "ratings")


def _mean(one: Mean, rubric: Rubric) -> str:
    name = text(rubric.of(one.criterion).name)
    if one.level is None:
        level, scale, about = "Unrated", "".join("<i></i>" for _ in LEVELS), "No answer could be rated on this."
    else:
        level = f"{one.level:.1f} <small>of 5</small>"
        scale = "".join(f'<i class="{"on" if n <= one.level + 0.5 else ""}"></i>' for n in LEVELS)
        about = f"Mean of {one.answers} rated answer{'' if one.answers == 1 else 's'}."
    before = f" Interviews before: {', '.join(f'{level:.1f}' for level in one.earlier)}." if one.earlier else ""
    own = f" You gave yourself {one.own:.1f}." if one.own is not None else ""
    return (
        f'<article class="card rating{"" if one.level else " unrated"}"><div class="head"><h3>{name}</h3><span class="level">{level}</span></div>'
        f'<div class="scale" aria-hidden="true">{scale}</div><p>{about}{before}{own}</p></article>'
    )


def balance(shares: Sequence[Share]) -> None:
    """How the words of all answers together are spread over the parts of a story."""
    if shares:
        draw(f"<h3>Your words, all answers together</h3>{balance_bar({one.part: one.share for one in shares})}")


def contradictions(found: Sequence[Contradiction]) -> None:
    """Pairs of sentences, each to be cleared up by the candidate."""
    for one in found:
        draw(
            f'<div class="card"><p><b>{text(one.about[:1].upper() + one.about[1:])}</b> is told in two ways. If both are true, say so; '
            "an interviewer who hears both will ask.</p>"
            f"<blockquote>Question {one.first_question}: {text(one.first.quote)}</blockquote>"
            f"<blockquote>Question {one.second_question}: {text(one.second.quote)}</blockquote></div>"
        )


def turns(said: Sequence[Said]) -> None:
    """The follow-ups, with why each was asked and what was answered."""
    rows = "".join(
        f"<li><b>{text(one.asked)}</b>"
        + (f"<span>{text(one.why)}</span>" if one.why else "")
        + f"<p>{text(one.text) or _missing(one.trouble)}</p></li>"
        for one in said[1:]
    )
    if rows:
        draw(f'<h3 class="notes">Follow-ups</h3><ul class="turns">{rows}</ul>')


def _missing(why: str) -> str:
    return f"<em>{text(why or 'No answer.')}</em>"


def whole(report: InterviewReport) -> None:
    """What is said of all answers together, line by line."""
    for name, words in whole_in_words(report):
        aside(name, words)


def own_levels(question: QuestionReport, rubric: Rubric) -> None:
    """What the candidate gave themselves beside what the answer was rated."""
    levels = {rating.criterion: rating.level for rating in question.ratings}
    rows = "".join(
        f"<tr><th scope='row'>{text(rubric.of(own.criterion).name)}</th><td>{own.level}</td>"
        f"<td>{levels[own.criterion] or 'unrated'}</td><td>{_difference(own.level, levels[own.criterion])}</td></tr>"
        for own in question.own
    )
    if rows:
        draw(f'<table class="levels"><tr><th></th><th>You</th><th>Rated</th><th></th></tr>{rows}</table>')


def moved(later: Moved, rubric: Rubric) -> None:
    """A later attempt beside the first."""
    what = later.part.label if later.part else "The whole answer"
    rows = "".join(
        f"<tr><th scope='row'>{text(rubric.of(c).name)}</th><td>{before or 'unrated'}</td><td>{after or 'unrated'}</td>"
        f"<td>{_difference(after, before)}</td></tr>"
        for c, before, after in later.levels
    )
    table = (
        f'<table class="levels"><tr><th></th><th>Before</th><th>After</th><th></th></tr>{rows}</table>' if rows else ""
    )
    state = "" if later.standing is Standing.RATED else f"<p>{_not_rated(later.standing)}</p>"
    sides = "".join(
        f'<div class="card"><p class="eyebrow">{name}</p><p>{text(words) or "<em>Not told</em>"}</p></div>'
        for name, words in (("Before", later.before), ("After", later.after))
    )
    draw(f'<h3 class="notes">{text(what)}, said again</h3><div class="beside">{sides}</div>{state}{table}')


def _not_rated(standing: Standing) -> str:
    return "Still being rated." if standing is Standing.WAITING else "Unrated: too little to go by, or no agreement."


def _difference(after: int | None, before: int | None) -> str:
    if after is None or before is None:
        return ""
    return "as rated" if after == before else f"{after - before:+d}"
