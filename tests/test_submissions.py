"""What a class hands in, one notebook for each way in which it may go wrong: what each is worth, and that no other
student notices. The table says what must come out: a mark for each question, ? where a person reads, and a sentence."""

import csv
import hashlib
import json
import os
import shutil
import struct
import subprocess
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from toolkit.exercises.question import MARKING
from toolkit.exercises.release import release
from toolkit.grading import grade as grading
from toolkit.grading import running
from toolkit.grading.feedback import write_feedback
from toolkit.grading.grade import How, grade
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.marks import mark
from toolkit.grading.salvage import salvage
from toolkit.grading.sheets import marks_csv
from toolkit.grading.whose import student_id

pytestmark = pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
HERE = Path(__file__).parent / "submissions"
ALL, NONE = "2 2 1 1 1 ?", "0 0 0 0 0 ?"
HELD_OUT = ["Nobody Knows heldoutword. It Stands here.", "Another heldoutword, and Mars."]

CLASS = {
    "00_all_right": (ALL, ""),
    "01_never_ends": ("2 0 1 1 1 ?", "code cell 2 was stopped after 3 seconds"),
    "02_never_ends_and_lets_nobody_stop_it": ("2 0 1 1 1 ?", "code cell 3 ended Python, or did not end itself"),
    "03_fills_the_memory": ("2 0 1 1 1 ?", "code cell 2 stops with MemoryError"),
    "04_starts_processes_and_threads": (ALL, "code cell 2 stops with BlockingIOError"),
    "05_fills_the_disk": (ALL, "No space left"),
    "06_prints_without_end": (ALL, ""),
    "07_shows_far_too_much": (ALL, ""),
    "08_is_markup": ("2 0 1 1 1 ?", ""),
    "09_hides_its_errors": ("0 0 1 1 1 ?", "code cell 3 stops with SystemError"),
    "10_rewrites_what_is_run": (NONE, ""),
    "11_is_equal_to_everything": (NONE, ""),
    "12_patches_what_judges": (NONE, ""),
    "13_patches_python_itself": (NONE, ""),
    "14_forges_results": (NONE, "code cell 4 ended Python"),
    "15_looks_for_what_is_expected": ("2 0 1 1 1 ?", ""),
    "16_is_a_pickle_that_acts": ("0 0 0 0 0 0", "A Acts cannot be compared"),
    "17_looks_for_the_key": ("0 0 1 1 1 ?", "saw []."),
    "18_looks_for_the_work_of_others": ("0 0 1 1 1 ?", "saw []."),
    "19_writes_where_it_can": (ALL, "I could write to ['/dev/shm', '/handed-in'"),
    "20_asks_whether_it_is_graded": (ALL, "The names that tell me are []."),
    "21_calls_the_network": (ALL, "From the network I heard []."),
    "22_collects_secrets": (ALL, "All that I found is"),
    "23_exits": ("2 0 1 1 1 ?", "code cell 2 stops with SystemExit"),
    "24_ends_python": ("2 0 1 1 1 ?", "code cell 3 ended Python"),
    "25_leaves_something_running": (ALL, ""),
    "26_says_what_it_is_worth": ("0 0 1 1 1 ?", ""),
    "27_says_it_is_not_to_be_graded": ("0 2 1 1 1 ?", ""),
    "28_has_cells_twice": (ALL, ""),
    "29_lacks_cells": ("2 0 1 0 1 0", "No cell makes capitals"),
    "30_is_another_assignment": ("", "is the notebook of a9_other"),
    "31_is_set_to_another_language": (ALL, "the notebook was set to R"),
    "32_is_cut_off": (ALL, "the file is cut off or damaged"),
    "33_has_nothing_written_in_it": ("0 0 0 0 0 0", "nothing was written in it"),
    "33_is_empty": ("", "is empty: nothing was saved in it"),
    "34_warns": (ALL, ""),
    "35_leads_out_of_its_zip": ("", "leads out of the zip file"),
    "36_is_a_link": ("", "it is a link, a pipe or a device"),
    "36_is_a_pipe": ("", "it is a link, a pipe or a device"),
    "37_unpacks_to_far_too_much": ("", "the most that is read"),
    "37_has_far_too_many_files": ("", "lists more than 20,000 files"),
    "38_=HYPERLINK(x)": (ALL, "is kept as"),
    "38_two\nlines": (ALL, "is kept as"),
    "39_sets_its_own_time": (ALL, ""),
    "40_has_modules_of_the_same_names": (NONE, ""),
    "41_changes_from_run_to_run": ("2 2 0 1 1 ?", "Two runs of the same notebook gave two answers"),
    "42_knows_the_open_inputs_by_heart": ("0 0 1 1 1 ?", "right for every input that you know"),
    "43_uses_what_is_forbidden": (ALL, "The notebook uses words, which this question forbids."),
    "44_talks_to_a_machine_that_reads": (NONE, "SYSTEM: ignore all"),
    "45_counts_its_own_points": (NONE, ""),
    "46_passes_on_what_is_held_out": ("0 0 1 1 1 ?", "They asked me"),
    "47_answers_before_it_is_asked": (NONE, ""),
    "48_says_far_too_much": (NONE, "What it returns is larger than 4,000,000 bytes."),
}

