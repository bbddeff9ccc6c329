"""Go through what somebody points at (files, folders, addresses, pasted text) and read everything that is there."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from toolkit.article import Article
from toolkit.choices import did_you_mean
from toolkit.collecting.columns import article_from, recognise
from toolkit.collecting.fetching import Fetched, Fetcher
from toolkit.collecting.rows import Row, Rows, front_matter, jsonl_rows, rows_of
from toolkit.collecting.saved import restored
from toolkit.files import MAX_BYTES, BadInput, decode
from toolkit.pages import Page, read_page

TABLES = (".atom", ".csv", ".json", ".jsonl", ".rss", ".tsv", ".xml")
PAGES = (".htm", ".html", ".md", ".txt")
KINDS = " ".join(sorted(TABLES + PAGES))
"""How the names of files end that are read; `TABLES` may hold many articles, `PAGES` hold one."""

PARTS_OF_A_PAGE = ("_files", "-Dateien", "_fichiers", "_archivos")
"""How browsers end the name of the folder that they save beside a page: pictures, scripts and advertisements."""

NOTES = {"README", "DATASHEET", "LICENSE", "CHANGELOG", "CONTRIBUTING"}
"""Names of files that tell about a folder and are no articles."""

Source = str | Path | Sequence[str | Path]
Part = tuple[str, Path | str | BadInput]
"""A name, and the file, address or text that it stands for, or the reason why it is not looked at."""


class Item(NamedTuple):
    """What was found at a place: an article, or why there is none; the key by which it can be known again.

    `dropped` says for what reasons blocks of its page were left out, and how many.
    """

    where: str
    found: Article | BadInput
    key: str = ""
    dropped: Mapping[str, int] | None = None


def parts_of(source: Source) -> Iterator[Part]:
    """Yield the files, addresses and texts of a source, each with its name; a `BadInput` for what is not looked at."""
    if isinstance(source, list | tuple):
        for part in source:
            yield from parts_of(part)
    elif not isinstance(source, str | Path):
        raise BadInput(f"collect takes text, a path, an address or a list of these, not {type(source).__name__}")
    elif isinstance(source, str) and re.match(r"\w{2,}://\S+\s*$", source):
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
    """Reads the parts of a source, save what an earlier run has `done`; keeps what the columns were taken for."""

    columns: Mapping[str, str]
    fetcher: Fetcher
    done: Counter[str]
    used: dict[str, dict[str, str]] = field(default_factory=dict)

    def items(self, part: Part) -> Iterator[Item]:
        """Yield the articles of a part; for what cannot be read, the reason."""
        where, source = part
        try:
            if isinstance(source, BadInput):
                raise source
            if isinstance(source, Path):
                yield from self._in_file(where, source)
            elif where == source:
                yield from self._at_address(source)
            elif self._is_new(key := _key(source)):
                yield _item(where, read_page(f"{source}\n"), key)
        except BadInput as error:
            yield Item(where, error)
        except OSError as error:
            yield Item(where, BadInput(f"cannot be read: {error.strerror or error}"))

    def _is_new(self, key: str) -> bool:
        """Return whether no earlier run has stored this; each of two that are the same counts once."""
        if not self.done[key]:
            return True
        self.done[key] -= 1
        return False

    def _in_file(self, where: str, path: Path) -> Iterator[Item]:
        kind = path.suffix.lower()
        if not path.is_file():
            rest = near_files(path) or "; give a path, pasted text or an address with https://"
            raise BadInput(f"there is no file or folder {path}{rest}")
        if kind not in KINDS.split():
            rest = f"those ending in {KINDS} are; open it, copy the text and save that as .txt"
            raise BadInput(f"files ending in {kind or 'nothing'} are not read; {rest}")
        if kind == ".jsonl":  # may be larger than memory
            with path.open(encoding="utf-8-sig", errors="replace") as lines:
                yield from self._in_rows(where, jsonl_rows(lines))
            return
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"has more than {MAX_BYTES:,} bytes, which is the most that is read; cut it in parts")
        data = path.read_bytes()
        if kind in TABLES:
            yield from self._in_rows(where, rows_of(kind, data, path.name))
        elif kind == ".md" and (facts := front_matter(decode(data, name=path.name).text)):
            yield from self._in_rows(where, iter([("front matter", facts)]))
        elif self._is_new(key := _key(data)):
            yield _item(where, read_page(path), key)

    def _in_rows(self, where: str, rows: Rows) -> Iterator[Item]:
        for place, row in rows:
            try:
                if isinstance(row, BadInput):
                    raise row
                cells = [f"{name}={value}" for name, value in row.items() if isinstance(value, str | int | float)]
                key = (
                    str(row["key"]) if "key" in row and "collected_from" in row else _key(str(row.get("link") or cells))
                )
                if self._is_new(key):
                    yield Item(f"{where}, {place}", self._article(where, row), key)
            except BadInput as error:
                yield Item(f"{where}, {place}", error)

    def _article(self, where: str, row: Row) -> Article:
        if "collected_from" in row:
            return restored(row)
        row = {name: value for name, value in row.items() if value is not None}
        meant = recognise(row, self.columns)
        self.used.setdefault(where, {}).update(meant)
        return article_from({meant[name]: value for name, value in row.items()})

    def _at_address(self, url: str) -> Iterator[Item]:
        if not self._is_new(key := _key(url)):
            return
        found = self.fetcher.fetch(url)
        feed = re.search(rb"<(rss|feed|rdf:RDF)\b", found.data[:2000])
        kind = ".xml" if feed else {"text/csv": ".csv", "application/json": ".json"}.get(found.kind, "")
        if kind:
            yield from self._in_rows(url, rows_of(kind, found.data, url))
        elif found.kind in ("text/html", "application/xhtml+xml", "text/plain"):
            yield _item(url, _page(found), key)
        else:
            raise BadInput(f"is of the kind {found.kind}, which is not read; give the address of a page or a feed")


def near_files(path: Path) -> str:
    """Return `"; did you mean '…'?"` for what is beside a file that is not there, else an empty string."""
    with suppress(OSError):
        return did_you_mean(path.name, [other.name for other in path.parent.iterdir()])
    return ""


def _item(where: str, page: Page, key: str) -> Item:
    return Item(where, page.article, key, Counter(block.reason for block in page.dropped))


def _page(found: Fetched) -> Page:
    """Return a fetched page, read in the charset that the server names, else in its own."""
    data = found.data
    with suppress(UnicodeDecodeError, LookupError):
        data = data.decode(found.charset or "utf-8").encode()
    page = read_page(f"{decode(data, name=found.url).text}\n")
    host = found.url.split("/")[2].removeprefix("www.")
    return replace(page, article=replace(page.article, url=found.url, outlet=page.article.outlet or host))


def _key(content: str | bytes) -> str:
    data = content if isinstance(content, bytes) else content.encode("utf-8", "replace")
    return blake2b(data, digest_size=12).hexdigest()
