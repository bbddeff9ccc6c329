"""What was handed in: every file from a folder, a zip or an LMS with the student it is from, and nothing left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from unicodedata import normalize

from toolkit.files import NO_TEXT, BadInput
from toolkit.grading.archives import Member, inside, read_file
from toolkit.grading.whose import MOODLE, Whose, owners, shown, student_id, without

KINDS = {".ipynb": 4, ".py": 3, ".html": 2, ".htm": 2, ".zip": 1}
"""How names end that can be a submission, the likeliest with the highest number."""

MOST = 20
"""The most files of one student that are looked at."""

OTHER_VERSION = " is kept; another version, "
"""What is said of a file beside which another one of the same student was taken: nothing is wrong with it."""

ADVICE = "ask for the notebook itself, the file that ends in .ipynb"
BINARY = {sign: kind for sign, kind in NO_TEXT.items() if not sign.startswith(b"PK")}
BINARY |= {b"{\\rtf": "an RTF document", b"\x7fELF": "a program", b"MZ\x90": "a program", b"Rar!": "a RAR archive",
           b"7z\xbc\xaf": "a 7z archive", b"\x1f\x8b": "a gzip archive"}  # fmt: skip
"""How files begin that are no notebook, and what they are."""

OFFICE = "a Word, Excel or PowerPoint document"
UNNAMED = "{} does not say whose it is; put the student into its name, such as ada.ipynb, or name one with --student"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file that was handed in: whose it is, its bytes, and if it is not taken, in `refused`, why.

    `student` is safe as a file name, `name` the name to be shown, if known; `late` is what an LMS wrote into the name
    of the file, None where it says nothing. `notes` are for teacher and student.
    """

    student: str
    name: str
    file: str
    data: bytes
    late: bool | None = None
    refused: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A file of a student as it was read, or in `refused` why it was not."""

    whose: Whose
    file: str
    data: bytes = b""
    refused: str = ""
    changed: tuple[int, ...] = ()

    def rank(self, assignment: str) -> tuple[object, ...]:
        """Return what is compared to find the one to take: the newest of those that can be read."""
        own = bool(assignment) and assignment.casefold() in self.file.casefold()
        full = bool(self.data.strip()) and not self.refused
        return full, self.whose.attempt, _kind(self.file), own, self.whose.version, self.changed


def incoming(path: str | Path, assignment: str = "", *, student: str = "") -> Iterator[Incoming]:
    """Yield what was handed in, student by student; of several versions the one taken comes last, the others refused.

    `path` is a file, a folder of files or of students' folders, nbgrader's `submitted`, or the zip or the unpacked
    folder that Moodle, Canvas or Blackboard gave. `student` says whose a single file is. Raises `BadInput` where it
    is nothing of that, and names what to type.
    """
    given = Path(path)
    if given.is_file() and (student or given.suffix.lower() != ".zip"):
        yield from _sorted_out(_single(given, assignment, student), assignment)
        return
    if not (given.is_file() or given.is_dir()):
        raise BadInput(f"there is no file or folder {given}")
    place, prefix, nbgrader = _root(given, assignment)
    home = without(re.sub(r" ?\(\d+\)$", "", place.stem if place.is_file() else place.resolve().name), assignment)
    with inside(place) as members:
        named = [replace(one, name=prefix + one.name) for one in members]
        folders = [Member(prefix, bytes)] if prefix else []
        found = list(owners(named + folders, assignment, home=home, nbgrader=nbgrader))
        if not found:
            raise BadInput(f"{given.name} is empty; give the folder or the zip file with what was handed in")
        yield from _sorted_out(found, assignment)


def _single(file: Path, assignment: str, student: str) -> list[Whose]:
    found = list(owners([Member(file.name, partial(read_file, file.resolve()))], assignment))
    if not (student or found[0].student):
        raise BadInput(UNNAMED.format(shown(file.name)))
    return [replace(one, student=student or one.student) for one in found]


def _root(given: Path, assignment: str) -> tuple[Path, str, bool]:
    """Return the folder to go through, what its paths begin with, and whether it is in a tree of nbgrader's."""
    if (below := given / "submitted").is_dir():
        return below, "", True
    real = given.resolve()
    above = [real.name, real.parent.name, real.parent.parent.name]
    other = assignment not in {"", *above[:2]} and not (given / assignment).exists()
    if not given.is_dir() or "submitted" not in above or (other and above[0] != "submitted"):
        return given, "", False
    return given, "".join(f"{name}/" for name in reversed(above[: above.index("submitted")])), True


