"""Checks made from a solution: what is compared, what a student's code may do, what is kept, what the doctor says."""

import json
import os
import random
import re
import signal
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import pytest

from tests.writing import notebook_of
from toolkit.__main__ import main
from toolkit.charts import chart_terms
from toolkit.datasets import load
from toolkit.exercises.checking import check, hint, progress, solution
from toolkit.exercises.comparing import compared
from toolkit.exercises.doctor import doctor
from toolkit.exercises.judging import judge
from toolkit.exercises.plain import NotPlain, plain, restored
from toolkit.exercises.progress import FILE, Progress
from toolkit.exercises.question import Case, Question
from toolkit.exercises.release import release
from toolkit.exercises.running import ran
from toolkit.files import BadInput
from toolkit.tokens import tokenize, words

PAGE = (Path(__file__).parents[1] / "docs" / "exercises.md").read_text(encoding="utf-8")


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "07_titles.ipynb"
    path.write_text(notebook_of(PAGE), encoding="utf-8")
    return path


@pytest.fixture
def home(source, tmp_path, monkeypatch):
    """The folder of a student who was given the exercise that docs/exercises.md writes."""
    monkeypatch.chdir(release(source, tmp_path / "student")[0].parent)
    return Path.cwd()


def changed(source, old, new, count=1):
    text = notebook_of(PAGE.replace(old, new, count))
    assert text != notebook_of(PAGE)
    source.write_text(text, encoding="utf-8")
    return source


# The page for teachers is followed


def test_the_page_for_teachers_works_as_it_says(source, tmp_path, capsys):
    assert main(["doctor", str(source)]) == 0 and "is healthy" in capsys.readouterr().out
    assert main(["release", str(source), "-o", str(tmp_path / "class")]) == 0
    assert {path.name for path in (tmp_path / "class").iterdir()} == {
        "07_titles.ipynb", "07_titles.key.json", "07_titles.solutions.json"}  # fmt: skip
    assert "def " not in (tmp_path / "class" / "07_titles.key.json").read_text()
    assert main(["check", str(tmp_path / "class" / "07_titles.ipynb")]) == 1
    assert "✗ 7.1  0 of 1" in (out := capsys.readouterr().out) and "0 of 3 points" in out
    assert main(["check", str(source), "--key", str(tmp_path / "class" / "07_titles.key.json")]) == 0
    assert "3 of 3 points" in capsys.readouterr().out


def test_a_student_is_told_the_mistake_that_the_teacher_foresaw(home):
    title = load("desk")["2022-07-12-wire"].title
    assert "That is the number of characters" in repr(check("7.1", len(title)))
    assert check("7.1", len(words(title))).passed
    told = check("7.2", lambda found: [word for word in found if len(word) > 4])
    assert "more than five is > 5" in repr(told)
    assert dict(told.rows)["given"] in repr(told) and "expected" in dict(told.rows)


# Answers become plain values


def test_an_answer_of_any_type_is_compared_by_what_it_holds():
    class Loud(str):
        def __eq__(self, other):
            return True

        def __hash__(self):
            return 1

        def __repr__(self):
            return "right"

    assert plain([np.int64(2), np.float64(0.5), np.array([1, 2]), (1, True)]) == [2, 0.5, [1, 2], [1, True]]
    assert plain(Counter("aab")) == {"a": 2, "b": 1} and plain(pd.Series({"a": 1})) == {"a": 1}
    assert type(plain(Loud("x"))) is str and not compared({"name": "exact"}, "y", plain(Loud("x")))
    table = pd.DataFrame({"day": pd.to_datetime(["2022-07-12"]), "n": [1]})
    assert plain(table) == {"$table": {"columns": ["day", "n"], "rows": [["2022-07-12", 1]]}}
    assert restored(plain(table)).shape == (1, 2) and restored(plain({1, 2})) == {1, 2}
    assert plain(tokenize("An arm"))[1] == ["arm", 3, 6]
    assert plain(float("nan")) == {"$number": "nan"}


