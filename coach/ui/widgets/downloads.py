"""Buttons to take a cohort's or a student's numbers away. The files are made when they are asked for, from what the page shows."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from coach.domain.cohort_numbers import Chosen
from coach.domain.people import Cohort, Membership, Person, SharedAttempt
from coach.progress import Because, CohortView, cohort_view, current_levels, reasons_for, waiting_for
from coach.recordings import utc_now
from coach.ui.resources import services


def of_cohort(who: Person, cohort: Cohort, chosen: Chosen) -> None:
    """A cohort's numbers, as they are at the moment of the download."""
    st.subheader("Take it away")
    _buttons("cohort", partial(_cohort_csv, who, cohort, chosen), partial(_cohort_pdf, who, cohort, chosen))


def of_student(who: Person, member: Membership) -> None:
    """A student's numbers, as they are at the moment of the download."""
    st.subheader("Take it away")
    _buttons("student", partial(_student_csv, who, member), partial(_student_pdf, who, member))


def _buttons(name: str, csv: Callable[[], bytes], pdf: Callable[[], bytes]) -> None:
    with st.container(horizontal=True):
        for label, make, kind, mime in (
            ("Table (CSV)", csv, "csv", "text/csv"),
            ("Sheet (PDF)", pdf, "pdf", "application/pdf"),
        ):
            st.download_button(
                label, make, f"{name}.{kind}", mime, key=f"{name}-{kind}", icon=":material/download:", on_click="ignore"
            )


def view(who: Person, cohort: Cohort, chosen: Chosen) -> CohortView:
    """What is shown of a cohort, and taken away."""
    return cohort_view(services().dashboards.numbers(who, cohort.id, chosen), utc_now(), _reasons(who, cohort, chosen))


def _reasons(who: Person, cohort: Cohort, chosen: Chosen) -> tuple[Because, ...]:
    """Why to look at a student first: by their numbers, and by what they wait for."""
    return (*reasons_for(chosen), *waiting_for(services().reviewing.waiting(who, cohort.id)))


def _cohort_csv(who: Person, cohort: Cohort, chosen: Chosen) -> bytes:
    from coach.exports.tables import cohort_table  # noqa: PLC0415  # only who takes something away needs these

    return cohort_table(view(who, cohort, chosen), services().practice.rubric)


def _cohort_pdf(who: Person, cohort: Cohort, chosen: Chosen) -> bytes:
    from coach.exports.sheets import cohort_sheet  # noqa: PLC0415

    return cohort_sheet(cohort.name, view(who, cohort, chosen), chosen, utc_now())


def _attempts(who: Person, member: Membership) -> Sequence[SharedAttempt]:
    return services().coaching.attempts(who, member.cohort.id, member.person.id)


def _student_csv(who: Person, member: Membership) -> bytes:
    from coach.exports.tables import student_table  # noqa: PLC0415

    return student_table(_attempts(who, member), services().practice.rubric)


def _student_pdf(who: Person, member: Membership) -> bytes:
    from coach.exports.sheets import student_sheet  # noqa: PLC0415

    current = current_levels(services().dashboards.levels(who, member.cohort.id, member.person.id))
    rubric = services().practice.rubric
    return student_sheet(member.person.name, current, _attempts(who, member), rubric, utc_now())
