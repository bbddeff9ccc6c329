"""Articles on disk, one a line (JSON Lines), so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import NamedTuple

from toolkit.article import Article
from toolkit.collecting.rows import Row, jsonl_rows
from toolkit.files import BadInput

FIELDS = [f.name for f in fields(Article) if f.name != "gold"]
START = '{"collected_from": '
"""How every line begins that `collect` wrote."""


class Skipped(NamedTuple):
    """Something that was not collected, and why."""

    source: str
    reason: str


def line_of(article: Article, where: str, key: str) -> str:
    """Return an article as one line of JSON, with where it came from and the key by which that is known again."""
    row = {"collected_from": where, "key": key} | {name: getattr(article, name) for name in FIELDS}
    return json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace").decode("utf-8") + "\n"


def restored(row: Row) -> Article:
    """Return the article of a line that `line_of` wrote, exactly as it was."""
    try:
        words = {name: str(row[name]) for name in FIELDS if name not in ("published", "sources")}
        day = date.fromisoformat(row["published"]) if row["published"] else None
        return Article(**words, published=day, sources=tuple(map(str, row["sources"])))  # type: ignore[arg-type]
    except (KeyError, TypeError, ValueError):
        raise BadInput("is damaged") from None


def append(store: Path, line: str) -> None:
    """Add a line to a file, creating it when needed. Raises `BadInput` when it cannot be written."""
    try:
        with store.open("a", encoding="utf-8", newline="\n") as stream:
            stream.write(line)
    except OSError as error:
        raise BadInput(f"{store} cannot be written: {error.strerror or error}") from None


def stored(store: Path) -> tuple[list[Article], list[Skipped], Counter[str], set[str]]:
    """Return the articles that an earlier run has stored, their keys, and where they came from.

    A line cut off when that run was stopped is told, and its item read again.
    """
    if store.suffix != ".jsonl":
        raise BadInput(f"{store} does not end in .jsonl; give the name of a file that does")
    append(store, "")
    text = store.read_text(encoding="utf-8", errors="replace")
    if text and not text.startswith(START):
        raise BadInput(f"{store} was not written by collect, so nothing is added to it; give another name")
    kept, skipped, done, places = list[Article](), list[Skipped](), Counter[str](), set[str]()
    for place, row in jsonl_rows(text.split("\n")):
        try:
            if isinstance(row, BadInput):
                raise row
            kept.append(restored(row))
            done[str(row.get("key"))] += 1
            places.add(str(row.get("collected_from")))
        except BadInput:
            skipped.append(Skipped(f"{store.name}, {place}", "is damaged; what it held is read again"))
    append(store, "\n" if text and not text.endswith("\n") else "")
    return kept, skipped, done, places