@pytest.mark.parametrize(
    "answer, said",
    [
        (..., "write yours"),
        ((word for word in "ab"), "put list(…) around it"),
        (words, "the function words itself"),
        (object(), "cannot be compared"),
        (list(range(300_000)), "more than 200,000 values"),
        ("x" * 3_000_000, "more than 2,000,000 characters"),
        (10**400, "300 digits"),
    ],
)
def test_what_cannot_be_compared_is_told(answer, said):
    with pytest.raises(NotPlain, match=said.replace("(", r"\(").replace(")", r"\)")):
        plain(answer)


@pytest.mark.parametrize(
    "comparator, expected, given, score",
    [
        ("exact", [1, "a"], [1.0, "a"], 1),
        ("exact", 1, True, 0),
        ("exact", None, 0, 0),
        ("exact", {"$number": "nan"}, {"$number": "nan"}, 1),
        ("unordered", ["a", "b"], {"$set": ["b", "a"]}, 1),
        ("multiset", ["a", "b"], ["b", "a", "a"], 0),
        ("unordered", {"a": 1, "b": 2}, {"b": 2.0, "a": 1}, 1),
        ("unordered", {"a": 1, "b": 2}, {"b": 1, "a": 2}, 0),
        ("unordered", {"$set": [1, 2]}, [2.0, 1], 1),
        ("unordered", {"a": 1}, ["a"], 0),
        ("multiset", {"a": 1, "b": [2]}, {"b": [3], "a": 1}, 0),
        ("f1", {"a": 1, "b": 2}, {"a": 1, "b": 3}, 1 / 2),
        ("f1", {"a": 1, "b": 2}, {"a": 1}, 2 / 3),
        ("f1", {}, {}, 1),
        ("f1", ["a", "b"], ["a"], 2 / 3),
        ("f1", [], [], 1),
        ("f1", ["a"], [], 0),
        ("spans", [[0, 4, "who"]], [[0, 4, "what"]], 0),
        ("spans", [[0, 4]], "0-4", 0),
        ("spans", [[0, 4]], [[0, 4.0], [0, "4"]], 0),
        ("text", "Die Kündigung", "die kundigung!", 1),
        ("text", "x", 3, 0),
        ("pattern", r"\d+ articles?", "518 articles", 1),
        ("pattern", "(a+)+b", "a" * 25, 0),
        (
            "table",
            {"$table": {"columns": ["n"], "rows": [[1], [2]]}},
            {"$table": {"columns": ["n"], "rows": [[2], [1]]}},
            1,
        ),
    ],
)
def test_comparators_give_a_share_of_the_points(comparator, expected, given, score):
    assert compared({"name": comparator}, expected, given) == pytest.approx(score)


def test_a_comparator_takes_options_and_may_be_the_teachers_own():
    assert compared({"name": "close", "abs": 0.1}, [0.5], [0.55]) == 1
    assert compared({"name": "spans", "slack": 1}, [[1, 4], [2, 5]], [[2, 5], [0, 3]]) == 1
    rows = {"$table": {"columns": ["n"], "rows": [[1], [2]]}}, {"$table": {"columns": ["n"], "rows": [[2], [1]]}}
    assert compared({"name": "table", "rows": True}, *rows) == 0
    assert compared({"name": "operator:ne"}, 1, 2) == 1
    with pytest.raises(ValueError, match="no comparator nowhere:at_all"):
        compared({"name": "nowhere:at_all"}, 1, 1)
    with pytest.raises(ValueError, match="did you mean 'exact'"):
        compared({"name": "exakt"}, 1, 1)


def test_a_chart_is_compared_by_what_it_shows_and_by_what_misleads():
    right, cut = chart_terms({"mars": 3, "esa": 2}), chart_terms({"mars": 3, "esa": 2}).update_xaxes(range=[1, 4])
    assert compared({"name": "figure"}, plain(right), plain(chart_terms({"mars": 3, "esa": 2}, title="Mine"))) == 1
    assert compared({"name": "figure"}, plain(right), plain(cut)) == 0
    packed = pd.DataFrame({"word": ["mars", "esa"], "n": [3, 2]})
    own = go.Figure(go.Bar(x=packed["n"], y=packed["word"], orientation="h")).update_xaxes(title_text="occurrences")
    assert compared({"name": "figure"}, plain(right), plain(own)) == 1
    assert compared({"name": "figure"}, plain(own), plain(go.Figure())) == 0
    assert compared({"name": "figure", "misleads": True}, plain(right), plain(cut)) == 1
    assert compared({"name": "figure"}, plain(right), plain(chart_terms({"mars": 3, "esa": 1}))) == 0


