"""A student's lessons: brought up to date, never overwritten, reset on request, and served by JupyterLab."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from toolkit import lab
from toolkit.files import BadInput
from toolkit.lab import lab_options, prepare_lessons, reset_lesson

ROOT = Path(__file__).resolve().parent.parent


def notebook(said, outputs=(), **metadata):
    code = {"cell_type": "code", "id": "a", "metadata": {}, "source": [said], "outputs": list(outputs)}
    return json.dumps({"cells": [code], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Return the folder of the published lessons; the test works in the folder above it."""
    lessons = tmp_path / "notebooks" / "lessons"
    lessons.mkdir(parents=True)
    for name in ("00_start", "01_reading", "03_summarising"):
        (lessons / f"{name}.ipynb").write_text(notebook(f"{name}, first version"))
    monkeypatch.setattr(lab, "course_folder", lambda name: tmp_path / name)
    monkeypatch.chdir(tmp_path)
    return lessons


@pytest.fixture
def mine(course):
    """Return the folder of a student who started once."""
    assert prepare_lessons("my-lessons") == []
    return course.parent.parent / "my-lessons"


def texts(folder):
    return {path.name: path.read_text() for path in folder.glob("*.ipynb")}


def kept(folder):
    return sorted(path.read_text() for path in folder.glob("kept-*.ipynb"))


def test_the_first_start_copies_every_lesson_and_the_second_changes_nothing(course, mine):
    assert texts(mine) == texts(course)
    before = {path: path.stat().st_mtime_ns for path in mine.glob("*.ipynb")}
    assert prepare_lessons(mine) == []
    assert {path: path.stat().st_mtime_ns for path in mine.glob("*.ipynb")} == before


def test_an_untouched_lesson_follows_the_newer_version_and_a_new_or_lost_one_arrives(course, mine):
    (mine / "03_summarising.ipynb").unlink()
    (course / "01_reading.ipynb").write_text(notebook("second version"))
    (course / "04_charting.ipynb").write_text(notebook("quite new"))
    assert prepare_lessons(mine) == []
    assert texts(mine) == texts(course)


def test_a_lesson_that_was_only_opened_still_follows(course, mine):
    opened = notebook("01_reading, first version", language_info={"name": "python", "version": "3.12.3"})
    (mine / "01_reading.ipynb").write_text(json.dumps(json.loads(opened), indent=4) + "\r\n")
    (course / "01_reading.ipynb").write_text(notebook("second version"))
    assert prepare_lessons(mine) == []
    assert texts(mine) == texts(course)


@pytest.mark.parametrize("work", [notebook("my answer"), notebook("03_summarising, first version", ["a"]), "torn"])
def test_a_lesson_that_was_worked_on_is_left_and_a_line_says_how_to_get_the_newer_one(course, mine, work):
    lesson = mine / "03_summarising.ipynb"
    lesson.write_text(work)
    assert prepare_lessons(mine) == []
    (course / "03_summarising.ipynb").write_text(notebook("second version"))
    [line] = prepare_lessons(mine)
    assert line.startswith("03_summarising.ipynb was left as you changed it") and "toolkit reset 03" in line
    assert lesson.read_text() == work


def test_a_lost_memory_of_what_was_copied_overwrites_nothing(mine):
    (mine / "01_reading.ipynb").write_text(notebook("my answer"))
    (mine / lab.COPIED / "01_reading.ipynb").unlink()
    assert [line[:10] for line in prepare_lessons(mine)] == ["01_reading"]
    assert (mine / "01_reading.ipynb").read_text() == notebook("my answer")


def test_a_reset_gives_a_fresh_copy_and_keeps_the_old_one_however_often(course, mine):
    lesson = mine / "03_summarising.ipynb"
    for answer in ("first answer", "second answer", "third answer"):
        lesson.write_text(notebook(answer))
        sentence = reset_lesson("03", mine)
        assert sentence.startswith("03_summarising.ipynb is fresh; your version is kept as kept-")
        assert lesson.read_text() == (course / lesson.name).read_text()
    assert kept(mine) == sorted(notebook(f"{which} answer") for which in ("first", "second", "third"))
    assert prepare_lessons(mine) == []


@pytest.mark.parametrize("name", ["03", "3", "03_summarising", "my-lessons/03_summarising.ipynb"])
def test_a_lesson_can_be_named_in_many_ways_and_untouched_it_leaves_nothing_behind(mine, name):
    assert reset_lesson(name, mine).startswith("03_summarising.ipynb is fresh; if it is open")
    assert kept(mine) == []


def test_a_reset_works_from_inside_the_folder_too(mine, monkeypatch):
    monkeypatch.chdir(mine)
    (mine / "01_reading.ipynb").unlink()
    reset_lesson("01", "my-lessons")
    assert (mine / "01_reading.ipynb").exists()


def test_a_disk_that_is_full_in_the_middle_of_a_reset_loses_nothing(mine, monkeypatch):
    (mine / "03_summarising.ipynb").write_text(notebook("my answer"))

    def full(path, text):
        raise BadInput(f"{path} cannot be written: No space left on device")

    monkeypatch.setattr(lab, "write_atomically", full)
    with pytest.raises(BadInput, match="No space left"):
        reset_lesson("03", mine)
    assert kept(mine) == [notebook("my answer")]


def test_what_is_not_there_or_in_the_way_is_answered_with_what_to_type(course, mine, tmp_path):
    (tmp_path / "file").write_text("mine")
    for call, said in [
        (lambda: reset_lesson("03_sumarising", mine), "no lesson '03_sumarising'; the lessons are 00_start, .*did you"),
        (lambda: reset_lesson("03", tmp_path / "none"), "open them once with python3 start.py"),
        (lambda: prepare_lessons(tmp_path / "file"), "give another with --folder"),
    ]:
        with pytest.raises(BadInput, match=said):
            call()


def test_what_the_user_says_to_jupyterlab_comes_before_what_the_toolkit_says(tmp_path):
    options = lab_options(tmp_path, ["--LabApp.default_url=/lab", "--no-browser"])
    assert [option for option in options if "default_url" in option] == ["--LabApp.default_url=/lab"]
    assert options[-1] == "--no-browser"


def test_jupyterlab_serves_the_folder_at_the_first_lesson_without_news_or_updates(tmp_path):
    mine = tmp_path / "my-lessons"
    with running_lab(mine, home=tmp_path) as address:
        with urlopen(f"{address}?token=secret") as first:
            assert first.url.startswith(f"{address}lab/tree/00_start.ipynb")
            page = first.read().decode()
            disabled = page[page.index("disabledExtensions") :].partition("]")[0]
            assert "@jupyterlab/apputils-extension:announcements" in disabled
        with urlopen(f"{address}api/contents?token=secret") as listing:
            names = {entry["name"] for entry in json.load(listing)["content"]}
        assert names == {path.name for path in mine.iterdir() if not path.name.startswith(".")}


@contextmanager
def running_lab(folder, home):
    """Run JupyterLab as `open_lab` starts it, on any free port and with an empty home; give its address."""
    options = ["--no-browser", "--port=0", "--IdentityProvider.token=secret"]
    command = [sys.executable, "-c", f"from toolkit.lab import open_lab; open_lab({str(folder)!r}, {options!r})"]
    places = {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env={**os.environ, **places}, stdout=subprocess.DEVNULL) as process:
        try:
            while not (found := [path for path in home.glob("jpserver-*.json") if path.stat().st_size]):
                assert process.poll() is None, "JupyterLab ended before it served anything"
                time.sleep(0.1)
            yield json.loads(found[0].read_text())["url"]
        finally:
            process.terminate()
