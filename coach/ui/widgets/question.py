"""A question as a card."""

from coach.domain.question import Question
from coach.ui.widgets.html import draw, text

KIND_LABELS = {
    "general": "General question",
    "behavioural": "Behavioural question",
    "situational": "Situational question",
}


def question_card(question: Question) -> None:
    """The question with its kind, its time and the competencies it asks for."""
    tags = "".join(f"<li>{text(c.label)}</li>" for c in question.competencies)
    minutes = f"{question.time_limit_s // 60}:{question.time_limit_s % 60:02d} minutes"
    draw(
        f'<div class="card"><p class="eyebrow">{KIND_LABELS[question.kind]} · {minutes}</p>'
        f'<p class="question">{text(question.text)}</p>' + (f'<ul class="tags">{tags}</ul>' if tags else "") + "</div>"
    )
