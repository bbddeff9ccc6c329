"""The cells in what a student handed in, whatever state it is in, with every repair told in plain words."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from toolkit.files import BadInput
from toolkit.grading.broken import loaded, one_side, text_of
from toolkit.grading.exports import MAX_CELLS, page_cells, script_cells
from toolkit.grading.whose import STUDENT, shown

MAX_SOURCE = 1_000_000
"""The most characters of a cell: a long one has 3,000."""

MAX_TOLD = 20
"""The most repairs of one notebook that are told one by one."""

ADVICE = "open it in Jupyter, choose Run All Cells, save it, and hand in the file that ends in .ipynb"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a notebook: its kind, `code` or `markdown`, its source, and the id that its file gives it."""

    kind: str
    source: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """The cells that could be read, a sentence for each repair, or in `refused` why there are none.

    `assignment` is the one that the notebook itself names, if it does.
    """

    cells: tuple[Cell, ...] = ()
    repairs: tuple[str, ...] = ()
    refused: str = ""
    assignment: str = ""


def salvage(data: bytes, name: str) -> Salvaged:
    """Return the cells in the bytes of a notebook, a script or an exported page; nothing of it is run.

    Whatever the bytes are, the answer has cells with code, or says in `refused` what was found and what to do.

    >>> salvage(b"# %%\\nprint(1)", "ada.py").cells
    (Cell(kind='code', source='print(1)', id=''),)
    >>> salvage(b"", "ada.ipynb").refused
    'ada.ipynb is empty: nothing was saved in it; open it in Jupyter, choose Run All Cells, save it, and hand in the \
file that ends in .ipynb'
    """
    repairs: list[str] = []
    file = shown(name, 100)
    try:
        if not data.strip():
            raise BadInput("is empty: nothing was saved in it")
        cells, metadata = _cells(data, name.lower(), repairs)
        found = tuple(_within_bounds(cells, repairs))
        _need_code(found)
        _need_python(found, metadata, repairs)
    except BadInput as error:
        return Salvaged((), _told(repairs), f"{file} {error}; {ADVICE}")
    except (MemoryError, RecursionError):
        return Salvaged((), _told(repairs), f"{file} is nested too deeply to be read; {ADVICE}")
    return Salvaged(found, _told(repairs), "", _assignment(metadata))


def _told(repairs: list[str]) -> tuple[str, ...]:
    rest = len(repairs) - MAX_TOLD
    return (*repairs[:MAX_TOLD], *[f"and {rest} more repairs"] * (rest > 0))


def _cells(data: bytes, name: str, repairs: list[str]) -> tuple[Iterator[Cell], dict[str, Any]]:
    """Return the cells of whatever it is, and the metadata of a notebook."""
    try:
        text = text_of(data, repairs)
    except BadInput:
        raise BadInput("is not text, so it is no notebook, or one that was damaged") from None
    start = text.lstrip()[:1]
    if start in {"{", "["} or re.search(r'"(cells|worksheets)"\s*:', text):
        return _of_notebook(loaded(text, repairs), repairs)
    text, conflicts = one_side(text)
    if conflicts:
        repairs.append(_conflict("the file"))
    if start == "<" and not conflicts:
        found, what = page_cells(text), "a web page that was exported from a notebook; its cells were read"
    elif ".py" in name or (".ipynb" in name and _is_python(text)):
        found, what = script_cells(text), "a script, not a notebook; it was divided into cells"
    else:
        raise BadInput("is no notebook, no script and no page exported from a notebook")
    repairs.append(f"this is {what}")
    return (Cell(kind, source) for kind, source in found), {}


def _conflict(where: str) -> str:
    return f"{where} had the marks of a merge conflict (<<<<<<<); the first version was kept"


