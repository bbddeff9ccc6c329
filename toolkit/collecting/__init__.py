"""Collect your own coverage: pasted text, saved pages, tables, feeds and addresses become one corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from pathlib import Path

from toolkit.article import Article, Corpus
from toolkit.choices import one_of
from toolkit.collecting.columns import COLUMNS
from toolkit.collecting.duplicates import NearDuplicate, near_duplicates, progress
from toolkit.collecting.fetching import Fetcher
from toolkit.collecting.saved import Skipped, append, line_of, stored
from toolkit.collecting.sources import KINDS, Item, Reader, Source, parts_of
from toolkit.files import BadInput
from toolkit.markup import escape, table

__all__ = ["Collected", "NearDuplicate", "Skipped", "collect", "near_duplicates"]

SHOWN = 200
"""How many lines of each list are displayed; all are in `skipped`, `near_duplicates` and `columns`."""


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
        used = [(name, *pair) for name, columns in self.columns.items() for pair in columns.items()]
        yield "column", ("file", "column", "taken for (nothing: left aside)"), used
        yield "nearly the same", ("first", "second", "similarity, 0 to 1"), self.near_duplicates
        yield "skipped", ("what", "why"), self.skipped

    def __repr__(self) -> str:
        before = f", {self.already:,} of them from an earlier run" if self.already else ""
        pairs = f"near-duplicates: {len(self.near_duplicates):,}"
        bare = sum(not article.text for article in self)
        return f"{Corpus.__repr__(self)}{before}; without text: {bare:,}; {pairs}; skipped: {len(self.skipped):,}"

    def __str__(self) -> str:
        lists = (
            [f"- {title}: {' | '.join(map(str, row))}" for row in rows[:SHOWN]] for title, _, rows in self._lists()
        )
        return "\n".join([repr(self), *chain.from_iterable(lists)])

    def _repr_html_(self) -> str:
        details = (
            f"<details><summary>{title}: {len(rows):,}</summary>{table(header, rows[:SHOWN])}</details>"
            for title, header, rows in self._lists()
            if rows
        )
        return f"<p><b>{escape(repr(self))}</b></p>{Corpus._repr_html_(self)}{''.join(details)}"


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

    >>> found = collect("A rocket at last\\nBy Ann Lee\\n2 May 2022\\n\\nIt flew on Monday, and it came back.")
    >>> found
    Corpus of 1 article; without text: 0; near-duplicates: 0; skipped: 0
    >>> found[0].title, found[0].note[:12]
    ('A rocket at last', 'Collected on')
    """
    for name in columns or {}:
        one_of("field", name, COLUMNS)
    store = Path(into).resolve() if into else None
    kept, skipped, done = stored(store) if store else ([], [], Counter[str]())
    already = len(kept)
    reader = Reader(columns or {}, Fetcher(allow_private=allow_private), done)
    parts = [part for part in parts_of(source) if not isinstance(part[1], Path) or part[1].resolve() != store]
    items = chain.from_iterable(map(reader.items, progress(parts, "read") if len(parts) > 1 else parts))
    for item in items if len(parts) > 1 else progress(items, "read"):
        if item.key and done[item.key] > 0:
            done[item.key] -= 1
            continue
        try:
            kept.append(_read(item))
        except BadInput as error:
            skipped.append(Skipped(item.where, str(error)))
            continue
        if store:
            append(store, line_of(kept[-1], item.where, item.key))
    if not kept:
        told = "; ".join(f"{item.source}: {item.reason}" for item in skipped[:3])
        raise BadInput(told or f"there is no file to read; those ending in {KINDS} are read")
    articles = _with_own_ids(kept)
    return Collected(articles, tuple(skipped), near_duplicates(articles), reader.used, already)


def _read(item: Item) -> Article:
    """Return the article of an item; its note says when it was collected, unless it says so already."""
    if isinstance(item.read, BadInput):
        raise item.read
    article = item.read()
    said = "" if "Collected on " in article.note else f" Collected on {date.today()} from {item.where}."
    return replace(article, note=f"{article.note}{said}".strip())


def _with_own_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles, the second `story` named `story-2` and so on."""
    own, times = dict[str, Article](), Counter[str]()
    for article in articles:
        name = article.id
        while name in own:
            times[article.id] += 1
            name = f"{article.id}-{times[article.id] + 1}"
        own[name] = replace(article, id=name)
    return tuple(own.values())
