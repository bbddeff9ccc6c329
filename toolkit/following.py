"""How long the press looks at an event, and who looked first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.choices import need_columns

if TYPE_CHECKING:
    import pandas as pd

WINDOW = 60
"""For how many days after an event an article counts as attention to it."""


def attention(table: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return how much was found about each event and how soon: one row an event, the most written about first.

    `table` is `load_coverage()` or some of its rows, `events` is `load_events()` or some of its rows. Columns:
    event_id; title; date; articles (all that are about it); dated (those with a day of their own that lies 0 to 60 days
    after); half_life (days until half of those had appeared; missing where fewer than 3 are dated); week (the share of
    them in the first 7 days, 0 to 1). Limits: over half of the index has no day, and an event known by its month alone
    has no day to count from, so its half-life is missing.

    >>> import pandas as pd
    >>> days = pd.to_datetime(["2022-07-12", "2022-07-13", "2022-07-15", None])
    >>> table = pd.DataFrame({"event_id": ["e"] * 4, "date": days})
    >>> events = pd.DataFrame({"id": ["e"], "title": ["End"], "date": days[:1], "date_text": ["2022-07-12"]})
    >>> attention(table, events)[["articles", "dated", "half_life"]].values.tolist()
    [[4.0, 3.0, 1.0]]
    """
    lags = _lags(table, events)
    near = lags[lags["days"].between(0, WINDOW)]
    found = lags.groupby("event_id", sort=False)
    result = events.set_index("id")[["title", "date"]].rename_axis("event_id").loc[list(found.groups)]
    result["articles"] = found.size()
    by_event = near.groupby("event_id")["days"]
    result["dated"] = by_event.size().reindex(result.index, fill_value=0)
    result["half_life"] = by_event.median()[by_event.size() >= 3]
    result["week"] = by_event.agg(lambda days: (days < 7).mean())
    return result.reset_index().sort_values(["articles", "event_id"], ascending=[False, True], ignore_index=True)


def first_movers(table: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return who wrote about events and after how many days: one row for each outlet and event, the first ones first.

    Columns: event_id, outlet, outlet_country, date (of its first article about it), days (after the event, 0 the same
    day; negative: before). Only articles with a day of their own. Limit: an index that was found, not gathered whole,
    cannot say who was the very first in the world.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"event_id": ["e", "e"], "outlet": ["B", "A"], "outlet_country": ["DE", "FR"],
    ...                       "date": pd.to_datetime(["2022-07-14", "2022-07-12"])})
    >>> events = pd.DataFrame({"id": ["e"], "title": ["End"], "date": pd.to_datetime(["2022-07-12"]),
    ...                        "date_text": ["2022-07-12"]})
    >>> first_movers(table, events)[["outlet", "days"]].values.tolist()
    [['A', 0], ['B', 2]]
    """
    lags = _lags(table, events).dropna(subset=["days"]).sort_values(["event_id", "days", "outlet"])
    first = lags.drop_duplicates(["event_id", "outlet"]).astype({"days": int})
    return first[["event_id", "outlet", "outlet_country", "date", "days"]].reset_index(drop=True)


def _lags(table: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Return the rows about one of the events, with the days between event and article, where both are known."""
    need_columns("attention", table, ("event_id", "date"), "load_coverage() or some of its rows")
    need_columns("attention", events, ("id", "date", "date_text"), "load_events() or some of its rows second")
    known = events.set_index("id")["date"].where((events["date_text"].str.len() == 10).to_numpy())
    rows = table[table["event_id"].isin(events["id"])]
    if rows.empty:
        raise ValueError("no article of the table is about one of these events; look at what your filter left")
    return rows.assign(days=(rows["date"] - rows["event_id"].map(known)).dt.days)