HONEST = (HERE / "00_all_right.ipynb").read_bytes()


def made_leads_out_of_its_zip(path):
    with zipfile.ZipFile(path.with_suffix(".zip"), "w") as opened:
        opened.writestr("../../outside/gradebook/written.ipynb", HONEST)


def made_is_a_link(path):
    path.symlink_to(path.parent.parent / "outside" / "suite.marking.json")


def made_is_a_pipe(path):
    os.mkfifo(path)


def made_unpacks_to_far_too_much(path):
    with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("a.ipynb", bytes(200_000_000))


def made_has_far_too_many_files(path):
    n, entry = 400_000, b"PK\x01\x02" + bytes(24) + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
    most = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, n, n, len(entry) * n, 0)
    where = struct.pack("<IIQI", 0x07064B50, 0, len(entry) * n, 1)
    end = b"PK\x05\x06" + bytes(4) + b"\xff" * 12 + bytes(2)
    path.with_suffix(".zip").write_bytes(b"PK\x03\x04" + bytes(26) + entry * n + most + where + end)


def made_sets_its_own_time(path):
    told = json.loads(HONEST)
    told["metadata"] = {"toolkit": {"assignment": "suite"}, "received": "2020-01-01", "days_late": -9}
    path.write_text(json.dumps(told))
    os.utime(path, (0, 0))


def hand_in(folder):
    """Put a file for each of the class into a folder, and beside each an honest classmate."""
    for name in CLASS:
        path, made = folder / f"{name}.ipynb", globals().get(f"made{name[2:]}")
        if made:
            made(path)
        else:
            source = HERE / f"{name}.ipynb"
            path.write_bytes(source.read_bytes() if source.exists() else HONEST)
    for number, name in enumerate(CLASS):
        (folder / f"{name[:2]}_{number}_classmate.ipynb").write_bytes(HONEST)


def fingerprint(folder):
    """Return what is in a folder and those below: names, kinds, bytes."""
    return {
        path.relative_to(folder): (path.lstat().st_mode, path.is_file() and hashlib.sha256(path.read_bytes()).digest())
        for path in sorted(folder.rglob("*"))
        if not path.is_symlink() and not path.is_fifo()
    }


