"""Grading that is stopped goes on: after kill -9 at any moment, after Ctrl-C, after a sandbox that broke; and the same
submission has the same mark, byte for byte."""

import json
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest

from tests.writing import notebook_of
from toolkit.exercises.question import MARKING
from toolkit.exercises.release import release
from toolkit.grading.grade import How, grade
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.sandbox import STAGE

pytestmark = pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
HERE = Path(__file__).parent / "submissions"
TINY = """
```yaml
assignment: tiny
```
```yaml
question: "t.1"
kind: function
answer: count
inputs: [[""], ["a b"]]
```
```python
def count(text):
    ### BEGIN SOLUTION
    return len(text.split())
    ### END SOLUTION
```
```yaml
question: "t.2"
kind: number
answer: n
```
```python
### BEGIN SOLUTION
n = count("a b c")
### END SOLUTION
```
"""
RIGHT = "def count(text):\n    return len(text.split())\n\n\nn = count('a b c')\n"


def class_of(folder, n, **key):
    """Release the tiny assignment and hand in n notebooks of it, every third with one answer; return folder and key."""
    source = folder / "source.ipynb"
    source.write_text(notebook_of(TINY), encoding="utf-8")
    release(source, folder / "open", marking=folder / "private")
    (folder / "class").mkdir()
    for number in range(n):
        code = f"# {number}\n{RIGHT if number % 3 else 'n = 3'}"
        cell = {"cell_type": "code", "metadata": {}, "source": code, "outputs": [], "execution_count": None}
        text = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        (folder / "class" / f"s{number:03}.ipynb").write_text(text, encoding="utf-8")
    return folder / "class", folder / "private" / f"tiny{MARKING}"


def started(folder):
    """Start `toolkit grade` on a class."""
    words = [sys.executable, "-m", "toolkit", "grade", "class", "--jobs", "1", "--book", "book"]
    words += ["--key", f"private/tiny{MARKING}"]
    return subprocess.Popen(words, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stages(*processes):
    """Return what processes left of the folders in which they bind what a sandbox needs."""
    return [path for process in processes for path in Path("/tmp").glob(f"{STAGE}{process.pid}-*")]


def wait_for(process, journal, lines):
    """Wait until a journal has so many lines, or the process ends."""
    while process.poll() is None and not (journal.exists() and journal.read_bytes().count(b"\n") >= lines):
        time.sleep(0.002)


def graded_once(folder, n):
    book = Gradebook(folder / "book")
    for kind in ("received", "graded"):
        each = Counter(record["student"] for record in book.records() if record["kind"] == kind)
        assert each == {f"s{number:03}": 1 for number in range(n)}
    assert book.verify() == []
    assert {mark.points for mark in book.marks("tiny", question="t.2")} == {1}
    assert sum(mark.points for mark in book.marks("tiny", question="t.1")) == n - len(range(0, n, 3))


def test_killed_at_twenty_moments_nothing_is_lost_and_nothing_graded_twice(tmp_path):
    n = 300
    class_of(tmp_path, n)
    before, killed = sorted(tmp_path.glob("*/*")), []
    for lines in sorted(random.Random(7).sample(range(1, 2 * n), 20)):
        process = started(tmp_path)
        wait_for(process, tmp_path / "book" / "journal.jsonl", lines)
        family = psutil.Process(process.pid).children(recursive=True)
        process.kill()
        process.communicate()
        killed.append(process)
        assert psutil.wait_procs(family, timeout=60)[1] == []
    process = started(tmp_path)
    said, _ = process.communicate()
    assert (process.returncode, " graded before" in said, stages(process, *killed)) == (0, True, [])
    graded_once(tmp_path, n)
    assert sorted(path for path in tmp_path.glob("*/*") if path.parts[-2] != "book") == before
    assert {path.name for path in (tmp_path / "book").iterdir()} <= {
        "journal.jsonl", "journal.torn", "lock.sqlite", "view.sqlite", "kept", "keys"}  # fmt: skip


def test_ctrl_c_stops_with_a_sentence_and_the_same_command_goes_on(tmp_path):
    n = 40
    class_of(tmp_path, n)
    process = started(tmp_path)
    wait_for(process, tmp_path / "book" / "journal.jsonl", n + 3)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate()
    assert (process.returncode, "the same command goes on" in said, "Traceback" in said) == (130, True, False)
    assert psutil.wait_procs(family, timeout=60)[1] == []
    assert stages(process) == []
    assert " graded before" in started(tmp_path).communicate()[0]
    graded_once(tmp_path, n)


def test_the_same_submission_has_the_same_mark_byte_for_byte(tmp_path):
    release(HERE / "assignment.ipynb", tmp_path / "open", held_out=["Nobody knows."], marking=tmp_path / "private")
    (tmp_path / "class").mkdir()
    names = ["00", "08", "11", "24", "29", "34", "41", "42", "43", "48"]
    for path in (path for name in names for path in HERE.glob(f"{name}_*")):
        shutil.copy(path, tmp_path / "class")
    marks = []
    for jobs in (1, 2):
        book = Gradebook(tmp_path / f"book{jobs}")
        grade(tmp_path / "class", tmp_path / "private" / f"suite{MARKING}", book, How(jobs=jobs))
        graded = [book.graded(student, "suite") for student in book.students("suite")]
        marks.append(json.dumps([{**one, **dict.fromkeys(("n", "at", "prev"))} for one in graded]))
    assert len(graded) == len(names)
    assert marks[0] == marks[1]
    assert marks[0].count("Two runs of the same notebook gave two answers") == 1
