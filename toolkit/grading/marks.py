"""What a response is worth: points from the key alone, in words that tell nothing of what is held out."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence, Set
from contextlib import suppress
from dataclasses import replace
from math import floor
from typing import Any

from toolkit.exercises.comparing import compared
from toolkit.exercises.judging import Response, Verdict, verdict
from toolkit.exercises.plain import Plain, canonical
from toolkit.exercises.question import Question
from toolkit.exercises.running import Ran
from toolkit.grading.ordering import shows_order

Record = dict[str, Any]

ROOM = 50_000
"""How many characters an answer may be longer than ten times the one expected, before it is compared."""


def mark(question: Question, response: Response, *, stopped: Sequence[str] = ()) -> Record:
    """Return what the gradebook keeps of an answer: points and why, the inputs that were right, one that was not.

    `points` is None for a text, which waits for a person. `case` is an open input that shows the mistake; nothing of a
    held-out one is ever in it, but how many were right.

    >>> from toolkit.exercises.question import Case
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
    earned = floor(10 * verdict.score * question.points + 1e-9) / 10 if points == -1 else points
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
    told, results = "what it gives is far larger than what is asked for", list[Ran]()
    for case, result in zip(question.cases, response.results, strict=False):
        much = _weight(result.value) > 10 * _weight(case.expected) + ROOM
        if much and question.kind != "function":
            return Response(refused=f"{told[0].upper()}{told[1:]}.")
        results.append(Ran(problem=told) if much else result)
    return replace(response, results=tuple(results))


def _weight(value: Plain) -> int:
    """Return the characters of a value, and a hundred more for each brace: a chart takes its time for every object."""
    text = canonical(value)
    return len(text) + 100 * text.count("{")


def _marked(question: Question, response: Response) -> Record:
    found = verdict(question, response)
    if question.kind == "free":
        waits = not response.refused and str(response.results[0].value or "").strip()
        return _record(question, Verdict(0, found.mistake), None if waits else 0)
    if question.kind != "function" or response.refused:
        return _untold(question, found)
    right = _right(question, response)
    told = found if found.passed else replace(_told(question, response, found), score=_share(question, response))
    learned = right["open"][0] == right["open"][1] and right["held_out"][1] and not right["held_out"][0]
    by_heart = "Right for all open inputs and for none of those held out: is it learned by heart?"
    return {**_record(question, told), **right, **({"look": by_heart} if learned else {})}


def _untold(question: Question, found: Verdict) -> Record:
    """Return the mark of what is no function: where the mistake may tell what is expected, that is for the teacher."""
    record = _record(question, found)
    if found.case is not None and found.mistake not in ("", *question.says):
        record |= {"mistake": "This is not the answer expected.", "detail": found.mistake}
    return record


def _share(question: Question, response: Response) -> float:
    """Return the share of the points: where each input earns its share, the smaller of the open and the held-out ones.

    So a function that knows the examples alone earns nothing.
    """
    groups: dict[bool, list[float]] = {False: [], True: []}
    found = [*response.results, *[Ran(problem="none")] * (len(question.cases) - len(response.results))]
    for case, result in zip(question.cases, found, strict=True):
        groups[case.held_out].append(
            0.0 if result.problem else compared(question.comparator, case.expected, result.value)
        )
    shares = [sum(group) / len(group) for group in groups.values() if group]
    return min(*shares, 0.99) if question.partial or question.comparator["name"] in {"f1", "spans"} else 0.0


def _told(question: Question, response: Response, found: Verdict) -> Verdict:
    """Return a verdict that says what is wrong with open inputs; of those held out it says that there is something."""
    pairs = zip(question.cases, response.results, strict=False)
    opened = [(case, result) for case, result in pairs if not case.held_out]
    seen = replace(question, cases=tuple(case for case, _ in opened))
    told = verdict(seen, replace(response, results=tuple(result for _, result in opened)))
    if opened and not told.passed:
        return told
    own = found.mistake if found.mistake in question.says else ""
    return Verdict(0, own or "It is right for every input that you know, and not for all that you do not.")


def _right(question: Question, response: Response) -> Record:
    """Return how many inputs were right, and of how many, among the open and among the held-out ones."""
    counted: Record = {"open": [0, 0], "held_out": [0, 0]}
    results = [*response.results, *[Ran(problem="none")] * (len(question.cases) - len(response.results))]
    for case, result in zip(question.cases, results, strict=True):
        group = counted["held_out" if case.held_out else "open"]
        group[1] += 1
        group[0] += not result.problem and compared(question.comparator, case.expected, result.value) == 1
    return counted


VARYING = {"{}", "hash", "id", "random", "shuffle", "choice", "sample", "time", "datetime", "uuid4", "listdir",
           "glob", "iterdir", "urandom", "secrets"}  # fmt: skip
"""Names that make an answer which may change from run to run."""


def may_vary(names: Set[str]) -> bool:
    """Return whether among the names of a notebook is one by which an answer may change, so that it is run twice.

    >>> may_vary(names_in(["n = len([1, 2])"])), may_vary(names_in(["n = list({1, 2})"]))
    (False, True)
    """
    return not VARYING.isdisjoint(names)


def forbidden(question: Question, names: Set[str]) -> str:
    """Return a sentence for the teacher on names that a question forbids and a notebook has, or an empty text.

    >>> forbidden(Question("1", "value", "x", forbids=("summarize",)), names_in(["x = summarize(text)"]))
    'The notebook uses summarize, which this question forbids.'
    """
    used = sorted(names & {*question.forbids})
    return f"The notebook uses {', '.join(used)}, which this question forbids." if used else ""


def names_in(cells: Sequence[str]) -> frozenset[str]:
    """Return the names that occur in cells, "{}" for a set whose order may be seen; nothing is run.

    >>> sorted(names_in(["a = b.c", "import d", "%who", "(", "for e in {1}: e"]))
    ['a', 'b', 'c', 'd', 'e', '{}']
    """
    code = ast.Module([], [])
    for cell in cells:
        lines = [line for line in cell.splitlines() if not line.lstrip().startswith(("%", "!"))]
        with warnings.catch_warnings(), suppress(SyntaxError, ValueError, RecursionError, MemoryError):
            warnings.simplefilter("ignore")
            code.body += ast.parse("\n".join(lines)).body
    return frozenset(map(_name, ast.walk(code))) - {""} | ({"{}"} if shows_order(code) else set())


def _name(node: ast.AST) -> str:
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.alias(name=name):
            return name.rpartition(".")[2]
    return ""
