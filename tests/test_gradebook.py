"""The gradebook: marks by people stand, nothing told is lost by a kill, whatever was changed is named."""

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from toolkit.exercises.question import Key, Question, write_key
from toolkit.files import BadInput
from toolkit.grading.gradebook import Gradebook, Mark, need_student
from toolkit.grading.journal import Journal

ROOT = Path(__file__).parents[1]


@pytest.fixture
def book(tmp_path):
    return Gradebook(tmp_path / "book")


@pytest.fixture
def key(book, tmp_path):
    """The sha256 of a key with an automatic question a1.10 before a free one a1.2."""
    rubric = ({"points": 1, "say": "names a source"}, {"points": 2, "say": "weighs it"})
    questions = [Question("a1.10", "number", "n", points=2), Question("a1.2", "free", "text", points=3, rubric=rubric)]
    path = write_key(Key("a1", {one.id: one for one in questions}), tmp_path)[0]
    return book.put_key(path.read_bytes())


def grade(book, student, points=1.0, *, key="", submission="", assignment="a1"):
    marks = {
        "a1.2": {"points": None, "of": 3, "mistake": "", "given": "", "note": ""},
        "a1.10": {"points": points, "of": 2, "mistake": "one too many", "given": "7", "note": ""},
    }
    return book.append(
        "graded", who="toolkit", student=student, assignment=assignment, submission=submission, key=key,
        isolation="strong", marks=marks, answers={"a1.2": "Because."}, notes=[], days_late=0,
    )  # fmt: skip


def receive(book, student, **more):
    fields = {"submission": "", "file": "a.ipynb", "size": 1, "received": "", "repairs": [], "refused": ""}
    return book.append("received", who="toolkit", student=student, assignment="a1", **fields | more)


def points(book, question="a1.10"):
    return [mark.points for mark in book.marks(question=question)]


def lines(book):
    return (book.folder / "journal.jsonl").read_bytes().splitlines(keepends=True)


def write(book, changed):
    (book.folder / "journal.jsonl").write_bytes(b"".join(changed))


# What counts


def test_marks_are_those_of_the_last_grading_in_the_order_of_the_key(book, key):
    assert book.marks() == [] and book.students() == [] and book.graded("ben", "a1") is None
    grade(book, "ben", key=key), grade(book, "anna", 0, key=key), grade(book, "anna", 2, key=key)
    first, second, *_ = book.marks("a1")
    assert first == Mark("anna", "a1", "a1.10", 2, 2, automatic=2, mistake="one too many", given="7")
    assert second == Mark("anna", "a1", "a1.2", None, 3, answer="Because.")
    assert [mark.student for mark in book.marks()] == ["anna", "anna", "ben", "ben"]
    assert book.marks("a1", student="ben", question="a1.2")[0].points is None
    assert book.graded("anna", "a1")["n"] == 3 and book.marks("a2") == []
    assert receive(book, "zoe")["n"] == 4 and book.received("zoe", "a1")["file"] == "a.ipynb"
    assert book.students("a1") == ["anna", "ben", "zoe"] and book.assignments() == ["a1"]


def test_a_persons_mark_stands_when_the_answer_is_graded_again_until_it_is_undone(book, key):
    grade(book, "anna", 0.5, key=key)
    first = book.mark("anna", "a1", "a1.10", 1, who="Ms Berg", why="only a slip")
    second = book.mark("anna", "a1", "a1.10", 2, who="Mr Clay", comment="No slip at all.")
    assert (first["before"], first["points"], second["before"]) == (0.5, 1, 1)
    grade(book, "anna", 0, key=key)
    mark = book.marks(question="a1.10")[0]
    assert (mark.points, mark.automatic, mark.who, mark.comment) == (2, 0, "Mr Clay", "No slip at all.")
    book.undo(second["n"], who="Ms Berg", why="agreed in class")
    assert points(book) == [1]
    book.undo(first["n"], who="Ms Berg")
    assert points(book) == [0] and book.marks(question="a1.10")[0].who == ""
    with pytest.raises(BadInput, match=f"record {first['n']} is undone already; .* mark the question again"):
        book.undo(first["n"], who="Ms Berg")
    assert book.mark("anna", "a1", "a1.10", 1, who="Ms Berg")["before"] == 0 and points(book) == [1]


