"""What misleads in a chart: nine rules that can be read, for charts of anybody's making."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any, NamedTuple, overload

from toolkit.choices import need
from toolkit.markup import escape

MOST_COLOURS = 8
"""From how many colours on nobody can tell them apart any more."""


class Finding(NamedTuple):
    """A way in which a chart may mislead: the rule, what was seen, and what to do."""

    rule: str
    seen: str
    advice: str


class ChartCheck(Sequence[Finding]):
    """What `check_chart` found, in order; it prints as text and shows itself in a notebook."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep the findings."""
        self._findings = tuple(findings)

    def __len__(self) -> int:
        return len(self._findings)

    @overload
    def __getitem__(self, key: int) -> Finding: ...
    @overload
    def __getitem__(self, key: slice) -> Sequence[Finding]: ...

    def __getitem__(self, key: int | slice) -> Finding | Sequence[Finding]:
        return self._findings[key]

    def __repr__(self) -> str:
        if not self:
            return (
                f"Nothing found by {len(RULES)} rules: {', '.join(RULES)}. They see the figure, not what it leaves out."
            )
        return "\n".join(f"{one.rule}: {one.seen}. {one.advice}." for one in self)

    def _repr_html_(self) -> str:
        return "".join(f"<p class='mathjax_ignore'>{escape(line)}</p>" for line in repr(self).splitlines())


def check_chart(figure: Any) -> ChartCheck:
    """Return what in a Plotly figure misleads, one finding for each of nine rules that it breaks.

    Bars that do not begin at 0; an axis that cuts off data, or two axes for one direction; no unit; categories in no
    order; more than 8 colours; groups told apart by colour alone; a sum so far that is not called one; shares without
    the number they are shares of; periods of unequal length. Limits: rules see the figure. They cannot see what was
    left out, a bad sample, or a title that says too much.
    Sources: Tufte, The visual display of quantitative information (1983); Cairo, How charts lie (2019).

    >>> from toolkit.charts.words import chart_terms
    >>> figure = chart_terms({"mars": 3, "esa": 2})
    >>> len(check_chart(figure))
    0
    >>> print(check_chart(figure.update_xaxes(range=[1, 3])))
    bars begin at 0: the axis begins at 1, so the lengths of the bars are false. Leave range= out.
    """
    known = object if hasattr(figure, "layout") and hasattr(figure, "data") else ()
    need(
        "check_chart",
        figure,
        known,
        "give what a chart function returned, for example check_chart(chart_terms(counts))",
    )
    return ChartCheck([Finding(name, *found) for name, rule in RULES.items() if (found := next(rule(figure), None))])


Seen = Iterator[tuple[str, str]]


def _values(figure: Any) -> Iterator[tuple[Any, list[Any], list[Any], Any]]:
    """Yield for each trace with labels and values: the trace, both lists, and the axis of the values."""
    for trace in figure.data:
        if trace.type not in {"bar", "scatter"} or getattr(trace, "hoverinfo", None) == "skip":
            continue
        flat = getattr(trace, "orientation", None) == "h"
        labels, values = (trace.y, trace.x) if flat else (trace.x, trace.y)
        name = (trace.xaxis or "x") if flat else (trace.yaxis or "y")
        axis = figure.layout[f"{name[0]}axis{name[1:]}"]
        if values is not None and len(values):
            listed = list(labels) if labels is not None else list(range(len(values)))
            yield trace, listed, [v.item() if hasattr(v, "item") else v for v in values], axis


def _bars_at_zero(figure: Any) -> Seen:
    for trace, _, _, axis in _values(figure):
        if trace.type == "bar" and axis.type == "log":
            yield "the axis of the bars is logarithmic, which has no 0", "Draw dots, or take a linear axis"
        if trace.type == "bar" and axis.range and min(axis.range) > 0:
            yield f"the axis begins at {min(axis.range):g}, so the lengths of the bars are false", "Leave range= out"


def _axes(figure: Any) -> Seen:
    for _, _, values, axis in _values(figure):
        numbers = [v for v in values if isinstance(v, int | float)]
        if axis.overlaying:
            yield (
                "two axes for one direction: where lines cross depends on the scales",
                "Draw two charts, one above the other",
            )
        if axis.range and axis.type != "log" and numbers:
            low, high = sorted(axis.range)
            if cut := sum(not low <= v <= high for v in numbers):
                yield f"the axis from {low:g} to {high:g} cuts off {cut} of {len(numbers)} values", "Leave range= out"


def _unit(figure: Any) -> Seen:
    for _, _, _, axis in _values(figure):
        if axis.visible is not False and not axis.title.text and axis.showticklabels is not False and not axis.matches:
            yield "the axis of the values has no title", "Say what is counted: update_yaxes(title_text='articles')"


