"""A headline `<script>` stays a headline, in every display of the project."""

import html
import re

import pytest

from tests.conftest import HOSTILE
from toolkit import Corpus, chart_scores, chart_terms, concordance, explore_summaries, read_page, summarize
from toolkit.blocks import Block
from toolkit.pages import Page
from toolkit.report import report_article, report_corpus

FORBIDDEN = ("<script>alert", "<img", 'href="javascript', "href='javascript")
DISPLAYS = {
    "article": lambda article: article._repr_html_(),
    "corpus": lambda article: Corpus((article,))._repr_html_(),
    "concordance": lambda article: concordance(article, "sentence")._repr_html_(),
    "summary": lambda article: summarize(article)._repr_html_(),
    "summary desk": lambda article: explore_summaries(Corpus((article,))).text.value,
    "page": lambda article: Page(article, ())._repr_html_(),
    "report on an article": lambda article: report_article(Page(article, ()), HOSTILE).html(),
    "report on a corpus": lambda article: report_corpus(Corpus((article,)), HOSTILE, [HOSTILE]).html(),
}


@pytest.mark.parametrize("display", DISPLAYS)
def test_markup_from_outside_is_shown_as_text(display, hostile):
    shown = DISPLAYS[display](hostile)
    assert html.escape("<script>alert('x')") in shown or "\\u003cscript" in shown
    assert not any(bad in shown for bad in FORBIDDEN)


@pytest.mark.parametrize("display", ["article", "corpus", "concordance", "summary", "page"])
def test_prices_in_dollars_are_not_typeset_as_mathematics(display, hostile):
    page = Page(hostile, (Block("It cost $1 and $2", "teaser"),))
    shown = page._repr_html_() if display == "page" else DISPLAYS[display](hostile)
    outermost = re.findall(r"<(?:article|section|ul|table)[^>]*>", shown)
    assert outermost and all("mathjax_ignore" in tag for tag in outermost)


def test_charts_hold_no_markup_from_outside(hostile):
    for figure in (chart_scores(summarize(hostile)), chart_terms({HOSTILE: 1}, title=HOSTILE)):
        assert "<script" not in figure.to_json() and "<img" not in figure.to_json()


def test_a_hostile_page_becomes_a_harmless_article():
    story = "".join(
        f"<p>The council of the agency met on day {n} and decided on the rover and its lander.</p>" for n in range(8)
    )
    page = read_page(f"<html><body><h1>{html.escape(HOSTILE)}</h1><script>bad()</script>{story}</body></html>")
    assert "bad()" not in page.article.text
    assert not any(bad in page._repr_html_() for bad in FORBIDDEN)