def _sorted_out(found: list[Whose], assignment: str) -> Iterator[Incoming]:
    """Yield the files of each student, and of those listed who handed in nothing, that."""
    groups = dict[tuple[str, str], list[Whose]]()
    for one in found:
        if not one.student and one.member:
            why = UNNAMED.format(shown(one.file))
            yield Incoming(student_id(one.file), "", shown(one.file), _read(one).data, refused=why)
        elif one.student and (one.work in {"", assignment} or not assignment):  # the rest is other work
            groups.setdefault((normalize("NFC", one.student), one.work), []).append(one)
    full = {normalize("NFC", one.student) for one in found if one.member} | {one for one, work in groups if work}
    written = Counter(student.casefold() for student in {student for student, _ in groups})
    for (student, work), files in sorted(groups.items(), key=lambda group: group[0]):
        notes = tuple(_notes(student, written[student.casefold()]))
        if there := [one for one in files if one.member]:
            yield from _of_student(_chosen(there, assignment), assignment, notes)
        elif student not in full or work:
            name, why = shown(files[0].name, 100), "handed in nothing that can be read"
            yield Incoming(student_id(student), name, "", b"", refused=why, notes=notes)


def _notes(student: str, written: int) -> Iterator[str]:
    if (safe := student_id(student)) != student:
        yield f"‘{shown(student, 60)}’ is kept as {safe}"
    if written > 1:
        yield f"{safe} is also written with other capitals here; if that is one student, give both files one name"


def _chosen(files: list[Whose], assignment: str) -> list[Whose]:
    """Return the files in the folder of the assignment where a student has one, else all."""
    return [one for one in files if assignment and one.file.split("/")[0] == assignment] or files


def _of_student(files: list[Whose], assignment: str, notes: tuple[str, ...]) -> Iterator[Incoming]:
    """Yield what one student handed in: first what is kept or refused, and the one that is taken last."""
    likely = [one for one in files if _kind(one.file)] or files
    newest_first = sorted(likely, key=lambda one: _Read(one, one.file).rank(assignment))[::-1]
    readings = list(islice((read for one in newest_first for read in _readings(one)), MOST))[::-1]
    *others, taken = sorted(readings, key=lambda read: read.rank(assignment))
    if versions := [shown(other.file) for other in others if not other.refused]:
        kept = f"{versions[0]} was kept" if len(versions) == 1 else f"{len(versions)} more were kept"
        number = "two" if len(versions) == 1 else len(versions) + 1
        notes += (f"{number} versions were handed in: {shown(taken.file)} was taken and {kept}",)
    if left := [shown(one.file, 60) for one in files if one not in likely]:
        notes += (f"also handed in and not looked at: {', '.join(left[:5])}{' …' * (len(left) > 5)}",)
    if len(readings) == MOST:
        notes += (f"of the files handed in, the {MOST} newest were looked at",)
    for read in others:
        why = read.refused or f"{shown(read.file)}{OTHER_VERSION}{shown(taken.file)}, was taken"
        yield _as_incoming(read, why, ())
    yield _as_incoming(taken, taken.refused, notes)


def _as_incoming(read: _Read, refused: str, notes: tuple[str, ...]) -> Incoming:
    whose = read.whose
    student, name = student_id(whose.student), shown(whose.name, 100)
    return Incoming(student, name, shown(read.file), read.data, whose.late, refused, notes)


def _readings(whose: Whose) -> Iterator[_Read]:
    """Yield a file as it was read; for a zip, what is in it that can be a submission."""
    read = _read(whose)
    if not read.data.startswith(b"PK\x03\x04"):
        yield read
        return
    try:
        with inside(read.data) as members:
            if any(one.name == "[Content_Types].xml" for one in members):
                raise BadInput(f"it is {OFFICE}, not a notebook; {ADVICE}")
            if any(MOODLE.match(one.name) for one in members):
                raise BadInput("it is what Moodle gave for a whole class; give that zip file itself")
            likely = [one for one in members if _kind(one.name)][::-1]
            if not likely:
                raise BadInput(f"there is no notebook in this zip file; {ADVICE}")
            for one in likely:
                yield _inner(whose, one)
    except BadInput as error:
        yield _refused(read, error)


def _inner(whose: Whose, member: Member) -> _Read:
    read = _read(replace(whose, file=f"{whose.file}/{member.name}", member=member))
    if read.data.startswith(b"PK\x03\x04"):
        return _refused(read, f"it is a zip file in a zip file; {ADVICE}")
    return read


def _read(whose: Whose) -> _Read:
    assert whose.member
    read = _Read(whose, whose.file, changed=whose.member.changed)
    try:
        data = whose.member.read()
    except BadInput as error:
        return _refused(read, error)
    read = replace(read, data=data)
    kind = next((kind for sign, kind in BINARY.items() if data.startswith(sign)), "")
    return _refused(read, f"it is {kind}, not a notebook; {ADVICE}") if kind else read


def _refused(read: _Read, why: object) -> _Read:
    return replace(read, refused=f"{shown(read.file)} is not taken: {why}")


def _kind(file: str) -> int:
    """Return how likely a file is a submission, from 4 for a notebook to 0.

    >>> [_kind(name) for name in ("a2.ipynb", "a2.ipynb.txt", "a2.html", "plot.png")]
    [4, 4, 2, 0]
    """
    name = file.rpartition("/")[2].lower()
    return 4 if ".ipynb" in name else KINDS.get(Path(name).suffix, 0)
