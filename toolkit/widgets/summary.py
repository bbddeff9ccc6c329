"""The summary desk: choose a method and its settings, see every score, judge the summary, write your own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets as widgets

from toolkit.article import Article, Corpus
from toolkit.charts import chart_likeness, chart_scores, live_chart, redraw
from toolkit.choices import need
from toolkit.claims import support
from toolkit.describing import describe
from toolkit.evaluation import extraction, repetition, rouge
from toolkit.files import BadInput
from toolkit.markup import MARK_STYLE, escape, table
from toolkit.methods import METHODS, USUAL
from toolkit.saving import load_summary, save_summary
from toolkit.summaries import Summary, summarize
from toolkit.tokens import words
from toolkit.widgets.keys import Keys

LONGEST = 10
"""The most sentences that the slider offers."""

CHART_WIDTH = 420
"""The width of a chart in pixels: text and chart stand side by side on a laptop's screen."""

MOST_TYPED = 5_000
"""How many characters of a summary of your own are judged."""

PAGES = ("Scores", "Likeness", "Judged", "Your own")
BAR = (
    "display:inline-block;width:4em;height:.7em;margin-right:.3em;"
    "background:linear-gradient(to right,#0072B2 {0:.0f}%,#ddd {0:.0f}%)"
)


class SummaryDesk(widgets.VBox):  # type: ignore[misc]
    """An article with the score of every sentence, the summary marked in it, and four pages beside it.

    `article`, `method`, `length`, `redundancy` and `position` are the controls, `own` is your text; setting their
    `value` in code does what a hand on them does. `summary` is what is shown. A page is made when it is looked at.
    """

    def __init__(self, corpus: Corpus) -> None:
        """Show the first article of a corpus. Raises ValueError when it has none."""
        need("explore_summaries", corpus, Corpus, 'give a corpus: explore_summaries(load("desk"))')
        if not len(corpus):
            raise ValueError("there is no article to show; the corpus is empty")
        self.corpus, self._setting, self._drafts = corpus, False, dict[str, str]()
        titles = [(f"{a.desk or a.outlet or a.id}: {a.title}", a.id) for a in corpus]
        wide = {"layout": widgets.Layout(width="44em", max_width="100%"), "style": {"description_width": "7em"}}
        self.article = widgets.Dropdown(options=titles, description="Article", **wide)
        self.method = widgets.Dropdown(options=list(METHODS), value="news", description="Method", **wide)
        self.length = widgets.IntSlider(3, min=0, max=LONGEST, description="Sentences", **wide)
        shares = {name: USUAL["news"][name] for name in ("redundancy", "position")}
        self.redundancy, self.position = (
            widgets.FloatSlider(value, min=0, max=1, step=0.1, description=name.title(), **wide)
            for name, value in shares.items()
        )
        self.code, self.text, self.words, self.links, self.judged, self.own_judged, self.said = (
            widgets.HTML() for _ in range(7)
        )
        self.own = widgets.Textarea(description="Yours", rows=8, continuous_update=False, layout={"width": "98%"})
        self.file = widgets.Text("my-summary.json", description="File", continuous_update=False)
        self.summary = self._summarize()
        self.scores, self.network = live_chart(self._scores()), live_chart(self._network())
        self.pages = widgets.Tab(self._beside(), titles=PAGES, layout=widgets.Layout(flex=f"1 1 {CHART_WIDTH}px"))
        self._watch()
        left = widgets.VBox([self.text], layout=widgets.Layout(flex=f"1 1 {CHART_WIDTH}px", min_width="18em"))
        both = widgets.HBox([left, self.pages], layout=widgets.Layout(flex_flow="row wrap"))
        controls = [self.article, self.method, self.length, self.redundancy, self.position]
        super().__init__([*controls, self._keeping(), self.code, both, Keys(label="Summary desk")])
        self.add_class("toolkit-desk")
        for announced in (self.words, self.said, self.own_judged):
            announced.add_class("announced")
        self._render()

    def _beside(self) -> list[widgets.VBox]:
        pages = ([self.scores, self.words], [self.network, self.links], [self.judged], [self.own, self.own_judged])
        return [widgets.VBox(page) for page in pages]

    def _keeping(self) -> widgets.HBox:
        """Return the buttons that save and restore a summary, and the place where they answer."""
        save, restore = (widgets.Button(description=name) for name in ("Save", "Restore"))
        save.on_click(lambda _: self._try(self._save))
        restore.on_click(lambda _: self._try(self._restore))
        return widgets.HBox([self.file, save, restore, self.said], layout=widgets.Layout(flex_flow="row wrap"))

    def _watch(self) -> None:
        self.method.observe(self._take_usual, names="value")
        self.article.observe(self._take_draft, names="value")
        for control in (self.article, self.length, self.redundancy, self.position):
            control.observe(self._changed, names="value")
        self.own.observe(lambda _: self._judge_own(), names="value")
        self.pages.observe(lambda _: self._show_page(), names="selected_index")

    def _take_usual(self, _change: Any) -> None:
        """Set the two shares to what the method is used with, and show that once."""
        self._setting = True
        for name, control in (("redundancy", self.redundancy), ("position", self.position)):
            control.value = USUAL.get(self.method.value, {}).get(name, 0.0)
        self._setting = False
        self._show()

    def _take_draft(self, change: Any) -> None:
        """Keep what was written of the article before, and show what was written of this one."""
        self._drafts[change["old"]] = self.own.value
        self.own.value = self._drafts.get(change["new"], "")

    def _changed(self, _change: Any) -> None:
        if not self._setting:
            self._show()

    @property
    def chosen(self) -> Article:
        """The article that is shown."""
        return self.corpus[str(self.article.value)]

    def _summarize(self) -> Summary:
        shares = self._shares()
        return summarize(
            self.chosen,
            sentences=self.length.value,
            method=self.method.value,
            redundancy=shares["redundancy"],
            position=shares["position"],
        )

    def _shares(self) -> dict[str, float]:
        return {name: round(getattr(self, name).value, 2) for name in ("redundancy", "position")}

    def _show(self) -> None:
        self.summary = self._summarize()
        self._render()

    def _render(self) -> None:
        """Show the summary in the text, as code, and on the page beside it."""
        told = "".join(f", {name}={value}" for name, value in self._shares().items())
        call = f'summarize(corpus["{self.article.value}"], sentences={self.length.value}, method="{self.method.value}"'
        self.code.value = f"<p>The same in code: <code>{escape(f'{call}{told})')}</code></p>"
        self.text.value = _heat_map(self.chosen, self.summary)
        self._show_page()

    def _show_page(self) -> None:
        """Make the page that is looked at, and no other."""
        draw: Callable[[], None] = (self._draw_scores, self._draw_network, self._judge, self._judge_own)[
            self.pages.selected_index or 0
        ]
        draw()

    def _scores(self) -> Any:
        return chart_scores(self.summary).update_layout(width=CHART_WIDTH)

    def _network(self) -> Any:
        return chart_likeness(self.summary).update_layout(width=CHART_WIDTH)

    def _draw_scores(self) -> None:
        figure = self._scores()
        self.words.value = f"<p>{escape(describe(figure))}</p>"
        redraw(self.scores, figure)

    def _draw_network(self) -> None:
        figure = self._network()
        self.links.value = f"<p>{escape(describe(figure))}</p>"
        redraw(self.network, figure)

    def _judge(self) -> None:
        self.judged.value = _judgement(self.summary.text, self.chosen)

    def _judge_own(self) -> None:
        text = self.own.value[:MOST_TYPED]
        beside = _judgement(text, self.chosen) if text.strip() else "<p>Type a summary of your own and press Tab.</p>"
        self.own_judged.value = beside

    def _try(self, work: Callable[[], str]) -> None:
        """Do what a button asks for, and say what came of it."""
        try:
            said = work()
        except ValueError as error:
            said = f"Not done: {error}."
        self.said.value = f"<p>{escape(said)}</p>"

    def _save(self) -> str:
        """Save the summary and your own beside it; a file that is there is kept, and the next number taken."""
        path = stem = Path(f"{self.file.value.strip().removesuffix('.json') or 'my-summary'}.json")
        number = 1
        while path.exists():
            number += 1
            path = stem.with_stem(f"{stem.stem}-{number}")
        self.file.value = str(save_summary(replace(self.summary, own=self.own.value), path))
        return f"Saved as {path}{', with your own text' if self.own.value.strip() else ''}."

    def _restore(self) -> str:
        summary = load_summary(self.file.value, self.corpus)
        if len(summary.desks) > 1:
            raise BadInput(f"{self.file.value} is about {len(summary.desks)} articles and the desk shows one")
        if "words" in summary.settings or len(summary.sentences) > LONGEST or summary.method not in self.method.options:
            raise BadInput(f"{self.file.value} was made by a length or method that the desk has not; use load_summary")
        self.article.value, self.method.value = next(iter(summary.desks)), summary.method
        self.length.value = len(summary.sentences)
        for name in ("redundancy", "position"):
            getattr(self, name).value = summary.settings.get(name, 0.0)
        self.own.value = summary.own or self.own.value
        return f"Restored from {self.file.value}."


