"""One cohort: its students and what they share, how to join, invitations, coaches, archiving."""

from datetime import datetime

import streamlit as st

from coach.domain.people import Cohort, Membership, Person
from coach.errors import CoachError
from coach.people import invitations
from coach.ui import session, signed_in
from coach.ui.pages import cohort_dashboard
from coach.ui.resources import services
from coach.ui.widgets import sharing as words
from coach.ui.widgets.html import aside, draw, empty, text
from coach.ui.widgets.table import rows

_PARTS = ("Dashboard", "Students and joining")


def page(who: Person, cohort_id: str) -> None:
    """Everything about a cohort. Raises NotFoundError where it is none of theirs."""
    one = services().cohorts.get(who, cohort_id)
    st.button(
        "All cohorts", icon=":material/arrow_back:", type="tertiary", on_click=session.go, kwargs={"cohort": None}
    )
    st.title(one.name)
    if one.archived_at:
        st.info(
            f"Archived on {one.archived_at.astimezone():%d %B %Y}: nobody joins, and nothing of its students is seen here."
        )
    if _shows_numbers(who, one):
        begun = services().cohorts.size(who, one.id)[0] > 0  # a cohort begins with students to come
        part = st.segmented_control(
            "Part of this page",
            _PARTS,
            default=_PARTS[0] if begun else _PARTS[1],
            required=True,
            label_visibility="collapsed",
        )
        if part == _PARTS[0]:
            cohort_dashboard.page(who, one)
            return
    _students(who, one)
    if not one.archived_at:
        _join(who, one)
        _invite(who, one)
    _coaches(who, one)
    _rest(who, one)


def _shows_numbers(who: Person, one: Cohort) -> bool:
    """Numbers are for the coaches of an open cohort; an administrator sees the rest."""
    return not one.archived_at and any(coach.id == who.id for coach in services().cohorts.coaches(who, one.id))


def _students(who: Person, one: Cohort) -> None:
    st.subheader("Students")
    members = services().cohorts.members(who, one.id)
    if not members:
        empty("Nobody has joined yet", "Give your students the code or the link below, or invite them from a table.")
    activity = services().coaching.activity(who, one.id)
    for member in members:
        count, latest = activity.get(member.person.id, (0, None))
        _student(member, count, latest)


def _student(member: Membership, count: int, latest: datetime | None) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        when = f" · latest {latest.astimezone():%d %b}" if latest else ""
        with left:
            draw(
                f'<p style="margin:0;font-weight:600">{text(member.person.name)}</p>'
                f'<p class="eyebrow" style="margin:0.1rem 0 0">Shares: {words.name(member.sharing).lower()} · '
                f"{count} answer{'' if count == 1 else 's'} to see{when}</p>"
            )
        right.button(
            "Open",
            key=f"student-{member.person.id}",
            width="stretch",
            on_click=session.go,
            kwargs={"student": member.person.id},
        )


def _join(who: Person, one: Cohort) -> None:
    st.subheader("How students join")
    link = f"{signed_in.base_url()}/join/{one.join_code}"
    draw(
        f'<div class="card"><p class="eyebrow">Code</p><p class="code">{one.join_code[:4]}-{one.join_code[4:]}</p>'
        f'<p class="eyebrow" style="margin-top:0.8rem">Link</p><p class="link">{text(link)}</p></div>',
        "people",
    )
    st.button(
        "Make a new code",
        icon=":material/autorenew:",
        type="tertiary",
        on_click=_renew,
        args=(who, one.id),
        help="The code and the link above stop working. Students who have joined stay.",
    )


def _renew(who: Person, cohort_id: str) -> None:
    services().cohorts.renew_code(who, cohort_id)


def _invite(who: Person, one: Cohort) -> None:
    with st.expander("Invite from a table (CSV)"):
        st.markdown(
            "A file with an e-mail address a row, and a name beside it if you like. No mail is sent from here: you get the table back "
            "with a link of their own for each, to send as you are used to. Each link works once, for a month."
        )
        file = st.file_uploader("Table of addresses", type=["csv", "txt"], key=f"table-{one.id}")
        if file is None:
            return
        preview = invitations.read(file.getvalue())
        if preview.faults:
            st.warning(
                f"{len(preview.faults)} row{'s' if len(preview.faults) > 1 else ''} cannot be used; the others can."
            )
            rows(("Row", "Why"), ((str(fault.row), fault.why) for fault in preview.faults))
        if not preview.invited:
            return
        rows(("E-mail", "Name"), ((person.email, person.name) for person in preview.invited))
        count = len(preview.invited)
        if st.button(f"Make {count} invitation{'s' if count > 1 else ''}", type="primary", key=f"invite-{one.id}"):
            made = services().cohorts.invite(who, one.id, preview.invited)
            base = signed_in.base_url()
            table = invitations.written((invitation, f"{base}/join/{secret}") for invitation, secret in made)
            st.success("Download the table now: the links are told this once.")
            st.download_button(
                "Download the invitations",
                table,
                "invitations.csv",
                "text/csv",
                icon=":material/download:",
                on_click="ignore",
            )
    sent = services().cohorts.invitations(who, one.id)
    if sent:
        with st.expander(f"Invitations ({sum(i.used_at is not None for i in sent)} of {len(sent)} used)"):
            rows(
                ("E-mail", "Name", "State"),
                (
                    (
                        i.email,
                        i.name,
                        f"joined {i.used_at:%d %b %Y}" if i.used_at else f"valid until {i.expires_at:%d %b %Y}",
                    )
                    for i in sent
                ),
            )


def _coaches(who: Person, one: Cohort) -> None:
    st.subheader("Coaches")
    coaches = services().cohorts.coaches(who, one.id)
    for coach in coaches:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"{coach.name}{' (you)' if coach.id == who.id else ''}")
            if len(coaches) > 1:
                st.button(
                    "Remove",
                    key=f"uncoach-{coach.id}",
                    type="tertiary",
                    on_click=_remove_coach,
                    args=(who, one.id, coach.id),
                )
    if not services().people.hosted:
        aside("More coaches", "Where several people sign in, a cohort can have several coaches.")
        return
    with st.form("co-coach", clear_on_submit=True, border=False):
        email = st.text_input("Add a coach by e-mail", max_chars=254)
        if st.form_submit_button("Add"):
            try:
                services().cohorts.add_coach(who, one.id, email)
            except CoachError as error:
                st.error(str(error))
            else:
                st.rerun()


def _remove_coach(who: Person, cohort_id: str, coach: str) -> None:
    services().cohorts.remove_coach(who, cohort_id, coach)
    if coach == who.id:
        session.go(cohort=None)


def _rest(who: Person, one: Cohort) -> None:
    st.subheader("The cohort itself")
    cohorts = services().cohorts
    with st.form("rename", border=False):
        name = st.text_input("Name", value=one.name, max_chars=200)
        if st.form_submit_button("Rename"):
            cohorts.rename(who, one.id, name)
            st.rerun()
    with st.container(horizontal=True):
        if one.archived_at:
            st.button("Open it again", icon=":material/unarchive:", on_click=cohorts.reopen, args=(who, one.id))
            st.button(
                "Delete it for good", icon=":material/delete:", type="tertiary", on_click=_delete, args=(who, one.id)
            )
        else:
            st.button(
                "Archive",
                icon=":material/archive:",
                on_click=cohorts.archive,
                args=(who, one.id),
                help="Nobody joins, and nothing of its students is seen until you open it again. It can then be deleted.",
            )


def _delete(who: Person, cohort_id: str) -> None:
    services().cohorts.delete(who, cohort_id)
    session.go(cohort=None)
