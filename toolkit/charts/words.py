"""Words as a chart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import numpy as np
import plotly.graph_objects as go

from toolkit.charts.look import COLOURS, SYMBOLS, bars, dots, finished, label
from toolkit.choices import need, need_columns, need_count
from toolkit.frequency import dispersion, per_thousand

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray


def chart_terms(
    counts: Mapping[str, int] | Sequence[tuple[str, int]], *, top: int = 15, title: str = "Most frequent words"
) -> go.Figure:
    """Return a bar chart of the `top` most frequent words, the most frequent above.

    `counts` is what `term_counts` returns. Raises ValueError when it is empty.

    >>> from toolkit.describing import describe
    >>> print(describe(chart_terms({"mars": 3, "esa": 2}, title="Words")))
    Words. Bar chart, 2 bars: occurrences. Highest: mars (3). Lowest: esa (2). 2 different words, 5 in all.
    """
    need("chart_terms", counts, (Mapping, list, tuple), "give what term_counts(words(text)) returned")
    need_count("top", top, least=1)
    if not isinstance(counts, Mapping):
        need("chart_terms", next(iter(counts), ()), tuple, "count the words first: chart_terms(term_counts(words))")
        counts = dict(counts)
    if not counts:
        raise ValueError("there is no word to draw; look at what words(…) returned before counting")
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:top]
    shown = bars([word for word, _ in ranked], [count for _, count in ranked], unit="occurrences")
    note = f"{len(counts):,} different words, {sum(counts.values()):,} in all."
    return finished(go.Figure(shown), title=title, unit="occurrences", note=note)


def chart_keyness(table: pd.DataFrame, *, top: int = 12, names: tuple[str, str] = ("first", "second")) -> go.Figure:
    """Return the words that most set two groups apart as dots: how many times as often, with the interval.

    `table` is what `keyness` returned: the `top` terms of greatest g2 for each group. To the right of 0 are words of
    the first group, to the left those of the second; 1 is twice as often.

    >>> from toolkit.describing import describe
    >>> from toolkit.key_terms import keyness
    >>> print(describe(chart_keyness(keyness({"arm": 30, "esa": 50}, {"arm": 10, "esa": 90}))))
    Words of first (right) and second (left). Dot plot, 2 dots: log ratio, 1 is twice as often. Highest: arm (1.907). \
Lowest: esa (-0.5261). 2 terms compared: about 0 of them would have p < 0.05 by luck; ask for p < 0.03. n = 80 and 100 \
words. The bars hold 95 of 100 samples.
    """
    _need_keyness("chart_keyness", table)
    need_count("top", top, least=1)
    shown = table.groupby(table["log_ratio"] > 0).head(top).sort_values("log_ratio", ascending=False)
    unit = "log ratio, 1 is twice as often"
    marks = dots(shown["term"], shown["log_ratio"], unit=unit, low=shown["low"], high=shown["high"])
    title = f"Words of {names[0]} (right) and {names[1]} (left)"
    note = f"{_compared(table)} The bars hold 95 of 100 samples."
    figure = finished(go.Figure(marks), title=title, unit=unit, note=note)
    figure.update_xaxes(rangemode="normal", zeroline=True)
    return figure.update_layout(meta={"note": note, "kind": "Dot plot", "item": "dot"})


def chart_rates(
    table: pd.DataFrame, *, names: tuple[str, str] = ("first", "second"), texts: Iterable[str] = ()
) -> go.Figure:
    """Return all terms that `keyness` compared as points: how often in one group, across, and in the other, up.

    Both axes count occurrences per 1,000 words, on a logarithmic scale; on the diagonal a term is as frequent in both.
    The 12 terms that set each group most apart are written out where there is room. Pointing at one shows three of its
    places, where `texts` are given.
    """
    _need_keyness("chart_rates", table)
    shown = table.head(MOST_POINTS)
    x, y = (np.log10(np.maximum(shown[f"{side}_per_1000"], 0.5e3 / table.attrs[f"n_{side}"])) for side in _SIDES)
    written = _with_room(shown["term"].tolist(), x.to_numpy(), y.to_numpy())
    lines = _places([term for term in shown["term"] if term in written], texts)
    told = [
        f"{label(term)}: {first:.2f} and {second:.2f} per 1,000{lines.get(term, '')}"
        for term, first, second in zip(shown["term"], *(shown[f"{side}_per_1000"] for side in _SIDES), strict=True)
    ]
    points = go.Scatter(
        x=10**x, y=10**y, mode="markers+text", text=[label(t) if t in written else "" for t in shown["term"]],
        textposition="top center", hovertext=told, hoverinfo="text", showlegend=False,
        marker={"color": [COLOURS[0] if r > 0 else COLOURS[1] for r in shown["log_ratio"]], "size": 7,
                "symbol": ["circle" if r > 0 else "square" for r in shown["log_ratio"]]},
    )  # fmt: skip
    note = f"{_compared(table)} Circles: more in {names[0]}; squares: more in {names[1]}."
    figure = finished(go.Figure(points), title=f"Words of {names[0]} and {names[1]}", unit="", note=note)
    ends = [float(10 ** min(x.min(), y.min())), float(10 ** max(x.max(), y.max()))]
    figure.add_shape(type="line", x0=ends[0], y0=ends[0], x1=ends[1], y1=ends[1], line={"dash": "dot"})
    for axis, name in ((figure.layout.xaxis, names[0]), (figure.layout.yaxis, names[1])):
        axis.update(title_text=f"occurrences per 1,000 words of {name}", type="log", rangemode="normal")
    rows = [
        [side, row.term, round(getattr(row, f"{side}_per_1000"), 3)] for row in shown.itertuples() for side in _SIDES
    ]
    meta = {"note": note, "kind": "Scatter plot", "item": "value", "unit": "occurrences per 1,000 words", "rows": rows}
    return figure.update_layout(meta=meta, height=620)


_SIDES = ("first", "second")
MOST_POINTS = 500
"""How many terms are drawn as points."""


def _need_keyness(call: str, table: pd.DataFrame) -> None:
    need_columns(call, table, ("term", "first_per_1000", "second_per_1000", "log_ratio"), "what keyness(…) returned")


def _compared(table: pd.DataFrame) -> str:
    told = table.attrs
    return f"{told.get('note', '')} n = {told.get('n_first', 0):,} and {told.get('n_second', 0):,} words."


def _with_room(terms: list[str], x: NDArray[Any], y: NDArray[Any], *, most: int = 24) -> set[str]:
    """Return the terms, in their order, that can be written out without one covering another."""
    placed: list[tuple[float, float, float]] = []
    wide, high = 0.014 * max(np.ptp(x), 0.1), 0.04 * max(np.ptp(y), 0.1)
    kept = set()
    for term, a, b in zip(terms, x, y, strict=True):
        half = wide * max(len(term), 3) / 2
        if all(abs(a - c) > half + other or abs(b - d) > high for c, d, other in placed):
            placed.append((a, b, half))
            kept.add(term)
        if len(kept) == most:
            break
    return kept


def _places(terms: list[str], texts: Iterable[str]) -> dict[str, str]:
    """Return for each term up to three of its places in some texts, as lines for a hover."""
    found: dict[str, str] = {}
    kept = list(texts)
    for term in terms if kept else ():
        lines = (
            m for text in kept for m in re.finditer(rf"[^\n]{{0,30}}\b{re.escape(term)}\b[^\n]{{0,30}}", text, re.I)
        )
        found[term] = "".join(f"<br>… {label(match[0].strip())} …" for match in islice(lines, 3))
    return found


def chart_trends(table: pd.DataFrame, *, title: str = "Words over time") -> go.Figure:
    """Return what `term_trends` counted: a line for each term, with bars that hold 95 of 100 samples.

    >>> import pandas as pd
    >>> from toolkit.describing import describe
    >>> days = pd.to_datetime(["2022-01-01", "2022-02-01"])
    >>> table = pd.DataFrame({"period": days, "term": "war", "count": [1, 3], "words": [1000, 1000],
    ...                       "per_thousand": [1.0, 3.0], "low": [0.2, 1.0], "high": [5.6, 8.8]})
    >>> print(describe(chart_trends(table)))
    Words over time. Line chart, 2 points: occurrences per 1,000 words. From 2022-01-01 to 2022-02-01. Highest: \
