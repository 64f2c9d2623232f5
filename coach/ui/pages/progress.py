"""Progress: levels over time, per criterion and per competency, with the numbers behind every chart."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.attempt import Level
from coach.progress import LAST, Series, competency_series, criterion_series, current_levels
from coach.ui.resources import candidate, services
from coach.ui.widgets.html import aside, empty

_DRAWN = 200  # answers: more are a blur on a chart, and a long wait


def page() -> None:
    """Charts of everything rated so far."""
    practice, who = services().practice, candidate()
    st.title("Progress")
    from coach.ui import charts  # noqa: PLC0415  # Plotly, only where something is drawn

    levels = _levels(who)
    if not levels:
        empty(
            "Nothing to chart yet",
            "Answer a question and have it rated: each rated answer adds a point here. Unrated answers never count as low.",
        )
        return
    if any(level.demo for level in levels):
        aside("Open circles", "These are demo answers. Remove them under Set-up.")
    st.subheader("The four criteria")
    by_criterion = criterion_series(levels)
    _chart(
        [
            (anchors.name, by_criterion[anchors.criterion])
            for anchors in practice.rubric.anchors
            if by_criterion[anchors.criterion]
        ],
        "criteria",
    )
    st.subheader("Competencies")
    aside(
        "Each dot",
        f"The mean of your last {LAST} answers to questions that ask for the competency, over their rated criteria.",
    )
    st.plotly_chart(
        charts.standing(current := current_levels(levels)),
        key="standing",
        config={"displayModeBar": False},
        alt="Where you stand. " + "; ".join(f"{one.competency.label}: {one.level:.1f}" for one in current),
    )
    by_competency = competency_series(levels)
    chosen = st.selectbox(
        "One competency over time", [one.competency for one in current], format_func=lambda one: one.label
    )
    _chart([(chosen.label, by_competency[chosen])], "competency")
    _calibration(who)
    if len({level.rubric for level in levels}) > 1:
        st.markdown("Lines break where the rubric changed: levels from before and after are not compared.")


def _levels(who: str) -> tuple[Level, ...]:
    """Those of the newest answers, or of all where somebody wants to see all."""
    practice = services().practice
    newest = practice.levels_of(who, _DRAWN)
    if len({level.attempt for level in newest}) < _DRAWN // 2:  # not all of the newest need be rated
        return newest
    everything = st.toggle("Draw every answer", help=f"Without it, your newest {_DRAWN} answers are drawn.")
    return practice.levels_of(who) if everything else newest


def _calibration(who: str) -> None:
    from coach.ui import charts  # noqa: PLC0415  # likewise

    points = services().reports.calibration(who)
    if not points:
        return
    st.subheader("How well you know yourself")
    aside("Above 0", "You thought more of your answers than they were rated; below it, less.")
    st.plotly_chart(
        charts.calibration(points),
        key="calibration",
        config={"displayModeBar": False},
        alt="Your own ratings against those you got, interview after interview: "
        + ", ".join(f"{one.difference:+.1f}" for one in points),
    )


def _chart(panels: Sequence[tuple[str, Sequence[Series]]], key: str) -> None:
    from coach.ui import charts  # noqa: PLC0415  # likewise

    description = "; ".join(
        f"{name}: " + ", ".join(f"{p.level:.1f}" for s in series for p in s.points[-5:]) for name, series in panels
    )
    st.plotly_chart(
        charts.over_time(panels),
        key=key,
        config={"displayModeBar": False},
        alt=f"Levels over time, the last five of each. {description}",
    )
    with st.expander("The numbers behind this chart"):
        st.table(
            [
                {
                    "What": name,
                    "Date": f"{point.at.astimezone():%d %b %Y, %H:%M}",
                    "Level": f"{point.level:.1f}".removesuffix(".0"),
                    "Question": point.question_text + (" (demo)" if point.demo else ""),
                    "Rubric": series.rubric,
                }
                for name, all_series in panels
                for series in all_series
                for point in reversed(series.points)
            ]
        )
