"""The page for teachers who grade is followed: its own assignment, its commands, and the numbers that it states."""

import re
from pathlib import Path

import pytest

from tests.writing import notebook_of
from toolkit.__main__ import main
from toolkit.exercises.question import Question, read_key
from toolkit.exercises.running import SECONDS
from toolkit.exercises.source import read_source, solved
from toolkit.files import MAX_BYTES
from toolkit.grading import running, sealing
from toolkit.grading.archives import MAX_MEMBERS
from toolkit.grading.gradebook import Gradebook

DOCS = Path(__file__).parents[1] / "docs"
PAGE = (DOCS / "grading.md").read_text(encoding="utf-8")


@pytest.fixture
def source(tmp_path, monkeypatch):
    """A teacher's folder with the assignment that the page writes."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a5_titles.ipynb"
    path.write_text(notebook_of(PAGE), encoding="utf-8")
    return path


def test_the_assignment_of_the_page_goes_the_whole_way(source, capsys):
    assert main(["doctor", source.name]) == 0 and "is healthy" in capsys.readouterr().out
    assert main(["holdout", "desk", "--seed", "4711"]) == 0
    assert main(["release", source.name, "--held-out", "held-out.jsonl"]) == 0
    key = read_key(Path("for-marking/a5_titles.marking.json"))
    assert [case.held_out for case in key.questions["a5.1"].cases] == [False] * 3 + [True] * 6
    assert (key.questions["a5.1"].seconds, key.terms["weight"]) == (5, 10)
    right = [solved(one.solution) for one in read_source(source).questions]
    hand_in("ada", *right)
    hand_in("ben", right[0].replace("> 5", ">= 5"), right[1])
    assert main(["grade", "handed-in", "--received", "2026-10-16T09:00"]) == 0
    assert "2 graded (strong)" in capsys.readouterr().out
    for student in ("ada", "ben"):
        assert main(["mark", "a5_titles", "a5.2", student, "2", "--who", "A. Berg"]) == 0
    assert main(["export", "a5_titles"]) == 0 and main(["feedback", "a5_titles"]) == 0
    ada, ben = Path("marks-a5_titles.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert ada == "ada,,3,2,1,4.5,"  # one day late
    page = Path("feedback/a5_titles/ben.html").read_text(encoding="utf-8")
    assert "Words of exactly five letters are in your list" in page and float(ben.split(",")[2]) < 3
    assert main(["regrade"]) == 0 and "no mark moves" in capsys.readouterr().out
    assert main(["log", "ada"]) == 0 and not Gradebook("gradebook").verify()


def hand_in(student, *cells):
    Path("handed-in").mkdir(exist_ok=True)
    (Path("handed-in") / f"{student}.py").write_text("\n\n# %%\n".join(cells), encoding="utf-8")


def test_every_command_of_the_page_is_understood(monkeypatch):
    commands = re.findall(r"^python3 start\.py (.+)$", PAGE, re.MULTILINE)
    assert len(commands) > 15
    for command in commands:
        with pytest.raises(SystemExit, match="0"):  # -h, once all words before it are known
            main([*re.findall(r'"[^"]+"|\S+', command), "-h"])


def test_the_numbers_of_the_page_are_those_of_the_code():
    question = Question("1", "value", "a")
    stated = [
        (f"{running.CELL:g} seconds; all cells {running.LOADING:g}", "a cell"),
        (f"{SECONDS:g} seconds", "a call of a function"),
        (f"{question.seconds:g} seconds for all its inputs", "a question"),
        (f"{running.TOTAL:g} seconds", "a submission"),
        (f"{sealing.MEMORY / 1e9:g} GB a process", "memory"),
        (f"{sealing.PROCESSES} processes", "memory"),
        (f"{sealing.ROOM[:-1]} MB for files", "memory"),
        (f"{MAX_BYTES / 1e6:g} MB; {MAX_MEMBERS:,} files", "a file handed in"),
    ]
    for what, row in stated:
        assert what in re.search(rf"^\| {row} \|(.*)$", PAGE, re.MULTILINE)[1]


def test_the_tests_that_the_threat_model_names_exist():
    page = (DOCS / "threat-model.md").read_text(encoding="utf-8")
    files = {path.name: path.read_text(encoding="utf-8") for path in Path(__file__).parent.rglob("test_*.py")}
    named = re.findall(r"`(test_[a-z_]+\.py)`", page)
    assert len(named) > 5 and {*named} <= {*files}
    tests = "\n".join(files.values())
    for test in re.findall(r"`(test_[a-z0-9_]+)`", page):
        assert f"def {test}(" in tests, test
