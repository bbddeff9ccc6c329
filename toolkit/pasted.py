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
from toolkit.wordlists import stop_words

BULLETS = {"• ", "· ", "* ", "- ", "– ", "— "}
COMPOUNDING = {"half", "long", "self", "short", "well"}
VOWELS = "aeiouyäöüáéíóúàèùâêîôûаеёиоуыэюяіїє"


class Column(NamedTuple):
    """How pasted lines were set: their width (0: not broken), whether each is filled as far as words go, whether words
    are broken at line ends, and the words that stand inside the lines."""

    width: int
    filled: bool
    breaks: bool
    words: Set[str]


def text_blocks(text: str) -> list[Block]:
    """Return the blocks of pasted text: each line, or each paragraph where a narrow column broke the lines.

    A box is what stands between two blank lines. Wide gaps part a line into columns, as in a menu or a printed head.

    >>> text_blocks("Home    News    Sport\\n\\nIt flew.")
    [Block(text='Home | News | Sport', reason=''), Block(text='It flew.', reason='')]
    """
    lines = []
    for line in text.replace("\f", "\n\f\n").split("\n"):
        clean, mends = plain(line.replace("\t", "    "))
        lines.append(Block(re.sub(r"(?<=\S) {3,}(?=\S)", " | ", clean.rstrip(" ")), mends=mends))
    boxes = [(kind, list(group)) for kind, group in groupby(lines, lambda b: b.text if b.text in ("", "\f") else "|")]
    column = _column([[line.text for line in group] for kind, group in boxes if kind == "|"])
    indented = sum(_indent(line.text) > _indent(above.text) for above, line in pairwise(lines) if above.text) > 2
    after_break, blocks = False, []
    for box, (kind, broken) in enumerate(boxes):
        after_break = after_break or kind == "\f"
        for part in _unwrapped(broken, column) if kind == "|" else ():
            columns = " | " in part.text
            joins = after_break and indented and not columns and not _indent(part.text)
            clean = fold(part.text.rstrip("\u00ad"))
            mark = "menu" if columns else "li" if clean[:2] in BULLETS else ""
            blocks.append(replace(part, text=clean, box=box, mark=mark, joins=joins))
            after_break = after_break and columns
    return blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _column(boxes: list[list[str]]) -> Column:
    """Return how the lines in these boxes were set. Broken they were if few are long and many run on."""
    lines = [line for box in boxes for line in box]
    widths = [max(map(len, box)) for box in boxes]
    pairs = [(above, line.strip(), w) for box, w in zip(boxes, widths, strict=True) for above, line in pairwise(box)]
    on = [pair for pair in pairs if len(pair[0]) > 30 and pair[1][:1].islower()]
    long = sum(len(line) for line in lines if len(line) > 100)
    if len(on) < 2 or len(on) * 20 < len(lines) or long * 20 > sum(map(len, lines)):
        return Column(0, filled=False, breaks=False, words=set())
    width = int(median(len(line) for line in lines if len(line) > 30))
    filled = 10 * sum(len(above) + len(line.split()[0]) < widest for above, line, widest in on) <= len(on)
    loose = [len(p[0]) + 3 < p[2] or _room(*p) for p in on if p[0].endswith("-")]  # a broken word fills its line
    often = 20 * sum(line.endswith("-") for line in lines) > sum(len(line) > 30 for line in lines)
    inside = " ".join(re.sub(r"\S+[-\u00ad]\n\s*\S+", " ", "\n".join(box)) for box in boxes)
    words = {*re.findall(r"\w+(?:-\w+)*", inside)}
    words |= stop_words() if "the" in words else set()
    return Column(width, filled, often and not (filled and 3 * sum(loose) > len(loose)), words)


def _room(above: str, below: str, widest: int) -> bool:
    """Return whether a line that breaks a word could have held one more syllable of it.

    >>> _room("collect all the radio-", "electronics data", 26), _room("collect the interna-", "tional data", 24)
    (True, False)
    """
    syllable = re.match(rf"[^\W{VOWELS}]*[{VOWELS}]+[^\W{VOWELS}]+(?=[{VOWELS}]\w\w)", below)
    return syllable is not None and len(above) + len(syllable[0]) < widest


def _own_hyphen(above: str, below: str, widest: int, column: Column) -> bool:
    """Return whether the hyphen at the end of a line belongs to its word, as the rest of the document tells.

    A word that occurs without it, or with it, decides. Else it stays before a capital, after another hyphen, in text
    that breaks no words, where one more syllable had found room, between two English words of the document, after
    `long` and its like.
    """
    head, tail = above[:-1].rpartition(" ")[2].lstrip(f"({QUOTES}"), re.split(r"[^\w-]", below, maxsplit=1)[0]
    if head + tail in column.words or f"{head}-{tail}" in column.words:
        return head + tail not in column.words
    own = not (head[-1:].islower() and tail[:1].islower()) or "-" in head or not column.breaks
    halves = "the" in column.words and {head, tail} <= column.words and min(len(head), len(tail)) > 2
    compound = head.lower() in COMPOUNDING and len(tail) > 3 and tail not in ("less", "ness")
    return own or halves or compound or (column.filled and _room(above, below, widest))


def _unwrapped(lines: list[Block], column: Column) -> list[Block]:
    """Return the lines of one box, those joined that were broken only because the next word did not fit."""
    widest = max([column.width, *(len(line.text) for line in lines if " | " not in line.text)])
    parts = [lines[0]]
    for above, line in pairwise(lines):
        end, start = above.text, line.text.strip()
        soft, hyphen = end.endswith("\u00ad"), re.search(r"[^\W_][-‐]$", end) is not None
        full = column.width and (hyphen or len(end) + len(start.split(maxsplit=1)[0]) >= widest)
        opens = _indent(line.text) > _indent(end) or (start.startswith("By ") and end[-1].isalnum())
        if not (full or soft) or opens or " | " in end + start:
            parts.append(line)
            continue
        broken = hyphen and not _own_hyphen(end, start, widest, column)
        mends = (*parts[-1].mends, *["soft hyphen"] * soft, *["line-end hyphen"] * broken)
        part = replace(parts[-1], text=parts[-1].text[: -1 if soft or broken else None], mends=mends)
        parts[-1] = joined(part, replace(line, text=start), "" if hyphen or soft else " ", "hard line break")
    return parts
