"""From a folder of notebooks to marks in a gradebook: by the command line, in a real sandbox."""

import json
import shutil
import stat
import sys
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from tests.writing import notebook_of
from toolkit.__main__ import main
from toolkit.exercises.checking import check, progress
from toolkit.exercises.judging import Response
from toolkit.exercises.question import Case, Key, Question, read_key
from toolkit.exercises.release import release
from toolkit.exercises.running import Ran
from toolkit.files import BadInput
from toolkit.grading import sandbox as sandboxes
from toolkit.grading.book_commands import _column_of
from toolkit.grading.feedback import write_feedback
from toolkit.grading.grade import How, grade, regrade
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.marks import mark, may_vary, names_in, worse
from toolkit.grading.roster import read_roster
from toolkit.grading.running import response, run
from toolkit.grading.salvage import Cell
from toolkit.grading.sample import CLASS, sample_class
from toolkit.grading.sandbox import sandbox
from toolkit.grading.taking_in import days_late
from toolkit.grading.written import as_written, why_missing, without_empty_copies

PAGE = """
```yaml
assignment: b1
points: 6
due: 2026-10-15 18:00
late: {per_day: 10, days: 5}
```
```markdown
# A small assignment
```
```yaml
question: "b1.1"
kind: function
answer: ratio
points: 3
partial: true
forbids: [type_token_ratio]
inputs:
  - [["a", "b", "a"]]
  - [["a"]]
  - [[]]
  - [["a", "a", "a", "a"]]
  - [{held_out: words}]
mistakes:
  - answer: "lambda found: len(set(found))"
    say: Those are the types.
```
```python
def ratio(found):
    ### BEGIN SOLUTION
    return len(set(found)) / len(found) if found else 0
    ### END SOLUTION
```
```yaml
question: "b1.2"
kind: number
answer: n
```
```python
### BEGIN SOLUTION
n = 41 + 1
### END SOLUTION
```
```yaml
question: "b1.3"
kind: free
answer: why
points: 2
rubric: [{points: 1, say: a reason}, {points: 1, say: an example}]
```
```python
### BEGIN SOLUTION
why = "Since rates can be compared."
### END SOLUTION
```
"""
RIGHT = "def ratio(found):\n    return len(set(found)) / len(found) if found else 0"
HELD_OUT = ["We wait. We wait.", "The robot arm is on its way."]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A teacher's folder after release: the source, what students get, the key to mark by."""
    place = tmp_path_factory.mktemp("teacher")
    (place / "b1.ipynb").write_text(notebook_of(PAGE), encoding="utf-8")
    release(place / "b1.ipynb", place / "for-students", held_out=HELD_OUT, marking=place / "for-marking")
    return place


def hand_in(folder, student, *cells):
    notebook = json.loads((folder.parent / "for-students" / "b1.ipynb").read_text(encoding="utf-8"))
    code = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    notebook["cells"] = [{**code, "source": cell} for cell in cells]
    folder.mkdir(exist_ok=True)
    (folder / f"{student}.ipynb").write_text(json.dumps(notebook), encoding="utf-8")


@pytest.fixture(scope="module")
def book(folder):
    """The gradebook of a class of six."""
    handed_in = folder / "handed-in"
    hand_in(handed_in, "ann", RIGHT, "n = 42", "why = 'One can compare.'")
    hand_in(handed_in, "bo", "ratio = lambda found: len(set(found))", "n = 41")
    hand_in(handed_in, "cy", "ratio = {('a', 'b', 'a'): 2 / 3}.get", "import os\nos._exit(1)", "n = 42")
    known = "def ratio(found):\n    return {('a', 'b', 'a'): 2 / 3, ('a',): 1, ('a',) * 4: 0.25}.get(tuple(found), 0)"
    hand_in(handed_in, "di", known, "n = 42")
    hand_in(handed_in, "ed", "n = len({str(i) for i in range(9)}) and list({'a', 'b', 'c', 'd', 'e'})")
    hand_in(handed_in, "fay", "first = second + 1\nn = first", "second = 41", "from toolkit import type_token_ratio")
    done = grade(handed_in, folder / "for-marking" / "b1.marking.json", book := Gradebook(folder / "gradebook"))
    assert (done.graded, done.refused, done.isolation) == (6, [], "strong")
    return book


def points(book, student):
    return [record["points"] for record in book.graded(student, "b1")["marks"].values()]


