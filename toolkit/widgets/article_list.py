"""Articles of a table as a list on a page: what each says, who published it, when, how sure that is, and a link."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.markup import escape, link

if TYPE_CHECKING:
    import pandas as pd

BASES = {"stated": "date stated", "event": "by the month of its event"}
MOST_LISTED = 50
"""The most articles that are listed at once."""

LINK = "text-decoration:underline;color:var(--jp-content-link-color)"


def listed(rows: pd.DataFrame) -> str:
    """Return articles as a list: what each says, its outlet, its date and what that rests on, and a link."""
    entries = "".join(map(_entry, rows.head(MOST_LISTED).to_dict("records")))
    left = len(rows) - MOST_LISTED
    more = f"<p>… and {left:,} more, narrow the filter.</p>" if left > 0 else ""
    look = "max-width:60em;max-height:24em;overflow:auto;line-height:1.4;overflow-wrap:anywhere"
    place = f'class="mathjax_ignore" role="region" aria-label="Articles" tabindex="0" style="{look}"'
    return f"<div {place}><ol>{entries}</ol></div>{more}"


def _entry(row: dict[Any, Any]) -> str:
    told = {name: str(value) for name, value in row.items() if isinstance(value, str) and value}
    days = [row[name] for name in ("date", "published") if hasattr(row.get(name), "year") and row[name] == row[name]]
    when = f"{days[0]:%Y-%m-%d}" if days else told.get("date") or told.get("month", "no date")
    basis = BASES.get(told.get("month_basis", ""), "") if when != "no date" else ""
    what = told.get("gist") or told.get("title") or told.get("id", "an article")
    shown = link(told.get("url", ""), what).replace("<a ", f'<a target="_blank" style="{LINK}" ', 1)
    facts = " · ".join(filter(None, [told.get("outlet") or told.get("desk", "outlet unknown"), when, basis]))
    return f'<li dir="auto">{shown} <small style="display:block">{escape(facts)}</small></li>'
