"""Charts: each takes what was counted and returns a plain Plotly figure; nothing is counted here."""

from toolkit.charts.checking import check_chart
from toolkit.charts.coverage import MOST_EVENTS, chart_coverage, chart_multiples
from toolkit.charts.groups import chart_agreement, chart_attention, chart_matrix, chart_together
from toolkit.charts.look import (
    BUTTONS_REMOVED,
    Figure,
    choose_bar,
    figure_of,
    live_chart,
    on_bar,
    plotly_script,
    redraw,
)
from toolkit.charts.marks import chart_items, chart_totals
from toolkit.charts.summaries import chart_likeness, chart_methods, chart_scores
from toolkit.charts.translating import in_language
from toolkit.charts.words import chart_dispersion, chart_keyness, chart_rates, chart_terms, chart_trends

__all__ = [
    "BUTTONS_REMOVED",
    "MOST_EVENTS",
    "Figure",
    "chart_agreement",
    "chart_attention",
    "chart_coverage",
    "chart_dispersion",
    "chart_items",
    "chart_keyness",
    "chart_likeness",
    "chart_matrix",
    "chart_methods",
    "chart_multiples",
    "chart_rates",
    "chart_scores",
    "chart_terms",
    "chart_together",
    "chart_totals",
    "chart_trends",
    "check_chart",
    "choose_bar",
    "figure_of",
    "in_language",
    "live_chart",
    "on_bar",
    "plotly_script",
    "redraw",
]
