"""The notebook in a file that is damaged: merged badly, cut off, or with something behind its end."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from toolkit.files import BadInput, decode

MAX_BREAKS, MAX_LINES = 10, 50_000
"""After so many places that cannot be read a file is given up, and so many lines are read of a broken cell."""

DECODER = json.JSONDecoder(strict=False)
COMMA = re.compile(r"[\s,]*")
START = re.compile(r'\{\s*"(?:cell_type|attachments|execution_count|id|metadata|outputs|source)"')


def text_of(data: bytes, repairs: list[str]) -> str:
    """Return bytes as text, and add to `repairs` what was odd; raise `BadInput` where it is no text.

    >>> told = []
    >>> text_of("Москва".encode() + b"\\xff", told), told
    ('Москва�', ['damaged characters (1) are shown as �'])
    """
    text = data.decode("utf-8", "replace")
    lost, foreign = text.count("\ufffd"), len(text) - len(text.encode("ascii", "ignore"))
    encoding = "utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8"
    if 20 * data.count(0) > len(data) or lost * 2 > foreign:
        try:
            text, encoding = decode(data)
        except BadInput:
            if 100 * (lost + data.count(0)) > len(data):
                raise
    if "\ufffd" in text and encoding.startswith("utf-8"):
        repairs.append(f"damaged characters ({lost}) are shown as \ufffd")
    if encoding != "utf-8":
        named = "UTF-8 with a mark at its beginning" if encoding == "utf-8-sig" else encoding
        repairs.append(f"the file was saved as {named}, not plain UTF-8; it was read as that")
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def one_side(text: str) -> tuple[str, int]:
    """Return text with the marks of a merge conflict taken out, the first side kept, and how many there were.

    What has such marks and is no whole conflict stays as it is.

    >>> one_side("a\\n<<<<<<< HEAD\\nb\\n=======\\nc\\n>>>>>>> other\\nd")
    ('a\\nb\\nd', 1)
    """
    if "<<<<<<< " not in text:
        return text, 0
    kept, inside, count = list[str](), "", 0
    for line in text.split("\n"):
        if line.startswith("<<<<<<< ") and not inside:
            inside = "ours"
        elif inside == "ours" and line.startswith("|||||||"):
            inside = "base"
        elif inside in {"ours", "base"} and line.rstrip() == "=======":
            inside = "theirs"
        elif inside == "theirs" and line.startswith(">>>>>>> "):
            inside, count = "", count + 1
        elif inside in {"", "ours"}:
            kept.append(line)
    return (text, 0) if inside else ("\n".join(kept), count)


def loaded(text: str, repairs: list[str]) -> Any:
    """Return what the JSON of a notebook says, whole or as far as it can be read; add to `repairs` what was done.

    Raises `BadInput` where nothing of it can be read.
    """
    text, conflicts = one_side(text)
    if conflicts:
        repairs.append(f"the file had {conflicts} merge conflict{'s' * (conflicts > 1)}; the first version was kept")
    start = max(text.find("{"), 0)
    try:
        value, end = DECODER.raw_decode(text, start)
        if text[:start].strip() or text[end:].strip():
            repairs.append("there was something before or behind the notebook; it was left out")
        return value
    except RecursionError:
        raise BadInput("is nested too deeply to be a notebook") from None
    except ValueError:
        return {"cells": _whole_cells(text, repairs), "metadata": _metadata(text)}


def _whole_cells(text: str, repairs: list[str]) -> list[Any]:
    """Return every cell that is whole, and of one that is broken the whole lines of its source."""
    opening = re.search(r'"cells"\s*:\s*\[', text)
    at, cells, breaks = opening.end() if opening else 0, list[Any](), 0
    while opening and breaks < MAX_BREAKS and (found := START.search(text, at)):
        if re.match(r"\s*\]", text[at : at + 100]):
            break  # the list of cells ends here
        try:
            cell, at = DECODER.raw_decode(text, found.start())
        except (ValueError, RecursionError):
            breaks += 1
            at = found.end()
            after = START.search(text, at)
            cell = _part(text[found.start() : after.start() if after else len(text)])
        if cell:
            cells.append(cell)
    repairs.append(f"the file is cut off or damaged; {len(cells)} cells could still be read")
    return cells


def _part(text: str) -> dict[str, Any] | None:
    """Return a cell with the whole lines of source in a broken one, None where there are none."""
    kind = re.search(r'"cell_type"\s*:\s*"(\w{1,20})"', text)
    opening = re.search(r'"(?:source|input)"\s*:\s*(\[?)\s*', text)
    if not opening:
        return None
    source = "".join(_strings(text, opening.end())) if opening[1] else _begun(text[opening.end() :])
    return {"cell_type": kind[1] if kind else "code", "source": source} if source else None


def _strings(text: str, at: int) -> Iterator[str]:
    """Yield the whole strings of a list that begins at a place."""
    for _ in range(MAX_LINES):
        try:
            line, at = json.JSONDecoder().raw_decode(text, at)
        except (ValueError, RecursionError):
            return
        if not isinstance(line, str) or not (comma := COMMA.match(text, at)):
            return
        yield line
        at = comma.end()


def _begun(text: str) -> str:
    """Return the whole lines of one string that may have no end; an escape at the end may be cut, too."""
    with suppress(ValueError):
        return str(json.JSONDecoder().raw_decode(text)[0])
    for cut in range(7):
        with suppress(ValueError):
            return "".join(DECODER.decode(f'{text[: len(text) - cut]}"').rpartition("\n")[:2])
    return ""


def _metadata(text: str) -> Any:
    """Return the metadata of the notebook itself in a broken file, where they can be read."""
    for found in reversed(list(re.finditer(r'^ ?"metadata"\s*:\s*', text[-20_000:], re.M))):
        try:
            return DECODER.raw_decode(text[-20_000:], found.end())[0]
        except (ValueError, RecursionError):
            continue
    return {}
