"""Draw tables as Plotly figures: units on axes, source and number of articles below, never colour alone."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from toolkit.choices import need, need_count
from toolkit.summaries import Summary

if TYPE_CHECKING:
    import pandas as pd

Figure = go.Figure
"""What every chart function returns: a plain Plotly figure, which can be changed, saved and combined as any other."""

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000", "#F0E442")
"""Eight colours that people with any kind of colour vision can tell apart (Okabe and Ito 2008)."""

SYMBOLS = ("circle", "square", "diamond", "cross", "x", "triangle-up", "star", "hexagon")
MOST_EVENTS = 9
MOST_BARS = 60
BUTTONS_REMOVED = ("sendChartToCloud", "select", "lasso", "zoom", "pan", "zoomin", "zoomout", "autoscale")
"""Buttons of Plotly that no lesson uses; the first would upload the chart."""
_SPAN = {"month": "M1", "quarter": "M3", "year": "M12"}


def chart_terms(
    counts: Mapping[str, int] | Sequence[tuple[str, int]], *, top: int = 15, title: str = "Most frequent words"
) -> go.Figure:
    """Return a bar chart of the `top` most frequent words, the most frequent above.

    `counts` is what `term_counts` returns. Raises ValueError when it is empty.

    >>> from toolkit.describing import describe
    >>> print(describe(chart_terms({"mars": 3, "esa": 2}, title="Words")))
    Words. Bar chart, 2 bars: occurrences. Highest: mars (3). Lowest: esa (2). 2 different words, 5 in all.
    """
    need("chart_terms", counts, (Mapping, list, tuple), "give what term_counts(words(text)) returned")
    need_count("top", top, least=1)
    if not isinstance(counts, Mapping):
        need("chart_terms", next(iter(counts), ()), tuple, "count the words first: chart_terms(term_counts(words))")
        counts = dict(counts)
    if not counts:
        raise ValueError("there is no word to draw; look at what words(…) returned before counting")
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    bars = _bars([word for word, _ in ranked], [count for _, count in ranked], unit="occurrences")
    note = f"{len(counts):,} different words, {sum(counts.values()):,} in all."
    return _finished(go.Figure(bars), title=title, unit="occurrences", note=note)


def chart_scores(summary: Summary) -> go.Figure:
    """Return a bar chart of the score of every sentence, in reading order, those in the summary hatched.

    >>> from toolkit.describing import describe
    >>> from toolkit.summaries import summarize
    >>> print(describe(chart_scores(summarize("Mars is far. Tea is hot.", sentences=1, method="lead"))))
    Sentence scores by lead. Bar chart, 2 bars: score. Highest: sentence 1 (1). Lowest: sentence 2 (0.5). \
Hatched, in the summary: 1.
    """
    need("chart_scores", summary, Summary, "summarise first: chart_scores(summarize(article))")
    chosen = {sentence.number for sentence in summary.sentences}
    shown = [sentence for sentence in summary.scored if sentence.rank <= MOST_BARS]
    bars = _bars([f"sentence {s.number}" for s in shown], [s.score for s in shown], unit="score")
    bars.marker.opacity = [1 if s.number in chosen else 0.5 for s in shown]
    bars.marker.pattern = {"shape": ["/" if s.number in chosen else "" for s in shown], "fgcolor": "white"}
    bars.update(customdata=[_label(s.text[:80]) for s in shown], hovertemplate="%{y}: %{x:.3f}<br>%{customdata}")
    listed = ", ".join(str(number) for number in sorted(chosen)) or "none"
    rest = f" The {len(shown)} best of {len(summary.scored)} sentences are shown." * (len(shown) < len(summary.scored))
    note = f"Hatched, in the summary: {listed}.{rest}"
    title = f"Sentence scores by {summary.method}"
    return _finished(go.Figure(bars), title=title, unit="score", note=note)


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
        figure = go.Figure(_bars(counts[group], counts["articles"], unit="articles found"))
        return _finished(figure, title=title, unit="articles found", note=note)
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
    return _finished(figure, title=title, unit="articles found", note=note.strip())


def _counted(counts: pd.DataFrame) -> str:
    """Return in words how many articles stand behind the counts, and how sure their place in time is."""
    told = counts.attrs
    n, inferred = told.get("n", counts["articles"].sum()), told.get("n_month_from_event", 0)
    sentences = [f"n = {n:,} articles{', ' + told['sample'] if told.get('sample') else ''}."]
    if inferred:
        sentences.append(f"{inferred:,} of them placed by the month of their event.")
    if told.get("n_in_several_groups"):
        sentences.append(f"{told['n_in_several_groups']:,} of them counted in more than one group.")
    if told.get("n_undated"):
        sentences.append(f"{told['n_undated']:,} without a date left out.")
    return " ".join(sentences)


def _line(name: str, part: pd.DataFrame, number: int) -> go.Scatter:
    style = {
        "color": COLOURS[number % len(COLOURS)],
        "symbol": SYMBOLS[(number + number // len(COLOURS)) % len(SYMBOLS)],
        "size": 7,
    }
    return go.Scatter(x=part["period"], y=part["articles"], name=_label(name), mode="lines+markers", marker=style)


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


def _bars(labels: Iterable[str], values: Iterable[float], *, unit: str) -> go.Bar:
    hover = f"%{{y}}: %{{x}} {unit}<extra></extra>"
    names = [_label(label) for label in labels]
    return go.Bar(x=list(values), y=names, orientation="h", marker={"color": COLOURS[0]}, hovertemplate=hover)


def _label(text: str) -> str:
    """Return text that Plotly shows as it is, not as markup."""
    return html.escape(str(text), quote=False)


def _finished(figure: go.Figure, *, title: str, unit: str, note: str) -> go.Figure:
    """Give a figure the look that all share: title, units on axes, room for its labels, and the note below."""
    lines, flat = textwrap.wrap(note, 120), figure.data[0].orientation == "h"
    rows = len(figure.data[0].y) if flat else 10
    figure.update_layout(
        title={"text": _label(title), "x": 0, "xref": "paper"},
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
    figure.add_annotation(text="<br>".join(map(_label, lines)), **place, **look)
    return figure


def live_chart(figure: go.Figure) -> go.FigureWidget:
    """Return the figure as a widget, which `redraw` can change in place."""
    return go.FigureWidget(figure)


def redraw(live: go.FigureWidget, figure: go.Figure) -> None:
    """Let a live chart show another figure of the same kind, in one step."""
    with live.batch_update():
        live.update(figure.to_dict(), overwrite=True)


def plotly_script() -> str:
    """Return the JavaScript that draws figures, about 4.8 MB, from the installed plotly: nothing is fetched."""
    from plotly.offline import get_plotlyjs

    return str(get_plotlyjs())
