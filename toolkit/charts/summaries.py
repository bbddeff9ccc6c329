"""Summaries as charts: the score of every sentence, who is like whom, and how the methods compare."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import plotly.graph_objects as go

from toolkit.charts.look import COLOURS, bars, finished, label
from toolkit.choices import need, one_of
from toolkit.methods.by_likeness import pairs_alike
from toolkit.summaries import Summary

if TYPE_CHECKING:
    import pandas as pd

MOST_BARS = 60
MOST_NODES = 40
MOST_LINKS = 100


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
    shown_bars = bars([f"sentence {s.number}" for s in shown], [s.score for s in shown], unit="score")
    shown_bars.marker.opacity = [1 if s.number in chosen else 0.5 for s in shown]
    shown_bars.marker.pattern = {"shape": ["/" if s.number in chosen else "" for s in shown], "fgcolor": "white"}
    shown_bars.update(customdata=[label(s.text[:80]) for s in shown], hovertemplate="%{y}: %{x:.3f}<br>%{customdata}")
    listed = ", ".join(str(number) for number in sorted(chosen)) or "none"
    rest = f" The {len(shown)} best of {len(summary.scored)} sentences are shown." * (len(shown) < len(summary.scored))
    note = f"Hatched, in the summary: {listed}.{rest}"
    title = f"Sentence scores by {summary.method}"
    return finished(go.Figure(shown_bars), title=title, unit="score", note=note)


def chart_likeness(summary: Summary) -> go.Figure:
    """Return the sentences of a summary's text as a circle, with a line between those that are alike.

    The first sentence is at the top, the others follow clockwise; chosen ones are squares. The thicker a line, the
    higher the cosine; point at the middle of a line to read it and the words that both sentences have.

    >>> from toolkit.describing import describe
    >>> from toolkit.summaries import summarize
    >>> print(describe(chart_likeness(summarize("Mars is red. A red rover. Tea.", sentences=1, method="lead"))))
    Which sentences are alike. Network, 1 link: cosine. Highest: 1 and 2 (0.12). 3 sentences, squares in the summary: 1.
    """
    need("chart_likeness", summary, Summary, "summarise first: chart_likeness(summarize(article))")
    shown = [s for s in summary.scored if s.rank <= MOST_NODES]
    angle = {s.number: 2 * math.pi * i / len(shown) for i, s in enumerate(shown)}
    place = {number: (math.sin(turn), math.cos(turn)) for number, turn in angle.items()}
    alike = [link for link in pairs_alike(summary.content) if {link.first, link.second} <= place.keys()]
    links = alike[:MOST_LINKS]
    figure = go.Figure()
    for least, most, width in ((0.05, 0.15, 1), (0.15, 0.3, 3), (0.3, 1.01, 6)):
        ends = [(place[link.first], place[link.second]) for link in links if least <= link.cosine < most]
        xs, ys = ([v for a, b in ends for v in (a[axis], b[axis], None)] for axis in (0, 1))
        line = {"width": width, "color": "#8c8c8c"}
        figure.add_scatter(x=xs, y=ys, mode="lines", line=line, hoverinfo="skip", showlegend=False)
    middles = [((place[a][0] + place[b][0]) / 2, (place[a][1] + place[b][1]) / 2) for a, b, *_ in links]
    told = [f"{link.first} and {link.second}: {link.cosine:.2f}<br>{label(link.words[:120])}" for link in links]
    hover = {"hovertext": told, "hoverinfo": "text", "showlegend": False}
    figure.add_scatter(x=[x for x, _ in middles], y=[y for _, y in middles], mode="markers", **hover,
                       marker={"size": 14, "opacity": 0})  # fmt: skip
    chosen = [s.number in summary.numbers for s in shown]
    look = {"size": 26, "color": ["#ffd8b8" if c else "#ffffff" for c in chosen], "line": {"width": 1.5},
            "symbol": ["square" if c else "circle" for c in chosen]}  # fmt: skip
    figure.add_scatter(x=[place[s.number][0] for s in shown], y=[place[s.number][1] for s in shown], marker=look,
                       mode="markers+text", text=[str(s.number) for s in shown], hoverinfo="text", showlegend=False,
                       hovertext=[label(f"{s.number}: {s.text[:100]}") for s in shown])  # fmt: skip
    listed = ", ".join(map(str, sorted(summary.numbers))) or "none"
    note = f"{len(shown)} sentence{'s' * (len(shown) != 1)}, squares in the summary: {listed}."
    note += f" The {len(shown)} best of {len(summary.scored)} sentences are shown." * (len(shown) < len(summary.scored))
    note += f" The {MOST_LINKS} strongest of {len(alike)} links are shown." * (len(alike) > MOST_LINKS)
    rows = [["", f"{link.first} and {link.second}", round(link.cosine, 3)] for link in links]
    figure = finished(figure, title="Which sentences are alike", unit="", note=note)
    figure.update_layout(meta={"note": note, "kind": "Network", "item": "link", "unit": "cosine", "rows": rows})
    figure.update_layout(height=480)
    figure.update_xaxes(visible=False, scaleanchor="y")
    return figure.update_yaxes(visible=False, autorange=True, rangemode="normal")


def chart_methods(table: pd.DataFrame, *, measure: str = "rouge2") -> go.Figure:
    """Return what `compare_methods` measured as dots, one a method, the best above; bars show the interval of rouge2.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> row = {"method": ["lead"], "rouge2": [0.1], "low": [0.08], "high": [0.12]}
    >>> print(describe(chart_methods(pd.DataFrame(row))))
    Methods compared: rouge2. Dot plot, 1 dot: rouge2, F1 from 0 to 1. Highest: lead (0.1). The bars hold 95 of 100 \
samples.
    """
    if "method" not in getattr(table, "columns", ()):
        raise TypeError(f"chart_methods cannot use {type(table).__name__}; give what compare_methods(corpus) returned")
    one_of("measure", measure, [name for name in table.columns if name not in ("method", "low", "high")])
    ranked = table.sort_values(measure, ascending=False, kind="stable")
    bars = {}
    if measure == "rouge2" and {"low", "high"} <= {*ranked.columns} and ranked["high"].notna().all():
        up, down = ranked["high"] - ranked[measure], ranked[measure] - ranked["low"]
        bars = {"error_x": {"array": up, "arrayminus": down, "thickness": 1.5}}
    dots = go.Scatter(x=ranked[measure], y=ranked["method"], mode="markers", orientation="h", **bars,
                      marker={"size": 11, "color": COLOURS[0], "symbol": "diamond"})  # fmt: skip
    unit = f"{measure}, F1 from 0 to 1" if measure.startswith("rouge") else measure
    articles = table.attrs.get("articles")
    note = ("The bars hold 95 of 100 samples. " if bars else "") + (f"n = {articles} articles." if articles else "")
    figure = finished(go.Figure(dots), title=f"Methods compared: {measure}", unit=unit, note=note.strip())
    return figure.update_layout(meta={"note": note.strip(), "kind": "Dot plot", "item": "dot"})
