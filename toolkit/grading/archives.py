"""What is inside a zip file or a folder, without trusting either: nothing is unpacked, no link is followed."""

from __future__ import annotations

import io
import os
import re
import stat
import struct
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from toolkit.files import MAX_BYTES, BadInput

MAX_MEMBERS = 20_000
"""The most files in a zip or a folder: a thousand students with twenty each."""

MAX_LISTING = 4_000_000
"""The most bytes of the list of files in a zip; 20,000 names of usual length take half of it."""

MAX_TOTAL, RATIO = 4_000_000_000, 200
"""The most bytes that a zip may unpack to in all, and how many times its own size (from 100 MB up)."""

SKIPPED = {"__MACOSX", ".DS_Store", ".ipynb_checkpoints", "Thumbs.db", "desktop.ini", ".git", "__pycache__"}
"""What computers leave in folders and nobody hands in."""

BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, ArithmeticError, RuntimeError)
"""What reading a damaged zip raises."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in a zip or a folder: its path there, when it was changed (local time), and how its bytes are read.

    `read()` raises `BadInput` where it is not read, for this one only. The name of a folder ends in `/`.
    """

    name: str
    read: Callable[[], bytes]
    changed: tuple[int, ...] = ()


@contextmanager
def inside(source: Path | bytes) -> Iterator[list[Member]]:
    """Give the members of a folder, a zip file or the bytes of one, to be read while it is open.

    Raises `BadInput` for what is neither, for a zip that is damaged, and for more than `MAX_MEMBERS` files.
    """
    if isinstance(source, Path) and source.is_dir():
        yield sorted(_in_folder(source), key=lambda member: member.name)
        return
    with closing(_stream(source)) as stream, _opened(stream) as opened:
        size = stream.seek(0, os.SEEK_END)
        yield list(_in_zip(opened, [min(MAX_TOTAL, max(100_000_000, RATIO * size))]))


def _stream(source: Path | bytes) -> _Careful:
    try:
        return _Careful(io.BytesIO(source) if isinstance(source, bytes) else io.FileIO(source))
    except OSError as error:
        raise BadInput(f"{source!s} cannot be read: {error.strerror or error}") from None


def _opened(stream: _Careful) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(stream)
    except BadInput:
        raise
    except BROKEN:
        raise BadInput("the zip file is damaged or was not sent to its end; ask for it again") from None


class _Careful(io.BufferedReader):
    """Refuses to read a list of files that has no end: what a zip says of itself is not believed."""

    def read(self, size: int | None = -1, /) -> bytes:
        if size is not None and size > MAX_LISTING:
            raise BadInput(f"the zip file lists more than {MAX_MEMBERS:,} files; zip only what was handed in")
        return super().read(size)


def _in_zip(opened: zipfile.ZipFile, left: list[int]) -> Iterator[Member]:
    listed = opened.infolist()
    if len(listed) > MAX_MEMBERS:
        raise BadInput(f"the zip file has {len(listed):,} files; {MAX_MEMBERS:,} are the most that are read")
    for info in listed:
        name = info.orig_filename.replace("\\", "/")
        if not is_skipped(name):
            wrong = misplaced(name) or _forbidden(info)
            read = partial(_refuse, wrong) if wrong else partial(_streamed, opened, info, left)
            yield Member(name, read, info.date_time)


def is_skipped(name: str) -> bool:
    """Return whether a path is one that computers leave behind, such as `__MACOSX/._a.ipynb`."""
    parts = name.split("/")
    return any(part in SKIPPED for part in parts) or parts[-1].startswith("._")


def misplaced(name: str) -> str:
    """Return what is wrong with the path of a member: it leads out of its archive, or is far too long; else nothing.

    >>> misplaced("ada/a2.ipynb"), misplaced("../a2.ipynb")
    ('', 'its name leads out of the zip file')
    """
    if name.startswith("/") or re.match("[A-Za-z]:", name) or ".." in name.split("/") or "\0" in name:
        return "its name leads out of the zip file"
    return "its name has more than 500 characters" if len(name) > 500 else ""


def _forbidden(info: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "it is a link or a device, not a file"
    if info.flag_bits & 1:
        return "it is locked with a password; ask for a zip without one"
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "it is packed in a way that is not read here; ask for the file itself"
    return ""


def _refuse(why: str) -> bytes:
    raise BadInput(why)


def _streamed(opened: zipfile.ZipFile, info: zipfile.ZipInfo, left: list[int]) -> bytes:
    """Return the bytes of a member, counted as they come: its header may lie about its size."""
    parts, size = [], 0
    try:
        with opened.open(info) as stream:
            while part := stream.read(65_536):
                parts.append(part)
                size += len(part)
                left[0] -= len(part)
                if size > MAX_BYTES or left[0] < 0:
                    break
    except BROKEN as error:
        raise BadInput("it is damaged in the zip file; ask for it again") from error
    if size > MAX_BYTES:
        raise BadInput(_too_large())
    if left[0] < 0:
        raise BadInput("the zip file unpacks to far more than it holds, as no notebook does; ask for the file itself")
    return b"".join(parts)


def _too_large() -> str:
    return f"it has more than {MAX_BYTES:,} bytes, the most that is read; delete large outputs and save it again"


def _in_folder(folder: Path) -> Iterator[Member]:
    """Yield what is in a folder and those below; links, pipes and devices are named and not opened."""
    waiting, count = [folder], 0
    while waiting:
        here = waiting.pop()
        where = f"{here.relative_to(folder).as_posix()}/" if here != folder else ""
        try:
            with os.scandir(here) as entries:
                for entry in entries:
                    count += 1
                    if count > MAX_MEMBERS:
                        raise BadInput(f"{folder.name} has more than {MAX_MEMBERS:,} files; give one assignment's own")
                    if is_skipped(name := where + entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(Path(entry.path))
                        name += "/"
                    yield Member(name, partial(read_file, Path(entry.path)), _changed(entry))
        except OSError as error:
            if here == folder:
                raise BadInput(f"{folder.name} cannot be opened: {error.strerror or error}") from None
            yield Member(where[:-1], partial(_refuse, f"it cannot be opened: {error.strerror or error}"))


def _changed(entry: os.DirEntry[str]) -> tuple[int, ...]:
    with suppress(OSError):  # it may be gone by now, which reading it will tell
        return tuple(time.localtime(min(max(entry.stat(follow_symlinks=False).st_mtime, 0), 4e9))[:6])
    return ()


def read_file(path: Path) -> bytes:
    """Return the bytes of a regular file of at most `MAX_BYTES`; raise `BadInput` for a link, a pipe, a device."""
    flags = os.O_RDONLY | sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"))
    try:
        if not stat.S_ISREG(path.lstat().st_mode):  # some devices do something as soon as they are opened
            raise BadInput("it is a link, a pipe or a device, not a file; ask for the file itself")
        with os.fdopen(os.open(path, flags), "rb") as stream:
            data = stream.read(MAX_BYTES + 1) if stat.S_ISREG(os.fstat(stream.fileno()).st_mode) else b""
    except OSError as error:
        raise BadInput(f"it cannot be read: {error.strerror or error}") from None
    if len(data) > MAX_BYTES:
        raise BadInput(_too_large())
    return data
