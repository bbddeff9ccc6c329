"""The marks of a class as charts: how the totals spread, and how hard each question is and how well it separates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import plotly.graph_objects as go

from toolkit.charts.look import COLOURS, finished, label


def chart_totals(bars: Sequence[tuple[str, int]], *, note: str = "", title: str = "Points in all") -> go.Figure:
    """Return a bar chart of how many students have so many points; `bars` are rows of (from – to, students).

    >>> from toolkit.describing import describe
    >>> print(describe(chart_totals([("0–1", 1), ("1–2", 3)], note="Mean 1.3.")))
    Points in all. Bar chart, 2 bars: students. From 0–1 to 1–2. Highest: 1–2 (3). Lowest: 0–1 (1). n = 4 students. \
Mean 1.3.
    """
    if not bars:
        raise ValueError("there are no marks to draw; grade the assignment first")
    names, counts = [name for name, _ in bars], [count for _, count in bars]
    hover = "%{x} points: %{y} students<extra></extra>"
    shown = go.Bar(x=names, y=counts, marker={"color": COLOURS[0]}, hovertemplate=hover)
    note = f"n = {sum(counts):,} students. {note}".strip()
    figure = finished(go.Figure(shown), title=title, unit="students", note=note)
    return figure.update_xaxes(title_text="points, a limit belongs to the bar above it", type="category")


def chart_items(
    rows: Iterable[tuple[str, float, float]],
    *,
    n: int,
    weak: float = 0.2,
    title: str = "How hard, and how well it separates",
) -> go.Figure:
    """Return each question as a dot: its difficulty across, from 0, hard, to 1, easy, and its discrimination up.

    `rows` are (question, difficulty, discrimination), `n` is how many students stand behind them. Below the dotted
    line, `weak`, a question hardly separates.

    >>> from toolkit.describing import describe
    >>> print(describe(chart_items([("a2.1", 0.9, 0.1), ("a2.2", 0.5, 0.6)], n=30)))
    How hard, and how well it separates. Scatter plot, 2 dots: discrimination, from −1 to 1. Highest: a2.2, difficulty \
0.5 (0.6). Lowest: a2.1, difficulty 0.9 (0.1). n = 30 students. Below the dotted line, 0.2: a2.1.
    """
    if not (listed := list(rows)):
        raise ValueError("no question can be drawn; discrimination needs 10 students who differ")
    listed.sort(key=lambda row: row[1])
    names, across, up = (list(column) for column in zip(*listed, strict=True))
    below = ", ".join(name for name, _, value in listed if value < weak) or "none"
    note = f"n = {n:,} students. Below the dotted line, {weak}: {below}."
    points = go.Scatter(
        x=across, y=up, mode="markers+text", text=[label(name) for name in names],
        textposition=[("top center", "bottom center")[place % 2] for place in range(len(names))],
        marker={"color": COLOURS[0], "size": 9, "symbol": "diamond"},
        hovertemplate="%{text}: difficulty %{x:.2f}, discrimination %{y:.2f}<extra></extra>",
    )  # fmt: skip
    unit = "discrimination, from −1 to 1"
    figure = finished(go.Figure(points), title=title, unit=unit, note=note)
    figure.add_hline(y=weak, line={"dash": "dot", "color": "#444444"})
    figure.update_xaxes(
        title_text="difficulty: share of the points, 0 hard to 1 easy", range=[-0.05, 1.05], autorange=False
    )
    figure.update_yaxes(range=[min(-0.1, *up) - 0.1, max(0.5, *up) + 0.1])
    told = [["", f"{name}, difficulty {x:.2g}", round(y, 3)] for name, x, y in listed]
    meta = {"note": note, "kind": "Scatter plot", "item": "dot", "unit": unit, "rows": told}
    return figure.update_layout(meta=meta, height=480)
