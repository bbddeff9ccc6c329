"""How fast a class is graded: python benchmarks/grading.py [--nbgrader PYTHON] [--students 300]

PYTHON is that of an environment with nbgrader and this toolkit in it: python -m venv /tmp/nbgrader, and there
pip install nbgrader and the folder above this one. CPU seconds are those of all processes, and hardly change when the
machine is busy.

start        a sandbox, until everything is imported; and a fresh copy of it for one submission
class        300 submissions of ten questions, sandboxed, on all cores (aim 60 s on two cores)
nbgrader     the first 20 of them by nbgrader autograde, and by ours on one core (aim 20 times faster)
never ends   20 submissions, without and with one more that has a loop without end
gradebook    the marks and the page on a class of 1,000 students and ten questions (aim 1 s)
"""

import argparse
import csv
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.made_class import NAME, QUESTIONS, hand_in, made_class
from toolkit.grading.class_page import write_class_report
from toolkit.grading.grade import How, grade
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.running import LOADING, TOTAL
from toolkit.grading.sandbox import sandbox

CORES = os.cpu_count()


def told(what, text):
    print(f"{what:12} {text} (load {os.getloadavg()[0]:.1f})", flush=True)


def least(work, runs=5):
    """Return the shortest time of a call over several runs."""
    times = []
    for _ in range(runs):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def cpu_below():
    """Return the CPU seconds of this process and of all that it has started and that still run, or were waited for."""
    parts = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = path.read_text().split(" ", 1)
        except OSError:
            continue  # it has ended meanwhile
        parts[int(pid)] = rest.rpartition(")")[2].split()
    below = {os.getpid()}
    while more := {pid for pid, part in parts.items() if int(part[1]) in below} - below:
        below |= more
    return sum(sum(map(int, parts[pid][11:15])) for pid in below if pid in parts) / os.sysconf("SC_CLK_TCK")


def graded(folder, key, jobs=CORES):
    """Grade a folder into a new gradebook; return that, the seconds, and the CPU seconds."""
    took, started = [], (time.perf_counter(), cpu_below())

    def watch(steps, _):
        yield from steps
        took.append(cpu_below())  # before the sandboxes are closed

    with tempfile.TemporaryDirectory() as place:
        book = Gradebook(place)
        grade(folder, key, book, How(jobs=jobs, watch=watch))
        marks = book.marks(NAME)
    return marks, time.perf_counter() - started[0], took[0] - started[1]


def first(course, n):
    """Return a folder with the first students of a class alone."""
    few = Path(tempfile.mkdtemp(dir=course))
    for one in sorted((course / "submitted").iterdir())[:n]:
        shutil.copytree(one, few / "submitted" / one.name)
    return few


def start():
    boxes = []
    took = least(lambda: boxes.append(sandbox()), 3)
    rooms = least(lambda: boxes[0].end(boxes[0].open()), 20)
    told("start", f"{took:.2f} s for a sandbox ({boxes[0].isolation}), {1000 * rooms:.0f} ms for a fresh copy of it")
    for box in boxes:
        box.close()


def nbgrader(python, course, key, all_right):
    """Let nbgrader grade the first 20, and compare."""
    few = first(course, 20)
    shutil.copytree(course / "source", few / "source")
    place = {
        **os.environ,
        "PATH": f"{Path(python).parent}:{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(few / "none"),
    }
    run = lambda *words: subprocess.run(
        [python, "-m", "nbgrader", *words], cwd=few, env=place, check=True, capture_output=True
    )
    run("generate_assignment", NAME)
    started, before = time.perf_counter(), _children()
    run("autograde", NAME)
    wall, cpu = time.perf_counter() - started, _children() - before
    run("export", "--to", "grades.csv")
    theirs = {row["student_id"]: float(row["raw_score"]) for row in csv.DictReader((few / "grades.csv").open())}
    told("nbgrader", f"{wall / 20:.2f} s a notebook, {cpu / 20:.2f} s of CPU")
    marks, own_wall, own_cpu = graded(few / "submitted", key, jobs=1)
    told(
        "", f"{own_wall / 20:.3f} s a notebook with ours, {own_cpu / 20:.3f} s of CPU, the start of sandboxes included"
    )
    ours = dict.fromkeys(theirs, 0.0)
    for mark in marks:
        ours[mark.student] += mark.points or 0
    same = [student for student in theirs if abs(theirs[student] - ours[student]) < 0.01]
    good = all_right & theirs.keys()
    told(
        "",
        f"the same points for {len(good & {*same})} of {len(good)} that have all right, {len(same)} of 20 in all",
    )
    return wall / 20, cpu / 20


def _children():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def never_ends(course, key):
    few = first(course, 20)
    _, without, _ = graded(few / "submitted", key)
    hand_in(few.parent, "never-ends", [right for _, _, _, right, _ in QUESTIONS], never_ends=True)
    shutil.move(course / "submitted" / "never-ends", few / "submitted")
    _, with_one, _ = graded(few / "submitted", key)
    cap = f"its cells may take {LOADING:g} s, all of it {TOTAL:g} s"
    told("never ends", f"{without:.1f} s without, {with_one:.1f} s with one: {with_one - without:.1f} s longer; {cap}")


def gradebook(marks, key, n=1000):
    """Time what is looked at: the marks of many students, who are those that were graded, over and over."""
    students = sorted({mark.student for mark in marks})
    with tempfile.TemporaryDirectory() as place:
        book, records = Gradebook(place), []
        name = book.put_key(key.read_bytes())
        for number in range(n):
            own = [mark for mark in marks if mark.student == students[number % len(students)]]
            parts = {
                one.question: {"points": one.points, "of": one.of, "mistake": one.mistake, "given": one.given}
                for one in own
            }
            answers = {one.question: one.answer for one in own if one.answer}
            fields = {
                "student": f"s{number}",
                "assignment": NAME,
                "submission": "",
                "key": name,
                "notes": [],
                "days_late": 0,
            }
            records.append(("graded", {**fields, "isolation": "strong", "marks": parts, "answers": answers}))
        book.append_all(records, who="toolkit")
        took = least(lambda: Gradebook(place).marks(NAME))
        page = least(lambda: write_class_report(Gradebook(place), NAME, Path(place) / "class.html"))
    told("gradebook", f"{took:.2f} s for the marks of {n:,} students, {page:.2f} s for the page on them")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--nbgrader", metavar="PYTHON")
    parser.add_argument("--students", type=int, default=300)
    options = parser.parse_args()
    start()
    with tempfile.TemporaryDirectory() as place:
        course = Path(place)
        folder, key, all_right = made_class(course, options.students)
        marks, wall, cpu = graded(folder, key)
        n = options.students
        told("class", f"{wall:.1f} s for {n} x {len(QUESTIONS)} questions, {cpu:.1f} s of CPU on {CORES} cores")
        if options.nbgrader:
            theirs = nbgrader(options.nbgrader, course, key, all_right)
            told("", f"{theirs[0] * n / wall:.0f} times faster a notebook, by CPU {theirs[1] * n / cpu:.0f} times")
        else:
            told("nbgrader", "was not measured: give the Python that has it with --nbgrader")
        never_ends(course, key)
        gradebook(marks, key)


if __name__ == "__main__":
    main()
