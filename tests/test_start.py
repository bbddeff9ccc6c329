"""start.py on machines that are not as they should be, and on one where all is well. No network is needed."""

import ast
import errno
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SPEAKS = "import os, sys; print(sys.argv[1:], os.getcwd()); sys.exit(7)"


@pytest.fixture
def start(tmp_path):
    """Return start.py as a module, from a fresh clone that has no .venv yet."""
    for name in ("start.py", "pyproject.toml", "requirements.lock", "requirements-test.lock"):
        shutil.copy(ROOT / name, tmp_path)
    return load(tmp_path)


@pytest.fixture
def complete(start):
    """Return start.py with a .venv beside it that is complete; its toolkit says what it was asked and where."""
    venv.create(start.VENV, symlinks=os.name != "nt")
    site = next(folder for folder in start.VENV.rglob("site-packages") if folder.is_dir())
    for module in ("toolkit", "pytest"):
        (site / f"{module}.py").write_text(SPEAKS)
    start.write_stamp(False)
    return start


def load(folder):
    spec = importlib.util.spec_from_file_location("start", folder / "start.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def run(start, *words, cwd=None, **env):
    command = [sys.executable, str(start.HERE / "start.py"), *words]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "UV_"))}
    return subprocess.run(command, check=False, cwd=cwd, env={**clean, **env}, capture_output=True, text=True)


