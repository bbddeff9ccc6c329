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
from toolkit.collecting.columns import article_from
from toolkit.collecting.fetching import Fetcher
from toolkit.collecting.rows import Rows, front_matter, jsonl_rows, rows_of
from toolkit.collecting.store import KEY, lines_in, restored
from toolkit.datasets import load
from toolkit.files import MAX_BYTES, BadInput, course_folder, decode, read_text
from toolkit.pages import Page, read_page

TABLES = (".atom", ".csv", ".json", ".jsonl", ".rss", ".tsv", ".xml")
KINDS = " ".join(sorted((*TABLES, ".htm", ".html", ".md", ".txt")))
"""How the names of files end that are read; `TABLES` may hold many articles, the others hold one."""

PARTS_OF_A_PAGE = ("_files", "-Dateien", "_fichiers", "_archivos")
"""How browsers end the name of the folder that they save beside a page: pictures, scripts and advertisements."""

NOTES = {"README", "DATASHEET", "LICENSE", "CHANGELOG", "CONTRIBUTING"}
"""Names of files that tell about a folder and are no articles."""

Source = str | Path | Sequence[str | Path]


class Item(NamedTuple):
    """What was found at a place: an article, or why there is none; and the key by which it is known again."""

    where: str
    found: Article | BadInput
    key: str = ""


@dataclass
class Reader:
    """Reads a source, save the store and what is `done` already; keeps what the columns were taken for."""

    columns: Mapping[str, str]
    fetcher: Fetcher
    store: Path | None = None
    done: Counter[str] = field(default_factory=Counter)
    used: dict[str, dict[str, str]] = field(default_factory=dict)

    def stored(self, store: Path) -> list[Item]:
        """Return what a store holds, which is then done; a line that was cut off is told, and its item read again."""
        found = list(self._in_rows(store.name, jsonl_rows(lines_in(store))))
        self.store, self.done = store.resolve(), Counter(item.key for item in found)
        return found

    def items(self, source: Source, where: str = "") -> Iterator[Item]:
        """Yield the articles of a source; for what cannot be read, the reason."""
        if isinstance(source, list | tuple):
            for part in source:
                yield from self.items(part)
            return
        if not isinstance(source, str | Path):
            raise BadInput(f"collect takes text, a path, an address or a list of these, not {type(source).__name__}")
        try:
            if isinstance(source, str) and re.match(r"\w{2,}://\S+\s*$", source):
                where = source.strip()
                yield from self._at_address(where)
            elif isinstance(source, str) and (re.search(r"[\n<\0]", source) or len(source) > 300):
                where = "pasted text"
                if self._is_new(key := _key(source)):
                    yield _item(where, read_page(f"{source}\n"), key)
            elif os.path.isdir(source):  # noqa: PTH112  # Path.is_dir raises when a sentence is given
                yield from self._in_folder(Path(source))
            else:
                where = where or Path(source).name
                yield from self._in_file(where, Path(source))
        except BadInput as error:
            yield Item(where, error)
        except OSError as error:
            yield Item(where, BadInput(f"cannot be read: {error.strerror or error}"))

    def _in_folder(self, folder: Path) -> Iterator[Item]:
        """Go through a folder and those below, sorted. Links are not followed, and parts of saved pages not opened."""
        for root, folders, files in os.walk(folder):
            for path in sorted(Path(root) / name for name in [*folders, *files]):
                where = path.relative_to(folder).as_posix()
                if reason := _aside(path):
                    yield Item(where, BadInput(reason))
                elif path.name in files:
                    yield from self.items(path, where)
            folders[:] = sorted(name for name in folders if not _aside(Path(root) / name))

    def _in_file(self, where: str, path: Path) -> Iterator[Item]:
        kind = path.suffix.lower()
        if not path.is_file():
            rest = near_files(path) or "; give a path, pasted text or an address with https://"
            raise BadInput(f"there is no file or folder {path}{rest}")
        if kind not in KINDS.split():
            rest = f"those ending in {KINDS} are; open it, copy the text and save that as .txt"
            raise BadInput(f"files ending in {kind or 'nothing'} are not read; {rest}")
        if path.resolve() == self.store:
            return
        if kind == ".jsonl":  # may be larger than memory
            with path.open(encoding="utf-8-sig", errors="replace") as lines:
                yield from self._in_rows(where, jsonl_rows(lines))
            return
        if path.stat().st_size > MAX_BYTES:
            raise BadInput(f"has more than {MAX_BYTES:,} bytes, which is the most that is read; cut it in parts")
        data = path.read_bytes()
        if kind in TABLES:
            yield from self._in_rows(where, rows_of(kind, data, path.name))
        elif self._is_new(key := _key(data)):
            yield _item(where, page_in(path), key)

    def _at_address(self, url: str) -> Iterator[Item]:
        if not self._is_new(key := _key(url)):
            return
        found = self.fetcher.fetch(url)
        feed = re.search(rb"<(rss|feed|rdf:RDF)\b", found.data[:2000])
        kind = ".xml" if feed else {"text/csv": ".csv", "application/json": ".json"}.get(found.kind, "")
        if kind:
            yield from self._in_rows(url, rows_of(kind, found.data, url))
        elif found.kind in ("text/html", "application/xhtml+xml", "text/plain"):
            page = read_page(decode(found.data, name=url, charset=found.charset).text + "\n")
            host = found.url.split("/")[2].removeprefix("www.")
            article = replace(page.article, url=found.url, outlet=page.article.outlet or host)
            yield _item(url, replace(page, article=article), key)
        else:
            raise BadInput(f"is of the kind {found.kind}, which is not read; give the address of a page or a feed")

    def _in_rows(self, where: str, rows: Rows) -> Iterator[Item]:
        for number, row in rows:
            place = f"{where}, {number}"
            try:
                if isinstance(row, BadInput):
                    raise row
                cells = [cell for cell in row.items() if isinstance(cell[1], str | int | float)]
                if not self._is_new(key := str(row.get(KEY) or _key(str(row.get("link") or cells)))):
                    continue
                if KEY in row:
                    yield Item(place, restored(row), key)
                else:
                    article, meant = article_from(row, self.columns)
                    self.used.setdefault(where, {}).update(meant)
                    yield Item(place, article, key)
            except BadInput as error:
                yield Item(place, error)

    def _is_new(self, key: str) -> bool:
        """Return whether no earlier run has stored this; each of two that are the same counts once."""
        self.done[key] -= 1
        return self.done[key] < 0


