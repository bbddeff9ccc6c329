"""A made-up class to try an assignment on: thirty notebooks, good, middling, broken and hostile."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from toolkit.exercises.release import student_copy
from toolkit.exercises.source import Source, Written, read_source, solved
from toolkit.files import write_atomically

CLASS = {"good": 10, "middling": 10, "broken": 6, "hostile": 4}
"""How many of each kind are in a class of thirty."""

NOISE = "import sys, warnings\nwarnings.warn('something is deprecated')\nprint('hello', file=sys.stderr)"
EXITS = "import os\nos._exit(1)"
LOOPS = "while True:\n    try:\n        while True:\n            pass\n    except BaseException:\n        pass"
READS = "from pathlib import Path\nfound = [path.read_text() for path in Path('..').rglob('*.json')]"
MARKUP = "<script>document.title = 'taken'</script><img src=x onerror=alert(1)> =HYPERLINK(\"x\")"


def sample_class(source: str | Path, folder: str | Path, *, seed: int = 0) -> list[Path]:
    """Write a class of thirty made-up submissions to an assignment, and return their paths; the same seed, the same.

    The good ones are the solution, some with noise around it; the middling make the typical mistakes of the source
    notebook or leave questions out; the broken are cut off, exported, merged, empty; the hostile never end, end
    Python, look for files, or write markup. No student is behind any of them.
    """
    written, lot = read_source(source), random.Random(seed)
    Path(folder).mkdir(parents=True, exist_ok=True)
    paths = []
    for kind, n in CLASS.items():
        for number in range(n):
            name, data = _submission(written, kind, number, lot)
            place = Path(folder) / f"{kind}-{number + 1:02}{name}"
            paths.append(write_atomically(place, data))
    return paths


def _submission(source: Source, kind: str, number: int, lot: random.Random) -> tuple[str, bytes]:
    """Return the ending and the bytes of one submission."""
    if kind == "good":
        return ".ipynb", _notebook(source, _right, before=NOISE * (number % 2))
    if kind == "middling":
        return ".ipynb", _notebook(source, lambda one: _middling(one, lot))
    if kind == "hostile":
        wrong = (LOOPS, EXITS, READS, "")[number % 4]
        return ".ipynb", _notebook(source, lambda one: _markup(one) if not wrong else _right(one), before=wrong)
    whole = _notebook(source, _right)
    return list(_broken(source, whole))[number]


def _broken(source: Source, whole: bytes) -> Iterator[tuple[str, bytes]]:
    yield ".ipynb", whole[: len(whole) * 2 // 3]
    yield ".ipynb", b"\xef\xbb\xbf" + whole
    yield ".ipynb", b""
    cells = [cell["source"] for cell in json.loads(whole)["cells"] if cell["cell_type"] == "code"]
    yield ".py", "\n\n# %%\n".join(cells).encode()
    lines = whole.splitlines(keepends=True)
    at = next(i for i, line in enumerate(lines) if b'"check(' in line)
    other = [b"<<<<<<< HEAD\n", lines[at], b"=======\n", lines[at], b">>>>>>> theirs\n"]
    yield ".ipynb", b"".join([*lines[:at], *other, *lines[at + 1 :]])
    yield ".ipynb", _notebook(source, lambda one: _right(one) if one is source.questions[0] else "")


def _notebook(source: Source, answer: Callable[[Written], str], *, before: str = "") -> bytes:
    """Return a student's notebook in which each question's cell holds what `answer` gives, and one cell more."""
    copy = student_copy(source)
    asked = iter(source.questions)
    checks = [i for i, cell in enumerate(copy["cells"]) if cell["source"].startswith('check("')]
    for i in checks:
        copy["cells"][i - 1]["source"] = answer(next(asked))
    if before:
        own: dict[str, Any] = {"cell_type": "code", "execution_count": None, "id": "own", "metadata": {}, "outputs": []}
        copy["cells"].insert(checks[len(checks) // 2], {**own, "source": before})
    return json.dumps(copy, ensure_ascii=False, indent=1).encode()


def _right(one: Written) -> str:
    return solved(one.solution)


def _markup(one: Written) -> str:
    return f"{one.question.answer} = {MARKUP!r}" if one.question.kind in {"free", "text"} else _right(one)


def _middling(one: Written, lot: random.Random) -> str:
    """Return the solution, a typical mistake, or nothing."""
    mistakes = [str(mistake["answer"]) for mistake in one.header.get("mistakes", ())]
    drawn = lot.random()
    if drawn < 0.15:
        return f"{one.question.answer} = ..."
    if drawn < 0.55 and one.question.kind == "free":
        return f'{one.question.answer} = "The two differ, and I think the first is better."'
    if drawn < 0.55 and mistakes:
        return f"{_setup(one)}{one.question.answer} = {lot.choice(mistakes)}"
    return _right(one)


def _setup(one: Written) -> str:
    """Return what stands before the solution in its cell, without an open def: the set-up of a question."""
    before = one.solution.partition("### BEGIN SOLUTION")[0].rstrip()
    lines = before.splitlines()
    while lines and (lines[-1].startswith((" ", "def ")) or not lines[-1].strip()):
        lines.pop()
    return "\n".join([*lines, ""]) if lines else ""
