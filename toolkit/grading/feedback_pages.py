"""The two forms of feedback, a page and a notebook; in both, what comes from outside is text and never markup."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from toolkit.grading.salvage import Cell
from toolkit.markup import SHOWN_CHARACTERS, escape, table
from toolkit.report_page import Report

if TYPE_CHECKING:
    from toolkit.grading.feedback import Feedback, OnQuestion

Made = dict[str, Any]
CODE = {"Input", "Expected", "Yours gave", "A solution", "SHA-256 of its bytes"}
"""What is shown in letters of one width."""

OURS = {"Points", "Points so far", "Points that count", "Handed in late", "What is right", "Open inputs",
        "Inputs held back"}  # fmt: skip
"""What has no word of anybody else in it, and needs no fence."""

UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that cannot be seen and turn or hide the text around them."""


def visible(text: str) -> str:
    """Return text, cut after `SHOWN_CHARACTERS`, with the characters that turn or hide others named in its place.

    >>> visible("a\\u202eb")
    'a⟨U+202E⟩b'
    """
    cut = "" if len(text) <= SHOWN_CHARACTERS else f"\n… and {len(text) - SHOWN_CHARACTERS:,} more characters"
    text = text[:SHOWN_CHARACTERS].replace("\r\n", "\n")
    return UNSEEN.sub(lambda found: f"⟨U+{ord(found[0]):04X}⟩", text) + cut


def page(told: Feedback) -> str:
    """Return the page: points, each question, and the receipt, under headings."""
    report = Report(visible(told.title))
    rows = [(one.id, visible(one.title), one.points) for one in told.questions]
    points = table(["question", "about", "points"], rows, caption="Each question") if rows else ""
    report.add("Points", _list(told.summary), points)
    for one in told.questions:
        report.add(f"{' '.join([one.id, *visible(one.title).split()])}: {one.points}", _list(one.said))
    report.add("What was received", _list(told.receipt))
    return report.html()


def _list(said: Iterable[tuple[str, str]]) -> str:
    """Return labels and texts as an HTML list."""
    parts = []
    for label, text in said:
        shown = escape(visible(text))
        inner = f"<code>{shown}</code>" if label in CODE else shown
        parts.append(f'<dt>{escape(label)}</dt><dd dir="auto">{inner}</dd>')
    return f"<dl>{''.join(parts)}</dl>" if parts else ""


def notebook(told: Feedback, own: Iterable[Cell]) -> str:
    """Return the notebook: the student's own cells, without outputs, each question followed by what is said on it."""
    cells = list(own)
    last: dict[int, list[OnQuestion]] = {}
    for one in told.questions:
        last.setdefault(_place(one, cells), []).append(one)
    made = [_markdown(f"# Feedback on {_code(told.assignment)} for {_code(told.called)}", told.summary)]
    for number, cell in enumerate([*cells, None]):
        made += [_kept(cell)] if cell else []
        made += [_markdown(f"## {_code(one.id)}: {one.points}", one.said) for one in last.get(number, ())]
    made.append(_markdown("## What was received", told.receipt))
    whole = {
        "cells": [{**cell, "id": f"cell-{number}"} for number, cell in enumerate(made)],
        "metadata": {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _place(one: OnQuestion, cells: list[Cell]) -> int:
    """Return the number of the last cell that makes the answer of a question, or that after all cells."""
    name = re.escape(one.answer)
    makes = re.compile(rf"^(?:(?:async )?def {name}\b|{name}[ \t]*(?::[^=\n]*)?=(?!=))", re.MULTILINE)
    places = [i for i, cell in enumerate(cells) if cell.kind == "code" and makes.search(cell.source)]
    return places[-1] if places and one.answer else len(cells)


def _kept(cell: Cell) -> Made:
    """Return a cell as it was handed in: code as code that nobody has run, any other text between fences."""
    if cell.kind == "code":
        return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell.source}
    return {"cell_type": "markdown", "metadata": {}, "source": fenced(cell.source)}


def _markdown(heading: str, said: Iterable[tuple[str, str]]) -> Made:
    parts = [heading]
    parts += [f"**{one}:** {text}" if one in OURS else f"**{one}**\n\n{fenced(text)}" for one, text in said]
    return {"cell_type": "markdown", "metadata": {}, "source": "\n\n".join(parts)}


def _code(text: str) -> str:
    return f"`{visible(text).replace('`', '’')}`"


def fenced(text: str) -> str:
    """Return text for a notebook that shows it as it is: between fences longer than any run of backticks in it.

    >>> print(fenced("a ```` b"))
    `````text
    a ```` b
    `````
    """
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{fence}text\n{visible(text)}\n{fence}"