# A student's code is called


def endless(_text):
    while True:
        pass


def stubborn(_text):
    while True:
        try:  # noqa: SIM105 - as students write it
            time.sleep(0.001)
        except BaseException:
            pass


def counts_its_calls(_text, seen=[]):  # noqa: B006
    seen.append(1)
    return len(seen)


@pytest.mark.parametrize(
    "function, said",
    [
        (endless, "stopped after 0.2 seconds"),
        (stubborn, "stopped after 0.2 seconds"),
        (counts_its_calls, "two different answers"),
        (lambda text: random.random(), "draws by lot"),
        (lambda text: print(text * 10_000), "write return in place of print"),
        (lambda text: (c for c in text), "a generator"),
        (lambda: 1, "takes 0 parameters and is called with 1"),
        (lambda text: 1 / 0, "divided by 0"),
        (lambda text: unknown_name, "NameError"),  # noqa: F821
        (lambda text: sys.exit(), "write return to end"),
        (lambda text: text + 1, "do not go together"),
        (lambda text: object(), "cannot be compared"),
    ],
)
def test_what_goes_wrong_in_a_students_function_is_explained(function, said):
    assert said in ran(function, ["mars"], seconds=0.2).problem


def test_a_changed_input_is_told_and_no_case_sees_what_another_did():
    assert "changes the list" in ran(lambda found: found.append("x") or found, [["a"]]).problem
    assert ran(sorted, [["b", "a"]]).value == ["a", "b"]


def test_ctrl_c_still_interrupts_and_a_limit_leaves_nothing_behind():
    def interrupted(_text):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ran(interrupted, ["a"])
    ran(endless, ["a"], seconds=0.1)
    time.sleep(0.2)  # an interrupt that comes late would stop this test


@pytest.mark.parametrize("hair", range(-12, 13))
def test_a_function_that_ends_just_when_its_time_does_leaves_nothing_behind(hair):
    before, threads = signal.getsignal(signal.SIGINT), threading.active_count()

    def almost(_text):
        end = time.perf_counter() + 0.01 + hair * 2e-5
        while time.perf_counter() < end:
            pass
        return 1

    for _ in range(3):
        result = ran(almost, ["a"], seconds=0.01)
        assert result.value == 1 or result.problem
    assert signal.getsignal(signal.SIGINT) is before
    assert threading.active_count() == threads and sys.gettrace() is None


def test_where_the_system_has_no_alarm_a_thread_stops_what_never_ends(monkeypatch):
    monkeypatch.setattr("toolkit.exercises.running.ALARM", signal.SIGINT)
    monkeypatch.delattr(signal, "setitimer")
    assert "stopped after 0.1 seconds" in ran(endless, ["a"], seconds=0.1).problem
    assert ran(len, ["mars"], seconds=0.1).value == 4


def test_a_limit_in_a_limit_keeps_both_and_in_a_thread_there_is_none():
    def nested(_text):
        while True:
            ran(endless, ["a"], seconds=0.02)

    assert "stopped after 0.3 seconds" in ran(nested, ["a"], seconds=0.3).problem
    with ThreadPoolExecutor() as pool:
        assert pool.submit(ran, len, ["mars"]).result().value == 4


def test_a_variable_from_outside_is_named(home):
    check("7.1", len(words("x")))
    space = {"text": ["a", "rocket"]}
    exec("def long_words(found):\n    return [w for w in text if len(w) > 5]", space)
    Progress().note("7.1", attempt=True, score=1.0)
    assert "reads text, which is made outside" in repr(check("7.2", space["long_words"]))
    exec("def long_words(found):\n    return [found.text] if hasattr(found, 'text') else []", space)
    assert "made outside" not in repr(check("7.2", space["long_words"]))


# What a student sees and keeps


def test_questions_wait_for_those_they_build_on_and_an_untouched_one_is_no_attempt(home):
    assert "waits" in repr(check("7.2", ...)) and "still …" in repr(check("7.1", ...))
    assert not (home / FILE).exists() or Progress()["7.1"].attempts == 0


