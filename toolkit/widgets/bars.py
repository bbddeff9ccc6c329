"""A chart whose bars can be chosen, with its words and its numbers beside it: two of them make the coverage desk."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from toolkit.charts import chart_coverage, choose_bar, live_chart, on_bar, redraw
from toolkit.coverage import count_coverage
from toolkit.describing import describe, figure_rows
from toolkit.markup import escape, table

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 440
"""The width of a chart in pixels: two stand side by side on a laptop's screen."""

LEGEND = {"orientation": "h", "x": 0, "y": -0.15, "yanchor": "top"}
Bar = tuple[str, str]
"""A bar as `choose_rows` is asked for it: `period` or a column, and a name."""


def found_in(counts: pd.DataFrame, figure: Any, column: str) -> dict[Bar, int]:
    """Return the number of articles of every bar of a chart, under the names that `describe` calls the bars by."""
    names = dict.fromkeys(label for _, label, _ in figure_rows(figure))
    return {(column, name): int(n) for name, n in zip(names, counts["articles"], strict=True)}


class Bars(widgets.VBox):  # type: ignore[misc]
    """What `count_coverage` counts, drawn, in words, and as a table; `found` has the articles of every bar."""

    def __init__(self, rows: pd.DataFrame, chosen: Callable[[Bar], None], **how: Any) -> None:
        """Count and draw all rows; `chosen` is called with a bar that is clicked."""
        self.found = dict[Bar, int]()
        self._tell: Callable[[], tuple[str, str]] = lambda: ("", "")
        self.live = live_chart(self._drawn(count_coverage(rows, **how), ""))
        on_bar(self.live, lambda number: chosen(list(self.found)[number]))
        self.frame, self.words, self.numbers = widgets.Box([self.live]), widgets.HTML(), widgets.HTML()
        self.words.add_class("announced")
        layout = widgets.Layout(flex=f"1 1 {WIDTH}px", min_width="18em")
        super().__init__([self.frame, self.words, self.numbers], layout=layout)

    def _drawn(self, counts: pd.DataFrame, title: str) -> Any:
        """Return the chart as narrow as it must be, without the note below it, which is part of the words."""
        figure = chart_coverage(counts, title=title).update_layout(width=WIDTH, legend=LEGEND)
        figure.layout.annotations = ()
        return figure

    def draw(self, rows: pd.DataFrame, title: str, **how: Any) -> None:
        """Count other rows in a way of `count_coverage` and draw them, or say why nothing can be drawn."""
        try:
            counts = count_coverage(rows, **how)
        except ValueError as error:
            self.clear(f"{title}: {str(error).partition(';')[0]}.")
            return
        figure = self._drawn(counts, title)
        redraw(self.live, figure)
        self.frame.layout.display = None
        self.found = found_in(counts, figure, how.get("by") or "period")
        self._tell = lambda: (describe(figure), _numbers(self.found, counts["month_from_event"], title))

    def tell(self) -> None:
        """Say what was drawn: after the drawing, for the browser draws meanwhile."""
        words, self.numbers.value = self._tell()
        self.words.value = f"<p>{escape(words)}</p>" if words else ""

    def clear(self, said: str) -> None:
        """Take the chart away; what is told is why."""
        self.found, self.frame.layout.display = {}, "none"
        self._tell = lambda: (said, "")

    def mark(self, bar: Bar | None) -> None:
        """Let a bar stand out if it is one of this chart."""
        choose_bar(self.live, list(self.found).index(bar) if bar in self.found else None)


def _numbers(found: dict[Bar, int], inferred: pd.Series[int], title: str) -> str:
    """Return the bars that are above 0 as a table that can be unfolded."""
    rows = [(name, f"{n:,}", f"{k:,}") for ((_, name), n), k in zip(found.items(), inferred, strict=True) if n]
    header = ["bar", "articles", "of them by the month of their event"]
    numbers = table(header, rows, caption="Bars of 0 are left out.", align="lrr")
    return f"<details><summary>{escape(title)}: the numbers</summary>{numbers}</details>"
