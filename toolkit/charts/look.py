"""The look that all charts share: title, units on the axes, room for labels, the note below; and live charts."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable, Iterable
from itertools import zip_longest
from typing import Any

import numpy as np
import plotly.graph_objects as go

Figure = go.Figure
"""What every chart function returns: a plain Plotly figure, which can be changed, saved and combined as any other."""

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#F0E442")
"""Eight colours that people with any kind of colour vision can tell apart (Okabe and Ito 2008)."""

SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star", "hexagon")
BUTTONS_REMOVED = ("sendChartToCloud", "select", "lasso", "zoom", "pan", "zoomin", "zoomout", "autoscale")
"""Buttons of Plotly that no lesson uses; the first would upload the chart."""

_AXIS = {"linecolor": "#242424", "showgrid": False, "showline": True, "ticks": "outside", "title": {"standoff": 15},
         "zerolinecolor": "#242424", "zeroline": False}  # fmt: skip
_ERROR = {"error_x": {"color": "#242424"}, "error_y": {"color": "#242424"}}
TEMPLATE = go.layout.Template(
    layout={"colorway": COLOURS, "font": {"color": "#242424"}, "hovermode": "closest", "hoverlabel": {"align": "left"},
            "paper_bgcolor": "white", "plot_bgcolor": "white", "xaxis": _AXIS, "yaxis": _AXIS},
    data={"bar": [{**_ERROR, "marker": {"line": {"color": "white", "width": 0.5}}}], "scatter": [_ERROR]},
)  # fmt: skip
"""White, with axes and no grid; no larger than it must be, for Plotly copies it into every figure."""


def bars(labels: Iterable[str], values: Iterable[float], *, unit: str) -> go.Bar:
    """Return bars that lie down, the first above, each with its label as plain text."""
    hover = f"%{{y}}: %{{x}} {unit}<extra></extra>"
    names = [label(name) for name in labels]
    return go.Bar(x=list(values), y=names, orientation="h", marker={"color": COLOURS[0]}, hovertemplate=hover)


def dots(labels: Iterable[str], values: Any, *, unit: str, low: Any = None, high: Any = None) -> go.Scatter:
    """Return dots that lie on a line each, the first above, with a bar from `low` to `high` where they are given."""
    x, names = np.asarray(values, dtype=float), [label(name) for name in labels]
    error = None
    if low is not None and high is not None:
        below, above = x - np.asarray(low, dtype=float), np.asarray(high, dtype=float) - x
        error = {"array": np.nan_to_num(above), "arrayminus": np.nan_to_num(below), "thickness": 1.5, "width": 4}
    look = {"size": 11, "color": COLOURS[0], "symbol": "diamond"}
    hover = f"%{{y}}: %{{x:.4~g}} {unit}<extra></extra>"
    return go.Scatter(x=x, y=names, mode="markers", orientation="h", marker=look, error_x=error, hovertemplate=hover)


def label(text: str) -> str:
    """Return text that Plotly shows as it is, not as markup."""
    return html.escape(str(text), quote=False)


def finished(figure: go.Figure, *, title: str, unit: str, note: str) -> go.Figure:
    """Give a figure the look that all share: title, units on axes, room for its labels, and the note below."""
    lines, flat = textwrap.wrap(note, 120), getattr(figure.data[0], "orientation", None) == "h"
    rows = len(figure.data[0].y) if flat else 10
    figure.update_layout(
        title={"text": label(title), "x": 0, "xref": "paper"},
        template=TEMPLATE,
        font={"size": 13},
        height=170 + 22 * max(rows, 8) + 18 * len(lines),
        margin={"l": 10, "r": 10, "t": 80, "b": 70 + 18 * len(lines)},
        meta={"note": note},
        modebar={"remove": list(BUTTONS_REMOVED)},
    )
    along, across = (figure.layout.xaxis, figure.layout.yaxis) if flat else (figure.layout.yaxis, figure.layout.xaxis)
    along.update(title_text=unit, rangemode="tozero", automargin=True)
    across.update(automargin=True, autorange="reversed" if flat else True)
    place = {"x": 0, "y": 0, "xref": "paper", "yref": "paper", "xanchor": "left", "yanchor": "top", "yshift": -55}
    look = {"showarrow": False, "align": "left", "font": {"size": 11, "color": "#444444"}}
    figure.add_annotation(text="<br>".join(map(label, lines)), **place, **look)
    return figure


def live_chart(figure: go.Figure) -> go.FigureWidget:
    """Return the figure as a widget, which `redraw` can change in place."""
    return go.FigureWidget(figure)


def figure_of(told: dict[str, Any]) -> go.Figure:
    """Return the figure that plain values describe, as `to_plotly_json` gives them; what Plotly does not know goes.

    >>> figure_of({"data": [{"type": "bar", "y": [1], "sound": "loud"}]}).data[0].y
    (1,)
    """
    return go.Figure(told, skip_invalid=True)


def redraw(live: go.FigureWidget, figure: go.Figure) -> None:
    """Let a live chart show another figure of the same kind, in one step; what the figure has no more, is taken away.

    The figure may have fewer traces than the chart at its beginning, and not more.
    """
    now, then = figure.layout.to_plotly_json(), live.layout.to_plotly_json()
    changed = {name: value for name, value in now.items() if then.get(name) != value}
    with live.batch_update():
        for trace, drawn in zip_longest(live.data, figure.data):
            new = drawn.to_plotly_json() if drawn else {"visible": False}
            gone = set(trace.to_plotly_json()) - {*new, "uid"} if drawn else ()
            trace.update({**dict.fromkeys(gone), **new}, overwrite=True)
        live.update_layout(changed, overwrite=True)


def choose_bar(live: go.FigureWidget, number: int | None) -> None:
    """Let one bar of a live chart stand out by fading the others, or all be alike."""
    with live.batch_update():
        for trace in live.data:
            trace.selectedpoints = None if number is None else [number]


def on_bar(live: go.FigureWidget, work: Callable[[int], None]) -> None:
    """Have a function called with the number of the bar that is clicked, from 0."""

    def clicked(_trace: Any, points: Any, _keys: Any) -> None:
        for number in points.point_inds[:1]:
            work(number)

    for trace in live.data:
        trace.on_click(clicked)


def plotly_script() -> str:
    """Return the JavaScript that draws figures, about 4.8 MB, from the installed plotly: nothing is fetched."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())
