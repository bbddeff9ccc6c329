"""Sheets for people: the marks of a class, and what is to be marked by hand, as CSV."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.choices import did_you_mean
from toolkit.files import BadInput
from toolkit.grading.names import names_of
from toolkit.grading.totals import course_total, total, totals_in
from toolkit.markup import no_formula

if TYPE_CHECKING:
    from toolkit.exercises.question import Key
    from toolkit.grading.gradebook import Gradebook, Mark

SHOWN = 5_000
"""The most characters of an answer or a comment in one field; spreadsheet programs hold 32,767."""


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV; a text that a spreadsheet would run as a formula is marked as text, None is an empty field.

    >>> as_csv([("student", "points"), ("=1+1", 1.5), ("ann", None)])
    "student,points\\n'=1+1,1.5\\nann,\\n"
    """
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([[no_formula(cell) for cell in row] for row in rows])
    return stream.getvalue()


def marks_csv(book: Gradebook, assignment: str) -> str:
    """Return the marks of a class as CSV: a row a student, a column a question, days late, the total, what waits.

    `name` is the one that the learning platform gave, empty where none is known.
    `total` is what counts after the late policy, empty while a question waits for a person.
    """
    key, names, graded = book.key(assignment), names_of(book), book.latest("graded", assignment)
    rows: list[list[object]] = [["student", "name", *key.questions, "days_late", "total", "waits"]]
    all_marks: defaultdict[str, dict[str, Mark]] = defaultdict(dict)
    for mark in book.marks(assignment):
        all_marks[mark.student][mark.question] = mark
    for student in book.students(assignment):
        marks = all_marks[student]
        late = graded.get(student, {}).get("days_late", 0)
        points = [_short(marks[name].points) if name in marks else "" for name in key.questions]
        waits = " ".join(name for name, mark in marks.items() if mark.points is None)
        counts = _short(total(key, marks.values(), late))
        rows.append([student, names.get(student, ""), *points, _short(late), counts, waits])
    return as_csv(rows)


def course_csv(book: Gradebook) -> str:
    """Return a course as CSV: a row a student, a column an assignment with its total, and the per cent of the course.

    The weights are those of the assignments, and where one has none its points. What was not handed in counts 0; the
    per cent is empty while something waits for a person.
    """
    graded = {record["assignment"] for record in book.standing() if record["kind"] == "graded"}
    keys, names = {name: book.key(name) for name in sorted(graded)}, names_of(book)
    totals = {name: totals_in(book, name) for name in keys}
    rows: list[list[object]] = [["student", "name", *keys, "per_cent"]]
    for student in book.students():
        parts = {
            name: (totals[name].get(student, 0.0), key.points, (key.terms or {}).get("weight", key.points))
            for name, key in keys.items()
        }
        earned = [_short(one) for one, _, _ in parts.values()]
        rows.append([student, names.get(student, ""), *earned, _short(course_total(parts))])
    return as_csv(rows)


def _short(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def codes(assignment: str, students: Iterable[str]) -> dict[str, str]:
    """Return a code for each student, the same each time: it hides names from the eye, and from nothing else.

    The code begins with a letter, so that no spreadsheet program takes it for a number.

    >>> codes("a2", ["ann"])
    {'ann': 's7f0568e5'}
    """
    digests = {student: hashlib.sha256(f"{assignment}{student}".encode()).hexdigest() for student in students}
    length = next(n for n in range(8, 65) if len({digest[:n] for digest in digests.values()}) == len(digests))
    return {student: f"s{digest[:length]}" for student, digest in digests.items()}


class Given(NamedTuple):
    """What a person gave an answer: points (None: not yet), the entries of the rubric, a comment."""

    points: float | None
    rubric: tuple[int, ...]
    comment: str

    @property
    def state(self) -> str:
        """A short fingerprint; a sheet that comes back shows by it what the book said when it was written."""
        return "v" + hashlib.sha256(repr((self.points, self.rubric, self.comment)).encode()).hexdigest()[:8]


def given(mark: Mark) -> Given:
    """Return what a mark of the book says, as it is compared with a sheet."""
    points = None if mark.points is None else float(mark.points)
    return Given(points, tuple(sorted(mark.rubric)), "\n".join(mark.comment.strip().splitlines()))


def marking_csv(book: Gradebook, assignment: str, question: str = "", *, names: bool = False) -> str:
    """Return what is to be marked by hand as CSV, one answer a row: one question, or all of free text or that wait.

    Columns: number, code (the student's id if `names`), question, answer (its first 5,000 characters), one column for
    each entry of a rubric (1 applies, 0 does not), points, of, comment, why, who (marked it last) and state, by which
    `read_marking_csv` sees whether the mark was changed elsewhere. Only entries, points, comment and why are read back.
    Where entries are changed and points are not, the points are the sum of the entries that apply.
    """
    key, code = book.key(assignment), codes(assignment, book.students(assignment))
    if question and question not in key.questions:
        raise BadInput(f"{assignment} has no question {question!r}{did_you_mean(question, key.questions)}")
    marks = [mark for mark in book.marks(assignment, question=question) if question or _by_hand(key, mark)]
    asked = [name for name in key.questions if name in {mark.question for mark in marks}]
    entries = [(name, number) for name in asked for number in range(len(key.questions[name].rubric))]
    heads = [_head(name, number, key.questions[name].rubric[number]) for name, number in entries]
    rows: list[list[object]] = [["number", "code", "question", "answer", *heads, *AFTER]]
    in_order = sorted(marks, key=lambda mark: (asked.index(mark.question), code[mark.student]))
    for count, mark in enumerate(in_order, 1):
        said, who = given(mark), mark.student if names else code[mark.student]
        answer = mark.answer[:SHOWN] + (" …" if len(mark.answer) > SHOWN else "")
        ticks = ["" if name != mark.question else int(number in said.rubric) for name, number in entries]
        rest = [said.points, mark.of, said.comment, "", mark.who, said.state]
        rows.append([count, who, f"question {mark.question}", answer, *ticks, *rest])
    return as_csv(rows)


AFTER = ("points", "of", "comment", "why", "who", "state")


def _by_hand(key: Key, mark: Mark) -> bool:
    asked = key.questions.get(mark.question)
    return asked is not None and (mark.points is None or asked.kind == "free")


def _head(question: str, number: int, entry: dict[str, Any]) -> str:
    return f"{question} rubric {number + 1}: {str(entry.get('say', ''))[:200]} ({entry.get('points', 0):+g})"
