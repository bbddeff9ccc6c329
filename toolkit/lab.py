"""Open the lessons in JupyterLab: in a working copy that no update overwrites and that one command resets."""

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path

from toolkit.choices import did_you_mean
from toolkit.files import BadInput, course_folder, write_atomically

FOLDER = "my-lessons"
"""The folder of a student's lessons, in the folder where the student works."""
FIRST = "00_start.ipynb"
MANIFEST = ".lessons.json"
SETTINGS = ".jupyter-lab/settings"
CONFIG = ".jupyter-lab/config"
WHOLE_WORDS = ".jp-RenderedText pre { word-break: normal; overflow-wrap: anywhere; }\n"
"""Printed text breaks between words; JupyterLab itself breaks it anywhere, which is hard to read."""
QUIET = {"fetchNews": "false", "checkForUpdates": False}

Copied = dict[str, str]
"""For each lesson the fingerprint of the version that was copied last."""


def lessons() -> list[Path]:
    """Return the notebooks of the course as they were published, in the order of the course."""
    found = sorted((course_folder("notebooks") / "lessons").glob("[0-9]*.ipynb"))
    if not found:
        raise BadInput("there are no lessons beside the toolkit; fetch the repository again")
    return found


def prepare_lessons(folder: str | Path = FOLDER) -> list[str]:
    """Copy the lessons into a folder, or bring them up to date there; return a line for each one that was held back.

    A lesson that is missing is copied. One that the student never changed is replaced when there is a newer version.
    One that the student changed is left as it is.
    """
    home = Path(folder)
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{home} cannot be used as a folder: {error.strerror}; give another with --folder") from None
    copied = _read_manifest(home)
    held_back = [source.name for source in lessons() if not _bring(source, home, copied)]
    _write_manifest(home, copied)
    advice = "to get that and keep yours beside it, type toolkit reset {0} (or python3 start.py reset {0})"
    newer = "was left as you changed it, and there is a newer version"
    return [f"{name} {newer}: {advice.format(name[:2])}" for name in held_back]


def reset_lesson(name: str, folder: str | Path = FOLDER) -> str:
    """Put a fresh copy of one lesson into the folder and return a sentence that says where the old one is.

    `name` is the number or the name of a lesson: "03", "03_summarising". What the student changed is kept beside the
    fresh copy, under a name that is not in use yet.
    """
    source, home = _lesson(name), _home(folder)
    copied, target, kept = _read_manifest(home), home / source.name, ""
    if target.exists() and _fingerprint(target) not in (copied.get(source.name), _fingerprint(source)):
        kept = f"; your version is kept as {_keep(target).name}"
    _copy(source, home, copied)
    _write_manifest(home, copied)
    return f"{source.name} is fresh{kept}; if it is open, choose File, Reload Notebook from Disk"


def open_lab(folder: str | Path = FOLDER, extra: Iterable[str] = ()) -> int:
    """Prepare the lessons, run JupyterLab on them until it is stopped, and return 0.

    `extra` holds options of JupyterLab itself, for example `["--no-browser", "--port=9000"]`; they come before ours.
    """
    home = Path(folder).resolve()
    for line in prepare_lessons(home):
        print(line)
    settings = home / SETTINGS / "@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(settings, json.dumps(QUIET, indent=2) + "\n")
    (home / CONFIG / "custom").mkdir(parents=True, exist_ok=True)
    write_atomically(home / CONFIG / "custom" / "custom.css", WHOLE_WORDS)
    os.environ["JUPYTER_CONFIG_DIR"] = str(home / CONFIG)
    print(f"Your lessons are in {home}. Leave this window open; to stop, press Ctrl-C in it.", flush=True)
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance(argv=lab_options(home, extra))
    return 0


