"""Two thousand mutated notebooks through all of grading: python benchmarks/fuzz_grading.py [seed] (takes minutes)."""

import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from tests.mutating import mutated
from toolkit.exercises.question import MARKING
from toolkit.exercises.release import release
from toolkit.grading.grade import How, grade
from toolkit.grading.gradebook import Gradebook

SUITE = Path(__file__).resolve().parent.parent / "tests" / "submissions"
N = 2_000


def main():
    """Grade them, and print how many of each verdict there are; ends with an error where one has none."""
    lot = random.Random(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    right = (SUITE / "00_all_right.ipynb").read_bytes()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        release(SUITE / "assignment.ipynb", place / "open", marking=place / "private")
        (place / "class").mkdir()
        for number in range(N):
            (place / "class" / f"s{number:04}.ipynb").write_bytes(mutated(lot, right))
        begun, book = perf_counter(), Gradebook(place / "book")
        done = grade(place / "class", place / "private" / f"suite{MARKING}", book, How(jobs=2))
        took = perf_counter() - begun
        receipts = sum(book.received(student, "suite") is not None for student in book.students("suite"))
        points = Counter(
            sum(mark["points"] or 0 for mark in found["marks"].values())
            for student in book.students("suite")
            if (found := book.graded(student, "suite"))
        )
        print(f"{N} in {took:.0f} s: {done.graded} graded, {len(done.refused)} refused, {receipts} receipts")
        print("points:", ", ".join(f"{n} with {earned:g}" for earned, n in sorted(points.items())))
        assert done.graded + len(done.refused) == receipts == N
        assert book.verify() == []


if __name__ == "__main__":
    main()
