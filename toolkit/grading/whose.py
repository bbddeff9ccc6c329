"""Whose a file is, from the names that Moodle, Canvas, Blackboard, nbgrader or a teacher gave it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath
from unicodedata import normalize

from toolkit.files import BadInput
from toolkit.grading.archives import Member, misplaced

STUDENT = re.compile(r"(?![.-])[A-Za-z0-9._@-]{1,64}")
"""What the id of a student or an assignment looks like."""

MOODLE = re.compile(
    r"(?P<name>.*?)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)(?:_(?P<file>.*)|(?=/|\Z))", re.S
)
"""Moodle ends the name of a student's folder in `_file`, older versions in `_file_`; without folders a name follows."""

CANVAS = re.compile(r"(?P<name>.+?)(?P<late>_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)", re.S)
BLACKBOARD = re.compile(r"(?P<user>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.S)
VERSION = re.compile(r"(?: ?\((\d+)\)|[-_ ]v(\d+)| ?[-_]? ?(copy))$", re.I)
WRAPPERS = {"submitted", "submissions"}


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose a member is: the id as it stands, the name shown, the file's own name, and what its name says of time.

    `attempt` and `version` grow with each new one; `work` is the assignment's folder in nbgrader's tree. `member` is
    None where the student is listed and no file is there; `student` is empty where nothing says whose it is.
    """

    student: str
    file: str
    member: Member | None
    name: str = ""
    late: bool | None = None
    attempt: str = ""
    version: int = 0
    work: str = ""


def student_id(raw: str) -> str:
    """Return the id of a student as named from outside: that name where it is safe everywhere, else one made from it.

    Two names give two ids, and the same name always the same one, however a computer writes its accents.

    >>> student_id("ada"), student_id("Ada Lovelace"), student_id("=1+1")
    ('ada', 'Ada_Lovelace-76740216', '1_1-bac90eef')
    """
    if STUDENT.fullmatch(raw):
        return raw
    text = "".join(letter for letter in normalize("NFKD", raw) if letter.isascii())
    stem = re.sub(r"[^A-Za-z0-9@]+", "_", text).strip("_")[:55] or "student"
    return f"{stem}-{hashlib.sha256(normalize('NFC', raw).encode('utf-8', 'replace')).hexdigest()[:8]}"


def shown(text: str, most: int = 200) -> str:
    """Return a name from outside fit to be shown in a line: nothing that cannot be seen, not longer than `most`."""
    seen = "".join(letter if letter.isprintable() else "�" for letter in text[: most + 1])
    return seen if len(seen) <= most else f"{seen[: most - 1]}…"


def without(stem: str, assignment: str) -> str:
    """Return what the stem of a file name has beside the assignment's name.

    >>> without("a2_tokenising-ada", "a2_tokenising"), without("ada_a2_tokenising", "a2_tokenising")
    ('ada', 'ada')
    """
    name = re.escape(assignment)
    cut = re.sub(rf"^{name}(?:[-_ .]+|$)|(?:^|[-_ .]+){name}$", "", stem, count=1, flags=re.I)
    return cut if assignment else stem


def owners(members: list[Member], assignment: str, *, home: str = "", nbgrader: bool = False) -> Iterator[Whose]:
    """Yield whose each member is; `home` is the name of the folder or zip, for where it holds one student's files."""
    paths = [(_parts(one.name), one) for one in members]
    if not nbgrader:
        paths = _unwrapped(paths, {*WRAPPERS, assignment, home} - {""})
    flat = [parts[0] for parts, one in paths if len(parts) == 1 and not one.name.endswith("/")]
    canvas = sum(bool(CANVAS.fullmatch(name)) for name in flat) * 2 > len(flat)
    alone = all(not _plain(name, assignment) for name in flat)
    names = _blackboard_names(paths)
    for parts, member in paths:
        there = None if member.name.endswith("/") or parts[-1:] == ["timestamp.txt"] else member
        if misplaced(member.name):
            yield Whose(member.name, member.name, member)
        elif len(parts) == 1 and there:
            whose = _blackboard(parts[0], there, names) or (_canvas(parts[0], there) if canvas else None)
            named = _plain(parts[0], assignment) or (home if alone else "")
            yield _moodle(parts, there) or whose or Whose(named, parts[0], there, version=_version(parts[0]))
        elif parts:
            work = parts[1] if nbgrader and len(parts) > 1 + (not member.name.endswith("/")) else ""
            rest = Whose(parts[0], "/".join(parts[1:]), there, version=_version(parts[-1]), work=work)
            yield _moodle(parts, there) or rest


def _parts(name: str) -> list[str]:
    return [part for part in name.split("/") if part not in {"", "."}]


def _unwrapped(paths: list[tuple[list[str], Member]], wrappers: set[str]) -> list[tuple[list[str], Member]]:
    """Return the parts of each path without the folders round all that is handed in."""
    tops = {parts[0] for parts, _ in paths if len(parts) > 1}
    below = {parts[1] for parts, _ in paths if len(parts) > 1}
    if len(tops) == 1 < len(below) and all(MOODLE.fullmatch(one) or CANVAS.fullmatch(one) for one in below):
        wrappers = wrappers | tops
    cut = []
    for parts, member in paths:
        most = len(parts) - (not member.name.endswith("/"))  # a file keeps its own name
        start = next((at for at, part in enumerate(parts[:most]) if part not in wrappers), max(most, 0))
        cut.append((parts[start:], member))
    return cut


def _moodle(parts: list[str], member: Member | None) -> Whose | None:
    if not (found := MOODLE.fullmatch(parts[0])):
        return None
    file = "/".join(filter(None, [found["file"], *parts[1:]])) or parts[0]
    there = None if found["kind"] == "onlinetext" else member
    return Whose(found["id"], file, there, found["name"], version=_version(file))


def _canvas(name: str, member: Member) -> Whose | None:
    if not (found := CANVAS.fullmatch(name)):
        return None
    again = re.search(r"-(\d{1,9})(?:\.\w+)?$", found["file"])
    version = int(again[1]) if again else 0
    return Whose(found["id"], found["file"], member, found["name"], late=bool(found["late"]), version=version)


def _blackboard(name: str, member: Member, names: dict[str, tuple[str, str]]) -> Whose | None:
    if not (found := BLACKBOARD.fullmatch(name)):
        return None
    student, display = names.get(found["user"], (found["user"].rpartition("_")[2], ""))
    file = found["file"] or ""
    return Whose(student, file, member if file else None, display, attempt=found["time"], version=_version(file))


def _blackboard_names(paths: list[tuple[list[str], Member]]) -> dict[str, tuple[str, str]]:
    """Return by the beginning of file names the id and the name that Blackboard's own companion file states."""
    names = {}
    for parts, member in paths:
        found = BLACKBOARD.fullmatch(parts[0]) if len(parts) == 1 else None
        if found and not found["file"]:
            with suppress(BadInput):
                told = re.match(rb"Name: ([^\n]{1,200}) \(([^\n()]{1,64})\)\s", member.read())
                student, display = (
                    (told[2].decode("utf-8", "replace"), told[1].decode("utf-8", "replace")) if told else ("", "")
                )
                if student and found["user"].endswith(f"_{student}"):
                    names[found["user"]] = (student, display)
    return names


def _plain(name: str, assignment: str) -> str:
    """Return the student's part of a file name: no ending, no sign of a second version, no assignment."""
    stem = re.sub(r"(?:\.ipynb)?(?:\.[A-Za-z][A-Za-z0-9]{1,4})?$", "", name, flags=re.I)
    return without(VERSION.sub("", stem.strip()), assignment)


def _version(name: str) -> int:
    found = VERSION.search(PurePosixPath(name).stem)
    return int(next(filter(None, found.groups()[:2]), "1")[:9]) if found else 0
