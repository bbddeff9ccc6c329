"""Collect your own coverage: pasted text, saved pages, tables, feeds and addresses become one corpus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, count
from pathlib import Path
from typing import NamedTuple

from toolkit.article import Article, Corpus
from toolkit.choices import need
from toolkit.collecting.duplicates import NearDuplicate, near_duplicates, progress
from toolkit.collecting.fetching import Fetcher
from toolkit.collecting.sources import KINDS, Item, Reader, Source
from toolkit.collecting.store import append, line_of
from toolkit.files import BadInput
from toolkit.markup import escape, table

__all__ = ["Collected", "NearDuplicate", "Skipped", "collect", "near_duplicates"]

SHOWN = 200
"""How many lines of each list are displayed; all are in `skipped`, `near_duplicates` and `columns`."""


class Skipped(NamedTuple):
    """Something that was not collected, and why."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class Collected(Corpus):
    """A corpus, and what happened while it was collected.

    `skipped` lists all that is not in it; `near_duplicates` are in it, to be judged by a reader; `columns` tells for
    each table what every column was taken for; `already` counts the articles that an earlier run had stored.
    """

    skipped: tuple[Skipped, ...] = ()
    near_duplicates: tuple[NearDuplicate, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    already: int = 0

    def _lists(self) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[object]]]]:
        """Yield a title, a header and all rows of each list."""
        used = [(file, name, to or "left aside") for file, meant in self.columns.items() for name, to in meant.items()]
        yield "column", ("file", "column", 'taken for; to change it: columns={"text": "its name"}'), used
        yield "nearly the same", ("first", "second", "similarity, 0 to 1"), self.near_duplicates
        yield "skipped", ("what", "why"), self.skipped

    def __repr__(self) -> str:
        before = f", {self.already:,} of them from an earlier run" if self.already else ""
        bare = sum(not article.text for article in self)
        alike = f"near-duplicates: {len(self.near_duplicates):,}; skipped: {len(self.skipped):,}"
        return f"{Corpus.__repr__(self)}{before}; without text: {bare:,}; {alike}"

    def __str__(self) -> str:
        lines = (f"- {title}: {' | '.join(map(str, row))}" for title, _, rows in self._lists() for row in rows[:SHOWN])
        return "\n".join([repr(self), *lines])

    def _repr_html_(self) -> str:
        parts = [f"<p><b>{escape(repr(self))}</b></p>{Corpus._repr_html_(self)}"]
        for title, header, rows in self._lists():
            shown = f"<details><summary>{title}: {len(rows):,}</summary>{table(header, rows[:SHOWN])}</details>"
            parts.append(shown if rows else "")
        return "".join(parts)


def collect(
    source: Source,
    *,
    into: str | Path | None = None,
    columns: Mapping[str, str] | None = None,
    allow_private: bool = False,
) -> Collected:
    """Return the articles in a source, with all that was skipped and all that is nearly the same.

    `source` is pasted text (of several lines), a saved page (.html, .txt, .md), a table (.csv, .tsv, .jsonl, .json),
    a feed (.xml, .rss, .atom), a folder of these with its subfolders, a web address, or a list of such. The network
    is used for an address alone; `allow_private=True` admits addresses inside your own network.
    `into="mine.jsonl"` stores each article as soon as it is read: a run that was stopped goes on where it was, and a
    later one adds what is new. `columns={"text": "Volltext"}` says what a column means when its name does not.
    Raises `BadInput`, in one sentence, when there is no article in the source.

    >>> collect("A rocket at last\\nBy Ann Lee\\n2 May 2022\\n\\nIt flew on Monday, and it came back.")
    Corpus of 1 article; without text: 0; near-duplicates: 0; skipped: 0
    """
    need("collect(…, into=…)", into or "", (str, Path), 'give the name of a file: into="mine.jsonl"')
    need("collect(…, columns=…)", columns or {}, Mapping, 'say what a column means: columns={"text": "its name"}')
    reader, store = Reader(columns or {}, Fetcher(allow_private=allow_private)), Path(into) if into else None
    earlier = reader.stored(store) if store else []
    items = [*earlier, *_added(progress(reader.items(source), "read"), store)]
    skipped = tuple(Skipped(item.where, str(item.found)) for item in items if isinstance(item.found, BadInput))
    articles = _with_own_ids(item.found for item in items if isinstance(item.found, Article))
    if not articles:
        told = "; ".join(f"{where}: {reason}" for where, reason in skipped[:3])
        raise BadInput(told or f"there is no file to read; those ending in {KINDS} are read")
    already = sum(isinstance(item.found, Article) for item in earlier)
    return Collected(articles, skipped, near_duplicates(articles), reader.used, already)


def _added(items: Iterable[Item], store: Path | None) -> Iterator[Item]:
    """Yield the items, each article with a note of when and from where it came, once it is in the store."""
    for item in items:
        if isinstance(item.found, Article):
            said = "" if "Collected on " in item.found.note else f" Collected on {date.today()} from {item.where}."
            dated = replace(item.found, note=f"{item.found.note}{said}".strip())
            if store:
                append(store, line_of(dated, item.key))
            item = item._replace(found=dated)  # noqa: PLW2901
        yield item


def _with_own_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles, the second `story` named `story-2` and so on."""
    own = dict[str, Article]()
    for article in articles:
        names = chain([article.id], (f"{article.id}-{number}" for number in count(2)))
        name = next(name for name in names if name not in own)
        own[name] = replace(article, id=name)
    return tuple(own.values())