def test_right_answers_have_all_their_points_and_a_text_waits_for_a_person(book):
    assert points(book, "ann") == [3, 1, None]
    assert book.graded("ann", "b1")["answers"] == {"b1.3": "One can compare."}


def test_a_mistake_is_named_on_an_open_input_with_what_was_given(book):
    told = book.graded("bo", "b1")["marks"]["b1.1"]
    assert told["mistake"] == "Those are the types."
    assert (told["case"], told["given"]) == ({"arguments": [["a", "b", "a"]], "expected": 2 / 3}, "2")


def test_what_ends_python_costs_only_itself(book):
    assert points(book, "cy")[1] == 1
    assert "ended Python" in " ".join(book.graded("cy", "b1")["notes"])


def test_answers_learned_by_heart_earn_nothing_on_what_is_held_out_and_the_feedback_does_not_show_it(book):
    told = book.graded("di", "b1")["marks"]["b1.1"]
    assert (told["open"], told["held_out"], told["points"]) == ([4, 4], [0, 2], 0)
    assert told["look"] == "Right for all open inputs and for none of those held out: is it learned by heart?"
    assert told["mistake"] == "It is right for every input that you know, and not for all that you do not."
    assert "case" not in told and told["given"] == ""
    assert not any(word in json.dumps(book.graded("di", "b1")) for word in ("wait", "robot"))


def test_an_answer_that_changes_with_the_hashes_is_told(folder):
    one, other = {"points": 2, "of": 3}, {"points": 1, "of": 3}
    assert worse(one, other) == {**other, "note": "Two runs of the same notebook gave two answers; the lower counts."}
    assert may_vary(names_in(["x = 1", "import random"]))
    assert not may_vary(names_in(["x = [1]", "this is no Python"]))


def test_cells_out_of_order_are_run_again_and_forbidden_names_are_told_to_the_teacher(book):
    assert points(book, "fay")[1] == 1
    assert "type_token_ratio" in book.graded("fay", "b1")["marks"]["b1.1"]["look"]


PEEKS = """
import sys
class Told(Exception):
    pass
def ratio(found):
    frame = sys._getframe()
    while frame is not None:
        if isinstance(frame.f_locals.get("inputs"), list):
            seen.append(str(frame.f_locals["inputs"]))
        frame = frame.f_back
    {}
seen = []
class Late(str):
    def __str__(self):
        return " ".join(seen)
why = Late("well")
"""


@pytest.mark.parametrize("tells", ["return ' '.join(seen)", "raise Told(' '.join(seen))", "print(*seen)"])
def test_what_is_held_out_never_comes_back(folder, tells, tmp_path):
    shutil.copytree(folder / "for-students", tmp_path / "for-students")
    hand_in(tmp_path / "in", "gil", PEEKS.replace("{}", tells))
    book = Gradebook(tmp_path / "book")
    grade(tmp_path / "in", folder / "for-marking" / "b1.marking.json", book)
    write_feedback(book, "b1", tmp_path / "feedback")
    told = (tmp_path / "feedback" / "b1" / "gil.html").read_text(encoding="utf-8") + json.dumps(
        book.graded("gil", "b1")
    )
    assert "robot" not in told


def test_a_persons_mark_is_for_one_answer_and_a_new_one_waits_again(folder, book, tmp_path):
    later = Gradebook(shutil.copytree(folder / "gradebook", tmp_path / "gradebook"))
    later.mark("ann", "b1", "b1.3", 2, who="Berg")
    shutil.copytree(folder / "for-students", tmp_path / "for-students")
    hand_in(tmp_path / "new", "ann", RIGHT, "n = 42", "why = 'Quite another text.'")
    done = grade(tmp_path / "new", folder / "for-marking" / "b1.marking.json", later)
    assert (later.marks("b1", student="ann", question="b1.3")[0].points, done.lapsed) == (None, ["ann b1.3 (Berg)"])


def test_a_folder_with_a_gradebook_in_it_is_not_what_was_handed_in(folder, book):
    with pytest.raises(BadInput, match="has a gradebook or a key in it"):
        grade(folder, folder / "for-marking" / "b1.marking.json", book)


def test_the_same_download_may_be_said_to_be_late_afterwards(folder, book, tmp_path):
    later = Gradebook(shutil.copytree(folder / "gradebook", tmp_path / "gradebook"))
    one, key, when = (
        folder / "handed-in" / "ann.ipynb",
        folder / "for-marking" / "b1.marking.json",
        datetime(2026, 10, 17, 12),
    )
    assert grade(one, key, later, How(received=when)).before == 1
    assert later.graded("ann", "b1")["days_late"] == 0
    assert grade(one, key, later, How(received=when, again=True)).graded == 1
    assert later.graded("ann", "b1")["days_late"] == 2