def test_a_question_that_waits_for_a_person_has_no_points_until_it_is_marked(book, key):
    grade(book, "anna", key=key)
    assert points(book, "a1.2") == [None]
    assert book.mark("anna", "a1", "a1.2", 0, who="Ms Berg", rubric=[0, 1])["before"] is None
    assert points(book, "a1.2") == [0] and book.marks(question="a1.2")[0].rubric == (0, 1)


def test_who_handed_in_on_paper_is_marked_by_the_key(book, key):
    grade(book, "anna", key=key)
    book.mark("ben", "a1", "a1.2", 3, who="Ms Berg")
    assert book.marks(student="ben") == [Mark("ben", "a1", "a1.2", 3, 3, who="Ms Berg")]


def test_a_question_that_was_dropped_counts_no_longer(book, key):
    grade(book, "anna", key=key)
    book.mark("anna", "a1", "a1.2", 3, who="Ms Berg")
    fields = grade_fields(book)
    book.append(**fields | {"kind": "graded", "marks": {"a1.10": fields["marks"]["a1.10"]}})
    assert [mark.question for mark in book.marks()] == ["a1.10"]


@pytest.mark.parametrize(
    "change, said",
    [
        ({"points": 2.5}, "2.5 points for question a1.10: it has from 0 to 2"),
        ({"points": -1}, "from 0 to 2"),
        ({"points": float("nan")}, "from 0 to 2"),
        ({"points": True}, "from 0 to 2"),
        ({"points": "1"}, "'1' points"),
        ({"points": None}, "None points"),
        ({"who": "  "}, 'give who="your name"'),
        ({"question": "a1.100"}, "no question 'a1.100'; did you mean 'a1.10'"),
        ({"assignment": "b2"}, "nothing of assignment b2 has been graded for anna; grade it first"),
        ({"student": "../anna"}, "'../anna' cannot be a student"),
        (
            {"question": "a1.2", "rubric": [2]},
            "2 is no place in the rubric of question a1.2, which has from 0 to 1",
        ),
        ({"question": "a1.2", "rubric": [-1]}, "-1 is no place"),
        ({"rubric": [0]}, "which has none"),
        ({"comment": "x" * 10_001}, "comment has more than 10,000 characters"),
    ],
)
def test_a_mark_that_cannot_be_is_refused_in_one_sentence(book, key, change, said):
    grade(book, "anna", key=key)
    good = {"student": "anna", "assignment": "a1", "question": "a1.10", "points": 1, "who": "Ms Berg"}
    with pytest.raises(BadInput, match=said):
        book.mark(**good | change)
    assert len(lines(book)) == 1


@pytest.mark.parametrize("n", [2, 99, 0, 10**30, "x"])
def test_only_a_persons_mark_and_what_was_handed_in_can_be_undone(book, n):
    grade(book, "anna")
    book.undo(1, who="Ms Berg")
    with pytest.raises(BadInput, match=f"record {n} is not a mark that a person gave, nor what was handed in"):
        book.undo(n, who="Ms Berg")


@pytest.mark.parametrize("kind", ["received", "graded"])
def test_what_was_handed_in_under_a_wrong_name_is_withdrawn_with_all_that_came_of_it(book, key, kind):
    receive(book, "anna", submission=(anna := book.keep(b"of anna")))
    grade(book, "anna", key=key, submission=anna)
    wrong = [
        receive(book, "adda", submission=(ada := book.keep(b"of ada"))),
        grade(book, "adda", key=key, submission=ada),
        book.mark("adda", "a1", "a1.2", 3, who="Ms Berg"),
    ]
    undone = book.undo(next(one["n"] for one in wrong if one["kind"] == kind), who="Ms Berg", why="it is ada")
    assert [one["record"] for one in undone] == [3, 4, 5]
    for one in (book, Gradebook(book.folder)):
        assert one.students() == ["anna"] and {mark.student for mark in one.marks()} == {"anna"}
        assert one.graded("adda", "a1") is None is one.received("adda", "a1") and one.verify() == []
    assert [one["n"] for one in book.standing()] == [1, 2] and book.kept(ada) == b"of ada"
    with pytest.raises(BadInput, match="record 4 is undone already"):
        book.undo(4, who="Ms Berg")
    (book.folder / "view.sqlite").unlink()
    assert book.students() == ["anna"]


