"""What a student has done so far, in one file beside the notebook: never half-written, and two copies merge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from toolkit.files import BadInput, write_atomically

FILE = "my-progress.json"


@dataclass(frozen=True, slots=True)
class Step:
    """How far one question has come. All parts only ever grow, so that two copies merge by the greater of each."""

    attempts: int = 0
    score: float = 0.0
    hints: int = 0
    shown: bool = False
    mistakes: int = 0

    def merged(self, other: Step) -> Step:
        """Return the two steps as one.

        >>> Step(attempts=2, hints=1).merged(Step(attempts=1, score=1.0))
        Step(attempts=2, score=1.0, hints=1, shown=False, mistakes=0)
        """
        mine, theirs = asdict(self), asdict(other)
        return Step(**{name: max(mine[name], theirs[name]) for name in mine})


class Progress(Mapping[str, Step]):
    """The steps by the ids of the questions, kept in a file; what another notebook wrote there meanwhile is kept too.

    A copy from another computer, `my-progress (1).json` or the like, counts as soon as it lies beside the file.
    Where the file cannot be written (a full disk), nothing is lost while Python runs, and `trouble` says so.
    """

    def __init__(self, folder: str | Path = ".") -> None:
        """Read what was done; a file that is no progress is kept under another name, and `trouble` says so."""
        self.path, self.trouble = Path(folder) / FILE, ""
        self._steps: dict[str, Step] = {}
        self._read()

    def __getitem__(self, key: str) -> Step:
        return self._steps.get(key, Step())

    def __iter__(self) -> Any:
        return iter(self._steps)

    def __len__(self) -> int:
        return len(self._steps)

    def note(self, key: str, *, attempt: bool = False, score: float = 0.0, hints: int = 0, shown: bool = False) -> Step:
        """Add to what was done of a question, write the file, and return the step."""
        self._read()
        step = self[key]
        grown = Step(step.attempts + attempt, score, hints, shown, step.mistakes + (attempt and score < 1))
        self._steps[key] = step.merged(grown)
        self._write()
        return self._steps[key]

    def _take(self, path: Path) -> None:
        for key, step in _steps(path.read_bytes()).items():
            self._steps[key] = self[key].merged(step)

    def _read(self) -> None:
        for copy in self.path.parent.glob(f"{self.path.stem}[ _-]*.json"):
            with suppress(ValueError, OSError):
                self._take(copy)
        try:
            if self.path.exists():
                self._take(self.path)
        except (ValueError, OSError):
            kept = self.path.with_name(f"{self.path.stem}-unreadable.json")
            self.trouble = f"{self.path.name} could not be read; it is kept as {kept.name}"
            with suppress(OSError):  # what cannot be moved either is told by `_write`
                self.path.replace(kept)

    def _write(self) -> None:
        steps = {key: asdict(step) for key, step in sorted(self._steps.items())}
        try:
            write_atomically(self.path, json.dumps({"progress": 1, "questions": steps}, indent=1) + "\n")
        except BadInput as error:
            self.trouble = f"progress is not saved: {error}"


def _steps(data: bytes) -> dict[str, Step]:
    """Return the steps in a file; raise ValueError for anything else."""
    try:
        found = json.loads(data)["questions"]
        return {str(key): _step(told) for key, told in found.items()}
    except (KeyError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise ValueError(f"no progress: {error}") from None


def _step(told: Mapping[str, Any]) -> Step:
    return Step(**{name: type(start)(told.get(name, start)) for name, start in asdict(Step()).items()})
