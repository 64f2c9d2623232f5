"""Cohorts: those a coach follows, a new one, and the demo cohort for trying out."""

import streamlit as st

from coach.bank import load_demo_answers
from coach.domain.people import Cohort, Person
from coach.errors import CoachError
from coach.ui import session, signed_in
from coach.ui.pages import cohort, cohort_student
from coach.ui.resources import services
from coach.ui.widgets.html import aside, draw, empty, text


def page() -> None:
    """The list, or the cohort or student this tab is at."""
    who = signed_in.person()
    at, student = session.place("cohort"), session.place("student")
    if at and student:
        cohort_student.page(who, at, student)
        return
    if at:
        cohort.page(who, at)
        return
    st.title("Cohorts")
    found = services().cohorts.all_of(who)
    if not found:
        empty(
            "No cohort yet",
            "A cohort is a group of students whom you follow. Make one, and give its code to your students: they decide what you see.",
        )
    for one in found:
        _row(who, one)
    _new(who)
    if not services().people.hosted:
        _demo(who)


def _row(who: Person, one: Cohort) -> None:
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        students, sharing = services().cohorts.size(who, one.id)
        state = (
            "archived" if one.archived_at else f"{students} student{'' if students == 1 else 's'}, {sharing} sharing"
        )
        with left:
            draw(
                f'<h3>{text(one.name)}</h3><p class="eyebrow" style="margin:0.2rem 0 0">{state}{" · demo" if one.demo else ""}</p>'
            )
        right.button("Open", key=f"open-{one.id}", width="stretch", on_click=session.go, kwargs={"cohort": one.id})


def _new(who: Person) -> None:
    st.subheader("A new cohort")
    with st.form("new-cohort", border=False):
        name = st.text_input("Name", max_chars=200, placeholder="Autumn 2026, evenings")
        if st.form_submit_button("Make the cohort", icon=":material/group_add:"):
            try:
                made = services().cohorts.create(who, name)
            except CoachError as error:
                st.error(str(error))
            else:
                session.go(cohort=made.id)
                st.rerun()


def _demo(who: Person) -> None:
    demo = services().demo_cohort
    st.subheader("To try it out")
    if demo.present(who):
        st.markdown(
            "The demo cohort and its students are invented. It has a guide and two assignments; "
            "join it under Sharing with its code, and you find them on Today."
        )
        if st.button("Remove the demo cohort", icon=":material/delete:"):
            demo.remove(who)
            st.rerun()
        return
    st.markdown(
        "A cohort of six invented students who share more or less, their answers rated here and now; with a guide and two assignments."
    )
    if st.button("Add a demo cohort", icon=":material/science:"):
        said = "Rating the invented students’ answers …"
        bar = st.progress(0.0, text=said)
        demo.add(who, load_demo_answers(), on_progress=lambda done: bar.progress(done, text=said))
        aside("Done", "The demo cohort is in the list.")
        st.rerun()
