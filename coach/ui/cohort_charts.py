"""Charts for coaches: what a cohort did, and one student's course. Read without colour, as all charts here."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from coach.domain.cohort_numbers import Spoken, Week, monday
from coach.progress import Band, Note, Series

_LINE = "#0f8a7e"  # 3:1 or better on the light and on the dark background
_BAND = "rgba(15,138,126,0.18)"
_GRID = "rgba(128,138,140,0.28)"
_SHOWN = 26  # weeks
_AT_LEAST = timedelta(days=7)


def activity(weeks: Sequence[Week]) -> go.Figure:
    """Answers a week, with the number of students who gave them; deleted ones are outlined."""
    shown = weeks[-_SHOWN:]
    days = [f"{monday(one.week):%d %b}" for one in shown]
    figure = go.Figure(
        [
            go.Bar(
                x=days,
                y=[one.answers for one in shown],
                marker={"color": _LINE},
                text=[str(one.answers) for one in shown],
                textposition="outside",
                customdata=[one.students for one in shown],
                hovertemplate="Week of %{x}: %{y} answers by %{customdata} students<extra></extra>",
            ),
            go.Bar(
                x=days,
                y=[one.deleted for one in shown],
                marker={"color": "rgba(0,0,0,0)", "line": {"color": _LINE, "width": 1}},
                hovertemplate="Week of %{x}: %{y} answers deleted since<extra></extra>",
            ),
        ]
    )
    figure.update_xaxes(type="category", fixedrange=True, nticks=8)
    figure.update_yaxes(gridcolor=_GRID, zeroline=False, fixedrange=True, rangemode="tozero")
    figure.update_layout(
        barmode="stack", height=240, showlegend=False, margin={"l": 30, "r": 10, "t": 24, "b": 34}, dragmode=False
    )
    return figure


def course(series: Sequence[Series], bands: Sequence[Sequence[Band]], notes: Sequence[Note]) -> go.Figure:
    """Each answer's level as a dot, the running mean as a line, its 95 % interval as a band, and what happened as numbers on top."""
    figure = go.Figure()
    for one, band in zip(series, bands, strict=True):
        at = [point.at for point in band]
        figure.add_trace(
            go.Scatter(
                x=[*at, *reversed(at)],
                y=[*(point.high for point in band), *(point.low for point in reversed(band))],
                mode="lines",
                fill="toself",
                fillcolor=_BAND,
                line={"color": _LINE, "width": 1, "dash": "dot"},
                hoverinfo="skip",
            )
        )
        figure.add_trace(
            go.Scatter(
                x=at,
                y=[point.level for point in band],
                mode="lines",
                line={"color": _LINE, "width": 2},
                customdata=[[point.low, point.high] for point in band],
                hovertemplate="%{x|%d %b}: %{y:.1f}, between %{customdata[0]:.1f} and %{customdata[1]:.1f}<extra></extra>",
            )
        )
        figure.add_trace(
            go.Scatter(
                x=[point.at for point in one.points],
                y=[point.level for point in one.points],
                mode="markers",
                marker={"size": 8, "color": _LINE, "symbol": "circle-open"},
                customdata=[point.question_text for point in one.points],
                hovertemplate="%{x|%d %b}: level %{y:.1f}<br>%{customdata}<extra></extra>",
            )
        )
    for n, note in enumerate(notes, 1):
        figure.add_vline(x=note.at.timestamp() * 1000, line={"color": _LINE, "width": 1, "dash": "dash"})
        figure.add_annotation(x=note.at, y=5.6, text=f"<b>{n}</b>", showarrow=False, bgcolor="rgba(128,138,140,0.25)")
    figure.update_yaxes(range=[0.7, 5.9], tickvals=[1, 2, 3, 4, 5], gridcolor=_GRID, zeroline=False, fixedrange=True)
    figure.update_xaxes(gridcolor=_GRID, zeroline=False, fixedrange=True, tickformat="%d %b", range=_days(bands))
    figure.update_layout(height=300, showlegend=False, margin={"l": 30, "r": 10, "t": 14, "b": 34}, dragmode=False)
    return figure


def _days(bands: Sequence[Sequence[Band]]) -> list[datetime] | None:
    """From when to when the chart goes: all of it with a little air, and a week at least, so that one answer stands on a day."""
    at = [point.at for band in bands for point in band]
    if not at:
        return None
    first, last = min(at), max(at)
    air = max((_AT_LEAST - (last - first)) / 2, (last - first) * 0.03)
    return [first - air, last + air]


MEASURES: tuple[tuple[str, Callable[[Spoken], float | None]], ...] = (
    ("Words a minute", lambda one: one.words_a_minute),
    ("Hesitations a minute", lambda one: one.fillers_a_minute),
    ("Longest pause, seconds", lambda one: one.longest_pause_s),
)


def delivery(spoken: Sequence[Spoken]) -> go.Figure:
    """A panel a measure, answer after answer."""
    figure = make_subplots(
        rows=len(MEASURES),
        cols=1,
        shared_xaxes=True,
        subplot_titles=[name for name, _ in MEASURES],
        vertical_spacing=0.12,
    )
    for row, (_, measure) in enumerate(MEASURES, 1):
        values = [measure(one) for one in spoken]
        figure.add_trace(
            go.Scatter(
                x=list(range(1, len(spoken) + 1)),
                y=values,
                mode="lines+markers+text",
                line={"color": _LINE, "width": 2},
                text=[
                    f"{value:.0f}" if value is not None and n == len(values) - 1 else ""
                    for n, value in enumerate(values)
                ],
                textposition="top center",
                customdata=[[f"{one.at:%d %b}", one.question_text] for one in spoken],
                hovertemplate="%{customdata[0]}: %{y:.1f}<br>%{customdata[1]}<extra></extra>",
            ),
            row=row,
            col=1,
        )
        figure.update_yaxes(
            range=[0, 1.35 * max([1.0, *(value for value in values if value is not None)])], row=row, col=1
        )
    figure.update_yaxes(gridcolor=_GRID, zeroline=False, fixedrange=True)
    figure.update_xaxes(gridcolor=_GRID, zeroline=False, fixedrange=True, dtick=max(1, len(spoken) // 8))
    figure.update_annotations(x=0, xanchor="left", font={"size": 14})
    figure.update_layout(height=420, showlegend=False, margin={"l": 30, "r": 10, "t": 30, "b": 34}, dragmode=False)
    return figure
