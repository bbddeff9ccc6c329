"""Nothing passes from one submission to the next or out of a sandbox, for root and for an ordinary user; what comes out
is bounded, and a sandbox that breaks is replaced."""

import json
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from toolkit.exercises.judging import Response
from toolkit.exercises.question import MARKING, Case, Question
from toolkit.exercises.release import release
from toolkit.exercises.running import Ran
from toolkit.grading import grade as grading
from toolkit.grading.grade import How, grade
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.marks import mark
from toolkit.grading.running import Run, response, run
from toolkit.grading.sandbox import STAGE, Room, _sweep, sandbox
from toolkit.grading.sealing import CALLS, PROCESSES
from toolkit.grading.walls import _needed

pytestmark = pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
SUITE = Path(__file__).parent / "submissions"
SAID = Question("1", "value", "said", cases=(Case(None, 1),))

PLACES = """
import ctypes
import os
import socket

CALLS = {"x86_64": (248, 250), "aarch64": (217, 219)}[os.uname().machine]
libc = ctypes.CDLL(None, use_errno=True)
said = {}


def tried(name, work):
    try:
        said[name] = work()
    except OSError as error:
        said[name] = type(error).__name__


def places():
    for folder, folders, files in os.walk("/"):
        folders[:] = [] if folder in {"/proc", "/sys", "/usr"} else folders
        if os.access(folder, os.W_OK):
            yield folder
"""
LEAVES = f"""{PLACES}
for folder in places():
    tried(folder, lambda: open(f"{{folder}}/left", "w").close())
tried("key", lambda: libc.syscall(CALLS[0], b"user", b"left", b"x", 1, -4))
socket.socket(socket.AF_UNIX).bind("\\0left")
tried("loop", lambda: socket.socket().connect(("127.0.0.1", 9)))
os.fork() or os.execv("/usr/bin/sleep", ["sleep", "1000"])
"""
FINDS = f"""{PLACES}
said["files"] = [folder for folder in places() if os.path.exists(f"{{folder}}/left")]
said["key"] = libc.syscall(CALLS[1], 10, -4, b"user", b"left", 0)
said["line"] = "left" in open("/proc/net/unix").read()
said["processes"] = [name for name in os.listdir("/proc") if name.isdigit()]
"""


@pytest.fixture(scope="module")
def box():
    with sandbox() as box:
        yield box


def said(box, *cells):
    return run(box, cells, [SAID]).responses["1"].results[0].value


@pytest.mark.skipif(platform.machine() not in CALLS, reason="the numbers of calls are known for two machines")
def test_what_one_submission_leaves_the_next_does_not_find(box):
    left = said(box, LEAVES)
    assert {name for name, value in left.items() if value is None} <= {"/handed-in", "/dev/shm", "/tmp"}
    assert (left["key"], left["loop"]) == (-1, "OSError")
    assert said(box, FINDS) == {"files": [], "key": -1, "line": False, "processes": ["1"]}


def test_a_submission_has_no_powers_and_no_way_to_any(box):
    look = f"""{PLACES}
told = dict(line.split(":", 1) for line in open("/proc/self/status"))
said = {{name: told[name].strip() for name in ("CapEff", "CapPrm", "CapBnd", "NoNewPrivs")}}
for name, value in {{"user": "9", "kernel": "x"}}.items():
    place = {{"user": "/proc/sys/user/max_user_namespaces", "kernel": "/proc/sys/kernel/hostname"}}[name]
    tried(name, lambda: open(place, "w").write(value))
tried("memory", lambda: open("/proc/1/mem", "r+b").close())
said["namespace"] = [libc.unshare(kind) for kind in (0x10000000, 0x00020000, 0x40000000)]
said["mount"] = libc.mount(b"none", b"/handed-in", b"tmpfs", 0, None)
said["clock"] = libc.settimeofday((ctypes.c_long * 2)(0, 0), None)
"""
    told = said(box, look)
    none = "0" * 16
    assert (told["CapEff"], told["CapPrm"], told["CapBnd"], told["NoNewPrivs"]) == (none, none, none, "1")
    assert (told["user"], told["kernel"]) == ("PermissionError", "PermissionError")
    assert (told["namespace"], told["mount"], told["clock"]) == ([-1, -1, -1], -1, -1)


def test_processes_are_few_and_files_small(box):
    look = """
import os
said = [0]
try:
    while True:
        if not os.fork():
            import time
            time.sleep(1000)
        said[0] += 1
except BlockingIOError:
    pass
"""
    assert 0 < said(box, look)[0] <= PROCESSES


