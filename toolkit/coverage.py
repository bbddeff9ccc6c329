"""Articles in, tidy tables out: how many, of which kind, in which period, and how sure a share is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from toolkit.choices import need_columns, need_count, one_of
from toolkit.frequency import wilson

if TYPE_CHECKING:
    import pandas as pd

PERIODS = {"day": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
"""The periods that articles are counted by, and what pandas calls them; a week begins on Monday."""

GROUPS = ("outlet_country", "outlet_type", "language", "genre", "month_basis", "event_id", "frames", "actors",
          "desk", "outlet", "event")  # fmt: skip
"""The columns that articles are counted by, where a table has them; an article may have several frames and actors."""


def count_coverage(
    table: pd.DataFrame, *, by: str | Sequence[str] | None = None, period: str | None = "month", top: int = 9
) -> pd.DataFrame:
    """Return how many articles were found: one row for every period and group, also where the count is 0.

    `table` is what `load_coverage()` or `corpus.table()` returned, or some of its rows. `period` is day, week, month,
    quarter, year, or None for all time; a day or week counts only articles that state their day. `by` is one of
    `GROUPS`, two of them (frames by outlet_country), or None for all articles together. Of each the `top` largest
    groups are kept, the rest is `other`; a missing value is `unknown`. An article with two frames counts under both.

    Columns: period (its first day); the names of `by`; articles (a count); month_from_event (how many of them were
    placed by the month of their event, not by their own). With `by` also: of (articles in that period and, of two, in
    that second group); share = articles / of, from 0 to 1; low, high (95 per cent interval of the share, by `wilson`).
    Its `attrs` say what a chart must say: n (articles in the table), n_month_from_event, n_undated (left out: no
    period is known), n_in_several_groups, sample.

    >>> import pandas as pd
    >>> rows = pd.DataFrame({"month": ["2022-01", "2022-03"], "month_basis": ["stated", "event"]})
    >>> count_coverage(rows)["articles"].to_list()
    [1, 0, 1]
    """
    groups = [by] if isinstance(by, str) else list(by or ())
    _check(table, groups, period, top)
    told = {"period": period, "n": len(table), "sample": table.attrs.get("sample", "")}
    if period is not None:
        times = times_of(table, period)
        told["n_undated"] = int(times.isna().sum())
        table, times = table[times.notna().to_numpy()], times.dropna()
    frame = groups_of(table, groups, top)
    if period is not None:
        frame["period"] = times.array[frame["row"]]
        told["n_month_from_event"] = int(frame.drop_duplicates("row")["inferred"].sum())
    told["n_in_several_groups"] = int((frame["row"].value_counts() > 1).sum())
    keys = [name for name in ("period", *groups) if name in frame]
    counts = frame.groupby(keys)["inferred"].agg(["size", "sum"]).set_axis(["articles", "month_from_event"], axis=1)
    result = _with_zeros(counts, keys, period).astype({"articles": int, "month_from_event": int})
    if groups:
        result = _with_shares(result, frame, [name for name in keys if name != groups[0]], len(table))
    result.attrs.update(told)
    return result


def _check(table: pd.DataFrame, groups: list[str], period: str | None, top: int) -> None:
    """Raise an error, with what to type next, for what cannot be counted."""
    need_columns(
        "count_coverage", table, ("month", "month_basis"), "load_coverage(), some of its rows, or corpus.table()"
    )
    need_count("top", top, least=1)
    if table.empty:
        raise ValueError("the table has no row; look at what your filter left before counting")
    if not groups and period is None:
        raise ValueError("nothing to count by: give period= or by=, for example by='outlet_country'")
    if len(groups) > 2 or len(set(groups)) < len(groups):
        raise ValueError(f"by={groups} must be one column or two different ones, for example by=['frames', 'language']")
    for name in groups:
        one_of("by", name, [known for known in GROUPS if known in table])
    if period is not None:
        one_of("period", period, PERIODS)


def times_of(table: pd.DataFrame, period: str) -> pd.Series[Any]:
    """Return the period of each article, missing where it is not known."""
    import pandas as pd

    if period in {"day", "week"}:
        need_columns("count_coverage", table, ("date",), "a table with a column date, or period='month'")
        days = pd.to_datetime(table["date"], errors="coerce", utc=True).dt.tz_localize(None)
        times = days.dt.to_period(PERIODS[period])
    else:
        months = pd.to_datetime(table["month"], errors="coerce", format="%Y-%m")
        times = months.dt.to_period(PERIODS[period])
    if times.isna().all():
        raise ValueError(f"no article has a date, so none can be placed in a {period}; use period=None")
    return times


def groups_of(table: pd.DataFrame, groups: list[str], top: int) -> pd.DataFrame:
    """Return one row for every article and group, with small groups gathered in `other`; `row` numbers the articles."""
    import pandas as pd

    frame = pd.DataFrame({"row": range(len(table)), "inferred": (table["month_basis"] == "event").to_numpy()})
    for name in groups:
        frame[name] = table[name].to_numpy()[frame["row"]]
        frame = frame.explode(name, ignore_index=True)
        frame[name] = frame[name].replace("", None).fillna("unknown").astype(str)
        largest = frame.drop_duplicates(["row", name])[name].value_counts().index[:top]
        frame[name] = frame[name].where(frame[name].isin(largest), "other")
        frame = frame.drop_duplicates(["row", *groups[: groups.index(name) + 1]], ignore_index=True)
    return frame


def _with_zeros(counts: pd.DataFrame, keys: list[str], period: str | None) -> pd.DataFrame:
    """Return the counts with a row of 0 where nothing was found; the largest group first, what is left over last."""
    import pandas as pd

    levels: list[Any] = []
    for name in keys:
        if name == "period":
            found = pd.PeriodIndex(counts.index.unique(name))
            levels.append(pd.period_range(found.min(), found.max(), freq=found.freq, name="period"))
        else:
            totals = counts["articles"].groupby(level=name).sum()
            levels.append(sorted(totals.index, key=lambda one: (one in {"other", "unknown"}, -totals[one], one)))
    every = pd.MultiIndex.from_product(levels, names=keys) if len(keys) > 1 else pd.Index(levels[0])
    table = counts.reindex(every, fill_value=0).rename_axis(keys).reset_index()
    return table.assign(period=table["period"].dt.to_timestamp()) if "period" in keys else table


def _with_shares(counts: pd.DataFrame, frame: pd.DataFrame, within: list[str], n: int) -> pd.DataFrame:
    """Return the counts with the number of articles they are a part of, the share, and its interval."""
    if within:
        single = frame.drop_duplicates(["row", *within])
        if "period" in within:
            single = single.assign(period=single["period"].dt.to_timestamp())
        totals = single.groupby(within).size().rename("of").reset_index()
        counts = counts.merge(totals, on=within, how="left").fillna({"of": 0}).astype({"of": int})
    else:
        counts = counts.assign(of=n)
    low, high = wilson(counts["articles"], counts["of"])
    return counts.assign(share=counts["articles"] / counts["of"].where(counts["of"] > 0), low=low, high=high)