def test_what_was_handed_in_before_counts_again_with_its_marks_when_the_newer_is_withdrawn(book, key):
    old, new = book.keep(b"old"), book.keep(b"new")
    receive(book, "anna", submission=old), grade(book, "anna", 2, key=key, submission=old)
    book.mark("anna", "a1", "a1.2", 3, who="Ms Berg")
    receive(book, "anna", submission=new), (newer := grade(book, "anna", 0, key=key, submission=new))
    assert (points(book), points(book, "a1.2")) == ([0], [None])
    book.undo(newer["n"], who="Ms Berg")
    assert (points(book), points(book, "a1.2")) == ([2], [3])
    assert book.received("anna", "a1")["submission"] == old and book.verify() == []


@pytest.mark.parametrize("text", ["", ".anna", "-anna", "a" * 65, "an na", "anna/..", "анна", "anna\n", 7, None])
def test_what_is_no_id_is_refused(text):
    with pytest.raises(BadInput, match="cannot be a student; use 1 to 64"):
        need_student(text)


def test_a_record_that_lacks_a_part_is_refused(book):
    with pytest.raises(ValueError, match="did you mean 'graded'"):
        book.append("gradet", who="toolkit")
    with pytest.raises(BadInput, match="kind 'undone' needs record, why, too"):
        book.append("undone", who="toolkit")
    with pytest.raises(BadInput, match="cannot be written as JSON"):
        receive(book, "anna", size=float("nan"))
    fields = grade_fields(book)
    for marks in (2, {"a1.1": 2}, {"a1.1": {"of": 2}}, {"a1.1": {"points": "1", "of": 2}}, {"a1.1": {"points": 1}}):
        with pytest.raises(BadInput, match="a graded record has marks"):
            book.append("graded", **fields | {"marks": marks})


def test_several_records_are_added_in_one_go_or_none(book):
    good = {"student": "anna", "assignment": "a1", "submission": "", "file": "a", "size": 1, "received": "",
            "repairs": [], "refused": ""}  # fmt: skip
    added = book.append_all([("received", good), ("received", good | {"student": "ben"})], who="toolkit")
    assert [record["n"] for record in added] == [1, 2] and book.students() == ["anna", "ben"] and book.verify() == []
    with pytest.raises(BadInput, match="cannot be a student"):
        book.append_all([("received", good | {"student": "cem"}), ("received", good | {"student": "."})], who="toolkit")
    assert list(book.records()) == added


def grade_fields(book):
    record = grade(book, "anna")
    return {name: record[name] for name in record if name not in ("n", "at", "kind", "prev")}


def test_a_file_name_of_half_characters_is_kept_as_it_was(book):
    receive(book, "anna", file="\udcff\n\u2028\0Москва.ipynb")
    assert book.received("anna", "a1")["file"] == "\udcff\n\u2028\0Москва.ipynb" and book.verify() == []


# What is kept


def test_what_is_handed_in_is_kept_once_under_its_digest(book):
    name = book.keep(b"handed in")
    assert book.keep(b"handed in") == name and [path.name for path in book.folder.glob("kept/*")] == [name]
    receive(book, "anna", submission=name)
    (book.folder / "kept" / ".what-a-killed-program-left.part").write_bytes(b"hand")
    assert book.verify() == []
    (book.folder / "kept" / name).write_bytes(b"changed")
    assert book.verify() == [f"kept/{name} was changed: its name is not the sha256 of what is in it"]
    (book.folder / "kept" / name).unlink()
    again = "put it back from a copy, or grade that student's file again"
    assert book.verify() == [f"kept/{name} is missing, which record 1 (anna) names; {again}"]
    with pytest.raises(BadInput, match=f"kept/{name} is missing .* or grade that student's file again"):
        book.kept(name)
    book.keep(b"handed in")
    assert book.verify() == []


