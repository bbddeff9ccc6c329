"""Words as a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import plotly.graph_objects as go

from toolkit.charts.look import bars, finished
from toolkit.choices import need, need_count


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
