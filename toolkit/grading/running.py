"""Run one submission in a sandbox: what each of its answers gave, and what befell it.

Inputs that are held out are shown to a submission last, when nothing that it says is told to anybody any more.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from toolkit.exercises.judging import Response
from toolkit.exercises.question import Case, Question
from toolkit.exercises.running import Ran
from toolkit.files import BadInput
from toolkit.grading.sandbox import Room, Sandbox
from toolkit.markup import printable

TOTAL, LOADING, CELL = 60.0, 30.0, 10.0
"""How many seconds a submission may take in all, its cells together, and one cell; what is not asked then, stays so."""

GRACE = 2.0
"""So many seconds later than it should have stopped by itself, a submission is killed."""

LONGEST, SAID, DEEPEST = 4_000_000, 300, 60
"""The most bytes of a reply, the most characters of a sentence in it, and how deep lists in it may be nested."""

MOST_STOPPED = 20
"""The most cells that are told to have stopped, or are taken out."""

UNTOLD = "It stops, takes too long, or gives nothing that can be compared."
"""All that is ever said of an input that is held out."""


@dataclass(slots=True)
class Run:
    """What came of running a submission: the response to each question, and a sentence for each cell that stopped."""

    responses: dict[str, Response] = field(default_factory=dict)
    stopped: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Part:
    """What is asked at once: the inputs of a question that are open, or those that are held out."""

    question: Question
    held_out: bool

    @property
    def cases(self) -> list[Case]:
        return [case for case in self.question.cases if case.held_out is self.held_out]


def run(sandbox: Sandbox, cells: Sequence[str], questions: Sequence[Question]) -> Run:
    """Return what the cells of a submission answer to the questions.

    A cell that ends Python or never ends is taken out, and the others run once more; an answer that does costs itself
    alone. Nothing is begun after `TOTAL` seconds, and nothing that happens inside is an error here.
    """
    parts = [_Part(one, held_out) for held_out in (False, True) for one in questions]
    left = [part for part in parts if part.cases or not (part.held_out or part.question.cases)]
    heard, out, until = dict[tuple[str, bool], Response](), list[str](), time.monotonic() + TOTAL
    kept, stopped = list[str | None](cells), list[str]()
    while left and len(out) <= MOST_STOPPED and time.monotonic() < until:
        room = sandbox.open()
        try:
            loaded = _load(room, kept)
            if isinstance(loaded, int):
                kept[loaded] = None
                out.append(f"code cell {loaded + 1} ended Python, or did not end itself; the others run without it")
                continue
            stopped = loaded
            _ask(room, left, heard, until)
        finally:
            sandbox.end(room)
    return Run({one.id: _joined(one, heard) for one in questions}, out + stopped)


def _load(room: Room, cells: list[str | None]) -> int | list[str]:
    """Have the cells run; return a sentence for each that stopped, or the number of the one at which all ended."""
    room.send(json.dumps({"cells": cells, "seconds": CELL}).encode())
    until, at, most = time.monotonic() + LOADING, -1, LOADING
    while (line := room.read(min(until - time.monotonic(), most), LONGEST)) is not None:
        told, most = _object(line), CELL + GRACE
        if isinstance(number := told.get("cell"), int) and 0 <= number < len(cells):
            at = number
        elif isinstance(stopped := told.get("loaded"), list):
            return [_sentence(one) for one in stopped[:MOST_STOPPED]]
    if at < 0:  # no cell was begun, which is no fault of the submission
        raise BadInput("the sandbox did not begin to run it")
    return at


def _ask(room: Room, left: list[_Part], heard: dict[tuple[str, bool], Response], until: float) -> None:
    """Ask part after part, and take each that was asked off the list; stop when there is no reply."""
    while left and (rest := until - time.monotonic()) > 0:
        part = left.pop(0)
        question, place = part.question, (part.question.id, part.held_out)
        if part.held_out and (before := heard.get((question.id, False))) and before.refused:
            continue
        seconds, inputs = min(question.seconds, rest), [case.arguments for case in part.cases] or [None]
        asked = {"asked": len(left), "kind": question.kind, "name": question.answer, "inputs": inputs}
        room.send(json.dumps(asked).encode())
        told = _reply(room, len(left), seconds + GRACE)
        heard[place] = Response(refused=_why(room.silent, seconds)) if told is None else response(told, len(inputs))
        if told is None:
            return


def _reply(room: Room, number: int, seconds: float) -> dict[str, Any] | None:
    """Return what is told in reply to what was asked under a number; what else is said is passed over."""
    until = time.monotonic() + seconds
    while (line := room.read(until - time.monotonic(), LONGEST)) is not None:
        if (told := _object(line)).get("asked") == number:
            return told
    return None


def _why(silent: str, seconds: float) -> str:
    return {
        "late": f"It was stopped after {seconds:g} seconds: is there a loop that never ends?",
        "large": f"What it returns is larger than {LONGEST:,} bytes.",
    }.get(silent, "It ended Python in place of returning something.")


def _joined(question: Question, heard: dict[tuple[str, bool], Response]) -> Response:
    """Return the response to a whole question, with a result for each input; of those held out, it tells nothing."""
    late = Response(refused=f"It was not run: it ended Python too often, or took more than {TOTAL:g} seconds.")
    parts = {held_out: heard.get((question.id, held_out), late) for held_out in (False, True)}
    opened = not question.cases or not all(case.held_out for case in question.cases)
    if opened and (parts[False].refused or not any(case.held_out for case in question.cases)):
        return parts[False]
    told = [Ran(one.value, one.problem and UNTOLD) for one in parts[True].results]
    results = {False: iter(parts[False].results), True: iter(told)}
    missing = Ran(problem=UNTOLD)
    return Response(tuple(next(results[case.held_out], missing) for case in question.cases), reads=parts[False].reads)


def response(told: dict[str, Any], most: int = 1) -> Response:
    """Return what a reply from a sandbox says, at most so many results; what is no response counts as none.

    >>> response({"results": [{"value": 3, "problem": ""}]}).results
    (Ran(value=3, problem=''),)
    >>> response({"results": 3}).refused
    'What came back is no answer.'
    """
    try:
        if refused := told.get("refused", ""):
            return Response(refused=_sentence(refused), counts=told.get("counts", True) is not False)
        results = tuple(Ran(one["value"], _sentence(one["problem"])) for one in told["results"][:most])
        reads = _sentence(told.get("reads", ""))
        if results and _is_flat([one.value for one in results]):
            return Response(results, reads=reads if reads.isidentifier() else "")
    except (KeyError, TypeError, AttributeError):
        pass
    return Response(refused="What came back is no answer.")


def _object(line: bytes) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _is_flat(value: Any) -> bool:
    """Return whether lists and dicts are nested no deeper than may be."""
    layer = [value]
    for _ in range(DEEPEST):
        inner = [one.values() if isinstance(one, dict) else one for one in layer if isinstance(one, list | dict)]
        if not (layer := [one for several in inner for one in several]):
            return True
    return False


def _sentence(said: object) -> str:
    return printable(said[:SAID]) if isinstance(said, str) else ""
