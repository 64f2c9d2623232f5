"""Pieces of the story bank."""

from collections.abc import Sequence

from coach.domain.finding import Severity
from coach.domain.question import Question
from coach.domain.story import Hint
from coach.prepare.stories.matrix import StoryMatrix
from coach.prepare.stories.stories import Fitting
from coach.prepare.stories.told import Told
from coach.ui.resources import services
from coach.ui.widgets.html import draw, shortened, text

_NAMES = {Severity.LEAK: "Could identify a client.", Severity.WARN: "Look again.", Severity.NOTE: "Hint."}


def story_that_fits(question: Question, who: str) -> None:
    """The candidate's own story for a question, small, where one fits; nothing where none does."""
    found = services().stories.fitting(who, question)
    if found:
        draw(
            f'<div class="fit"><p><b>Your story “{text(found.story.text.name)}” fits this question.</b></p>{_opening(found)}</div>'
        )


def fitting_story(found: Fitting, number: int) -> None:
    """A story to use for a question, and how to open it."""
    draw(
        f'<div class="fit"><p><span class="number best">{number}</span> <b>{text(found.story.text.name)}</b></p>{_opening(found)}</div>'
    )


def _opening(found: Fitting) -> str:
    leads = (
        f"<p>This is the sentence the question waits for: “{text(shortened(found.leads_to))}”</p>"
        if found.leads_to != found.opening
        else ""
    )
    return f"<p>Open with your own words: “{text(shortened(found.opening))}”</p>{leads}"


def warnings(found: Sequence[Hint]) -> None:
    """What in the whole story asks for another look."""
    draw(
        "".join(
            f'<div class="hint {hint.severity}"><b>{_NAMES.get(hint.severity, "")}</b>{text(hint.text)}'
            + (f" <q>{text(shortened(hint.quote, 100))}</q>" if hint.quote else "")
            + (f" Say “{text(hint.instead)}” instead." if hint.instead else "")
            + "</div>"
            for hint in found
        )
    )


def told_card(told: Told) -> None:
    """How long a telling took, how fast, and what of the story was left out."""
    pace = (
        f"<div><dt>Pace</dt><dd><b>{told.words_a_minute:.0f}</b> words a minute</dd></div>"
        if told.words_a_minute
        else ""
    )
    kept = told.sentences - len(told.left_out)
    left_out = "".join(
        f"<blockquote>{text(one.part.label)}: {text(shortened(one.sentence))}</blockquote>" for one in told.left_out
    )
    said = (
        f"<p>Nothing said was like {'these sentences' if len(told.left_out) > 1 else 'this sentence'} of your story. "
        "If you left it out on purpose, all is well.</p>"
        if told.left_out
        else "<p>All of your story was there, by meaning.</p>"
    )
    draw(
        f'<div class="card"><dl class="told"><div><dt>Length</dt><dd><b>{clock(told.seconds)}</b> {text(told.length)}</dd></div>{pace}'
        f"<div><dt>Your story</dt><dd><b>{kept} of {told.sentences}</b> sentences told, by meaning</dd></div></dl>{said}{left_out}</div>"
    )


def advice(lines: Sequence[str]) -> None:
    """What to do about the whole, the first thing first."""
    first, *rest = lines
    more = "".join(f"<p>{text(line)}</p>" for line in rest)
    draw(f'<div class="card"><h3>What to do next</h3><p>{text(first)}</p>{more}</div>', "change")


def legend(matrix: StoryMatrix) -> None:
    """The numbers the stories go by."""
    rows = "".join(
        f'<li><span class="number best">{n}</span> {text(story.text.name)}</li>'
        for n, story in enumerate(matrix.stories, 1)
    )
    draw(f'<ol class="legend stories">{rows}</ol>')


def competencies(matrix: StoryMatrix) -> None:
    """Each competency with the stories filed under it."""
    draw(
        f'<ul class="matrix">{"".join(_row(row.competency.label, row.stories, matrix, "no story") for row in matrix.competencies)}</ul>'
    )


def questions(matrix: StoryMatrix, *, answered: bool) -> None:
    """The questions that have a story, or those that have none."""
    rows = [row for row in matrix.questions if bool(row.stories) is answered]
    draw(f'<ul class="matrix">{"".join(_row(row.question.text, row.stories, matrix, "") for row in rows)}</ul>')


def _row(label: str, stories: Sequence[str], matrix: StoryMatrix, otherwise: str) -> str:
    numbers = "".join(
        f'<span class="number{" best" if place == 0 else ""}">{matrix.number(one)}</span>'
        for place, one in enumerate(stories)
    )
    shown = f'<span class="numbers">{numbers}</span>' if numbers else f'<span class="none">{otherwise}</span>'
    return f"<li><span>{text(label)}</span>{shown}</li>"


def clock(seconds: float) -> str:
    """Seconds as minutes and seconds."""
    return f"{int(seconds // 60)}:{int(seconds % 60):02d}"
