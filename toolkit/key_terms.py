"""Which words set one group of texts apart from another: keyness, by three measures that answer three questions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from toolkit.choices import need_count

if TYPE_CHECKING:
    import pandas as pd

PRIOR = 1_000
"""How many words the informative prior adds to each group, shared out among the terms as in both groups together."""

LIKELY = 1.959964
"""How many standard errors on each side hold 95 of 100 samples."""


def keyness(
    first: Mapping[str, int] | pd.Series[Any], second: Mapping[str, int] | pd.Series[Any], *, least: int = 5
) -> pd.DataFrame:
    """Return for every term how much more often one group of texts has it than another, the most telling first.

    `first` and `second` are counts: what `term_counts` returned, or counts summed from `load_terms()`. Terms with fewer
    than `least` occurrences in both together are left out. Columns, for a term with counts a and b in groups of A and B
    words: `term`; `first`, `second` (a, b); `first_per_1000`, `second_per_1000`;

    - `g2`, log-likelihood: 2 (a log(a / E) + b log(b / F)) with E = A (a + b) / (A + B), F = B (a + b) / (A + B). How
      sure: 0 upwards, and it grows with the size of the texts. `p` is its probability if nothing set the groups apart.
      Source: Rayson and Garside, Comparing corpora using frequency profiling (2000).
    - `log_ratio`, log2 of the rates, 0.5 for a count of 0. How much: 1 is twice as often in the first, −1 half.
      `low`, `high` hold 95 of 100 samples. Source: Hardie, Log ratio (2014).
    - `odds`, log odds ratio with an informative prior, over its standard error: beyond ±1.96 is unlikely by luck, and
      rare words do not come out on top. Source: Monroe, Colaresi and Quinn, Fightin' words (2008).

    `attrs["note"]` says how many terms were compared: of 1,000 about 50 have p < 0.05 by luck alone.
    Limits: words of one article are not independent, so p is too small; look at `dispersion` too.

    >>> table = keyness({"arm": 30, "esa": 50}, {"arm": 10, "esa": 50, "tea": 2})
    >>> table[["term", "first", "second", "g2", "log_ratio"]].round(2).values.tolist()
    [['arm', 30, 10, 6.02, 1.22], ['esa', 50, 50, 1.62, -0.37]]
    """
    import numpy as np
    import pandas as pd

    need_count("least", least, least=1)
    counts = [_counts(group) for group in (first, second)]
    terms = [
        term
        for term in dict.fromkeys([*counts[0], *counts[1]])
        if counts[0].get(term, 0) + counts[1].get(term, 0) >= least
    ]
    if not terms:
        raise ValueError(f"no term occurs {least} times in both groups together; ask for least={max(least // 2, 1)}")
    a, b = (np.array([group.get(term, 0) for term in terms], dtype=float) for group in counts)
    n, m = (float(sum(group.values())) for group in counts)
    table = pd.DataFrame({"term": terms, "first": a.astype(int), "second": b.astype(int), **_measures(a, b, n, m)})
    table = table.sort_values(["g2", "term"], ascending=[False, True], ignore_index=True)
    by_luck = f"about {len(terms) * 0.05:,.0f} of them would have p < 0.05 by luck"
    table.attrs["note"] = f"{len(terms):,} terms compared: {by_luck}; ask for p < {0.05 / len(terms):.1g}."
    table.attrs |= {"n_first": int(n), "n_second": int(m)}
    return table


def _measures(a: Any, b: Any, n: float, m: float) -> dict[str, Any]:
    """Return the columns that `keyness` explains, from the counts of each term and the sizes of both groups."""
    import numpy as np

    expected = np.array([n, m])[:, None] * (a + b) / (n + m)
    parts = [x * np.log(np.where(x > 0, x, 1) / e) for x, e in zip((a, b), expected, strict=True)]
    g2 = np.maximum(2 * (parts[0] + parts[1]), 0)
    x, y = np.maximum(a, 0.5), np.maximum(b, 0.5)
    ratio, spread = np.log2(x / n) - np.log2(y / m), LIKELY * np.sqrt(1 / x + 1 / y) / math.log(2)
    return {
        "first_per_1000": 1000 * a / n,
        "second_per_1000": 1000 * b / m,
        "g2": g2,
        "p": [math.erfc(math.sqrt(value / 2)) for value in g2],
        "log_ratio": ratio,
        "low": ratio - spread,
        "high": ratio + spread,
        "odds": _odds(a, b, n, m),
    }


def _odds(a: Any, b: Any, n: float, m: float) -> Any:
    """Return the log odds ratio of each term with an informative Dirichlet prior, over its standard error."""
    import numpy as np

    prior = PRIOR * (a + b) / (n + m)
    logs = [np.log((x + prior) / (size + PRIOR - x - prior)) for x, size in ((a, n), (b, m))]
    return (logs[0] - logs[1]) / np.sqrt(1 / (a + prior) + 1 / (b + prior))


def _counts(group: Any) -> dict[str, int]:
    """Return counted words as a dict; raise an error, with what to type, for anything else."""
    if isinstance(group, Iterable) and hasattr(group, "items"):
        found = {str(term): count for term, count in group.items() if count > 0}
        if found:
            return found
        raise ValueError("a group has no words; look at what your filter left before comparing")
    advice = "type keyness(term_counts(words(a)), term_counts(words(b)))"
    raise TypeError(f"keyness takes counted words, not {type(group).__name__}; {advice}")
