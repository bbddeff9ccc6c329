"""Tables of the coverage index: two groups, shares, words that set groups apart, events, and who stands beside whom."""

import math

import pandas as pd
import pytest
from scipy.stats import binomtest, chi2_contingency, norm

from toolkit import (
    chart_coverage,
    check_chart,
    count_coverage,
    load,
    load_coverage,
    load_events,
    load_terms,
    term_counts,
    words,
)
from toolkit.following import attention, first_movers
from toolkit.frequency import wilson
from toolkit.key_terms import PRIOR, keyness
from toolkit.together import named_together, quoted_by
from toolkit.trends import term_trends


@pytest.fixture(scope="module")
def index():
    return load_coverage()


@pytest.mark.parametrize("k, n", [(0, 5), (3, 3), (7, 50), (518, 518)])
def test_wilson_equals_scipy(k, n):
    low, high = wilson(k, n)
    known = binomtest(k, n).proportion_ci(0.95, method="wilson")
    assert (low, high) == (pytest.approx(known.low, abs=1e-9), pytest.approx(known.high, abs=1e-9))


def test_shares_are_parts_of_the_articles_of_their_period(index):
    counts = count_coverage(index, by="language", period="year", top=2)
    one = counts[counts["period"] == "2022-01-01"].set_index("language")
    assert one["articles"].sum() == one["of"].iloc[0] == 365 and one["share"].sum() == pytest.approx(1)
    assert (one["low"] < one["share"]).all() and (one["share"] < one["high"]).all()


def test_two_groups_are_counted_against_each_other(index):
    counts = count_coverage(index, by=["frames", "outlet_type"], period=None)
    row = counts.query("frames == 'conflict' and outlet_type == 'wire'").iloc[0]
    wires = index[index["outlet_type"] == "wire"]
    assert row["of"] == len(wires) and row["articles"] == sum("conflict" in frames for frames in wires["frames"])


def test_events_are_periods_in_their_order_and_articles_about_none_are_told(index):
    counts = count_coverage(index, period="event")
    about = index["event_id"].fillna("") != ""
    assert counts["period"].is_monotonic_increasing and counts["articles"].sum() == about.sum()
    assert counts.attrs["n_undated"] == (~about).sum() and len(counts) == index.loc[about, "event_id"].nunique()
    figure = chart_coverage(counts)
    assert list(figure.data[0].y) == list(counts["period"]) and not check_chart(figure)
    with pytest.raises(ValueError, match="period='event' takes no by"):
        count_coverage(index, by="frames", period="event")


@pytest.mark.parametrize("period", ["day", "week"])
def test_days_and_weeks_count_what_states_its_day(index, period):
    counts = count_coverage(index, period=period)
    assert counts["articles"].sum() == index["date"].notna().sum() and counts.attrs["n_undated"] == 286
    assert counts["period"].diff().dropna().nunique() == 1


def test_mixed_time_zones_are_one_time(index):
    days = ["2022-07-12T23:30:00+02:00", "2022-07-12T23:30:00-05:00"]
    table = pd.DataFrame({"date": days, "month": "2022-07", "month_basis": "stated"})
    assert count_coverage(table, period="day")["articles"].tolist() == [1, 1]


def test_keyness_equals_a_reference():
    first, second = (term_counts(words(article.text)) for article in load("desk")[:2])
    table = keyness(first, second, least=2).set_index("term")
    n, m = sum(first.values()), sum(second.values())
    for term, row in table.iterrows():
        a, b = first[term], second[term]
        e, f = n * (a + b) / (n + m), m * (a + b) / (n + m)
        g2 = 2 * sum(x * math.log(x / y) for x, y in ((a, e), (b, f)) if x)
        prior = PRIOR * (a + b) / (n + m)
        logs = [math.log((x + prior) / (size + PRIOR - x - prior)) for x, size in ((a, n), (b, m))]
        odds = (logs[0] - logs[1]) / math.sqrt(1 / (a + prior) + 1 / (b + prior))
        assert (row["g2"], row["odds"]) == (pytest.approx(g2, abs=1e-9), pytest.approx(odds, abs=1e-9))
        assert row["log_ratio"] == pytest.approx(math.log2(max(a, 0.5) / n) - math.log2(max(b, 0.5) / m))
        assert row["p"] == pytest.approx(2 * norm.sf(math.sqrt(max(g2, 0))), abs=1e-9)
    assert table.attrs["note"].startswith(f"{len(table)} terms compared")


