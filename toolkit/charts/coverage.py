"""Coverage over time and by group as a chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from toolkit.charts.look import COLOURS, SYMBOLS, bars, finished, label
from toolkit.choices import need_columns
from toolkit.describing import COUNTED

if TYPE_CHECKING:
    import pandas as pd

MOST_EVENTS = 9
_SPAN = {"day": 86_400_000, "week": 7 * 86_400_000, "month": "M1", "quarter": "M3", "year": "M12"}
_NAMED = {"month": "%b %Y", "quarter": "from %b %Y", "year": "%Y"}
FEW = 6
"""Up to how many periods each is named on the axis."""


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
    group = next((name for name in counts.columns if name not in COUNTED), None)
    note = _counted(counts)
    by_event = counts.attrs.get("period") == "event"
    if by_event or "period" not in counts:
        names = counts["period" if by_event else group]
        figure = go.Figure(bars(names, counts["articles"], unit="articles found"))
        return finished(figure, title=title, unit="articles found", note=note)
    if group is None:
        figure = go.Figure(_stacked(counts)).update_layout(barmode="stack")
    else:
        figure = go.Figure(
            [_line(str(name), part, i) for i, (name, part) in enumerate(counts.groupby(group, sort=False))]
        )
    span = counts.attrs.get("period", "month")
    figure.update_traces(xperiod=_SPAN[span], xperiodalignment="middle")
    if span in _NAMED and counts["period"].nunique() <= FEW:  # else Plotly names days within them
        figure.update_xaxes(dtick=_SPAN[span], tickformat=_NAMED[span])
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
    lack = "are about no event of the list" if told.get("period") == "event" else "have no date"
    left = f"; {undated:,} more {lack} and are not drawn" if undated else ""
    noun = "article" if n - undated == 1 else "articles"
    sentences = [f"n = {n - undated:,} {noun}{', ' + told['sample'] if told.get('sample') else ''}{left}."]
    if inferred:
        sentences.append(f"{inferred:,} of them placed by the month of their event.")
    if told.get("n_in_several_groups"):
        sentences.append(f"{told['n_in_several_groups']:,} of them counted in more than one group.")
    return " ".join(sentences)


def _stacked(counts: pd.DataFrame) -> list[go.Bar]:
    """Return bars over time, on top and hatched the articles that were placed by the month of their event."""
    inferred = counts["month_from_event"] if "month_from_event" in counts else 0 * counts["articles"]
    stated = counts["articles"] - inferred
    shown = [go.Bar(x=counts["period"], y=stated, name="own date stated", marker={"color": COLOURS[0]})]
    if inferred.any():
        hatch = {"color": "#ffffff", "pattern": {"shape": "/", "fgcolor": COLOURS[0]}, "line": {"color": COLOURS[0]}}
        shown.append(go.Bar(x=counts["period"], y=inferred, name="by the month of the event", marker=hatch))
    return shown


def chart_multiples(counts: pd.DataFrame, *, columns: int = 3, title: str = "Articles found") -> go.Figure:
    """Return a small chart over time for each group that `count_coverage` counted, all on one scale.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> days = pd.to_datetime(["2022-01-01", "2022-01-01"])
    >>> counts = pd.DataFrame({"period": days, "genre": ["news", "opinion"], "articles": [3, 1]})
    >>> print(describe(chart_multiples(counts, title="Articles")))
    Articles. Bar chart, 2 bars in 2 groups: articles found. From 2022-01 to 2022-01. Highest: news, 2022-01 (3). \
Lowest: opinion, 2022-01 (1). n = 4 articles.
    """
    from plotly.subplots import make_subplots

    need_columns("chart_multiples", counts, ("period", "articles"), "count_coverage(table, by='genre')")
    group = counts.columns[1]
    if group == "articles":
        raise ValueError("chart_multiples needs groups; count by one: count_coverage(table, by='genre')")
    names = list(dict.fromkeys(counts[group].astype(str)))
    rows = -(-len(names) // columns)
    figure = make_subplots(rows, columns, shared_yaxes=True, shared_xaxes=True, subplot_titles=list(map(label, names)))
    for i, name in enumerate(names):
        part = counts[counts[group].astype(str) == name]
        bar = go.Bar(x=part["period"], y=part["articles"], name=label(name), marker={"color": COLOURS[0]})
        figure.add_trace(bar, row=i // columns + 1, col=i % columns + 1)
    figure.update_traces(xperiod=_SPAN.get(counts.attrs.get("period", "month")), xperiodalignment="middle")
    finished(figure, title=title, unit="articles found", note=_counted(counts))
    for row in range(1, rows + 1):
        figure.update_yaxes(title_text="articles found", row=row, col=1)
    figure.update_yaxes(range=[0, max(1.05 * float(counts["articles"].max()), 1)])
    return figure.update_layout(showlegend=False, height=160 + 150 * rows)


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

    days = {"day": DateOffset(days=1), "week": DateOffset(weeks=1), "quarter": DateOffset(months=3)}
    days["year"] = DateOffset(years=1)
    end = counts["period"].max() + days.get(str(counts.attrs.get("period")), DateOffset(months=1))
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
