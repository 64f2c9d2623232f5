"""Checklist: the dates of interviews, and what is done and not done before each."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st
from streamlit.navigation.page import Page

from coach.domain.plan import LONGEST_POINT, Aim, Appointment, Details
from coach.errors import AnswerError
from coach.prepare.plan.checklist import Row
from coach.ui import session
from coach.ui.resources import candidate, services
from coach.ui.widgets.appointment import countdown, when
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import draw, plain, text
from coach.ui.widgets.setting import setting_box

_ONLINE = {False: "In person", True: "Online"}


def page(places: Mapping[str, Page]) -> None:
    """The next interview's checklist; others can be chosen. ``places`` are the pages that points lead to."""
    appointments, who = services().appointments, candidate()
    st.title("Checklist")
    ahead, past = appointments.ahead(who), appointments.past(who)
    if not ahead:
        draw(
            "<p>Add the day of your interview. You get a checklist that ticks itself where it can, and a week planned up to it.</p>",
            "aside",
        )
        _form("new", None, lambda details: appointments.add(who, details), services().tailoring.aim(who))
    chosen = _choose([*ahead, *past])
    if chosen:
        _show(chosen, places)
    if ahead:
        with st.expander("Add another interview", icon=":material/event:"):
            aim = services().tailoring.aim(who)
            _form(f"another-{len(ahead) + len(past)}", None, lambda details: appointments.add(who, details), aim)


def _choose(known: list[Appointment]) -> Appointment | None:
    if len(known) < 2:  # noqa: PLR2004  # nothing to choose between
        return known[0] if known else None
    by_id = {one.id: one for one in known}
    ident = st.selectbox("Interview", list(by_id), format_func=lambda one: f"{by_id[one].name} · {when(by_id[one])}")
    return by_id[ident]


def _show(appointment: Appointment, places: Mapping[str, Page]) -> None:
    rows = services().planner.checklist(appointment)
    countdown(appointment, services().appointments.today, sum(row.done for row in rows), len(rows))
    for title, wanted in (("Still to do", False), ("Done", True)):
        group = [row for row in rows if row.done is wanted]
        if group:
            st.subheader(f"{title} · {len(group)}")
            for row in group:
                _row(appointment, row, places)
    _add_point(appointment)
    with st.expander("Change the date or the place", icon=":material/edit:"):
        _form(appointment.id, appointment.details, lambda new: services().appointments.correct(appointment, new))
        _delete(appointment)


def _row(appointment: Appointment, row: Row, places: Mapping[str, Page]) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        with st.container():
            if row.seen:
                draw(f'<p><b aria-hidden="true">✓</b> {text(row.text)}</p>', "seen")
            else:
                st.checkbox(
                    plain(row.text),
                    value=row.ticked,
                    key=f"tick-{appointment.id}-{row.id}-{row.ticked}",
                    on_change=_tick,
                    args=(appointment, row),
                )
            fact = f"{row.fact[:1].upper()}{row.fact[1:]}." if row.fact else ""
            fact = f"Seen here: {row.fact}." if row.seen else fact
            words = fact if row.done else f"{fact} {row.why}".strip()
            if words:
                draw(f"<p>{text(words)}</p>", "aside point")
        if not row.done and row.page in places and st.button("Do it", key=f"do-{row.id}"):
            st.switch_page(places[row.page])
        if row.own:
            st.button(
                "Remove",
                key=f"remove-{row.id}",
                type="tertiary",
                icon=":material/close:",
                on_click=_remove,
                args=(appointment, row.id),
            )


def _tick(appointment: Appointment, row: Row) -> None:
    services().appointments.tick(appointment, row.id, done=not row.ticked)


def _remove(appointment: Appointment, point: str) -> None:
    services().appointments.remove_point(appointment, point)


def _add_point(appointment: Appointment) -> None:
    with st.form(f"add-{appointment.id}", clear_on_submit=True, border=False):
        words = st.text_input("A point of your own", max_chars=LONGEST_POINT, placeholder="Ask my neighbour for a lift")
        if st.form_submit_button("Add it", icon=":material/add:"):
            _kept(lambda: services().appointments.add_point(appointment, words))


def _delete(appointment: Appointment) -> None:
    what = f"delete-{appointment.id}"
    if not session.asking(what):
        asks("Delete this interview", what)
    words = "**Delete this date with its checklist?** Your answers stay."
    confirm(what, words, "Delete for good", services().appointments.delete, appointment)


# ── when and where ────────────────────────────────────────────────────────────────────────────────────────────────


def _form(key: str, known: Details | None, keep: Callable[[Details], Any], aim: Aim | None = None) -> None:
    """When and where; kept when it is complete enough. ``aim``: the job that leads, whose setting is proposed."""
    proposed = aim.setting if aim else None
    setting_first = known.setting if known else proposed
    with st.form(f"date-{key}", border=known is None):
        left, right = st.columns(2)
        employer = left.text_input("Employer", known.employer if known else "", max_chars=120)
        with right:
            said = "As the description under The job has it; choose another if it is elsewhere"
            setting = setting_box("Where the job is", setting_first, help=said if proposed and not known else None)
        day = left.date_input("Day", known.day if known else None, format="YYYY-MM-DD")
        at = right.time_input("Time, if you know it", known.at if known else None)
        online = st.radio(
            "How", list(_ONLINE), int(known.online) if known else 0, format_func=_ONLINE.__getitem__, horizontal=True
        )
        place = st.text_input("Address or link", known.place if known else "", max_chars=300)
        names = st.text_input(
            "Who will interview you",
            known.interviewers if known else "",
            max_chars=300,
            help="Kept on this computer and sent nowhere",
        )
        if not st.form_submit_button("Add this interview" if known is None else "Keep the changes", type="primary"):
            return
    if day is None:
        st.error("Choose the day of the interview first.", icon=":material/error:")
        return
    details = Details(
        employer=employer.strip(),
        day=day,
        at=at,
        online=bool(online),
        place=place.strip(),
        interviewers=names.strip(),
        setting=setting,
    )
    _kept(lambda: keep(details))


def _kept(keep: Callable[[], Any]) -> None:
    try:
        keep()
    except AnswerError as error:
        st.error(str(error), icon=":material/error:")
        return
    st.rerun()
