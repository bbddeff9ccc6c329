"""The house is in order: ruff on code and notebooks, mypy strict on the toolkit, and nobody's machine named."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*words):
    return subprocess.run([sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True)


@pytest.mark.parametrize("words", [["ruff", "check", "."], ["ruff", "format", "--check", "."], ["mypy"]], ids=" ".join)
def test_the_checker_has_nothing_to_say(words):
    done = run(*words, *(["--no-cache"] if words[0] == "ruff" else ["--cache-dir=/dev/null"]))
    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_names_a_machine_or_a_registry():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True).stdout.split("\n")
    odd = re.compile(r"/ro[o]t/|/ho[m]e/[a-z]+/|py[p]i\.org|python[h]osted|registry\.n[p]m")
    for name in filter(None, listed):
        path = ROOT / name
        if path.exists() and path.suffix in {".py", ".md", ".toml", ".yml", ".lock", ".ipynb", ""}:
            assert not odd.search(path.read_text(encoding="utf-8")), name