def test_the_key_is_the_one_that_was_last_graded_with(book, key, tmp_path):
    other = write_key(Key("a1", {"a1.2": Question("a1.2", "free", "text", points=5)}), tmp_path)[0]
    newer = book.put_key(other.read_bytes())
    grade(book, "anna", key=newer), grade(book, "ben", key=key)
    assert list(book.key("a1").questions) == ["a1.10", "a1.2"]
    grade(book, "anna", key=newer)
    assert book.key("a1").questions["a1.2"].points == 5
    with pytest.raises(BadInput, match="'a12' has been graded; did you mean 'a1'"):
        book.key("a12")
    with pytest.raises(BadInput, match="is not a key"):
        book.put_key(b"[]")
    assert len(list(book.folder.glob("keys/*"))) == 2
    (book.folder / "keys" / f"{newer}.json").unlink()
    with pytest.raises(BadInput, match="is missing from .*; put it back from a copy .* another key"):
        Gradebook(book.folder).key("a1")
    with pytest.raises(BadInput, match="graded for anna; did you mean 'a1'"):
        book.mark("anna", "a12", "a1.2", 1, who="Ms Berg")


# Killed at any moment, and two at once

APPENDING = """
import sys
from toolkit.grading.gradebook import Gradebook
book, most = Gradebook(sys.argv[1]), int(sys.argv[2])
for _ in range(most):
    print(book.mark("anna", "a1", "a1.10", 1, who=sys.argv[3])["n"], flush=True)
"""


def appending(book, most, who):
    words = [sys.executable, "-c", APPENDING, book.folder, str(most), who]
    return subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_what_was_told_is_there_once_after_kill_9_at_any_moment(book):
    grade(book, "anna")
    lot, told = random.Random(7), []
    for _ in range(20):
        with appending(book, 1000, "Ms Berg") as process:
            told += [int(process.stdout.readline()) for _ in range(lot.randint(1, 12))]
            process.kill()
        numbers = [record["n"] for record in Gradebook(book.folder).records()]
        assert numbers == list(range(1, len(numbers) + 1)) and set(told) <= set(numbers)
    assert len(set(told)) == len(told) and book.verify() == []
    assert book.mark("anna", "a1", "a1.10", 2, who="Mr Clay")["n"] == len(numbers) + 1


def test_two_graders_at_once_take_turns(book):
    grade(book, "anna")
    with appending(book, 50, "Ms Berg") as one, appending(book, 50, "Mr Clay") as other:
        told = [int(line) for process in (one, other) for line in process.stdout]
    assert sorted(told) == list(range(2, 102)) == [record["n"] for record in book.records()][1:]
    assert book.verify() == []


def test_who_waits_too_long_for_another_writer_is_told(book, monkeypatch):
    monkeypatch.setattr("toolkit.grading.journal.PATIENCE", 0)
    with Journal(book.folder).alone(), pytest.raises(BadInput, match="is locked; close other programs that use it"):
        receive(book, "anna")
    assert receive(book, "anna")["n"] == 1


def test_threads_take_turns(book):
    with ThreadPoolExecutor(8) as pool:
        told = list(pool.map(lambda number: grade(book, f"s{number % 4}")["n"], range(40)))
    assert sorted(told) == list(range(1, 41)) and book.verify() == [] and len(book.marks()) == 8


def test_a_line_torn_at_any_byte_is_set_aside_and_writing_goes_on(book, tmp_path):
    grade(book, "anna"), receive(book, "anna")
    before = tmp_path / "before"
    shutil.copytree(book.folder, before)
    receive(book, "ben")
    last = lines(book)[-1]
    for cut in range(1, len(last), 7):
        torn = tmp_path / f"torn{cut}"
        shutil.copytree(before, torn)
        with (torn / "journal.jsonl").open("ab") as stream:
            stream.write(last[:cut])
        again = Gradebook(torn)
        assert again.students() == ["anna"] and (torn / "journal.torn").read_bytes() == last[:cut] + b"\n"
        assert receive(again, "ben")["n"] == 3 and again.verify() == []


