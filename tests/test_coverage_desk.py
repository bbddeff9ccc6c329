"""The coverage desk passes filters on, lists what stands behind a bar, and says what it does in code and as a state."""

import json
from types import SimpleNamespace

import pandas as pd
import pytest

from tests.conftest import HOSTILE
from toolkit import choose_rows, count_coverage, explore_coverage, load, load_coverage
from toolkit.coverage import GROUPS
from toolkit.widgets.article_list import MOST_LISTED


@pytest.fixture(scope="module")
def index():
    return load_coverage()


@pytest.fixture
def desk_of_index(index):
    return explore_coverage(index)


def ran(desk):
    """The rows that the shown lines of code return."""
    *lines, last = desk.code.value.split(">", 2)[2].rpartition("</code>")[0].splitlines()
    lines, last = ["\n".join(map(plain, lines))], plain(last)
    shown = []
    names = {"coverage": desk.coverage, "display": shown.append}
    exec(lines[0], names)
    assert len(shown) == 2 * (len(desk.rows) > 0)
    return eval(last, names)


def plain(text):
    return text.replace("&quot;", '"').replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")


def click(chart, number):
    """What the browser sends when a bar is clicked."""
    for handler in chart.live.data[0]._click_callbacks:
        handler(chart.live.data[0], SimpleNamespace(point_inds=[number]), None)


def test_with_no_bar_chosen_the_desk_shows_all_and_says_what_to_do(desk_of_index):
    assert "518 articles" in desk_of_index.times.words.value and "by frame" in desk_of_index.groups.words.value
    assert "Click one, or choose it under “Bar”" in desk_of_index.heading.value and desk_of_index.listed.value == ""
    labels = [control.description for control in desk_of_index.filters.values()]
    assert {"Period", "Country", "Outlet type", "Language", "Frame", "Actor", "Event"} <= set(labels)


def test_filters_leave_what_choose_rows_chooses_and_the_code_does_the_same(desk_of_index, index):
    desk_of_index.filters["outlet_country"].value = "GB"
    desk_of_index.filters["period"].value = "2022 Q1"
    known = index[(index["outlet_country"] == "GB") & index["month"].isin(["2022-01", "2022-02", "2022-03"])]
    assert desk_of_index.rows["id"].tolist() == known["id"].tolist() == ran(desk_of_index)["id"].tolist()
    assert f"n = {len(known)} articles" in desk_of_index.groups.words.value


@pytest.mark.parametrize("by", ["frames", "outlet_country", "actors", "event_id", "outlet", "month_basis"])
@pytest.mark.parametrize("span", ["year", "quarter", "month"])
def test_behind_every_bar_stand_as_many_articles_as_it_counts(desk_of_index, by, span):
    desk_of_index.filters["language"].value = "en"
    desk_of_index.span.value, desk_of_index.by.value = span, by
    found = desk_of_index.times.found | desk_of_index.groups.found
    assert len(found) == len(desk_of_index.times.found) + len(desk_of_index.groups.found)
    for bar in [bar for bar, n in found.items() if n][-12:]:
        desk_of_index.bar.value = bar
        assert len(desk_of_index.chosen) == found[bar]
    assert ran(desk_of_index).equals(desk_of_index.chosen)


def test_a_click_chooses_a_bar_and_lists_gist_outlet_date_basis_and_link(desk_of_index):
    desk_of_index.filters["outlet_country"].value = "GB"
    click(desk_of_index.groups, 0)
    assert desk_of_index.bar.value == ("frames", "economic") and "economic: 19 articles" in desk_of_index.heading.value
    shown = desk_of_index.listed.value
    assert shown.count("<li") == 19 == shown.count('rel="noopener noreferrer"')
    assert "The Times · 2022-03-03 · date stated" in shown and "2022-03 · by the month of its event" in shown
    assert desk_of_index.groups.live.data[0].selectedpoints == (0,)
    years = [name for _, name in desk_of_index.times.found]
    click(desk_of_index.times, years.index("2022"))
    assert desk_of_index.bar.value == ("period", "2022") and desk_of_index.groups.live.data[0].selectedpoints is None


def test_a_long_list_is_cut_and_says_so(desk_of_index):
    desk_of_index.bar.value = ("period", "2022")
    assert desk_of_index.listed.value.count("<li") == MOST_LISTED
    assert "… and 315 more, narrow the filter." in desk_of_index.listed.value


def test_when_nothing_is_left_the_desk_says_which_filter_to_loosen(desk_of_index):
    desk_of_index.bar.value = ("period", "2022")
    desk_of_index.filters["outlet_country"].value = "GB"
    desk_of_index.filters["language"].value = "ru"
    said = desk_of_index.times.words.value
    assert "No article has all of this: Country GB, Language ru. Set Country (then 34) or Language (then 29)" in said
    assert desk_of_index.bar.options == (("none", None),) and desk_of_index.listed.value == ""
    assert ran(desk_of_index).empty and desk_of_index.times.frame.layout.display == "none"
    desk_of_index.filters["language"].value = ""
    assert desk_of_index.times.frame.layout.display is None and len(desk_of_index.rows) == 29