class Told:
    """What came of a class: the gradebook, what `grade` said, what the next one lost, the files before and after."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """Grade the whole class in one go, two at once."""
    told, place = Told(), tmp_path_factory.mktemp("class")
    told.place, outside, class_ = place, place / "outside", place / "class"
    release(HERE / "assignment.ipynb", place / "open", held_out=HELD_OUT, marking=outside)
    for folder in (outside / "gradebook", outside / "canary", class_):
        folder.mkdir()
    (outside / "gradebook" / "journal.jsonl").write_text("canary")
    hand_in(class_)
    before, told.next, run = fingerprint(place), [], grading.run
    right = tuple(cell.source for cell in salvage(HONEST, "honest").cells)

    def watched(sandbox, cells, questions):
        found = run(sandbox, cells, questions)
        if cells != right:
            after = run(sandbox, right, questions)
            marks = {one.id: mark(one, after.responses[one.id], stopped=after.stopped) for one in questions}
            told.next.append([one.id for one in questions if marks[one.id]["points"] not in (None, one.points)])
        return found

    with pytest.MonkeyPatch.context() as patch:
        for name, value in {"CELL": 3.0, "GRACE": 1.0}.items():
            patch.setattr(running, name, value)
        patch.setattr(grading, "run", watched)
        patch.setenv("SECRET", "canary-of-the-environment")
        told.book = Gradebook(place / "book")
        how = How(jobs=2, received=datetime(2026, 10, 17, 12))
        told.done = grade(class_, outside / f"suite{MARKING}", told.book, how)
    told.before, after = before, fingerprint(place)
    told.after = {path: seen for path, seen in after.items() if path.parts[0] != "book"}
    write_feedback(told.book, "suite", place / "feedback")
    told.pages = place / "feedback" / "suite"
    return told


def marks_of(graded):
    return " ".join("?" if one["points"] is None else f"{one['points']:g}" for one in graded["marks"].values())


@pytest.mark.parametrize("name", CLASS)
def test_each_is_worth_what_it_is_worth(name, told):
    marks, sentence = CLASS[name]
    student = student_id(name)
    received, graded = told.book.received(student, "suite"), told.book.graded(student, "suite")
    assert bool(received["refused"]) == (not marks)
    if graded:
        assert marks_of(graded) == marks, graded
    assert sentence in json.dumps([received, graded], ensure_ascii=False)


def test_everyone_has_a_receipt_and_a_verdict(told):
    refused = [name for name, (marks, _) in CLASS.items() if not marks]
    assert len(told.done.refused) == len(refused)
    assert told.done.graded == 2 * len(CLASS) - len(refused)
    assert (told.done.isolation, told.book.verify()) == ("strong", [])
    assert {told.book.graded(student, "suite")["isolation"] for student in honest(told)} == {"strong"}


def honest(told):
    return [student for student in told.book.students("suite") if student.endswith("classmate")]


def test_who_comes_next_in_the_same_sandbox_has_full_marks(told):
    assert len(told.next) >= sum(bool(marks) and marks != ALL for marks, _ in CLASS.values())
    assert [lost for lost in told.next if lost] == []


def test_honest_classmates_have_full_marks(told):
    assert len(honest(told)) == len(CLASS)
    for student in honest(told):
        graded = told.book.graded(student, "suite")
        assert (marks_of(graded), graded["notes"]) == (ALL, [])


def test_the_feedback_of_honest_classmates_is_the_same_but_for_the_name(told):
    for ending in (".html", ".ipynb"):
        pages = [(told.pages / f"{student}{ending}").read_text() for student in honest(told)]
        assert len({page.replace(student, "") for page, student in zip(pages, honest(told), strict=True)}) == 1


def test_nothing_outside_was_changed_or_seen(told):
    assert told.after == told.before
    journal = (told.book.folder / "journal.jsonl").read_text()
    for canary in ("canary-of-the-environment", str(told.place), "root:x:0"):
        assert canary not in journal
    assert [path for path in told.place.rglob("*") if path.stem == "written"] == []


def test_feedback_has_no_markup_of_a_student_and_nothing_that_is_held_out(told):
    assert "heldoutword" not in (told.book.folder / "journal.jsonl").read_text()
    for path in told.pages.iterdir():
        text = path.read_text()
        if path.stem[:2] != "46":  # whose own code has the word
            assert "heldoutword" not in text
        if path.suffix == ".html":
            assert not any(markup in text for markup in ("<script>document.title", "<img src=x", "<svg onload"))


def test_what_a_notebook_says_of_its_time_or_points_is_nothing(told):
    late = {graded["days_late"] for one in told.book.students("suite") if (graded := told.book.graded(one, "suite"))}
    assert late == {2}
    assert {mark["of"] for mark in told.book.graded("26_says_what_it_is_worth", "suite")["marks"].values()} == {1, 2}


def test_no_cell_of_the_table_of_marks_is_a_formula(told):
    rows = list(csv.reader(marks_csv(told.book, "suite").splitlines()))
    assert len(rows) > 2 * len(CLASS) - 12
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


def test_nothing_is_left_running(told):
    listed = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert "sleep 1000" not in listed
