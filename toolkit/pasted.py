"""Pasted text cut into blocks: lines that a narrow column broke are joined again, and their hyphens judged."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import replace
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from toolkit.blocks import QUOTES, Block, fold, joined
from toolkit.mending import plain

BULLETS = {"• ", "· ", "* ", "- ", "– ", "— "}
COMPOUNDING = {"half", "long", "self", "short", "well"}
VOWELS = "aeiouyäöüáéíóúàèùâêîôûаеёиоуыэюяіїє"


class Column(NamedTuple):
    """How lines were set: their width (0: not broken), whether words are broken at their ends, the words inside."""

    width: int
    breaks: bool
    words: Set[str]


def text_blocks(text: str) -> list[Block]:
    """Return the blocks of pasted text: each line, or each paragraph where a narrow column broke the lines.

    A box is what stands between two blank lines. Wide gaps part a line into columns, as in a menu or a printed head.
    Where paragraphs are indented, one that is not, below a page break, goes on with the paragraph above it.

    >>> text_blocks("Home    News    Sport\\n\\nIt flew.")
    [Block(text='Home | News | Sport', reason=''), Block(text='It flew.', reason='')]
    """
    pages = [map(_line, page.split("\n")) for page in text.split("\f")]
    groups = ((number, group) for number, page in enumerate(pages) for group in groupby(page, lambda b: b.text != ""))
    boxes = [(number, list(lines)) for number, (filled, lines) in groups if filled]
    column = _column([[line.text for line in lines] for _, lines in boxes])
    indented = sum(_indent(low.text) > _indent(up.text) for _, lines in boxes for up, low in pairwise(lines)) > 2
    told, blocks = 0, []
    for box, (page, lines) in enumerate(boxes):
        for part in _unwrapped(lines, column):
            head, clean = " | " in part.text, fold(part.text.rstrip("\u00ad"))
            mark = "menu" if head else "li" if clean[:2] in BULLETS else ""
            joins = indented and page > told and not head and not _indent(part.text)
            blocks.append(replace(part, text=clean, box=box, mark=mark, joins=joins))
            told = told if head else page
    return blocks


def _line(text: str) -> Block:
    clean, mends = plain(text.replace("\t", "    "))
    return Block(re.sub(r"(?<=\S) {3,}(?=\S)", " | ", clean.rstrip(" ")), mends=mends)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _column(boxes: list[list[str]]) -> Column:
    """Return how the lines in these boxes were set. Broken they were if few are long and some run on."""
    lines = [line for box in boxes for line in box]
    runs_on = [up for box in boxes for up, low in pairwise(box) if len(up) > 30 and low.strip()[0].islower()]
    if len(runs_on) < 2 or 20 * sum(len(line) for line in lines if len(line) > 100) > sum(map(len, lines)):
        return Column(0, breaks=False, words=set())
    wide = [len(line) for line in lines if len(line) > 30]
    inside = " ".join(re.sub(r"(?<!\S)\S+[-\u00ad]\n\s*\S+", " ", "\n".join(box)) for box in boxes)
    breaks = 20 * sum(line.endswith("-") for line in lines) > len(wide)
    return Column(int(median(wide)), breaks, {*re.findall(r"\w+(?:-\w+)*", inside)})


def _unwrapped(lines: list[Block], column: Column) -> list[Block]:
    """Return the lines of one box, those joined that were broken only because the next word did not fit."""
    widest = max([column.width, *(len(line.text) for line in lines if " | " not in line.text)])
    parts = [lines[0]]
    for above, line in pairwise(lines):
        end, start = above.text, line.text.strip()
        soft, hyphen = end.endswith("\u00ad"), re.search(r"[^\W_][-‐]$", end) is not None
        full = column.width and (hyphen or len(end) + len(start.split(maxsplit=1)[0]) >= widest)
        if not (full or soft) or _indent(line.text) > _indent(end) or " | " in end + start:
            parts.append(line)
            continue
        broken = hyphen and not _own_hyphen(end, start, widest, column)
        mends = (*parts[-1].mends, *["soft hyphen"] * soft, *["line-end hyphen"] * broken)
        part = replace(parts[-1], text=parts[-1].text[: -1 if soft or broken else None], mends=mends)
        parts[-1] = joined(part, replace(line, text=start), "" if hyphen or soft else " ", "hard line break")
    return parts


def _own_hyphen(above: str, below: str, widest: int, column: Column) -> bool:
    """Return whether the hyphen at the end of a line belongs to its word, as the rest of the document tells.

    A word that occurs without it, or with it, decides. Else it stays before a capital, after `long` and its like, in
    text that breaks no words, and where the line had room for one more syllable.

    >>> column = Column(26, breaks=True, words={"satellite"})
    >>> [_own_hyphen(f"collect all the {head}-", tail, 26, column) for head, tail in
    ...  [("satel", "lite"), ("well", "known"), ("radio", "electronics"), ("photo", "graphs")]]
    [False, True, True, False]
    """
    head, tail = above[:-1].rpartition(" ")[2].lstrip(f"({QUOTES}"), re.split(r"[^\w-]", below, maxsplit=1)[0]
    if head + tail in column.words or f"{head}-{tail}" in column.words:
        return head + tail not in column.words
    if not column.breaks or not (head[-1:].islower() and tail[:1].islower()):
        return True
    compound = head.lower() in COMPOUNDING and len(tail) > 3 and tail not in ("less", "ness")
    syllable = re.match(rf"[^\W{VOWELS}]*[{VOWELS}]+[^\W{VOWELS}]+(?=[{VOWELS}]\w\w)", tail)
    return compound or (syllable is not None and len(above) + len(syllable[0]) < widest)
