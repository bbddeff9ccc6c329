"""How long the walk takes: python benchmarks/walk.py [--setup]. Ratios and aims in one table, from one run.

Every figure is the median of several runs in fresh processes. `--setup` also times
`start.py setup` in a copy of the checkout with an empty home, which needs a network.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from timing import seconds

from toolkit import load

ROOT = Path(__file__).parent.parent


def process(*words: str, cwd: Path = ROOT, runs: int = 5, **more: str) -> float:
    """Return the median time of a whole process."""
    command = [sys.executable, *words]
    return seconds(
        lambda: subprocess.run(command, check=True, capture_output=True, cwd=cwd, env={**os.environ, **more}), runs
    )


def cold_setup() -> None:
    """Print how long start.py takes in a fresh copy with an empty home, and the second time."""
    with tempfile.TemporaryDirectory() as name:
        copy, home = Path(name) / "copy", Path(name) / "home"
        home.mkdir()
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".venv", ".git", "artefacts", "__pycache__"))
        clean = {"HOME": str(home), "UV_CACHE_DIR": str(home / "uv"), "PIP_NO_CACHE_DIR": "1"}
        cold = process("start.py", "setup", cwd=copy, runs=1, **clean)
        warm = process("start.py", "setup", cwd=copy, **clean)
    print(f"start.py setup, first time         | {cold:6.2f} s | no aim")
    print(f"start.py setup, second time        | {warm:6.2f} s | at most 2 s")


def main() -> None:
    """Print the table."""
    print("what                               |   median | aim")
    bare, ours = process("-c", "pass", runs=15), process("-c", "import toolkit", runs=15)
    print(f"import toolkit over bare Python    | {1000 * (ours - bare):5.0f} ms | at most 100 ms")
    with tempfile.TemporaryDirectory() as name:
        story = Path(name) / "story.txt"
        story.write_text("A headline\n\n" + load("desk")["2022-07-12-wire"].text, encoding="utf-8")
        page = str(ROOT / "datasets" / "pages" / "orbital-courier.html")
        for source, what in (
            (str(story), "report of one text, cold           "),
            (page, "report of one saved page, cold     "),
        ):
            took = process("-m", "toolkit", "report", source, "-o", str(Path(name) / "out.html"))
            print(f"{what}| {took:6.2f} s | at most 2 s")
    if "--setup" in sys.argv:
        cold_setup()


if __name__ == "__main__":
    main()
