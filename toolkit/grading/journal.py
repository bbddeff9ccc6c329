"""The journal: lines of JSON that are only ever added, each chained to the one before; two writers take turns."""

from __future__ import annotations

import json
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from toolkit.files import BadInput

FIELDS = {
    "received": ("student", "assignment", "submission", "file", "size", "received", "repairs", "refused"),
    "graded": ("student", "assignment", "submission", "key", "isolation", "marks", "answers", "notes", "days_late"),
    "marked": ("student", "assignment", "question", "points", "before", "rubric", "comment", "why"),
    "undone": ("record", "why"),
}
"""What each kind of record has besides n, at, kind, who and prev."""

PATIENCE = 60.0
"""So many seconds a writer waits for another one."""

ADVICE = "; close other programs that use it, and see whether the disk is full"

Record = dict[str, Any]


def digest(data: bytes) -> str:
    """Return the sha256 of bytes, by which a line is chained and a file in kept/ is named."""
    return sha256(data).hexdigest()


def need_student(text: object, what: str = "student") -> str:
    """Return the id of a student, or of `what` else is named alike; raise `BadInput` unless it is one.

    >>> need_student("anna.k-2026")
    'anna.k-2026'
    >>> need_student("../anna")
    Traceback (most recent call last):
        ...
    toolkit.files.BadInput: '../anna' cannot be a student; use 1 to 64 of A-Z a-z 0-9 . _ @ - and no . or - in front
    """
    if isinstance(text, str) and re.fullmatch(r"[A-Za-z0-9_@][A-Za-z0-9._@-]{0,63}", text):
        return text
    given = repr(text if len(str(text)) < 80 else f"{str(text)[:80]}…")
    raise BadInput(f"{given} cannot be a {what}; use 1 to 64 of A-Z a-z 0-9 . _ @ - and no . or - in front")


def checked(record: Record) -> Record:
    """Return a record of the journal; raise `BadInput` that names what it lacks. Kinds of later versions pass."""
    wanted = ("n", "at", "kind", "who", "prev", *FIELDS.get(str(record.get("kind")), ()))
    if missing := [name for name in wanted if name not in record]:
        raise BadInput(f"a record of kind {record.get('kind')!r} needs {', '.join(missing)}, too")
    if not isinstance(record["who"], str) or not record["who"].strip():
        raise BadInput('nobody is named who did this; give who="your name"')
    for what in {"student", "assignment"} & set(wanted):
        need_student(record[what], what)
    if record["kind"] == "graded" and not (_are_marks(record["marks"]) and isinstance(record["answers"], dict)):
        raise BadInput('a graded record has marks, {question: {"points": 1, "of": 2}}, and answers, {question: text}')
    if record["kind"] == "marked" and not isinstance(record["points"], int | float):
        raise BadInput(f"points are a number, not {record['points']!r}")
    whole = [record[name] for name in ("n", "record") if name in wanted]
    if not all(type(number) is int and 0 < number < 2**53 for number in whole):
        raise BadInput("the numbers n and record are whole numbers from 1 on")
    return record


def _are_marks(marks: object) -> bool:
    """Return whether these are the marks of a graded record, where points are None while they wait for a person."""
    return isinstance(marks, dict) and all(
        isinstance(mark, dict)
        and isinstance(mark.get("of"), int | float)
        and isinstance(mark.get("points", ""), int | float | None)
        for mark in marks.values()
    )


class Journal:
    """The file journal.jsonl in a folder. Every method that changes it is called within `alone`."""

    def __init__(self, folder: Path) -> None:
        self.path, self._lock = folder / "journal.jsonl", folder / "lock.sqlite"

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep all other writers, threads and processes, waiting; a killed process lets go by itself.

        The lock is SQLite's, which works on every system. Its file stays empty, so that it is never to be replaced.
        """
        try:
            with closing(sqlite3.connect(self._lock, timeout=PATIENCE, isolation_level=None)) as lock:
                lock.execute("BEGIN IMMEDIATE")
                yield
        except (OSError, sqlite3.Error) as error:
            raise BadInput(f"the gradebook {self.path.parent} cannot be written to: {error}{ADVICE}") from None

    def size(self) -> int:
        """Return the bytes of the journal, 0 when there is none yet."""
        return self.path.stat().st_size if self.path.exists() else 0

    def part(self, start: int, end: int) -> bytes:
        """Return the bytes between two places, fewer when the journal ends before."""
        if not self.path.exists():
            return b""
        with self.path.open("rb") as stream:
            stream.seek(start)
            return stream.read(end - start)

    def lines(self, start: int = 0) -> Iterator[bytes]:
        """Yield the whole lines from a place on, without their ends; one that is still being written is left out."""
        if not self.path.exists():
            return
        with self.path.open("rb") as stream:
            stream.seek(start)
            for line in stream:
                if not line.endswith(b"\n"):
                    return
                yield line[:-1]

    def add(self, lines: list[bytes]) -> None:
        """Write lines at the end, safely on the disk."""
        _append(self.path, b"".join(line + b"\n" for line in lines))

    def set_torn_aside(self) -> None:
        """Move what a killed writer left of a line, of which nobody was told that it is written, to journal.torn."""
        size = end = self.size()
        while end and (block := self.part(max(0, end - 65536), end)):
            if (at := block.rfind(b"\n")) >= 0:
                end += at + 1 - len(block)
                break
            end -= len(block)
        if end < size:
            _append(self.path.with_suffix(".torn"), self.part(end, size) + b"\n")
            os.truncate(self.path, end)


def _append(path: Path, data: bytes) -> None:
    with path.open("ab") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())


def written(record: Record) -> bytes:
    """Return a record as a line; raise `BadInput` for one that is none."""
    try:
        text = json.dumps(checked(record), ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        told = "" if isinstance(error, BadInput) else "the record cannot be written as JSON: "
        raise BadInput(f"{told}{error}") from None
    return text.encode("utf-8", "backslashreplace")  # half a character becomes \udc80, which JSON reads as that


def parsed(line: bytes, number: int = 0) -> Record:
    """Return the record in a line; raise `BadInput` that names the line and what to do."""
    try:
        record = json.loads(line)
        return checked(record if isinstance(record, dict) else {})
    except (ValueError, RecursionError) as error:
        told = str(error) if isinstance(error, BadInput) else f"it is not JSON ({error})"
        raise BadInput(
            f"line {number} of journal.jsonl is damaged: {told}; nothing is lost: put that line back from a copy"
        ) from None
