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
COPIED = ".copied"
"""The folder inside it that keeps each lesson as it was copied last, to tell what the student has changed."""
EXERCISES, BUILT = "exercises", "built"
"""The folder of the exercises in the course and in a student's folder, and where their copies are built."""
CONFIG = ".jupyter-lab/config"
SETTINGS = {
    "custom/custom.css": ".jp-RenderedText pre { word-break: normal !important; overflow-wrap: anywhere; }\n",
    "labconfig/page_config.json": '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}\n',
}
"""Files in that folder: printed text breaks between words; nobody is asked about news, and none are fetched."""


def lessons() -> list[Path]:
    """Return the notebooks of the course as they were published, in the order of the course."""
    return sorted((course_folder("notebooks") / "lessons").glob("[0-9]*.ipynb"))


def prepare_lessons(folder: str | Path = FOLDER) -> list[str]:
    """Copy lessons and exercises into a folder, or bring them up to date; return a line for each one held back.

    A notebook that is missing is copied. One that the student never changed is replaced when there is a newer version.
    One that the student changed is left as it is. The students' copies of the exercises are built here, with their
    keys, in the folder `exercises`.
    """
    home = Path(folder)
    held_back = _brought(lessons(), home)
    exercises = build_exercises(home)
    for key in (home / COPIED / BUILT).glob("*.json"):
        if not (there := home / EXERCISES / key.name).exists() or there.read_bytes() != key.read_bytes():
            (home / EXERCISES).mkdir(exist_ok=True)
            write_atomically(there, key.read_bytes())
    return held_back + (_brought(exercises, home / EXERCISES) if exercises else [])


def build_exercises(home: Path) -> list[Path]:
    """Build the students' copies of the exercises whose source or toolkit has changed; return all that are built."""
    sources = sorted((course_folder("notebooks") / EXERCISES).glob("[0-9]*.ipynb"))
    built = home / COPIED / BUILT
    newest = max(path.stat().st_mtime_ns for path in Path(__file__).parent.rglob("*.py"))
    for source in sources:
        stamp = built / f"{source.stem}.stamp"
        sign = hashlib.sha256(f"{newest}".encode() + source.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != sign:
            from toolkit.exercises.release import release

            release(source, built)
            write_atomically(stamp, sign)
    return [built / source.name for source in sources]


def _brought(sources: Iterable[Path], home: Path) -> list[str]:
    """Copy notebooks into a folder as `prepare_lessons` says."""
    try:
        (home / COPIED).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(f"{home} cannot be used as a folder: {error.strerror}; give another with --folder") from None
    held_back = []
    for source in sources:
        newest, last, mine = map(_said, (source, home / COPIED / source.name, home / source.name))
        if mine == last == newest:
            continue
        if mine in (None, last, newest):
            _copy(source, home)
        elif last != newest:
            held_back.append(source.name)
    advice = "to get that and keep yours beside it, type toolkit reset {0} (or python3 start.py reset {0})"
    newer = "was left as you changed it, and there is a newer version"
    place = f"{EXERCISES}/" * (home.name == EXERCISES)
    return [f"{name} {newer}: {advice.format(place + name[:2])}" for name in held_back]


def reset_lesson(name: str, folder: str | Path = FOLDER) -> str:
    """Put a fresh copy of one lesson into the folder and return a sentence that says where the old one is.

    `name` is the number or the name of a lesson, "03" or "03_summarising", or of an exercise, "exercises/03". What the
    student changed is kept beside the fresh copy, under a name that is not in use yet.
    """
    home = _home(folder)
    inside = Path(name).parent.name == EXERCISES
    source = _named(name, build_exercises(home) if inside else lessons())
    home = home / EXERCISES if inside else home
    target, kept = home / source.name, ""
    if _said(target) not in (None, _said(home / COPIED / source.name), _said(source)):
        kept = f"; your version is kept as {_keep(target).name}"
    _copy(source, home)
    return f"{source.name} is fresh{kept}; if it is open, choose File, Reload Notebook from Disk"


def open_lab(folder: str | Path = FOLDER, extra: Iterable[str] = ()) -> int:
    """Prepare the lessons, run JupyterLab on them until it is stopped, and return 0.

    `extra` holds options of JupyterLab itself, for example `["--no-browser", "--port=9000"]`; they come before ours.
    """
    home = Path(folder).resolve()
    for line in prepare_lessons(home):
        print(line)
    for name, text in SETTINGS.items():
        (home / CONFIG / name).parent.mkdir(parents=True, exist_ok=True)
        write_atomically(home / CONFIG / name, text)
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
        "--LabApp.user_settings_dir": home / ".jupyter-lab/settings",
        "--LabApp.workspaces_dir": home / ".jupyter-lab/workspaces",
        "--LabApp.extension_manager": "readonly",
        "--LabApp.custom_css": True,
        "--LanguageServerManager.autodetect": False,
        "--KernelManager.transport_encryption": "auto" if zmq.has("curve") else "disabled",
        "--ServerApp.answer_yes": True,
        "--Application.log_level": "ERROR",
    }
    theirs = list(extra)
    given = {option.partition("=")[0] for option in theirs}
    root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    return [f"{name}={value}" for name, value in ours.items() if name not in given] + root + theirs


def _named(name: str, sources: Iterable[Path]) -> Path:
    """Return the notebook with this number, name, file name or path."""
    wanted, known = Path(name).name.removesuffix(".ipynb"), {source.stem: source for source in sources}
    for stem, source in known.items():
        if wanted == stem or wanted.zfill(2) == stem.partition("_")[0]:
            return source
    raise BadInput(f"there is no lesson {name!r}; the lessons are {', '.join(known)}{did_you_mean(wanted, known)}")


def _home(folder: str | Path) -> Path:
    """Return the folder of the student's lessons, also when the student stands inside it."""
    for home in (Path(folder), Path(folder).absolute().parent):
        if (home / COPIED).is_dir():
            return home
    advice = "open them once with python3 start.py (or toolkit lab), or say with --folder where they are"
    raise BadInput(f"there are no lessons in {folder}; {advice}")


def _copy(source: Path, home: Path) -> None:
    """Copy one lesson in one step, and remember which version it was."""
    text = source.read_text(encoding="utf-8")
    write_atomically(home / source.name, text)
    write_atomically(home / COPIED / source.name, text)


def _keep(lesson: Path) -> Path:
    """Rename a student's notebook to a dated name that nothing has yet, and return it."""
    names = (f"kept-{date.today()}{f'-{number}' if number > 1 else ''}-{lesson.name}" for number in count(1))
    return lesson.replace(next(path for path in map(lesson.with_name, names) if not path.exists()))


def _said(path: Path) -> object:
    """Return the cells and outputs of a notebook, or None; what JupyterLab notes in it on opening does not count."""
    if not path.exists():
        return None
    said = path.read_bytes()
    with suppress(ValueError, KeyError, TypeError):
        return [(c["cell_type"], "".join(c["source"]), c.get("outputs")) for c in json.loads(said)["cells"]]
    return said
