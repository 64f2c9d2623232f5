"""Questions: what was made in the app, to write, import, export, publish and retire."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from coach.bank.authoring import Authoring
from coach.bank.shelf import OWN_PACK
from coach.domain.authored import Authored, Draft, Origin, Standing
from coach.errors import NotFoundError
from coach.ui import session
from coach.ui.pages import questions_edit, questions_import
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import clear_below, draw, empty, text
from coach.ui.widgets.question import in_short
from coach.ui.widgets.shelves import shelf
from coach.ui.widgets.telling import done

_SHELVES = {Standing.DRAFT: "Drafts", Standing.PUBLISHED: "Published", Standing.RETIRED: "Retired"}
_ORIGINS = {Origin.IMPORTED: "imported", Origin.GENERATED: "generated"}
_IMPORTING = "import-questions"
_FEW, _SHOWN = 12, 60  # questions: so many need no search; so many are drawn at once


def page() -> None:
    """The question in the address if there is one, otherwise all of them."""
    authoring, ident = services().authoring, session.edited_question()
    if ident:
        try:
            questions_edit.show(authoring, authoring.get(ident))
        except NotFoundError as error:
            st.warning(str(error))
            st.button("All questions", on_click=session.edit_question, args=(None,), type="primary")
        return
    _all(authoring)
    clear_below()


def _all(authoring: Authoring) -> None:
    st.title("Questions")
    st.markdown(
        "Write questions of your own. What you publish is offered beside the program’s; drafts are seen by nobody who practises."
    )
    made = authoring.all_of()
    _tools(authoring, made)
    if session.asking(_IMPORTING):
        questions_import.show(authoring, _IMPORTING)
    if not made:
        empty(
            "No questions of your own yet", "Write one, begin from a question of the program, or import a spreadsheet."
        )
        return
    shelves = {standing: [one for one in made if one.standing is standing] for standing in Standing}
    shown = shelf(shelves, _SHELVES.__getitem__)
    if shown is Standing.DRAFT:
        _publish_all(authoring)
    found = _found(shelves[shown])
    for one in found[:_SHOWN]:
        _row(authoring, one)
    if len(found) > _SHOWN:
        st.caption(f"and {len(found) - _SHOWN} more: find one by its words.")


def _tools(authoring: Authoring, made: tuple[Authored, ...]) -> None:
    with st.container(horizontal=True):
        st.button("New question", type="primary", icon=":material/add:", on_click=_begin, args=(authoring, None))
        with st.popover("Begin from another", icon=":material/content_copy:"):
            chosen = st.selectbox(
                "A question to copy",
                [q for pack in authoring.bank.packs if pack.file != OWN_PACK for q in pack.questions],
                index=None,
                format_func=lambda q: q.text,
                placeholder="Type words of it",
            )
            if chosen:
                st.button("Copy it into a draft", on_click=_begin, args=(authoring, Draft.of(chosen)))
        st.button("Import", icon=":material/upload:", on_click=session.ask, args=(_IMPORTING,), kwargs={"on": True})
        if made:
            with st.popover("Export", icon=":material/download:"):
                st.download_button(
                    "Spreadsheet (CSV), with drafts", authoring.as_csv, "questions.csv", "text/csv", on_click="ignore"
                )
                if any(one.standing is Standing.PUBLISHED for one in made):
                    st.download_button(
                        "Pack (TOML), published only",
                        authoring.as_toml,
                        "questions.toml",
                        "text/plain",
                        on_click="ignore",
                    )


def _found(group: list[Authored]) -> list[Authored]:
    """Those that hold all words looked for; where there are few, nobody needs to look."""
    if len(group) <= _FEW:
        return group
    words = (st.text_input("Find", type="search", icon=":material/search:", live=True) or "").lower().split()
    return [one for one in group if all(word in f"{one.words.text} {one.key}".lower() for word in words)]


def _publish_all(authoring: Authoring) -> None:
    ready = authoring.complete()
    if len(ready) > 1:
        st.button(
            f"Publish the {len(ready)} that are complete",
            icon=":material/publish:",
            on_click=_publish,
            args=(authoring, ready),
        )


def _row(authoring: Authoring, one: Authored) -> None:
    words = one.words
    facts = [f"changed {one.changed_at.astimezone():%d %b %Y, %H:%M}"]
    if one.question:
        facts = [in_short(one.question), f"version {one.question.version}", *facts]
    if one.question and one.draft:
        facts.append("a next version is being written")
    if one.origin in _ORIGINS:
        facts.insert(0, _ORIGINS[one.origin])
    with st.container(border=True):
        left, right = st.columns([4, 1], vertical_alignment="center")
        with left:
            draw(
                f'<p class="eyebrow">{text(" · ".join(facts))}</p>'
                f'<p style="margin:0;font-weight:600">{text(words.text) or "<em>No words yet</em>"}</p>'
            )
        right.button("Open", key=f"edit-{one.id}", width="stretch", on_click=session.edit_question, args=(one.id,))
        if one.standing is Standing.RETIRED:
            right.button(
                "Bring back",
                key=f"back-{one.id}",
                width="stretch",
                on_click=questions_edit.bring_back,
                args=(authoring, one),
            )


def _begin(authoring: Authoring, draft: Draft | None) -> None:
    session.edit_question(authoring.begin(candidate(), draft).id)


def _publish(authoring: Authoring, ready: Sequence[Authored]) -> None:
    for one in ready:
        done(
            partial(authoring.publish, one.id)
        )  # one that was changed or taken meanwhile is told; the others are published
