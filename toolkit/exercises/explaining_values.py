"""Mistakes in numbers, counts, spans, tables and choices: off by one, another unit, one too many, a wrong label."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from toolkit.exercises.explaining_kinds import as_number, as_text, first, lengths, more, quote, shown, sides, unshared
from toolkit.exercises.explaining_words import step_between
from toolkit.exercises.plain import Plain
from toolkit.tokens import tokenize, words

# Numbers

REST = "This is the rest, what is missing to the whole: the other part is asked for."
MISCALCULATED: tuple[tuple[Callable[[float], float], str], ...] = (
    (lambda e: -e, "The sign is wrong: was it subtracted the other way round?"),
    (lambda e: e * 100, "Your number is 100 times too large: a share, from 0 to 1, and per cent were mixed up."),
    (lambda e: e / 100, "Your number is 100 times too small: a share, from 0 to 1, and per cent were mixed up."),
    (lambda e: e * 1000, "Your number is 1,000 times too large: per word and per 1,000 words were mixed up."),
    (lambda e: e / 1000, "Your number is 1,000 times too small: per word and per 1,000 words were mixed up."),
    (lambda e: 1 / (e or 1), "The ratio is upside down: what you divided by belongs on top."),
    (lambda e: (1 if e < 1 else 100) - e if e % 1 else e, REST),
)
"""What may be done to the expected number by mistake, and what is said then; of a whole number there is no rest."""


def number(expected: Plain, given: Plain, source: str) -> str:
    """Name why a number is wrong, if a calculation with the expected one gives exactly what is given."""
    e, g = as_number(expected), as_number(given)
    if e is None or g is None:
        return ""
    places = len(str(g).partition(".")[2])
    sizes = {"characters": source, "tokens with punctuation": tokenize(source), "types": {*words(source)}}
    return first(
        (e % 1 == 0 and abs(g - e) == 1, f"Off by one: {shown(g)} is one too {'many' if g > e else 'few'}."),
        *((_near(made(e), g), said) for made, said in MISCALCULATED),
        (g == int(e), f"{shown(g)} is cut to a whole number: divide with /, not //, and leave int(…) out."),
        (g == round(e), f"{shown(g)} is rounded to a whole number; keep the decimals."),
        (g == round(e, places), f"Rounded too early: {shown(g)} has {places} decimals; give it unrounded."),
        *((g == len(some), f"{shown(g)} is the number of {what} in the text.") for what, some in sizes.items() if some),
    )


def _near(wanted: float, given: float) -> bool:
    """Return whether a number is the wanted one, perhaps rounded, by no more than one per cent."""
    rounded = abs(wanted - given) < abs(wanted) / 100 and any(given == round(wanted, n) for n in range(7))
    return rounded or math.isclose(wanted, given, rel_tol=1e-9)


# Counts


def counted(value: Plain) -> dict[str, float]:
    """Return counts by word from a dict or a list of pairs; nothing for anything else."""
    pairs = [*value.items()] if isinstance(value, dict) else value if isinstance(value, list) else []
    whole = all(isinstance(one, list | tuple) and len(one) == 2 and isinstance(one[0], str) for one in pairs)
    return dict(pairs) if whole and all(as_number(one[1]) is not None for one in pairs) else {}


def counts(expected: Plain, given: Plain, source: str) -> str:
    """Name counts that were not normalised, counts of characters or other words, and wrong numbers."""
    e, g = counted(expected), counted(given)
    if not e or not g:
        return ""
    missing, extra = unshared(e, g)
    if max(map(len, g)) <= 1 < max(map(len, e)):
        return "Characters were counted, not words: cut the text into words before counting."
    twin = next((word for word in extra if word.lower() in e and word.lower() in g), "")
    if twin and all(word == word.lower() for word in e):
        apart = f"{quote(twin)} and {quote(twin.lower())} are counted apart"
        return f"Not normalised: {apart}; make all words small letters before counting."
    if missing or extra:
        said = f"Other words are counted: {sides(missing, extra)}.{lengths(e, g, 'words')}"
        return step_between(missing, extra, e, g) or said
    wrong = [word for word in e if g[word] != e[word]]
    if not wrong:
        return ""
    word, often, gaps = wrong[0], max(e, key=e.__getitem__), {g[word] - e[word] for word in e}
    off = f", one too {'many' if g[word] > e[word] else 'few'}" if abs(g[word] - e[word]) == 1 else ""
    alone = "Only one count differs" if len(wrong) == 1 else f"{len(wrong):,} of {len(e):,} counts differ"
    return first(
        ({*g.values()} == {1}, f"Every word has 1, as if types were listed; {quote(often)} occurs more often."),
        (gaps == {1} and len(e) > 1, "Every count is one too high: does counting begin with 0?"),
        (gaps == {-1} and len(e) > 1, "Every count is one too low: the first occurrence counts as 1."),
        (True, f"{alone}: {quote(word)} has {shown(g[word])} in place of {shown(e[word])}{off}."),
    )


# Spans

MOVES = {
    (0, -1): "Every end is one too small: the end is the place behind the last character, text[start:end].",
    (0, 1): "Every end is one too large: the end is the place behind the last character, text[start:end].",
    (1, 1): "Every start and end is one too large: the first character has the place 0.",
    (-1, -1): "Every start and end is one too small: the first character has the place 0.",
}
"""How far all starts and ends may be off, and what is said then."""


def spans(expected: Plain, given: Plain, source: str) -> str:
    """Name what is wrong with spans: all shifted, or the first that is wide, narrow, mislabelled, missing or extra."""
    if not isinstance(expected, list) or not all(map(_is_span, [*expected, *given])):
        return ""
    moved = {(b[0] - a[0], b[1] - a[1]) for a, b in zip(expected, given, strict=False)}
    if len(moved) == 1 and len(expected) == len(given) and (said := MOVES.get(moved.pop())):
        return said
    missing, extra = unshared(expected, given)
    for b in extra[:5]:
        if a := next((a for a in missing if a[0] < b[1] and b[0] < a[1]), None):
            return _overlapping(a, b, source)
    some, what = (missing, "missing") if missing else (extra, "too much")
    return f"A span is {what}: {_named(some[0], source)}{more(some)}." if some else ""


def _is_span(value: Plain) -> bool:
    return isinstance(value, list) and len(value) in {2, 3} and [*map(type, value[:2])] == [int, int]


def _named(span: list[Any], source: str) -> str:
    text = source[max(span[0], 0) : max(span[1], 0)]
    return f"{f'{quote(text)} at ' if text else ''}{as_text(span[0])[:9]}–{as_text(span[1])[:9]}"


def _overlapping(a: list[Any], b: list[Any], source: str) -> str:
    right = _named(a, source)
    if a[:2] != b[:2]:
        wide, narrow = b[0] <= a[0] and a[1] <= b[1], a[0] <= b[0] and b[1] <= a[1]
        wrong = "too wide" if wide else "too narrow" if narrow else "shifted"
        return f"A span is {wrong}: {_named(b, source)} should be {right}."
    if len(a) == len(b):
        return f"The label of {right} is wrong: {quote([*b, ''][2])} is given."
    return f"{right} is the right place, but the labels are {'missing' if len(a) == 3 else 'not asked for'}."


# Tables and choices


def table(expected: Plain, given: Plain, source: str) -> str:
    """Name what is wrong with a table: its columns, its rows, their order, or the first cell that differs."""
    (names, rows), (ours, found) = _columns_and_rows(expected), _columns_and_rows(given)
    missing, extra = unshared(names, ours)
    if missing or extra:
        misnamed = f"A column is misnamed: {quote([*extra, ''][0])} should be {quote([*missing, ''][0])}."
        return misnamed if len(missing) == len(extra) == 1 else f"The columns differ: {sides(missing, extra)}."
    found = [[row[ours.index(name)] for name in names] for row in found]
    missing, extra = unshared(rows, found)
    if missing and (said := _cell(names, missing[0], extra)):
        return said
    said, size = sides([*map(_label, missing)], [*map(_label, extra)]), lengths(rows, found, "rows")
    empty = not extra and all(0 in row for row in missing)
    return first(
        (said and empty, f"Rows with 0 were left out: an empty period is a row too; {said}.{size}"),
        (said, f"The rows differ: {said}.{size}"),
        (ours != names, f"The columns stand in another order: {quote(', '.join(names))} is expected."),
        (size, f"Rows are repeated or left out.{size}"),
        (rows != found, "The rows are right, but they stand in another order."),
    )


def _columns_and_rows(value: Plain) -> tuple[list[str], list[list[Any]]]:
    match value:
        case {"$table": {"columns": list(columns), "rows": list(rows)}}:
            whole = all(isinstance(row, list) and len(row) == len(columns) for row in rows)
            return (columns, rows) if whole and all(isinstance(name, str) for name in columns) else ([], [])
    return [], []


def _label(row: list[Any]) -> str:
    return " / ".join(map(as_text, row))


def _cell(names: list[str], row: list[Any], others: list[list[Any]]) -> str:
    """Name the first cell that differs in the row that has the same texts, such as a month."""
    texts = [cell for cell in row if isinstance(cell, str)]
    other = next((one for one in others if texts and texts == [cell for cell in one if isinstance(cell, str)]), row)
    name, a, b = next(((n, a, b) for n, a, b in zip(names, row, other, strict=True) if a != b), ("", "", ""))
    return f"In the row {quote(_label(texts))}, {quote(name)} is {quote(b)} in place of {quote(a)}." if name else ""


def choice(expected: Plain, given: Plain, source: str) -> str:
    """Name how many choices are right, and the first that is not; or how many are missing, but not which."""
    if not isinstance(expected, list | dict):
        return ""
    e, g = (one if isinstance(one, dict) else dict.fromkeys(map(as_text, one)) for one in (expected, given))
    wrong, lost = [one for one in g if one not in e or e[one] != g[one]], [one for one in e if one not in g]
    right = len(g) - len(wrong)
    if isinstance(expected, dict):
        return first(
            (lost, f"{quote([*lost, ''][0])} has no answer yet."),
            (wrong, f"{right} of {len(e)} are right; {quote([*wrong, ''][0])} is not yet."),
        )
    if wrong:
        return f"{right} of your {len(g)} choices {'is' if right == 1 else 'are'} right; {quote(wrong[0])} is not."
    lack = f"{len(lost)} of {len(e)} {'is' if len(lost) == 1 else 'are'} missing"
    return f"What you chose is right, but {lack}." if lost else ""


def choice_order(expected: Plain, given: Plain, source: str) -> str:
    """Name another order of choices that are all right: if one were not, `choice` had told it."""
    return "The choices are right, but their order is not." * (len(expected) == len(given))