2022-02-01 (3). Lowest: 2022-01-01 (1). n = 2,000 words. The bars hold 95 of 100 samples.
    """
    need_columns(
        "chart_trends", table, ("period", "term", "per_thousand", "low", "high"), "what term_trends(…) returned"
    )
    figure = go.Figure()
    for i, (term, part) in enumerate(table.groupby("term", sort=False)):
        look = {"color": COLOURS[i % len(COLOURS)], "symbol": SYMBOLS[i % len(SYMBOLS)], "size": 7}
        rate = part["per_thousand"]
        sure = {"array": part["high"] - rate, "arrayminus": rate - part["low"], "thickness": 1, "width": 3}
        figure.add_scatter(
            x=part["period"], y=rate, mode="lines+markers", name=label(str(term)), marker=look, error_y=sure
        )
    n = int(table.drop_duplicates("period")["words"].sum())
    note = f"n = {n:,} words. The bars hold 95 of 100 samples."
    return finished(figure, title=title, unit="occurrences per 1,000 words", note=note)


def chart_dispersion(word: str, parts: Mapping[str, Sequence[str]]) -> go.Figure:
    """Return how often a word stands in each of some named parts, in their order, per 1,000 words.

    >>> from toolkit.describing import describe
    >>> print(describe(chart_dispersion("arm", {"a": ["arm", "is"], "b": ["no", "no"]})))
    “arm” in 2 parts. Bar chart, 2 bars: occurrences per 1,000 words. Highest: 1. a (500). Lowest: 2. b (0). It \
stands in 1 of 2 parts; Gries’ DP 0.50 (0 is perfectly even), Juilland’s D 0.00 (1 is perfectly even). n = 4 words.
    """
    need("chart_dispersion", parts, Mapping, "give named parts: {article.title: words(article.text), …}")
    spread = dispersion(word, list(parts.values()))
    rates = [per_thousand(list(part).count(word), len(part)) for part in parts.values()]
    note = f"It stands in {spread.parts} of {len(parts)} parts; Gries’ DP {spread.gries_dp:.2f} (0 is perfectly even), "
    note += f"Juilland’s D {spread.juilland_d:.2f} (1 is perfectly even). n = {sum(map(len, parts.values())):,} words."
    shown = bars([f"{i}. {name}" for i, name in enumerate(parts, 1)], rates, unit="per 1,000 words")
    title = f"“{word}” in {len(parts)} parts"
    return finished(go.Figure(shown), title=title, unit="occurrences per 1,000 words", note=note)
