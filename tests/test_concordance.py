"""Every place where a word stands."""

import pytest

from toolkit import Article, concordance
from toolkit.kwic import index_words
from toolkit.tokens import tokenize


def test_a_word_is_found_in_any_case_and_only_whole(small):
    assert [line.keyword for line in concordance(small, "the")] == ["The", "The"]
    assert len(concordance(small, "wait")) == 0 and len(concordance(small, "waits")) == 2


def test_every_line_stands_where_it_says(desk):
    lines = concordance(desk, "European Robotic  Arm", width=20)
    assert len(lines) == 4
    for line in lines:
        assert desk[line.article].text[line.start : line.end] == line.keyword
        assert desk[line.article].text[: line.start].split()[-1:] == line.left.split()[-1:]


def test_a_phrase_is_found_across_a_line_end(small):
    assert str(concordance(small, "waits. Dr", width=5)[0]) == "over [waits.\n\nDr]. Vag"


def test_a_slice_is_a_concordance_that_shows_itself(desk):
    some = concordance(desk, "Roscosmos", width=10)[:2]
    assert len(some) == 2 and len(repr(some).splitlines()) == 2 and some._repr_html_().count("<tr>") == 3
    assert repr(some[:0]) == "no line"


def test_signs_are_searched_as_signs_and_nothing_is_refused(small):
    assert len(concordance(small, "(.*)")) == 0
    with pytest.raises(ValueError, match="needs a word"):
        concordance(small, " ")


def test_a_straight_apostrophe_finds_a_curly_one(desk):
    assert len(concordance(desk, "Russia's")) == len(concordance(desk, "Russia’s")) == 10


def test_stems_and_patterns_find_the_forms_of_a_word(desk):
    keywords = {line.keyword.lower() for line in concordance(desk, "suspend", match="stem")}
    assert {"suspended", "suspending"} <= keywords and "suspension" not in keywords
    assert {line.keyword for line in concordance(desk, "[A-Z]*cosmos", match="regex")} == {"Roscosmos"}
    with pytest.raises(ValueError, match="is not a regular expression"):
        concordance(desk, "(", match="regex")


@pytest.mark.parametrize("sort, side", [("left", "left"), ("right", "right")])
def test_lines_are_sorted_by_the_word_beside_them(desk, sort, side):
    lines = concordance(desk, "agency", sort=sort)
    beside = [tokenize(getattr(line, side)).texts for line in lines]
    nearest = [
        (texts[-1] if side == "left" else texts[0]).lower().replace("’", "'") if texts else "" for texts in beside
    ]
    assert nearest == sorted(nearest) and len(lines) == len(concordance(desk, "agency"))


def test_a_phrase_does_not_reach_from_one_article_into_the_next():
    articles = [Article("a", "", "It was the end"), Article("b", "", "of the arm")]
    assert len(concordance(articles, "end of")) == 0 and len(concordance(articles, "the end")) == 1


def test_words_of_another_article_do_not_sort_a_line():
    articles = [Article("a", "", "a zebra"), Article("b", "", "arm x"), Article("c", "", "old arm")]
    assert [line.article for line in concordance(articles, "arm", sort="left")] == ["b", "c"]


def test_a_letter_whose_small_form_is_longer_moves_nothing():
    line = concordance(Article("a", "", "In İstanbul today"), "istanbul")[0]
    assert (line.keyword, line.right) == ("İstanbul", " today")


def test_an_index_serves_many_searches_and_gives_a_table(desk):
    index = index_words(desk)
    table = concordance(index, "sabotage").table()
    assert list(table["keyword"]) == [line.keyword for line in concordance(desk, "sabotage")] and len(index) > 15_000
