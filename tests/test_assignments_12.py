"""The assignments are healthy, hold nothing that a student should not see, and name what a class gets wrong."""

import json

import pytest

from toolkit.exercises.doctor import doctor
from toolkit.exercises.judging import judge
from toolkit.exercises.question import ENDING, MARKING, read_key
from toolkit.exercises.release import built, release
from toolkit.exercises.source import BEGIN, END, read_source
from toolkit.files import course_folder

NAMES = ["a1_reading", "a2_tokenising"]
HELD_OUT = ["ESA waited. “We hope,” said Roscosmos, “that ESA, the agency, pays €1.3m.”", "The crew left the arm."]


@pytest.fixture(scope="module", params=NAMES)
def assignment(request, tmp_path_factory):
    """An assignment: its folder, its source, the folder in which it is released, and that with the key to mark by."""
    place, out = course_folder("notebooks") / "assignments" / request.param, tmp_path_factory.mktemp(request.param)
    release(place / "source.ipynb", out / "open", held_out=HELD_OUT, marking=out / "private")
    return place, read_source(place / "source.ipynb"), out / "open", out / "private"


def test_the_doctor_finds_nothing(assignment):
    assert doctor(assignment[0] / "source.ipynb") == []


def test_there_are_twenty_points_eight_of_them_for_two_texts(assignment):
    _, source, _, _ = assignment
    questions = [written.question for written in source.questions]
    texts = [question for question in questions if question.kind == "free"]
    assert source.points == sum(question.points for question in questions) == 20
    assert [sum(one["points"] for one in question.rubric) for question in texts] == [4, 4]
    assert all(3 <= len(question.rubric) <= 5 for question in texts)
    assert [question.id.partition(".")[0] for question in questions] == [source.name[:2]] * len(questions)


def test_the_weights_do_not_exceed_the_course():
    sources = sorted((course_folder("notebooks") / "assignments").glob("*/source.ipynb"))
    weights = {(read := read_source(path)).name: read.terms["weight"] for path in sources}
    assert (weights["a1_reading"], weights["a2_tokenising"]) == (20, 25)
    assert sum(weights.values()) == 100 if len(weights) == 4 else sum(weights.values()) < 100


def test_students_get_no_solution_and_nothing_held_out(assignment):
    _, source, folder, _ = assignment
    given = "".join(path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()))
    assert [path.name for path in sorted(folder.iterdir())] == [f"{source.name}.ipynb", f"{source.name}{ENDING}"]
    assert BEGIN not in given
    for written in source.questions:
        solution = written.solution.partition(BEGIN)[2].partition(END)[0]
        told = [line.strip() for line in solution.splitlines() if len(line.strip()) > 14]
        assert [line for line in told if json.dumps(line, ensure_ascii=False)[1:-1] in given] == []
    for question in read_key(folder / f"{source.name}{ENDING}").questions.values():
        assert not any(case.held_out for case in question.cases)
        assert bool(question.cases) == (question.kind == "function")
        assert question.rubric == ()


def test_at_least_two_functions_are_marked_on_held_out_texts(assignment):
    _, source, _, private = assignment
    questions = read_key(private / f"{source.name}{MARKING}").questions.values()
    functions = [question for question in questions if question.kind == "function"]
    assert len(functions) >= 2
    assert all(sum(case.held_out for case in one.cases) >= len(HELD_OUT) for one in functions)


def test_the_solutions_earn_all_and_every_mistake_is_told_apart(assignment):
    _, source, _, private = assignment
    _, answers = built(source, HELD_OUT)
    for key, question in read_key(private / f"{source.name}{MARKING}").questions.items():
        assert judge(question, answers[key]).passed
        assert 2 <= len(question.says) <= 5 or question.kind == "free"
        wrong = [json.dumps([case.wrong[number] for case in question.cases]) for number in range(len(question.says))]
        assert len(set(wrong)) == len(wrong)


def test_the_model_texts_are_as_long_as_asked_for(assignment):
    _, source, _, _ = assignment
    _, answers = built(source)
    texts = [written.question for written in source.questions if written.question.kind == "free"]
    assert all(question.least_words <= len(answers[question.id].split()) <= 120 for question in texts)


def test_the_guide_speaks_of_every_question_and_of_what_guards_the_marks(assignment):
    place, source, _, _ = assignment
    guide = (place / "guide.md").read_text(encoding="utf-8")
    assert all(f"### {one.question.id} {one.question.title} (" in guide for one in source.questions)
    assert "public" in guide
    assert all(f"start.py {command}" in guide for command in ("holdout", "release", "grade", "mark", "feedback"))
    assert guide.count(source.name) >= 3
