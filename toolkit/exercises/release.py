"""From one source notebook: the student's copy, without solutions, and the key, with what the solutions gave."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Sequence
from contextlib import redirect_stdout, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from IPython.core.inputtransformer2 import TransformerManager

from toolkit.exercises.inputs import cases, held_out_cases
from toolkit.exercises.judging import FORMED, folded, form_of
from toolkit.exercises.nbgrader import with_nbgrader
from toolkit.exercises.plain import Plain, plain
from toolkit.exercises.question import MARKING, Case, Key, Question, read_key, write_key
from toolkit.exercises.source import Cell, Source, Written, read_source, scaffold, solved
from toolkit.files import BadInput, is_same_file, write_atomically

TOOLS = "# After opening this page, or restarting Python: Run, Run All Cells.\n"
TOOLS += "from toolkit import check, hint, progress, solution"


def release(  # noqa: PLR0913 - what is written where has that many parts
    source: str | Path,
    folder: str | Path = ".",
    *,
    held_out: Sequence[str] = (),
    marking: str | Path = "for-marking",
    nbgrader: bool = False,
    anyway: bool = False,
) -> list[Path]:
    """Write the student's copy, the key and the solutions of a source notebook, and return their paths.

    The solutions are run here, once for every input. The same source gives the same bytes.
    Of an assignment the students' key has open inputs alone, and there are no solutions; the key to mark by, with what
    the texts `held_out` give, goes to the folder `marking`, which no student should see.
    Raises `BadInput` where that key would replace one with held-out inputs by one without, unless `anyway`.
    With `nbgrader`, `folder` is a course of nbgrader's: what its generate_assignment reads is written, solutions and
    all, to source/ in it.
    """
    written = read_source(source)
    place = (Path(folder, "source", written.name) if nbgrader else Path(folder)) / f"{written.name}.ipynb"
    if is_same_file(place, source):
        raise BadInput(f"the students' copy would replace {Path(source).name} itself; name another folder, with -o")
    key, _ = built(written, held_out)
    if key.terms is not None and not anyway:
        _need_held_out(key, Path(marking) / f"{key.name}{MARKING}")
    told, copy = open_key(key), student_copy(written)
    if nbgrader:
        copy = with_nbgrader(copy, written, key, told)
    place.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(copy, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    paths = [write_atomically(place, text), *write_key(told, place.parent)]
    if key.terms is not None:
        Path(marking).mkdir(mode=0o700, parents=True, exist_ok=True)
        paths += write_key(key, Path(marking), MARKING)
    return paths


def has_held_out(key: Key) -> bool:
    """Return whether any question of a key has an input that students never see."""
    return any(case.held_out for one in key.questions.values() for case in one.cases)


def _need_held_out(key: Key, place: Path) -> None:
    """Raise `BadInput` where a key to mark by has held-out inputs, and the one that would replace it has none."""
    before = None
    with suppress(BadInput):
        before = read_key(place)
    if before and has_held_out(before) and not has_held_out(key):
        advice = "name the texts with --held-out, or add --anyway"
        raise BadInput(f"{place} has inputs that no student has seen, and the new key would have none; {advice}")


def open_key(key: Key) -> Key:
    """Return what students get of a key: of an assignment the open inputs of functions, and of values nothing."""
    if key.terms is None:
        return key
    told = {}
    for one in key.questions.values():
        form = form_of(one.cases[0].expected, one.kind) if one.kind in FORMED else ""
        says = one.says * (one.kind == "function")
        told[one.id] = replace(one, cases=_open(one), says=says, rubric=(), form=form, solved="")
    return replace(key, questions=told, solutions={})


def _open(question: Question) -> tuple[Case, ...]:
    return tuple(case for case in question.cases if question.kind == "function" and not case.held_out)


def built(source: Source, held_out: Sequence[str] = ()) -> tuple[Key, dict[str, Any]]:
    """Return the key of a source notebook, and by question the answers that its solutions defined."""
    space: dict[str, Any] = {"__name__": "__main__"}
    questions, answers = {}, {}
    for cell, written in source.cells:
        if cell["cell_type"] == "code":
            run(cell["source"], space, written.question.id if written else "a cell of the notebook")
        if written:
            question, answers[written.question.id] = _answered(written, space, held_out)
            questions[question.id] = question
    texts = {one.question.id: solved(one.solution) for one in source.questions}
    return Key(source.name, questions, texts, source.terms), answers


def run(code: str, space: dict[str, Any], where: str) -> None:
    """Run the code of a cell, with Jupyter's own marks (%, !) translated; raise `BadInput` when it stops."""
    try:
        transformed = TransformerManager().transform_cell(code)  # type: ignore[no-untyped-call]
        with redirect_stdout(io.StringIO()):  # what a cell prints is for students
            exec(compile(transformed, f"<{where}>", "exec"), space)
    except Exception as error:
        raise BadInput(f"{where} stops with {type(error).__name__}: {error}") from error