def test_two_sandboxes_at_once_do_not_meet(box):
    talks = "import os, socket, time\nline = socket.socket(socket.AF_UNIX)\nline.bind('\\0here')\nline.listen()\n"
    talks += "open('/dev/shm/here', 'w')\ntime.sleep(1000)"
    hears = "import os, socket\nline = socket.socket(socket.AF_UNIX)\n"
    hears += "said = [os.path.exists('/dev/shm/here'), line.connect_ex('\\0here') == 0]"
    with sandbox(seed=1) as other:
        room = other.open()
        room.send(json.dumps({"cells": [talks], "seconds": 1000}).encode())
        assert json.loads(room.read(60, 1000)) == {"cell": 0}
        assert said(box, hears) == [False, False]
        other.end(room)


def test_questions_asked_after_one_that_ends_python_are_answered(box):
    cells = ["def f(x):\n    import os\n    os._exit(0)\n\n\ndef g(x):\n    return x"]
    questions = [Question(name, "function", name, cases=(Case([1], 1),)) for name in "fg"]
    found = run(box, cells, questions).responses
    assert found["f"].refused == "It ended Python in place of returning something."
    assert found["g"].results == (Ran(1),)


# What comes back


@pytest.fixture
def room():
    room = Room()
    yield room
    room.ours.close()
    room.theirs.close()


def test_a_line_is_read_whole_and_never_more_than_may_come(room):
    room.theirs.sendall(b"one\ntwo\n" + b"x" * 50)
    assert [room.read(10, 20) for _ in range(3)] == [b"one", b"two", None]
    assert room.silent == "large"
    assert (room.read(0, 100), room.silent) == (None, "late")
    room.theirs.close()
    assert (room.read(10, 100), room.silent) == (None, "gone")


DEEP = json.loads("[" * 200 + "]" * 200)


@pytest.mark.parametrize("told", [
    {}, {"results": None}, {"results": []}, {"results": [3]}, {"results": {"a": 1}}, {"results": "text"},
    {"results": [{"value": 1}]}, {"results": [{"value": DEEP, "problem": ""}]}, {"results": [{"problem": ""}] * 9},
])  # fmt: skip
def test_what_is_no_reply_counts_as_none(told):
    assert response(told, 3) == Response(refused="What came back is no answer.")


def test_what_is_said_in_a_reply_is_one_short_line():
    long = "\x1b[31m\n" + "x" * 10_000
    told = response({"results": [{"value": 1, "problem": long}] * 5, "reads": long}, 2)
    assert (len(told.results), len(told.results[0].problem), "\x1b" in told.results[0].problem, told.reads) == (
        2,
        300,
        False,
        "",
    )
    assert response({"refused": {"a": [1]}, "counts": 0}).refused == ""
    assert len(response({"refused": long}).refused) == 300


HOSTILE = [
    None, True, float("nan"), float("inf"), 10**400, "", "\ud800", "{" * 5_000, "x" * 2_000_000, [None], [[]] * 10_000,
    {"$figure": 1}, {"$figure": {}}, {"$figure": {"data": [{}] * 10_000, "layout": {}}},
    {"$figure": {"data": [{"type": "bar"}], "layout": {"annotations": [{}] * 9_000}}}, {"$set": 5}, {"$number": "nan"},
    {"$table": {}}, {"$table": {"columns": ["a", "a"], "rows": [[1]]}}, {"$table": {"columns": 5, "rows": 5}},
    [[1, 2, "who"]] * 2_000, [float("nan")] * 5, {"a": {"b": {"c": [1] * 1_000}}},
]  # fmt: skip
CHART = {"$figure": {"data": [{"type": "bar", "x": ["a"], "y": [1]}], "layout": {}}}
EXPECTED = [
    ("function", [1, 2], "close"), ("function", ["a"], "f1"), ("function", ["a"], "unordered"),
    ("value", {"a": 1}, "close"), ("value", ["a", "b"], "multiset"), ("number", 4, "close"),
    ("choice", "b", "exact"), ("figure", CHART, "figure"),
    ("table", {"$table": {"columns": ["a"], "rows": [[1]]}}, "table"), ("text", ["words"], "text"),
    ("annotation", [[0, 4, "who"]], "spans"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "expected", "comparator"), EXPECTED)
def test_whatever_is_given_has_a_mark_that_can_be_written_down_and_earns_nothing(kind, expected, comparator):
    cases = (Case(["a text"], expected), Case(["another"], expected, (), held_out=True))[: 1 + (kind == "function")]
    question = Question("1", kind, "x", comparator={"name": comparator}, cases=cases, partial=True)
    for given in HOSTILE:
        told = mark(question, Response((Ran(given),) * len(cases)))
        assert told["points"] == 0, given
        assert len(json.dumps(told)) < 20_000


# When something breaks


