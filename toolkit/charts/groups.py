"""Groups beside each other: a matrix with its numbers in the cells, a small chart for each group, pairs as a ring."""

from __future__ import annotations

from textwrap import shorten
from typing import TYPE_CHECKING, Any

import plotly.graph_objects as go

from toolkit.charts.look import dots, finished, label
from toolkit.charts.ring import Link, Node, finished_ring, ring
from toolkit.choices import need_columns

if TYPE_CHECKING:
    import pandas as pd

MOST_CELLS = 40
"""The most rows or columns that a matrix draws; below that its numbers can be read."""


def chart_matrix(counts: pd.DataFrame, *, title: str = "Articles found") -> go.Figure:
    """Return a matrix of two groups with the number of articles in every cell; the darker, the greater the share.

    `counts` is what `count_coverage(table, by=[…, …], period=None)` returned, where the darkness is the share within
    the second group, or what `quoted_by` returned, where it is the number itself.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> counts = pd.DataFrame({"speaker": ["Ann", "Bob"], "language": ["de", "de"], "articles": [3, 1]})
    >>> print(describe(chart_matrix(counts)))
    Articles found. Matrix, 2 cells: articles. Highest: Ann, de (3). Lowest: Bob, de (1).
    """
    need_columns("chart_matrix", counts, ("articles",), 'count_coverage(table, by=["frames", "language"], period=None)')
    groups = [name for name in counts.columns[:2] if name != "articles"]
    if len(groups) < 2:
        raise ValueError('chart_matrix needs two groups: count_coverage(table, by=["frames", "language"], period=None)')
    names = [list(dict.fromkeys(counts[name].astype(str)))[:MOST_CELLS] for name in groups]
    cells = counts.astype(dict.fromkeys(groups, str)).set_index(groups)
    order = [(row, column) for row in names[0] for column in names[1]]
    shape = (len(names[0]), len(names[1]))
    found = cells.reindex(order)["articles"].fillna(0).to_numpy().reshape(shape)
    shade = cells.reindex(order)["share"].to_numpy(float).reshape(shape) if "share" in cells else found
    unit = f"share within {groups[1].replace('_', ' ')}" if "share" in cells else "articles"
    shown = go.Heatmap(
        z=shade, x=[label(name) for name in names[1]], y=[label(name) for name in names[0]], text=found,
        texttemplate="%{text:d}", colorscale=[[0, "#ffffff"], [1, "#0072B2"]], xgap=1, ygap=1,
        zmin=0, colorbar={"title": {"text": unit.replace(" within ", "<br>within ")}},
        hovertemplate=f"%{{y}}, %{{x}}: %{{text:d}} articles; {unit} %{{z:.2f}}<extra></extra>",
    )  # fmt: skip
    told = counts.attrs
    note = _note(told, " Of them {n_quoting:,} quote somebody." if "n_quoting" in told else "")
    if told.get("n_in_several_groups"):
        note += f" {told['n_in_several_groups']:,} of them counted in more than one group."
    figure = finished(go.Figure(shown), title=title, unit="", note=note)
    figure.update_xaxes(title_text=groups[1].replace("_", " "))
    figure.update_yaxes(autorange="reversed", title_text=groups[0].replace("_", " "))
    rows = [["", f"{a}, {b}", n] for (a, b), n in zip(order, found.ravel().tolist(), strict=True)]
    meta = {"note": note, "kind": "Matrix", "item": "cell", "unit": "articles", "rows": rows}
    figure.layout.annotations[-1].yshift = -100  # below the names of the columns, which may stand upright
    return figure.update_layout(meta=meta, height=300 + 26 * len(names[0]), margin={"b": 150})


def _note(told: dict[Any, Any], more: str = "") -> str:
    """Return how many articles stand behind a table, and of what sample."""
    if "n" not in told:
        return ""
    sample = f", {told['sample']}" if told.get("sample") else ""
    return f"n = {told['n']:,} articles{sample}.{more.format(**told)}"


