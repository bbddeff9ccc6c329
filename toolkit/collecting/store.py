"""Articles on disk, one a line (JSON Lines), so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from pathlib import Path

from toolkit.article import Article
from toolkit.choices import need_folder
from toolkit.collecting.rows import Row
from toolkit.files import BadInput

FIELDS = [f.name for f in fields(Article) if f.name != "gold"]
KEY = "collected_as"
"""The first field of every line that `collect` wrote: by its value a thing is known again."""


def line_of(article: Article, key: str) -> str:
    """Return an article as one line of JSON, with the key of what it was read from."""
    row = {KEY: key} | {name: getattr(article, name) for name in FIELDS}
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace").decode() + "\n"


def restored(row: Row) -> Article:
    """Return the article of a line that `line_of` made, exactly as it was."""
    try:
        words = {name: str(row[name]) for name in FIELDS if name not in ("published", "sources")}
        day = date.fromisoformat(row["published"]) if row["published"] else None
        return Article(**words, published=day, sources=tuple(map(str, row["sources"])))  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        raise BadInput("is damaged") from None


def lines_in(store: Path) -> list[str]:
    """Return the lines of a store, none if there is none yet; one that was cut off is ended.

    Raises `BadInput` for a file that is none of ours, and where none can be.
    """
    need_folder(store)
    if store.suffix != ".jsonl":
        raise BadInput(f"{store} does not end in .jsonl; give the name of a file that does")
    text = store.read_text(encoding="utf-8", errors="replace") if store.exists() else ""
    if text and not text.startswith(f'{{"{KEY}": '):
        raise BadInput(f"{store} was not written by collect, so nothing is added to it; give another name")
    if text and not text.endswith("\n"):
        append(store, "\n")
    return text.split("\n")


def append(store: Path, line: str) -> None:
    """Add a line to a file, creating it when needed. Raises `BadInput` when it cannot be written."""
    try:
        with store.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line)
    except OSError as error:
        raise BadInput(f"{store} cannot be written: {error.strerror or error}") from None
