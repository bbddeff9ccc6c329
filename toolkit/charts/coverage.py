"""Coverage over time and by group as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from toolkit.charts.look import COLOURS, SYMBOLS, bars, finished, label

if TYPE_CHECKING:
    import pandas as pd

MOST_EVENTS = 9
_SPAN = {"month": "M1", "quarter": "M3", "year": "M12"}


def chart_coverage(
    counts: pd.DataFrame, *, events: pd.DataFrame | None = None, title: str = "Articles found"
) -> go.Figure:
    """Return a chart of what `count_coverage` counted: bars over time, a line for each group, or bars for groups alone.

    `events` are rows of `load_events()`; those within the periods shown are marked by numbered vertical lines.
    Raises ValueError for an empty table, and for more than 9 events.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> counts = pd.DataFrame({"genre": ["news", "opinion"], "articles": [3, 0], "month_from_event": [1, 0]})
    >>> print(describe(chart_coverage(counts)))
    Articles found. Bar chart, 2 bars: articles found. Highest: news (3). Lowest: opinion (0). n = 3 articles.
    """
    if "articles" not in getattr(counts, "columns", ()):
        given = type(counts).__name__
        raise TypeError(f"chart_coverage cannot use this {given}; count first: chart_coverage(count_coverage(table))")
    if counts.empty:
        raise ValueError("there is nothing to draw; count_coverage returned no row")
    group = next((name for name in counts.columns if name not in {"period", "articles", "month_from_event"}), None)
    note = _counted(counts)
    if "period" not in counts:
        figure = go.Figure(bars(counts[group], counts["articles"], unit="articles found"))
        return finished(figure, title=title, unit="articles found", note=note)
    if group is None:
        figure = go.Figure(go.Bar(x=counts["period"], y=counts["articles"], marker={"color": COLOURS[0]}))
    else:
        figure = go.Figure(
            [_line(str(name), part, i) for i, (name, part) in enumerate(counts.groupby(group, sort=False))]
        )
    figure.update_traces(xperiod=_SPAN[counts.attrs.get("period", "month")], xperiodalignment="middle")
    if events is not None:
        if "date_text" not in getattr(events, "columns", ()):
            raise TypeError(f"events cannot be a {type(events).__name__}; choose rows of load_events()")
        note = f"{note} {_mark_events(figure, events, counts)}"
    return finished(figure, title=title, unit="articles found", note=note.strip())


def _counted(counts: pd.DataFrame) -> str:
    """Return in words how many articles stand behind the counts, and how sure their place in time is."""
    told = counts.attrs
    n, inferred = told.get("n", counts["articles"].sum()), told.get("n_month_from_event", 0)
    undated = told.get("n_undated", 0)
    left = f"; {undated:,} more have no date and are not drawn" if undated else ""
    sentences = [f"n = {n - undated:,} articles{', ' + told['sample'] if told.get('sample') else ''}{left}."]
    if inferred:
        sentences.append(f"{inferred:,} of them placed by the month of their event.")
    if told.get("n_in_several_groups"):
        sentences.append(f"{told['n_in_several_groups']:,} of them counted in more than one group.")
    return " ".join(sentences)


def _line(name: str, part: pd.DataFrame, number: int) -> go.Scatter:
    style = {
        "color": COLOURS[number % len(COLOURS)],
        "symbol": SYMBOLS[(number + number // len(COLOURS)) % len(SYMBOLS)],
        "size": 7,
    }
    return go.Scatter(x=part["period"], y=part["articles"], name=label(name), mode="lines+markers", marker=style)


def _mark_events(figure: go.Figure, events: pd.DataFrame, counts: pd.DataFrame) -> str:
    """Draw a numbered line for every event within the periods, and return what the numbers mean."""
    from pandas import DateOffset

    months = int(_SPAN[counts.attrs.get("period", "month")][1:])
    end = counts["period"].max() + DateOffset(months=months)
    inside = events[(events["date"] >= counts["period"].min()) & (events["date"] < end)]
    if len(inside) > MOST_EVENTS:
        raise ValueError(
            f"{len(inside)} events are too many to mark; choose at most {MOST_EVENTS} rows of load_events()"
        )
    line = {"dash": "dash", "color": COLOURS[1], "width": 2}
    for number, day in enumerate(inside["date"], 1):
        figure.add_shape(type="line", x0=day, x1=day, y0=0, y1=1, yref="paper", line=line)
        figure.add_annotation(x=day, y=1, yref="paper", yanchor="bottom", text=str(number), showarrow=False)
    named = [f"{i} {row.title} ({row.date_text})" for i, row in enumerate(inside.itertuples(), 1)]
    return f"Events: {'; '.join(named)}." if named else ""
