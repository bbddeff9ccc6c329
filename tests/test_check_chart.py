"""What misleads in a chart is found by rules; our own charts break none of them."""

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go
import pytest

from toolkit import (
    attention,
    chart_agreement,
    chart_attention,
    chart_coverage,
    chart_dispersion,
    chart_keyness,
    chart_likeness,
    chart_matrix,
    chart_methods,
    chart_multiples,
    chart_rates,
    chart_scores,
    chart_terms,
    chart_together,
    chart_trends,
    check_chart,
    coder_agreement,
    compare_methods,
    count_coverage,
    describe,
    in_language,
    keyness,
    load,
    load_coverage,
    load_events,
    load_terms,
    named_together,
    quoted_by,
    summarize,
    term_counts,
    term_trends,
    words,
)

INDEX, DESK = load_coverage(), load("desk")
YEAR = INDEX[INDEX["month"].str.startswith("2022")]
TERMS = load_terms().query("language == 'en'")
KEY = keyness(*(term_counts(words(article.text)) for article in DESK[:2]), least=2)
MANY = pd.DataFrame({"month": "2022-07", "month_basis": "stated", "outlet": [f"o{i}" for i in range(10_000)]})
OURS = {
    "years": lambda: chart_coverage(count_coverage(INDEX, period="year")),
    "days": lambda: chart_coverage(count_coverage(YEAR, period="day")),
    "months and events": lambda: chart_coverage(count_coverage(YEAR), events=load_events().iloc[60:64]),
    "one row": lambda: chart_coverage(count_coverage(YEAR.head(1))),
    "groups over time": lambda: chart_coverage(count_coverage(YEAR, by="language", top=3)),
    "10,000 groups": lambda: chart_coverage(count_coverage(MANY, by="outlet", period=None)),
    "multiples": lambda: chart_multiples(count_coverage(YEAR, by="frames")),
    "matrix": lambda: chart_matrix(count_coverage(YEAR, by=["frames", "outlet_type"], period=None)),
    "quoted": lambda: chart_matrix(quoted_by(INDEX)),
    "together": lambda: chart_together(named_together(INDEX)),
    "attention": lambda: chart_attention(attention(INDEX, load_events())),
    "agreement": lambda: chart_agreement(coder_agreement()),
    "keyness": lambda: chart_keyness(KEY),
    "rates": lambda: chart_rates(KEY, texts=[article.text for article in DESK[:2]]),
    "trends": lambda: chart_trends(term_trends(TERMS, YEAR, ["war", "rover"])),
    "dispersion": lambda: chart_dispersion("rover", {article.title: words(article.text) for article in DESK[:9]}),
    "terms": lambda: chart_terms(term_counts(words(DESK[0].text))),
    "scores": lambda: chart_scores(summarize(DESK[0])),
    "likeness": lambda: chart_likeness(summarize(DESK[0])),
    "methods": lambda: chart_methods(compare_methods(DESK[:3], methods=["luhn"])),
}


@pytest.mark.parametrize("name", OURS)
def test_our_own_charts_break_no_rule_and_can_be_put_into_words_in_three_languages(name):
    figure = OURS[name]()
    assert list(check_chart(figure)) == []
    assert describe(figure).count(". ") >= 2
    assert all(in_language(figure, language).layout.title.text for language in ("german", "russian"))


MONTHS = pd.date_range("2022-01-01", periods=8, freq="MS")
BARS = go.Bar(x=["a", "b", "c", "d"], y=[4, 3, 2, 1])
LINES = [go.Scatter(x=[1, 2], y=[i, i + 1], name=f"g{i}", line={"color": f"#0000{i:02}"}) for i in range(12)]
UNIT = {"yaxis": {"title": {"text": "articles"}}}
WRONG = {
    "bars begin at 0": go.Figure(BARS, {"yaxis": {"title": {"text": "articles"}, "range": [0.5, 4]}}),
    "axes show all": go.Figure(
        go.Scatter(x=[1, 2, 3], y=[1, 2, 9]), {"yaxis": {"title": {"text": "n"}, "range": [0, 5]}}
    ),
    "units are named": go.Figure(BARS),
    "categories are sorted": go.Figure(go.Bar(x=["a", "b", "c", "d"], y=[4, 1, 3, 2]), UNIT),
    "few colours": go.Figure(LINES, UNIT),
    "not colour alone": go.Figure(LINES[:3], UNIT),
    "sums are called sums": go.Figure(go.Scatter(x=MONTHS, y=[1, 3, 4, 8, 9, 12, 13, 15]), UNIT),
    "shares say n": go.Figure(BARS, {"yaxis": {"title": {"text": "per cent"}}}),
    "periods are equal": go.Figure(go.Bar(x=["2022-01-01", "2022-02-01", "2022-05-01"], y=[3, 2, 1]), UNIT),
}


@pytest.mark.parametrize("rule", WRONG)
def test_each_rule_finds_what_it_is_for(rule):
    assert rule in {finding.rule for finding in check_chart(WRONG[rule])}


def test_two_axes_for_one_direction_are_found():
    figure = go.Figure([go.Scatter(x=[1, 2], y=[1, 2]), go.Scatter(x=[1, 2], y=[5, 1], yaxis="y2")])
    figure.update_layout(yaxis_title="a", yaxis2={"overlaying": "y", "side": "right", "title": "b"})
    assert "axes show all" in {finding.rule for finding in check_chart(figure)}


def test_charts_of_others_are_read_too():
    figure = px.bar(pd.DataFrame({"outlet": ["A", "B"], "articles": [2, 1]}), x="outlet", y="articles", title="Mine")
    assert list(check_chart(figure)) == [] and describe(figure).startswith("Mine. Bar chart, 2 bars: articles")
    assert describe(px.pie(values=[3, 1], names=["a", "b"], title="Pie")).startswith("Pie. Pie chart, 2 parts")


def test_the_check_prints_as_text_and_escapes_on_the_page():
    figure = go.Figure(BARS, UNIT)
    assert repr(check_chart(figure)).startswith("Nothing found by 9 rules: bars begin at 0, ")
    assert "Leave range= out" in repr(check_chart(WRONG["bars begin at 0"]))
    assert check_chart(figure)._repr_html_().startswith("<p class='mathjax_ignore'>Nothing found")


def test_what_is_no_figure_is_answered():
    with pytest.raises(TypeError, match="give what a chart function returned"):
        check_chart("a chart")