def test_three_hints_then_the_solution(home):
    first, second, third, again = (repr(hint("7.1")) for _ in range(4))
    assert first.startswith("Hint 1 of 3 for 7.1. A nudge") and "Where to look" in second
    assert "    len(words(article.text))" in third and again == third
    assert "after 3 more attempts" in repr(solution("7.1"))
    for _ in range(3):
        check("7.1", 99)
    assert "title_words = len(words(article.title))" in repr(solution("7.1"))


def test_what_is_shown_is_text_and_never_markup(home):
    told = check("7.1", "<script>alert(1)</script>")
    assert "<script>" not in told._repr_html_() and "&lt;script&gt;" in told._repr_html_()
    assert 'role="status"' in told._repr_html_() and "✗ Not yet" in told._repr_html_()


def test_progress_survives_two_notebooks_a_broken_file_and_a_full_disk(home, monkeypatch):
    one, two = Progress(), Progress()
    one.note("7.1", attempt=True, score=1.0)
    two.note("7.2", attempt=True)
    assert Progress()["7.1"].score == 1 and Progress()["7.2"].attempts == 1
    copy = home / "my-progress (1).json"
    copy.write_bytes((home / FILE).read_bytes())
    (home / FILE).write_text('{"progress": 1, "questions": {"7.2": {"att')
    assert "kept as my-progress-unreadable.json" in repr(check("7.1", 99))
    (home / FILE).write_text('{"progress": 1, "questions": {"7.2": {"att')
    broken = Progress()
    assert "kept as my-progress-unreadable.json" in broken.trouble and (home / "my-progress-unreadable.json").exists()
    assert broken["7.1"].score == broken.note("7.1").score == 1  # from the copy, and now in the file too

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    told = check("7.2", len)
    assert "progress is not saved" in repr(told) and json.loads((home / FILE).read_text())
    monkeypatch.undo()


@pytest.mark.parametrize(
    "call, said",
    [
        (lambda: check("7.9", 1), "there are 7.1, 7.2"),
        (lambda: hint(7.1), 'give the number of the question in quotation marks: hint("1.1")'),
        (lambda: solution("71"), "did you mean '7.1'"),
    ],
)
def test_a_wrong_number_is_answered_with_the_numbers_there_are(home, call, said):
    with pytest.raises((BadInput, TypeError)) as raised:
        call()
    assert said in str(raised.value)


def test_without_a_key_one_sentence_says_where_exercises_are(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadInput, match=r"there is no file .key.json"):
        progress()
    (tmp_path / "x.key.json").write_text("{}")
    with pytest.raises(BadInput, match="build it again"):
        check("1.1", 1)


# The doctor

MARK, LINE = "### BEGIN SOLUTION", "return [word for word in found if len(word) > 5]"


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("points: 3", "points: 4", "the points add up to 3"),
        ('question: "7.2"', 'question: "7.1"', "2 questions have this id"),
        ('depends_on: ["7.1"]', 'depends_on: ["7.5"]', "depends on 7.5"),
        ("len(word) > 5]", "len(word) > 5] + [str(id(object()))]", "two different answers"),
        ("return [word for word in found if len(word) > 5]", "return list(set(found))", "another answer at every run"),
        (f"    {MARK}\n    {LINE}", f"    {LINE}\n    {MARK}", "passes before anything is written"),
        ("of a word, and", "of return [word for word in found if len(word) > 5]", "contains a line of the solution"),
        ('{words: 2022-07-12-wire}', '[]', "answer [] for every input") ,
        ("if len(word) >= 5]", "if len(word) > 5]", "gives the right answer for every input"),
        ("  - A list can be made from a list, with a condition.\n", "", "2 hints and needs three"),
        ("## 7.1 One title", "#### 7.1 One title", "is of level 4, after one of level 1"),
        ("Six desks wrote", "![](chart.png) Six desks wrote", "no alternative text"),
        ("answer: long_words", "answer: longwords", "its solution defines no longwords"),
        ("kind: number", "kind: numbr", "did you mean 'number'"),
        ("hints:", "hint:", "did you mean 'hints'"),
    ],
)  # fmt: skip
def test_the_doctor_refuses_what_would_hurt_a_class(source, old, new, said):
    if "[]" in new and "words" in old:
        page = re.sub(r'  - \[\["a", .*\n|  - {generate.*\n', "", PAGE)
        source.write_text(notebook_of(page.replace(old, new)), encoding="utf-8")
    else:
        changed(source, old, new)
    try:
        told = "\n".join(doctor(source))
    except BadInput as error:
        told = str(error)
    assert said in told, told


