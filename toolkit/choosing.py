"""Rows of a table of articles, chosen by what they were counted by: the articles behind a bar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from toolkit.choices import did_you_mean, need_columns, one_of
from toolkit.coverage import GROUPS, groups_of, names_in, times_of

if TYPE_CHECKING:
    import pandas as pd

SPANS = {4: "year", 7: "month", 6: "quarter"}
"""How long the name of a period is without blanks: 2022, 2022-07, 2022Q3."""


def choose_rows(table: pd.DataFrame, *, period: str | None = None, **wanted: str) -> pd.DataFrame:
    """Return the rows of a table of articles that have all that is asked for, in the order of the table; maybe none.

    `table` is what `load_coverage()` or `corpus.table()` returned, or some of its rows. `period` is the name of a
    month, quarter or year: "2022-07", "2022 Q3", "2022". Any other keyword is a column that `count_coverage` counts by,
    with the name of a group, so that as many rows are returned as were counted: an article with two frames is chosen by
    either, `unknown` chooses what has no value, `other` what is none of the 9 largest groups of the table.
    Raises ValueError for a column or a value that the table has not.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"month": ["2022-01", "2022-03"], "month_basis": "stated", "genre": ["news", "opinion"]})
    >>> choose_rows(rows, genre="news")["month"].to_list()
    ['2022-01']
    >>> len(choose_rows(rows, genre="news", period="2022 Q2"))
    0
    """
    need_columns("choose_rows", table, ("month", "month_basis"), "load_coverage(), some of its rows, or corpus.table()")
    known = [name for name in GROUPS if name in table]
    if table.empty:
        return table
    kept = _in_period(table, period)
    for name, value in wanted.items():
        kept = kept & _in_group(table, one_of("column", name, known), value)
    chosen: pd.DataFrame = table[kept]
    return chosen


def _in_period(table: pd.DataFrame, period: str | None) -> Any:
    """Return for each row whether its period is the one that is named."""
    import pandas as pd

    if period is None:
        return pd.Series(True, index=table.index).to_numpy()
    if not re.fullmatch(r"\d{4}(?: ?Q[1-4]|-(?:0[1-9]|1[0-2]))?", str(period), re.ASCII):
        raise ValueError(f"period={str(period)[:20]!r} is not the name of one; type '2022-07', '2022 Q3' or '2022'")
    named = str(period).replace(" ", "")
    return (times_of(table, SPANS[len(named)]) == pd.Period(named)).to_numpy()


def _in_group(table: pd.DataFrame, name: str, value: str) -> Any:
    """Return for each row whether it is counted in the group of this value."""
    import numpy as np

    if value == "other":
        found = groups_of(table, [name], 9)
        return np.isin(np.arange(len(table)), found.loc[found[name] == value, "row"])
    names = [names_in(cell) for cell in table[name].to_numpy()]
    kept = np.fromiter((value in one for one in names), bool, len(names))
    if not kept.any():
        close = did_you_mean(value, {one for several in names for one in several})
        raise ValueError(f"no article of the table has {name}={str(value)[:40]!r}{close}")
    return kept
