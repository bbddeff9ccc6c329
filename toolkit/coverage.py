"""Articles in, tidy tables out: how many, of which kind, in which period, and how sure a share is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Sequence
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


NO_DATE = "no article has a date, so none can be placed in a {}; use period=None"


def count_coverage(
    table: pd.DataFrame, *, by: str | Sequence[str] | None = None, period: str | None = "month", top: int = 9
) -> pd.DataFrame:
    """Return how many articles were found: one row for every period and group, also where the count is 0.

    `table` is what `load_coverage()` or `corpus.table()` returned, or some of its rows. `period` is day, week, month,
    quarter, year, or None for all time; a day or week counts only articles that state their day. With "event" there is
    one row for each event that the table has, in their order in time, and no `by`. Else `by` is one of
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
    advice = "load_coverage(), some of its rows, or corpus.table()"
    need_columns("count_coverage", table, ("month", "month_basis"), advice)
    if period == "event" and not groups:
        return _by_event(table)
    check_question(groups, period, top, table)
    if table.empty:
        raise ValueError("the table has no row; look at what your filter left before counting")
    return table_of(kinds_of(table, groups, period), groups, period, top=top, sample=table.attrs.get("sample", ""))


def _by_event(table: pd.DataFrame) -> pd.DataFrame:
    """Return how many articles are about each event; the names of events begin with their date."""
    need_columns("count_coverage", table, ("event_id",), "load_coverage(), or a period of the calendar")
    known = table[table["event_id"].fillna("") != ""]
    counts = count_coverage(known, by="event_id", period=None, top=max(len(known), 1)).sort_values("event_id")
    result = counts.rename(columns={"event_id": "period"})[["period", "articles", "month_from_event"]]
    result.attrs |= {"period": "event", "n": len(table), "n_undated": len(table) - len(known)}
    return result.reset_index(drop=True)


def check_question(groups: Sequence[str], period: str | None, top: int, known: Container[str]) -> None:
    """Raise an error, with what to type next, for what cannot be counted where the columns `known` are."""
    need_count("top", top, least=1)
    if not groups and period is None:
        raise ValueError("nothing to count by: give period= or by=, for example by='outlet_country'")
    if len(groups) > 2 or len(set(groups)) < len(groups):
        raise ValueError(f"by={groups} must be one column or two different ones, for example by=['frames', 'language']")
    for name in groups:
        one_of("by", name, [group for group in GROUPS if group in known])
    if period == "event":
        raise ValueError("period='event' takes no by; type by=['frames', 'event_id'], period=None")
    if period is not None:
        one_of("period", period, [*PERIODS, "event"])


Kinds = Counter[tuple[Any, ...]]
"""How many articles are of each kind; those of the parts of a table add up to those of the whole."""


def kinds_of(table: pd.DataFrame, groups: Sequence[str], period: str | None) -> Kinds:
    """Return how many articles are alike in all that is counted: period, month basis, and the names in each group.

    A period is given as pandas numbers it (months since January 1970), and None where it is not known.

    >>> import pandas as pd
    >>> kinds_of(pd.DataFrame({"month": ["1970-02"] * 2, "month_basis": "event", "desk": "wire"}), ["desk"], "month")
    Counter({(1, True, ('wire',)): 2})
    """
    import pandas as pd

    numbers: list[int | None] = [None] * len(table)
    if period is not None:
        times = pd.PeriodIndex(_times(table, period))
        numbers = [None if gone else number for number, gone in zip(times.asi8.tolist(), times.isna(), strict=True)]
    inferred = (table["month_basis"] == "event").tolist()
    return Counter(zip(numbers, inferred, *(map(names_in, table[name].to_numpy()) for name in groups), strict=True))


def names_in(value: Any) -> tuple[str, ...]:
    """Return the names in a cell, each once: several in a list, `unknown` for nothing.

    >>> names_in(["ESA", "NASA", "ESA"]), names_in(None), names_in("")
    (('ESA', 'NASA'), ('unknown',), ('unknown',))
    """
    values = [value] if isinstance(value, str | dict) or not isinstance(value, Iterable) else list(value) or [""]
    gone = [not one if isinstance(one, str) else str(one) in {"None", "nan", "NaT", "<NA>"} for one in values]
    return tuple(dict.fromkeys("unknown" if no else str(one) for one, no in zip(values, gone, strict=True)))


