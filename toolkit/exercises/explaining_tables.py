"""Mistakes in spans, tables and choices: ends off by one, rows with 0 left out, a column misnamed, one choice wrong."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from typing import NamedTuple

from toolkit.exercises.explaining_shapes import as_number, first, quote, shown
from toolkit.exercises.plain import Plain

Span = list[Plain]
MOVES = {
    (0, -1): "Every end is one too small: the end is the place behind the last character, text[start:end].",
    (0, 1): "Every end is one too large: the end is the place behind the last character, text[start:end].",
    (1, 1): "Every start and end is one too large: the first character has the place 0.",
    (-1, -1): "Every start and end is one too small: the first character has the place 0.",
    (1, 0): "Every start is one too large: a span begins at its first character, and the first place is 0.",
    (-1, 0): "Every start is one too small: a span begins at its first character.",
}
"""How far starts and ends may all be off, and what is said then."""


def _are_spans(value: Plain) -> bool:
    """Return whether a value is a list of [start, end] or [start, end, label]."""
    return isinstance(value, list) and all(
        isinstance(one, list) and len(one) in {2, 3} and [*map(type, one[:2])] == [int, int] for one in value
    )


def spans(expected: Plain, given: Plain, source: str) -> str:
    """Name what is wrong with spans: all shifted, counted in words, with other labels; else the first that differs.

    >>> spans([[0, 4]], [[0, 3]], "Mars")
    'Every end is one too small: the end is the place behind the last character, text[start:end].'
    """
    if not (_are_spans(expected) and _are_spans(given)) or expected == given:
        return ""
    ends, ours = [one[:2] for one in expected], [one[:2] for one in given]
    if ends and ours == [[a, b - a] for a, b in ends] and ours != ends:
        return "The second number is the length; the end is asked for: start + length."
    for (a, b), said in MOVES.items():
        if ends and ours == [[start + a, end + b] for start, end in ends]:
            return said
    if ends and source and ours in [_in_words(ends, source, last) for last in (0, 1)]:
        return "The places are counted in words; they are to be counted in characters, text[start:end]."
    if ours == ends:
        return _labels(expected, given, source)
    return _first_span(expected, given, source)


def _in_words(ends: list[Span], source: str, last: int) -> list[Span]:
    """Return which words the spans hold; `last` is 1 where the end is the last word itself."""
    starts = [match.start() for match in re.finditer(r"\S+", source)]
    return [[max(bisect_right(starts, a) - 1, 0), bisect_left(starts, b) - last] for a, b in ends]


def _labels(expected: list[Span], given: list[Span], source: str) -> str:
    a, b = next((a, b) for a, b in zip(expected, given, strict=True) if a != b)
    if len(a) != len(b):
        return f"The places are right; the labels are {'missing' if len(b) < len(a) else 'not asked for'}."
    names = [sorted(str(one[2:]) for one in spans) for spans in (expected, given)]
    swap = " and another were swapped" if names[0] == names[1] else " is wrong"
    return f"The places are right; the label of {_place(a, source)}{swap}: {quote(b[2])} for {quote(a[2])}."


def _first_span(expected: list[Span], given: list[Span], source: str) -> str:
    asked, ours = (set(map(repr, some)) for some in (expected, given))
    missing, extra = (
        [one for one in expected if repr(one) not in ours],
        [one for one in given if repr(one) not in asked],
    )
    if not missing and not extra:
        return "The spans are right, but their order or number is not: each once, from the start of the text on."
    if missing and extra:
        for b in extra[:20]:
            if a := next((a for a in missing if a[0] < b[1] and b[0] < a[1]), None):
                return _overlapping(a, b, source)
        a, b = missing[0], extra[0]
        if source[a[0] : a[1]] and source[a[0] : a[1]] == source[b[0] : b[1]]:
            told = f"{quote(source[a[0] : a[1]])} is right, but another occurrence is meant"
            return f"{told}: the one at {shown(a[0])}, not at {shown(b[0])}."
    one, what = (missing[0], "missing") if missing else (extra[0], "too much")
    more = f" and {len(missing or extra) - 1} more" if len(missing or extra) > 1 else ""
    return f"A span is {what}: {_place(one, source)}{more}."


def _place(span: Span, source: str) -> str:
    named = f"{quote(source[max(span[0], 0) : max(span[1], 0)])} at " if source else ""
    return f"{named}{shown(span[0])}–{shown(span[1])}"


def _overlapping(a: Span, b: Span, source: str) -> str:
    right, ours = source[a[0] : a[1]], source[max(b[0], 0) : max(b[1], 0)]
    where = f"{quote(ours)} should be {quote(right)}" if source else f"{_place(b, '')} should be {_place(a, '')}"
    if a[:2] == b[:2]:
        return f"The label of {_place(a, source)} is wrong: {quote((b[2:] or ['none'])[0])} is given."
    if a[0] >= b[0] and a[1] <= b[1]:
        odd = re.sub(re.escape(right), "", ours, count=1) if right else ""
        signs = "space or marks" if odd and not re.search(r"\w", odd) else "words or letters"
        return f"A span is too wide, by {signs}: {where}."
    return f"A span is too narrow: {where}." if b[0] >= a[0] and b[1] <= a[1] else f"A span is shifted: {where}."


class _Table(NamedTuple):
    """Columns and rows; the label of a row is its texts, as of a month or an outlet."""

    columns: list[str]
    rows: list[list[Plain]]

    def labelled(self) -> dict[str, list[Plain]]:
        """Return the rows by their labels.

        >>> _Table(["month", "n"], [["May", 3]]).labelled()
        {'May': ['May', 3]}
        """
        return {" / ".join(cell for cell in row if isinstance(cell, str)): row for row in self.rows}


def _as_table(value: Plain) -> _Table | None:
    """Return a table if a plain value is one, whole and regular."""
    match value:
        case {"$table": {"columns": list(columns), "rows": list(rows)}}:
            whole = all(isinstance(row, list) and len(row) == len(columns) for row in rows)
            return _Table(columns, rows) if whole and all(isinstance(name, str) for name in columns) else None
    return None


def table(expected: Plain, given: Plain, source: str) -> str:
    """Name what is wrong with a table: its columns, its rows, their order, or the first cell that differs.

    >>> table({"$table": {"columns": ["n"], "rows": [[1]]}}, {"$table": {"columns": ["N"], "rows": [[1]]}}, "")
    'A column is misnamed: “N” should be “n”.'
    """
    e, g = _as_table(expected), _as_table(given)
    if e is None or g is None or e == g:
        return ""
    if said := _columns(e.columns, g.columns):
        return said
    if len(set(e.columns)) == len(e.columns) and e.columns != g.columns:
        order = [g.columns.index(name) for name in e.columns]
        if e.rows == (rows := [[row[n] for n in order] for row in g.rows]):
            return f"The columns stand in another order: {quote(', '.join(e.columns))} is expected."
        g = _Table(e.columns, rows)
    return _rows(e, g)


def _columns(asked: list[str], ours: list[str]) -> str:
    missing, extra = [one for one in asked if one not in ours], [one for one in ours if one not in asked]
    if len(missing) == len(extra) == 1:
        return f"A column is misnamed: {quote(extra[0])} should be {quote(missing[0])}."
    if missing:
        return f"A column is missing: {quote(missing[0])}."
    if extra or len(asked) != len(ours):
        return f"A column is not asked for: {quote((extra or ours)[-1])}."
    return ""


def _key(row: list[Plain]) -> str:
    return repr([cell if (number := as_number(cell)) is None else number for cell in row])


def _rows(e: _Table, g: _Table) -> str:
    asked, ours = Counter(map(_key, e.rows)), Counter(map(_key, g.rows))
    if asked == ours:
        return "The rows are right, but they stand in another order." if e != g else ""
    missing = [row for row in e.rows if _key(row) not in ours]
    if len(g.rows) < len(e.rows) and not ours - asked:
        if missing and all(0 in [as_number(cell) for cell in row] for row in missing):
            return f"Rows with 0 were left out, first {_label(missing[0])}: an empty period is a row too."
        few = f"{len(e.rows) - len(g.rows):,} of {len(e.rows):,} rows"
        return f"{few} are missing, first {_label((missing or e.rows)[0])}."
    if len(g.rows) > len(e.rows) and not asked - ours:
        extra = next((row for row in g.rows if _key(row) not in asked), g.rows[-1])
        return f"There are {len(g.rows):,} rows in place of {len(e.rows):,}; {_label(extra)} is too much."
    return _cells(e, g)


def _label(row: list[Plain]) -> str:
    return quote(" / ".join(str(cell) if isinstance(cell, str) else quote(cell)[1:-1] for cell in row))


def _cells(e: _Table, g: _Table) -> str:
    asked, ours = e.labelled(), g.labelled()
    lost = next((label for label in asked if label not in ours), None)
    if len(asked) < len(e.rows) or len(ours) < len(g.rows):
        if len(e.rows) != len(g.rows):
            return f"There are {len(g.rows):,} rows in place of {len(e.rows):,}."
        asked, ours = ({f"row {n}": row for n, row in enumerate(one.rows, 1)} for one in (e, g))
    elif lost is not None:
        return f"The row {quote(lost)} is missing."
    for label, row in asked.items():
        for name, a, b in zip(e.columns, row, ours[label], strict=True):
            if a != b:
                scale = _scaled(e.columns.index(name), asked, ours)
                wrong = f"{quote(b)} in place of {quote(a)}"
                return f"In the row {quote(label)}, {quote(name[:20])} is {wrong}{scale}."
    return f"There are {len(g.rows):,} rows in place of {len(e.rows):,}."


def _scaled(place: int, asked: dict[str, list[Plain]], ours: dict[str, list[Plain]]) -> str:
    pairs = [(as_number(row[place]), as_number(ours[label][place])) for label, row in asked.items()]
    ratios = {round(b / a, 6) for a, b in pairs if a and b is not None}
    return f"; so are all, {shown(ratios.pop())} times the expected" if len(ratios) == 1 and len(pairs) > 1 else ""


def choice(expected: Plain, given: Plain, source: str) -> str:
    """Name how many choices are right, and the first that is not.

    >>> choice(["a", "b"], ["a", "c"], "")
    '1 of your 2 choices is right; “c” is not.'
    """
    if isinstance(expected, list) and isinstance(given, list):
        return _chosen(expected, given)
    if not isinstance(expected, dict) or not isinstance(given, dict) or expected == given:
        return ""
    lost = next((key for key in expected if key not in given), None)
    odd = next((key for key in given if key not in expected), None)
    wrong = next((key for key in expected if key in given and expected[key] != given[key]), None)
    right = sum(key in given and expected[key] == given[key] for key in expected)
    return first(
        (lost is not None, f"{quote(lost)} has no answer yet."),
        (odd is not None, f"{quote(odd)} is not asked for."),
        (wrong is not None, f"{right} of {len(expected)} are right; {quote(wrong)} is not yet."),
    )


def _chosen(expected: list[Plain], given: list[Plain]) -> str:
    wrong, few = [one for one in given if one not in expected], [one for one in expected if one not in given]
    right = len(given) - len(wrong)
    said = f"{right} of your {len(given)} choices {'is' if right == 1 else 'are'} right"
    return first(
        (wrong, f"{said}; {quote((wrong or [''])[0])} is not."),
        (
            few,
            f"What you chose is right, but {len(few)} of {len(expected)} {'is' if len(few) == 1 else 'are'} missing.",
        ),
        (len(expected) != len(given), f"Choose each once: you gave {len(given)}, {len(expected)} are expected."),
        (expected != given, "The choices are right, but their order is not."),
    )
