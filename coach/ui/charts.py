"""Charts of progress. Read without colour: each line has its own panel, every point its shape and its number."""

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from coach.domain.interview_report import Calibration
from coach.progress import Current, Series

_LINE = "#0f8a7e"  # 3:1 or better on the light and on the dark background
_GRID = "rgba(128,138,140,0.28)"
_PANEL_PX = 150
_DAYS = 8  # labels at the most
_FEWEST = 6  # attempts an axis has room for, so that the first point is not a whole chart


def over_time(panels: Sequence[tuple[str, Sequence[Series]]]) -> go.Figure:
    """One panel a name, level 1-5, attempt after attempt; the days stand below.

    Attempts are evenly spaced, so that five on one evening can be told apart. Series of one panel are not joined: they were
    rated under unlike rubrics.
    """
    attempts = {p.attempt: p.at for _, series in panels for one in series for p in one.points}
    order = {attempt: n for n, attempt in enumerate(sorted(attempts, key=lambda a: (attempts[a], a)), 1)}
    figure = make_subplots(
        rows=len(panels),
        cols=1,
        shared_xaxes=True,
        vertical_spacing=0.34 / max(1, len(panels)),
        subplot_titles=[name for name, _ in panels],
    )
    for row, (_, series) in enumerate(panels, start=1):
        for one in series:
            figure.add_trace(_line(one, order), row=row, col=1)
    days: dict[str, int] = {}
    for attempt, n in order.items():
        days.setdefault(f"{attempts[attempt].astimezone():%d %b}", n)
    shown = list(days.items())[:: -(-len(days) // _DAYS)]
    figure.update_yaxes(range=[0.6, 5.9], tickvals=[1, 2, 3, 4, 5], gridcolor=_GRID, zeroline=False, fixedrange=True)
    figure.update_xaxes(
        range=[0.5, max(len(order), _FEWEST) + 0.5],
        tickvals=[n for _, n in shown],
        ticktext=[day for day, _ in shown],
        gridcolor=_GRID,
        zeroline=False,
        fixedrange=True,
        showticklabels=False,
    )
    figure.update_xaxes(row=len(panels), col=1, showticklabels=True)
    figure.update_annotations(x=0, xanchor="left", font={"size": 15})
    figure.update_layout(
        height=70 + _PANEL_PX * len(panels), margin={"l": 30, "r": 16, "t": 34, "b": 34}, dragmode=False
    )
    return figure


def _line(series: Series, order: dict[str, int]) -> go.Scatter:
    last = len(series.points) - 1
    return go.Scatter(
        x=[order[p.attempt] for p in series.points],
        y=[p.level for p in series.points],
        mode="lines+markers+text",
        line={"color": _LINE, "width": 2},
        marker={"size": 10, "color": _LINE, "symbol": ["circle-open" if p.demo else "circle" for p in series.points]},
        text=[f"<b>{_label(p.level)}</b>" if n == last else "" for n, p in enumerate(series.points)],
        textposition="top center",
        customdata=[
            [f"{p.at.astimezone():%d %b %Y, %H:%M}", " (demo)" if p.demo else "", p.question_text]
            for p in series.points
        ],
        hovertemplate="%{customdata[0]}: level %{y:.1f}%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        showlegend=False,
    )


def _label(level: float) -> str:
    return f"{level:.1f}".removesuffix(".0")


def calibration(points: Sequence[Calibration]) -> go.Figure:
    """By how much one's own ratings lie above or below those one got, interview after interview; 0 is a true eye."""
    labels = [f"{one.at.astimezone():%d %b}" for one in points]
    figure = go.Figure(
        go.Scatter(
            x=list(range(1, len(points) + 1)),
            y=[one.difference for one in points],
            mode="lines+markers+text",
            line={"color": _LINE, "width": 2},
            marker={"size": 10, "color": _LINE},
            text=[f"<b>{one.difference:+.1f}</b>" for one in points],
            textposition="top center",
            customdata=[[label, one.ratings] for label, one in zip(labels, points, strict=True)],
            hovertemplate="%{customdata[0]}: %{y:+.1f} over %{customdata[1]} ratings<extra></extra>",
            showlegend=False,
        )
    )
    figure.add_hline(y=0, line={"color": _LINE, "width": 1, "dash": "dot"})
    figure.update_yaxes(range=[-4.3, 4.9], tickvals=[-4, -2, 0, 2, 4], gridcolor=_GRID, zeroline=False, fixedrange=True)
    figure.update_xaxes(
        range=[0.5, max(len(points), _FEWEST) + 0.5],
        tickvals=list(range(1, len(points) + 1)),
        ticktext=labels,
        gridcolor=_GRID,
        zeroline=False,
        fixedrange=True,
    )
    figure.update_layout(height=230, margin={"l": 30, "r": 16, "t": 14, "b": 34}, dragmode=False)
    return figure


def standing(current: Sequence[Current]) -> go.Figure:
    """Where one stands on each competency: a dot on a line from 1 to 5, with its number and the number of attempts behind it."""
    names = [one.competency.label for one in reversed(current)]
    levels = [one.level for one in reversed(current)]
    figure = go.Figure()
    for name, level in zip(names, levels, strict=True):
        figure.add_shape(
            type="line", x0=1, x1=level, y0=name, y1=name, line={"color": _LINE, "width": 3}, layer="below"
        )
    figure.add_trace(
        go.Scatter(
            x=levels,
            y=names,
            mode="markers+text",
            marker={"size": 13, "color": _LINE},
            text=[f"<b>{_label(level)}</b>" for level in levels],
            textposition="middle right",
            customdata=[[one.attempts] for one in reversed(current)],
            hovertemplate="%{y}: %{x:.1f}, from %{customdata[0]} attempts<extra></extra>",
            showlegend=False,
        )
    )
    figure.update_xaxes(range=[0.9, 5.5], tickvals=[1, 2, 3, 4, 5], gridcolor=_GRID, zeroline=False, fixedrange=True)
    figure.update_yaxes(showgrid=False, fixedrange=True, automargin=True)
    figure.update_layout(height=60 + 34 * len(current), margin={"l": 10, "r": 10, "t": 10, "b": 34}, dragmode=False)
    return figure
