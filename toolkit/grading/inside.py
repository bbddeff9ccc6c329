"""Run a submission's cells and call its answers, in reach of the student's code: knows inputs, and nothing expected.

Speaks JSON, a line each way, over one socket: first the cells, then question by question. Whatever a student's code
does to this process, it can only change its own answers; what they are worth is decided elsewhere.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, BinaryIO

from toolkit.exercises.judging import missing, respond
from toolkit.exercises.running import TooLong, within

SHELL: Any = None


def warm_up() -> None:
    """Import what lessons, exercises and assignments use, load the data, and make the shell that runs the cells."""
    global SHELL  # noqa: PLW0603
    import numpy
    from IPython.core.history import HistoryManager
    from IPython.core.interactiveshell import InteractiveShell

    import toolkit

    for part in walk_packages(toolkit.__path__, "toolkit."):
        if not part.name.startswith(("toolkit.grading", "toolkit.streaming", "toolkit.__main__")):
            import_module(part.name)
    _use({name: getattr(toolkit, name) for name in toolkit.__all__})
    told = toolkit.exercises.checking.Told(("· It is marked elsewhere.",), passed=True)
    for name in ("check", "hint", "solution", "progress"):
        setattr(toolkit, name, lambda *_, **__: told)
    HistoryManager.enabled = False  # type: ignore[assignment]
    SHELL = InteractiveShell.instance()
    SHELL.showtraceback = SHELL.showsyntaxerror = lambda *_, **__: None
    SHELL.system = SHELL.getoutput = lambda *_, **__: None
    for name in ("matplotlib", "pylab", "pip", "conda"):  # what is set for a screen, or installed, costs nothing here
        SHELL.register_magic_function(lambda *_: None, "line", name)
    SHELL.run_cell("1", silent=True)
    random.seed(0)
    numpy.random.seed(0)


def _use(tools: dict[str, Any]) -> None:
    """Call once what imports or loads something when it is first called."""
    article = tools["load"]("desk")[0]
    for name in tools["TOKENIZERS"]:
        tools["tokenize"]("A b.", tokenizer=name)
    for name in tools["METHODS"]:
        tools["summarize"](article, sentences=1, method=name)
    tools["rouge"](article.title, article.text), tools["support"](article.title, article)
    figure = tools["chart_coverage"](tools["count_coverage"](tools["load_coverage"]()))
    tools["describe"](figure), tools["check_chart"](figure), figure.to_plotly_json()


def serve(lines: BinaryIO, out: BinaryIO) -> None:
    """Run the cells that come first, then answer one question after another until the grader goes away."""
    told = json.loads(lines.readline())
    _say(out, {"loaded": _load(out, told["cells"], told["seconds"])})
    for line in lines:
        asked = json.loads(line)
        told = _reply(asked)
        _say(out, {"asked": asked["asked"], **told})
        if any(one["problem"] for one in told.get("results", ())):
            gc.collect()  # what stopped may have filled the memory


def _say(out: BinaryIO, told: dict[str, Any]) -> None:
    out.write(json.dumps(told).encode() + b"\n")
    out.flush()


def _load(out: BinaryIO, cells: list[str | None], seconds: float) -> list[str]:
    """Run the cells in order, then again those that lack a name while that helps; say which stopped and why.

    A cell that is None was taken out, for it ended Python before.
    """
    problems: dict[int, str] = {}
    left, before = [number for number, cell in enumerate(cells) if cell is not None], len(cells) + 1
    while len(left) < before:
        before = len(left)
        for number in left:
            _say(out, {"cell": number})
            problems[number] = _run_cell(str(cells[number]), seconds)
            if problems[number]:
                gc.collect()
        left = [number for number in left if "NameError" in problems[number]]
    return [f"code cell {number + 1} {problem}"[:300] for number, problem in problems.items() if problem]


def _run_cell(cell: str, seconds: float) -> str:
    late = f"was stopped after {seconds:g} seconds"
    try:
        result = within(seconds, lambda: SHELL.run_cell(cell, silent=True))
    except TooLong:
        return late
    except BaseException as error:  # whatever a student's code may throw, the next cell runs
        return f"stops with {type(error).__name__}"
    stopped = result.error_before_exec or result.error_in_exec
    if type(stopped).__name__ == "_Stop":
        return late
    with suppress(Exception):
        return f"stops with {type(stopped).__name__}: {stopped}" if stopped else ""
    return f"stops with {type(stopped).__name__}"


def _reply(asked: dict[str, Any]) -> dict[str, Any]:
    name, space = asked["name"], SHELL.user_ns
    try:
        there = name in space
        return asdict(respond(asked["kind"], name, space[name], asked["inputs"]) if there else missing(name))
    except MemoryError:
        return {"refused": "It needs more memory than it may have: does a list grow without end?"}
    except BaseException as error:
        return {"refused": f"It stops with {type(error).__name__}."}


def main() -> None:
    """Serve one submission over standard input and output, where there is nothing warm to start from."""
    from toolkit.grading.sealing import limit

    lines, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nothing, standard)
    warm_up()
    limit()
    serve(lines, out)


if __name__ == "__main__":
    main()
    sys.exit()
