"""Feedback: for every student a page and a notebook that say what was earned and what is wrong, and nothing more."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.exercises.checking import shown
from toolkit.exercises.plain import canonical
from toolkit.exercises.question import Key, Question
from toolkit.files import BadInput, write_atomically
from toolkit.grading.feedback_pages import notebook, page
from toolkit.grading.journal import need_student
from toolkit.grading.late import late_sentence, late_share
from toolkit.grading.names import called, names_of
from toolkit.grading.salvage import salvage

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook, Mark

Said = list[tuple[str, str]]
"""What is said: a label of ours, and a text that may come from anywhere."""


@dataclass(frozen=True, slots=True)
class OnQuestion:
    """What is said on one question: its id and title, the points in words, and the name its answer has."""

    id: str
    title: str
    points: str
    answer: str
    said: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Feedback:
    """All that one student is told on one assignment. Every text in it is text: the pages escape it.

    `called` is the student's name with the id, or the id alone.
    """

    called: str
    assignment: str
    summary: tuple[tuple[str, str], ...]
    questions: tuple[OnQuestion, ...]
    receipt: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """The title of the page."""
        return f"{self.assignment}: feedback for {self.called}"


def write_feedback(book: Gradebook, assignment: str, folder: str | Path, *, solutions: bool = False) -> list[Path]:
    """Write for every student of an assignment `folder/assignment/student.html` and `.ipynb`, and return the paths.

    The page opens offline; the notebook has the student's own cells, each question followed by what is said on it.
    Neither has a held-out input or anything of another student, and the solution only with `solutions`. The same
    gradebook gives the same bytes. Raises `BadInput` when nothing has been graded.
    """
    key, place, paths = book.key(assignment), Path(folder) / need_student(assignment, "assignment"), []
    place.mkdir(parents=True, exist_ok=True)
    _need_apart(book.students(assignment))
    names = names_of(book)
    counting = [mark for mark in book.marks(assignment) if mark.question in key.questions]
    marks = {one: list(of) for one, of in groupby(counting, key=lambda mark: mark.student)}
    all_graded, all_received = book.latest("graded", assignment), book.latest("received", assignment)
    for student in sorted({*book.students(assignment), *marks}):
        graded, received = all_graded.get(student, {}), all_received.get(student, {})
        questions = _on_questions(key, marks.get(student, []), graded, solutions)
        summary, receipt = _summary(key, marks.get(student, []), graded), _receipt(graded, received)
        told = Feedback(called(student, names), assignment, summary, tuple(questions), receipt)
        own = salvage(_handed_in(book, graded or received), str((graded or received).get("file", ""))).cells
        for ending, text in ((".html", page(told)), (".ipynb", notebook(told, own))):
            data = text.encode("utf-8", "replace")  # an answer may have half a character in it
            paths.append(write_atomically(place / f"{need_student(student)}{ending}", data))
    return paths


def _need_apart(students: Iterable[str]) -> None:
    """Raise `BadInput` for two students whose files would be one where small and capital letters are the same."""
    seen: dict[str, str] = {}
    for student in students:
        if (other := seen.setdefault(student.casefold(), student)) != student:
            raise BadInput(f"{other} and {student} would share a file on some computers; grade one under another name")


def _handed_in(book: Gradebook, record: dict[str, Any]) -> bytes:
    digest = str(record.get("submission", ""))
    kept = Path(book.folder) / "kept" / digest
    return kept.read_bytes() if re.fullmatch("[0-9a-f]{64}", digest) and kept.is_file() else b""


def _summary(key: Key, marks: list[Mark], graded: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    known = [mark for mark in marks if mark.points is not None]
    earned, of = round(sum(mark.points or 0 for mark in known), 2), key.points
    said, waiting = [("Points", f"{earned:g} of {of:g}")], len(marks) - len(known)
    if not graded and not known:
        return (("Points", "none yet: nothing has been marked"),)
    if waiting:
        wait = "1 question waits" if waiting == 1 else f"{waiting} questions wait"
        said[0] = ("Points so far", f"{earned:g} of {of:g}; {wait} for a person")
    if late := late_sentence(key.terms, days := graded.get("days_late", 0)):
        said += [("Handed in late", late)]
        said += [("Points that count", f"{round(earned * late_share(key.terms, days), 2):g} of {of:g}")]
    return tuple(said)


def _receipt(graded: dict[str, Any], received: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what is known of the file; "Received" is a time that the teacher gave, else it is when it was taken in."""
    if not received:
        return (("File", "nothing was received"),)
    later = graded and received.get("submission") != graded.get("submission")
    said = [
        ("File", f"{received.get('file', '')}, {received.get('size', 0):,} bytes"),
        ("Received" if received.get("told") else "Taken in", str(received.get("received", ""))),
        ("SHA-256 of its bytes", str(received.get("submission", ""))),
        ("Repaired when it came in", "\n".join(map(str, received.get("repairs", ())))),
        ("Not accepted", str(received.get("refused", ""))),
        ("When it was run", "\n".join(map(str, graded.get("notes", ())))),
        ("Marked", f"an earlier file is, {graded.get('submission', '')}; this one is not yet" if later else ""),
    ]
    return tuple((label, text) for label, text in said if text)


