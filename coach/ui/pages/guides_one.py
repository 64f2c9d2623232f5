"""One guide: built, read as an interviewer reads it, printed, handed on, put to use, put away."""

from functools import partial

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.guide import Guide
from coach.domain.people import Person
from coach.recordings import utc_now
from coach.ui import session
from coach.ui.pages.guides_form import GuideForm
from coach.ui.resources import services
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.guide import preview
from coach.ui.widgets.html import aside
from coach.ui.widgets.telling import done

_PARTS = ("Build", "Read")


def show(who: Person, guide: Guide, interview: Page | None, assign: Page | None) -> None:
    """Draw a guide and all one can do with it."""
    st.button("All guides", icon=":material/arrow_back:", type="tertiary", on_click=session.go, kwargs={"guide": None})
    st.title(guide.called)
    if guide.archived_at:
        aside(
            "Archived", f"On {guide.archived_at.astimezone():%d %B %Y}. What was assigned by it stays as it was given."
        )
    mine = guide.owner == who.id
    if not mine:
        aside("Shown to you", "Another coach of a cohort of yours keeps this guide. Duplicate it to change it.")
    _uses(who, guide, interview, assign)
    begun = bool(guide.questions)
    part = _PARTS[1]
    if mine and not guide.archived_at:
        part = st.segmented_control(
            "Part of this page", _PARTS, default=_PARTS[0], required=True, label_visibility="collapsed"
        )
    if part == _PARTS[0]:
        GuideForm(who, guide).draw()
    elif begun:
        preview(guide)
    else:
        st.info("No question yet: add the first under Build.", icon=":material/info:")
    if mine:
        _show_to(who, guide)
        _put_away(who, guide)


def _uses(who: Person, guide: Guide, interview: Page | None, assign: Page | None) -> None:
    ready = bool(guide.questions)
    with st.container(horizontal=True):
        if interview and st.button(
            "Interview by it",
            type="primary",
            icon=":material/timer:",
            disabled=not ready,
            help="Here, against the clock",
        ):
            st.switch_page(interview, query_params={"guide": guide.id})
        if assign and st.button("Assign", icon=":material/assignment:", disabled=not ready):
            st.switch_page(assign, query_params={"guide": guide.id})
        st.download_button(
            "Print (PDF)",
            partial(_pdf, guide),
            "interview-guide.pdf",
            "application/pdf",
            icon=":material/print:",
            on_click="ignore",
            disabled=not ready,
        )
        st.download_button(
            "Hand on (file)",
            partial(services().guides.as_toml, who, guide.id),
            "interview-guide.toml",
            "text/plain",
            icon=":material/download:",
            on_click="ignore",
            disabled=not ready,
            help="Another coach imports it under Guides, here or elsewhere",
        )
        st.button("Duplicate", icon=":material/content_copy:", on_click=_duplicate, args=(who, guide))


def _pdf(guide: Guide) -> bytes:
    from coach.assigning.sheet import guide_sheet  # noqa: PLC0415  # only who prints needs it

    parts = services()
    return guide_sheet(guide, parts.guides.questions(guide), parts.practice.rubric, utc_now())


def _show_to(who: Person, guide: Guide) -> None:
    cohorts = (
        {one.id: one.name for one in services().cohorts.all_of(who) if not one.archived_at}
        if services().cohorts.may_coach(who)
        else {}
    )
    if not cohorts:
        return
    key = f"show-{guide.id}"
    st.multiselect(
        "Show it to the coaches of",
        list(cohorts),
        [one for one in guide.cohorts if one in cohorts],
        format_func=cohorts.__getitem__,
        placeholder="Nobody but you",
        key=key,
        help="They read it, print it, interview by it, copy it and assign it. Only you change it.",
        on_change=_show,
        args=(who, guide, key),
    )


def _put_away(who: Person, guide: Guide) -> None:
    archived, deleting = guide.archived_at is not None, f"delete-guide-{guide.id}"
    with st.container(horizontal=True):
        st.button(
            "Take it out again" if archived else "Archive",
            icon=":material/unarchive:" if archived else ":material/archive:",
            on_click=_archive,
            args=(who, guide),
            kwargs={"on": not archived},
        )
        if not services().guides.in_use(guide):
            asks("Delete", deleting)
    confirm(
        deleting,
        "**Delete this guide?** It goes for good. Its questions stay in the bank.",
        "Delete it",
        _delete,
        who,
        guide,
    )


# ── callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _duplicate(who: Person, guide: Guide) -> None:
    done(lambda: session.go(guide=services().guides.duplicate(who, guide.id).id))


def _show(who: Person, guide: Guide, key: str) -> None:
    done(lambda: services().guides.show(who, guide.id, session.chosen(key) or ()))


def _archive(who: Person, guide: Guide, *, on: bool) -> None:
    done(lambda: services().guides.archive(who, guide.id, on=on))


def _delete(who: Person, guide: Guide) -> None:
    if done(lambda: services().guides.delete(who, guide.id)):
        session.go(guide=None)
