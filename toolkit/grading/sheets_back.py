"""A marking sheet comes back, perhaps by way of a spreadsheet program: all is checked before anything is written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.choices import did_you_mean
from toolkit.files import BadInput
from toolkit.grading.fields import number_in, read_sheet
from toolkit.grading.sheets import SHOWN, Given, codes, given

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook, Mark

NEEDED = ("code", "question", "points", "state")
MOST_PROBLEMS = 5
"""After so many rows that cannot be right, the sheet is given back."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark in a sheet that differs from the gradebook's: what that says (`before`), what the sheet says (`after`).

    It is shown by `code`, what the sheet calls the student, so that who marked without names sees none here either.
    """

    student: str
    code: str
    question: str
    before: Given
    after: Given
    why: str
    who: str

    def __str__(self) -> str:
        old, new = ("waits" if one.points is None else f"{one.points:g}" for one in (self.before, self.after))
        said = f" ({self.after.comment[:60]!r})" if self.after.comment != self.before.comment else ""
        return f"{self.code} {self.question}: {old} → {new}{said}"


class Changes(list[Marked]):
    """The marks that a sheet changes; `skipped` has a sentence for each row that is left as the gradebook has it."""

    def __init__(self, changes: Iterable[Marked] = (), skipped: Iterable[str] = ()) -> None:
        super().__init__(changes)
        self.skipped = tuple(skipped)


class _Elsewhere(BadInput):
    """A row is in order, but its mark was changed elsewhere meanwhile: it is skipped, and the others are read."""


def read_marking_csv(text: str, book: Gradebook, assignment: str, *, who: str) -> Changes:
    """Return the marks that a sheet changes, to be looked at and given to `write_marks`; `who` has marked.

    Comma, semicolon or TAB, a decimal point or comma, and empty rows are all read; a changed answer is not. A row
    whose mark was changed elsewhere since the sheet was written is left out, and `skipped` says so: no work of either
    person is lost. Raises `BadInput` that names the rows when a code or question is unknown or twice there, or points
    are out of range or have become a date.
    """
    if not who.strip():
        raise BadInput('nobody is named who marked; give who="your name"')
    sheet, problems = _Returned(book, assignment), list[str]()
    found, skipped = list[Marked](), list[str]()
    for number, row in _table(text):
        try:
            if change := sheet.change(row, who.strip()):
                found.append(change)
        except _Elsewhere as error:
            skipped.append(f"row {number} is left out: {error}")
        except BadInput as error:
            problems.append(f"row {number}: {error}")
        if len(problems) == MOST_PROBLEMS:
            break
    if problems:
        raise BadInput(f"nothing is written: {'; '.join(problems)}")
    return Changes(found, skipped)


def write_marks(changes: Sequence[Marked], book: Gradebook, assignment: str) -> int:
    """Write the changes of a sheet into the gradebook and return their number; a row that is as it was writes nothing.

    Raises `BadInput`, and writes nothing, when one of the marks was changed since the sheet was read.
    """
    now = {(mark.student, mark.question): given(mark) for mark in book.marks(assignment)}
    for one in changes:
        if now.get((one.student, one.question)) != one.before:
            raise BadInput(f"{one.code} {one.question} was marked by somebody just now; read the sheet once more")
    for one in changes:
        points, rubric, comment = one.after
        assert points is not None
        told = {"who": one.who, "why": one.why, "comment": comment}
        book.mark(one.student, assignment, one.question, points, rubric=rubric, **told)
    return len(changes)


def _table(text: str) -> list[tuple[int, Row]]:
    """Return the rows of a sheet that are not empty, each with its number and its fields by the heading."""
    sheet = read_sheet(text.removeprefix("\ufeff").encode(), "the sheet")
    heading = [name.removeprefix("'") for name in sheet.values(0)]
    names = [_entry(name) or name.lower() for name in heading]
    for name in NEEDED:
        if name not in names:
            raise BadInput(f"the sheet has no column {name}{did_you_mean(name, names)}; keep those it was written with")
    rows = ((row + 1, dict(zip(names, sheet.values(row), strict=False))) for row in range(1, len(sheet.rows)))
    return [(number, row) for number, row in rows if any(row.values())]


def _entry(name: str) -> str:
    """Return which entry of which rubric a column is for, without the words.

    >>> _entry("2.1 rubric 3: names both agencies (+1)")
    '2.1 rubric 3'
    """
    found = re.match(r"\S{1,64} rubric \d{1,3}(?=:)", name)
    return found[0] if found else ""


def _meanwhile(row: Row, mark: Mark) -> str:
    """Return the sentence on a row whose mark was changed after the sheet was written, with both marks in it."""
    by = f" by {mark.who[:60]}" if mark.who else ""
    now = "it waits" if mark.points is None else f"it has {mark.points:g}"
    sheet = f", and the sheet says {row['points']}" if row["points"] else ""
    told = f"{row['code']} {mark.question} was marked{by} after the sheet was written; {now}{sheet}"
    return f"{told}. If the sheet is right, write a new one under another name and mark this answer there"


class _Returned:
    """What the rows of a sheet are checked against."""

    def __init__(self, book: Gradebook, assignment: str) -> None:
        self.key = book.key(assignment)
        self.marks = {(mark.student, mark.question): mark for mark in book.marks(assignment)}
        students = book.students(assignment)
        self.students = {code: student for student, code in codes(assignment, students).items()}
        self.students |= {student: student for student in students}
        self.seen = set[tuple[str, str]]()

    def change(self, row: Row, who: str) -> Marked | None:
        """Return the change in a row, None where it is as it was written; raise `BadInput` that says what is wrong."""
        mark = self._mark(row)
        now, after = given(mark), self._given(row, mark)
        if after.state == row["state"]:
            return None
        if after.points is None:
            after = after._replace(points=now.points)
        if after == now:
            return None
        if after.points == now.points and after.rubric == now.rubric and after.comment == now.comment:
            return None
        if now.state != row["state"]:
            raise _Elsewhere(_meanwhile(row, mark))
        if after.rubric != now.rubric and after.points == now.points:
            after = after._replace(points=self._sum(mark, after.rubric))
        if after.points is None:
            raise BadInput("give points as well as a comment")
        if after.comment != now.comment and len(after.comment) > SHOWN:
            raise BadInput(f"the comment has more than {SHOWN:,} characters; shorten it")
        return Marked(mark.student, row["code"], mark.question, now, after, row.get("why", "")[:SHOWN], who)

    def _mark(self, row: Row) -> Mark:
        code, question = row["code"], row.get("question", "").removeprefix("question ")
        student = self.students.get(code)
        if student is None:
            raise BadInput(f"no student has the code {code[:40]!r}{did_you_mean(code, self.students)}")
        mark = self.marks.get((student, question))
        if mark is None or question not in self.key.questions:
            raise BadInput(f"there is no answer of {code} to {row.get('question', '')[:40]!r}")
        if (student, question) in self.seen:
            raise BadInput(f"{code} question {question} stands in the sheet twice")
        self.seen.add((student, question))
        return mark

    def _given(self, row: Row, mark: Mark) -> Given:
        """Return what a row gives; an entry or a comment whose column was deleted is as it was."""
        cell = row.get("points", "")
        points = number_in(cell)
        if cell and (points is None or not 0 <= points <= mark.of):
            hint = "" if points is not None else "; a spreadsheet program makes 1.5 a date: write 1.5 or 1,5 as text"
            raise BadInput(f"points are {cell[:40]!r} and go from 0 to {mark.of:g}{hint}")
        entries = range(len(self.key.questions[mark.question].rubric))
        ticked = tuple(number for number in entries if self._applies(row, mark, number))
        comment = row.get("comment", given(mark).comment)
        comment = comment[1:] if re.match(r"'[=+\-@\t\r]", comment) else comment
        return Given(points, ticked, "\n".join(comment.strip().splitlines()))

    def _applies(self, row: Row, mark: Mark, number: int) -> bool:
        name = f"{mark.question} rubric {number + 1}"
        cell = row.get(name, "1" if number in mark.rubric else "0")
        if cell.lower() not in ("", "0", "1", "x"):
            raise BadInput(f"{name} is {cell[:40]!r}; write 1 where it applies, else 0")
        return cell.lower() in ("1", "x")

    def _sum(self, mark: Mark, rubric: tuple[int, ...]) -> float:
        entries = self.key.questions[mark.question].rubric
        return min(mark.of, max(0.0, sum(float(entries[number].get("points", 0)) for number in rubric)))
