"""What students really hand in: whose it is, that nothing is lost, that no file does harm, and what can be saved."""

import io
import json
import os
import random
import re
import zipfile

import pytest

from toolkit.files import MAX_BYTES, BadInput
from toolkit.grading import archives
from toolkit.grading.archives import inside
from toolkit.grading.exports import MAX_CELLS
from toolkit.grading.incoming import incoming
from toolkit.grading.salvage import MAX_TOLD, salvage
from toolkit.grading.whose import STUDENT, student_id


def cell(source, kind="code", **more):
    return {"cell_type": kind, "metadata": {}, **({"outputs": []} if kind == "code" else {}), "source": source, **more}


def notebook(*cells, **metadata):
    made = {"cells": list(cells), "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False).encode()


WORK = notebook(cell("# Title", "markdown"), cell(["a = 1\n", "b = 2\n"]), cell("print(a)"))
OTHER = notebook(cell("other = 1"))


def zipped(members, **how):
    """The bytes of a zip; `members` are (name or ZipInfo, bytes) pairs."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, **how) as made:
        for name, data in members:
            made.writestr(name, data)
    return buffer.getvalue()


def tree(folder, files):
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def as_zip(tmp_path, files, name="class.zip"):
    return tree(tmp_path, {name: zipped(files.items() if isinstance(files, dict) else files)}) / name


def taken(path, assignment="a2", **how):
    """Student -> file of those that are taken."""
    return {one.student: one.file for one in incoming(path, assignment, **how) if not one.refused}


def refused(path, assignment="a2"):
    return {one.student: one.refused for one in incoming(path, assignment) if one.refused}


# Where it comes from


@pytest.mark.parametrize("name", ["ada.ipynb", "a2-ada.ipynb", "ada_a2.ipynb", "A2 ada (1).ipynb", "ada.ipynb.txt"])
def test_the_name_of_a_single_file_says_whose_it_is(tmp_path, name):
    assert taken(tree(tmp_path, {name: WORK}) / name) == {"ada": name}


def test_a_single_file_that_names_nobody_asks_for_the_student(tmp_path):
    path = tree(tmp_path, {"a2.ipynb": WORK}) / "a2.ipynb"
    with pytest.raises(BadInput, match="does not say whose it is.*--student"):
        list(incoming(path, "a2"))
    assert taken(path, student="ada") == {"ada": "a2.ipynb"}
    with pytest.raises(BadInput, match="no file or folder"):
        list(incoming(tmp_path / "none", "a2"))


def test_a_folder_has_files_or_folders_of_students(tmp_path):
    files = {"ada.ipynb": WORK, "bob.lee/a2.ipynb": OTHER, "cyd/deep/er.ipynb": WORK, ".DS_Store": b"\0",
             "bob.lee/.ipynb_checkpoints/a2-checkpoint.ipynb": WORK}  # fmt: skip
    assert taken(tree(tmp_path, files)) == {"ada": "ada.ipynb", "bob.lee": "a2.ipynb", "cyd": "deep/er.ipynb"}


def test_nbgraders_tree_is_read_from_its_root_from_submitted_and_for_one_student(tmp_path):
    course = tree(tmp_path / "course", {
        "submitted/ada/a2/a2.ipynb": WORK, "submitted/ada/a2/timestamp.txt": b"2020-01-01", "source/a2/a2.ipynb": OTHER,
        "submitted/ada/a1/a1.ipynb": OTHER, "submitted/bob/a1/a1.ipynb": OTHER})  # fmt: skip
    tree(course, {"submitted/cyd/a2/timestamp.txt": b"2020-01-01"})
    for place in (course, course / "submitted"):
        assert taken(place) == {"ada": "a2/a2.ipynb"}
        assert refused(place) == {"cyd": "handed in nothing that can be read"}
    assert taken(course / "submitted/ada") == taken(course / "submitted/ada/a2") == {"ada": "a2/a2.ipynb"}
    assert sorted(one.file for one in incoming(course)) == ["", "a1/a1.ipynb", "a1/a1.ipynb", "a2/a2.ipynb"]


MOODLE = {"Ada Lovelace_12345_assignsubmission_file_/x.ipynb": WORK, "Bob Lee_7_assignsubmission_file_y.ipynb": OTHER,
          "Ada Lovelace_12345_assignsubmission_onlinetext_/onlinetext.html": b"<p>hello</p>",
          "Cyd Roe_8_assignsubmission_onlinetext_/onlinetext.html": b"<p>hello</p>"}  # fmt: skip


def test_moodle_names_the_student_in_a_zip_and_in_a_folder(tmp_path):
    for place in (as_zip(tmp_path, MOODLE), tree(tmp_path / "folder", MOODLE)):
        found = {one.student: one for one in incoming(place, "a2")}
        assert (found["12345"].name, found["12345"].file, found["12345"].data) == ("Ada Lovelace", "x.ipynb", WORK)
        assert (found["7"].name, found["7"].file, found["7"].late) == ("Bob Lee", "y.ipynb", None)
        assert found["8"].refused == "handed in nothing that can be read" and len(found) == 3


NOW = {"Ada Lovelace_1234501_assignsubmission_file/a2.ipynb": WORK,
       "Ada Lovelace_1234501_assignsubmission_onlinetext/onlinetext.html": b"<p>hello</p>",
       "Bob_file_7_assignsubmission_file/deep/y.ipynb": OTHER, "Bob_file_7_assignsubmission_file/": b"",
       "Cyd Roe_8_assignsubmission_onlinetext/onlinetext.html": b"<p>hello</p>"}  # fmt: skip


def test_moodles_folders_of_today_end_in_file_without_a_line_below(tmp_path):
    folder = tree(tmp_path / "folder", {name: data for name, data in NOW.items() if data})
    for place in (as_zip(tmp_path, NOW), folder, as_zip(tmp_path, {f"A2/{name}": NOW[name] for name in NOW}, "A2.zip")):
        found = {one.student: one for one in incoming(place, "a2")}
        assert found.keys() == {"1234501", "7", "8"}
        assert (found["1234501"].name, found["1234501"].file, found["1234501"].notes) == (
            "Ada Lovelace",
            "a2.ipynb",
            (),
        )
        assert (found["7"].name, found["7"].file) == ("Bob_file", "deep/y.ipynb")
        assert found["8"].refused == "handed in nothing that can be read"
    assert taken(as_zip(tmp_path, {"Ada_1_assignsubmission_file/a2.ipynb": WORK}, "one.zip")) == {"1": "a2.ipynb"}
    inner = {"ada.zip": zipped(NOW.items()), "bob.ipynb": WORK}
    assert "for a whole class" in refused(tree(tmp_path / "inner", inner))["ada"]
    assert taken(as_zip(tmp_path, {"Ada_1_assignsubmission_files.ipynb": WORK}, "x.zip")).keys() != {"1"}


def test_a_file_in_a_students_folder_cannot_speak_for_another_student(tmp_path):
    forged = "Bob_7_assignsubmission_file_x.ipynb"
    assert taken(as_zip(tmp_path, {f"Ada_1_assignsubmission_file_/{forged}": WORK})) == {"1": forged}
    assert taken(as_zip(tmp_path, {f"Ada_1_assignsubmission_file_{forged}": WORK})) == {"1": forged}
    assert taken(as_zip(tmp_path, {f"Ada_1_assignsubmission_file/{forged}": WORK})) == {"1": forged}
    assert taken(tree(tmp_path / "submitted", {f"ada/a2/{forged}": WORK}).parent) == {"ada": f"a2/{forged}"}


def test_canvas_says_who_was_late_and_numbers_what_was_handed_in_again(tmp_path):
    files = {
        "lovelaceada_LATE_4821_99887_a2.ipynb": WORK,
        "leebob_77_1_a2-1.ipynb": OTHER,
        "leebob_77_2_a2.ipynb": WORK,
    }
    found = {one.student: one for one in incoming(as_zip(tmp_path, files), "a2")}
    assert (found["4821"].name, found["4821"].late, found["4821"].file) == ("lovelaceada", True, "a2.ipynb")
    assert (found["77"].late, found["77"].file, found["77"].data) == (False, "a2-1.ipynb", OTHER)


def test_of_blackboards_attempts_the_newest_counts(tmp_path):
    start = "gradebook_2026-COURSE_A2_a_lovelace_attempt_2026-10-"
    files = {f"{start}16-09-00-00_a2.ipynb": WORK, f"{start}15-17-59-00_a2.ipynb": OTHER,
             f"{start}16-09-00-00.txt": b"Name: Ada Lovelace (a_lovelace)\nAssignment: A2\n",
             "gradebook_2026-COURSE_A2_bob_attempt_2026-10-15-17-59-00.txt": b"no file"}  # fmt: skip
    *kept, newest = [one for one in incoming(as_zip(tmp_path, files), "a2") if one.student == "a_lovelace"]
    assert newest.data == WORK and newest.name == "Ada Lovelace" and not newest.refused
    assert [one.data for one in kept] == [OTHER] and "another version" in kept[0].refused
    assert newest.notes == ("two versions were handed in: a2.ipynb was taken and a2.ipynb was kept",)
    assert refused(as_zip(tmp_path, files))["bob"] == "handed in nothing that can be read"


def test_folders_round_all_that_was_handed_in_are_looked_through(tmp_path):
    assert taken(as_zip(tmp_path, {"class/ada.ipynb": WORK, "class/bob/x.ipynb": WORK})) == {
        "ada": "ada.ipynb", "bob": "x.ipynb"}  # fmt: skip
    assert taken(as_zip(tmp_path, {f"export-7/{name}": data for name, data in MOODLE.items()})).keys() == {"12345", "7"}
    assert taken(as_zip(tmp_path, {"a2.ipynb": WORK}, "ada.zip")) == {"ada": "a2.ipynb"}


# Every submission is accounted for


def test_two_versions_are_told_and_both_are_kept(tmp_path):
    tree(tmp_path, {"ada/a2.ipynb": OTHER, "ada/a2 (1).ipynb": WORK, "ada/plot.png": b"\x89PNG"})
    older, newer = incoming(tmp_path, "a2")
    assert (newer.data, newer.refused, older.data) == (WORK, "", OTHER)
    assert older.refused == "a2.ipynb is kept; another version, a2 (1).ipynb, was taken"
    assert "two versions were handed in: a2 (1).ipynb was taken and a2.ipynb was kept" in newer.notes


def test_without_a_number_in_the_name_the_last_one_changed_is_taken(tmp_path):
    tree(tmp_path, {"ada/first.ipynb": OTHER, "ada/second.ipynb": WORK})
    os.utime(tmp_path / "ada/second.ipynb", (1_000_000_000, 1_000_000_000))
    assert taken(tmp_path) == {"ada": "first.ipynb"}


@pytest.mark.parametrize("name, data, what", [
    ("ada.pdf", b"%PDF-1.7", "a PDF"), ("ada.png", b"\x89PNG\r\n", "a picture"), ("ada.rtf", rb"{\rtf1", "an RTF"),
    ("ada.docx", zipped([("[Content_Types].xml", b"<x/>")]), "a Word, Excel or PowerPoint document"),
    ("ada.ipynb", b"%PDF-1.7", "a PDF")])  # fmt: skip
def test_what_is_no_notebook_is_refused_by_its_name(tmp_path, name, data, what):
    tree(tmp_path, {name: data, "bob.ipynb": WORK})
    assert what in refused(tmp_path)["ada"] and "ends in .ipynb" in refused(tmp_path)["ada"]
    assert taken(tmp_path) == {"bob": "bob.ipynb"}


def test_an_empty_folder_is_a_student_who_handed_in_nothing(tmp_path):
    tree(tmp_path, {"bob/a2.ipynb": WORK})
    (tmp_path / "ada").mkdir()
    assert refused(tmp_path) == {"ada": "handed in nothing that can be read"}
    with pytest.raises(BadInput, match="is empty; give the folder or the zip"):
        list(incoming(tmp_path / "ada", "a2"))


def test_a_zip_in_a_zip_is_opened_once(tmp_path):
    inner = zipped([("work/a2.ipynb", WORK), ("__MACOSX/work/._a2.ipynb", b"\0"), ("data.csv", b"1")])
    twice = zipped([("again.zip", inner)])
    place = as_zip(tmp_path, {"ada.zip": inner, "bob.zip": twice, "cyd.zip": b"PK\x03\x04 broken", "dee.ipynb": WORK})
    assert taken(place) == {"ada": "ada.zip/work/a2.ipynb", "dee": "dee.ipynb"}
    assert "a zip file in a zip file" in refused(place)["bob"] and "damaged" in refused(place)["cyd"]


def test_a_notebook_goes_before_what_was_exported_from_it(tmp_path):
    tree(tmp_path, {"ada/a2 (1).html": b"<p>", "ada/a2 (2).py": b"a = 1", "ada/work.ipynb": WORK})
    assert taken(tmp_path) == {"ada": "work.ipynb"} and len(list(incoming(tmp_path, "a2"))) == 3


def test_of_very_many_files_the_newest_are_looked_at(tmp_path):
    tree(
        tmp_path, {f"ada/a2 ({number}).ipynb": OTHER for number in range(30)} | {"ada/b.zip": zipped([("a.py", b"1")])}
    )
    *kept, last = incoming(tmp_path, "a2")
    assert (last.file, len(kept)) == ("a2 (29).ipynb", 19) and "the 20 newest were looked at" in last.notes[-1]


def test_an_empty_file_does_not_replace_a_full_one(tmp_path):
    assert taken(tree(tmp_path, {"ada/a2.ipynb": WORK, "ada/a2 (1).ipynb": b""})) == {"ada": "a2.ipynb"}


def test_the_download_of_a_class_is_not_taken_for_one_student(tmp_path):
    place = (
        tree(tmp_path / "submitted", {"moodle/class.zip": zipped(MOODLE.items()), "moodle/bob.ipynb": WORK}) / "moodle"
    )
    assert "for a whole class; give that zip file itself" in refused(place)["class"] and taken(place).keys() == {"bob"}


def test_a_folder_that_cannot_be_opened_is_told(tmp_path, monkeypatch):
    tree(tmp_path, {"ada/a2.ipynb": WORK, "bob/a2.ipynb": WORK})
    scan = os.scandir

    def locked(path):
        if path.name == "ada":
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", locked)
    assert "cannot be opened: Permission denied" in refused(tmp_path)["ada"] and taken(tmp_path).keys() == {"bob"}


# Whose names are dangerous


@pytest.mark.parametrize(
    "raw", ["=HYPERLINK(1)", "+1", "@x\n", "../x", "-rf", "Zoë", "Анна", "a" * 70, "a\x00b", "..", "/etc"]
)
def test_an_odd_name_becomes_a_safe_id_of_its_own(raw):
    assert STUDENT.fullmatch(student_id(raw)) and student_id(raw) != student_id(f"{raw}!")


def test_an_odd_name_is_told_and_never_lost(tmp_path):
    place = as_zip(
        tmp_path, {"=HYPERLINK(1)/a2.ipynb": WORK, "Zoë\n/a2.ipynb": WORK, "Ada/a2.ipynb": WORK, "ada/x.ipynb": WORK}
    )
    found = {one.student: one for one in incoming(place, "a2")}
    assert len(found) == 4 and all(STUDENT.fullmatch(one) for one in found)
    assert any("‘=HYPERLINK(1)’ is kept as HYPERLINK_1-" in note for one in found.values() for note in one.notes)
    assert all("\n" not in note for one in found.values() for note in one.notes)
    assert "also written with other capitals" in found["ada"].notes[0]


def test_one_name_with_its_accents_written_in_two_ways_is_one_student(tmp_path):
    place = as_zip(tmp_path, {"Zo\u00eb/a2.ipynb": WORK, "Zoe\u0308/a2.ipynb": OTHER})
    *_, last = incoming(place, "a2")
    assert len({one.student for one in incoming(place, "a2")}) == 1 and "two versions" in " ".join(last.notes)


# Archives that do harm


def member(name, mode=0o100644, **fields):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    for field, value in fields.items():
        setattr(info, field, value)
    return info


@pytest.mark.parametrize("name", ["../ada.ipynb", "/etc/ada.ipynb", "C:\\ada.ipynb", "x/../../x-y/ada.ipynb",
                                  "..\\ada.ipynb", "a" * 600])  # fmt: skip
def test_a_path_that_leads_out_is_refused_and_the_others_count(tmp_path, name):
    place = as_zip(tmp_path, [(name, WORK), ("ada.ipynb", OTHER)])
    assert taken(place) == {"ada": "ada.ipynb"}
    (why,) = refused(place).values()
    assert "leads out of the zip" in why or "more than 500 characters" in why
    assert list(tmp_path.iterdir()) == [place]


def test_links_devices_and_locked_files_in_a_zip_are_refused(tmp_path):
    data = zipped([(member("ada.ipynb", 0o120777), b"/etc/passwd"), (member("bob.ipynb", 0o020666), b""),
                   ("cyd.ipynb", WORK), ("dee.ipynb", WORK)])  # fmt: skip
    first = data.rfind(b"PK\x01\x02")
    data = data[: first + 8] + b"\x01" + data[first + 9 :]  # dee's is marked as locked with a password
    place = tree(tmp_path, {"class.zip": data}) / "class.zip"
    found = refused(place)
    assert "a link or a device" in found["ada"] and "a link or a device" in found["bob"] and "password" in found["dee"]
    assert taken(place) == {"cyd": "cyd.ipynb"}


def test_a_member_is_measured_while_it_is_unpacked_and_the_others_count(tmp_path):
    data = zipped([("ada.ipynb", b" " * (MAX_BYTES + 1)), ("bob.ipynb", WORK)])
    lying = data.replace((MAX_BYTES + 1).to_bytes(4, "little"), (100).to_bytes(4, "little"))
    assert lying != data
    for number, one in enumerate([data, lying]):
        place = tree(tmp_path, {f"{number}.zip": one}) / f"{number}.zip"
        assert taken(place) == {"bob": "bob.ipynb"} and "ada" in refused(place)


def test_all_of_a_zip_together_is_measured(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_TOTAL", 2_000_000)
    place = as_zip(tmp_path, {f"s{number}.ipynb": b" " * 600_000 for number in range(5)})
    assert taken(place).keys() == {"s0", "s1", "s2"}
    assert "unpacks to far more" in refused(place)["s4"]


def test_too_many_files_are_refused_before_they_are_listed(tmp_path, monkeypatch):
    monkeypatch.setattr(archives, "MAX_LISTING", 1_000)
    place = as_zip(tmp_path, {f"s{number}.ipynb": b"" for number in range(50)})
    with pytest.raises(BadInput, match="lists more than"):
        list(incoming(place))
    monkeypatch.setattr(archives, "MAX_MEMBERS", 40)
    monkeypatch.setattr(archives, "MAX_LISTING", 4_000_000)
    with pytest.raises(BadInput, match="has 50 files; 40 are the most"):
        list(incoming(place))
    with pytest.raises(BadInput, match="more than 40 files"):
        list(incoming(tree(tmp_path / "many", {f"s{number}": b"" for number in range(41)})))


def test_a_zip_of_a_million_empty_files_is_refused_by_the_size_of_its_list():
    entry = b"PK\x01\x02" + b"\0" * 42
    end = b"PK\x05\x06" + b"\0" * 4 + b"\x01\0\x01\0" + (46 * 10**6).to_bytes(4, "little") + b"\0" * 6
    with pytest.raises(BadInput, match="lists more than"), inside(entry * 10**6 + end):
        pass


def test_a_broken_zip_is_refused_wherever_it_is_broken(tmp_path):
    whole, chance = zipped(MOODLE.items()), random.Random(7)
    for _ in range(200):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        place = (
            tree(tmp_path, {"class.zip": bytes(data[: chance.randrange(len(data) // 2, 2 * len(data))])}) / "class.zip"
        )
        try:
            assert all(one.refused or one.data for one in incoming(place))
        except BadInput as error:
            assert "zip" in str(error)


def test_the_same_name_twice_in_a_zip_is_two_versions(tmp_path):
    with pytest.warns(UserWarning, match="Duplicate name"):
        place = as_zip(tmp_path, [("ada.ipynb", OTHER), ("ada.ipynb", WORK)])
    older, newer = incoming(place, "a2")
    assert (older.data, newer.data) == (OTHER, WORK) and older.refused and not newer.refused


def test_what_is_no_file_is_never_opened(tmp_path):
    secret = tree(tmp_path, {"secret.txt": b"secret"}) / "secret.txt"
    place = tree(tmp_path / "class", {"bob.ipynb": WORK, "gil.ipynb": b" " * (MAX_BYTES + 1)})
    (place / "ada.ipynb").symlink_to(secret)
    (place / "cyd").symlink_to(tmp_path)
    os.mkfifo(place / "dee.ipynb")
    os.link(place / "bob.ipynb", place / "eve.ipynb")
    found = {one.student: one for one in incoming(place, "a2")}
    assert all("a link, a pipe or a device" in found[name].refused for name in ("ada", "cyd", "dee"))
    assert "more than 20,000,000 bytes" in found["gil"].refused
    assert all(found[name].data == b"" for name in ("ada", "cyd", "dee", "gil"))
    assert found["bob"].data == found["eve"].data == WORK


# What can be saved from a notebook


def sources(data, name="ada.ipynb"):
    found = salvage(data, name)
    assert not found.refused, found.refused
    return [one.source for one in found.cells]


ALL = ["# Title", "a = 1\nb = 2\n", "print(a)"]


def test_a_sound_notebook_needs_no_repair():
    found = salvage(notebook(cell("1", id="x1"), cell("!ls\n%time 1"), toolkit={"assignment": "a2"}), "ada.ipynb")
    assert [(one.kind, one.source, one.id) for one in found.cells] == [
        ("code", "1", "x1"),
        ("code", "!ls\n%time 1", ""),
    ]
    assert (found.repairs, found.assignment) == ((), "a2")
    assert salvage(notebook(cell("1"), toolkit={"assignment": "../x"}), "ada.ipynb").assignment == ""


@pytest.mark.parametrize("encoding, told", [("utf-8-sig", "mark at its beginning"), ("utf-16", "utf-16"),
                                            ("utf-16-le", "utf-16-le"), ("cp1252", "cp1252")])  # fmt: skip
def test_other_encodings_are_read_and_told(encoding, told):
    found = salvage(notebook(cell("x = 'café'")).decode().encode(encoding), "ada.ipynb")
    assert [one.source for one in found.cells] == ["x = 'café'"] and told in found.repairs[0]


def test_one_damaged_byte_does_not_spoil_the_other_letters():
    data = notebook(cell("x = 'Москва и Париж'"))
    found = salvage(data.replace("Париж".encode(), b"\xffa"), "ada.ipynb")
    assert found.cells[0].source == "x = 'Москва и \ufffda'" and "damaged characters (1)" in found.repairs[0]


def test_the_old_format_is_read():
    old = {"nbformat": 3, "metadata": {}, "worksheets": [{"cells": [
        {"cell_type": "code", "input": ["a = 1"], "language": "python", "outputs": []},
        {"cell_type": "heading", "level": 1, "source": "T"}]}]}  # fmt: skip
    found = salvage(json.dumps(old).encode(), "ada.ipynb")
    assert [(one.kind, one.source) for one in found.cells] == [("code", "a = 1"), ("markdown", "T")]
    assert "old format 3" in found.repairs[0]


def test_of_a_merge_conflict_the_first_side_is_kept_and_told():
    text = notebook(cell(["a = 1\n", "b = 2\n"])).decode()
    conflict = text.replace('    "b = 2\\n"', '<<<<<<< HEAD\n    "b = 2\\n"\n=======\n    "b = 3\\n"\n>>>>>>> theirs')
    assert conflict != text
    found = salvage(conflict.encode(), "ada.ipynb")
    assert found.cells[0].source == "a = 1\nb = 2\n" and "1 merge conflict; the first version" in found.repairs[0]
    inside_a_cell = cell("x = 0\n<<<<<<< HEAD\nx = 1\n||||||| base\nx = 5\n=======\nx = 2\n>>>>>>> theirs\n")
    found = salvage(notebook(cell("y = 1"), inside_a_cell), "ada.ipynb")
    assert found.cells[1].source == "x = 0\nx = 1\n" and found.repairs[0].startswith("cell 2 had the marks of a merge")


def test_of_a_notebook_that_is_cut_off_every_whole_line_is_kept():
    whole = WORK.decode()
    at = whole.index("b = 2")
    found = salvage(whole[: at + 3].encode(), "ada.ipynb")
    assert [one.source for one in found.cells] == ["# Title", "a = 1\n"] and "cut off or damaged" in found.repairs[0]
    one_text = notebook(cell("a = 'é\"\\\\'\nb = 2")).decode()
    assert sources(one_text[: one_text.index("b = 2") + 2].encode()) == ["a = 'é\"\\\\'\n"]
    assert sources(one_text[: one_text.index("\\\\") + 1].replace("a = ", "c\\na = ").encode()) == ["c\n"]


def test_a_break_in_the_middle_costs_one_cell_only():
    broken = WORK.decode().replace('"a = 1\\n",', '"a = 1\\n"" ,', 1).encode()
    assert sources(broken) == ["# Title", "a = 1\n", "print(a)"]
    nested = broken.replace(
        b'"print(a)"', b'"print(a)"\n},{"cell_type": ' + b"[" * 100_000 + b'{"cell_type": "code", "source": "c"'
    )
    assert sources(nested) == ["# Title", "a = 1\n", "print(a)", "c"]


def test_something_behind_or_before_the_notebook_is_left_out():
    for data in (WORK + b"garbage }", b"garbage " + WORK, WORK + WORK):
        assert sources(data) == ALL and "before or behind" in salvage(data, "ada.ipynb").repairs[0]


def test_wrong_types_cost_only_the_cell_that_has_them():
    odd = [3, None, cell(5), cell(["a = 1\n", 7]), {"source": "no kind"}, cell("b = 2"), cell({"x": 1}), cell([])]
    assert sources(notebook(*odd)) == ["a = 1\n", "no kind", "b = 2", ""]
    assert len(salvage(notebook(*odd), "ada.ipynb").repairs) == 6
    for value in ([], {}, {"cells": 5}, {"cells": {"0": cell("1")}}, {"worksheets": [1]}, {"worksheets": 2}):
        assert salvage(json.dumps(value).encode(), "ada.ipynb").refused


def test_numbers_that_are_none_and_nesting_without_end():
    assert sources(b'{"cells": [{"cell_type": "code", "source": "1", "x": NaN}], "metadata": {"y": Infinity}}') == ["1"]
    nested = "nested too deeply"
    assert nested in salvage(b'{"cells": ' + b"[" * 200_000, "ada.ipynb").refused
    assert salvage(b'{"cell_type": ' * 100_000, "ada.ipynb").refused
    assert salvage(b'{"cells": [' + b'{"cell_type": "' * 100_000, "ada.ipynb").refused


def test_too_many_cells_and_a_giant_one_are_cut_and_told():
    found = salvage(notebook(*[cell("1")] * (MAX_CELLS + 5)), "ada.ipynb")
    assert len(found.cells) == MAX_CELLS and "more than 10,000 cells" in found.repairs[0]
    found = salvage(notebook(cell("x" * 1_000_001), cell("1")), "ada.ipynb")
    assert [one.source for one in found.cells] == ["1"] and "1,000,001 characters" in found.repairs[0]
    assert len(salvage(notebook(*[7] * 500, cell("1")), "ada.ipynb").repairs) == MAX_TOLD + 1


@pytest.mark.parametrize("data, why", [
    (b"", "is empty"), (b" \n", "is empty"), (notebook(), "no cells"), (notebook(cell("hello", "markdown")), "no code"),
    (notebook(cell("")), "no code"), (b"\x00\x01\x02\xfe" * 99, "not text"), (b"hello there,\nteacher", "no notebook"),
    (b"<html><body>Sign in</body></html>", "no code|no cells")])  # fmt: skip
def test_nothing_to_grade_is_refused_with_advice(data, why):
    found = salvage(data, "ada.ipynb")
    assert re.search(why, found.refused) and "choose Run All Cells, save it" in found.refused and not found.cells


def test_another_kernel_matters_only_if_the_code_is_not_python():
    r = {"kernelspec": {"name": "ir", "language": "R"}, "language_info": {"name": "R"}}
    found = salvage(notebook(cell("%matplotlib inline\nx = 1"), **r), "ada.ipynb")
    assert found.cells and "was set to" in found.repairs[0]
    assert "not in Python" in salvage(notebook(cell("f <- function(x) { x }"), **r), "ada.ipynb").refused
    assert not salvage(notebook(cell("1"), kernelspec={"name": "course-env", "language": "python"}), "x.ipynb").repairs


def test_half_a_character_does_not_go_on_to_those_who_write_it_to_a_file():
    assert sources(b'{"cells": [{"cell_type": "code", "source": "x = \'\\ud800\'"}]}') == ["x = '?'"]


# Exports


def test_a_script_is_divided_into_cells():
    percent = b"# ---\n# jupyter:\n#   x\n# ---\n\n# %% [markdown]\n# Text\n\n# %%\na = 1\n\n# %% title\nb = 2\n"
    assert [(one.kind, one.source) for one in salvage(percent, "ada.py").cells] == [
        ("markdown", "Text"), ("code", "a = 1"), ("code", "b = 2")]  # fmt: skip
    exported = b"#!/usr/bin/env python\n# coding: utf-8\n\n# In[1]:\n\n\na = 1\n\n\n# In[ ]:\n\n\nb = 2\n"
    assert sources(exported, "ada.py") == ["a = 1", "b = 2"]
    assert sources(b"a = 1\nb = 2\n", "ada.py") == ["a = 1\nb = 2"] == sources(b"a = 1\nb = 2\n", "ada.ipynb")
    assert "a script, not a notebook" in salvage(b"a = 1", "ada.py").repairs[0]


@pytest.mark.parametrize("template", ["lab", "classic"])
def test_a_page_that_jupyter_exported_gives_its_cells_back(template):
    nbconvert, nbformat = pytest.importorskip("nbconvert"), pytest.importorskip("nbformat")
    fence = cell("# Title\n\n```python\nnot_this = 1\n```", "markdown", id="a")
    code = cell("if 1 < 2 and 'é':\n    print('<b>&amp;</b>')", id="b", execution_count=1)
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "printed\n"}]
    node = nbformat.reads(notebook(fence, code, cell("%time x = 1", id="c", execution_count=2)).decode(), 4)
    page, _ = nbconvert.HTMLExporter(template_name=template).from_notebook_node(node)
    found = salvage(page.encode(), "ada.html")
    assert [one.source for one in found.cells if one.kind == "code"] == [code["source"], "%time x = 1"]
    assert "exported from a notebook" in found.repairs[0]


def test_a_page_with_code_of_another_kind_is_read_as_far_as_it_goes():
    assert sources(b"<div class='highlight'><pre>a &lt; 1\n</pre></div><script>evil()</script>", "ada.html") == [
        "a < 1"
    ]
    assert salvage(b"<div class='x'>" * 100_000, "ada.html").refused


# Whatever the bytes are


RICH = notebook(*[cell(f"x{n} = 'é'\nprint(x{n})\n") for n in range(5)], cell("Text ü", "markdown"), kernelspec={})


def mutated(chance, data):
    kind = chance.randrange(4 + (data == RICH))
    at, length = chance.randrange(len(data)), chance.randrange(1, 60)
    if kind == 0:
        flipped = bytearray(data)
        for _ in range(chance.randrange(1, 30)):
            flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(flipped)
    if kind == 1:
        return data[:at]
    if kind == 2:
        return data[:at] + data[at : at + length] * 3 + data[at + length :]
    if kind == 3:
        return data[:at] + data[at + length :]
    value = json.loads(data)
    odd = [None, 3, "x", [], {}, [1], {"source": 1}, float("nan"), "\ud800", [[]], True]
    target = value if chance.random() < 0.3 else chance.choice(value["cells"])
    target[chance.choice(list(target))] = chance.choice(odd)
    return json.dumps(value).encode()


def test_whatever_happens_to_a_notebook_there_are_cells_or_a_reason():
    chance, verdicts = random.Random(20260725), []
    for number in range(300):
        data = mutated(chance, mutated(chance, RICH) if number % 5 == 0 else RICH)
        found = salvage(data, "ada.ipynb")
        assert bool(found.cells) != bool(found.refused)
        assert all(isinstance(one.source, str) and one.source.encode() is not None for one in found.cells)
        verdicts.append(bool(found.cells))
    assert sum(verdicts) > 250
