"""Marks out as CSV; hand marking by CSV, out and back, also by way of a spreadsheet program."""

import csv
import dataclasses
import io
from dataclasses import dataclass

import pytest

from toolkit.exercises.question import Key, Question
from toolkit.files import BadInput
from toolkit.grading.late import late_share
from toolkit.grading.sheets import codes, marking_csv, marks_csv
from toolkit.grading.sheets_back import read_marking_csv, write_marks
from toolkit.grading.totals import course_total, total

RUBRIC = ({"points": 1, "say": "names both agencies"}, {"points": 2, "say": "=gives a reason"})
KEY = Key(
    "a2",
    {"2.1": Question("2.1", "function", "f", points=3), "2.10": Question("2.10", "free", "t", points=3, rubric=RUBRIC)},
    terms={"late": {"per_day": 10, "days": 5}},
)


@dataclass(frozen=True)
class Mark:
    student: str
    question: str
    points: float | None
    of: float = 3
    comment: str = ""
    rubric: tuple = ()
    who: str = ""
    answer: str = ""


class Book:
    """A gradebook of two students, in memory."""

    def __init__(self):
        made = [Mark("ann", "2.1", 3), Mark("ann", "2.10", None, answer="=1+1 was their answer"),
                Mark("bo", "2.1", 1.5),
                Mark("bo", "2.10", 1, rubric=(0,), comment="-1 for length", who="Eve")]  # fmt: skip
        self.now = {(mark.student, mark.question): mark for mark in made}
        self.written = []

    def key(self, assignment):
        return KEY

    def records(self):
        yield {"kind": "received", "student": "ann", "name": "=Ann  Lee"}
        yield {"kind": "received", "student": "ann", "name": ""}
        yield {"kind": "graded", "student": "bo"}
        raise BadInput("line 4 of journal.jsonl is damaged")

    def students(self, assignment=""):
        return ["ann", "bo"]

    def latest(self, kind, assignment):
        return {"ann": {"days_late": 0}, "bo": {"days_late": 0.5}}

    def marks(self, assignment="", *, student="", question=""):
        return [m for m in self.now.values() if student in ("", m.student) and question in ("", m.question)]

    def mark(self, student, assignment, question, points, *, who, why="", rubric=(), comment=""):
        self.written.append((student, question, points, who, why, rubric, comment))
        old = self.now[student, question]
        self.now[student, question] = dataclasses.replace(old, points=points, who=who, rubric=rubric, comment=comment)


@pytest.fixture
def book():
    return Book()


ANN, BO = codes("a2", ["ann", "bo"]).values()


def edited(book, **cells):
    """The sheet with ann's row of 2.10 (or that of `student`) changed as a person does: column=text."""
    rows = list(csv.DictReader(io.StringIO(marking_csv(book, "a2"))))
    code = codes("a2", ["ann", "bo"])[cells.pop("student", "ann")]
    row = next(row for row in rows if row["code"] == code)
    for name, text in cells.items():
        row[next(head for head in row if head.strip("'").startswith(name.replace("_", " ")))] = text
    return written(rows)


def written(rows, **style):
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), **style)
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


# Totals


def test_a_total_loses_its_share_for_each_day_begun_and_waits_for_a_person(book):
    assert total(KEY, book.marks(student="bo"), 1.5) == 2.0 and total(KEY, book.marks(student="bo"), 5.01) == 0
    assert total(KEY, book.marks(student="ann")) is None and total(KEY, []) is None
    assert total(KEY, [Mark("bo", "2.1", 2), Mark("bo", "gone", 9)], -3) == 2.0
    assert late_share({"late": {"per_day": 40, "days": 9}}, 9) == 0


def test_a_course_has_a_weighted_per_cent_once_nothing_waits():
    assert course_total({"a1": (5, 10, 1), "a2": (10, 10, 3)}) == 87.5
    assert course_total({"a1": (5, 10, 1), "a2": (None, 10, 3)}) is None
    with pytest.raises(BadInput, match="a1 needs more than 0 points"):
        course_total({"a1": (0, 0, 1)})


# Out


def test_the_marks_of_a_class_are_a_row_a_student(book):
    assert marks_csv(book, "a2").splitlines() == [
        "student,name,2.1,2.10,days_late,total,waits", "ann,'=Ann Lee,3,,0,,2.10", "bo,,1.5,1,0.5,2.25,"
    ]  # fmt: skip


def test_a_marking_sheet_hides_names_and_runs_no_formula(book):
    sheet = marking_csv(book, "a2")
    assert "ann" not in sheet and "'=1+1 was their answer" in sheet and "'-1 for length" in sheet
    assert sheet.startswith("number,code,question,answer,2.10 rubric 1: names both agencies (+1),")
    assert sheet.count("question 2.10,") == 2 and "question 2.1," not in sheet
    assert "ann" in marking_csv(book, "a2", "2.1", names=True)
    with pytest.raises(BadInput, match="a2 has no question '2.2'; did you mean '2.1"):
        marking_csv(book, "a2", "2.2")


# Back


def test_an_untouched_sheet_writes_nothing(book):
    assert read_marking_csv(marking_csv(book, "a2"), book, "a2", who="Mia") == []
    named = marking_csv(book, "a2", names=True)
    assert read_marking_csv(named, book, "a2", who="Mia") == []


