"""The toolkit as a wheel, in an empty environment and far from the repository: data and lessons travel with it."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def run(*command, cwd):
    """Run a command as on a machine where nothing points to this repository, and return what it prints."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PIP_REQUIRE_VIRTUALENV")}
    done = subprocess.run(list(map(str, command)), check=False, cwd=cwd, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.strip()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory):
    """Return a folder of its own; `python` runs in it, with the toolkit installed from its wheel."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    venv.create(folder / "env", symlinks=os.name != "nt")
    offline = ["--quiet", "--no-deps", "--no-index", "--no-cache-dir"]
    [wheel] = folder.glob("*.whl")
    run(sys.executable, "-m", "pip", "--python", folder / "env", "install", *offline, wheel, cwd=folder)
    lend_packages(folder / "env")
    return folder


def lend_packages(env):
    """Let an environment import the packages that the tests run with, behind its own, so that none is fetched."""
    [site] = env.glob("[Ll]ib/**/site-packages")
    paths = {sysconfig.get_path(kind) for kind in ("purelib", "platlib")}
    (site / "lent.pth").write_text("\n".join(sorted(paths)))


def python(folder, script):
    interpreter = folder / "env" / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return run(interpreter, "-I", "-c", script, cwd=folder)


def test_the_installed_toolkit_is_the_one_that_is_imported(elsewhere):
    assert Path(python(elsewhere, "import toolkit; print(toolkit.__file__)")).is_relative_to(elsewhere / "env")


def test_the_desk_corpus_travels_in_the_wheel(elsewhere):
    assert python(elsewhere, "from toolkit.datasets import load; print(len(load('desk')))") == "40"


def test_all_data_travel_in_the_wheel_and_make_a_report(elsewhere):
    count = "print(len(load_coverage()), len(load_events()), len(load_terms()), len(datasheet('pages')))"
    assert python(elsewhere, f"from toolkit.datasets import *; {count}") == "518 128 65622 3"
    made = python(elsewhere, "from toolkit.__main__ import main; main(['report', 'coverage'])")
    assert made.startswith("report-coverage.html")


def test_the_lessons_travel_in_the_wheel(elsewhere):
    assert python(elsewhere, "from toolkit.lab import prepare_lessons; print(prepare_lessons('mine'))") == "[]"
    published = {path.name: path.read_bytes() for path in (ROOT / "notebooks" / "lessons").glob("*.ipynb")}
    assert {path.name: path.read_bytes() for path in (elsewhere / "mine").glob("*.ipynb")} == published
