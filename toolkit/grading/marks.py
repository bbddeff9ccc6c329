"""What a response is worth: points from the key alone, in words that tell nothing of what is held out."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from toolkit.exercises.comparing import compared
from toolkit.exercises.judging import Response, Verdict, verdict
from toolkit.exercises.plain import canonical
from toolkit.exercises.question import Case, Question
from toolkit.exercises.running import Ran

Record = dict[str, Any]

ROOM = 50_000
"""How many characters an answer may be longer than ten times the one expected, before it is compared."""


def mark(question: Question, response: Response, *, stopped: Sequence[str] = ()) -> Record:
    """Return what the gradebook keeps of an answer: points and why, the inputs that were right, one that was not.

    `points` is None for a text, which waits for a person. `case` is an open input that shows the mistake; nothing of a
    held-out one is ever in it, but how many were right.

    >>> mark(Question("1", "number", "n", cases=(Case(None, 4),), comparator={"name": "close"}), Response((Ran(4),)))
    {'points': 1.0, 'of': 1, 'mistake': '', 'given': ''}
    """
    try:
        if question.kind == "notebook":
            right = not stopped and not response.refused and response.results[0].value is True
            return _record(question, Verdict(float(right), "" if right else "It does not run from top to bottom."))
        return _marked(question, _fitting(question, response))
    except Exception as error:  # no answer stops the marking of others
        return _record(question, Verdict(0, f"The answer could not be compared ({type(error).__name__})."))


def worse(one: Record, other: Record) -> Record:
    """Return the mark with fewer points of two runs that differ, with a note that they do."""
    low = min(one, other, key=lambda record: record["points"] or 0)
    return {**low, "note": "Two runs of the same notebook gave two answers; the lower counts."}


def _record(question: Question, verdict: Verdict, points: float | None = -1) -> Record:
    earned = round(verdict.score * question.points, 2) if points == -1 else points
    record: Record = {"points": earned, "of": question.points, "mistake": verdict.mistake, "given": ""}
    if verdict.case is None or verdict.case.held_out:
        return record
    if verdict.given is not ...:
        record["given"] = canonical(verdict.given)[:2_000]
    if question.kind == "function":
        record["case"] = {"arguments": verdict.case.arguments, "expected": verdict.case.expected}
    return record


def _fitting(question: Question, response: Response) -> Response:
    """Return the response with results that are far larger than what is expected replaced by a sentence."""

    def fits(case: Case, result: Ran) -> Ran:
        much = len(canonical(result.value)) > 10 * len(canonical(case.expected)) + ROOM
        return Ran(problem="what it gives is far larger than what is asked for") if much else result

    pairs = zip(question.cases, response.results, strict=False)
    return replace(response, results=tuple(fits(case, result) for case, result in pairs))


def _marked(question: Question, response: Response) -> Record:
    found = verdict(question, response)
    if question.kind == "free":
        waits = not response.refused and str(response.results[0].value or "").strip()
        return _record(question, Verdict(0, found.mistake), None if waits else 0)
    if question.kind != "function" or response.refused:
        return _record(question, found)
    opened = [number for number, case in enumerate(question.cases) if not case.held_out]
    record = _record(question, found)
    if found.passed or not opened:
        return {**record, **_right(question, response)}
    seen = replace(question, cases=tuple(question.cases[i] for i in opened))
    told = verdict(seen, replace(response, results=response.results[: len(opened)]))
    if told.passed:
        own = found.mistake if found.mistake in question.says else ""
        told = Verdict(
            found.score, own or "It is right for every input that you know, and not for all that you do not."
        )
    record = _record(question, replace(told, score=found.score))
    return {**record, **_right(question, response)}


def _right(question: Question, response: Response) -> Record:
    """Return how many inputs were right, and of how many, among the open and among the held-out ones."""
    counted: Record = {"open": [0, 0], "held_out": [0, 0]}
    results = [*response.results, *[Ran(problem="none")] * (len(question.cases) - len(response.results))]
    for case, result in zip(question.cases, results, strict=True):
        group = counted["held_out" if case.held_out else "open"]
        group[1] += 1
        group[0] += not result.problem and compared(question.comparator, case.expected, result.value) == 1
    return counted


VARYING = {"set", "frozenset", "hash", "id", "random", "shuffle", "choice", "sample", "time", "datetime", "uuid4",
           "listdir", "glob", "iterdir", "urandom", "secrets"}  # fmt: skip
"""Names that make an answer which may change from run to run."""


def may_vary(cells: Sequence[str]) -> bool:
    """Return whether some cell has a set, or a name of chance, time or order, so that a second run is worth it.

    >>> may_vary(["n = len([1, 2])"]), may_vary(["n = list({1, 2})"])
    (False, True)
    """
    return any(isinstance(node, ast.Set | ast.SetComp) or _name(node) in VARYING for node in _nodes(cells))


def forbidden(question: Question, cells: Sequence[str]) -> str:
    """Return a sentence for the teacher on names that a question forbids and some cell uses, or an empty text.

    >>> forbidden(Question("1", "value", "x", forbids=("summarize",)), ["x = summarize(text)"])
    'The notebook uses summarize, which this question forbids.'
    """
    used = sorted({_name(node) for node in _nodes(cells)} & {*question.forbids}) if question.forbids else []
    return f"The notebook uses {', '.join(used)}, which this question forbids." if used else ""


def _nodes(cells: Sequence[str]) -> list[ast.AST]:
    found: list[ast.AST] = []
    for cell in cells:
        lines = [line for line in cell.splitlines() if not line.lstrip().startswith(("%", "!"))]
        try:
            found += ast.walk(ast.parse("\n".join(lines)))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return found


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name) | ast.alias(name=name):
            return name
    return ""
