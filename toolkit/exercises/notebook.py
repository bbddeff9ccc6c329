"""Run a student's notebook in a process of its own, from top to bottom, and check every answer in it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.exercises.judging import Verdict, judge, missing
from toolkit.exercises.question import ENDING, Key, Question, read_key
from toolkit.exercises.source import cells_of
from toolkit.files import BadInput
from toolkit.markup import printable

SECONDS = 120
"""How long a notebook may run in all."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a notebook: for each question its points and why, and the cells that stopped."""

    name: str
    points: dict[str, tuple[float, float, str]]
    stopped: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether every question has all its points."""
        return all(earned == most for earned, most, _ in self.points.values())

    def __str__(self) -> str:
        lines = [f"! {one}" for one in self.stopped]
        for key, (earned, most, why) in self.points.items():
            lines.append(f"{'✓' if earned == most else '✗'} {key}  {earned:g} of {most:g}  {why}".rstrip())
        earned, most = (sum(points[i] for points in self.points.values()) for i in (0, 1))  # type: ignore[misc]
        return "\n".join([*lines, f"{self.name}: {earned:g} of {most:g} points"])


def check_notebook(notebook: str | Path, key: str | Path | None = None) -> Checked:
    """Return what a student's notebook is worth: it is run afresh, and each answer is checked by its name.

    `key` is the file that `toolkit release` wrote; without it, the one beside the notebook that bears its name. The
    notebook's own check cells do not count. It runs in no sandbox: for practice, not for marks.
    """
    path = Path(notebook)
    cells_of(path)
    beside = sorted(path.absolute().parent.glob(f"*{ENDING}"))
    own = [one for one in beside if path.stem.startswith(one.name.removesuffix(ENDING))]
    known = Path(key) if key else next(iter([*own, *beside[: len(beside) == 1]]), Path(f"{path.stem}{ENDING}"))
    if not known.exists():
        raise BadInput(
            f"there is no key {known.name} beside {path.name}; build it with toolkit release, or give it with --key"
        )
    read_key(known)
    words = [sys.executable, "-m", "toolkit.exercises.notebook", str(path.absolute()), str(known.absolute())]
    how: dict[str, Any] = {"cwd": path.absolute().parent, "env": {**os.environ, "MPLBACKEND": "Agg"}}
    how |= {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}  # what cells print may be without end
    try:
        done = subprocess.run(words, text=True, timeout=SECONDS, check=False, **how)
        told = json.loads(done.stdout.rstrip().rpartition("\n")[2])
        points = {one: tuple(value) for one, value in told["points"].items()}
        return Checked(path.stem, points, tuple(told["stopped"]))
    except subprocess.TimeoutExpired:
        raise BadInput(f"{path.name} was stopped after {SECONDS} seconds: is there a loop that never ends?") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadInput(f"{path.name} ended Python before its answers could be read") from None


def _run(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Run the cells of a notebook in this process and return its names, and a sentence for each cell that stopped."""
    from IPython.core.history import HistoryManager
    from IPython.core.interactiveshell import InteractiveShell

    import toolkit
    from toolkit.exercises.checking import Told

    told = Told(("· It is checked elsewhere.",), passed=True)
    for name in ("check", "hint", "solution", "progress"):
        setattr(toolkit, name, lambda *_, **__: told)
    HistoryManager.enabled = False  # type: ignore[assignment]
    shell: Any = InteractiveShell.instance()
    shell.showtraceback = shell.showsyntaxerror = lambda *_, **__: None
    stopped = []
    code = [cell["source"] for cell in cells_of(path) if cell["cell_type"] == "code"]
    for number, cell in enumerate(code, 1):
        result = shell.run_cell(cell, silent=True)
        if error := result.error_before_exec or result.error_in_exec:
            said = f"code cell {number} stops with {type(error).__name__}: {error}"[:300]
            stopped.append(printable(said))  # it goes to a teacher's terminal
    return shell.user_ns, stopped


def points_of(key: Key, space: dict[str, Any], stopped: list[str]) -> dict[str, tuple[float, float, str]]:
    """Return for each question the points earned, the points there are, and why."""
    found = {}
    for one in key.questions.values():
        if one.kind == "notebook":
            runs = not stopped and space.get(one.answer) is True
            verdict = Verdict(float(runs), "" if runs else f"It does not run to the end, or {one.answer} is not True.")
        elif one.answer not in space:
            verdict = Verdict(0, missing(one.answer).refused)
        else:
            verdict = _judged(one, space[one.answer])
        found[one.id] = (round(verdict.score * one.points, 4), one.points, verdict.mistake)
    return found


def _judged(question: Question, answer: Any) -> Verdict:
    try:
        return judge(question, answer)
    except Exception as error:  # one question that cannot be checked costs no other
        return Verdict(0, f"The answer could not be checked: {type(error).__name__}.")


def _main(notebook: str, key: str) -> None:
    with redirect_stdout(sys.stderr):
        space, stopped = _run(Path(notebook))
        points = points_of(read_key(Path(key)), space, stopped)
    print(json.dumps({"points": points, "stopped": stopped}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
