"""The coverage desk: filters, two charts of what they leave, and the articles behind every bar."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from toolkit.charts import chart_coverage
from toolkit.choices import need_columns
from toolkit.choosing import choose_rows
from toolkit.coverage import count_coverage
from toolkit.markup import escape
from toolkit.widgets.article_list import listed
from toolkit.widgets.bars import Bar, Bars, found_in
from toolkit.widgets.keys import Keys, literal
from toolkit.widgets.state import read_state

if TYPE_CHECKING:
    import pandas as pd

FILTERS = {
    "frames": "Frame", "outlet_country": "Country", "outlet_type": "Outlet type", "language": "Language",
    "actors": "Actor", "event_id": "Event", "desk": "Desk", "event": "Event", "outlet": "Outlet",
    "month_basis": "Date basis",
}  # fmt: skip
"""The columns that the desk filters and groups by, where a table has them, and what they are called on it."""

SPANS = ("year", "quarter", "month")
MOST_CHOICES = 500
"""The most values that a filter offers: the most frequent ones."""

ASK = "<p>No bar is chosen. Click one, or choose it under “Bar”, and its articles are listed here.</p>"
CODE = '<code style="display:block;white-space:pre-wrap;overflow-wrap:anywhere">{}</code>'


class CoverageDesk(widgets.VBox):  # type: ignore[misc]
    """Filters above two charts, one over time and one by group, and below them the articles behind a bar.

    `filters` (by column, and `period`), `span`, `by` and `bar` are the controls; setting their `value` in code does
    what a hand on them does. `rows` are the articles that the filters leave, `chosen` those of them behind the bar.
    """

    def __init__(self, coverage: pd.DataFrame) -> None:
        """Show all articles of a table. Raises ValueError when it has none, or none with a month."""
        need_columns("explore_coverage", coverage, ("month", "month_basis"), "load_coverage() or corpus.table()")
        if coverage.empty:
            raise ValueError("there is no article to show; the table is empty")
        self.coverage = self.rows = self.chosen = coverage
        self._setting = False
        names = {name: label for name, label in FILTERS.items() if name in coverage}
        offered = {"period": _periods(coverage)} | {name: _values(coverage, name) for name in names}
        self.filters = {
            name: _choice(names.get(name, "Period"), [("all", ""), *values]) for name, values in offered.items()
        }
        self.span = _choice("Bars by", [(span, span) for span in SPANS])
        self.by = _choice("Groups", [(label, name) for name, label in names.items()])
        self.bar = _choice("Bar", [("none", None)])
        self.state = widgets.Text(description="State", continuous_update=False, layout={"width": "40em"})
        self.code, self.said, self.heading, self.listed = (widgets.HTML() for _ in range(4))
        self.times = Bars(coverage, self._click, period=self.span.value)
        self.groups = Bars(coverage, self._click, by=self.by.value, period=None)
        self._watch()
        super().__init__(self._parts())
        self.add_class("toolkit-desk")
        for announced in (self.said, self.heading):
            announced.add_class("announced")
        self._show()

    def _parts(self) -> list[Any]:
        """Return the parts of the desk from top to bottom."""
        restore = widgets.Button(description="Restore", tooltip="Set the desk as the state says")
        restore.on_click(lambda _: self._restore())
        filters = _row(*self.filters.values())
        filters.add_class("coverage-filters")
        charts, bars = _row(self.times, self.groups), _row(self.span, self.by, self.bar)
        keys = Keys(label="Coverage desk", groups={"coverage-filters": "Filters"})
        keeping = _row(self.state, restore, self.said)
        return [filters, bars, charts, self.heading, self.listed, self.code, keeping, keys]

    def _watch(self) -> None:
        for control in self.filters.values():
            control.observe(lambda _: self._show(), names="value")
        self.span.observe(lambda _: self._draw(self.times), names="value")
        self.by.observe(lambda _: self._draw(self.groups), names="value")
        self.bar.observe(lambda _: self._list(), names="value")

    def _click(self, bar: Bar) -> None:
        self.bar.value = bar

    @property
    def wanted(self) -> dict[str, str]:
        """What the filters ask for, as `choose_rows` takes it."""
        return {name: control.value for name, control in self.filters.items() if control.value}

    def _show(self) -> None:
        """Choose the rows and draw both charts, or say which filter to loosen."""
        if not self._setting:
            self.rows = choose_rows(self.coverage, **self.wanted)
            self._draw(self.times, self.groups)

    def _draw(self, *charts: Bars) -> None:
        """Draw the charts that a change has touched; the bar stays chosen if it is still there."""
        if self._setting:
            return
        if self.rows.empty:
            self.times.clear(self._advice())
            self.groups.clear("")
        for chart in charts if len(self.rows) else ():
            label, how = (
                (self.span.value, {"period": self.span.value})
                if chart is self.times
                else (self.by.label.lower(), {"by": self.by.value, "period": None})
            )
            chart.draw(self.rows, f"Articles found, by {label}", **how)
        for chart in (self.times, self.groups):
            chart.tell()
        self._offer(self.bar.value)

    def _offer(self, bar: Bar | None) -> None:
        """Offer the bars of both charts that have articles, and choose one of them if it is there."""
        found = self.times.found | self.groups.found
        options = [(f"{key[1]} ({n:,})", key) for key, n in found.items() if n]
        self._setting = True
        self.bar.options = [("none", None), *options]
        self.bar.value = bar if bar and found.get(bar) else None
        self._setting = False
        self._list()

    def _list(self) -> None:
        """List the articles behind the chosen bar, and tell the state."""
        if self._setting:
            return
        bar, self.said.value = self.bar.value, ""
        self.chosen = choose_rows(self.rows, **dict([bar])) if bar else self.rows
        for chart in (self.times, self.groups):
            chart.mark(bar)
        self.listed.value = listed(self.chosen) if bar else ""
        self.code.value = f"<div>The same in code:{CODE.format(escape(self._code()))}</div>"
        kept = {**self.wanted, "span": self.span.value, "by": self.by.value, **({"bar": bar} if bar else {})}
        self.state.value = json.dumps(kept, ensure_ascii=False)
        told = f"<p><b>{escape(bar[1])}: {len(self.chosen):,} articles</b></p>" if bar else ASK
        self.heading.value = told if len(self.rows) else ""

    def _code(self) -> str:
        """Return the lines of Python that do the same; the last one is what is `chosen`."""
        lines = ["from toolkit import chart_coverage, choose_rows, count_coverage", _call("coverage", self.wanted)]
        if len(self.rows):
            lines += [f'display(chart_coverage(count_coverage(rows, period="{self.span.value}")))']
            lines += [f'display(chart_coverage(count_coverage(rows, by="{self.by.value}", period=None)))']
        lines[1] = f"rows = {lines[1]}"
        return "\n".join([*lines, _call("rows", dict([self.bar.value])) if self.bar.value else "rows"])

    def _advice(self) -> str:
        """Return in words that no article is left, and which filter to loosen."""
        wanted = self.wanted
        left = {
            name: len(choose_rows(self.coverage, **{other: wanted[other] for other in wanted if other != name}))
            for name in wanted
        }
        asked = ", ".join(f"{self.filters[name].description} {value}" for name, value in wanted.items())
        helps = " or ".join(f"{self.filters[name].description} (then {n:,})" for name, n in left.items() if n)
        return f"No article has all of this: {asked}. Set {helps or 'two or more of them'} back to “all”."

    def _restore(self) -> None:
        """Set the desk as the state says, and say what came of it."""
        controls = {**self.filters, "span": self.span, "by": self.by}
        try:
            told, bar = read_state(self.state.value, {name: _values_of(control) for name, control in controls.items()})
        except ValueError as error:
            self.said.value = f"<p>Not restored: {escape(error)}.</p>"
            return
        self._setting = True
        for name, control in controls.items():
            control.index = _values_of(control).index(told[name]) if name in told else 0
        self._setting = False
        self._show()
        self._offer(bar)
        lost = f", but it has no bar {bar[1]} now" if bar and bar != self.bar.value else ""
        self.said.value = f"<p>Restored{escape(lost)}.</p>"


def _choice(label: str, options: list[tuple[str, Any]]) -> widgets.Dropdown:
    look = {"layout": widgets.Layout(width="19em", max_width="100%"), "style": {"description_width": "6em"}}
    return widgets.Dropdown(options=options, description=label, **look)


def _row(*parts: Any) -> widgets.HBox:
    return widgets.HBox(parts, layout=widgets.Layout(flex_flow="row wrap"))


def _values_of(control: widgets.Dropdown) -> list[Any]:
    return [value for _, value in control.options]


def _periods(coverage: pd.DataFrame) -> list[tuple[str, str]]:
    """Return the years, quarters and months that have articles, with how many, in order of time."""
    found: dict[Bar, int] = {}
    for span in SPANS:
        counts = count_coverage(coverage, period=span)
        found |= found_in(counts, chart_coverage(counts), "period")
    return sorted((f"{name} ({n:,})", name) for (_, name), n in found.items() if n)


def _values(coverage: pd.DataFrame, name: str) -> list[tuple[str, str]]:
    """Return the most frequent values of a column in order of the alphabet, with how many articles have them."""
    counts = count_coverage(coverage, by=name, period=None, top=MOST_CHOICES)
    found = sorted(zip(counts[name], counts["articles"], strict=True), key=lambda pair: str(pair[0]).casefold())
    return [(f"{value} ({n:,})", value) for value, n in found if value != "other"]


def _call(table: str, wanted: dict[str, str]) -> str:
    return f"choose_rows({', '.join([table, *(f'{name}={literal(value)}' for name, value in wanted.items())])})"


def explore_coverage(coverage: pd.DataFrame) -> CoverageDesk:
    """Return the coverage desk for a table of articles: the lines of lesson 4 with a hand on every setting.

    `coverage` is what `load_coverage()` or `corpus.table()` returned, or some of its rows.

    >>> from toolkit.datasets import load_coverage
    >>> desk = explore_coverage(load_coverage())
    >>> desk.filters["outlet_country"].value = "GB"
    >>> desk.bar.value = ("frames", "economic")
    >>> len(desk.chosen)
    19
    """
    return CoverageDesk(coverage)
