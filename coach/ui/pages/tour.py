"""The first two minutes: what happens here, an invented answer with what comes of it, and then one's own."""

import streamlit as st

from coach.bank import DemoAnswer, load_demo_answers
from coach.domain.answer import AnswerKind
from coach.domain.question import Question
from coach.ui import session
from coach.ui.pages.choose import begin
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import aside, draw, text
from coach.ui.widgets.question import question_card
from coach.ui.widgets.ratings import change_card, rating_cards
from coach.ui.widgets.ribbon import ribbon

_STEP = "tour"
_SHOWN = "engage-reluctant-client"  # an answer that names somebody and blames her: there is something to see on every criterion
_HAPPENS = (
    (
        "You answer a real question",
        "aloud or in writing, as you would there. What you say is kept from the first word.",
    ),
    (
        "It is read against four written scales",
        "how the story is built, empathy, confidentiality, and a result one can count.",
    ),
    (
        "You read ratings, each with words of yours as its reason",
        "and one change to make first. Where too little was said, it says unrated.",
    ),
)


def invitation() -> None:
    """The way into the tour, for whoever has not answered anything yet."""
    st.button(
        "Show me first: two minutes",
        icon=":material/play_circle:",
        type="tertiary",
        on_click=session.go,
        kwargs={_STEP: "1"},
    )


def under_way() -> bool:
    """Whether somebody is on the tour."""
    return session.place(_STEP) is not None


def page() -> None:
    """The step one is at, from the address."""
    match session.place(_STEP):
        case "2":
            _example(_shown())
        case "3":
            _own()
        case _:
            _what_happens()


def _head(step: int, title: str) -> None:
    draw(f'<p class="eyebrow">Step {step} of 3</p>')
    st.title(title)


def _what_happens() -> None:
    _head(1, "How this works")
    items = "".join(f"<li><b>{text(what)},</b> {text(how)}</li>" for what, how in _HAPPENS)
    draw(f'<div class="card"><ol class="happens">{items}</ol></div>')
    _on("See an example", "2")


def _example(shown: DemoAnswer) -> None:
    practice = services().practice
    question = practice.bank.get(shown.question)
    _head(2, "What comes of an answer")
    question_card(question, alone=True)
    aside("An invented answer", "Read it as an interviewer would. It is rated here and now, and not kept.")
    place = st.container()
    with place, st.spinner("Reading it against the scales …", show_time=True):
        feedback = practice.by_checks(question, shown.text)
    ribbon(shown.text, feedback)
    if feedback.change:
        change_card(feedback.change)
    st.subheader("The four ratings")
    rating_cards(feedback, practice.rubric)
    _on("My turn", "3")


def _own() -> None:
    _head(3, "Now you")
    question = _first_question()
    aside(
        "One case that happened",
        "Where it was, what stood in the way, what you did, and what came of it. A minute is enough to begin with.",
    )
    question_card(question)
    with st.container(horizontal=True):
        for label, icon, kind in (
            ("Answer by voice", ":material/mic:", AnswerKind.SPOKEN),
            ("Type the answer", ":material/keyboard:", AnswerKind.TYPED),
        ):
            st.button(
                label,
                icon=icon,
                type="primary" if kind is AnswerKind.SPOKEN else "secondary",
                on_click=_begin,
                args=(question, kind),
            )
        _leave()


def _on(label: str, step: str) -> None:
    with st.container(horizontal=True):
        st.button(label, type="primary", icon=":material/arrow_forward:", on_click=session.go, kwargs={_STEP: step})
        _leave()


def _leave() -> None:
    st.button("Leave the tour", type="tertiary", on_click=session.go, kwargs={_STEP: None})


def _begin(question: Question, kind: AnswerKind) -> None:
    session.go(**{_STEP: None})
    begin(question, kind)


def _first_question() -> Question:
    """The same at each redraw, and on the page where it is answered."""
    practice = services().practice
    key = session.question_key()
    question = (practice.bank.find_key(key) if key else None) or practice.suggest(candidate())
    session.offer_question(question.key)
    return question


def _shown() -> DemoAnswer:
    return next(one for one in load_demo_answers() if one.question == _SHOWN)