class Box:
    """What stands for a sandbox."""

    isolation = "strong"
    closed = 0

    def close(self):
        Box.closed += 1


def test_a_sandbox_that_breaks_is_replaced_and_who_cannot_be_graded_is_told(tmp_path, monkeypatch):
    release(SUITE / "assignment.ipynb", tmp_path / "open", marking=tmp_path / "private")
    (tmp_path / "class").mkdir()
    for name in ("ann", "bo", "cy"):
        (tmp_path / "class" / f"{name}.py").write_text(f"who = '{name}'", encoding="utf-8")
    tries, broken = [], {"ann": 1, "bo": 9, "cy": 0}

    def runs(box, cells, questions):
        tries.append((name := cells[0].split("'")[1], id(box)))
        broken[name] -= 1
        if broken[name] >= 0:
            raise BrokenPipeError
        return Run({one.id: Response(refused="It was not run.") for one in questions})

    monkeypatch.setattr(grading, "run", runs)
    monkeypatch.setattr(grading, "sandbox", lambda **how: Box())
    place, key, book = tmp_path / "class", tmp_path / "private" / f"suite{MARKING}", Gradebook(tmp_path / "book")
    done = grade(place, key, book, How(jobs=1))
    assert [name for name, _ in tries] == ["ann", "ann", "bo", "bo", "cy"]
    assert tries[1][1] == tries[2][1] != tries[0][1]
    assert (done.graded, book.graded("bo", "suite"), Box.closed >= 3) == (2, None, True)
    assert done.refused == ["bo: could not be graded (BrokenPipeError); the same command tries again"]
    broken["bo"] = 0
    assert (again := grade(place, key, book, How(jobs=1))).refused == []
    assert (again.graded, again.before) == (1, 2)


def test_the_stages_of_graders_that_were_killed_are_removed_and_nothing_that_is_in_them(box):
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        full, empty = (Path("/tmp", f"{STAGE}{ended.pid}-{name}") for name in ("full", "empty"))
    for stage in (full, empty):
        (stage / "0").mkdir(parents=True)
    (full / "0" / "work").write_text("is not lost")
    _sweep()
    assert (full.exists(), empty.exists(), box.stage.exists()) == (True, False, True)
    shutil.rmtree(full)


# As an ordinary user

AS_USER = """
import json, sys
from toolkit.exercises.question import Case, Question
from toolkit.grading.running import run
from toolkit.grading.sandbox import sandbox
with sandbox() as box:
    found = run(box, [sys.stdin.read()], [Question("1", "value", "said", cases=(Case(None, 1),))])
    print(json.dumps([box.isolation, found.responses["1"].results[0].value]))
"""
LOOK = """
import os
said = [0, [], [], os.path.exists("/etc/passwd"), os.environ.get("HOME")]
for folder in ("/", "/dev", "/usr", "/handed-in"):
    try:
        open(f"{folder}/written", "w").close()
        said[1].append(folder)
    except OSError:
        pass
said[2] = [name for name in os.listdir("/proc") if name.isdigit()]
try:
    while True:
        if not os.fork():
            import time
            time.sleep(1000)
        said[0] += 1
except BlockingIOError:
    pass
"""


def readable(stage):
    """Return a script that lets everybody read what Python needs, in a name space of mounts of its own."""
    steps = []
    for number, path in enumerate(_needed()):
        closed = [one for one in reversed(path.parents) if not one.stat().st_mode & 1]
        if closed:
            place = stage / str(number)
            steps += [
                f"mkdir -p {place}",
                f"mount --bind {path} {place}",
                f"mount -t tmpfs -o mode=755 none {closed[0]}",
            ]
            steps += [f"mkdir -p {path}", f"mount --bind {place} {path}"]
    return " && ".join([*steps, 'exec setpriv --reuid=1000 --regid=1000 --clear-groups --no-new-privs "$@"'])


@pytest.mark.skipif(os.getuid() != 0, reason="all other tests run as an ordinary user")
def test_an_ordinary_user_has_the_same_sandbox(tmp_path):
    words = ["unshare", "--mount", "--propagation", "private", "sh", "-c", readable(tmp_path), "sh"]
    words += [sys.executable, "-c", AS_USER]
    done = subprocess.run(words, input=LOOK, cwd="/", env={"HOME": "/nowhere"}, capture_output=True, text=True)
    if "setting up uid map" in done.stderr or "No permissions to create" in done.stderr:
        pytest.skip("an ordinary user may not make namespaces here")
    isolation, (forks, written, processes, passwd, home) = json.loads(done.stdout or "0") or [done.stderr, [0] * 5]
    assert (isolation, written, processes, passwd, home) == ("strong", ["/handed-in"], ["1"], False, "/handed-in")
    assert 0 < forks <= PROCESSES
