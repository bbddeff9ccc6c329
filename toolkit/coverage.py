"""Articles in, tidy tables out: how many, of which kind, in which period."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.choices import need_count, one_of

if TYPE_CHECKING:
    import pandas as pd

PERIODS = {"month": "M", "quarter": "Q", "year": "Y"}
"""The periods that articles are counted by, and what pandas calls them."""

GROUPS = ("outlet_country", "outlet_type", "language", "genre", "month_basis", "event_id", "frames", "actors",
          "desk", "outlet", "event")  # fmt: skip
"""The columns that articles are counted by, where a table has them; an article may have several frames and actors."""


def count_coverage(
    table: pd.DataFrame, *, by: str | None = None, period: str | None = "month", top: int = 9
) -> pd.DataFrame:
    """Return how many articles were found: one row for every period and group, also where the count is 0.

    `table` is what `load_coverage()` or `corpus.table()` returned, or some of its rows.
    `period` is month, quarter, year, or None for all time; `by` is one of `GROUPS`, or None for all articles together.
    The `top` largest groups are kept, the rest is `other`; a missing value is `unknown`. An article with two frames is
    counted under both, and once under `other` at most.

    Columns: period (its first day), the name of `by`, articles (a count), month_from_event (how many of them were
    placed by the month of their event, not by their own). Its `attrs` say what the chart must say: n (articles in the
    table), n_month_from_event, n_undated (left out: no month is known), n_in_several_groups, sample.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"month": ["2022-01", "2022-03"], "month_basis": ["stated", "event"]})
    >>> count_coverage(rows)["articles"].to_list()
    [1, 0, 1]
    """
    _check(table, by, period, top)
    told = {"period": period, "n": len(table), "sample": table.attrs.get("sample", "")}
    if period is not None:
        told["n_undated"] = int(table["month"].isna().sum())
        table = table[table["month"].notna()]
    frame = _grouped(table, by, period, top)
    told["n_in_several_groups"] = int((frame["row"].value_counts() > 1).sum())
    if period is not None:
        told["n_month_from_event"] = int(frame.drop_duplicates("row")["inferred"].sum())
    keys = [name for name in ("period", by) if name and name in frame]
    counts = frame.groupby(keys)["inferred"].agg(["size", "sum"]).set_axis(["articles", "month_from_event"], axis=1)
    result = _with_zeros(counts, keys).astype({"articles": int, "month_from_event": int})
    result.attrs.update(told)
    return result


def _check(table: pd.DataFrame, by: str | None, period: str | None, top: int) -> None:
    """Raise an error, with what to type next, for what cannot be counted."""
    if missing := {"month", "month_basis"} - set(getattr(table, "columns", ())):
        given = f"a {type(table).__name__} without {', '.join(sorted(missing))}"
        raise TypeError(f"count_coverage cannot use {given}; give load_coverage(), some of its rows, or corpus.table()")
    need_count("top", top, least=1)
    if table.empty:
        raise ValueError("the table has no row; look at what your filter left before counting")
    if by is None and period is None:
        raise ValueError("nothing to count by: give period= or by=, for example by='outlet_country'")
    if period is not None and table["month"].isna().all():
        raise ValueError("no article has a date, so none can be placed in a period; use period=None")
    if period is not None:
        one_of("period", period, PERIODS)
    if by is not None:
        one_of("by", by, [name for name in GROUPS if name in table])


def _grouped(table: pd.DataFrame, by: str | None, period: str | None, top: int) -> pd.DataFrame:
    """Return one row for every article and group, with small groups gathered in `other`."""
    import pandas as pd

    frame = pd.DataFrame({"row": range(len(table)), "inferred": (table["month_basis"] == "event").to_numpy()})
    if period is not None:
        frame["period"] = pd.PeriodIndex(table["month"], freq="M").asfreq(PERIODS[period])
    if by is None:
        return frame
    frame = frame.assign(**{by: table[by].to_list()}).explode(by, ignore_index=True)
    frame[by] = frame[by].replace("", None).fillna("unknown").astype(str)
    largest = frame[by].value_counts().index[:top]
    frame[by] = frame[by].where(frame[by].isin(largest), "other")
    return frame.drop_duplicates(["row", by])


def _with_zeros(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Return the counts with a row of 0 where nothing was found; the largest group first, what is left over last."""
    import pandas as pd

    levels: list[Any] = [counts.index.unique(name) for name in keys]
    if "period" in keys:
        found = pd.PeriodIndex(levels[0])
        levels[0] = pd.period_range(found.min(), found.max(), freq=found.freq, name="period")
    if keys[-1] != "period":
        totals = counts["articles"].groupby(level=keys[-1]).sum()
        levels[-1] = sorted(totals.index, key=lambda name: (name in {"other", "unknown"}, -totals[name], name))
    every = pd.MultiIndex.from_product(levels, names=keys) if len(keys) > 1 else pd.Index(levels[0])
    table = counts.reindex(every, fill_value=0).rename_axis(keys).reset_index()
    return table.assign(period=table["period"].dt.to_timestamp()) if "period" in keys else table
