"""Run one submission in a sandbox: what each of its answers gave, and what befell it."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.exercises.judging import Response
from toolkit.exercises.question import Question
from toolkit.exercises.running import Ran
from toolkit.grading.inside import LONGEST
from toolkit.grading.sandbox import Room, Sandbox

TOTAL = 60.0
"""How many seconds a submission may take in all; what has not been asked then, stays without an answer."""

LOADING = 30.0
"""How many seconds its cells may take together."""

GRACE = 2.0
SAID = 300
"""The most characters of a sentence that comes out of a sandbox."""


@dataclass(slots=True)
class Run:
    """What came of running a submission: the response to each question, and a sentence for each cell that stopped."""

    responses: dict[str, Response] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)


def run(sandbox: Sandbox, cells: Sequence[str], questions: Sequence[Question]) -> Run:
    """Return what the cells of a submission answer to the questions.

    A cell that ends Python or never ends is taken out, and the others run once more; an answer that does costs itself
    alone. Nothing takes longer than `TOTAL` seconds, and nothing that happens inside is an error here.
    """
    run, left, until = Run(), list(questions), time.monotonic() + TOTAL
    kept: list[str | None] = list(cells)
    while left and time.monotonic() < until:
        room = sandbox.open()
        try:
            if (at := _load(room, kept, run)) is not None:
                kept[at] = None
                told = f"code cell {at + 1} ended Python, or did not end itself; the others were run without it"
                run.stopped.append(told)
                continue
            _ask(room, left, run, until)
        finally:
            sandbox.end(room)
    for question in left:
        refused = f"It was not run: the notebook had used up its {TOTAL:g} seconds."
        run.responses[question.id] = Response(refused=refused)
    return run


def _load(room: Room, cells: list[str | None], run: Run) -> int | None:
    """Have the cells run; return the number of the cell at which that ended, or None where all is well."""
    room.send(json.dumps({"cells": cells}).encode())
    until, at = time.monotonic() + LOADING, 0
    while (line := room.read(until - time.monotonic(), LONGEST)) is not None:
        told = _object(line)
        if isinstance(number := told.get("cell"), int) and 0 <= number < len(cells):
            at = number
        elif isinstance(stopped := told.get("loaded"), list):
            taken_out = [one for one in run.stopped if "without it" in one]
            run.stopped = taken_out + [_sentence(one) for one in stopped[: len(cells)]]
            return None
    return at


def _ask(room: Room, left: list[Question], run: Run, until: float) -> None:
    """Ask question after question, and take each that was asked off the list; stop when there is no reply."""
    while left and (rest := until - time.monotonic()) > 0:
        question = left.pop(0)
        seconds = min(question.seconds, rest)
        asked = {"kind": question.kind, "name": question.answer, "seconds": seconds}
        room.send(json.dumps({**asked, "inputs": [case.arguments for case in question.cases]}).encode())
        line = room.read(seconds + GRACE, LONGEST)
        if line is None:
            refused = "It ended Python, was stopped for the time it took, or gave too much."
            run.responses[question.id] = Response(refused=refused)
            return
        run.responses[question.id] = response(line)


def response(line: bytes) -> Response:
    """Return what a line from a sandbox says; what is no response counts as none.

    >>> response(b'{"results": [{"value": 3, "problem": ""}]}').results
    (Ran(value=3, problem=''),)
    >>> response(b'{"results": 3}').refused
    'What came back is no answer.'
    """
    told = _object(line)
    try:
        if refused := told.get("refused", ""):
            return Response(refused=_sentence(refused), counts=told.get("counts", True) is not False)
        results = tuple(Ran(one["value"], _sentence(one["problem"])) for one in told["results"])
        reads = str(told.get("reads", ""))
        return Response(results, reads=reads if reads.isidentifier() else "")
    except (KeyError, TypeError, AttributeError):
        return Response(refused="What came back is no answer.")


def _object(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _sentence(said: object) -> str:
    return "".join(c if c.isprintable() else " " for c in str(said)[:SAID])