def test_a_line_longer_than_a_block_is_set_aside_whole(book):
    receive(book, "anna")
    with (book.folder / "journal.jsonl").open("ab") as stream:
        stream.write(b"x" * 200_000)
    assert receive(book, "ben")["n"] == 2 and len(lines(book)) == 2
    assert (book.folder / "journal.torn").read_bytes() == b"x" * 200_000 + b"\n"


# The view


def test_a_view_behind_the_journal_reads_on(book, tmp_path):
    grade(book, "anna")
    shutil.copy(book.folder / "view.sqlite", tmp_path)
    book.mark("anna", "a1", "a1.10", 2, who="Ms Berg")
    shutil.copy(tmp_path / "view.sqlite", book.folder)
    assert points(book) == [2] and book.verify() == [] and not list(book.folder.glob("view.aside*"))


@pytest.mark.parametrize("harm", ["missing", "empty", "no database", "damaged inside", "older", "another's"])
def test_a_view_that_is_of_no_use_is_made_again(book, tmp_path, harm):
    for student in ("anna", "ben", "cem"):
        grade(book, student)
    book.mark("anna", "a1", "a1.10", 2, who="Ms Berg")
    before, view = book.marks(), book.folder / "view.sqlite"
    data = view.read_bytes()
    if harm == "missing":
        view.unlink()
    elif harm == "another's":
        other = Gradebook(tmp_path / "other")
        receive(other, "zoe")
        shutil.copy(other.folder / "view.sqlite", view)
    elif harm == "older":
        with sqlite3.connect(view) as db:
            db.execute("PRAGMA user_version = 77")
        db.close()
    else:
        harmed = {
            "empty": b"",
            "no database": b"x" * 9000,
            "damaged inside": data[:8192] + b"\xff" * (len(data) - 8192),
        }
        view.write_bytes(harmed[harm])
    assert book.marks() == before and Gradebook(book.folder).marks() == before
    assert book.mark("ben", "a1", "a1.10", 2, who="Ms Berg")["n"] == 5
    assert len(book.verify()) == (harm == "another's")
    assert len(list(book.folder.glob("view.aside*"))) == (harm not in ("missing", "empty"))


def test_a_view_that_was_changed_by_hand_is_found_out(book):
    grade(book, "anna")
    with sqlite3.connect(book.folder / "view.sqlite") as db:
        db.execute("""UPDATE handed SET line = replace(line, '"points": 1.0', '"points": 2.0')""")
    db.close()
    assert points(book) == [2] and "view.sqlite does not say what the journal says" in book.verify()[0]
    (book.folder / "view.sqlite").unlink()
    assert points(book) == [1] and book.verify() == []


# What was changed is named


@pytest.fixture
def five(book):
    for student in ("anna", "ben", "cem", "dan", "eva"):
        receive(book, student)
    assert book.verify() == []
    return book


def forged(line, **change):
    return json.dumps(json.loads(line) | change).encode() + b"\n"


SHORT = "the journal is shorter than the gradebook last saw"
LAST = "line 5 of the journal is not where the gradebook last saw it"
VIEW = "view.sqlite does not say what the journal says; it may have what stood there before"
INSERTED = ["line 2 was inserted or moved", "line 3 was inserted or moved"]