@pytest.mark.parametrize(
    "text, said",
    [("", "is empty"), ("{", "no notebook"), ('{"cells": 3}', "no notebook"),
     (notebook_of("```yaml\nquestion: [\n```"), "YAML"),
     (notebook_of('```yaml\nquestion: "1"\nkind: value\nanswer: x\n```'), "no code cell")],
)  # fmt: skip
def test_a_broken_source_is_one_line_on_the_command_line(tmp_path, capsys, text, said):
    path = tmp_path / "x.ipynb"
    path.write_text(text)
    for command in ("doctor", "release"):
        assert main([command, str(path)]) == 2
        assert said in (told := capsys.readouterr().err) and told.count("\n") == 1 and "Traceback" not in told


def test_a_notebook_that_stops_loops_or_ends_python_is_checked_or_refused_in_one_sentence(home, monkeypatch, capsys):
    copy = json.loads((home / "07_titles.ipynb").read_text())
    code = [cell for cell in copy["cells"] if cell["cell_type"] == "code"]
    code[1]["source"] = "1 / 0"
    (home / "07_titles.ipynb").write_text(json.dumps(copy))
    assert main(["check", "07_titles.ipynb"]) == 1
    assert "code cell 2 stops with ZeroDivisionError" in (out := capsys.readouterr().out) and "no title_words" in out
    for end in ("", "os.write(1, b'5'); "):
        code[1]["source"] = f"import os; {end}os._exit(0)"
        (home / "07_titles.ipynb").write_text(json.dumps(copy))
        assert main(["check", "07_titles.ipynb"]) == 2
        assert "ended Python" in capsys.readouterr().err


def test_the_copy_for_students_never_replaces_the_source(source, capsys):
    before = source.read_bytes()
    assert main(["release", str(source), "-o", str(source.parent)]) == 2
    assert "would replace 07_titles.ipynb itself" in capsys.readouterr().err and source.read_bytes() == before
    changed(source, "points: 3", "points: 4")
    assert main(["release", str(source), "-o", str(source.parent / "class")]) == 2
    assert "the points add up to 3" in capsys.readouterr().err and not (source.parent / "class").exists()


@pytest.mark.parametrize(
    "kind, expected, answer, said",
    [
        ("number", 33.5, (33, 5), "a point, as in 33.5"),
        ("number", 33.5, None, "is None, which is nothing: was it made with print(…)?"),
        ("number", 33.5, go.Figure(), "a chart, and none is asked for"),
        ("text", ["London", "the City"], "Paris", "This is not the answer expected"),
        ("text", ["London", "the City"], 3, "write it between quotation marks"),
    ],
)
def test_answers_of_the_wrong_kind_are_told_what_they_are(kind, expected, answer, said):
    comparator = {"name": "close" if kind == "number" else "text"}
    question = Question("1.1", kind, "it", field=kind, comparator=comparator, cases=(Case(None, expected),))
    assert said in judge(question, answer).mistake


def test_a_number_that_is_off_is_told_the_unit_asked_for(source, tmp_path, monkeypatch):
    changed(source, "kind: number\n", "kind: number\nunit: words\n")
    monkeypatch.chdir(release(source, tmp_path / "unit")[0].parent)
    assert ("unit asked for", "words") in check("7.1", 99).rows


def test_letters_of_options_are_the_same_in_any_case_and_a_stub_is_no_attempt():
    question = Question("1.1", "choice", "it", comparator={"name": "unordered"}, cases=(Case(None, ["a", "c"]),))
    assert judge(question, ["C", "A "]).passed

    def stub(found): ...

    function = Question("1.2", "function", "stub", comparator={"name": "exact"}, cases=(Case([[]], 0),))
    assert not judge(function, stub).counts and judge(function, len).passed
