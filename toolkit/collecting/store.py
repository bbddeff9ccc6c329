"""Articles on disk, one a line (JSON Lines), so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import NamedTuple

from toolkit.article import Article
from toolkit.choices import need_folder
from toolkit.collecting.rows import Row, jsonl_rows
from toolkit.files import BadInput

FIELDS = [f.name for f in fields(Article) if f.name != "gold"]
KEY = "collected_as"
"""The first field of every line that `collect` wrote: by its value a thing is known again."""


class Skipped(NamedTuple):
    """Something that was not collected, and why."""

    source: str
    reason: str


def restored(row: Row) -> Article:
    """Return the article of a line that was stored, exactly as it was."""
    try:
        words = {name: str(row[name]) for name in FIELDS if name not in ("published", "sources")}
        day = date.fromisoformat(row["published"]) if row["published"] else None
        return Article(**words, published=day, sources=tuple(map(str, row["sources"])))  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        raise BadInput("is damaged") from None


@dataclass(frozen=True, slots=True)
class Store:
    """A file ending in .jsonl that `collect` writes to and goes on with."""

    path: Path

    def read(self) -> tuple[list[Article], list[Skipped], Counter[str]]:
        """Return the articles that earlier runs have stored, the lines that are damaged, and how often each key is in.

        Raises `BadInput` for a file that something else has written.
        """
        need_folder(self.path)
        if self.path.suffix != ".jsonl":
            raise BadInput(f"{self.path} does not end in .jsonl; give the name of a file that does")
        text = self.path.read_text(encoding="utf-8", errors="replace") if self.path.is_file() else ""
        if text and not text.startswith(f'{{"{KEY}": '):
            raise BadInput(f"{self.path} was not written by collect, so nothing is added to it; give another name")
        kept, skipped, done = list[Article](), list[Skipped](), Counter[str]()
        for place, row in jsonl_rows(text.split("\n")):
            try:
                if isinstance(row, BadInput):
                    raise row
                kept.append(restored(row))
                done[str(row.get(KEY))] += 1
            except BadInput:
                skipped.append(Skipped(f"{self.path.name}, {place}", "is damaged; what it held is read again"))
        if text and not text.endswith("\n"):
            self._append("\n")
        return kept, skipped, done

    def add(self, article: Article, key: str) -> None:
        """Write an article as one more line, with the key of what it was read from."""
        row = {KEY: key} | {name: getattr(article, name) for name in FIELDS}
        self._append(json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace").decode() + "\n")

    def _append(self, line: str) -> None:
        try:
            with self.path.open("a", encoding="utf-8", newline="\n") as stream:
                stream.write(line)
        except OSError as error:
            raise BadInput(f"{self.path} cannot be written: {error.strerror or error}") from None
