"""The scores of a summary as a chart."""

from __future__ import annotations

import plotly.graph_objects as go

from toolkit.charts.look import bars, finished, label
from toolkit.choices import need
from toolkit.summaries import Summary

MOST_BARS = 60


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
