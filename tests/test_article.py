"""An article shows itself, and a corpus can be counted, sliced, looked up and filtered."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from toolkit import Article, Corpus


def test_an_article_has_paragraphs_and_a_dateline(small):
    assert small.paragraphs == ("The arm moved. The rover waits.", "Dr. Vago waits too!")
    assert small.dateline == "no date"
    dated = Article("a", "", "", desk="wire", author="A. Writer", published=date(2022, 7, 12))
    assert dated.dateline == "wire desk · by A. Writer · 12 July 2022"


def test_an_article_cannot_be_changed(small):
    with pytest.raises(FrozenInstanceError):
        small.title = "Other"


def test_an_article_shows_headline_text_and_sources_in_a_notebook_and_in_print(desk):
    article = desk["2022-07-12-wire"]
    shown = article._repr_html_()
    assert f'<h3 dir="auto">{article.title}</h3>' in shown and shown.count("<p dir") == 7
    assert 'href="https://tass.com/science/1479135"' in shown and "Written for teaching" in shown
    assert article.title in str(article) and article.paragraphs[-1] in str(article)


def test_a_very_long_article_is_shown_in_part_and_says_so():
    shown = Article("long", "Long", "word " * 500_000)._repr_html_()
    assert len(shown) < 30_000 and "more characters that are not shown" in shown


def test_a_corpus_is_counted_sliced_looked_up_and_filtered(desk):
    assert len(desk) == 40 == len(list(desk)) and len(desk[:3]) == 3 and desk[0].id == "2013-03-14-agency"
    assert {article.desk for article in desk.where(desk="wire")} == {"wire"}
    assert len(desk.where(event="2022-07-12-exomars-terminated", desk="wire")) == 1
    assert len(desk.where(desk="opinion", event="2022-04-13-luna-cooperation-ended")) == 0


def test_a_wrong_name_is_answered_with_what_was_meant(desk):
    with pytest.raises(KeyError, match="did you mean '2022-07-12-wire'"):
        desk["2022-07-12-wires"]
    with pytest.raises(ValueError, match="desk='Wire' is not one of 'agency'.* did you mean 'wire'"):
        desk.where(desk="Wire")
    with pytest.raises(KeyError, match=r"for a desk type where\(desk='wire'\)"):
        desk["wire"]
    with pytest.raises(IndexError, match="there is no article 99; the corpus has 40, from 0 to 39"):
        desk[99]
    with pytest.raises(ValueError, match="field='dsek' is not one of .* did you mean 'desk'"):
        desk.where(dsek="wire")


def test_two_articles_with_one_id_are_refused(small):
    with pytest.raises(ValueError, match="two articles have the id 'small'"):
        Corpus((small, small))


def test_the_table_has_a_row_an_article(desk):
    table = desk.table()
    assert len(table) == 40 and table["id"].is_unique
    assert table.set_index("id").loc["2022-07-12-wire", ["month", "words"]].to_list() == ["2022-07", 308]
