"""Choosing a question: go on with what was left open, take the one suggested, or look for another."""

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import streamlit as st

from coach.domain.answer import AnswerKind
from coach.domain.question import Competency, Difficulty, Kind, Question, Setting
from coach.practice import Practice
from coach.ui import session
from coach.ui.resources import candidate, services
from coach.ui.widgets.deletion import delete_button, delete_question
from coach.ui.widgets.question import in_short, kind_label, question_card
from coach.ui.widgets.stories import story_that_fits

T = TypeVar("T")


_SEARCH = "search"
_FILTERS = ("Kind", "Difficulty", "Setting", "Competency", "Pack")


class _Found(NamedTuple):
    """The questions that fit what is being looked for, and the filters and words that narrow them down."""

    questions: tuple[Question, ...]
    by: tuple[str, ...]

    @property
    def counted(self) -> str:
        """How many there are, and by what they were chosen."""
        count = len(self.questions)
        return " · ".join([f"{count} question{'' if count == 1 else 's'}", *self.by])


def choose(practice: Practice, who: str) -> None:
    """Draw the choice."""
    st.title("Practise a question")
    _unfinished(practice, who)
    found = _look(practice)
    key = session.question_key()
    question = practice.bank.find_key(key) if key else None
    if question is None and (found.by or session.browsing()):
        _list(practice, who, found)
        return
    if question is None:
        question = practice.suggest(who, _for_the_job(practice, who))
        session.offer_question(question.key)
    _offer(practice, who, question, found)


# ── one question ──────────────────────────────────────────────────────────────────────────────────────────────────


def _offer(practice: Practice, who: str, question: Question, found: _Found) -> None:
    question_card(question)
    story_that_fits(question, who)
    with st.container(horizontal=True):
        st.button(
            "Answer by voice",
            type="primary",
            icon=":material/mic:",
            on_click=begin,
            args=(question, AnswerKind.SPOKEN),
        )
        st.button("Type the answer", icon=":material/keyboard:", on_click=begin, args=(question, AnswerKind.TYPED))
        st.button(
            "Another question",
            icon=":material/shuffle:",
            type="tertiary",
            on_click=_suggest,
            args=(practice, who, found.questions),
        )
        st.button(
            f"Back to {found.counted}" if found.by else f"All {len(practice.bank.questions)} questions",
            icon=":material/list:",
            type="tertiary",
            on_click=session.browse,
        )
    with st.expander("What this question looks for"):
        st.markdown("\n".join(f"- {area.text}" for area in question.areas))
        for label, words in (("Weak", question.weak), ("Good", question.good), ("Excellent", question.excellent)):
            st.markdown(f"**{label}.** {words}")


def _for_the_job(practice: Practice, who: str) -> Sequence[Question]:
    """The questions to propose from: those that a job that leads may ask and that show what it asks for; all where none leads."""
    aim = services().tailoring.aim(who)
    fitting = [one for one in practice.bank.questions if aim and aim.may_ask(one) and aim.asks_for(one)]
    return fitting or practice.bank.questions


def _suggest(practice: Practice, who: str, among: Sequence[Question]) -> None:
    session.offer_question(practice.suggest(who, among or _for_the_job(practice, who)).key)


def begin(question: Question, kind: AnswerKind) -> None:
    """Start answering a question, in this tab."""
    attempt = services().practice.begin(candidate(), question, kind)
    session.offer_question(None)
    session.open_attempt(attempt.id)


# ── finding one ───────────────────────────────────────────────────────────────────────────────────────────────────


def _look(practice: Practice) -> _Found:
    """The search field and the filters; what fits them."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        words = st.text_input(
            "Find a question",
            placeholder="Words such as appeal, discharge or family",
            icon=":material/search:",
            type="search",
            live=True,
            on_change=session.browse,
            key=_SEARCH,
            persist_state="session",
        )
        filters = st.popover("Filter", icon=":material/tune:")
    packs = {pack.name: pack.title for pack in practice.bank.packs}
    by: list[str] = []
    with filters:
        kind = _filter("Kind", list(Kind), kind_label, by)
        difficulty = _filter("Difficulty", list(Difficulty), lambda d: d.label, by)
        setting = _filter("Setting", list(Setting), lambda s: s.label, by)
        competency = _filter("Competency", list(Competency), lambda c: c.label, by)
        pack = _filter("Pack", list(packs), packs.__getitem__, by)
    if words and words.strip():
        by.append(f"“{words.strip()}”")
    questions = practice.bank.find(
        kind, competency, setting=setting, difficulty=difficulty, pack=pack, words=words or ""
    )
    return _Found(questions, tuple(by))


def _filter(label: str, options: list[T], name: Callable[[T], str], by: list[str]) -> T | None:
    """A filter; what is chosen in it, whose name is added to ``by``."""
    chosen = st.selectbox(
        label,
        options,
        index=None,
        format_func=name,
        placeholder="Any",
        on_change=session.browse,
        key=label,
        persist_state="session",
    )
    if chosen is not None:
        by.append(name(chosen))
    return chosen


def _list(practice: Practice, who: str, found: _Found) -> None:
    """What fits, pack by pack: what fits best first, or the largest pack; a tick marks what was answered before."""
    if not found.questions:
        st.info("No question fits all of this. Take a word or a filter away.", icon=":material/search_off:")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{found.counted}**")
        if found.questions:
            st.button(
                "Pick one for me",
                icon=":material/shuffle:",
                type="tertiary",
                on_click=_suggest,
                args=(practice, who, found.questions),
            )
        if found.by:
            st.button("Clear all", icon=":material/close:", type="tertiary", on_click=_clear)
    answered = practice.answered(who)
    groups = practice.bank.by_pack(found.questions)
    if not found.by:
        groups.sort(key=lambda group: -len(group[1]))
    for pack, inside in groups:
        with st.expander(f"{pack.title} · {len(inside)}", expanded=bool(found.by)):
            st.markdown(f":small[{pack.description}]")
            for question in inside:
                _row(question, done=question.key in answered)


def _row(question: Question, *, done: bool) -> None:
    st.button(
        f"{question.text} :small[{in_short(question)}]",
        key=f"ask-{question.key}",
        icon=":material/check_circle:" if done else ":material/chevron_right:",
        help="You have answered this one before" if done else None,
        type="tertiary",
        on_click=session.offer_question,
        args=(question.key,),
    )


def _clear() -> None:
    session.empty_fields(_SEARCH, *_FILTERS)
    session.browse()


# ── what was left open ────────────────────────────────────────────────────────────────────────────────────────────


def _unfinished(practice: Practice, who: str) -> None:
    open_ones = practice.unfinished(who)
    if not open_ones:
        return
    newest = open_ones[0]
    with st.container(border=True, horizontal=True, vertical_alignment="center"):
        st.markdown(f"**You have an answer in progress.** {newest.question_text}")
        st.button("Go on with it", on_click=session.open_attempt, args=(newest.id,), type="primary")
        delete_button(newest, "Discard")
    delete_question(practice, newest, who)
