"""Set up the toolkit and start it. Nothing but Python 3.11 or newer is needed beforehand.

python3 start.py            set up, then open the lessons in JupyterLab
python3 start.py -- ...     the same; what follows -- goes to JupyterLab, for example -- --port=8899
python3 start.py setup      only set up
python3 start.py test ...   set up with what the tests need, then run them; the rest goes to pytest
python3 start.py report X   set up, then make one page about X: a file, a folder, desk or coverage
python3 start.py collect X  set up, then gather your own articles: pages, tables, feeds, a folder or one address
python3 start.py count X    set up, then count the articles of a big table, by --period month or --by outlet
python3 start.py reset 03   put a fresh copy of lesson 3 in place and keep yours beside it
python3 start.py WORDS ...  set up, then pass any other words on: python -m toolkit WORDS ...
"""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

OLDEST = (3, 11)
UV = "uv==0.13.9"
HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
STAMP = VENV / "complete.txt"
LOG = VENV / "start.log"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
COMMAND = "py start.py" if os.name == "nt" else "python3 start.py"
SENTENCES = {
    "space left": f"The disk is full: the toolkit needs about 1 GB; make room, then type {COMMAND} again.",
    "read-only": f"Nothing can be written to {HERE}: copy the folder to a place of your own and start it there.",
    "permission denied": f"Writing to {HERE} is refused: close JupyterLab or move it, then type {COMMAND} again.",
    "hash mismatch": f"A fetched package is not the one that the lock names, so it was not used: show somebody {LOG}.",
    "": "The packages could not be installed, most likely for want of a network: check it (behind a proxy, set "
    f"HTTPS_PROXY), then type {COMMAND} again; all messages are in {LOG}.",
}
IN_THE_WAY = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_REQUIRE_VIRTUALENV")


class Stop(Exception):
    """Setting up cannot go on; the message is one sentence that says what to do."""


def check_python(version: tuple, has_ensurepip: bool) -> None:
    """Raise `Stop` when this Python is too old, or cannot make virtual environments."""
    if version < OLDEST:
        found = f"{version[0]}.{version[1]}"
        raise Stop(f"The toolkit needs Python 3.11 or newer and this is {found}: install a newer one.")
    if not has_ensurepip:
        raise Stop(f"Python lacks a part: install python3-venv (Debian, Ubuntu), then type {COMMAND} again.")


def environment() -> dict:
    """Return the environment for all that is run here: this one, without what leads pip and Python astray."""
    kept = {name: value for name, value in os.environ.items() if name not in IN_THE_WAY}
    path = os.pathsep.join([str(PYTHON.parent), kept.get("PATH", os.defpath)])
    return {**kept, "PATH": path, "VIRTUAL_ENV": str(VENV), "UV_PYTHON_DOWNLOADS": "never"}


def attempt(*command: object) -> tuple:
    """Run a command silently and return whether it went well, and what it said."""
    aside = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    try:
        done = subprocess.run([str(word) for word in command], cwd=str(HERE), env=environment(), check=False, **aside)
    except OSError as error:
        return False, str(error)
    return done.returncode == 0, done.stdout.decode("utf-8", "replace")


def must(*command: object) -> None:
    """Run a command silently; when it fails, keep what it said in a file and raise `Stop`."""
    went_well, said = attempt(*command)
    if not went_well:
        LOG.write_text(said, encoding="utf-8")
        raise Stop(sentence(said))


def sentence(said: str) -> str:
    """Return the sentence for a person who is shown that an installer or the system said this."""
    return next(told for sign, told in SENTENCES.items() if sign in said.lower())


