"""The assignments on summarising and charting are healthy, give nothing away, and mark by texts nobody has seen."""

import json
import re

import pytest

from toolkit import load, split_sentences, support
from toolkit.exercises.checking import check
from toolkit.exercises.doctor import doctor
from toolkit.exercises.judging import judge
from toolkit.exercises.notebook import check_notebook
from toolkit.exercises.question import MARKING, read_key
from toolkit.exercises.release import built, release
from toolkit.exercises.source import read_source
from toolkit.files import course_folder

SOURCES = [
    course_folder("notebooks") / "assignments" / name / "source.ipynb" for name in ("a3_summarising", "a4_charting")
]
WEIGHTS = {"a1_reading": 20, "a2_tokenising": 25, "a3_summarising": 30, "a4_charting": 25}
HELD_OUT = ("The probe waits in Kiruna. No probe has waited there longer.", "A second text. It is short.")


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.parent.name)
def assignment(request, tmp_path_factory):
    """A source, the folder with what students get, the key to mark by, and the answers of its solutions."""
    folder = tmp_path_factory.mktemp(request.param.parent.name)
    *_, marking = release(request.param, folder / "students", held_out=HELD_OUT, marking=folder / "teacher")
    return request.param, folder / "students", read_key(marking), built(read_source(request.param))[1]


def test_the_doctor_finds_nothing(assignment):
    assert doctor(assignment[0]) == []


def test_it_has_twenty_points_two_free_texts_with_rubrics_and_functions_on_held_out_texts(assignment):
    source, _, key, _ = assignment
    questions = list(key.questions.values())
    assert key.points == read_source(source).points == 20 and 6 <= len(questions) <= 8
    free = [one for one in questions if one.kind == "free"]
    assert len(free) == 2 and all(sum(item["points"] for item in one.rubric) == one.points for one in free)
    assert sum(any(case.held_out for case in one.cases) for one in questions) >= 2
    assert all(2 <= len(one.says) <= 7 for one in questions if one.kind != "free")
    assert key.terms["weight"] == WEIGHTS[key.name] and sum(WEIGHTS.values()) == 100


def test_the_students_get_no_solution_no_held_out_text_and_no_expected_value_but_of_functions(assignment):
    source, students, *_ = assignment
    (copy,), (opened,) = students.glob("*.ipynb"), students.glob("*.key.json")
    given = copy.read_text(encoding="utf-8") + opened.read_text(encoding="utf-8")
    assert not list(students.glob("*.solutions.json")) and MARKING not in given and "Kiruna" not in given
    for one in read_key(opened).questions.values():
        assert all(not case.held_out for case in one.cases) and bool(one.cases) == (one.kind == "function")
        assert not one.rubric
    for written in read_source(source).questions:
        inside = re.search(r"BEGIN SOLUTION\n(.*?)\n *### END", written.solution, re.DOTALL)[1]
        lines = [line.strip() for line in inside.split("\n") if len(line.strip()) > 24]
        cells = ["".join(cell["source"]) for cell in json.loads(copy.read_text(encoding="utf-8"))["cells"]]
        assert lines and not [line for line in lines for cell in cells if line in cell]


def test_the_solutions_earn_all_that_a_machine_can_give(assignment, monkeypatch):
    _, students, key, answers = assignment
    monkeypatch.chdir(students)
    for id, question in key.questions.items():
        assert judge(question, answers[id]).passed, id
        assert check(id, answers[id]).passed == (question.kind == "function")


def test_typical_mistakes_are_told_from_the_answer_on_open_inputs(assignment):
    """A student sees what is wrong on the open inputs, before the held-out ones count."""
    *_, key, _ = assignment
    for question in key.questions.values():
        for number in range(len(question.says)):
            wrong = [case.wrong[number] != case.expected for case in question.cases if not case.held_out]
            assert any(wrong), (question.id, question.says[number])


def test_an_answer_that_knows_the_open_inputs_by_heart_fails(assignment):
    *_, key, _ = assignment
    for question in (one for one in key.questions.values() if one.kind == "function"):
        known = {json.dumps(case.arguments): case.expected for case in question.cases if not case.held_out}
        verdict = judge(question, lambda *given, known=known: known.get(json.dumps(given)))
        assert not verdict.passed and verdict.case.held_out, question.id


def test_the_unsolved_copy_earns_nothing(assignment):
    _, students, key, _ = assignment
    checked = check_notebook(students / f"{key.name}.ipynb")
    assert not any(earned for earned, _, _ in checked.points.values())


def test_the_guide_speaks_of_every_question_and_says_what_is_public(assignment):
    source, _, key, _ = assignment
    guide = source.with_name("guide.md").read_text(encoding="utf-8")
    for id in key.questions:
        assert re.search(rf"^### {re.escape(id)} ", guide, re.MULTILINE), id
    assert "public" in guide and "held-out" in guide
    for command in ("holdout", "release", "grade", "mark", "feedback", "export"):
        assert re.search(rf"python3 start.py {command}\b", guide), command


def test_the_checker_passes_over_the_three_sentences_as_the_assignment_says():
    space = {}
    for cell, _ in read_source(SOURCES[0]).cells:
        if "fluent = (" in cell["source"]:
            exec(cell["source"], {"desk": load("desk"), "split_sentences": split_sentences}, space)
    found = support(space["fluent"], space["lander"])
    assert len(found) == 6 and all(one.supported for one in found)
