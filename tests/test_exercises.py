"""Every exercise is healthy, and three students play it: one who solves all, one who errs, one who gives up."""

import importlib.util
import json
import re
from pathlib import Path

import pytest

from toolkit.exercises.checking import check, hint, progress, solution
from toolkit.exercises.doctor import doctor
from toolkit.exercises.notebook import check_notebook
from toolkit.exercises.question import KINDS
from toolkit.exercises.release import built, release
from toolkit.exercises.source import read_source
from toolkit.files import course_folder

SOURCES = sorted((course_folder("notebooks") / "exercises").glob("*.ipynb"))
NAMES = ["00_practice", "01_reading", "02_tokenising", "03_summarising", "04_charting"]


@pytest.fixture(scope="module", params=SOURCES, ids=lambda path: path.stem)
def exercise(request, tmp_path_factory):
    """A source notebook, the folder in which it is released, its key, and the answers of its solutions."""
    folder = tmp_path_factory.mktemp(request.param.stem)
    release(request.param, folder)
    return request.param, folder, *built(read_source(request.param))


@pytest.fixture
def student(exercise, monkeypatch):
    """A student who sits in the folder of an exercise and has done nothing yet."""
    source, folder, key, answers = exercise
    (folder / "my-progress.json").unlink(missing_ok=True)
    monkeypatch.chdir(folder)
    return source, key, answers


def wrong_answers(source):
    path = Path(__file__).parent / "wrong_answers" / f"{source.stem}.py"
    spec = importlib.util.spec_from_file_location("wrong_answers", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.WRONG


def test_the_exercises_are_complete_and_have_questions_of_every_kind():
    assert [path.stem for path in SOURCES] == NAMES
    questions = [written.question for path in SOURCES for written in read_source(path).questions]
    assert {question.kind for question in questions} == set(KINDS)
    assert all(len(read_source(path).questions) >= 8 for path in SOURCES[1:])
    assert sum(len(wrong_answers(path)) for path in SOURCES) >= 60


def test_the_doctor_finds_nothing(exercise):
    assert doctor(exercise[0]) == []


def test_who_solves_all_sees_it_and_is_shown_the_way(student):
    _, key, answers = student
    for number, (id, answer) in enumerate(answers.items(), 1):
        told = check(id, answer)
        assert told.passed and repr(told).startswith("✓ Right"), told
        assert repr(progress()).startswith(f"{number} of {len(key.questions)}")
    assert "All is done" in repr(progress())


def test_who_errs_is_told_what_is_wrong_in_the_words_of_the_field(student):
    source, _, answers = student
    for id, answer in answers.items():
        check(id, answer)  # what later questions build on is solved
    for id, answer, said in wrong_answers(source):
        told = check(id, answer)
        assert not told.passed and said in repr(told), f"{id}: {told}"


def test_who_gives_up_gets_three_hints_and_then_the_solution(student):
    _, key, answers = student
    for question in key.questions.values():
        hints = [repr(hint(question.id)) for _ in question.hints]
        assert len(set(hints)) == len(hints)
        attempts = 0
        while "A solution of" not in (shown := repr(solution(question.id))):
            assert "more attempt" in shown and attempts < question.attempts
            check(question.id, None)
            attempts += 1
        assert key.solutions[question.id].split("\n")[-1].strip() in shown
        check(question.id, answers[question.id])
    assert "after seeing the solution" in repr(progress())


def test_the_students_copy_has_no_solution_and_checks_as_a_whole(student, tmp_path):
    source, key, _ = student
    copy = json.loads(Path(f"{key.name}.ipynb").read_text())
    text = "\n".join("".join(cell["source"]) for cell in copy["cells"])
    assert "BEGIN SOLUTION" not in text and all(cell["metadata"] == {} for cell in copy["cells"])
    for id in key.questions:
        assert text.count(f'check("{id}", ') == 1
    assert all(
        earned == 0 or "notebook" in key.questions[id].kind
        for id, (earned, _, _) in check_notebook(f"{key.name}.ipynb").points.items()
    )
    solved = tmp_path / f"{source.stem}.ipynb"
    solved.write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    assert check_notebook(solved, f"{key.name}.key.json").complete


def test_the_same_source_gives_the_same_bytes(exercise, tmp_path):
    source, folder, *_ = exercise
    for path in release(source, tmp_path):
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_the_readme_shows_what_a_student_sees(tmp_path, monkeypatch):
    release(SOURCES[2], tmp_path)
    monkeypatch.chdir(tmp_path)
    told = repr(check("2.12", lambda text: re.findall("[a-z]+", text.lower())))
    assert told in (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
