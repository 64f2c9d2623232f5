"""Assign: what was given to cohorts and how far each student is; a new assignment."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.assignment import Assignment, AssignmentState, StudentWork
from coach.domain.people import Person
from coach.errors import NotFoundError
from coach.ui import session, signed_in
from coach.ui.pages.assign_form import AssignForm
from coach.ui.resources import services
from coach.ui.widgets.assignment import WAYS, due, how_far, what
from coach.ui.widgets.confirm import asks, confirm
from coach.ui.widgets.html import aside, clear_below, draw, empty, text
from coach.ui.widgets.shelves import shelf
from coach.ui.widgets.table import rows
from coach.ui.widgets.telling import done

_NEW, _EDITING = "new-assignment", "edit-assignment"
_STATES = {AssignmentState.OPEN: "Given", AssignmentState.ARCHIVED: "Archived", AssignmentState.WITHDRAWN: "Withdrawn"}
_SEEN = (
    "You see that they began it and handed it in, and when. Ratings, words and voice you see as far as each student shares "
    "them, as ever; they read that on their page, too."
)


def page() -> None:
    """The assignment in the address, or all of them. Raises NotFoundError for whoever coaches nobody."""
    who, ident = signed_in.person(), session.place("assignment")
    given = services().assignments.all_of(who)
    if ident:
        try:
            _one(who, services().assignments.get(who, ident))
        except NotFoundError as error:
            st.warning(str(error))
            st.button("All assignments", on_click=session.go, kwargs={"assignment": None}, type="primary")
    else:
        _all(who, given)
    clear_below()


# ── all of them ───────────────────────────────────────────────────────────────────────────────────────────────────


def _all(who: Person, given: Sequence[Assignment]) -> None:
    cohorts = {one.id: one.name for one in services().cohorts.all_of(who) if not one.archived_at}
    if not cohorts:
        st.title("Assign")
        empty(
            "No cohort yet", "Assignments are given to a cohort or some of its students. Make one under Cohorts first."
        )
        return
    guide = session.place("guide")
    if session.asking(_NEW) or guide:
        AssignForm(who, None, guide, _close).draw()
        return
    st.title("Assign")
    st.markdown("Give a set of questions, or an interview guide, to a cohort or some of its students.")
    st.button(
        "Give an assignment",
        type="primary",
        icon=":material/add:",
        on_click=session.ask,
        args=(_NEW,),
        kwargs={"on": True},
    )
    if not given:
        empty("Nothing given yet", "Choose questions from the bank, or a guide you built under Guides.")
        return
    shelves = {state: [one for one in given if one.state is state] for state in AssignmentState}
    shown = shelf(shelves, _STATES.__getitem__)
    progress = services().assignments.progress(who, shelves[shown])
    for one in shelves[shown]:
        _row(one, cohorts.get(one.cohort, ""), progress.get(one.id, ()))


def _row(one: Assignment, cohort: str, students: Sequence[StudentWork]) -> None:
    handed_in = sum(one.work.handed_in_at is not None for one in students)
    begun = sum(one.work.begun_at is not None and one.work.handed_in_at is None for one in students)
    counted = f"{handed_in} of {len(students)} handed in" + (f", {begun} begun" if begun else "")
    told = counted if one.state is not AssignmentState.WITHDRAWN else "taken back"
    with st.container(border=True):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            draw(
                f'<p class="eyebrow">{text(cohort)} · {text(due(one, services().assignments.today))}{" · demo" if one.demo else ""}</p>'
                f'<h3>{text(one.title)}</h3><p class="eyebrow" style="margin:0.2rem 0 0"><b>{told}</b> · {text(what(one))}</p>'
            )
        right.button(
            "Open", key=f"assignment-{one.id}", width="stretch", on_click=session.go, kwargs={"assignment": one.id}
        )


# ── one of them ───────────────────────────────────────────────────────────────────────────────────────────────────


def _one(who: Person, one: Assignment) -> None:
    st.button(
        "All assignments",
        icon=":material/arrow_back:",
        type="tertiary",
        on_click=_leave,
    )
    if session.asking(_EDITING):
        AssignForm(who, one, None, _close).draw()
        return
    st.title(one.title)
    cohort = services().cohorts.get(who, one.cohort)
    today = services().assignments.today
    draw(
        f'<p class="eyebrow">{text(cohort.name)} · given {one.created_at.astimezone():%d %b %Y} · {text(due(one, today))}</p>'
        f"<p>{text(what(one))}</p>" + (f'<p class="given">{text(one.note)}</p>' if one.note else "")
    )
    if one.state is not AssignmentState.OPEN:
        words = {
            AssignmentState.WITHDRAWN: "Students do not see it any more. What they answered is theirs.",
            AssignmentState.ARCHIVED: "It is over: nobody begins it any more.",
        }
        aside(_STATES[one.state], words[one.state])
    _questions(one)
    _progress(who, one)
    _actions(who, one)


def _questions(one: Assignment) -> None:
    with st.expander(f"What is asked ({WAYS[one.way].lower()})"):
        st.markdown("\n".join(f"1. {question.text}" for _, question in services().assignments.questions(one)))


def _progress(who: Person, one: Assignment) -> None:
    if one.state is AssignmentState.WITHDRAWN:
        return
    st.subheader("How far they are")
    students = services().assignments.progress(who, [one])[one.id]
    if not students:
        empty("Nobody yet", "Nobody it is for has joined the cohort, or they left it.")
        return
    today = services().assignments.today
    in_order = sorted(students, key=lambda each: (each.work.handed_in_at is not None, each.work.begun_at is not None))
    rows(
        ("Student", "State", "When"),
        ((each.name, *how_far(each.work, one.due, today)) for each in in_order),
    )
    aside("What you see here", _SEEN)


def _actions(who: Person, one: Assignment) -> None:
    is_open, withdrawing, deleting = one.state is AssignmentState.OPEN, f"withdraw-{one.id}", f"delete-{one.id}"
    with st.container(horizontal=True):
        if is_open:
            st.button("Edit", icon=":material/edit:", on_click=session.ask, args=(_EDITING,), kwargs={"on": True})
            st.button(
                "Archive",
                icon=":material/archive:",
                help="It is over: nobody begins it any more; who did it still sees it",
                on_click=_turn,
                args=(who, one, AssignmentState.ARCHIVED),
            )
            asks("Withdraw", withdrawing, icon=":material/undo:")
        else:
            st.button("Give it again", icon=":material/redo:", on_click=_turn, args=(who, one, AssignmentState.OPEN))
            asks("Delete", deleting)
    confirm(
        withdrawing,
        "**Withdraw this?** Students do not see it any more, those who are in the middle of it either. What they answered stays theirs.",
        "Withdraw it",
        _withdraw,
        who,
        one,
    )
    confirm(
        deleting,
        "**Delete this?** Who handed it in is forgotten. Answers stay their students’.",
        "Delete it",
        _delete,
        who,
        one,
    )


# ── callbacks ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _close(ident: str | None) -> None:
    """Leave the form, for what was made of it or for what was there."""
    session.ask(_NEW, on=False)
    session.ask(_EDITING, on=False)
    session.go(guide=None, assignment=ident)


def _leave() -> None:
    _close(None)


def _turn(who: Person, one: Assignment, state: AssignmentState) -> None:
    done(lambda: services().assignments.turn(who, one.id, state))


def _withdraw(who: Person, one: Assignment) -> None:
    _turn(who, one, AssignmentState.WITHDRAWN)


def _delete(who: Person, one: Assignment) -> None:
    if done(lambda: services().assignments.delete(who, one.id)):
        session.go(assignment=None)
