"""Put a figure into words and numbers: for people who cannot see it, and to test whether one has understood it."""

from __future__ import annotations

import base64
import html
import math
from collections.abc import Iterable
from typing import Any

from toolkit.choices import need

Row = tuple[str, str, float]
"""One point of a figure: its group (empty if there is one only), its label, its value."""


def describe(figure: Any) -> str:
    """Return in words what a figure shows: title, kind, unit, highest and lowest, gaps, and what its note says.

    Works from any Plotly figure with labels and values, and from the figure alone, so it cannot say what is not drawn.

    >>> from toolkit.charts import chart_terms
    >>> print(describe(chart_terms({"mars": 3, "esa": 2}, title="Words")))
    Words. Bar chart, 2 bars: occurrences. Highest: mars (3). Lowest: esa (2). 2 different words, 5 in all.
    """
    known = object if hasattr(figure, "layout") and hasattr(figure, "data") else ()
    need("describe", figure, known, "give what a chart function returned, for example describe(chart_terms(counts))")
    parts = [_text(figure.layout.title.text) or "Untitled figure"]
    rows = figure_rows(figure)
    if not rows:
        return f"{parts[0]}. Nothing is drawn that has labels and values."
    kind = figure.data[0].type
    name, item = {"bar": ("Bar chart", "bar"), "scatter": ("Line chart", "point")}.get(
        kind, (f"Figure ({kind})", "value")
    )
    told = figure.layout.meta or {}
    name, item = told.get("kind", name), told.get("item", item)
    several = len(figure.data) > 1 and "rows" not in told
    groups = f" in {len(figure.data)} groups" if several else ""
    flat = _lies_down(figure.data[0])
    unit = told.get("unit") or _text((figure.layout.xaxis if flat else figure.layout.yaxis).title.text) or "values"
    parts.append(f"{name}, {len(rows)} {item}{'s' * (len(rows) != 1)}{groups}: {unit}")
    if not flat and kind in {"bar", "scatter"} and "rows" not in told:
        parts.append(f"From {rows[0][1]} to {rows[-1][1]}")
    parts += _extremes(rows, several)
    if not flat and (zeros := sum(row[2] == 0 for row in rows)):
        parts.append(f"{zeros} of {len(rows)} are 0")
    return ". ".join(parts) + f". {(figure.layout.meta or {}).get('note', '')}".rstrip()


def _extremes(rows: list[Row], several: bool) -> list[str]:
    highest, lowest = max(rows, key=lambda row: row[2]), min(rows, key=lambda row: row[2])
    if len(rows) > 1 and highest[2] == lowest[2]:
        return [f"All are {highest[2]:,.4g}"]
    said = [
        f"{f'{name}, ' if several and name else ''}{label} ({value:,.4g})" for name, label, value in (highest, lowest)
    ]
    return [f"Highest: {said[0]}", f"Lowest: {said[1]}"][: len(rows)]


def figure_rows(figure: Any) -> list[Row]:
    """Return the data of a figure as rows of (group, label, value): the table that stands behind the picture.

    >>> from toolkit.charts import chart_terms
    >>> figure_rows(chart_terms({"mars": 3}))
    [('', 'mars', 3)]
    """
    told = (figure.layout.meta or {}).get("rows")  # a figure whose marks are no labels and values says what they are
    found = ((_text(trace.name), label, value) for trace in figure.data for label, value in _points(trace))
    return [(str(group), str(label), float(value)) for group, label, value in told] if told is not None else list(found)


def _lies_down(trace: Any) -> bool:
    return getattr(trace, "orientation", None) == "h"


def _points(trace: Any) -> Iterable[tuple[str, float]]:
    """Yield the labelled values of one trace; what has no value is left out."""
    names = ("labels", "values") if trace.type == "pie" else ("y", "x") if _lies_down(trace) else ("x", "y")
    labels, values = (_column(getattr(trace, name, None)) for name in names)
    span = getattr(trace, "xperiod", None)
    for i, value in enumerate(values):
        if isinstance(value, int | float) and not math.isnan(value):
            yield _text(_period(labels[i], span)) if i < len(labels) else str(i), value


def _column(values: Any) -> list[Any]:
    """Return the values of a column as a list, also where Plotly has packed them into bytes."""
    if values is None:
        return []
    if isinstance(values, dict) and "bdata" in values:
        import numpy as np

        values = np.frombuffer(base64.b64decode(values["bdata"]), dtype=values["dtype"])
    return [value.item() if hasattr(value, "item") and not hasattr(value, "year") else value for value in values]


def _period(label: object, span: object) -> str:
    """Return a label as it is, a day as 2022-07-12, and a period as 2022-07, 2022 Q3 or 2022."""
    day = str(label)[:10]
    if span == "M12":
        return day[:4]
    if span == "M3":
        return f"{day[:4]} Q{(int(day[5:7]) + 2) // 3}"
    return day[:7] if span == "M1" else day if hasattr(label, "year") else str(label)


def _text(label: object) -> str:
    return html.unescape(str(label or ""))
