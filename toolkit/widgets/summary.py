"""The summary desk: choose an article, a method and a length; see sentences marked and the chart move."""

from __future__ import annotations

from typing import Any

import ipywidgets as widgets

from toolkit.article import Corpus
from toolkit.charts import chart_scores, live_chart, redraw
from toolkit.choices import need
from toolkit.describing import describe
from toolkit.markup import escape, marked
from toolkit.methods import METHODS
from toolkit.summaries import summarize
from toolkit.widgets.keys import Keys

LONGEST = 10
"""The most sentences that the slider offers."""

CHART_WIDTH = 400
"""The width of the chart in pixels: text and chart stand side by side on a laptop's screen."""


class SummaryDesk(widgets.VBox):  # type: ignore[misc]
    """An article with its chosen sentences marked, and their scores, for the article, method and length set above.

    `article`, `method` and `length` are the controls; setting their `value` in code does what a hand on them does.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Show the first article of a corpus. Raises ValueError when it has none."""
        need("explore_summaries", corpus, Corpus, 'give a corpus: explore_summaries(load("desk"))')
        if not len(corpus):
            raise ValueError("there is no article to show; the corpus is empty")
        self.corpus = corpus
        titles = [(f"{article.desk or article.outlet}: {article.title}", article.id) for article in corpus]
        wide = {"layout": widgets.Layout(width="44em"), "style": {"description_width": "5em"}}
        self.article = widgets.Dropdown(options=titles, description="Article", **wide)
        self.method = widgets.Dropdown(options=list(METHODS), value="lexrank", description="Method", **wide)
        self.length = widgets.IntSlider(3, min=0, max=LONGEST, description="Sentences", **wide)
        self.text, self.words, self.code = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self.chart = live_chart(self._figure())
        for control in (self.article, self.method, self.length):
            control.observe(lambda _change: redraw(self.chart, self._figure()), names="value")
        half = widgets.Layout(flex=f"1 1 {CHART_WIDTH}px", min_width="18em")
        beside = widgets.HBox(
            [widgets.VBox([self.text], layout=half), widgets.VBox([self.chart, self.words], layout=half)],
            layout=widgets.Layout(flex_flow="row wrap"),
        )
        super().__init__([self.article, self.method, self.length, self.code, beside, Keys()])
        self.add_class("toolkit-desk")
        self.words.add_class("announced")

    def _figure(self) -> Any:
        """Show the text and the words for what is chosen, and return the chart that belongs to them."""
        article = self.corpus[self.article.value]
        summary = summarize(article, sentences=self.length.value, method=self.method.value)
        figure = chart_scores(summary).update_layout(width=CHART_WIDTH)
        self.code.value = (
            "<p>The same in code: <code>"
            + escape(f'summarize(corpus["{article.id}"], sentences={self.length.value}, method="{summary.method}")')
            + "</code></p>"
        )
        self.text.value = (
            '<article style="max-width:44em;line-height:1.5;padding-right:1em">'
            f'<h3 dir="auto">{escape(article.title)}</h3>'
            f"{marked(article.text, summary.spans)}</article>"
        )
        self.words.value = f"<p>{escape(describe(figure))}</p>"
        return figure


def explore_summaries(corpus: Corpus) -> SummaryDesk:
    """Return the summary desk for a corpus: the lines of lesson 3 with a hand on every setting.

    >>> from toolkit.datasets import load
    >>> desk = explore_summaries(load("desk")[:2])
    >>> desk.length.value = 1
    >>> desk.text.value.count("<mark")
    1
    """
    return SummaryDesk(corpus)