def _of_notebook(value: Any, repairs: list[str]) -> tuple[Iterator[Cell], dict[str, Any]]:
    if not isinstance(value, dict):
        raise BadInput("has JSON in it, but no notebook")
    listed, metadata = value.get("cells"), value.get("metadata")
    if "worksheets" in value and not listed:
        repairs.append("the notebook is in the old format 3; its cells were read from that")
        sheets = value["worksheets"] if isinstance(value["worksheets"], list) else []
        lists = [sheet.get("cells") for sheet in sheets if isinstance(sheet, dict)]
        listed = [cell for found in lists if isinstance(found, list) for cell in found]
    if not isinstance(listed, list):
        raise BadInput("is JSON without a list of cells, so it is no notebook")
    return _listed(listed, repairs), metadata if isinstance(metadata, dict) else {}


def _listed(listed: list[Any], repairs: list[str]) -> Iterator[Cell]:
    """Yield the cells of a list, and tell of each that is none."""
    for number, told in enumerate(listed[: MAX_CELLS + 1], 1):
        kind, source, odd = _kind_and_source(told)
        if odd:
            repairs.append(f"cell {number} {odd}")
        if kind:
            given = told.get("id")
            source, conflicts = one_side(source)
            if conflicts:
                repairs.append(_conflict(f"cell {number}"))
            yield Cell(kind, source, given if isinstance(given, str) and len(given) <= 64 else "")


def _kind_and_source(told: Any) -> tuple[str, str, str]:
    """Return the kind of a cell as its file has it, its source, and what is odd about it; no kind if it is no cell."""
    if not isinstance(told, dict):
        return "", "", "is no cell and was left out"
    kind = told.get("cell_type")
    source = told.get("source", told.get("input"))
    lines = source if isinstance(source, list) else [source]
    texts = [line for line in lines if isinstance(line, str)]
    odd = "" if len(texts) == len(lines) else "has something in it that is no text; that was left out"
    if not texts and lines:
        return "", "", "has no text in it and was left out"
    if kind not in ("code", "markdown", "raw", "heading", "html"):
        kind = "code" if "outputs" in told else "text"
        odd = f"did not say what it is; it was read as {kind}"
    clean = "".join(texts).encode("utf-8", "replace").decode()
    return "code" if kind == "code" else "markdown", clean, odd


def _within_bounds(cells: Iterator[Cell], repairs: list[str]) -> Iterator[Cell]:
    for number, cell in enumerate(cells, 1):
        if number > MAX_CELLS:
            repairs.append(f"there are more than {MAX_CELLS:,} cells; the rest was left out")
            return
        if len(cell.source) > MAX_SOURCE:
            repairs.append(f"cell {number} has {len(cell.source):,} characters; it was left out")
        else:
            yield cell


def _need_code(cells: tuple[Cell, ...]) -> None:
    if not cells:
        raise BadInput("has no cells in it")
    if not any(cell.kind == "code" and cell.source.strip() for cell in cells):
        raise BadInput("has no code in it, only text or empty cells: was it saved after the work was done?")


def _need_python(cells: tuple[Cell, ...], metadata: dict[str, Any], repairs: list[str]) -> None:
    """Raise `BadInput` for a notebook in another language; note where only its label is wrong."""
    places = [metadata.get("language_info"), metadata.get("kernelspec")]
    said = [place.get(key) for place in places if isinstance(place, dict) for key in ("name", "language")]
    other = [one for one in said if isinstance(one, str) and one and "python" not in one.lower()]
    named = [one for one in said if isinstance(one, str) and "python" in one.lower()]
    if not other or named:
        return
    code = [cell.source for cell in cells if cell.kind == "code" and cell.source.strip()]
    if 2 * sum(map(_is_python, code)) <= len(code):
        raise BadInput(f"is written in {shown(other[0], 30)}, not in Python")
    repairs.append(f"the notebook was set to {shown(other[0], 30)}; its code is Python and is run as that")


def _is_python(code: str) -> bool:
    """Return whether code can be read as Python, the lines that only Jupyter knows aside."""
    plain = re.sub(r"^([ \t]*)[%!?].*$", r"\1pass", code, flags=re.M)
    if len(plain) > 100_000:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(plain)
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return False
    return True


def _assignment(metadata: dict[str, Any]) -> str:
    told = metadata.get("toolkit")
    found = told.get("assignment") if isinstance(told, dict) else None
    return found if isinstance(found, str) and STUDENT.fullmatch(found) else ""
