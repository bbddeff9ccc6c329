"""The same assignment for nbgrader: cells that its generate_assignment, its exchange and its autograde accept."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from toolkit.exercises.question import Key, Question
from toolkit.exercises.source import Cell, Source

SCHEMA = 3
"""The version of nbgrader's cell metadata that is written here."""


def with_nbgrader(copy: dict[str, Any], source: Source, key: Key, told: Key) -> dict[str, Any]:
    """Return the students' copy as nbgrader's source: solutions in their marks, every cell with its metadata.

    What students may not change is locked. A text waits for a person. Of every other question the cell after it tests
    what `told`, the key that students have, knows; where that knows nothing, hidden tests do, which nbgrader takes out
    of the students' copy. Held-out inputs stay out of it: nbgrader's feedback would show them.
    """
    checks = {f'check("{one.question.id}", {one.question.answer})': one for one in source.questions}
    cells: list[Cell] = []
    before = 0
    for cell in copy["cells"]:
        if (written := checks.get(cell["source"])) is None:
            before += 1
            cells.append(cell if _is_room(cell) else _with(cell, f"cell-{before}", locked=True))
            continue
        question, name = key.questions[written.question.id], grade_id(written.question.id)
        free, test = question.kind == "free", cell
        if not free:
            test = {**cell, "source": _tests(question, bool(told.questions[question.id].cases))}
        solution = {**cells[-1], "source": written.solution}
        cells[-1] = _with(solution, name, solution=True, points=question.points if free else None)
        cells.append(_with(test, f"{name}-check", locked=True, points=None if free else question.points))
    return {**copy, "cells": cells}


def grade_id(id: str) -> str:
    """Return the id of a question in the letters that nbgrader allows.

    >>> grade_id("a2.1")
    'a2-1'
    """
    return re.sub(r"[^A-Za-z0-9_-]", "-", id)


def _is_room(cell: Cell) -> bool:
    """Return whether this is a cell to try things in: code that is nothing but comments."""
    return cell["cell_type"] == "code" and all(line.startswith("#") for line in cell["source"].splitlines())


def _with(cell: Cell, name: str, *, solution: bool = False, locked: bool = False, points: float | None = None) -> Cell:
    """Return a cell with nbgrader's metadata; one that has points is graded."""
    states = {"grade": points is not None, "solution": solution, "locked": locked, "task": False}
    told = {"schema_version": SCHEMA, "grade_id": name, "cell_type": cell["cell_type"], **states}
    return {**cell, "metadata": {"nbgrader": told if points is None else {**told, "points": points}}}


def _tests(question: Question, known: bool) -> str:
    """Return the cell that tests an answer and shows what the check says."""
    checked = f'check("{question.id}", {question.answer})'
    if known:
        return f"_told = {checked}\nprint(_told)\nassert _told.passed"
    cases = tuple(replace(case, wrong=()) for case in question.cases)
    asked = f"{question.id!r}, {question.kind!r}, {question.answer!r}, comparator={question.comparator!r}"
    return f"""print({checked})
### BEGIN HIDDEN TESTS
from toolkit.exercises.judging import judge
from toolkit.exercises.question import Case, Question

assert judge(Question({asked}, cases={cases!r}), {question.answer}).passed
### END HIDDEN TESTS"""