def _heat_map(article: Article, summary: Summary) -> str:
    """Return an article sentence by sentence, each with its score as a bar and a figure; chosen ones are marked."""
    most = max((abs(sentence.score) for sentence in summary.scored), default=0) or 1
    rows = []
    for s in summary.scored:
        bar = f'<span aria-hidden="true" style="{BAR.format(max(0, 100 * s.score / most))}"></span>'
        text = (
            f'<mark style="{MARK_STYLE}"><b>[{s.number}]</b> {escape(s.text)}</mark>'
            if s.number in summary.numbers
            else escape(s.text)
        )
        rows.append(f'<li dir="auto">{bar}<small>{s.score:.3f}</small> {text}</li>')
    title = f'<h3 dir="auto">{escape(article.title)}</h3>'
    listed = f'<ol style="padding-left:2em">{"".join(rows)}</ol>'
    look = "max-width:44em;line-height:1.5;padding-right:1em;overflow-wrap:anywhere"
    return f'<article class="mathjax_ignore" style="{look}">{title}{listed}</article>'


def _judgement(text: str, article: Article) -> str:
    """Return what can be measured of a summary of an article, and what the article does not carry, as a page."""
    found = words(text)
    if not found:
        return "<p>There is nothing to judge yet.</p>"
    language = article.language or "en"
    taken = extraction(text, article.text)
    rows = [("words", len(found)), ("words taken over from the article, 0 to 1", f"{taken.coverage:.2f}")]
    rows += [("words in a run taken over, mean", f"{taken.density:.1f}")]
    rows += [("sentences that repeat each other, 0 to 1", f"{repetition(text):.2f}")]
    if article.gold.references:
        scores = rouge(text, article.gold.references, language=language)
        rows += [(f"{name}, F1", f"{scores[name].f1:.3f}") for name in ("rouge1", "rouge2", "rougeLsum")]
    return f"{table(['measure', 'value'], rows, align='lr')}{support(text, article)._repr_html_()}"


def explore_summaries(corpus: Corpus) -> SummaryDesk:
    """Return the summary desk for a corpus: the lines of lesson 3 with a hand on every setting.

    >>> from toolkit.datasets import load
    >>> desk = explore_summaries(load("desk")[:2])
    >>> desk.length.value = 1
    >>> desk.text.value.count("<mark")
    1
    """
    return SummaryDesk(corpus)
