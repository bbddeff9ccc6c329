"""Charts: each takes what was counted and returns a plain Plotly figure; nothing is counted here."""

from toolkit.charts.coverage import MOST_EVENTS, chart_coverage
from toolkit.charts.look import BUTTONS_REMOVED, Figure, live_chart, plotly_script, redraw
from toolkit.charts.summaries import chart_likeness, chart_methods, chart_scores
from toolkit.charts.words import chart_terms

__all__ = [
    "BUTTONS_REMOVED",
    "MOST_EVENTS",
    "Figure",
    "chart_coverage",
    "chart_likeness",
    "chart_methods",
    "chart_scores",
    "chart_terms",
    "live_chart",
    "plotly_script",
    "redraw",
]