def table_of(kinds: Kinds, groups: Sequence[str], period: str | None, *, top: int, sample: str = "") -> pd.DataFrame:
    """Return the table that `count_coverage` explains, from how many articles are of each kind."""
    told = {"period": period, "n": kinds.total(), "sample": sample}
    if period is not None:
        dated = Counter({kind: n for kind, n in kinds.items() if kind[0] is not None})
        told["n_undated"], kinds = kinds.total() - dated.total(), dated
        if not dated:
            raise ValueError(NO_DATE.format(period))
    frame = _grouped(kinds, list(kinds.values()), groups, period, top)
    if period is not None:
        told["n_month_from_event"] = int(frame.drop_duplicates("row")["inferred"].sum())
    told["n_in_several_groups"] = int(frame[frame.duplicated("row")].drop_duplicates("row")["articles"].sum())
    keys = [name for name in ("period", *groups) if name in frame]
    counts = frame.groupby(keys)[["articles", "inferred"]].sum().set_axis(["articles", "month_from_event"], axis=1)
    result = _with_zeros(counts, keys).astype({"articles": int, "month_from_event": int})
    if groups:
        result = _with_shares(result, frame, [name for name in keys if name != groups[0]], kinds.total())
    result.attrs.update(told)
    return result


def times_of(table: pd.DataFrame, period: str) -> pd.Series[Any]:
    """Return the period of each article, missing where it is not known; raise ValueError where none is."""
    times = _times(table, period)
    if times.isna().all():
        raise ValueError(NO_DATE.format(period))
    return times


def period_names(table: pd.DataFrame, period: str) -> list[str]:
    """Return the name of the period of each article, such as `2022-07`, and `unknown` where it is not known."""
    times = _times(table, period)
    return times.astype(str).where(times.notna(), "unknown").tolist()


def _times(table: pd.DataFrame, period: str) -> pd.Series[Any]:
    import pandas as pd

    if period in {"day", "week"}:
        need_columns("count_coverage", table, ("date",), "a table with a column date, or period='month'")
        days = pd.to_datetime(table["date"], errors="coerce", utc=True).dt.tz_localize(None)
        return days.dt.to_period(PERIODS[period])
    months = pd.to_datetime(table["month"], errors="coerce", format="%Y-%m")
    return months.dt.to_period(PERIODS[period])


def groups_of(table: pd.DataFrame, groups: Sequence[str], top: int) -> pd.DataFrame:
    """Return one row for every article and group, as `count_coverage` counts them; `row` numbers the articles."""
    n, names = len(table), [map(names_in, table[name].to_numpy()) for name in groups]
    return _grouped(zip([None] * n, [False] * n, *names, strict=True), [1] * n, groups, None, top)


def _grouped(
    kinds: Iterable[tuple[Any, ...]], articles: Sequence[int], groups: Sequence[str], period: str | None, top: int
) -> pd.DataFrame:
    """Return one row for every kind of article and group, with small groups gathered in `other`."""
    import pandas as pd

    numbers, inferred, *names = zip(*kinds, strict=True)
    frame = pd.DataFrame({"row": range(len(articles)), "articles": articles, "inferred": inferred})
    frame["inferred"] *= frame["articles"]
    if period is not None:
        index: Any = pd.PeriodIndex
        frame["period"] = index.from_ordinals(numbers, freq=PERIODS[period])  # not in the stubs
    for i, name in enumerate(groups):
        frame[name] = pd.Series(names[i], dtype=object)[frame["row"]].to_numpy()
        frame = frame.explode(name, ignore_index=True)
        totals = frame.drop_duplicates(["row", name]).groupby(name)["articles"].sum()
        largest = totals.sort_values(ascending=False, kind="stable").index[:top]  # of equals, the first by name
        frame[name] = frame[name].where(frame[name].isin(largest), "other").astype(str)
        frame = frame.drop_duplicates(["row", *groups[: i + 1]], ignore_index=True)
    return frame


def _with_zeros(counts: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
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
        totals = single.groupby(within)["articles"].sum().rename("of").reset_index()
        counts = counts.merge(totals, on=within, how="left").fillna({"of": 0}).astype({"of": int})
    else:
        counts = counts.assign(of=n)
    low, high = wilson(counts["articles"], counts["of"])
    return counts.assign(share=counts["articles"] / counts["of"].where(counts["of"] > 0), low=low, high=high)
