"""Rows from outside: what a CSV or JSON table, a feed or the head of a Markdown file holds, not yet interpreted."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain, count
from typing import Any

from toolkit.files import BadInput, decode

Row = Mapping[str, Any]
Rows = Iterator[tuple[str, Row | BadInput]]
"""Where each row stands, and the row, or the reason why it cannot be read."""

SPACES = ("http://www.w3.org/2005/Atom", "http://purl.org/dc/elements/1.1/", "http://purl.org/rss/1.0/",
          "http://purl.org/rss/1.0/modules/content/", None)  # fmt: skip
"""The namespaces of a feed that are read; in others, such as pictures', a title is not that of the article."""


def rows_of(kind: str, data: bytes, name: str) -> Rows:
    """Return the rows of a table or a feed, whose kind is the end of a file's name."""
    if kind in (".xml", ".rss", ".atom"):
        return feed_rows(data)
    text = decode(data, name=name).text
    return json_rows(text) if kind == ".json" else csv_rows(io.StringIO(text, newline=""))


def csv_rows(lines: Iterable[str]) -> Rows:
    """Yield the rows of a table, the header counted as row 1; the mark most frequent in the header parts the cells."""
    lines = iter(lines)
    first = next(lines, "")
    reader = csv.DictReader(chain([first], lines), delimiter=max(",;\t|", key=first.count))
    for number in count(2):
        row: Row | BadInput
        try:
            row = next(reader)
            if None in row:
                row = BadInput("has more cells than the header: is a cell not in quotes?")
        except StopIteration:
            return
        except csv.Error:
            row = BadInput(f"has a cell of more than {csv.field_size_limit():,} characters: is a quotation mark open?")
        yield f"row {number:,}", row


def json_rows(text: str) -> Rows:
    """Yield the rows of a JSON file: a list of objects, the first such list in an object, one object, or one a line."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        yield from jsonl_rows(text.split("\n"))
        return
    if isinstance(found, dict):
        lists = (value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], dict))
        found = next(lists, [found])
    for number, row in enumerate(found if isinstance(found, list) else [found], 1):
        yield f"item {number:,}", row if isinstance(row, dict) else BadInput("is not an object of JSON")


def jsonl_rows(lines: Iterable[str]) -> Rows:
    """Yield one row for every line of JSON."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield f"line {number:,}", json_row(line)


def json_row(line: str) -> Row | BadInput:
    """Return the object in a line of JSON, or the reason why there is none."""
    row = None
    with suppress(ValueError, RecursionError):
        row = json.loads(line)
    return row if isinstance(row, dict) else BadInput("is not an object of JSON")


def feed_rows(data: bytes) -> Rows:
    """Yield the items of an RSS or Atom feed. Entities of its own are refused, and nothing it names is loaded."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(data.strip(), parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or etree.QName(root).localname.lower() not in ("rss", "feed", "rdf"):
        raise BadInput("this is neither an RSS nor an Atom feed; give the address that the site calls its feed")
    head = root.getroottree().docinfo.internalDTD
    if head is not None and head.entities():
        raise BadInput("the feed defines entities of its own, which are not read; save it again from its address")
    channel = next(root.iter("{*}channel"), root)
    language = channel.findtext("{*}language") or root.get("{http://www.w3.org/XML/1998/namespace}lang", "")
    for number, item in enumerate(root.iter("{*}item", "{*}entry"), 1):
        row = {"outlet": channel.findtext("{*}title", ""), "language": language}
        for child in item.iterchildren("*"):
            name = etree.QName(child)
            if name.namespace in SPACES and child.get("rel", "alternate") == "alternate":
                row.setdefault(name.localname, _inner(child))
        yield f"item {number:,}", row


def _inner(element: Any) -> str:
    """Return what an element of a feed holds: an address, a person's name, text, or markup where it has some."""
    from lxml import etree

    if len(element) and element.find("{*}name") is None:
        return str(etree.tostring(element, encoding="unicode", with_tail=False))
    return str(element.get("href") or element.findtext("{*}name") or element.text or "").strip()


def front_matter(text: str) -> Row | None:
    """Return the facts between two lines of `---` at the head of a Markdown file, and the rest as its text.

    >>> front_matter("---\\ntitle: A test\\nauthor: [Ann, Bo]\\n---\\nOne.\\nTwo.\\n\\nThree.")
    {'title': 'A test', 'author': 'Ann, Bo', 'text': 'One. Two.\\n\\nThree.'}
    """
    parts = re.match(r"---\n(.{0,20000}?)\n---\n(.*)", text, re.S)
    if not parts:
        return None
    facts = {name: value.strip("[]\"' ") for name, value in re.findall(r"^(\w+):[ ]*(.*)$", parts[1], re.M)}
    body = (" ".join(block.split()) for block in re.split(r"\n\s*\n", parts[2].strip()))
    return facts | {"text": "\n\n".join(body)}
