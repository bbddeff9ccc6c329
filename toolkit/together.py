"""Who is named beside whom, and who is quoted by whom."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING

from toolkit.choices import need_columns, need_count, one_of

if TYPE_CHECKING:
    import pandas as pd

QUOTING = ("outlet_country", "outlet_type", "language", "genre", "outlet")
"""The columns by which `quoted_by` can group the articles that quote somebody."""


def named_together(table: pd.DataFrame, *, top: int = 12) -> pd.DataFrame:
    """Return how many articles name two actors together: one row a pair, the most frequent first.

    Of the `top` actors that most articles name. Columns: first, second; articles (that name both); first_articles,
    second_articles (that name each); overlap, the share of the articles with either that have both (Jaccard 1901): 0
    never together, 1 always. `attrs["n"]` is the number of articles. Limit: together in an opening, not in a sentence.

    >>> import pandas as pd
    >>> named_together(pd.DataFrame({"actors": [["ESA", "NASA"], ["ESA", "NASA"], ["ESA"]]})).values.tolist()
    [['ESA', 'NASA', 2, 3, 2, 0.6666666666666666]]
    """
    import pandas as pd

    need_columns("named_together", table, ("actors",), "load_coverage() or some of its rows")
    need_count("top", top, least=2)
    articles = [sorted(set(names)) for names in table["actors"]]
    alone = Counter(name for names in articles for name in names)
    kept = {name for name, _ in sorted(alone.items(), key=lambda item: (-item[1], item[0]))[:top]}
    both = Counter(pair for names in articles for pair in combinations([n for n in names if n in kept], 2))
    rows = [(a, b, n, alone[a], alone[b], n / (alone[a] + alone[b] - n)) for (a, b), n in both.items()]
    columns = ["first", "second", "articles", "first_articles", "second_articles", "overlap"]
    pairs = pd.DataFrame(rows, columns=columns)
    pairs = pairs.sort_values(["articles", "first", "second"], ascending=[False, True, True], ignore_index=True)
    pairs.attrs |= {"n": len(table), "sample": table.attrs.get("sample", "")}
    return pairs


def quoted_by(table: pd.DataFrame, *, by: str = "outlet_country", top: int = 10) -> pd.DataFrame:
    """Return who is quoted by which articles: one row a speaker and group, the most quoted first, zeros included.

    The `top` speakers that most articles quote, by name or else by body, and the `top` groups of the column `by`; the
    others are left out, and `attrs` say how many articles there are (n) and how many quote somebody (n_quoting).
    Columns: speaker, the name of `by`, articles. Limit: coded from openings, so who is quoted further down is missing.

    >>> import pandas as pd
    >>> speakers = [[{"name": "Ann Lee", "org": "ESA"}], [{"name": None, "org": "ESA"}]]
    >>> quoted_by(pd.DataFrame({"speakers": speakers, "outlet_country": ["DE", "DE"]})).values.tolist()
    [['Ann Lee', 'DE', 1], ['ESA', 'DE', 1]]
    """
    import pandas as pd

    need_columns("quoted_by", table, ("speakers",), "load_coverage() or some of its rows")
    one_of("by", by, [name for name in QUOTING if name in table])
    named = [sorted({str(one.get("name") or one.get("org")) for one in found}) for found in table["speakers"]]
    groups = table[by].replace("", None).fillna("unknown").astype(str)
    long = pd.DataFrame({"speaker": named, by: groups.to_list()}).explode("speaker").dropna()
    names = [
        [name for name, _ in sorted(Counter(long[column]).items(), key=lambda item: (-item[1], item[0]))[:top]]
        for column in ("speaker", by)
    ]
    every = pd.MultiIndex.from_product(names, names=["speaker", by])
    counts = long.groupby(["speaker", by]).size().reindex(every, fill_value=0).rename("articles").reset_index()
    quoting = sum(map(bool, named))
    counts.attrs |= {"n": len(table), "n_quoting": quoting, "sample": table.attrs.get("sample", "")}
    return counts
