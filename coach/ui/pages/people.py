"""People: for administrators, who is here and what they may do."""

import streamlit as st

from coach.domain.people import Issuer, Person, Role
from coach.errors import CoachError
from coach.ui import session, signed_in
from coach.ui.resources import services
from coach.ui.widgets import keeping
from coach.ui.widgets.html import aside, draw, text

_ROLES = {Role.CANDIDATE: "Candidate", Role.COACH: "Coach", Role.ADMINISTRATOR: "Administrator"}


def page() -> None:
    """Everybody, with their role; a link to set a password; somebody new."""
    who = signed_in.person()
    services().people.all(who)  # says "not found" before anything is drawn
    st.title("People")
    aside(
        "What you see here",
        "Names, addresses and roles. Nobody’s answers: those are shared by their owners, with their own coaches.",
    )
    with st.expander("How long things are kept here"):
        keeping.for_everybody(who)
    if services().settings.accounts:
        with st.expander("Add somebody who signs in with a password"):
            _new(who)
    wanted = st.text_input("Find by name or address", placeholder="All").strip().lower()
    for one in services().people.all(who):
        if wanted in f"{one.name} {one.email}".lower():
            _row(who, one)


def _row(who: Person, one: Person) -> None:
    with st.container(border=True):
        left, right = st.columns([3, 2], vertical_alignment="center")
        known = "password" if one.issuer == Issuer.ACCOUNT else one.issuer
        with left:
            draw(
                f'<p style="margin:0;font-weight:600">{text(one.name)}{"" if one.active else " (shut out)"}</p>'
                f'<p class="eyebrow link" style="margin:0">{text(one.email or "no address")} · signs in with {text(known)}</p>'
            )
        if one.id == who.id:
            right.markdown(f"{_ROLES[one.role]} (you)")
            return
        key = f"role-{one.id}"
        right.selectbox(
            f"Role of {one.name}",
            list(Role),
            index=list(Role).index(one.role),
            format_func=_ROLES.__getitem__,
            key=key,
            label_visibility="collapsed",
            on_change=_set_role,
            args=(who, one.id, key),
        )
        with st.container(horizontal=True):
            st.button(
                "Shut out" if one.active else "Let in again",
                key=f"active-{one.id}",
                type="tertiary",
                on_click=services().people.set_active,
                args=(who, one.id),
                kwargs={"active": not one.active},
            )
            if one.issuer == Issuer.ACCOUNT and st.button(
                "Link for a new password", key=f"link-{one.id}", type="tertiary"
            ):
                _show_link(services().accounts.new_link(who, one.id))


def _set_role(who: Person, person_id: str, key: str) -> None:
    services().people.set_role(who, person_id, Role(session.chosen(key)))


def _show_link(secret: str) -> None:
    st.code(f"{signed_in.base_url()}/account/password/{secret}", language=None, wrap_lines=True)
    st.markdown("It works once, for three days. Give it to them yourself: no mail is sent from here.")


def _new(who: Person) -> None:
    with st.form("new-person", border=False):
        email = st.text_input("E-mail", max_chars=254)
        name = st.text_input("Name", max_chars=200)
        role = st.selectbox("Role", list(Role), format_func=_ROLES.__getitem__)
        if not st.form_submit_button("Add"):
            return
    try:
        added = services().people.add_account(who, email, name, role or Role.CANDIDATE)
    except CoachError as error:
        st.error(str(error))
        return
    st.success(f"{added.name} is added. With this link they set their password:")
    _show_link(services().accounts.first_link(added))
