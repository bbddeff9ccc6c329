"""Articles in, tidy tables out."""

import pandas as pd
import pytest

from toolkit import count_coverage, load_coverage


@pytest.fixture
def rows():
    return pd.DataFrame(
        {
            "month": ["2022-01", "2022-03", "2022-03", None],
            "month_basis": ["stated", "event", "stated", "stated"],
            "genre": ["news", "news", None, "opinion"],
            "frames": [["conflict", "human"], ["conflict"], [], ["human"]],
        }
    )


def test_an_empty_month_is_a_row_with_0_and_the_undated_are_told(rows):
    counts = count_coverage(rows)
    assert counts["period"].dt.strftime("%Y-%m").to_list() == ["2022-01", "2022-02", "2022-03"]
    assert counts["articles"].to_list() == [1, 0, 2] and counts["month_from_event"].to_list() == [0, 0, 1]
    assert counts.attrs["n"] == 4 and counts.attrs["n_undated"] == 1 and counts.attrs["n_month_from_event"] == 1


def test_every_group_has_a_row_in_every_period(rows):
    counts = count_coverage(rows, by="genre")
    assert len(counts) == 3 * 2 and counts["articles"].sum() == 3
    assert set(counts["genre"]) == {"news", "unknown"}


def test_an_article_with_two_frames_is_counted_under_both(rows):
    counts = count_coverage(rows, by="frames", period=None)
    assert dict(zip(counts["frames"], counts["articles"], strict=True)) == {"conflict": 2, "human": 2, "unknown": 1}
    assert counts.attrs["n_in_several_groups"] == 1


def test_small_groups_become_other_and_an_article_is_in_it_once():
    frames = [["conflict"], ["conflict"], ["human", "economic"]]
    rows = pd.DataFrame({"month": ["2022-01"] * 3, "month_basis": "stated", "frames": frames})
    counts = count_coverage(rows, by="frames", period=None, top=1)
    assert counts[["frames", "articles", "of"]].values.tolist() == [["conflict", 2, 3], ["other", 1, 3]]
    assert counts["share"].round(3).tolist() == [0.667, 0.333]


@pytest.mark.parametrize("period, rows", [("month", 270), ("quarter", 91), ("year", 24)])
def test_the_whole_index_is_counted_whatever_the_period(period, rows):
    counts = count_coverage(load_coverage(), period=period)
    assert len(counts) == rows and counts["articles"].sum() == 518 and counts["month_from_event"].sum() == 220


def test_a_corpus_is_counted_too(desk):
    counts = count_coverage(desk.table(), by="desk", period="year")
    assert counts["articles"].sum() == 40 and counts["desk"].nunique() == 7


def test_wrong_choices_and_empty_selections_are_explained(rows):
    for table, how, said in [
        (rows, {"period": "weak"}, "period='weak' is not one of 'day', 'week', .*, 'event'; did you"),
        (rows, {"by": ["genre", "genre"]}, "one column or two different ones"),
        (rows, {"by": "gnere"}, "by='gnere' is not one of 'genre', 'month_basis', 'frames'; did you mean 'genre'"),
        (rows[:0], {}, "look at what your filter left"),
        (rows[3:], {}, "no article has a date"),
        (rows, {"period": None}, "nothing to count by"),
    ]:
        with pytest.raises(ValueError, match=said):
            count_coverage(table, **how)
