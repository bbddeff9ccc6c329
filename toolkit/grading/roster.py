"""Marks into the file that Moodle, Canvas or Blackboard gave, and nothing else in it changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from toolkit.files import BadInput, is_same_file, write_atomically
from toolkit.grading.fields import Sheet, is_number, number_in, runs
from toolkit.grading.layouts import Roster, read_roster
from toolkit.markup import no_formula

__all__ = ["Change", "Filled", "Roster", "filled", "read_roster"]


class Change(NamedTuple):
    """A field that is written: whose, and what it said `before` and says `after`."""

    student: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Filled:
    """A class list with marks filled in, and all that is to be looked at before it is written.

    `defused` are texts that a spreadsheet would have run; `missing` are in the class list and have no mark; `waiting`
    have one that waits for a person. `refused` has a sentence for each mark or row that is in doubt, also for the
    `unmatched` students; what is in doubt keeps the bytes it had. `matched` is how many students have a row.
    """

    roster: Roster
    sheet: Sheet
    column: str
    changes: tuple[Change, ...] = ()
    defused: tuple[Change, ...] = ()
    unmatched: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    matched: int = 0

    @property
    def data(self) -> bytes:
        """The bytes of the file to upload."""
        return self.sheet.data()

    def __str__(self) -> str:
        told = {
            "changed": [f"{one.student}: {_shown(one.before) or 'empty'} → {one.after}" for one in self.changes],
            "defused": [f"{one.student}: {_shown(one.before)} → {_shown(one.after)}" for one in self.defused],
            "without a mark": [_shown(name) for name in self.missing],
            "waits for a person, left as it was": self.waiting,
            "refused": self.refused,
        }
        lines = [f"{what}: {len(rows)}" + "".join(f"\n  {row}" for row in rows) for what, rows in told.items() if rows]
        return "\n".join([f"{self.roster.path.name} ({self.roster.layout.name}), column {_shown(self.column)}", *lines])

    def write(self, path: str | Path, *, anyway: bool = False) -> Path:
        """Write the file and return its path; with doubts only if `anyway`, and then without what is in doubt.

        Raises `BadInput` for doubts, for the path of the class list itself, and whatever is said, where no student of
        the gradebook is in the class list: that would be a file without a mark.
        """
        if self.unmatched and not self.matched:
            raise BadInput(f"nothing is written: {self._strangers()}")
        if self.refused and not anyway:
            more = f" (and {len(self.refused) - 3} more)" if len(self.refused) > 3 else ""
            raise BadInput(f"nothing is written: {'; '.join(self.refused[:3])}{more}; put it right, or say anyway=True")
        if is_same_file(path, self.roster.path):
            raise BadInput(f"{path} is the class list itself; give another name, so that both can be compared")
        return write_atomically(path, self.data)

    def _strangers(self) -> str:
        """Return why nobody was found, with an id of either side, and which file to fetch instead."""
        there = f", there {_shown(self.missing[0])!r}" if self.missing else ""
        ids = f"here a student is {_shown(self.unmatched[0])!r}{there}"
        worksheet = (
            "Moodle's grading worksheet, which has the numbers of its zip (Submissions, Download grading worksheet)"
        )
        gradebook = self.roster.layout.name == "Moodle gradebook"
        fetch = worksheet if gradebook else "the list of this course, from the platform that gave what was handed in"
        return f"no student of the gradebook is in {self.roster.path.name} ({ids}); give {fetch}"


def _shown(text: str) -> str:
    return text[:60] if text[:60].isprintable() else repr(text[:60])


def filled(roster: Roster, totals: Mapping[str, float | None], column: str = "") -> Filled:
    """Return the class list with each student's total in one column; `Filled.write` writes the file.

    A student is found by any of the ids in a row, whole, in small or capital letters: Moodle's number, id number and
    email address; Canvas's ID, SIS ids and login; Blackboard's username and student id. A total is rounded to two
    places; None waits for a person and leaves the field as it is. A text that a spreadsheet would run (a name that
    begins with =, but also a comment that begins with a dash) gets an apostrophe before it, and is told.
    Raises `BadInput` when it is not clear which column is meant.
    """
    return _Filling(roster, roster.column(column)).result(totals)


class _Filling:
    """Collects what is written, and what is in doubt."""

    def __init__(self, roster: Roster, column: int) -> None:
        self.roster, self.column, self.heading = roster, column, roster.heading
        self.rows, self.most = dict(roster.students()), roster.maximum(column)
        self.point = "," if self._comma() else "."
        self.owners, self.doubtful, self.refused = defaultdict[str, set[int]](set), set[int](), list[str]()
        seen = defaultdict[tuple[str, str], list[int]](list)
        for row, values in self.rows.items():
            for pair in roster.ids(values).items():
                seen[pair].append(row)
                self.owners[pair[1]].add(row)
            if len(values) != len(self.heading):
                self._doubt([row], f"row {row + 1} has {len(values)} fields and the heading {len(self.heading)}")
        for (name, one), rows in seen.items():
            if len(rows) > 1:
                self._doubt(rows, f"the {name} {_shown(one)!r} stands in rows {_numbers(rows)}")
            if runs(one):
                self._doubt(rows, f"row {_numbers(rows)}: the {name} {_shown(one)!r} is a formula; correct it there")

    def _doubt(self, rows: list[int], sentence: str) -> None:
        self.refused.append(sentence)
        self.doubtful.update(rows)

    def result(self, totals: Mapping[str, float | None]) -> Filled:
        """Return what comes of these totals."""
        changes = {row: change for row, change in self._changes(totals) if change}
        texts = {(row, self.column): change.after for row, change in changes.items()}
        defused = {place: change for place, change in self._defused() if place not in texts}
        texts |= {place: change.after for place, change in defused.items()}
        marked = {row for student in totals for row in self.owners.get(student.lower(), ())}
        return Filled(
            roster=self.roster,
            sheet=self.roster.sheet.changed(texts),
            column=self.heading[self.column],
            changes=tuple(changes.values()),
            defused=tuple(defused.values()),
            unmatched=tuple(student for student in totals if student.lower() not in self.owners),
            missing=tuple(self._name(row) for row in self.rows if row not in marked),
            waiting=tuple(student for student, total in totals.items() if total is None),
            refused=tuple(self.refused),
            matched=sum(student.lower() in self.owners for student in totals),
        )

    def _changes(self, totals: Mapping[str, float | None]) -> Iterator[tuple[int, Change | None]]:
        """Yield what becomes of the field in each row that belongs to one mark, as that mark belongs to one row."""
        marked = defaultdict[int, list[str]](list)
        for student in totals:
            rows = sorted(self.owners.get(student.lower(), ()))
            for row in rows:
                marked[row].append(student)
            if not rows:
                self.refused.append(f"{student!r} has a mark and is not in the class list")
            if len(rows) > 1:
                self._doubt(rows, f"the mark of {student!r} fits rows {_numbers(rows)}")
        for row, students in marked.items():
            if len(students) > 1:
                self.refused.append(f"row {row + 1} fits the marks of {' and '.join(map(repr, sorted(students)))}")
            elif row not in self.doubtful:
                yield row, self._change(row, students[0], totals[students[0]])

    def _change(self, row: int, student: str, total: float | None) -> Change | None:
        """Return what the field of a student becomes, None where it stays."""
        before, most = self.rows[row][self.column], self.most[row]
        if total is None or number_in(before) == round(total, 2):
            return None
        if not isfinite(total) or total < 0:
            self.refused.append(f"{student!r} has {total} points, which is no mark")
        elif most and total > most:
            self.refused.append(f"{student!r} has {total:g} points, and the most that the file allows is {most:g}")
        else:
            after = f"{total:.2f}".rstrip("0").rstrip(".")
            return Change(student, before, after.replace(".", self.point))
        return None

    def _comma(self) -> bool:
        """Return whether the marks of the file have a decimal comma; if none has a fraction, whether ; parts fields."""
        maximum = [number for number, name in enumerate(self.heading) if name.lower() == "maximum grade"]
        for row in range(1, len(self.roster.sheet.rows)):
            values = self.roster.sheet.values(row)
            for text in [values[place] for place in (self.column, *maximum) if place < len(values)]:
                if is_number(text) and not text.lstrip("+-").isdigit():
                    return "," in text
        return self.roster.sheet.delimiter == ";"

    def _name(self, row: int) -> str:
        return next(iter(self.roster.ids(self.rows[row]).values()), f"row {row + 1}")

    def _defused(self) -> Iterator[tuple[tuple[int, int], Change]]:
        """Yield each text that a spreadsheet would run, made harmless; ids are the system's and stay."""
        for row in self.rows:
            for column, field in enumerate(self.roster.sheet.rows[row]):
                name = self.heading[column] if column < len(self.heading) else f"column {column + 1}"
                if runs(field.value) and name.lower() not in self.roster.layout.ids:
                    yield (row, column), Change(f"row {row + 1} {name[:60]}", field.value, str(no_formula(field.value)))


def _numbers(rows: list[int]) -> str:
    """Return the numbers of rows as a spreadsheet program shows them.

    >>> _numbers([1, 6])
    '2, 7'
    """
    return ", ".join(str(row + 1) for row in rows)
