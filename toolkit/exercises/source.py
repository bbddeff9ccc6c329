"""Read a source notebook: which cells belong to which question, and what its header says."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from toolkit.choices import did_you_mean, one_of
from toolkit.exercises.question import KINDS, Question
from toolkit.files import BadInput, read_text

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
"""The marks that nbgrader and otter use, too."""

AS_GIVEN = ("points", "title", "field", "unit", "attempts", "partial", "least_words", "solved", "seconds")
OTHER = (
    "question",
    "kind",
    "answer",
    "comparator",
    "inputs",
    "hints",
    "depends_on",
    "mistakes",
    "expected",
    "rubric",
    "forbids",
)
PARTS = (*AS_GIVEN, *OTHER)
"""What a header may have; `AS_GIVEN` goes into the question as it stands."""

NAMES = {"exercise", "assignment"}
"""What the first header of a notebook begins with."""

Cell = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A question as it is written, its header as that stands there, and the source of its solution cell."""

    question: Question
    header: dict[str, Any]
    solution: str


@dataclass(frozen=True, slots=True)
class Source:
    """A source notebook: its name, the points it states, and its cells, each with the question that it ends or None.

    `terms` are those of an assignment, and None for an exercise.
    """

    name: str
    points: float | None
    cells: tuple[tuple[Cell, Written | None], ...]
    terms: dict[str, Any] | None = None

    @property
    def questions(self) -> list[Written]:
        """The questions, in order."""
        return [written for _, written in self.cells if written]


def read_source(path: str | Path) -> Source:
    """Return a source notebook; raise `BadInput` that names the question and the line of its header that is wrong."""
    stated: dict[str, Any] = {}
    kept, name = [], Path(path).stem
    for cell, header in _with_headers(cells_of(path)):
        if header.keys() & NAMES:
            stated, name = header, str(header.get("assignment", header.get("exercise")))
        else:
            kept.append((cell, _written(header, cell["source"]) if header else None))
    return Source(name, stated.get("points"), tuple(kept), _terms(stated))


def _terms(stated: dict[str, Any]) -> dict[str, Any] | None:
    """Return the terms of an assignment; raise `BadInput` that names what is wrong with them."""
    if "assignment" not in stated:
        return None
    terms = {name: value for name, value in stated.items() if name not in {*NAMES, "points"}}
    try:
        for name in terms:
            one_of("part of the header of an assignment", name, ("due", "late", "weight"))
        if due := terms.get("due"):
            terms["due"] = datetime.fromisoformat(str(due)).isoformat(" ", "minutes")
        if (late := terms.get("late")) is not None and not {*late} == {"per_day", "days"}:
            raise ValueError("late is {per_day: 10, days: 5}: per cent off for each day begun, and for how many days")
        numbers = (terms.get("weight", 1), *(late or {}).values())
        if not all(isinstance(one, int | float) and one >= 0 for one in numbers):
            raise ValueError("weight, per_day and days are numbers, not below 0")
    except (ValueError, TypeError) as error:
        raise BadInput(f"the header of the assignment: {error}") from None
    return terms