@pytest.mark.parametrize(
    "change, said",
    [
        (lambda one: [*one[:2], forged(one[2], size=7), *one[3:]], ["line 3 was changed", VIEW]),
        (lambda one: [forged(one[0], size=7), *one[1:]], ["line 1 was changed", VIEW]),
        (lambda one: [*one[:4], forged(one[4], size=7)], [LAST]),
        (lambda one: [*one[:2], *one[3:]], ["record 3 was removed before line 3", SHORT]),
        (lambda one: one[1:], ["record 1 was removed before line 1", SHORT]),
        (lambda one: [one[0], one[4]], ["records 2 to 4 were removed before line 2", SHORT]),
        (lambda one: [one[0], one[2], one[1], *one[3:]], ["line 2 was moved", *INSERTED]),
        (lambda one: [*one[:2], one[1], *one[2:]], ["line 2 was inserted or moved", LAST]),
        (lambda one: [*one[:2], forged(one[2], student="zoe"), *one[2:]], ["line 3 was inserted or moved", LAST]),
        (
            lambda one: [*one[:2], forged(one[2], prev="00"), *one[2:]],
            ["line 3 was inserted or changed", INSERTED[1], LAST],
        ),
        (lambda one: [*one[:2], *one[:2], *one[2:]], ["lines 1 to 2 were inserted or moved", LAST]),
        (lambda one: [*one[:3], forged(one[3], n=9), one[4]], ["line 4 has the number 9", "line 4 was changed", VIEW]),
        (lambda one: one[:3], [f"{SHORT}: it had 5 lines, and has 3; what was in it is kept in view.aside-1.sqlite"]),
        (lambda one: [], [SHORT]),
        (lambda one: [*one[:4], one[4][:-20]], [SHORT]),
    ],
)
def test_tampering_is_named_by_its_line(five, change, said):
    write(five, change(lines(five)))
    for book in (five, Gradebook(five.folder)):
        told = book.verify()
        assert len(told) == len(said) and all(map(str.startswith, told, said)), told


def test_a_tail_that_was_cut_off_is_told_until_it_is_back(five):
    whole = lines(five)
    write(five, whole[:3])
    assert Gradebook(five.folder).students() == ["anna", "ben", "cem"]
    for student in ("zoe", "yan", "xia"):
        receive(five, student)
    assert ["line 5 of the journal is not where" in told for told in five.verify()] == [True]
    with sqlite3.connect(five.folder / "view.aside-1.sqlite") as db:
        assert ("eva",) in db.execute("SELECT student FROM latest").fetchall()
    db.close()
    (five.folder / "view.sqlite").unlink()
    write(five, whole)
    assert five.verify() == [] and five.students() == ["anna", "ben", "cem", "dan", "eva"]


def test_a_record_that_undoes_nothing_is_named(five):
    five.append("undone", who="Ms Berg", record=9, why="")
    assert five.verify() == ["record 6 undoes record 9, which is none before it that can be undone"]


def test_the_student_of_a_line_that_was_changed_is_named(five):
    one = lines(five)
    write(five, [*one[:2], forged(one[2], size=7), *one[3:]])
    assert five.verify()[0].endswith("follow from it any more (it is about cem)")


@pytest.mark.parametrize(
    "line, said",
    [
        (b"{broken", "line 2 of journal.jsonl is damaged: it is not JSON .*put that line back from a copy"),
        (b"[]", "line 2 .* needs n, at, kind, who, prev"),
        (b'{"n": 2, "at": "", "kind": "undone", "who": "x", "prev": ""}', "line 2 .* 'undone' needs record, why"),
        (b"\xff\xfe", "line 2 .* it is not JSON"),
        (b"[" * 100_000, "line 2 .* it is not JSON"),
    ],
)
def test_a_damaged_line_is_named_when_the_gradebook_is_opened(five, line, said):
    changed = [lines(five)[0], line + b"\n", *lines(five)[2:]]
    write(five, changed)
    for _ in range(2):
        with pytest.raises(BadInput, match=said):
            Gradebook(five.folder)
    assert lines(five) == changed and "line 2 of journal.jsonl is damaged" in five.verify()[0]
    assert len(list(five.folder.glob("view.aside*"))) == 1


def test_a_record_of_a_later_version_is_passed_over(five):
    last = forged(lines(five)[-1], n=6, kind="moderated")
    write(five, [*lines(five), last])
    assert len(five.students()) == 5 and receive(five, "fay")["n"] == 7


def test_a_folder_that_cannot_be_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(BadInput, match="cannot be made"):
        Gradebook(tmp_path / "file")
    (tmp_path / "journal.jsonl").mkdir()
    with pytest.raises(BadInput, match="cannot be written to"):
        Gradebook(tmp_path)
