"""Every place where a word stands."""

import pytest

from toolkit import Article, concordance
from toolkit.kwic import index_words


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


def test_a_phrase_does_not_reach_from_one_article_into_the_next():
    articles = [Article("a", "", "It was the end"), Article("b", "", "of the arm")]
    assert len(concordance(articles, "end of")) == 0 and len(concordance(articles, "the end")) == 1


def test_a_letter_whose_small_form_is_longer_moves_nothing():
    line = concordance(Article("a", "", "In İstanbul today"), "istanbul")[0]
    assert (line.keyword, line.right) == ("İstanbul", " today")


def test_an_index_serves_many_searches(desk):
    index = index_words(desk)
    assert list(concordance(index, "sabotage")) == list(concordance(desk, "sabotage")) and len(index) > 15_000
