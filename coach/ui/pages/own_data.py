"""My data: who one is here, everything to take away, everything deleted, and the way out."""

import streamlit as st

from coach.belongings import DELETE_WORD
from coach.domain.people import Issuer, Person, Role
from coach.errors import CoachError
from coach.ui import session, signed_in
from coach.ui.resources import EXPORT, services, token
from coach.ui.widgets import keeping
from coach.ui.widgets.html import draw

_ROLES = {
    Role.CANDIDATE: "You practise here.",
    Role.COACH: "You coach here.",
    Role.ADMINISTRATOR: "You look after people here.",
}


def page() -> None:
    """What is kept of whoever uses this session."""
    who = signed_in.person()
    st.title("My data")
    if services().people.hosted:
        _who(who)
    keeping.kept(who)
    st.subheader("Take everything with you")
    st.markdown(
        "One file with every answer, its words, ratings and their evidence, your recordings as far as they are kept, "
        "your interviews, stories, drills, jobs and guides, what coaches gave you to do, "
        "what you share, and who looked at it."
    )
    draw(
        f'<p class="ways"><a href="/api/export.zip?token={token(EXPORT, who.id)}" download>Download everything (zip)</a></p>'
    )
    st.subheader("Delete everything")
    st.markdown(
        "Every answer, recording, rating, interview, story, drill, job and guide of yours goes for good, from the disk, too; "
        "you leave your cohorts, and nobody sees "
        "anything of you any more. Take your data with you first, if you want to keep it."
    )
    if not session.asking("delete-all"):
        st.button(
            "Delete everything …",
            icon=":material/delete:",
            on_click=session.ask,
            args=("delete-all",),
            kwargs={"on": True},
        )
        return
    with st.form("delete-all", border=True):
        typed = st.text_input(f"Type “{DELETE_WORD}” to delete everything for good", max_chars=20)
        if st.form_submit_button("Delete everything for good", type="primary"):
            _delete(who, typed)
    st.button("Keep everything", on_click=session.ask, args=("delete-all",), kwargs={"on": False})


def _who(who: Person) -> None:
    st.markdown(f"{_ROLES[who.role]} {f'You are known by {who.email}.' if who.email else ''}")
    with st.form("name", border=False):
        name = st.text_input("Your name, as your coach sees it", value=who.name, max_chars=200)
        if st.form_submit_button("Save"):
            services().people.rename(who, name)
            st.rerun()
    with st.container(horizontal=True):
        if st.button("Sign out", icon=":material/logout:"):
            signed_in.sign_out()
            st.rerun()
        if st.button("Sign out everywhere", type="tertiary"):
            services().people.sign_out_everywhere(who)
            signed_in.sign_out()
            st.rerun()


def _delete(who: Person, typed: str) -> None:
    try:
        services().belongings.delete(who, typed)
    except CoachError as error:
        st.error(str(error))
        return
    session.ask("delete-all", on=False)
    if who.issuer != Issuer.LOCAL:
        signed_in.sign_out()
    st.success("Everything of yours is deleted.")
    st.stop()