def chart_together(pairs: pd.DataFrame, *, title: str = "Who is named together") -> go.Figure:
    """Return what `named_together` counted as a ring: the most often named actor at the top, the others clockwise.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> row = {"first": ["ESA"], "second": ["NASA"], "articles": [2], "first_articles": [3], "second_articles": [2]}
    >>> print(describe(chart_together(pd.DataFrame(row))))
    Who is named together. Network, 1 link: articles. Highest: ESA and NASA (2). 2 actors.
    """
    need_columns("chart_together", pairs, ("first", "second", "articles", "first_articles"), "named_together(coverage)")
    if pairs.empty:
        raise ValueError("no two actors are named in one article; look at what your filter left")
    alone = dict(zip(pairs["second"], pairs["second_articles"], strict=True))
    alone |= dict(zip(pairs["first"], pairs["first_articles"], strict=True))
    ranked = sorted(alone, key=lambda name: (-alone[name], name))
    nodes = [Node(name, f"{name}: {alone[name]} articles") for name in ranked]
    links = [Link(a, b, n) for a, b, n in zip(pairs["first"], pairs["second"], pairs["articles"], strict=True)]
    most = max(link.weight for link in links)
    note = f"{len(nodes)} actors. {_note(pairs.attrs)}".strip()
    return finished_ring(
        ring(nodes, links, steps=(1, most / 4, most / 2)), links, title=title, unit="articles", note=note
    )


def chart_attention(table: pd.DataFrame, *, top: int = 15, title: str = "How soon the press wrote") -> go.Figure:
    """Return for the events of what `attention` returned, the most written about above, days until half had appeared.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> rows = {"title": ["End", "Talks"], "articles": [9, 3], "dated": [5, 1], "half_life": [1.0, None]}
    >>> print(describe(chart_attention(pd.DataFrame(rows))))
    How soon the press wrote. Dot plot, 1 dot: days until half of the articles had appeared. Highest: End, 5 of 9 (1). \
n = 9 articles, 5 of them dated. Events with fewer than 3 dated articles are left out: 1.
    """
    need_columns("chart_attention", table, ("title", "articles", "dated", "half_life"), "attention(coverage, events)")
    shown = table.dropna(subset=["half_life"]).head(top)
    if shown.empty:
        raise ValueError("no event has three dated articles, so no half-life can be drawn")
    unit = "days until half of the articles had appeared"
    names = [
        f"{shorten(str(row.title), 45, placeholder='…')}, {row.dated:.0f} of {row.articles:.0f}"
        for row in shown.itertuples()
    ]
    n, dated = int(shown["articles"].sum()), int(shown["dated"].sum())
    note = f"n = {n:,} articles, {dated:,} of them dated. "
    note += f"Events with fewer than 3 dated articles are left out: {int(table['half_life'].isna().sum())}."
    figure = finished(go.Figure(dots(names, shown["half_life"], unit=unit)), title=title, unit=unit, note=note)
    return figure.update_layout(meta={"note": note, "kind": "Dot plot", "item": "dot"})


def chart_agreement(table: pd.DataFrame, *, title: str = "How far two coders agree") -> go.Figure:
    """Return what `coder_agreement` measured as dots: alpha of each code with its interval, 1 is full agreement.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> rows = {"code": ["a", "b"], "alpha": [0.5, 0.9], "low": [0.3, 0.8], "high": [0.7, 1.0]}
    >>> print(describe(chart_agreement(pd.DataFrame(rows))))
    How far two coders agree. Dot plot, 2 dots: Krippendorff’s alpha, 0 as by luck, 1 full. Highest: b (0.9). Lowest: \
a (0.5). The bars hold 95 of 100 samples.
    """
    need_columns("chart_agreement", table, ("code", "alpha", "low", "high"), "coder_agreement()")
    ranked = table.sort_values("alpha", ascending=False, kind="stable")
    unit = "Krippendorff’s alpha, 0 as by luck, 1 full"
    shown = dots(ranked["code"], ranked["alpha"], unit=unit, low=ranked["low"], high=ranked["high"])
    told = table.attrs.get("articles")
    note = "The bars hold 95 of 100 samples." + (f" n = {told} articles, coded twice." if told else "")
    figure = finished(go.Figure(shown), title=title, unit=unit, note=note)
    return figure.update_layout(meta={"note": note, "kind": "Dot plot", "item": "dot"})