def test_log_likelihood_comes_near_to_the_test_of_the_whole_table():
    g2 = keyness({"arm": 30, "rest": 970}, {"arm": 10, "rest": 990}).set_index("term").loc["arm", "g2"]
    whole = chi2_contingency([[30, 970], [10, 990]], correction=False, lambda_="log-likelihood").statistic
    assert g2 < whole < 1.05 * g2


def test_words_of_march_and_july_are_those_of_their_stories(index):
    terms = load_terms().query("language == 'en'")
    march, july = (set(index[index["month"] == month]["id"]) for month in ("2022-03", "2022-07"))
    groups = [terms[terms["id"].isin(ids)].groupby("term")["count"].sum() for ids in (march, july)]
    table = keyness(*groups)
    assert "oneweb" in set(table.query("log_ratio > 0")["term"].head(8))
    assert "arm" in set(table.query("log_ratio < 0")["term"].head(8))


def test_trends_are_rates_of_their_period(index):
    terms = load_terms().query("language == 'en'")
    table = term_trends(terms, index[index["month"] == "2022-07"], ["rover", "nosuchword"])
    july = terms[terms["id"].isin(index[index["month"] == "2022-07"]["id"])]
    rover = table[table["term"] == "rover"].iloc[0]
    assert rover["count"] == july.query("term == 'rover'")["count"].sum() and rover["words"] == july["count"].sum()
    assert table[table["term"] == "nosuchword"]["per_thousand"].tolist() == [0]


def test_attention_and_first_movers_count_days_from_the_event(index):
    events = load_events()
    table = attention(index, events).set_index("event_id")
    about = index[index["event_id"] == "2022-07-12-exomars-terminated"]
    days = (about["date"] - pd.Timestamp("2022-07-12")).dt.days.dropna()
    row = table.loc["2022-07-12-exomars-terminated"]
    assert row["articles"] == len(about) and row["half_life"] == days[days.between(0, 60)].median()
    first = first_movers(index, events).query("event_id == '2022-07-12-exomars-terminated'")
    assert first["days"].is_monotonic_increasing and first["outlet"].is_unique


def test_pairs_and_speakers_are_counted_by_article(index):
    pair = named_together(index).iloc[0]
    both = sum({pair["first"], pair["second"]} <= set(names) for names in index["actors"])
    assert pair["articles"] == both and 0 < pair["overlap"] <= 1
    quoted = quoted_by(index, by="language", top=3)
    assert len(quoted) == 9 and quoted.attrs["n_quoting"] == sum(map(bool, index["speakers"]))


@pytest.mark.parametrize(
    "wrong, said",
    [
        (lambda t: attention(t[:0], load_events()), "look at what your filter left"),
        (lambda t: attention(load_events(), t), "cannot use a DataFrame without event_id"),
        (lambda t: quoted_by(t, by="gnere"), "did you mean 'genre'"),
        (lambda t: keyness(["a"], ["b"]), "keyness takes counted words, not list"),
        (lambda t: keyness({"a": 1}, {}), "a group has no words"),
        (lambda t: keyness({"a": 1}, {"b": 1}), "no term occurs 5 times in both groups together; ask for least=2"),
        (lambda t: term_trends(load_terms(), t, "rover"), 'type term_trends(terms, coverage, ["rover", "war"])'),
        (lambda t: named_together(load_events()[["id"]]), "without actors; give load_coverage()"),
    ],
)
def test_wrong_tables_are_answered_with_what_to_give(index, wrong, said):
    with pytest.raises((TypeError, ValueError)) as error:
        wrong(index)
    assert said in str(error.value)