def page_in(path: Path) -> Page:
    """Return the page in a file: a desk article, a Markdown file with facts at its head, or what `read_page` finds."""
    if path.resolve().parent == course_folder("datasets") / "desk" / "articles":
        return Page(load("desk")[path.stem], ())
    facts = front_matter(read_text(path).text) if path.suffix.lower() == ".md" else None
    return Page(article_from(facts)[0], ()) if facts else read_page(path)


def near_files(path: Path) -> str:
    """Return `"; did you mean '…'?"` for what is beside a file that is not there, else an empty string."""
    with suppress(OSError):
        return did_you_mean(path.name, [other.name for other in path.parent.iterdir()])
    return ""


def _aside(path: Path) -> str:
    """Return why something in a folder is not looked at, or an empty string."""
    if path.name.startswith(".") or path.is_symlink():
        return "is hidden or a link"
    if path.name.endswith(PARTS_OF_A_PAGE):
        return "holds the parts of a saved page"
    return "is a note about the other files, by its name" if path.stem.upper() in NOTES else ""


def _item(where: str, page: Page, key: str) -> Item:
    """Return the article of a page; its note says for what reasons blocks of the page were left out, and how many."""
    counts = Counter(block.reason for block in page.dropped).most_common()
    left = f" Left out of its page: {', '.join(f'{n} {reason}' for reason, n in counts)}." if counts else ""
    return Item(where, replace(page.article, note=f"{page.article.note}{left}".strip()), key)


def _key(data: bytes | str) -> str:
    return blake2b(data.encode("utf-8", "replace") if isinstance(data, str) else data, digest_size=12).hexdigest()
