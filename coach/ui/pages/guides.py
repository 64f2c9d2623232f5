"""Guides: interview guides of one's own and those other coaches show, to build, print, hand on and interview by."""

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.guide import Guide
from coach.domain.people import Person
from coach.errors import BankError, NotFoundError
from coach.ui import session, signed_in
from coach.ui.pages import guides_one
from coach.ui.resources import services
from coach.ui.widgets.html import clear_below, draw, empty, text
from coach.ui.widgets.shelves import shelf
from coach.ui.widgets.telling import done

_IMPORTING = "import-guide"
_SHELVES = ("At work", "Archived")


def page(interview: Page | None = None, assign: Page | None = None) -> None:
    """The guide in the address, otherwise all. ``interview`` and ``assign`` are the pages where one is put to use."""
    who, ident = signed_in.person(), session.place("guide")
    if ident:
        try:
            guides_one.show(who, services().guides.get(who, ident), interview, assign)
        except NotFoundError as error:
            st.warning(str(error))
            st.button("All guides", on_click=session.go, kwargs={"guide": None}, type="primary")
        clear_below()
        return
    _all(who)
    clear_below()


def _all(who: Person) -> None:
    st.title("Guides")
    st.markdown(
        "An interview guide says what is asked, in which order, with which follow-ups, and what to listen for. "
        "Interview by it here, print it for an interview across a table, or give it to students."
    )
    with st.container(horizontal=True):
        st.button("New guide", type="primary", icon=":material/add:", on_click=_begin, args=(who,))
        st.button("Import", icon=":material/upload:", on_click=session.ask, args=(_IMPORTING,), kwargs={"on": True})
    if session.asking(_IMPORTING):
        _import(who)
    found = services().guides.all_of(who)
    if not found:
        empty("No guide yet", "Begin one: give it a name, then choose questions from the bank.")
        return
    shelves = {name: [one for one in found if bool(one.archived_at) is (name == _SHELVES[1])] for name in _SHELVES}
    for one in shelves[shelf(shelves, str)]:
        _row(who, one)


def _row(who: Person, one: Guide) -> None:
    count = len(one.questions)
    facts = [one.place, f"{count} question{'' if count == 1 else 's'}"]
    facts.append(f"up to {one.minutes} min" if one.minutes else "")
    if one.owner != who.id:
        facts.append("shown by another coach")
    elif one.cohorts:
        facts.append("shown to coaches of your cohorts")
    if one.demo:
        facts.append("demo")
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            draw(
                f'<h3>{text(one.called)}</h3><p class="eyebrow" style="margin:0.2rem 0 0">{text(" · ".join(filter(None, facts)))}</p>'
            )
        right.button("Open", key=f"guide-{one.id}", width="stretch", on_click=session.go, kwargs={"guide": one.id})


def _import(who: Person) -> None:
    with st.container(border=True):
        st.subheader("Import a guide")
        st.markdown("A file that another coach exported under Guides (TOML). Questions you do not have come with it.")
        uploaded = st.file_uploader("The file", type=["toml"], max_upload_size=1)
        st.button("Close", type="tertiary", on_click=session.ask, args=(_IMPORTING,), kwargs={"on": False})
        if uploaded is None:
            return
        try:
            file = services().guides.read(uploaded.getvalue())
        except BankError as error:
            st.error(str(error), icon=":material/error:")
            return
        count, new = len(file.questions), len(file.new)
        st.markdown(
            f"**This file would bring** a guide with {count} question{'' if count == 1 else 's'}, {new or 'none'} of them new here."
        )
        rows = "".join(f"<li>{text(one.text)}</li>" for one in file.questions)
        draw(f'<ol class="notes">{rows}</ol>')
        st.button("Import this guide", type="primary", on_click=_bring_in, args=(who, uploaded.getvalue()))


# ── callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _begin(who: Person) -> None:
    session.go(guide=services().guides.begin(who).id)


def _bring_in(who: Person, body: bytes) -> None:
    def bring_in() -> None:
        guides = services().guides
        session.go(guide=guides.bring_in(who, guides.read(body)).id)
        session.ask(_IMPORTING, on=False)

    done(bring_in)
