"""A network drawn as a ring: the same nodes always stand in the same places, whatever the links are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import plotly.graph_objects as go

from toolkit.charts.look import finished, label


class Node(NamedTuple):
    """A node: its name, what is told of it when it is pointed at, and whether it is drawn as a square."""

    name: str
    told: str
    square: bool = False


class Link(NamedTuple):
    """A link between two nodes by name, its weight, and what is told of it."""

    first: str
    second: str
    weight: float
    told: str = ""


def ring(nodes: Sequence[Node], links: Sequence[Link], *, steps: tuple[float, float, float]) -> go.Figure:
    """Return the nodes as a ring, the first at the top, the others clockwise, with a line for each link.

    A line is thin from the first of the three `steps` of weight on, thicker from the second, thickest from the third;
    point at its middle to read it.
    """
    angle = {node.name: 2 * math.pi * i / len(nodes) for i, node in enumerate(nodes)}
    place = {name: (math.sin(turn), math.cos(turn)) for name, turn in angle.items()}
    figure = go.Figure()
    for least, most, width in zip(steps, (*steps[1:], math.inf), (1, 3, 6), strict=True):
        ends = [(place[link.first], place[link.second]) for link in links if least <= link.weight < most]
        xs, ys = ([v for a, b in ends for v in (a[axis], b[axis], None)] for axis in (0, 1))
        line = {"width": width, "color": "#8c8c8c"}
        figure.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    middles = [[(a + b) / 2 for a, b in zip(place[one.first], place[one.second], strict=True)] for one in links]
    told = [f"{label(_pair(one))}: {one.weight:.4g}<br>{label(one.told)}" for one in links]
    figure.add_scatter(x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers", hovertext=told,
                       hoverinfo="text", showlegend=False, marker={"size": 14, "opacity": 0})  # fmt: skip
    look = {"size": 26, "color": ["#ffd8b8" if node.square else "#ffffff" for node in nodes], "line": {"width": 1.5},
            "symbol": ["square" if node.square else "circle" for node in nodes]}  # fmt: skip
    figure.add_scatter(
        x=[place[node.name][0] for node in nodes],
        y=[place[node.name][1] for node in nodes],
        mode="markers+text",
        marker=look,
        text=[label(node.name) for node in nodes],
        textposition=[_beside(node.name, *place[node.name]) for node in nodes],
        hoverinfo="text",
        hovertext=[label(node.told) for node in nodes],
        showlegend=False,
    )
    return figure


def _beside(name: str, x: float, y: float) -> str:
    """Return where the name of a node stands: on it where it is short, else outside the ring."""
    high = "top" if y > 0.5 else "bottom" if y < -0.5 else "middle"
    wide = "right" if x > 0.1 else "left" if x < -0.1 else "center"
    return f"{high} {wide}" if len(name) > 3 else "middle center"


def _pair(link: Link) -> str:
    return f"{link.first} and {link.second}"


def finished_ring(figure: go.Figure, links: Sequence[Link], *, title: str, unit: str, note: str) -> go.Figure:
    """Give a ring the look of all charts, without axes; its links are the rows that stand behind it."""
    rows = [["", _pair(link), round(link.weight, 3)] for link in links]
    figure = finished(figure, title=title, unit="", note=note)
    figure.update_layout(meta={"note": note, "kind": "Network", "item": "link", "unit": unit, "rows": rows}, height=480)
    figure.update_xaxes(visible=False, scaleanchor="y")
    return figure.update_yaxes(visible=False, autorange=True, rangemode="normal")