def lab_options(home: Path, extra: Iterable[str] = ()) -> list[str]:
    """Return the options to start JupyterLab with: at the first lesson, without news, updates or outside requests.

    >>> lab_options(Path("mine"), ["--ServerApp.root_dir=.", "--port=9000"])[-2:]
    ['--ServerApp.root_dir=.', '--port=9000']
    """
    import zmq

    ours = {
        "--ServerApp.root_dir": home,
        "--LabApp.default_url": f"/lab/tree/{FIRST}",
        "--LabApp.user_settings_dir": home / SETTINGS,
        "--LabApp.workspaces_dir": home / ".jupyter-lab/workspaces",
        "--LabApp.extension_manager": "readonly",
        "--LabApp.news_url": None,
        "--LabApp.custom_css": True,
        "--LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "--LanguageServerManager.autodetect": False,
        "--KernelManager.transport_encryption": "auto" if zmq.has("curve") else "disabled",
        "--ServerApp.answer_yes": True,
        "--Application.log_level": "ERROR",
    }
    theirs = list(extra)
    given = {option.partition("=")[0] for option in theirs}
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [f"{name}={value}" for name, value in ours.items() if name not in given] + root + theirs


def _lesson(name: str) -> Path:
    """Return the lesson with this number, name, file name or path."""
    wanted, known = Path(name).name.removesuffix(".ipynb"), {source.stem: source for source in lessons()}
    for stem, source in known.items():
        if wanted == stem or wanted.zfill(2) == stem.partition("_")[0]:
            return source
    raise BadInput(f"there is no lesson {name!r}; the lessons are {', '.join(known)}{did_you_mean(wanted, known)}")


def _home(folder: str | Path) -> Path:
    """Return the folder of the student's lessons, also when the student stands inside it."""
    for home in (Path(folder), Path(folder).absolute().parent):
        if (home / MANIFEST).exists():
            return home
    advice = "open them once with python3 start.py (or toolkit lab), or say with --folder where they are"
    raise BadInput(f"there are no lessons in {folder}; {advice}")


def _bring(source: Path, home: Path, copied: Copied) -> bool:
    """Bring one lesson up to date unless the student changed it; return False when that holds a newer version back."""
    target, newest, last = home / source.name, _fingerprint(source), copied.get(source.name)
    current = _fingerprint(target) if target.exists() else None
    if current not in (None, last, newest):
        return last == newest
    if current == newest:
        copied[source.name] = newest
    else:
        _copy(source, home, copied)
    return True


def _copy(source: Path, home: Path, copied: Copied) -> None:
    """Copy one lesson in one step, and remember which version it was."""
    write_atomically(home / source.name, _read(source).decode("utf-8"))
    copied[source.name] = _fingerprint(source)


def _keep(lesson: Path) -> Path:
    """Rename a student's notebook to a dated name that nothing has yet, and return it."""
    names = (f"kept-{date.today()}{f'-{number}' if number > 1 else ''}-{lesson.name}" for number in count(1))
    kept = next(path for path in map(lesson.with_name, names) if not path.exists())
    try:
        return lesson.replace(kept)
    except OSError as error:
        raise BadInput(f"{lesson} cannot be kept as {kept.name}: {error.strerror}; nothing was changed") from None


def _read(path: Path) -> bytes:
    """Return the bytes of a notebook, with the same line ends on every system."""
    try:
        return path.read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise BadInput(f"{path} cannot be read: {error.strerror}; rename it or move it away") from None


def _fingerprint(path: Path) -> str:
    """Return the sha256 of a notebook's cells and outputs; what JupyterLab notes in it on opening does not count."""
    said = _read(path)
    with suppress(ValueError, KeyError, TypeError):
        cells = json.loads(said)["cells"]
        said = json.dumps([(c["cell_type"], "".join(c["source"]), c.get("outputs")) for c in cells]).encode()
    return hashlib.sha256(said).hexdigest()


def _read_manifest(home: Path) -> Copied:
    """Return what was copied so far; a manifest that cannot be read counts as none, so that nothing is overwritten."""
    with suppress(OSError, ValueError, AttributeError):
        return {name: str(version) for name, version in json.loads((home / MANIFEST).read_text("utf-8")).items()}
    return {}


def _write_manifest(home: Path, copied: Copied) -> None:
    write_atomically(home / MANIFEST, json.dumps(copied, indent=2, sort_keys=True) + "\n")
