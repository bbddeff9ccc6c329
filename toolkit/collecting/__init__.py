"""Collect your own coverage: pasted text, saved pages, tables, feeds and addresses become one corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain, count
from pathlib import Path

from toolkit.article import Article, Corpus
from toolkit.choices import need, need_folder
from toolkit.collecting.columns import COLUMNS
from toolkit.collecting.duplicates import NearDuplicate, near_duplicates, progress
from toolkit.collecting.fetching import Fetcher
from toolkit.collecting.saved import Skipped, append, line_of, stored
from toolkit.collecting.sources import KINDS, PAGES, Item, Reader, Source, parts_of
from toolkit.files import BadInput
from toolkit.markup import escape, table

__all__ = ["Collected", "NearDuplicate", "Skipped", "collect", "near_duplicates"]

SHOWN = 200
"""How many lines of each list are displayed; all are in `skipped`, `near_duplicates` and `columns`."""

ASIDE = "left aside"


@dataclass(frozen=True, slots=True)
class Collected(Corpus):
    """A corpus, and what happened while it was collected.

    `skipped` lists all that is not in it; `near_duplicates` are in it, to be judged by a reader; `columns` tells for
    each table what every column was taken for; `already` counts the articles that an earlier run had stored, and
    `changed` names the pages it had stored with other words. `dropped` tells, by the id of an article that was read
    now, for what reasons blocks of its page were left out, and how many.
    """

    skipped: tuple[Skipped, ...] = ()
    near_duplicates: tuple[NearDuplicate, ...] = ()
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict, compare=False)
    already: int = 0
    changed: tuple[str, ...] = ()
    dropped: Mapping[str, Mapping[str, int]] = field(default_factory=dict, compare=False)

    def _lists(self) -> Iterator[tuple[str, Sequence[str], Sequence[Sequence[object]]]]:
        """Yield a title, a header and all rows of each list."""
        used = [(file, name, to or ASIDE) for file, meant in self.columns.items() for name, to in meant.items()]
        yield "column", ("file", "column", "taken for"), used
        advice = f'rename it to one of {", ".join(COLUMNS)}, or add columns={{"text": "its name"}}'
        yield f"what was {ASIDE}", ("to have a column read",), [(advice,)] * any(row[2] == ASIDE for row in used)
        yield "changed", ("what", "and now"), [(name, "has changed since; both are kept") for name in self.changed]
        yield "nearly the same", ("first", "second", "similarity, 0 to 1"), self.near_duplicates
        yield "skipped", ("what", "why"), self.skipped

    def __repr__(self) -> str:
        before = f", {self.already:,} of them from an earlier run" if self.already else ""
        bare = sum(not article.text for article in self)
        counts = (
            f"without text: {bare:,}; near-duplicates: {len(self.near_duplicates):,}; skipped: {len(self.skipped):,}"
        )
        return f"{Corpus.__repr__(self)}{before}; {counts}"

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
    need_folder(into or "")
    store = Path(into).resolve() if into else None
    kept, skipped, done, places = stored(store) if store else ([], [], Counter[str](), set[str]())
    already, reader, changed = len(kept), Reader(columns or {}, Fetcher(allow_private=allow_private), done), []
    dropped: list[Mapping[str, int] | None] = [None] * already
    for where, found, key, left_out in _items(reader, source, store):
        if isinstance(found, BadInput):
            skipped.append(Skipped(where, str(found)))
            continue
        if where in places and where.lower().removesuffix(", front matter").endswith(PAGES):
            changed.append(where)
        kept.append(_dated(found, where))
        dropped.append(left_out)
        if store:
            append(store, line_of(kept[-1], where, key))
    if not kept:
        if store and not store.stat().st_size:
            store.unlink()
        told = "; ".join(f"{where}: {reason}" for where, reason in skipped[:3])
        raise BadInput(told or f"there is no file to read; those ending in {KINDS} are read")
    articles = _with_own_ids(kept)
    clutter = {article.id: counts for article, counts in zip(articles, dropped, strict=True) if counts}
    pairs = near_duplicates(articles)
    return Collected(articles, tuple(skipped), pairs, reader.used, already, tuple(changed), clutter)


def _items(reader: Reader, source: Source, store: Path | None) -> Iterable[Item]:
    """Return what the reader finds, save in the store; the progress bar counts parts, or the items of a single one."""
    parts = [part for part in parts_of(source) if not isinstance(part[1], Path) or part[1].resolve() != store]
    if len(parts) == 1:
        return progress(reader.items(parts[0]), "read")
    return chain.from_iterable(map(reader.items, progress(parts, "read")))


def _dated(article: Article, where: str) -> Article:
    """Return an article whose note says when it was collected and from where."""
    said = "" if "Collected on " in article.note else f" Collected on {date.today()} from {where}."
    return replace(article, note=f"{article.note}{said}".strip())


def _with_own_ids(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Return the articles, the second `story` named `story-2` and so on."""
    own = dict[str, Article]()
    for article in articles:
        names = chain([article.id], (f"{article.id}-{number}" for number in count(2)))
        name = next(name for name in names if name not in own)
        own[name] = replace(article, id=name)
    return tuple(own.values())
