"""What a notebook says where running it gives nothing: which cell was to make an answer, and what stands in it."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Sequence
from contextlib import suppress

from toolkit.exercises.judging import missing
from toolkit.grading.salvage import Cell

FEWEST = 4
"""How many words are a text."""

SCAFFOLD = re.compile(r"^\s*(?:#\s*Write your .* in place of the three dots\.|\w+\s*=\s*\.\.\.)\s*$", re.MULTILINE)


def gives(cell: str, name: str) -> bool:
    """Return whether a cell gives something to a name, by a look at its lines: it may well not be Python.

    >>> gives("why = „Because it is.“", "why"), gives("print(why)", "why")
    (True, False)
    """
    given = r"^[ \t]*(?:def\s+{0}\s*\(|{0}\s*(?::[^=\n]*)?=[^=])"
    return re.search(given.format(re.escape(name)), cell, re.MULTILINE) is not None


def without_empty_copies(cells: Sequence[str], names: Collection[str]) -> list[str]:
    """Return the cells, with those emptied that only bring back the three dots of an answer that is given above.

    >>> without_empty_copies(["n = 4", "n = ...", "m = ..."], ["n", "m"])
    ['n = 4', '', 'm = ...']
    """
    done, kept = set[str](), list[str]()
    for cell in cells:
        here = {name for name in names if gives(cell, name)}
        empty = bool(here) and here == _empty(cell)
        kept.append("" if empty and here <= done else cell)
        done |= set() if empty else here
    return kept


def _empty(cell: str) -> set[str]:
    """Return the names to which a cell gives three dots, or a function of nothing but those."""
    found = set[str]()
    with warnings.catch_warnings(), suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        warnings.simplefilter("ignore")
        for node in ast.parse(cell).body:
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)) if value is ...:
                    found.add(name)
                case ast.FunctionDef(name=name, body=body) if all(map(_is_no_step, body)):
                    found.add(name)
    return found


def _is_no_step(node: ast.stmt) -> bool:
    return isinstance(node, ast.Pass) or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))


def why_missing(name: str, cells: Sequence[str], stopped: Sequence[str]) -> str:
    """Return why a notebook has no answer of a name: the cell that was to make it stops, or there is none.

    >>> why_missing("n", ["n = lenght(a)"], ["code cell 1 stops with NameError: name 'lenght' is not defined"])
    "There is no n, for code cell 1 stops with NameError: name 'lenght' is not defined"
    """
    there = [number for number, cell in enumerate(cells, 1) if gives(cell, name)]
    told = [one for one in stopped if any(one.startswith(f"code cell {number} ") for number in there)]
    if told:
        return f"There is no {name}, for {told[0]}"
    return missing(name).refused if there else f"No cell makes {name}: was it deleted, or its name changed?"


def as_written(name: str, page: Sequence[Cell]) -> str:
    """Return what stands where a text was to be: in its cell, and in cells of text before the check; "" for nothing."""
    at = next((i for i in reversed(range(len(page))) if gives(page[i].source, name)), None)
    if at is None:
        return ""
    below: list[str] = []
    for cell in page[at + 1 :]:
        if cell.kind == "code":
            said = [page[at].source, *(below if "check(" in cell.source else [])]
            text = SCAFFOLD.sub("", "\n\n".join(said)).strip()
            return text if len(text.split()) >= FEWEST else ""
        below.append(cell.source)
    text = SCAFFOLD.sub("", page[at].source).strip()
    return text if len(text.split()) >= FEWEST else ""
