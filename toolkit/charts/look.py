"""The look that all charts share: title, units on the axes, room for labels, the note below; and live charts."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable
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
        template="simple_white",
        colorway=COLOURS,
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
    """Let a live chart show another figure of the same kind, in one step."""
    now, then = figure.layout.to_plotly_json(), live.layout.to_plotly_json()
    changed = {name: value for name, value in now.items() if then.get(name) != value}
    with live.batch_update():
        for trace, drawn in zip(live.data, figure.data, strict=True):
            trace.update(drawn.to_plotly_json(), overwrite=True)
        live.update_layout(changed, overwrite=True)


def plotly_script() -> str:
    """Return the JavaScript that draws figures, about 4.8 MB, from the installed plotly: nothing is fetched."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())