def test_python_3_6_can_read_the_file_and_so_say_that_it_is_too_old():
    ast.parse((ROOT / "start.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_a_python_that_is_too_old_is_told_which_one_is_needed(start):
    with pytest.raises(start.Stop, match=r"needs Python 3\.11 or newer and this is 3\.9: install a newer one\."):
        start.check_python((3, 9, 2), True)


def test_a_python_without_venv_is_told_which_package_to_install(start):
    with pytest.raises(start.Stop, match="install python3-venv"):
        start.check_python((3, 12, 0), False)


def test_without_network_there_is_one_sentence_and_status_2_and_the_next_start_tries_again(start):
    nowhere = dict.fromkeys(
        ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "http_proxy"), "http://127.0.0.1:9"
    )
    done = run(start, "setup", **nowhere, NO_PROXY="", no_proxy="", PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR="1")
    assert done.returncode == 2
    assert done.stderr.startswith("The packages could not be installed, most likely for want of a network")
    assert done.stderr.count("\n") == 1
    assert start.LOG.exists()
    assert start.usable() and start.read_stamp() == ""


def test_other_words_go_to_the_toolkit_and_its_status_comes_back(complete, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    done = run(complete, "report", "a.txt", "-o", "b.html", cwd=elsewhere)
    assert done.stdout.split("\n")[0] == f"['report', 'a.txt', '-o', 'b.html'] {elsewhere.resolve()}"
    assert (done.returncode, done.stderr) == (7, "")


def test_no_words_open_the_lab_beside_start_py_wherever_it_is_called_from(complete, tmp_path_factory):
    done = run(complete, cwd=tmp_path_factory.mktemp("elsewhere"))
    assert done.stdout.strip() == f"['lab'] {complete.HERE}"


def test_help_lists_every_command_that_an_analyst_needs_and_sets_nothing_up(start):
    said = run(start, "help").stdout
    assert all(f"python3 start.py {word}" in said for word in ("setup", "test", "report", "collect", "count", "reset"))
    assert "-- --port=8899" in said and not start.VENV.exists()


def test_options_of_jupyterlab_go_after_two_dashes(complete):
    assert run(complete, "--", "--port=8899").stdout.strip() == f"['lab', '--', '--port=8899'] {complete.HERE}"


def test_options_alone_are_for_the_lab(complete):
    assert run(complete, "--no-browser").stdout.strip() == f"['lab', '--no-browser'] {complete.HERE}"


def test_tests_that_cannot_be_installed_leave_the_lessons_usable(complete, monkeypatch):
    monkeypatch.setattr(complete, "usable", lambda: True)
    monkeypatch.setattr(complete, "attempt", lambda *command: (False, "no network"))
    with pytest.raises(complete.Stop):
        complete.set_up(True)
    assert complete.read_stamp() == complete.fingerprint(False)


def test_the_word_test_hands_the_rest_to_pytest(complete):
    complete.write_stamp(True)
    assert run(complete, "test", "-k", "lab").stdout.strip() == f"['-k', 'lab'] {complete.HERE}"


def test_an_environment_for_tests_serves_the_lab_but_not_the_other_way_round(complete, capsys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(complete, "usable", lambda: pytest.fail("the tests' packages are still to be installed"))
        with pytest.raises(pytest.fail.Exception):
            complete.set_up(True)
    complete.write_stamp(True)
    capsys.readouterr()
    complete.set_up(False)
    assert capsys.readouterr().out == ""


def test_a_changed_lock_asks_for_another_set_up(complete):
    before = complete.fingerprint(False)
    with (complete.HERE / "requirements.lock").open("a") as lock:
        lock.write("# one line more\n")
    assert complete.read_stamp() == before != complete.fingerprint(False)


def test_a_package_that_was_deleted_is_noticed(complete):
    next(complete.VENV.rglob("site-packages/toolkit.py")).unlink()
    assert complete.read_stamp() == ""


def test_a_python_that_was_deleted_is_noticed(complete):
    complete.PYTHON.unlink()
    assert complete.read_stamp() == "" and not complete.usable()


def test_half_a_stamp_counts_as_none(complete):
    complete.STAMP.write_text(complete.STAMP.read_text()[:40])
    assert complete.read_stamp() not in (complete.fingerprint(False), complete.fingerprint(True))


def test_a_folder_that_was_moved_is_set_up_again(complete, tmp_path):
    moved = shutil.copytree(tmp_path, tmp_path / "moved", symlinks=True)
    there = load(moved)
    assert there.read_stamp() not in (there.fingerprint(False), there.fingerprint(True))
    assert not there.usable()


def test_a_file_in_the_place_of_the_environment_is_replaced(start, monkeypatch):
    start.VENV.write_text("not a folder")
    monkeypatch.setattr(start, "must", lambda *command: None)
    start.make_venv()
    assert start.VENV.is_dir()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("error: No space left on device", "The disk is full"),
        ("error: Permission denied (os error 13)", "is refused: close JupyterLab"),
        ("error: Hash mismatch for `numpy`", "not the one that the lock names"),
        ("error: something else", "most likely for want of a network"),
    ],
)
def test_what_an_installer_says_becomes_one_sentence_and_is_kept(complete, said, sentence):
    with pytest.raises(complete.Stop, match=sentence) as stop:
        complete.must(sys.executable, "-c", f"import sys; sys.exit({said!r})")
    assert "\n" not in str(stop.value)
    assert complete.LOG.read_text(encoding="utf-8").strip() == said


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(errno.ENOSPC, "disk is full"), (errno.EACCES, "is refused"), (errno.ENOENT, "fetch the toolkit again")],
)
def test_what_the_system_refuses_becomes_one_sentence_too(start, monkeypatch, capsys, number, sentence):
    def refuse(tests):
        raise OSError(number, os.strerror(number), "somewhere")

    monkeypatch.setattr(start, "set_up", refuse)
    assert start.main([]) == 2
    assert sentence in capsys.readouterr().err


def test_stopping_half_way_leaves_no_traceback(start, monkeypatch, capsys):
    def stop(tests):
        raise KeyboardInterrupt

    monkeypatch.setattr(start, "set_up", stop)
    assert start.main(["setup"]) == 130
    assert capsys.readouterr().err.startswith("Stopped half-way; type ")


def test_variables_that_lead_python_and_pip_astray_are_left_out(start, monkeypatch):
    for name in start.IN_THE_WAY:
        monkeypatch.setenv(name, "/elsewhere")
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.invalid")
    env = start.environment()
    assert not set(start.IN_THE_WAY) & set(env)
    assert (env["HTTPS_PROXY"], env["UV_PYTHON_DOWNLOADS"]) == ("http://proxy.invalid", "never")