def test_a_changed_row_is_shown_and_then_written(book):
    sheet = edited(book, points="2,5", comment="Say why.", why="second look", answer="something else")
    changes = read_marking_csv(sheet, book, "a2", who=" Mia ")
    assert [str(one) for one in changes] == [f"{ANN} 2.10: waits → 2.5 ('Say why.')"] and book.written == []
    assert write_marks(changes, book, "a2") == 1
    assert book.written == [("ann", "2.10", 2.5, "Mia", "second look", (), "Say why.")]


def test_entries_of_a_rubric_give_the_points_unless_points_are_written(book):
    ticked = {"2.10_rubric_1": "1", "2.10_rubric_2": "x"}
    (one,) = read_marking_csv(edited(book, **ticked), book, "a2", who="Mia")
    assert one.after[:2] == (3, (0, 1))
    (one,) = read_marking_csv(edited(book, **ticked, points="2"), book, "a2", who="Mia")
    assert one.after[:2] == (2, (0, 1))


def test_a_sheet_that_went_through_a_spreadsheet_program_is_read(book):
    rows = list(csv.DictReader(io.StringIO(edited(book, points="2,5"))))
    rows += [dict.fromkeys(rows[0], "")]
    sheet = "\ufeff" + written(rows, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    (one,) = read_marking_csv(sheet, book, "a2", who="Mia")
    assert one.after == (2.5, (), "") and one.student == "ann"


@pytest.mark.parametrize(
    "cells, said",
    [
        ({"points": "3.5"}, "row 3: points are '3.5' and go from 0 to 3"),
        ({"points": "-1"}, "go from 0 to 3"),
        ({"points": "nan"}, "write 1.5 or 1,5 as text"),
        ({"points": "01. Mai"}, "a spreadsheet program makes 1.5 a date"),
        ({"points": "2", "code": "s12"}, "no student has the code 's12'"),
        ({"points": "2", "question": "question 2.11"}, "there is no answer of .* to 'question 2.11'"),
        ({"2.10_rubric_1": "2"}, "2.10 rubric 1 is '2'; write 1 where it applies"),
        ({"points": "1", "comment": "x" * 5001}, "more than 5,000 characters"),
        ({"comment": "Good."}, "give points as well"),
    ],
)
def test_a_row_that_cannot_be_right_refuses_the_sheet(book, cells, said):
    with pytest.raises(BadInput, match=f"nothing is written: .*{said}"):
        read_marking_csv(edited(book, **cells), book, "a2", who="Mia")


def test_a_row_twice_a_lost_column_and_nobody_are_told(book):
    rows = list(csv.DictReader(io.StringIO(edited(book, points="2"))))
    with pytest.raises(BadInput, match="stands in the sheet twice"):
        read_marking_csv(written(rows + rows[:1]), book, "a2", who="Mia")
    lost = [{name: text for name, text in row.items() if name != "state"} for row in rows]
    with pytest.raises(BadInput, match="no column state"):
        read_marking_csv(written(lost), book, "a2", who="Mia")
    with pytest.raises(BadInput, match="nobody is named"):
        read_marking_csv(written(rows), book, "a2", who=" ")


def test_two_people_never_overwrite_each_other_unseen(book):
    sheet, untouched = edited(book, points="2"), marking_csv(book, "a2")
    changes = read_marking_csv(sheet, book, "a2", who="Mia")
    book.mark("ann", "a2", "2.10", 1, who="Eve")
    with pytest.raises(BadInput, match=f"{ANN} 2.10 was marked by somebody just now"):
        write_marks(changes, book, "a2")
    again = read_marking_csv(sheet, book, "a2", who="Mia")
    assert again == [] and "ann" not in again.skipped[0]
    assert f"row 3 is left out: {ANN} 2.10 was marked by Eve after the sheet was written; it has 1" in again.skipped[0]
    assert read_marking_csv(untouched, book, "a2", who="Mia") == [] and len(book.written) == 1


def test_a_row_that_was_marked_elsewhere_does_not_lose_the_others(book):
    rows = list(csv.DictReader(io.StringIO(edited(book, points="2"))))
    for row in rows:
        row["points"] = "2.5"
    book.mark("bo", "a2", "2.10", 3, who="Eve")
    changes = read_marking_csv(written(rows), book, "a2", who="Mia")
    assert [one.student for one in changes] == ["ann"] and len(changes.skipped) == 1
    assert BO in changes.skipped[0] and "it has 3, and the sheet says 2.5" in changes.skipped[0]
    assert write_marks(changes, book, "a2") == 1 and book.now["bo", "2.10"].points == 3
    (skipped,) = read_marking_csv(edited(book, student="bo", comment="x", state="v0"), book, "a2", who="Mia").skipped
    assert "it has 3, and the sheet says 3.0" in skipped
    rows[0]["points"] = "99"
    with pytest.raises(BadInput, match="points are '99'"):
        read_marking_csv(written(rows), book, "a2", who="Mia")


def test_what_changes_is_shown_as_the_sheet_calls_the_students(book):
    named = marking_csv(book, "a2", names=True).replace(",,3.0", ",2,3.0").replace(",,3,", ",2,3,")
    assert [str(one) for one in read_marking_csv(named, book, "a2", who="Mia")] == ["ann 2.10: waits → 2"]
    (one,) = read_marking_csv(edited(book, points="2"), book, "a2", who="Mia")
    assert str(one) == f"{ANN} 2.10: waits → 2" and one.student == "ann"
