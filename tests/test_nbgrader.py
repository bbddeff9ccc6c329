"""What is released for nbgrader is what its schema 3 asks for, and what it collects is graded."""

import json
import re

import pytest

from toolkit.__main__ import main
from toolkit.exercises.notebook import check_notebook
from toolkit.exercises.question import ENDING, MARKING, read_key
from toolkit.exercises.source import BEGIN, END, read_source, solved
from toolkit.files import course_folder
from toolkit.grading.grade import grade
from toolkit.grading.gradebook import Gradebook

NAME = "a2_tokenising"
SOURCE = course_folder("notebooks") / "assignments" / NAME / "source.ipynb"
REQUIRED = {"schema_version", "grade", "locked", "solution"}
ALLOWED = REQUIRED | {"task", "grade_id", "points", "cell_type"}
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS", re.DOTALL)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    """A course of nbgrader's in which an assignment is released; the key to mark by is in private."""
    folder = tmp_path_factory.mktemp("course")
    assert (
        main(
            ["release", str(SOURCE), "--nbgrader", "--anyway", "-o", str(folder), "--marking", str(folder / "private")]
        )
        == 0
    )
    return folder


def cells(course):
    return json.loads((course / "source" / NAME / f"{NAME}.ipynb").read_text(encoding="utf-8"))["cells"]


def told(cell):
    return cell["metadata"].get("nbgrader", {})


def by_id(course):
    return {told(cell)["grade_id"]: cell for cell in cells(course)}


def handed_in(course, answers):
    """A notebook as nbgrader collects it: without hidden tests, and with a student's text in each cell to solve."""
    made = cells(course)
    for cell in made:
        cell["source"] = HIDDEN.sub("", cell["source"])
        if told(cell)["solution"]:
            cell["source"] = answers[told(cell)["grade_id"]]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def solutions():
    return {one.question.id.replace(".", "-"): solved(one.solution) for one in read_source(SOURCE).questions}


def test_the_source_and_the_open_key_lie_where_nbgrader_looks(course):
    assert sorted(path.name for path in (course / "source" / NAME).iterdir()) == [f"{NAME}.ipynb", f"{NAME}{ENDING}"]
    open_key = read_key(course / "source" / NAME / f"{NAME}{ENDING}")
    assert not any(case.held_out for one in open_key.questions.values() for case in one.cases)
    assert (course / "private" / f"{NAME}{MARKING}").exists()


def test_every_cell_has_what_schema_3_asks_for(course):
    ids = []
    for cell in cells(course):
        states = told(cell)
        assert REQUIRED <= states.keys() <= ALLOWED and states["schema_version"] == 3
        assert all(type(states[name]) is bool for name in ("grade", "locked", "solution", "task"))
        assert re.fullmatch(r"[a-zA-Z0-9_-]+", states["grade_id"]) and states["cell_type"] == cell["cell_type"]
        assert ("points" in states) == states["grade"] and states.get("points", 0) >= 0
        assert not states["task"] and not (states["locked"] and states["solution"])
        assert cell["cell_type"] == "code" or states["locked"]
        ids.append(states["grade_id"])
    assert len(set(ids)) == len(ids)


def test_the_points_are_those_of_the_assignment_and_texts_wait_for_a_person(course):
    key, found = read_key(course / "private" / f"{NAME}{MARKING}"), by_id(course)
    graded = {name: told(cell)["points"] for name, cell in found.items() if told(cell)["grade"]}
    assert sum(graded.values()) == key.points
    for id, question in key.questions.items():
        name = id.replace(".", "-")
        assert BEGIN in found[name]["source"] and END in found[name]["source"]
        assert told(found[name])["grade"] == (question.kind == "free") and not told(found[name])["locked"]
        assert told(found[f"{name}-check"])["locked"]


def test_what_students_get_of_the_tests_tells_no_answer_that_is_to_be_found(course):
    found = by_id(course)
    assert found["a2-2-check"]["source"].endswith(
        '_told = check("a2.2", money_tokens)\nprint(_told)\nassert _told.passed'
    )
    assert HIDDEN.sub("", found["a2-5-check"]["source"]).strip() == 'print(check("a2.5", supported))'
    assert "cases=(Case(" in found["a2-5-check"]["source"]


@pytest.mark.parametrize(("answer", "passes"), [('supported = ["c", "a"]', True), ('supported = ["a"]', False)])
def test_hidden_tests_tell_right_from_wrong(course, answer, passes):
    test = by_id(course)["a2-5-check"]["source"].replace("print(check", "(lambda *_: 0)(print")
    space = {}
    exec(answer, space)
    if passes:
        exec(test, space)
    else:
        with pytest.raises(AssertionError):
            exec(test, space)


def test_a_cell_to_try_things_in_stays_open_to_students(tmp_path):
    source = course_folder("notebooks") / "assignments" / "a4_charting" / "source.ipynb"
    assert (
        main(["release", str(source), "--nbgrader", "--anyway", "-o", str(tmp_path), "--marking", str(tmp_path)]) == 0
    )
    made = json.loads((tmp_path / "source" / "a4_charting" / "a4_charting.ipynb").read_text(encoding="utf-8"))["cells"]
    assert [cell["source"][:12] for cell in made if not told(cell)] == ["# Write here"]


def test_what_nbgrader_collects_is_graded_with_the_right_students_and_marks(course, tmp_path):
    right = solutions()
    works = {
        "berta.k": right,
        "cem": {**right, "a2-1": "mortar = 3", "a2-6": "# YOUR CODE HERE\nraise NotImplementedError()"},
    }
    for student, answers in works.items():
        place = course / "submitted" / student / NAME
        place.mkdir(parents=True)
        (place / f"{NAME}.ipynb").write_text(handed_in(course, answers), encoding="utf-8")
        (place / "timestamp.txt").write_text("2026-10-15 18:00:00.000000 UTC", encoding="utf-8")
    book = Gradebook(tmp_path / "book")
    done = grade(course / "submitted", course / "private" / f"{NAME}{MARKING}", book)
    assert (done.graded, done.refused) == (2, [])
    points = {student: [mark.points for mark in book.marks(NAME, student=student)] for student in works}
    assert points == {"berta.k": [2, 3, 3, 2, 2, None, None], "cem": [0, 3, 3, 2, 2, 0, None]}
    assert book.graded("berta.k", NAME)["notes"] == []


def test_what_is_handed_in_is_checked_as_any_notebook_is(course, tmp_path):
    notebook = tmp_path / f"{NAME}.ipynb"
    notebook.write_text(handed_in(course, solutions()), encoding="utf-8")
    assert check_notebook(notebook, course / "private" / f"{NAME}{MARKING}").stopped == ()
