"""Read what somebody hands us without trusting it; write without ever leaving half a file."""

import os
import re
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

MAX_BYTES = 20_000_000
"""The largest file that is read: a news page has some 100,000 bytes, a long book about 3,000,000."""

NO_TEXT = {b"%PDF": "a PDF", b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture",
           b"PK\x03\x04": "a zip file or an office document", b"\xd0\xcf\x11\xe0": "an office document"}  # fmt: skip
"""How files begin that people take for text, and what they are."""


class BadInput(ValueError):
    """Something from outside cannot be used; the message is one sentence for the person who gave it."""


class Decoded(NamedTuple):
    """Text, and the name of the encoding that its bytes were read with."""

    text: str
    encoding: str


def read_text(path: str | Path) -> Decoded:
    """Return the text of a file and the encoding it was read with.

    Raises `BadInput` when the path is missing, a directory, empty, larger than `MAX_BYTES`, or not text.
    """
    file = Path(path)
    try:
        if file.is_dir():
            raise BadInput(f"{file} is a directory; give one file in it")
        with file.open("rb") as stream:
            return decode(stream.read(MAX_BYTES + 1), name=str(file))
    except FileNotFoundError:
        raise BadInput(f"there is no file {file}") from None
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror or error}") from None


def decode(data: bytes, *, name: str = "the input", charset: str = "") -> Decoded:
    """Return bytes as text: by their mark, in the `charset` a server names, UTF-8, what a page declares, or cp1252.

    Line ends become a plain newline. Raises `BadInput` for nothing, too much, and for bytes that are not text.

    >>> decode("Москва".encode())
    Decoded(text='Москва', encoding='utf-8')
    >>> decode(b"the agency\\x92s chief")
    Decoded(text='the agency’s chief', encoding='cp1252')
    """
    if not data.strip():
        raise BadInput(f"{name} is empty")
    if len(data) > MAX_BYTES:
        raise BadInput(f"{name} has more than {MAX_BYTES:,} bytes, which is the most that is read")
    kind = next((kind for sign, kind in NO_TEXT.items() if data.startswith(sign)), "")
    for encoding in () if kind else _encodings(data, charset):
        with suppress(UnicodeDecodeError, LookupError):
            text = data.decode(encoding)
            if _looks_like_text(text):
                return Decoded(text.replace("\r\n", "\n").replace("\r", "\n"), encoding)
    what = f"{name} is {kind}, not text" if kind else f"{name} is not text (tried UTF-8, UTF-16 and cp1252)"
    raise BadInput(f"{what}; open it, copy the text and save that as .txt")


def _encodings(data: bytes, charset: str) -> list[str]:
    """Return the encodings to try, the likeliest first."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if b"\0" in data[:1000]:
        return ["utf-16-le" if data[1:1000:2].count(0) > data[0:1000:2].count(0) else "utf-16-be"]
    declared = re.search(rb"<[^>]{0,200}?charset\s*=\s*[\"']?([\w-]{1,40})", data[:4096], re.I)
    return [name for name in (charset, "utf-8", declared and declared[1].decode("ascii").lower(), "cp1252") if name]


def _looks_like_text(text: str) -> bool:
    """Return whether fewer than 1 in 100 characters of the opening are control characters no text has."""
    opening = text[:10_000]
    return 100 * len(re.findall("[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff]", opening)) < len(opening)


def write_atomically(path: str | Path, text: str | bytes) -> Path:
    """Write a whole file or nothing, text as UTF-8, and return its path.

    The text goes to a temporary file beside it, which then takes the name in one step.
    Raises `BadInput` when the place cannot be written to.
    """
    target = Path(path)
    try:
        if target.exists() and not target.is_file():
            raise BadInput(f"{target} is a directory or a device; give the name of a file")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:50]}.", suffix=".part")
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(text.encode() if isinstance(text, str) else text)
                stream.flush()
                os.fsync(stream.fileno())
            part.chmod(0o644)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise BadInput(f"{target} cannot be written: {error.strerror or error}") from None
    return target


def is_same_file(one: str | Path, other: str | Path) -> bool:
    """Return whether both paths lead to one file that is there, also through links: what is read must not be replaced.

    >>> is_same_file(__file__, Path(__file__).parent / ".." / Path(__file__).parent.name / Path(__file__).name)
    True
    """
    return Path(one).exists() and Path(other).exists() and Path(one).samefile(other)


def course_folder(name: str) -> Path:
    """Return the folder `datasets` or `notebooks`: inside an installed toolkit, else beside it in the checkout."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_course" / name, package.parent / name):
        if folder.is_dir():
            return folder
    raise BadInput(f"the folder {name} is missing beside the toolkit; fetch the repository again")