def test_a_filter_counts_once_and_a_change_of_bars_redraws_one_chart(desk_of_index, monkeypatch):
    from toolkit.widgets import bars

    asked = []
    monkeypatch.setattr(bars, "count_coverage", lambda rows, **how: asked.append(how) or count_coverage(rows, **how))
    desk_of_index.filters["language"].value = "de"
    assert asked == [{"period": "year"}, {"by": "frames", "period": None}]
    desk_of_index.span.value = "month"
    assert asked[2:] == [{"period": "month"}]


def test_the_state_is_restored_truly(index):
    first, second = explore_coverage(index), explore_coverage(index)
    first.filters["frames"].value, first.span.value, first.by.value = "conflict", "month", "outlet_type"
    first.bar.value = ("outlet_type", "wire")
    second.filters["language"].value = "de"
    second.state.value = first.state.value
    second._restore()
    assert second.said.value == "<p>Restored.</p>" and second.state.value == first.state.value
    assert second.chosen.equals(first.chosen) and second.filters["language"].value == ""
    second.state.value = '{"bar": ["frames", "consensus"]}'
    second._restore()
    assert "Restored, but it has no bar consensus now" in second.said.value and second.bar.value is None


@pytest.mark.parametrize(
    "state, said",
    [
        ("", "this is no state"),
        ("[" * 999, "this is no state"),
        ("9" * 900, "this is no state"),
        (" " * 2_000, "at most 1,000 characters, this one has 2,000"),
        ('{"langauge": "de"}', "no &#x27;langauge&#x27;; did you mean &#x27;language&#x27;?"),
        ('{"frames": "conflcit"}', "did you mean &#x27;conflict&#x27;?"),
        ('{"frames": ["conflict"]}', "frames cannot be"),
        ('{"__class__": "x"}', "this desk has no"),
        ('{"by": "id"}', "by cannot be"),
        ('{"bar": [["frames"], 1]}', "bar is a column and a name"),
        (json.dumps({HOSTILE: HOSTILE}), "&lt;script&gt;"),
        (json.dumps({"bar": [HOSTILE, HOSTILE]}), "Restored, but it has no bar &lt;script&gt;"),
    ],
)
def test_a_hostile_or_mistaken_state_changes_nothing_and_is_answered(desk_of_index, state, said):
    desk_of_index.state.value = state
    desk_of_index._restore()
    assert said in desk_of_index.said.value and "<script" not in desk_of_index.said.value
    assert len(desk_of_index.rows) == 518 and desk_of_index.bar.value is None


def test_text_from_outside_is_shown_as_text():
    row = {"id": HOSTILE, "month": "2022-01", "month_basis": "stated", "outlet": HOSTILE, "frames": [HOSTILE]}
    for more in ({"url": "javascript:alert(2)", "gist": HOSTILE}, {"url": f'https://a.example/"{HOSTILE}'}):
        desk = explore_coverage(pd.DataFrame([{**row, **more}]))
        desk.filters["outlet"].value = HOSTILE
        desk.bar.value = ("frames", HOSTILE)
        parts = [desk.listed, desk.heading, desk.code, desk.times.words, desk.groups.words, desk.groups.numbers]
        shown = "".join(part.value for part in parts)
        assert "&lt;script&gt;" in desk.listed.value and len(ran(desk)) == 1
        assert not any(bad in shown for bad in ("<script", "<img", 'href="javascript'))


def test_a_corpus_is_explored_too_and_what_it_lacks_is_not_offered():
    desk = explore_coverage(load("desk").table())
    assert list(desk.filters) == ["period", "language", "desk", "event", "outlet", "month_basis"]
    desk.by.value, desk.bar.value = "desk", ("desk", "wire")
    assert "ESA formally ends Mars rover partnership" in desk.listed.value
    assert "wire · 2022-07-12 · date stated" in desk.listed.value


def test_undated_articles_are_grouped_though_no_period_is_known():
    rows = pd.DataFrame({"month": ["2022-01", None], "month_basis": ["stated", None], "language": ["de", "en"]})
    desk = explore_coverage(rows)
    desk.filters["language"].value = "en"
    assert "no article has a date, so none can be placed in a year." in desk.times.words.value
    desk.bar.value = ("language", "en")
    assert len(desk.chosen) == 1 and "an article" in desk.listed.value and "no date" in desk.listed.value


def test_what_cannot_be_explored_is_answered_with_what_to_give(index):
    for wrong, said in [(load("desk"), "corpus.table()"), (index[:0], "the table is empty")]:
        with pytest.raises((TypeError, ValueError), match=said):
            explore_coverage(wrong)


@pytest.mark.parametrize("by", GROUPS)
def test_choose_rows_returns_as_many_as_count_coverage_counts(index, by):
    table = index if by in index else load("desk").table()
    for _, row in count_coverage(table, by=by, period=None).iterrows():
        assert len(choose_rows(table, **{by: row[by]})) == row["articles"]


@pytest.mark.parametrize(
    "asked, said",
    [
        ({"frames": "conflcit"}, "no article of the table has frames='conflcit'; did you mean 'conflict'?"),
        ({"gnere": "news"}, "column='gnere' is not one of .*; did you mean 'genre'"),
        ({"period": "July 2022"}, "period='July 2022' is not the name of one; type '2022-07', '2022 Q3' or '2022'"),
    ],
)
def test_choose_rows_says_what_there_is(index, asked, said):
    with pytest.raises(ValueError, match=said):
        choose_rows(index, **asked)
    assert choose_rows(index[:0], frames="conflict").empty