def _on_questions(key: Key, marks: Iterable[Mark], graded: dict[str, Any], solutions: bool) -> Iterator[OnQuestion]:
    for mark in marks:
        record = graded.get("marks", {}).get(mark.question, {})
        question = key.questions[mark.question]
        said = [*_on_inputs(question, mark, record), *_by_person(question, mark)]
        said += [("Noted", str(record.get("note", "")))]
        said += [("What you wrote", mark.answer or str(graded.get("answers", {}).get(mark.question, "")))]
        said += [("A solution", _solution(key, question))] * solutions
        points = "waits for a person" if mark.points is None else f"{mark.points:g} of {mark.of:g} points"
        kept = tuple((label, text) for label, text in said if text)
        yield OnQuestion(question.id, question.title, points, question.answer, kept)


def _on_inputs(question: Question, mark: Mark, record: dict[str, Any]) -> Said:
    """Return what is wrong, the open input that shows it, and how many were right."""
    open_, held_out = record.get("open"), record.get("held_out")
    wrong = mark.points is None or mark.points < mark.of
    named = "Noted by the check" if question.kind == "free" else "What is wrong"
    said = [(named, mark.mistake)] if wrong else [("What is right", "all that was asked for")]
    case = record.get("case")
    if wrong and question.kind not in {"function", "figure"}:
        said += [("Your answer", _given(mark))]
    elif wrong and case and _is_open(question, case):
        said += [("Input", ", ".join(map(shown, case["arguments"]))), ("Expected", shown(case["expected"]))]
        said += [("Yours gave", _given(mark))]
    if question.kind == "function" and open_ and open_[1]:
        said += [("Open inputs", f"{open_[0]} of {open_[1]} right")]
    if held_out and held_out[1]:
        said += [("Inputs held back", f"{held_out[0]} of {held_out[1]} right; they are not shown")]
    return said


def _given(mark: Mark) -> str:
    """Return what an answer gave as a student would type it; the record has it as JSON, which may be cut."""
    try:
        return shown(json.loads(mark.given))
    except (ValueError, RecursionError):
        return mark.given


def _is_open(question: Question, case: dict[str, Any]) -> bool:
    """Return whether the key has this input among the open ones: the record alone is not believed."""
    given = canonical(case["arguments"])
    return any(not one.held_out and canonical(one.arguments) == given for one in question.cases)


def _by_person(question: Question, mark: Mark) -> Said:
    """Return what a person said; the rubric only where they marked by it, for points alone meet nothing and miss it."""
    if not mark.who:
        return []
    changed = mark.automatic is not None and mark.automatic != mark.points
    before = f"; the check had given {mark.automatic:g}" if changed else ""
    items = [
        f"{'✓ met' if number in mark.rubric else '✗ not met'} ({one['points']:g}): {one['say']}"
        for number, one in enumerate(question.rubric)
        if mark.rubric
    ]
    return [("Marked", f"by a person{before}"), ("Rubric", "\n".join(items)), ("Comment", mark.comment)]


def _solution(key: Key, question: Question) -> str:
    """Return the code of the solution, and where the key has none the answer expected of what is not a function."""
    open_ = [] if question.kind == "function" else [one for one in question.cases if not one.held_out]
    return key.solutions.get(question.id) or "".join(shown(one.expected) for one in open_[:1])