def test_the_same_command_again_changes_nothing_and_a_new_version_is_graded(folder, book, tmp_path):
    key, lines = folder / "for-marking" / "b1.marking.json", list(book.records())
    assert grade(folder / "handed-in", key, book).before == 6
    assert list(book.records()) == lines
    copy = shutil.copytree(folder / "gradebook", tmp_path / "gradebook")
    shutil.copytree(folder / "for-students", tmp_path / "for-students")
    hand_in(tmp_path / "new", "bo", RIGHT)
    assert grade(tmp_path / "new", key, later := Gradebook(copy)).graded == 1
    assert points(later, "bo")[0] == 3 and later.verify() == []


def test_a_changed_key_shows_whose_mark_moves_before_it_moves(folder, book, tmp_path):
    told = json.loads((folder / "for-marking" / "b1.marking.json").read_text(encoding="utf-8"))
    told["questions"][1]["cases"][0]["expected"] = 41
    (tmp_path / "b1.marking.json").write_text(json.dumps(told), encoding="utf-8")
    later = Gradebook(shutil.copytree(folder / "gradebook", tmp_path / "gradebook"))
    later.mark("ann", "b1", "b1.3", 2, who="Berg")
    moved = regrade(tmp_path / "b1.marking.json", later)
    assert [str(one) for one in moved][:2] == ["ann  b1.2  1 → 0", "bo  b1.2  0 → 1"]
    assert points(later, "ann")[1] == 1
    regrade(tmp_path / "b1.marking.json", later, write=True)
    assert points(later, "ann")[1] == 0
    assert later.marks("b1", student="ann", question="b1.3")[0].points == 2


def test_lateness_is_what_the_teacher_or_the_lms_says():
    key = Key("b1", {}, terms={"due": "2026-10-15 18:00"})
    assert days_late(key, datetime(2026, 10, 15, 18, 0), None) == (0, ())
    assert days_late(key, datetime(2026, 10, 15, 18, 1), None) == (1, ())
    assert days_late(key, datetime(2026, 10, 17, 18, 0), True) == (2, ())
    assert days_late(key, None, None) == (0, ())
    assert days_late(key, None, True) == (1, ("the LMS says that it is late, and not by how much: one day is counted",))
    assert days_late(Key("b1", {}, terms={}), datetime(2030, 1, 1), None)[0] == 0


# What comes out of a sandbox is only ever text


@pytest.mark.parametrize("line", [b"", b"[]", b"3", b'{"results": [3]}', b'{"results": {"a": 1}}', b"[" * 100_000])
def test_what_is_no_response_counts_as_none(line):
    question = Question("1", "function", "f", cases=(Case([[1]], 1),), comparator={"name": "close"})
    assert mark(question, response(line))["points"] == 0


def test_an_answer_far_too_large_is_not_compared():
    question = Question("1", "value", "x", cases=(Case(None, ["a"]),), comparator={"name": "exact"})
    told = mark(question, Response((Ran(["a"] * 200_000),)))
    assert told["points"] == 0


def test_an_answer_that_breaks_the_comparison_costs_only_itself():
    question = Question("1", "table", "x", cases=(Case(None, {"$table": {"columns": [], "rows": []}}),))
    broken = mark(Question(**{**_parts(question), "comparator": {"name": "table"}}), Response((Ran({"$table": 3}),)))
    assert (broken["points"], broken["mistake"]) == (0, "The answer could not be compared (TypeError).")


def _parts(question):
    return {name: getattr(question, name) for name in question.__slots__}


