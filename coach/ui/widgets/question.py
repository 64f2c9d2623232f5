"""A question as a card."""

import streamlit as st

from coach.domain.question import Kind, Question
from coach.ui.widgets.html import aside, draw, text

_SETTINGS_SHOWN = 2  # more do not fit a line on a phone


def question_card(question: Question, *, alone: bool = False) -> None:
    """The question with its kind, its time and the competencies it asks for. ``alone``: it is the page's own heading."""
    tag = "h1" if alone else "p"
    tags = "".join(f"<li>{text(c.label)}</li>" for c in question.competencies)
    draw(
        f'<div class="card"><p class="eyebrow">{text(in_short(question))}</p>'
        f'<{tag} class="question">{text(question.text)}</{tag}>'
        + (f'<ul class="tags">{tags}</ul>' if tags else "")
        + "</div>"
    )


def in_short(question: Question) -> str:
    """Kind, difficulty, settings and time of a question in a line."""
    minutes = f"up to {question.time_limit_s / 60:.1f} minutes".replace(".0", "")
    kind = f"{kind_label(question.kind)} question"
    settings = [setting.label for setting in question.settings[:_SETTINGS_SHOWN]]
    if more := len(question.settings[_SETTINGS_SHOWN:]):
        settings.append(f"and {more} more")
    return " · ".join([kind, question.difficulty.label, *settings, minutes])


def kind_label(kind: Kind) -> str:
    """How a kind of question is called on a page."""
    return kind.capitalize()


def model_answer(words: str) -> None:
    """An invented answer, folded away, to learn from and not to recite; nothing where there is none to show."""
    if words:
        with st.expander("How a strong answer could sound"):
            aside("Invented", "One way among many. Take from it how it is built, and tell a case of your own.")
            draw("".join(f"<p>{text(part)}</p>" for part in words.strip().split("\n\n")))