def cells_of(path: str | Path) -> list[Cell]:
    """Return the cells of a notebook, each with its source as one text; raise `BadInput` where it is none."""
    try:
        cells = json.loads(read_text(path).text)["cells"]
        return [{**cell, "source": "".join(cell["source"])} for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise BadInput(f"{Path(path).name} is no notebook that can be read ({error})") from None


def _with_headers(cells: list[Cell]) -> Iterator[tuple[Cell, dict[str, Any]]]:
    """Yield each cell that is no header of a question; with a solution cell, the header before it."""
    header: dict[str, Any] = {}
    for cell in cells:
        found = _header(cell)
        if found.keys() & NAMES:
            yield cell, found
        elif found:
            if header:
                raise BadInput(f"question {header['question']} has no code cell between {BEGIN} and {END}")
            header = found
        if cell["cell_type"] == "code":
            yield cell, header
            header = {}
        elif cell["cell_type"] != "raw":
            yield cell, {}
    if header:
        raise BadInput(f"question {header['question']} has no code cell between {BEGIN} and {END}")


def _header(cell: Cell) -> dict[str, Any]:
    """Return the header in a raw cell, or in a cell's metadata under `question`, or an empty dict."""
    if cell["cell_type"] != "raw":
        return dict(cell["metadata"].get("question", {}))
    try:
        found = yaml.safe_load(cell["source"])
    except yaml.YAMLError as error:
        first = cell["source"].partition("\n")[0]
        raise BadInput(
            f"the header “{first}” cannot be read as YAML; put quotation marks round "
            f"texts with a colon or # in them: {' '.join(str(error).split())[:200]}"
        ) from None
    return found if isinstance(found, dict) and {"question", *NAMES} & found.keys() else {}


def _written(header: dict[str, Any], solution: str) -> Written:
    if not isinstance(key := header["question"], str):
        raise BadInput(f'put quotation marks round the number of a question: question: "{key}"')
    if BEGIN not in solution or END not in solution:
        raise BadInput(f"question {key}: the code cell after its header lacks {BEGIN} or {END}; set-up goes before it")
    for name in header:
        if name not in PARTS:
            raise BadInput(f"question {key}: the header has no part {name!r}{did_you_mean(name, PARTS)}")
    try:
        return Written(_question(key, header), header, solution)
    except (ValueError, TypeError, KeyError) as error:
        raise BadInput(f"question {key}: {error}") from None


def _question(key: str, header: dict[str, Any]) -> Question:
    kind = one_of("kind", header.get("kind"), KINDS)
    comparator = header.get("comparator", KINDS[kind])
    if not isinstance(points := header.get("points", 1), int | float):
        raise ValueError(f"points are a number, not {points!r}")
    hints, says = header.get("hints", ()), [one.get("say") for one in header.get("mistakes", ())]
    rubric = tuple({"points": float(one["points"]), "say": one["say"]} for one in header.get("rubric", ()))
    earned = [one["say"] for one in rubric]
    if odd := [one for one in (*hints, *says, *earned, header.get("solved", "")) if not isinstance(one, str)]:
        raise ValueError(f"put quotation marks round the text that YAML reads as {str(odd[0])[:60]}")
    if not header.get("answer"):
        raise ValueError("give answer: the name that the student is to define")
    return Question(
        id=key,
        kind=kind,
        answer=str(header["answer"]),
        comparator=dict(comparator) if isinstance(comparator, dict) else {"name": str(comparator)},
        hints=tuple(hints),
        depends_on=tuple(map(str, header.get("depends_on", ()))),
        says=tuple(says),
        rubric=rubric,
        forbids=tuple(map(str, header.get("forbids", ()))),
        **{name: header[name] for name in AS_GIVEN if name in header},
    )


def scaffold(source: str, answer: str) -> str:
    """Return a solution cell as the student gets it: what stands between the marks is replaced by a place to write.

    >>> print(scaffold("def n(words):\\n    ### BEGIN SOLUTION\\n    return 1\\n    ### END SOLUTION", "n"))
    def n(words):
        # Write your code here, in place of the three dots.
        ...
    """
    lines: list[str] = []
    inside = False
    for line in source.splitlines():
        if line.strip() == BEGIN:
            inside, space = True, line[: len(line) - len(line.lstrip())]
            advice = "code" if space else "answer"
            lines += [
                f"{space}# Write your {advice} here, in place of the three dots.",
                f"{space}..." if space else f"{answer} = ...",
            ]
        elif line.strip() == END:
            inside = False
        elif not inside:
            lines.append(line)
    return "\n".join(lines)


def solved(source: str) -> str:
    """Return a solution cell without the marks."""
    return re.sub(rf"^[ \t]*({BEGIN}|{END})[ \t]*\n?", "", source, flags=re.MULTILINE).rstrip()
