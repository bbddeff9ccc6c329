"""How long one check takes, for every question of every exercise: python benchmarks/exercises.py (aim 50 ms)."""

import os
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from benchmarks.timing import seconds
from toolkit.exercises.checking import check
from toolkit.exercises.release import built, release
from toolkit.exercises.source import read_source

SOURCES = sorted((Path(__file__).resolve().parent.parent / "notebooks" / "exercises").glob("*.ipynb"))


def main():
    """Print the median time of a right answer's check, question by question."""
    with tempfile.TemporaryDirectory() as folder:
        for source in SOURCES:
            release(source, folder)
        os.chdir(folder)
        every = []
        for source in SOURCES:
            for id, answer in built(read_source(source))[1].items():
                check(id, answer)  # what others build on is solved, and what is loaded once is loaded
                every.append((1000 * seconds(lambda id=id, answer=answer: check(id, answer)), id))
        for took, id in sorted(every, reverse=True)[:5]:
            print(f"{id}: {took:.1f} ms")
        print(
            f"{len(every)} questions: median {median(took for took, _ in every):.1f} ms, slowest {max(every)[0]:.1f} ms"
        )
        os.chdir("/")


if __name__ == "__main__":
    main()
