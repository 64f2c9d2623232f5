"""A question as a card."""

from coach.domain.question import Question
from coach.ui.widgets.html import draw, text

KIND_LABELS = {
    "general": "General question",
    "behavioural": "Behavioural question",
    "situational": "Situational question",
}


def question_card(question: Question, *, alone: bool = False) -> None:
    """The question with its kind, its time and the competencies it asks for. ``alone``: it is the page's own heading."""
    tag = "h1" if alone else "p"
    tags = "".join(f"<li>{text(c.label)}</li>" for c in question.competencies)
    minutes = f"up to {question.time_limit_s / 60:.1f} minutes".replace(".0", "")
    draw(
        f'<div class="card"><p class="eyebrow">{KIND_LABELS[question.kind]} · {minutes}</p>'
        f'<{tag} class="question">{text(question.text)}</{tag}>'
        + (f'<ul class="tags">{tags}</ul>' if tags else "")
        + "</div>"
    )
