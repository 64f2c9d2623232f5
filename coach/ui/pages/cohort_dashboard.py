"""A cohort's dashboard: whom to look at first and why, who stands where, how levels are spread, what was done."""

import streamlit as st

from coach.domain.assignment import Assignment, AssignmentState
from coach.domain.cohort_numbers import ALL_ANSWERS, Chosen, monday, of_competency, of_criterion
from coach.domain.people import Cohort, Person
from coach.domain.question import Setting
from coach.progress import CohortView, Line, Listed
from coach.ui import session
from coach.ui.resources import services
from coach.ui.widgets import downloads
from coach.ui.widgets.heatmap import LEGEND, heat_map, in_words
from coach.ui.widgets.html import aside, draw, empty, text
from coach.ui.widgets.spread import spreads
from coach.ui.widgets.table import rows

_WEEKS = {"All weeks": None, "Last 4 weeks": 4, "Last 12 weeks": 12}
_ORDERS = {
    "By name": lambda line: line.student.name,
    "Lowest level first": lambda line: line.overall.level if line.overall else 6,
    "Fewest answers first": lambda line: line.answers,
}
_PAGE = 40  # students of one heat map: what a page holds must not grow with the cohort
_FIRST = 6  # to look at, before the rest is folded away


def page(who: Person, cohort: Cohort) -> None:
    """The numbers of what students share. Raises NotFoundError for whoever is no coach of this cohort."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        weeks = st.selectbox("Period", list(_WEEKS), width=180)
        assignment = _assignment(who, cohort)
        setting = st.selectbox(
            "Setting",
            [None, *Setting],
            format_func=lambda one: one.label if one else "All settings",
            width=240,
            disabled=assignment is not None,
        )
    chosen = Chosen(
        weeks=_WEEKS[weeks],
        setting=None if assignment else setting,
        assignment=assignment.id if assignment else None,
        called=assignment.title if assignment else "",
    )
    view = downloads.view(who, cohort, chosen)
    if not view.lines:
        empty("Nobody has joined yet", "Give your students the code under Students and joining.")
        return
    draw(f"<p>{len(view.lines)} students, {view.sharing} of them share with this cohort.</p>")
    _first(view)
    _standing(view, cohort)
    if view.spreads:
        st.subheader("How answers are spread over the levels")
        spreads(view.spreads, services().practice.rubric)
    _activity(view)
    downloads.of_cohort(who, cohort, chosen)


def _assignment(who: Person, cohort: Cohort) -> Assignment | None:
    """The one to narrow everything down to, if there is any to choose."""
    given = [one for one in services().assignments.all_of(who, cohort.id) if one.state is not AssignmentState.WITHDRAWN]
    if not given:
        return None
    return st.selectbox(
        "Assignment", [None, *given], format_func=lambda one: one.title if one else "All answers", width=260
    )


def _first(view: CohortView) -> None:
    st.subheader("Look at these first")
    if not view.first:
        aside(
            "Nobody stands out",
            "Nobody who shares is stuck, sliding, inactive, unsafe about confidentiality or waiting for you.",
        )
        return
    for listed in view.first[:_FIRST]:
        with st.container(border=True):
            left, right = st.columns([5, 1], vertical_alignment="center")
            with left:
                draw(f'<p style="margin:0;font-weight:600">{text(listed.student.name)}</p>{_reasons(listed)}')
            right.button(
                "Open",
                key=f"first-{listed.student.id}",
                width="stretch",
                on_click=session.go,
                kwargs={"student": listed.student.id},
            )
    rest = view.first[_FIRST:]
    if rest:
        with st.expander(f"{len(rest)} more"):
            rows(
                ("Student", "Why"),
                (
                    (one.student.name, " ".join(f"{why.name}: {why.words}" for why in one.reasons))
                    for one in rest[:_PAGE]
                ),
            )
            if len(rest) > _PAGE:
                st.caption(f"The download below holds all {len(view.first)}.")


def _reasons(listed: Listed) -> str:
    items = "".join(f"<li><b>{text(why.name)}.</b> {text(why.words)}</li>" for why in listed.reasons)
    return f'<ul class="reasons">{items}</ul>'


def _standing(view: CohortView, cohort: Cohort) -> None:
    st.subheader("Who stands where")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        what = st.segmented_control("Show", ["Competencies", "Criteria"], default="Competencies", required=True)
        order = st.selectbox("Order", list(_ORDERS), width=200)
        pages = -(-len(view.lines) // _PAGE)
        at = (
            st.selectbox("Students", range(pages), format_func=lambda n: _range(n, view), width=140) if pages > 1 else 0
        )
    subjects = [(ALL_ANSWERS, "All answers")]
    if what == "Criteria":
        subjects += [(of_criterion(one.criterion), one.name) for one in services().practice.rubric.anchors]
    else:
        subjects += [(of_competency(one), one.label) for one in view.competencies]
    lines = sorted(view.lines, key=_ORDERS[order])[at * _PAGE : (at + 1) * _PAGE]
    heat_map(lines, subjects, cohort.id)
    st.caption(LEGEND)
    with st.expander("The numbers behind this map"):
        _behind(lines, subjects)


def _range(n: int, view: CohortView) -> str:
    return f"{n * _PAGE + 1}–{min((n + 1) * _PAGE, len(view.lines))}"


def _behind(lines: list[Line], subjects: list[tuple[str, str]]) -> None:
    rows(
        ("Student", "What", "Level (95 %)", "Trend", "Sure", "Answers"),
        (
            (line.student.name, name, *in_words(line.standings[subject]))
            for line in lines
            for subject, name in subjects
            if subject in line.standings
        ),
    )


def _activity(view: CohortView) -> None:
    from coach.ui import cohort_charts  # noqa: PLC0415  # Plotly, only where something is drawn

    if not view.weeks:
        return
    st.subheader("Answers a week")
    last = view.weeks[-1]
    st.plotly_chart(
        cohort_charts.activity(view.weeks),
        key="activity",
        config={"displayModeBar": False},
        alt=f"Answers a week, over {len(view.weeks)} weeks. The last: {last.answers} by {last.students} students.",
    )
    with st.expander("The numbers behind this chart"):
        rows(
            ("Week of", "Answers", "Students", "Deleted since"),
            (
                (f"{monday(one.week):%d %b %Y}", str(one.answers), str(one.students), str(one.deleted))
                for one in reversed(view.weeks)
            ),
        )
