"""Put a figure into words and numbers: for people who cannot see it, and to test whether one has understood it."""

from __future__ import annotations

import html
import math
import re
from itertools import groupby
from numbers import Real
from typing import Any

from toolkit.choices import need, need_columns

Row = tuple[str, str, float]
"""One point of a figure: its group (empty if there is one only), its label, its value."""

COUNTED = {"period", "articles", "month_from_event", "of", "share", "low", "high"}
"""The columns of `count_coverage` that are no groups."""

KINDS = {"bar": ("Bar chart", "bar"), "scatter": ("Line chart", "point"), "pie": ("Pie chart", "part")}


def describe(figure: Any) -> str:
    """Return in words what a figure shows: title, kind, unit, highest and lowest, gaps, and what its note says.

    Works from any Plotly figure of bars, lines or dots, and from the figure alone: it cannot say what is not drawn.

    >>> from toolkit.charts import chart_terms
    >>> print(describe(chart_terms({"mars": 3, "esa": 2}, title="Words")))
    Words. Bar chart, 2 bars: occurrences. Highest: mars (3). Lowest: esa (2). 2 different words, 5 in all.
    """
    known = object if hasattr(figure, "layout") and hasattr(figure, "data") else ()
    need("describe", figure, known, "give what a chart function returned, for example describe(chart_terms(counts))")
    title, rows = _text(figure.layout.title.text) or "Untitled figure", figure_rows(figure)
    if not rows:
        return f"{title}. Nothing is drawn that has labels and values."
    told, first = figure.layout.meta or {}, figure.data[0]
    name, item = KINDS.get(first.type, ("Figure", "value"))
    item = f"{len(rows)} {told.get('item', item)}{'s' * (len(rows) != 1)}"
    several, flat = (
        len(figure.data) > 1 and "rows" not in told,
        first.type == "pie" or getattr(first, "orientation", "") == "h",
    )
    groups = f" in {len(figure.data)} groups" if several else ""
    axis = figure.layout.xaxis if flat else figure.layout.yaxis
    unit = told.get("unit") or _text(axis.title.text) or "values"
    parts = [title, f"{told.get('kind', name)}, {item}{groups}: {unit}"]
    if not flat and "rows" not in told:
        parts.append(f"From {rows[0][1]} to {rows[-1][1]}")
    if figure.layout.barmode == "stack":
        rows, several = _totals(rows), False
    parts += _extremes(rows, several)
    if not flat and (zeros := sum(row[2] == 0 for row in rows)):
        parts.append(f"{zeros} of {len(rows)} are 0{'' if several or 'rows' in told else _gap(rows)}")
    return f"{'. '.join(parts)}. {told.get('note', '')}".rstrip()


def count_sentences(counts: Any) -> list[str]:
    """Return what `count_coverage` counted as sentences, one for each row: what a text about it can be held against.

    >>> import pandas as pd
    >>> row = {"genre": "news", "articles": 3, "of": 4, "share": 0.75, "low": 0.3, "high": 0.95}
    >>> count_sentences(pd.DataFrame([row]))
    ['3 of the 4 articles, 75% (between 30% and 95%), have the genre news.']
    """
    need_columns("count_sentences", counts, ("articles",), "what count_coverage(…) returned")
    groups = [name for name in counts if name not in COUNTED]
    said = []
    for row in counts.to_dict("records"):
        when = f"In {str(row['period'])[:10].removesuffix('-01')}, " if "period" in row else ""
        kinds = " and ".join(f"the {name.replace('_', ' ')} {str(row[name]).replace('_', ' ')}" for name in groups)
        if kinds and row["of"]:
            share = f"{row['share']:.0%} (between {row['low']:.0%} and {row['high']:.0%})"
            said.append(f"{when}{row['articles']:,} of the {row['of']:,} articles, {share}, have {kinds}.")
        else:
            said.append(f"{when}{row['articles']:,} articles were found.")
    return said


def _totals(rows: list[Row]) -> list[Row]:
    """Return the sum for each label, as bars on top of each other show it."""
    sums: dict[str, float] = {}
    for _, label, value in rows:
        sums[label] = sums.get(label, 0) + value
    return [("", label, value) for label, value in sums.items()]


def _gap(rows: list[Row]) -> str:
    """Return where the longest run of more than two zeros lies, or nothing."""
    runs = [list(run) for value, run in groupby(rows, key=lambda row: row[2] == 0) if value]
    longest = max(runs, key=len)
    return f", the longest gap from {longest[0][1]} to {longest[-1][1]}" if len(longest) > 2 else ""


def _extremes(rows: list[Row], several: bool) -> list[str]:
    highest, lowest = max(rows, key=lambda row: row[2]), min(rows, key=lambda row: row[2])
    if len(rows) > 1 and highest[2] == lowest[2]:
        return [f"All are {highest[2]:,.4g}"]
    said = [f"{f'{row[0]}, ' if several and row[0] else ''}{row[1]} ({row[2]:,.4g})" for row in (highest, lowest)]
    return [f"Highest: {said[0]}", f"Lowest: {said[1]}"][: len(rows)]


def figure_rows(figure: Any) -> list[Row]:
    """Return the data of a figure as rows of (group, label, value): the table that stands behind the picture.

    What has no value is left out. A figure whose marks are no labels and values says itself what its rows are.

    >>> from toolkit.charts import chart_terms
    >>> figure_rows(chart_terms({"mars": 3}))
    [('', 'mars', 3)]
    """
    if figure.layout.meta and "rows" in figure.layout.meta:
        return [(str(group), str(label), float(value)) for group, label, value in figure.layout.meta["rows"]]
    rows: list[Row] = []
    for trace in (trace for trace in figure.data if trace.type in KINDS):
        across = ("labels", "values") if trace.type == "pie" else ("y", "x") if trace.orientation == "h" else ("x", "y")
        labels, values = (trace[name] for name in across)
        values = () if values is None else values
        group, span = _text(trace.name), getattr(trace, "xperiod", None)
        for label, value in zip(range(len(values)) if labels is None else labels, values, strict=False):
            if isinstance(value, Real) and not math.isnan(value):
                rows.append((group, _text(_period(label, span)), value))  # type: ignore[arg-type]
    return rows


def _period(label: object, span: object) -> str:
    """Return a label as it is, and that of a month, quarter or year as 2022-07, 2022 Q3 or 2022."""
    day = re.sub(r"[ T]00:00:00(?:\.0+)?$", "", str(label))
    if span == "M3":
        return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}"
    return {"M1": day[:7], "M12": day[:4]}.get(str(span), day)


def _text(label: object) -> str:
    return html.unescape(str(label or ""))