def _order(figure: Any) -> Seen:
    for _, labels, values, axis in _values(figure):
        pairs = [(str(a), v) for a, v in zip(labels, values, strict=False) if str(a) not in {"other", "unknown"}]
        numbered = all(re.search(r"\d", name) for name, _ in pairs)
        if axis.visible is False or numbered or len(pairs) < 4 or not isinstance(labels[0], str):
            continue
        numbers = [v for _, v in pairs]
        if numbers not in (sorted(numbers), sorted(numbers, reverse=True)) and len({*labels}) == len(labels):
            yield f"{len(pairs)} categories stand in no order of size", "Sort them: table.sort_values('articles')"


def _colours(trace: Any) -> set[str]:
    own = getattr(getattr(trace, "marker", None), "color", None)
    line = getattr(getattr(trace, "line", None), "color", None)
    found = own if own is not None else line
    return {found} if isinstance(found, str) else set(map(str, found)) if found is not None and len(found) else set()


def _few_colours(figure: Any) -> Seen:
    colours = set().union(*(_colours(trace) for trace, *_ in _values(figure))) if figure.data else set()
    n = max(len(colours), sum(1 for trace in figure.data if trace.type in {"bar", "scatter"} and trace.name))
    if len(colours) > MOST_COLOURS or (n > MOST_COLOURS + 2 and len(colours) != 1):
        yield f"{n} colours", f"Keep the {MOST_COLOURS} largest groups and call the rest other: top={MOST_COLOURS}"


def _not_colour_alone(figure: Any) -> Seen:
    named = [trace for trace, *_ in _values(figure) if trace.name and trace.showlegend is not False]
    if len(named) < 2 or figure.layout.showlegend is False or len(set().union(*map(_colours, named))) == 1:
        return
    shapes = {
        str((_part(t, "marker", "symbol"), _part(t, "line", "dash"), _part(t, "marker", "pattern"))) for t in named
    }
    if len(shapes) < min(len(named), 3):
        yield f"{len(named)} groups are told apart by colour alone", "Give each its symbol, dash or pattern as well"


def _part(trace: Any, *names: str) -> Any:
    for name in names:
        trace = getattr(trace, name, None)
    return trace.shape if hasattr(trace, "shape") else trace


def _said(figure: Any) -> str:
    """Return all that the figure says in words."""
    axes = [figure.layout[name].title.text for name in figure.layout if re.match(r"[xy]axis", name)]
    meta = (figure.layout.meta or {}) if isinstance(figure.layout.meta, dict) else {}
    notes = [one.text for one in figure.layout.annotations]
    return html.unescape(
        " ".join(str(part) for part in [figure.layout.title.text, *axes, *notes, meta.get("note")] if part)
    )


def _sums(figure: Any) -> Seen:
    for _, labels, values, _ in _values(figure):
        steps = [b - a for a, b in pairwise(v for v in values if isinstance(v, int | float))]
        if isinstance(labels[0], date | datetime) or hasattr(labels[0], "astype"):
            rises = len(steps) > 5 and min(steps) >= 0 and sum(step > 0 for step in steps) > len(steps) / 2
            if rises and not re.search(r"cumulat|so far|in all|sum|total|bisher|всего", _said(figure), re.IGNORECASE):
                yield (
                    "the line only ever rises, as a sum so far does",
                    "Draw each period for itself, or say that it is a sum",
                )


def _shares(figure: Any) -> Seen:
    said = _said(figure)
    if re.search(r"%|per ?cent|\bshare|Anteil|дол[яи]", said, re.IGNORECASE) and not re.search(
        r"\bn\s*=\s*\d|\d of \d", said
    ):
        yield "shares without the number they are shares of", "Say n = … in the title or below"


def _periods(figure: Any) -> Seen:
    for _, labels, _, _ in _values(figure):
        days = sorted({str(one)[:10] for one in labels if re.match(r"\d{4}-\d\d-\d\d", str(one))})
        gaps = [(date.fromisoformat(b) - date.fromisoformat(a)).days for a, b in pairwise(days)]
        if len(gaps) > 1 and len(days) == len({*map(str, labels)}) and max(gaps) > 1.5 * min(gaps):
            yield (
                f"periods of {min(gaps)} and of {max(gaps)} days beside each other",
                "Count by one period, with its zeros",
            )


RULES: dict[str, Callable[[Any], Seen]] = {
    "bars begin at 0": _bars_at_zero,
    "axes show all": _axes,
    "units are named": _unit,
    "categories are sorted": _order,
    "few colours": _few_colours,
    "not colour alone": _not_colour_alone,
    "sums are called sums": _sums,
    "shares say n": _shares,
    "periods are equal": _periods,
}
"""The rules by name: each yields what it saw in a figure and what to do."""
