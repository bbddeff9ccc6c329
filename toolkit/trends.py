"""Words over time: how often in every thousand, period by period."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from toolkit.choices import need_columns, need_words, one_of
from toolkit.coverage import PERIODS, times_of
from toolkit.frequency import wilson

if TYPE_CHECKING:
    import pandas as pd


def term_trends(
    terms: pd.DataFrame, table: pd.DataFrame, wanted: Sequence[str], *, period: str = "month"
) -> pd.DataFrame:
    """Return how often terms occur per 1,000 words in each period: one row a period and term, zeros included.

    `terms` is `load_terms()`, or rows of it; `table` is `load_coverage()`, or rows of it, and tells when each article
    appeared. Columns: period (its first day), term, count, words (all words of that period), per_thousand, low, high
    (95 per cent interval, by `wilson`; missing where the period has no words).
    Limits: openings only, and many languages: choose the rows of one, and give its words.

    >>> import pandas as pd
    >>> terms = pd.DataFrame({"id": ["a", "a", "b"], "term": ["war", "is", "is"], "count": [1, 3, 4]})
    >>> table = pd.DataFrame({"id": ["a", "b"], "month": ["2022-01", "2022-02"]})
    >>> term_trends(terms, table, ["war"])["per_thousand"].tolist()
    [250.0, 0.0]
    """
    import pandas as pd

    need_columns("term_trends", terms, ("id", "term", "count"), "load_terms() or some of its rows")
    need_columns("term_trends", table, ("id", "month"), "load_coverage() or some of its rows second")
    names = need_words("term_trends", wanted, advice='type term_trends(terms, coverage, ["rover", "war"])')
    one_of("period", period, PERIODS)
    times = times_of(table, period)
    dated = terms.assign(period=terms["id"].map(dict(zip(table["id"], times, strict=True)))).dropna(subset=["period"])
    if dated.empty:
        raise ValueError("none of the terms belongs to a dated article of the table; give rows of the same articles")
    totals = dated.groupby("period")["count"].sum()
    every = pd.period_range(totals.index.min(), totals.index.max(), freq=totals.index[0].freq, name="period")
    counts = dated[dated["term"].isin(names)].groupby(["period", "term"])["count"].sum()
    wide = pd.MultiIndex.from_product([every, list(dict.fromkeys(names))], names=["period", "term"])
    result = counts.reindex(wide, fill_value=0).reset_index()
    result["words"] = totals.reindex(result["period"], fill_value=0).to_numpy()
    low, high = wilson(result["count"], result["words"])
    size = result["words"].where(result["words"] > 0)
    result = result.assign(per_thousand=1000 * result["count"] / size, low=1000 * low, high=1000 * high)
    return result.assign(period=result["period"].dt.to_timestamp())