def test_a_sandbox_sees_no_home_no_network_no_solutions_and_ends_with_all_it_began(tmp_path):
    look = "import os, socket\nfrom pathlib import Path\ndef tried(work):\n    try:\n        return str(work())\n"
    look += "    except OSError as error:\n        return type(error).__name__\n"
    look += f"seen = [tried(lambda: os.listdir({str(tmp_path)!r})), tried(lambda: os.listdir('/home')),\n"
    look += (
        "  tried(lambda: socket.create_connection(('192.0.2.1', 80), 1)), tried(lambda: Path('/etc/x').write_text(''))"
    )
    look += ",\n  sorted(os.environ.get('HOME', '')), len(os.listdir('/proc')) > 0, os.listdir('.')]"
    notebooks = Path(__file__).parents[1] / "notebooks"
    look += f"\nseen.append(tried(lambda: os.listdir({str(notebooks)!r})))\nPath('left').write_text('a')"
    with sandbox() as box:
        questions = [Question("1", "value", "seen", cases=(Case(None, 0),))]
        seen = run(box, [look], questions).responses["1"].results[0].value
        assert seen[:3] == ["FileNotFoundError", "FileNotFoundError", "OSError"]
        assert seen[3] in {"OSError", "FileNotFoundError", "PermissionError"}
        assert (seen[6], seen[7]) == ([], "FileNotFoundError")
        assert run(box, [look], questions).responses["1"].results[0].value == seen  # nothing was left behind


# Where bubblewrap is not


@pytest.fixture
def no_bubblewrap(monkeypatch, tmp_path):
    """A computer on which only what a test puts into a folder can be found."""
    tools = tmp_path / "tools"
    tools.mkdir()
    monkeypatch.setenv("PATH", str(tools))
    return tools


def test_without_anything_to_shut_it_in_students_code_is_not_run(no_bubblewrap, folder, tmp_path):
    key = folder / "for-marking" / "b1.marking.json"
    with pytest.raises(BadInput, match="bubblewrap is not installed.*--unsafe-no-sandbox runs"):
        grade(folder / "handed-in", key, later := Gradebook(tmp_path / "book"))
    assert {record["kind"] for record in later.records()} == {"received"}


def test_a_container_is_taken_where_there_is_no_bubblewrap(no_bubblewrap):
    docker = no_bubblewrap / "docker"
    inside = f"{sys.executable} -s -P -m toolkit.grading.inside"
    docker.write_text(f'#!/bin/sh\ncase "$1" in run) /bin/cat | {inside} | /bin/cat;; esac\n', encoding="utf-8")
    docker.chmod(docker.stat().st_mode | stat.S_IXUSR)
    with sandbox() as box:
        found = run(box, ["n = 2"], [Question("1", "number", "n", cases=(Case(None, 2),))])
        assert (box.isolation, found.responses["1"].results[0].value) == ("container", 2)
    words = sandboxes.contained("docker", "one", {"LANG": "C.UTF-8"})
    assert {"--network", "none", "--read-only", "--cap-drop", "ALL", "--memory"} <= {*words}


