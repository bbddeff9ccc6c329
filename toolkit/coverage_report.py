"""The coverage index as one page: when, where, in which frame and words, quoting whom, and how sure that is."""

from __future__ import annotations

from toolkit.agreement import coder_agreement
from toolkit.charts import (
    chart_agreement,
    chart_attention,
    chart_keyness,
    chart_matrix,
    chart_multiples,
    chart_rates,
    chart_together,
    chart_trends,
)
from toolkit.coverage import count_coverage
from toolkit.datasets import datasheet, load_coverage, load_events, load_terms
from toolkit.following import attention
from toolkit.key_terms import keyness
from toolkit.markup import table
from toolkit.report_page import Report, folded, listed
from toolkit.together import named_together, quoted_by
from toolkit.trends import term_trends

HINGE = ("2022-02-26-kourou-withdrawal", "2022-03-17-exomars-suspended", "2022-07-12-exomars-terminated")
"""The events that the chart of 2022 marks."""

FOLLOWED = ("rover", "war", "station", "oneweb")
"""The words whose rates the report follows through 2022."""


def report_coverage() -> Report:
    """Return the report on the real coverage index: when, where, in which frame, and what cannot be concluded."""
    coverage, events = load_coverage(), load_events()
    report = Report("Who covered the split between Europe and Russia in space")
    report.add("Before you quote a figure", listed(datasheet("coverage")))
    report.count("All years", count_coverage(coverage, period="year"), "Articles found, year by year")
    year, marks = coverage[coverage["month"].str.startswith("2022")], events[events["id"].isin(HINGE)]
    report.count("2022", count_coverage(year), "Articles found in 2022, month by month", marks)
    for by, heading in (("outlet_country", "Countries"), ("frames", "Frames")):
        report.count(heading, count_coverage(coverage, by=by, period=None), f"Articles found by {heading.lower()}")
    both = count_coverage(coverage, by=["frames", "outlet_country"], period=None)
    terms = load_terms().query("language == 'en'")
    months = [coverage[coverage["month"] == month]["id"] for month in ("2022-03", "2022-07")]
    groups = [terms[terms["id"].isin(month)].groupby("term")["count"].sum() for month in months]
    key, over_time = keyness(*groups), count_coverage(year, by="frames", period="month")
    for heading, figure in (
        ("Frames by country", chart_matrix(both, title="Articles found, by frame and country")),
        ("How sure the frames are", chart_agreement(coder_agreement())),
        ("Words of two months", chart_keyness(key, names=("March 2022", "July 2022"))),
        ("The same words, by their rates", chart_rates(key, names=("March 2022", "July 2022"))),
        (
            "Words over time",
            chart_trends(term_trends(terms, year, FOLLOWED), title="Four words in English openings of 2022"),
        ),
        ("Frames over time", chart_multiples(over_time, title="Articles found in 2022, by frame")),
        ("Who is quoted", chart_matrix(quoted_by(coverage), title="Who is quoted, by country of the outlet")),
        ("Who is named together", chart_together(named_together(coverage))),
        ("How soon", chart_attention(attention(coverage, events))),
    ):
        report.add(heading, report.chart(figure))
    shown = coverage.sort_values(["month", "id"])[["month", "month_basis", "outlet", "gist", "url"]]
    rows = table(["month", "basis of the month", "outlet", "what it says, in our words", "address"], shown.to_numpy())
    report.add("The articles", folded(f"All {len(shown)} rows", rows))
    return report
