"""A chart draws its table and nothing else, and can be put into words."""

import pandas as pd
import pytest

from toolkit import (
    chart_coverage,
    chart_likeness,
    chart_methods,
    chart_scores,
    chart_terms,
    count_coverage,
    describe,
    load_coverage,
    load_events,
    summarize,
)
from toolkit.charts.translating import translated
from toolkit.describing import figure_rows


@pytest.fixture(scope="module")
def year():
    coverage = load_coverage()
    return coverage[coverage["month"].str.startswith("2022")]


def test_terms_are_drawn_from_the_most_frequent_down():
    figure = chart_terms({"mars": 1, "esa": 3, "arm": 2}, top=2)
    assert figure_rows(figure) == [("", "esa", 3), ("", "arm", 2)]
    assert figure.layout.yaxis.autorange == "reversed" and figure.layout.xaxis.rangemode == "tozero"


def test_scores_are_drawn_in_reading_order_and_the_chosen_hatched(small):
    summary = summarize(small, sentences=1, method="lead")
    figure = chart_scores(summary)
    assert [label for _, label, _ in figure_rows(figure)] == ["sentence 1", "sentence 2", "sentence 3"]
    assert list(figure.data[0].marker.pattern.shape) == ["/", "", ""]


def test_a_chart_over_time_says_how_its_articles_were_placed(year):
    counts = count_coverage(year)
    said = describe(chart_coverage(counts, title="2022"))
    assert "From 2022-02 to 2022-12. Highest: 2022-03 (107). Lowest: 2022-08 (5)" in said
    assert "n = 365 articles, a convenience sample: found, not published. 147 of them placed" in said


def test_one_article_is_told_in_the_singular_in_every_language(year):
    counts = count_coverage(year.head(1))
    assert "n = 1 article, a convenience sample" in describe(chart_coverage(counts))
    assert translated("n = 1 article; 2 more have no date and are not drawn.", "german").startswith("n = 1 Artikel; 2")


def test_groups_are_lines_with_symbols_and_units(year):
    figure = chart_coverage(count_coverage(year, by="language", top=3))
    assert len({trace.marker.symbol for trace in figure.data}) == len(figure.data) == 4
    assert figure.layout.yaxis.title.text == "articles found" and figure.data[-1].name == "other"
    assert describe(figure).startswith("Articles found. Line chart, 44 points in 4 groups")


def test_several_frames_an_article_are_told(year):
    assert "counted in more than one group" in describe(chart_coverage(count_coverage(year, by="frames", period=None)))


def test_events_are_numbered_and_named_and_too_many_are_refused(year):
    counts, events = count_coverage(year), load_events()
    chosen = events[events["id"].isin(["2022-07-12-exomars-terminated", "2003-11-07-soyuz-kourou-accord"])]
    figure = chart_coverage(counts, events=chosen)
    assert len(figure.layout.shapes) == 1
    assert "Events: 1 ESA Council formally ends ExoMars cooperation with Roscosmos (2022-07-12)." in describe(figure)
    with pytest.raises(ValueError, match="choose at most 9 rows"):
        chart_coverage(counts, events=events)


def test_an_event_on_any_day_of_the_last_period_is_marked_where_it_happened(year):
    events = load_events()
    july = events[events["id"] == "2022-07-27-russia-iss-2028"]
    figure = chart_coverage(count_coverage(year[year["month"].between("2022-06", "2022-07")]), events=july)
    assert str(figure.layout.shapes[0].x0)[:10] == "2022-07-27"
    assert len(chart_coverage(count_coverage(year, period="year"), events=july).layout.shapes) == 1


@pytest.mark.parametrize(
    "period, span, first", [("month", "M1", "2022-02"), ("quarter", "M3", "2022 Q1"), ("year", "M12", "2022")]
)
def test_bars_are_as_wide_as_their_period_and_labelled_by_it(year, period, span, first):
    figure = chart_coverage(count_coverage(year, period=period))
    assert figure.data[0].xperiod == span and figure_rows(figure)[0][1] == first


def test_ten_groups_have_ten_looks(year):
    figure = chart_coverage(count_coverage(year, by="outlet_country", top=9))
    assert len({(trace.marker.color, trace.marker.symbol) for trace in figure.data}) == len(figure.data) == 10


def test_a_long_text_has_a_chart_of_its_best_sentences():
    figure = chart_scores(summarize("A sentence. " * 300, method="lead"))
    assert len(figure.data[0].y) == 60 and "The 60 best of 300" in describe(figure)


def test_nothing_to_draw_says_where_to_look():
    with pytest.raises(ValueError, match="there is no word to draw"):
        chart_terms({})
    with pytest.raises(ValueError, match="there is nothing to draw"):
        chart_coverage(pd.DataFrame({"period": [], "articles": []}))


def test_labels_from_outside_are_text():
    figure = chart_terms({"<b>bold</b>": 1}, title="<a href='x'>title</a>")
    assert figure.data[0].y[0] == "&lt;b&gt;bold&lt;/b&gt;" and "<a" not in figure.layout.title.text
    assert describe(figure).startswith("<a href='x'>title</a>. Bar chart, 1 bar: occurrences. Highest: <b>bold</b> (1)")


def test_any_figure_can_be_described():
    from plotly import graph_objects as go

    assert describe(go.Figure()) == "Untitled figure. Nothing is drawn that has labels and values."
    assert "Highest: mars (3)" in describe(go.Figure(chart_terms({"mars": 3, "esa": 1}).to_plotly_json()))
    assert "2 bars" in describe(go.Figure(go.Bar(y=[1, None, 3])))
    assert describe(go.Figure(go.Bar(x=["a", "b"], y=[2, 0]))) == (
        "Untitled figure. Bar chart, 2 bars: values. From a to b. Highest: a (2). Lowest: b (0). 1 of 2 are 0."
    )


def test_the_circle_of_sentences_tells_its_links(desk):
    summary = summarize(desk["2022-07-12-wire"])
    figure = chart_likeness(summary)
    rows, nodes = figure_rows(figure), figure.data[-1]
    assert list(nodes.text) == [str(s.number) for s in summary.scored]
    assert [text for text, symbol in zip(nodes.text, nodes.marker.symbol, strict=True) if symbol == "square"] == [
        str(number) for number in sorted(summary.numbers)
    ]
    assert rows == sorted(rows, key=lambda row: -row[2]) and len(rows) == len(figure.data[-2].x)
    assert "Network, " in describe(figure) and rows[0][1] in describe(figure)


def test_sentences_that_share_nothing_have_no_links():
    assert "Nothing is drawn" in describe(chart_likeness(summarize("Mars. Tea.", method="lead")))


def test_methods_are_dots_with_the_best_above():
    table = pd.DataFrame({"method": ["lead", "news"], "rouge2": [0.1, 0.2], "low": [0.05, 0.1], "high": [0.2, 0.3]})
    figure = chart_methods(table)
    assert list(figure.data[0].y) == ["news", "lead"] and figure.data[0].error_x.array[0] == pytest.approx(0.1)
    assert "Highest: news (0.2)" in describe(figure)
    with pytest.raises(TypeError, match="give what compare_methods"):
        chart_methods({"method": 1})
    with pytest.raises(ValueError, match="measure='rouge3' is not one of"):
        chart_methods(table, measure="rouge3")
