"""Run a submission's cells and call its answers, in reach of the student's code: knows inputs, and nothing expected.

Speaks JSON, a line each way, over one socket: first the cells, then question by question. Whatever a student's code
does to this process, it can only change its own answers; what they are worth is decided elsewhere.
"""

from __future__ import annotations

import json
import os
import random
import select
import signal
import sys
import time
from contextlib import suppress
from dataclasses import asdict
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, BinaryIO

CELL_SECONDS = 10.0
"""How long one cell may run."""

LONGEST = 4_000_000
"""The most bytes of a reply."""

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
    _say(out, json.dumps({"loaded": _load(out, told["cells"])}).encode())
    for line in lines:
        asked = json.loads(line)
        _say(out, _apart(asked) if asked["kind"] == "function" else _reply(asked))


def _say(out: BinaryIO, line: bytes) -> None:
    out.write(line + b"\n")
    out.flush()


def _load(out: BinaryIO, cells: list[str | None]) -> list[str]:
    """Run the cells in order, at the end once more those that lacked a name, and return a sentence for each that stops.

    A cell that is None was taken out, for it ended Python before.
    """
    problems: dict[int, str] = {}
    for number, cell in enumerate(cells):
        if cell is not None:
            _say(out, json.dumps({"cell": number}).encode())
            problems[number] = _run_cell(cell)
    for number in [number for number, problem in problems.items() if "NameError" in problem]:
        _say(out, json.dumps({"cell": number}).encode())
        problems[number] = _run_cell(str(cells[number]))
    return [f"code cell {number + 1} {problem}"[:300] for number, problem in problems.items() if problem]


def _run_cell(cell: str) -> str:
    from toolkit.exercises.running import TooLong, within

    late = f"was stopped after {CELL_SECONDS:g} seconds"
    try:
        result = within(CELL_SECONDS, lambda: SHELL.run_cell(cell, silent=True))
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


def _apart(asked: dict[str, Any]) -> bytes:
    """Return the reply of a function, from a process of its own: whatever ends that, the next question is asked."""
    into, out = os.pipe()
    child = os.fork()
    if not child:
        os.close(into)
        os.setsid()
        with os.fdopen(out, "wb") as pipe:
            pipe.write(_reply(asked) + b"\n")
        os._exit(0)
    os.close(out)
    reply, until = b"", time.monotonic() + asked["seconds"]
    while (left := until - time.monotonic()) > 0 and len(reply) <= LONGEST and not reply.endswith(b"\n"):
        if not select.select([into], [], [], left)[0] or not (part := os.read(into, 65536)):
            break
        reply += part
    os.close(into)
    with suppress(OSError):
        os.killpg(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if reply.endswith(b"\n") and len(reply) <= LONGEST:
        return reply.rstrip(b"\n")
    return json.dumps({"refused": _why(len(reply), left, status, asked["seconds"])}).encode()


def _why(size: int, left: float, status: int, seconds: float) -> str:
    if size > LONGEST:
        return f"What it returns is larger than {LONGEST:,} bytes."
    if left <= 0:
        return f"It was stopped after {seconds:g} seconds: is there a loop that never ends?"
    how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"status {os.WEXITSTATUS(status)}"
    return f"It ended Python ({how}) in place of returning something."


def _reply(asked: dict[str, Any]) -> bytes:
    from toolkit.exercises.judging import Response, respond

    name, space = asked["name"], SHELL.user_ns
    try:
        missing = Response(refused=f"The notebook has no {name}.", counts=False)
        response = respond(asked["kind"], name, space[name], asked["inputs"]) if name in space else missing
        return json.dumps(asdict(response)).encode()
    except MemoryError:
        return json.dumps({"refused": "It needs more memory than it may have: does a list grow without end?"}).encode()
    except BaseException as error:
        return json.dumps({"refused": f"It stops with {type(error).__name__}."}).encode()


def main() -> None:
    """Serve one submission over standard input and output, where there is nothing warm to start from."""
    from toolkit.grading.zygote import limit

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
