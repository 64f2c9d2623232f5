"""One student's course, as far as they share it: levels over time, how answers were said, two answers side by side."""

from collections.abc import Sequence

import streamlit as st

from coach.domain.attempt import Attempt, Level
from coach.domain.people import Membership, Person, SharedAttempt, Sharing
from coach.errors import NotFoundError
from coach.progress import (
    Note,
    Series,
    banded,
    competency_series,
    criterion_series,
    current_levels,
    notes,
    overall_series,
)
from coach.ui import session
from coach.ui.resources import services
from coach.ui.widgets.html import aside, draw, paragraphs, text
from coach.ui.widgets.table import rows

_COMPARED = "compare"


def course(who: Person, member: Membership) -> None:
    """Progress on one competency or criterion at a time, with how sure it is and what happened on the way."""
    levels = services().dashboards.levels(who, member.cohort.id, member.person.id)
    if not levels:
        return
    st.subheader("Progress")
    choices = {"All answers": overall_series(levels)}
    by_competency, by_criterion = competency_series(levels), criterion_series(levels)
    for standing in current_levels(levels):
        choices[standing.competency.label] = by_competency[standing.competency]
    for anchors in services().practice.rubric.anchors:
        if by_criterion[anchors.criterion]:
            choices[f"Criterion: {anchors.name}"] = by_criterion[anchors.criterion]
    name = st.selectbox("Of", list(choices))
    _chart(name, choices[name], _happened(member, levels))


def _happened(member: Membership, levels: Sequence[Level]) -> tuple[Note, ...]:
    first = min(level.at for level in levels)
    joined = Note(at=member.joined_at, words=f"Joined {member.cohort.name}")
    return notes(levels, (joined,) if member.joined_at >= first else ())


def _chart(name: str, series: Sequence[Series], happened: Sequence[Note]) -> None:
    from coach.ui import cohort_charts  # noqa: PLC0415  # Plotly, only where something is drawn

    bands = [banded(one) for one in series]
    last = bands[-1][-1]
    st.plotly_chart(
        cohort_charts.course(series, bands, happened),
        key="course",
        config={"displayModeBar": False},
        alt=f"{name} over time. Now {last.level:.1f}, between {last.low:.1f} and {last.high:.1f}.",
    )
    st.caption("Circles: single answers. Line: the mean of the last three. Band: where it lies with 95 % certainty.")
    if happened:
        rows(
            ("", "Day", "What happened"),
            ((str(n), f"{one.at:%d %b %Y}", one.words) for n, one in enumerate(happened, 1)),
        )
    with st.expander("The numbers behind this chart"):
        rows(
            ("Day", "Level", "Mean of three", "95 %", "Question"),
            (
                (
                    f"{point.at.astimezone():%d %b %Y}",
                    f"{point.level:.1f}",
                    f"{at.level:.1f}",
                    f"{at.low:.1f}–{at.high:.1f}",
                    point.question_text,
                )
                for one, band in zip(reversed(series), reversed(bands), strict=True)
                for point, at in zip(reversed(one.points), reversed(band), strict=True)
            ),
        )


def delivery(who: Person, member: Membership) -> None:
    """How spoken answers were said, answer after answer, where their words are shared."""
    from coach.ui import cohort_charts  # noqa: PLC0415  # Plotly, only where something is drawn

    spoken = services().dashboards.spoken(who, member.cohort.id, member.person.id)
    if not spoken:
        return
    st.subheader("How they say it")
    aside("Measured, not rated", "Pace and hesitations are counted, and say nothing about a person.")
    st.plotly_chart(
        cohort_charts.delivery(spoken),
        key="delivery",
        config={"displayModeBar": False},
        alt=f"Delivery of {len(spoken)} spoken answers. The last: {spoken[-1].words_a_minute:.0f} words a minute.",
    )
    with st.expander("The numbers behind this chart"):
        rows(
            ("Day", *(name for name, _ in cohort_charts.MEASURES), "Question"),
            (
                (
                    f"{one.at.astimezone():%d %b %Y}",
                    *(f"{measure(one):.1f}" for _, measure in cohort_charts.MEASURES),
                    one.question_text,
                )
                for one in reversed(spoken)
            ),
        )


def compare(who: Person, seen: Sequence[SharedAttempt]) -> None:
    """Two answers side by side: levels and, where they are shared, words."""
    if len(seen) < 2:  # noqa: PLR2004  # two sides
        return
    st.subheader("Two answers side by side")
    choices = {one.id: f"{one.handed_in_at.astimezone():%d %b %Y, %H:%M} · {one.question_text}" for one in seen}
    with st.form("compare", border=False):
        earlier = st.selectbox("First", choices, format_func=choices.__getitem__, index=_alike(seen))
        later = st.selectbox("Second", choices, format_func=choices.__getitem__)
        if st.form_submit_button("Compare", icon=":material/compare_arrows:"):
            session.go(**{_COMPARED: f"{earlier},{later}"})
    asked = (session.place(_COMPARED) or "").split(",")
    sides = [one for id_ in asked for one in seen if one.id == id_]
    if len(sides) == 2:  # noqa: PLR2004
        _sides(who, sides[0], sides[1])


def _alike(seen: Sequence[SharedAttempt]) -> int:
    """The last earlier answer to the question of the latest one, if there is one."""
    return next((n for n, one in enumerate(seen) if n and one.question_key == seen[0].question_key), 1)


def _sides(who: Person, first: SharedAttempt, second: SharedAttempt) -> None:
    before, after = dict(first.levels), dict(second.levels)
    rows(
        ("", f"{first.handed_in_at:%d %b %Y}", f"{second.handed_in_at:%d %b %Y}", "Difference"),
        (
            (anchors.name, _level(before[key]), _level(after[key]), _difference(before[key], after[key]))
            for anchors in services().practice.rubric.anchors
            if (key := anchors.criterion.value) in before and key in after
        ),
    )
    cards = "".join(
        f'<div class="card"><p class="eyebrow">{one.handed_in_at:%d %b %Y}</p><p><b>{text(one.question_text)}</b></p>'
        f"<p>{_words(who, one)}</p></div>"
        for one in (first, second)
    )
    draw(f'<div class="beside">{cards}</div>')


def _words(who: Person, one: SharedAttempt) -> str:
    if one.sharing < Sharing.TRANSCRIPTS:
        return "<em>The words of this answer are not shared.</em>"
    try:
        attempt: Attempt = services().coaching.transcript(who, one.id)
    except NotFoundError as error:  # withdrawn between the list and this
        return f"<em>{text(str(error))}</em>"
    return paragraphs(attempt.text)


def _level(level: int | None) -> str:
    return "unrated" if level is None else str(level)


def _difference(before: int | None, after: int | None) -> str:
    if before is None or after is None:
        return "–"
    return "same" if before == after else f"{after - before:+d}"
