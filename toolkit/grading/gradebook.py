"""The gradebook: a folder with the journal of all that was received, graded and marked, and what counts now."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from toolkit.choices import did_you_mean, one_of
from toolkit.exercises.question import Key, Question, read_key
from toolkit.files import BadInput, write_atomically
from toolkit.grading.counting import Mark, marks_in
from toolkit.grading.journal import FIELDS, Journal, Record, digest, need_student, parsed, written
from toolkit.grading.verifying import faults
from toolkit.grading.view import Database, View, read_on

__all__ = ["Gradebook", "Mark", "need_student"]

LONGEST = 10_000
"""The most characters of a comment or a reason."""


class Gradebook:
    """A folder: the journal, of which every line stays; a view of what counts; what was handed in; the keys.

    Several people and programs may use it at once. What a method has returned is on the disk, whatever happens next.
    Opening reads what is new in the journal; a damaged line is a `BadInput` that names it.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     book = Gradebook(folder)
    ...     marks = {"a1.1": {"points": 1, "of": 2}}
    ...     _ = book.append("graded", who="toolkit", student="anna", assignment="a1", submission="", key="",
    ...                     isolation="strong", marks=marks, answers={}, notes=[], days_late=0)
    ...     _ = book.mark("anna", "a1", "a1.1", 1.5, who="Ms Berg", why="a typing mistake only")
    ...     [(mark.points, mark.automatic, mark.who) for mark in book.marks("a1")]
    [(1.5, 1, 'Ms Berg')]
    """

    def __init__(self, folder: str | Path) -> None:
        """Open the gradebook in a folder, which is made when it is missing, for its owner's eyes only."""
        self.folder = Path(folder)
        self._journal = Journal(self.folder)
        self._view = View(self._journal)
        self._keys: dict[str, Key] = {}
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise BadInput(f"the folder {folder} cannot be made: {error.strerror or error}") from None
        self._view.look(lambda db: None)

    # Writing

    def append(self, kind: str, *, who: str, **fields: Any) -> Record:
        """Add a record to the journal and return it with its number n, its time and the digest of the line before.

        Raises `BadInput` for a missing field, an id that is none, when nobody is named; `ValueError` for another kind.
        """
        return self.append_all([(kind, fields)], who=who)[0]

    def append_all(self, records: Iterable[tuple[str, Record]], *, who: str) -> list[Record]:
        """Add several records of (kind, fields), all or none unless the program is killed: faster than one by one."""
        with self._view.alone() as db:
            return self._append(db, records, who=who)

    def _append(self, db: Database, records: Iterable[tuple[str, Record]], *, who: str) -> list[Record]:
        seen, lines, now = read_on(db, self._journal), list[bytes](), datetime.now(UTC).isoformat(timespec="seconds")
        for n, (kind, fields) in enumerate(records, seen.n + 1):
            head = {"n": n, "at": now, "kind": one_of("kind", kind, FIELDS), "who": who}
            lines.append(written(head | fields | {"prev": digest(lines[-1]) if lines else seen.last}))
        self._journal.add(lines)
        with suppress(sqlite3.DatabaseError):  # the lines are on the disk: a view that is damaged is made again
            read_on(db, self._journal)
        return [parsed(line) for line in lines]

    def mark(  # noqa: PLR0913 - a mark has that many parts
        self,
        student: str,
        assignment: str,
        question: str,
        points: float,
        *,
        who: str,
        why: str = "",
        rubric: Sequence[int] = (),
        comment: str = "",
    ) -> Record:
        """Give a student points for a question: they count from now on, until the student hands in something else.

        Return the record, with the points `before`. Raises `BadInput` for a question that the assignment does not have,
        for points below 0 or above those of the question, for places that its rubric does not have.
        """
        place = need_student(student), need_student(assignment, "assignment"), question
        most = self._most(*place)
        if isinstance(points, bool) or not isinstance(points, int | float) or not 0 <= points <= most:
            raise BadInput(f"{points!r} points for question {question}: it has from 0 to {most:g}")
        if long := [name for name, text in (("why", why), ("comment", comment)) if len(text) > LONGEST]:
            raise BadInput(f"{long[0]} has more than {LONGEST:,} characters; shorten it")
        self._need_rubric(assignment, question, rubric)
        told = {"student": student, "assignment": assignment, "question": question, "points": points, "of": most}
        if graded := self.graded(student, assignment):
            told["submission"] = graded["submission"]
        said = {"rubric": list(rubric), "comment": comment, "why": why}
        with self._view.alone() as db:
            now = marks_in(db, assignment, student).get(place)
            return self._append(db, [("marked", told | {"before": now and now.points} | said)], who=who)[0]

    def _most(self, student: str, assignment: str, question: str) -> float:
        """Return the points of a question: as it was graded, or by the key when the student's work came on paper."""
        graded = self.graded(student, assignment)
        judged = {name: mark["of"] for name, mark in graded["marks"].items()} if graded else {}
        known = judged or {name: one.points for name, one in self._questions(assignment).items()}
        if question in known:
            return float(known[question])
        if known:
            raise BadInput(f"assignment {assignment} has no question {question!r}{did_you_mean(question, known)}")
        meant = did_you_mean(assignment, self.assignments())
        raise BadInput(f"nothing of assignment {assignment} has been graded for {student}{meant or '; grade it first'}")

    def _need_rubric(self, assignment: str, question: str, rubric: Sequence[int]) -> None:
        """Raise `BadInput` for a place that the rubric does not have; when no key is kept, any from 0 may be one."""
        known = self._questions(assignment).get(question)
        places = len(known.rubric) if known else 1000
        for place in rubric:
            if type(place) is not int or not 0 <= place < places:
                allowed = f"from 0 to {places - 1}" if places else "none"
                raise BadInput(f"{place!r} is no place in the rubric of question {question}, which has {allowed}")

    def undo(self, n: int, *, who: str, why: str = "") -> list[Record]:
        """Let a mark by hand, or what was handed in, count no longer, so that the one before it counts again.

        What was handed in, of which n is a receipt or a grading, is withdrawn with all its receipts, gradings and marks
        by hand; it stays in the journal and in kept/. Return the records of that, one for each that counts no longer.
        Raises `BadInput` when record n is neither, or is undone already.
        """
        with self._view.alone() as db:
            gone = _counting(db, n)
            return self._append(db, [("undone", {"record": one, "why": why}) for one in gone], who=who)

    def keep(self, data: bytes) -> str:
        """Keep bytes under their sha256 in kept/, and return that; the same bytes again change nothing."""
        return self._store(data, "kept", "")

    def put_key(self, data: bytes) -> str:
        """Keep the bytes of a key in keys/, and return their sha256; raise `BadInput` for what is no key."""
        name = self._store(data, "keys", ".json")
        path = self.folder / "keys" / f"{name}.json"
        try:
            read_key(path)
        except BadInput:
            path.unlink()
            raise
        return name

    def kept(self, name: str) -> bytes:
        """Return the bytes that were kept under a sha256; raise `BadInput` with what to do where they are missing."""
        try:
            return (self.folder / "kept" / Path(name).name).read_bytes()
        except OSError:
            again = "put it back from a copy of the gradebook, or grade that student's file again"
            raise BadInput(f"kept/{name} is missing from {self.folder}, which was handed in; {again}") from None

    def _store(self, data: bytes, folder: str, ending: str) -> str:
        name = digest(data)
        path = self.folder / folder / f"{name}{ending}"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        if not path.is_file() or path.read_bytes() != data:
            write_atomically(path, data)
        return name

    # Reading

    def records(self) -> Iterator[Record]:
        """Yield the records of the journal, the oldest first."""
        for number, line in enumerate(self._journal.lines(), 1):
            yield parsed(line, number)

    def standing(self) -> list[Record]:
        """Return the records that count: without those that were undone, and without the undoing."""
        records = list(self.records())
        gone = {record["record"] for record in records if record["kind"] == "undone"}
        return [record for record in records if record["n"] not in gone and record["kind"] != "undone"]

    def marks(self, assignment: str = "", *, student: str = "", question: str = "") -> list[Mark]:
        """Return the marks that count, by student, assignment, and question in the order of the key."""
        found = self._view.look(lambda db: marks_in(db, assignment, student))
        names = {mark.assignment for mark in found.values()}
        order = {(name, one): at for name in names for at, one in enumerate(self._questions(name))}

        def place(mark: Mark) -> tuple[str, str, int]:
            return mark.student, mark.assignment, order.get((mark.assignment, mark.question), len(order))

        return sorted((mark for mark in found.values() if question in ("", mark.question)), key=place)

    def graded(self, student: str, assignment: str) -> Record | None:
        """Return the last record of how a student's work was graded, or None."""
        return self._latest("graded", student, assignment)

    def received(self, student: str, assignment: str) -> Record | None:
        """Return the last record of what a student handed in, or None."""
        return self._latest("received", student, assignment)

    def latest(self, kind: str, assignment: str) -> dict[str, Record]:
        """Return by student the last record of a kind, received or graded, of an assignment: one look for a class."""
        query = "SELECT student, line FROM latest WHERE kind = ? AND assignment = ? ORDER BY student"
        found = self._view.look(lambda db: db.execute(query, (kind, assignment)).fetchall())
        return {student: json.loads(line) for student, line in found}

    def _latest(self, kind: str, student: str, assignment: str) -> Record | None:
        query = "SELECT line FROM latest WHERE kind = ? AND student = ? AND assignment = ?"
        found = self._view.look(lambda db: db.execute(query, (kind, student, assignment)).fetchall())
        return json.loads(found[0][0]) if found else None

    def assignments(self) -> list[str]:
        """Return the assignments of which anything was received, graded or marked."""
        return self._names("assignment", "")

    def students(self, assignment: str = "") -> list[str]:
        """Return the students of an assignment, or all."""
        return self._names("student", assignment)

    def _names(self, column: str, assignment: str) -> list[str]:
        part = f"SELECT {column} AS name FROM {{}} WHERE ?1 IN ('', assignment)"
        query = f"{part.format('latest')} UNION {part.format('marked')} AND NOT undone ORDER BY name"
        return [name for (name,) in self._view.look(lambda db: db.execute(query, (assignment,)).fetchall())]

    def key(self, assignment: str) -> Key:
        """Return the key that the assignment was last graded with; raise `BadInput` when there is none."""
        query = "SELECT line FROM latest WHERE kind = 'graded' AND assignment = ? ORDER BY n DESC LIMIT 1"
        found = self._view.look(lambda db: db.execute(query, (assignment,)).fetchall())
        if not found:
            known = did_you_mean(assignment, self.assignments())
            raise BadInput(f"nothing of assignment {assignment!r} has been graded{known or '; grade it first'}")
        name = str(json.loads(found[0][0])["key"])
        if name not in self._keys:
            path = self.folder / "keys" / f"{Path(name).name}.json"
            if not path.is_file():
                advice = "put it back from a copy of the gradebook, for toolkit release would make another key"
                raise BadInput(f"keys/{path.name} is missing from {self.folder}; {advice}")
            self._keys[name] = read_key(path)
        return self._keys[name]

    def _questions(self, assignment: str) -> dict[str, Question]:
        """Return the questions of the key by their ids, none when no key is kept."""
        with suppress(BadInput):
            return self.key(assignment).questions
        return {}

    def verify(self) -> list[str]:
        """Return a sentence for each thing that is not as it was written; an empty list when all is sound."""
        return list(faults(self.folder, self._view))


def _counting(db: Database, n: int) -> list[int]:
    """Return the records that count no longer when n is undone; raise `BadInput` when it cannot be."""
    hand = db.execute("SELECT undone, line FROM marked WHERE n = ?", (str(n),)).fetchall()
    found = hand or db.execute("SELECT undone, line FROM handed WHERE n = ?", (str(n),)).fetchall()
    if not found:
        known = "a mark that a person gave, nor what was handed in or graded; toolkit log shows the number of each"
        raise BadInput(f"record {n} is not {known}")
    if found[0][0]:
        raise BadInput(
            f"record {n} is undone already; to let it count again, mark the question again, or grade the file again"
        )
    if hand:
        return [n]
    whose = json.loads(found[0][1])
    same = "SELECT n, line FROM {} WHERE NOT undone AND student = ? AND assignment = ?"
    rows = db.execute(
        f"{same.format('handed')} UNION {same.format('marked')} ORDER BY n", (whose["student"], whose["assignment"]) * 2
    ).fetchall()
    return [at for at, line in rows if json.loads(line).get("submission") == whose["submission"]]