def _answered(written: Written, space: dict[str, Any], held_out: Sequence[str]) -> tuple[Question, Any]:
    """Return a question with its cases, and the answer of its solution."""
    question = written.question
    try:
        if question.answer not in space:
            raise ValueError(f"its solution defines no {question.answer}")
        answer = space[question.answer]
        wrong = [_mistaken(str(one.get("answer")), space) for one in written.header.get("mistakes", ())]
        if question.kind != "function":
            expected = plain(written.header.get("expected", answer))
            made = [Case(None, expected, tuple(map(plain, wrong)))]
            if question.kind == "choice":
                made = [Case(None, folded(expected), tuple(folded(plain(one)) for one in wrong))]
        else:
            inputs = written.header.get("inputs", ())
            made = [_case(answer, wrong, arguments) for arguments in cases(inputs)]
            hidden = [_case(answer, wrong, arguments) for arguments in held_out_cases(inputs, held_out)]
            if not made:
                raise ValueError("a function needs inputs, and at least one that is open")
            made += [replace(case, held_out=True) for case in hidden]
    except Exception as error:
        raise BadInput(f"question {question.id}: {error}") from error
    named = question.field or _field(question, made[0].expected)
    return replace(question, cases=tuple(made), field=named), answer


def _mistaken(code: str, space: dict[str, Any]) -> Any:
    """Return what a typical mistake gives, in the names of the notebook."""
    try:
        return eval(code, {**space})
    except Exception as error:
        raise ValueError(f"the mistake {code[:60]} stops with {type(error).__name__}: {error}") from error


def _case(answer: Any, wrong: list[Any], arguments: Plain) -> Case:
    from toolkit.exercises.running import ran

    results = [ran(function, arguments) for function in [answer, *wrong]]
    if results[0].problem:
        raise ValueError(f"for the input {str(arguments)[:80]}: {results[0].problem}")
    return Case(arguments, results[0].value, tuple(one.value for one in results[1:]))


def _field(question: Question, expected: Plain) -> str:
    """Return the field whose words name a mistake, from the kind of question and the first expected answer."""
    by_kind = {"annotation": "spans", "number": "number", "table": "table", "choice": "choice", "text": "text"}
    match expected:
        case list() if expected and all(isinstance(one, str) for one in expected):
            return by_kind.get(question.kind, "tokens")
        case dict() | list() if question.kind in {"function", "value"}:
            return "counts"
    return by_kind.get(question.kind, "number" if isinstance(expected, int | float) else "text")


def student_copy(source: Source) -> dict[str, Any]:
    """Return the notebook that students get: scaffolds, a check after each question, no outputs, clean metadata."""
    pairs = [(_clean(cell, written), written) for cell, written in source.cells]
    first = next((i for i, (cell, _) in enumerate(pairs) if cell["cell_type"] == "code"), len(pairs))
    tools = TOOLS if source.terms is None else TOOLS.replace(", solution", "")
    if not any(written.question.hints for written in source.questions):
        tools = tools.replace(" hint,", "")
    pairs.insert(first, (_code(tools), None))
    if told := _terms_in_words(source):
        pairs.insert(1, ({"cell_type": "markdown", "metadata": {}, "source": told}, None))
    parts: list[Cell] = []
    for cell, written in pairs:
        parts.append(cell)
        if written:
            parts.append(_code(f'check("{written.question.id}", {written.question.answer})'))
    parts.append(_code("progress()"))
    numbered = [{**cell, "id": _id(number, cell)} for number, cell in enumerate(parts)]
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    named = {} if source.terms is None else {"toolkit": {"assignment": source.name}}
    return {
        "cells": numbered,
        "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}, **named},
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _terms_in_words(source: Source) -> str:
    """Return what a student should know of when to hand in an assignment, or an empty text."""
    terms = source.terms or {}
    if "due" not in terms:
        return ""
    late = terms.get("late") or {"per_day": 0, "days": 0}
    off = f" For each day begun after that, {late['per_day']:g} per cent of the points are taken off; "
    told = f"{off}after {late['days']:g} days nothing counts." if late["per_day"] else ""
    return f"**Hand in this notebook by {terms['due']}.**{told}"


def _clean(cell: Cell, written: Written | None) -> Cell:
    text = scaffold(cell["source"], written.question.answer) if written else cell["source"]
    kind = cell["cell_type"]
    return _code(text) if kind == "code" else {"cell_type": kind, "metadata": {}, "source": text}


def _code(text: str) -> Cell:
    return {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": text}


def _id(number: int, cell: Cell) -> str:
    return hashlib.sha256(f"{number} {cell['source']}".encode()).hexdigest()[:12]
