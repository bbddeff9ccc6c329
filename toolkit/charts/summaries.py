"""Summaries as charts: the score of every sentence, who is like whom, and how the methods compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import plotly.graph_objects as go

from toolkit.charts.look import bars, dots, finished, label
from toolkit.charts.ring import Link, Node, finished_ring, ring
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
    alike = [link for link in pairs_alike(summary.content) if {link.first, link.second} <= {s.number for s in shown}]
    links = [Link(str(one.first), str(one.second), one.cosine, one.words[:120]) for one in alike[:MOST_LINKS]]
    nodes = [Node(str(s.number), f"{s.number}: {s.text[:100]}", s.number in summary.numbers) for s in shown]
    figure = ring(nodes, links, steps=(0.05, 0.15, 0.3))
    listed = ", ".join(map(str, sorted(summary.numbers))) or "none"
    note = f"{len(shown)} sentence{'s' * (len(shown) != 1)}, squares in the summary: {listed}."
    note += f" The {len(shown)} best of {len(summary.scored)} sentences are shown." * (len(shown) < len(summary.scored))
    note += f" The {MOST_LINKS} strongest of {len(alike)} links are shown." * (len(alike) > MOST_LINKS)
    return finished_ring(figure, links, title="Which sentences are alike", unit="cosine", note=note)


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
    sure = measure == "rouge2" and {"low", "high"} <= {*ranked.columns} and bool(ranked["high"].notna().all())
    bounds = {"low": ranked["low"], "high": ranked["high"]} if sure else {}
    unit = f"{measure}, F1 from 0 to 1" if measure.startswith("rouge") else measure
    shown = dots(ranked["method"], ranked[measure], unit=unit, **bounds)
    articles = table.attrs.get("articles")
    note = ("The bars hold 95 of 100 samples. " if sure else "") + (f"n = {articles} articles." if articles else "")
    figure = finished(go.Figure(shown), title=f"Methods compared: {measure}", unit=unit, note=note.strip())
    return figure.update_layout(meta={"note": note.strip(), "kind": "Dot plot", "item": "dot"})
