"""Whatever bytes are handed in: no run is stopped by them, everyone has a receipt and a verdict."""

import random
import shutil
from pathlib import Path

import pytest

from tests.mutating import mutated
from toolkit.exercises.question import MARKING
from toolkit.exercises.release import release
from toolkit.grading import running
from toolkit.grading.grade import How, grade
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.incoming import incoming
from toolkit.grading.marks import names_in
from toolkit.grading.salvage import salvage

SUITE = Path(__file__).parent / "submissions"
RIGHT = (SUITE / "00_all_right.ipynb").read_bytes()


def test_two_thousand_mutated_notebooks_have_cells_or_a_reason(tmp_path):
    lot, counted = random.Random(1), [0, 0]
    for number in range(2_000):
        (tmp_path / f"s{number:04}.ipynb").write_bytes(mutated(lot, RIGHT))
    for one in incoming(tmp_path, "suite"):
        found = salvage(one.data, one.file)
        assert (bool(found.cells) != bool(found.refused)) and (one.student, one.refused) == (one.file[:5], "")
        names_in([cell.source for cell in found.cells])
        counted[bool(found.cells)] += 1
    assert sum(counted) == 2_000
    assert all(counted)


@pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed")
def test_two_hundred_of_them_are_graded_or_refused_and_none_has_too_much(tmp_path, monkeypatch):
    monkeypatch.setattr(running, "CELL", 2.0)
    release(SUITE / "assignment.ipynb", tmp_path / "open", marking=tmp_path / "private")
    key, book, lot, n = tmp_path / "private" / f"suite{MARKING}", Gradebook(tmp_path / "book"), random.Random(2), 200
    (tmp_path / "class").mkdir()
    for number in range(n):
        (tmp_path / "class" / f"s{number:04}.ipynb").write_bytes(mutated(lot, RIGHT))
    done = grade(tmp_path / "class", key, book, How(jobs=2))
    assert done.graded + len(done.refused) == n
    assert [student for student in book.students("suite") if book.received(student, "suite") is None] == []
    graded = [found for student in book.students("suite") if (found := book.graded(student, "suite"))]
    assert (len(graded), book.verify()) == (done.graded, [])
    for mark in (mark for one in graded for mark in one["marks"].values()):
        assert mark["points"] is None or 0 <= mark["points"] <= mark["of"]
