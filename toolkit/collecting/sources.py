"""Go through what somebody points at (files, folders, addresses, pasted text) and name everything that is there."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from toolkit.article import Article
from toolkit.collecting.columns import article_from, recognise
from toolkit.collecting.fetching import Fetched, Fetcher
from toolkit.collecting.rows import Row, Rows, csv_rows, feed_rows, front_matter, json_rows, jsonl_rows
from toolkit.collecting.saved import restored
from toolkit.files import MAX_BYTES, BadInput, decode
from toolkit.pages import read_page

KINDS = ".atom .csv .htm .html .json .jsonl .md .rss .tsv .txt .xml"
PARTS_OF_A_PAGE = ("_files", "-Dateien", "_fichiers", "_archivos")
"""How browsers end the name of the folder that they save beside a page: pictures, scripts and advertisements."""

Source = str | Path | Sequence[str | Path]
Part = tuple[str, Path | str | BadInput]
"""A name, and the file, address or text that it stands for, or the reason why it is not looked at."""


class Item(NamedTuple):
    """Something that may become an article: where it is, what it can be known by again, how it is read or why not."""

    where: str
    key: str
    read: Callable[[], Article] | BadInput


NOTES = {"README", "DATASHEET", "LICENSE", "CHANGELOG", "CONTRIBUTING"}
"""Names of files that tell about a folder and are no articles."""


def parts_of(source: Source) -> Iterator[Part]:
    """Yield the files, addresses and texts of a source, each with its name; a `BadInput` for what is not looked at."""
    if isinstance(source, list | tuple):
        for part in source:
            yield from parts_of(part)
    elif not isinstance(source, str | Path):
        raise BadInput(f"collect takes text, a path, an address or a list of these, not {type(source).__name__}")
    elif isinstance(source, str) and re.match(r"https?://\S+\s*$", source, re.I):
        yield source.strip(), source.strip()
    elif isinstance(source, str) and (re.search(r"[\n<\0]", source) or len(source) > 300):
        yield "pasted text", source
    elif os.path.isdir(source):  # noqa: PTH112  # Path.is_dir raises when a sentence is given
        yield from _folder(Path(source))
    else:
        yield Path(source).name, Path(source)


def _folder(folder: Path) -> Iterator[Part]:
    """Yield what is in a folder and below, sorted. Links are not followed, and parts of saved pages not opened."""
    for root, folders, files in os.walk(folder):
        for path in sorted(Path(root) / name for name in [*folders, *files]):
            where = path.relative_to(folder).as_posix()
            if path.name.startswith(".") or path.is_symlink():
                yield where, BadInput("is hidden or a link")
            elif path.stem.upper() in NOTES:
                yield where, BadInput("is a note about the other files, by its name")
            elif path.name in folders and path.name.endswith(PARTS_OF_A_PAGE):
                yield where, BadInput("holds the parts of a saved page")
            elif path.name in files:
                yield where, path
        folders[:] = sorted(name for name in folders if not name.startswith(".") and not name.endswith(PARTS_OF_A_PAGE))


@dataclass
class Reader:
    """Turns parts of a source into items, and keeps what the columns of each were taken for."""

    columns: Mapping[str, str]
    fetcher: Fetcher
    done: Counter[str]
    used: dict[str, dict[str, str]] = field(default_factory=dict)

    def items(self, part: Part) -> Iterator[Item]:
        """Yield the items of a part; when it cannot be read, one that says why."""
        where, source = part
        try:
            if isinstance(source, BadInput):
                raise source
            if isinstance(source, Path):
                yield from self._in_file(where, source)
            elif where == source:
                yield from self._at_address(source)
            else:
                yield Item(where, _key(source), lambda: read_page(f"{source}\n").article)
        except BadInput as error:
            yield Item(where, "", error)
        except OSError as error:
            yield Item(where, "", BadInput(f"cannot be read: {error.strerror or error}"))

    def _in_file(self, where: str, path: Path) -> Iterator[Item]:
        kind = path.suffix.lower()
        if not path.is_file():
            raise BadInput(f"there is no file or folder {path}; give a path, pasted text or an address with https://")
        if kind not in KINDS.split():
            raise BadInput(f"files ending in {kind or 'nothing'} are not read; those ending in {KINDS} are")
        if kind == ".jsonl":  # may be larger than memory
            with path.open(encoding="utf-8-sig", errors="replace") as lines:
                yield from self._in_rows(where, jsonl_rows(lines))
            return
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"has more than {MAX_BYTES:,} bytes, which is the most that is read; cut it in parts")
        data = path.read_bytes()
        facts = front_matter(decode(data, name=path.name).text) if kind == ".md" else None
        if kind in (".csv", ".tsv", ".json", ".xml", ".rss", ".atom"):
            yield from self._in_rows(where, _rows(kind, data, path.name))
        elif facts:
            yield from self._in_rows(where, iter([("front matter", facts)]))
        else:
            yield Item(where, _key(data), lambda: read_page(path).article)

    def _in_rows(self, where: str, rows: Rows) -> Iterator[Item]:
        for place, row in rows:
            here = f"{where}, {place}"
            if isinstance(row, BadInput):
                yield Item(here, "", row)
            elif "collected_from" in row:
                yield Item(here, str(row.get("key", "")), partial(restored, row))
            else:
                cells = [f"{name}={value}" for name, value in row.items() if isinstance(value, str | int | float)]
                yield Item(here, _key(str(row.get("link") or cells)), partial(self._article, where, row))

    def _article(self, where: str, row: Row) -> Article:
        row = {name: value for name, value in row.items() if value is not None}
        meant = recognise(row, self.columns)
        self.used.setdefault(where, {}).update(meant)
        return article_from({meant[name]: value for name, value in row.items()})

    def _at_address(self, url: str) -> Iterator[Item]:
        if self.done[_key(url)] > 0:
            yield Item(url, _key(url), lambda: Article("", "", ""))  # known already: never read
            return
        found = self.fetcher.fetch(url)
        feed = re.search(rb"<(rss|feed|rdf:RDF)\b", found.data[:2000])
        kind = ".xml" if feed else {"text/csv": ".csv", "application/json": ".json"}.get(found.kind, "")
        if kind:
            yield from self._in_rows(url, _rows(kind, found.data, url))
        elif found.kind in ("text/html", "application/xhtml+xml", "text/plain"):
            yield Item(url, _key(url), lambda: _page(found))
        else:
            raise BadInput(f"is of the kind {found.kind}, which is not read; give the address of a page or a feed")


def _rows(kind: str, data: bytes, name: str) -> Rows:
    if kind in (".xml", ".rss", ".atom"):
        return feed_rows(data)
    return (json_rows if kind == ".json" else csv_rows)(decode(data, name=name).text)


def _page(found: Fetched) -> Article:
    """Return the article on a fetched page, read in the charset that the server names, else in its own."""
    data = found.data
    with suppress(UnicodeDecodeError, LookupError):
        data = data.decode(found.charset or "utf-8").encode()
    article = read_page(f"{decode(data, name=found.url).text}\n").article
    host = found.url.split("/")[2].removeprefix("www.")
    return replace(article, url=found.url, outlet=article.outlet or host)


def _key(content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    return blake2b(data, digest_size=12).hexdigest()