def fingerprint(tests: bool) -> str:
    """Return a hash of all that a complete .venv was made from: the locks, the package, the place, the Python."""
    files = [HERE / name for name in ("pyproject.toml", "requirements.lock", "requirements-test.lock")]
    parts = [*(file.read_bytes() for file in files), f"{HERE} {UV} {sys.version} {tests}".encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def read_stamp() -> str:
    """Return the fingerprint that .venv was completed with, or "" when it is half made or a part is gone."""
    found, _, count = STAMP.read_text(encoding="utf-8").partition(" ") if STAMP.exists() else ("", "", "")
    return found if PYTHON.exists() and count.isdigit() and parts() >= int(count) else ""


def parts() -> int:
    """Return how many packages and other parts stand in .venv."""
    folders = [*VENV.glob("lib/python*/site-packages"), *VENV.glob("Lib/site-packages")]
    return sum(entry.name != "__pycache__" for folder in folders for entry in folder.iterdir())


def write_stamp(tests: bool) -> None:
    """Say in one step that .venv is complete."""
    part = STAMP.with_suffix(".part")
    part.write_text(f"{fingerprint(tests)} {parts()}", encoding="utf-8")
    part.replace(STAMP)


def usable() -> bool:
    """Return whether .venv was made in this place, by a Python that is new enough, and its Python and pip run."""
    marker = VENV / "pyvenv.cfg"
    made_here = marker.exists() and f" {VENV}\n" in marker.read_text(encoding="utf-8", errors="replace")
    script = f"import sys, pip._internal.cli.main; sys.exit(sys.version_info < {OLDEST})"
    return made_here and attempt(PYTHON, "-c", script)[0]


def make_venv() -> None:
    """Make .venv anew, in the place of one that is of no use."""
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    elif VENV.exists():
        shutil.rmtree(str(VENV))
    VENV.mkdir()
    must(sys.executable, "-m", "venv", VENV)


def set_up(tests: bool) -> None:
    """Bring .venv to the state that the locks describe; do nothing when it is there already."""
    found = read_stamp()
    if found in (fingerprint(tests), fingerprint(True)):
        return
    print("Setting up the folder .venv; this takes from ten seconds to a few minutes.", flush=True)
    if not usable():
        make_venv()
    if STAMP.exists() and found != fingerprint(False):  # what the tests add leaves a complete .venv usable
        STAMP.unlink()
    if UV.replace("==", " ") not in attempt(PYTHON, "-m", "uv", "--version")[1]:
        must(PYTHON, "-m", "pip", "install", "--no-deps", "--only-binary=:all:", "--retries=2", UV)
    lock = "requirements-test.lock" if tests else "requirements.lock"
    print(f"Installing the packages that {lock} names.", flush=True)
    install = [PYTHON, "-m", "uv", "pip", "install", "--compile-bytecode", "--python", PYTHON]
    mend = [] if found else ["--reinstall"]
    must(*install, *mend, "--require-hashes", "-r", lock)
    must(*install, "--no-deps", "--build-constraint", "requirements-test.lock", "-e", ".")
    write_stamp(tests)


def pass_on(module: str, words: list) -> int:
    """Run `python -m MODULE WORDS` in the place of this process, or, on Windows, return its exit status."""
    if module == "pytest" or words[0] in ("lab", "reset"):
        os.chdir(str(HERE))
    command = [str(PYTHON), "-m", module, *words]
    if os.name != "nt":
        os.execve(command[0], command, environment())
    signal.signal(signal.SIGINT, lambda *_: None)  # Ctrl-C is left to it
    return subprocess.call(command, env=environment())


def main(words: list) -> int:
    """Do what the words say and return the exit status: 2 when setting up cannot go on."""
    tests = words[:1] == ["test"]
    if words[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__)
        return 0
    try:
        check_python(tuple(sys.version_info[:3]), find_spec("ensurepip") is not None)
        set_up(tests)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 2
    except OSError as error:
        known = sentence(str(error))
        print(f"{error}: fetch the toolkit again." if known == SENTENCES[""] else known, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"Stopped half-way; type {COMMAND} again to go on.", file=sys.stderr)
        return 130
    if words == ["setup"]:
        print(f"All is set up; {COMMAND} opens the lessons.")
        return 0
    if not words or words[0].startswith("-"):
        words = ["lab", *words]
    return pass_on("pytest", words[1:]) if tests else pass_on("toolkit", words)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