def test_who_insists_has_limits_alone_and_every_grade_says_so(no_bubblewrap, folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = [str(folder / "handed-in" / "ann.ipynb"), "--key", str(folder / "for-marking" / "b1.marking.json")]
    assert main(["grade", *words]) == 2
    assert main(["grade", *words, "--unsafe-no-sandbox"]) == 0
    assert "1 graded (limits only)" in capsys.readouterr().out
    assert Gradebook("gradebook").graded("ann", "b1")["isolation"] == "limits only"


# The commands, as a teacher types them


def test_from_release_to_marks_by_commands_alone(folder, book, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["holdout", "desk", "-n", "2"]) == 0 and "Their seed is " in capsys.readouterr().out
    assert main(["release", str(folder / "b1.ipynb"), "--held-out", "held-out.jsonl", "--anyway"]) == 0
    cases = read_key(Path("for-marking/b1.marking.json")).questions["b1.1"].cases
    assert [case.held_out for case in cases] == [False] * 4 + [True] * 2
    assert main(["grade", str(folder / "handed-in")]) == 0
    assert main(["mark", "b1", "b1.3", "ann", "1,5", "--who", "Berg", "--why", "clear"]) == 0
    assert "ann b1.3: waits → 1.5" in capsys.readouterr().out
    assert main(["mark", "b1", "b1.3", "ann", "1"]) == 2
    assert "add --who" in capsys.readouterr().err
    assert main(["mark", "b1", "--csv", "sheet.csv"]) == 0
    assert main(["mark", "b1", "--csv", "other.csv", "--read", "sheet.csv"]) == 2 and not Path("other.csv").exists()
    assert "by one of them" in capsys.readouterr().err
    assert main(["mark", "b1", "--read", "sheet.csv", "--who", "Berg"]) == 0
    assert "nothing is changed in it" in capsys.readouterr().out
    assert main(["feedback", "b1"]) == 0 and len([*Path("feedback/b1").iterdir()]) == 12
    assert main(["class", "b1"]) == 0 and "the class" in Path("class-b1.html").read_text(encoding="utf-8")
    assert main(["export", "b1"]) == 0
    assert main(["export"]) == 0
    assert "ann,,5.5,91.6667\nbo,,0,0" in Path("marks-course.csv").read_text(encoding="utf-8")
    assert "ann,,3,1,1.5,0,5.5," in Path("marks-b1.csv").read_text(encoding="utf-8")
    n = next(record["n"] for record in Gradebook("gradebook").records() if record["kind"] == "marked")
    assert main(["undo", str(n), "--who", "Berg"]) == 0
    assert main(["log", "ann"]) == 0
    assert "Nobody has changed the journal." in capsys.readouterr().out
    Path("gradebook/journal.jsonl").write_bytes(Path("gradebook/journal.jsonl").read_bytes().replace(b"1.5", b"2.0"))
    assert main(["log", "ann"]) == 1


def test_a_hand_in_is_withdrawn_and_taken_in_again(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["grade", str(folder / "handed-in" / "ann.ipynb"), "--key", str(folder / "for-marking" / "b1.marking.json")]
    assert main([*words, "--student", "adda"]) == 0 and main(["undo", "2", "--who", "Berg"]) == 0
    assert "records 1, 2 count no longer" in capsys.readouterr().out
    assert main(["export", "b1"]) == 2 and main(["log", "adda"]) == 0
    assert "record 1 by Berg" in capsys.readouterr().out
    assert main([*words, "--student", "adda"]) == 0
    assert Gradebook("gradebook").received("adda", "b1")["n"] == 5


def test_nothing_is_given_out_of_a_journal_that_was_changed_unless_one_insists(
    folder, book, tmp_path, monkeypatch, capsys
):
    monkeypatch.chdir(tmp_path)
    journal = Path(shutil.copytree(folder / "gradebook", "gradebook")) / "journal.jsonl"
    one = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([one[0].replace(b"ann.ipynb", b"bob.ipynb"), *one[1:]]))
    for command in ("export", "feedback", "class"):
        assert main([command, "b1"]) == 2
        said = capsys.readouterr().err
        assert (
            "line 1 was changed" in said and "about ann" in said and "restore the folder gradebook from a copy" in said
        )
        assert main([command, "b1", "--anyway"]) == 0
    assert main(["log"]) == 1 and "Restore the folder" in capsys.readouterr().out


def test_a_key_with_held_out_inputs_is_not_lost_to_one_without(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    words = ["release", str(folder / "b1.ipynb"), "--marking", "keys"]
    release(folder / "b1.ipynb", "open", held_out=HELD_OUT, marking="keys")
    before = Path("keys/b1.marking.json").read_bytes()
    with pytest.raises(BadInput, match="has inputs that no student has seen, and the new key would have none"):
        release(folder / "b1.ipynb", "open", marking="keys")
    assert Path("keys/b1.marking.json").read_bytes() == before
    assert main([*words, "--anyway"]) == 0
    assert "Nothing in it is held out (without --held-out)" in capsys.readouterr().out


def test_names_of_a_platform_stand_in_the_log_and_beside_what_is_not_taken(folder, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with zipfile.ZipFile("moodle.zip", "w") as file:
        file.write(folder / "handed-in" / "ann.ipynb", "Ann Lee_1234501_assignsubmission_file_/b1.ipynb")
        file.writestr("Bo Ray_1234502_assignsubmission_file_/b1.ipynb", "")
    words = ["--key", str(folder / "for-marking" / "b1.marking.json")]
    assert main(["grade", "moodle.zip", *words]) == 0 and main(["log"]) == 0
    said = capsys.readouterr().out
    assert "  1234502 (Bo Ray): b1.ipynb is empty" in said
    assert said.count("1234501 (Ann Lee)") == 2
    assert main(["log", "1234503"]) == 2 and "did you mean '123450" in capsys.readouterr().err


def test_marks_by_hand_that_lapse_are_told_and_again_grades_all_anew(folder, book, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(folder / "gradebook", "gradebook")
    shutil.copytree(folder / "for-students", "for-students")
    Gradebook("gradebook").mark("ann", "b1", "b1.3", 2, who="Berg")
    hand_in(tmp_path / "new", "ann", RIGHT, "n = 42", "why = 'Quite another text.'")
    words = ["grade", "new", "--key", str(folder / "for-marking" / "b1.marking.json")]
    assert main(words) == 0
    told = "marks by hand that no longer count, for something else was handed in:\n  ann b1.3 (Berg)\n"
    assert told in capsys.readouterr().out
    assert main([*words, "--received", "2026-10-16T09:00"]) == 0 and "1 graded before" in capsys.readouterr().out
    assert main([*words, "--received", "2026-10-16T09:00", "--again"]) == 0
    assert Gradebook("gradebook").graded("ann", "b1")["days_late"] == 1


def test_the_column_that_is_plainly_the_assignments_is_taken(tmp_path):
    (tmp_path / "canvas.csv").write_text("ID,SIS Login ID,Section,A2 Tokenising (4711),A1 (12)\n,,,10,10\n7,ada,1,,\n")
    assert _column_of(read_roster(tmp_path / "canvas.csv"), "a2_tokenising") == "A2 Tokenising (4711)"
    assert _column_of(read_roster(tmp_path / "canvas.csv"), "a3") == ""


def test_a_made_up_class_has_its_thirty_and_is_the_same_each_time(folder, tmp_path):
    paths = sample_class(folder / "b1.ipynb", tmp_path / "one")
    again = sample_class(folder / "b1.ipynb", tmp_path / "two")
    assert len(paths) == sum(CLASS.values()) == 30
    assert [path.read_bytes() for path in paths] == [path.read_bytes() for path in again]


@pytest.mark.parametrize(
    "words, told",
    [
        (["grade", "nowhere"], "in for-marking is no key"),
        (["log"], "there is no gradebook gradebook"),
        (["log", "--book", "."], "there is no gradebook ."),
        (["relase"], "there is no command 'relase'; did you mean 'release'? toolkit -h lists them"),
        (["grade", "x", "--received", "24.10.2026 18:00"], "'24.10.2026 18:00' is no time that is read; write 2026-10"),
        (["export", "b1", "--book", "nowhere"], "there is no gradebook nowhere"),
        (["sample", "nowhere.ipynb"], "there is no file nowhere.ipynb"),
    ],
)
def test_a_slip_is_answered_with_what_to_type(words, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    assert told in capsys.readouterr().err


# What a student wrote is not lost where running it gives nothing


@pytest.mark.parametrize(
    "cell",
    [
        "why = Rates of two texts can be compared.",
        "why = „Rates of two texts can be compared.“",
        'why = "Rates of two texts\ncan be compared."',
        "# why = Rates of two texts can be compared.\nwhy = print('Rates of two texts can be compared.')",
    ],
)
def test_a_text_that_python_cannot_read_is_read_by_a_person(cell):
    text = as_written("why", [Cell("code", "n = 1"), Cell("code", cell), Cell("code", 'check("b1.3", why)')])
    assert "can be compared" in text


def test_a_text_in_a_cell_of_text_is_found_and_an_untouched_one_is_none():
    empty = "# Write your answer here, in place of the three dots.\nwhy = ..."
    below = [Cell("code", empty), Cell("markdown", "Rates can be compared."), Cell("code", 'check("b1.3", why)')]
    assert as_written("why", below) == "Rates can be compared."
    assert as_written("why", [below[0], below[2]]) == ""
    assert as_written("other", below) == ""


def test_an_empty_copy_below_does_not_take_the_place_of_an_answer():
    empty = 'def ratio(found):\n    """Return it."""\n    ...'
    assert without_empty_copies([RIGHT, empty], ["ratio"]) == [RIGHT, ""]
    assert without_empty_copies([empty, RIGHT], ["ratio"]) == [empty, RIGHT]


def test_an_answer_that_is_missing_says_which_cell_stops():
    stopped = ["code cell 2 stops with SyntaxError: expected ':'"]
    assert why_missing("ratio", ["", "def ratio(found)\n    return 1"], stopped).endswith("expected ':'")
    assert why_missing("ratio", ["n = 1"], stopped) == "No cell makes ratio: was it deleted, or its name changed?"


def test_check_says_when_an_answer_has_not_the_form_that_is_asked_for(folder, monkeypatch):
    monkeypatch.chdir(folder / "for-students")
    assert repr(check("b1.2", 41)).startswith("· b1.2 is taken down. Hand it in under the name n;")
    assert "A number is asked for, and this is a text" in repr(check("b1.2", "41"))
    assert all("solution" not in repr(check("b1.2", "41")) for _ in range(4))
    assert "1 are taken down" in repr(progress())
