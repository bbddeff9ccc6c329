"""A table in a text file, field by field as it stands there: what is not touched is written back byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from toolkit.files import BadInput, decode
from toolkit.markup import no_formula

DELIMITERS = (",", ";", "\t")
MAX_FIELDS = 1_000_000
BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be", b"\xef\xbb\xbf": "utf-8"}
_QUOTED = re.compile(r'"((?:[^"]|"")*+)"')


class Field(NamedTuple):
    """A field with its quotation marks (`raw`), and the delimiter or line end `after` it."""

    raw: str
    after: str

    @property
    def value(self) -> str:
        """What the field says, without the quotation marks that the file needs.

        >>> Field('"Lee, Ann"', ",").value
        'Lee, Ann'
        """
        found = _QUOTED.match(self.raw)
        return self.raw if found is None else found[1].replace('""', '"') + self.raw[found.end() :]

    def saying(self, text: str, delimiter: str) -> Field:
        """Return the field with another text, in quotation marks if it had them or now needs them.

        >>> Field('"1"', ",").saying("12", ","), Field("", ",").saying("12,5", ",")
        (Field(raw='"12"', after=','), Field(raw='"12,5"', after=','))
        """
        needed = self.raw.startswith('"') or any(sign in text for sign in (delimiter, '"', "\n", "\r"))
        return self._replace(raw='"{}"'.format(text.replace('"', '""')) if needed else text)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table in a text file, and how the file is written."""

    rows: tuple[tuple[Field, ...], ...]
    delimiter: str
    encoding: str
    bom: bytes

    def data(self) -> bytes:
        """The bytes of the file; those that were read, unless a field was changed."""
        return self.bom + "".join(field.raw + field.after for row in self.rows for field in row).encode(self.encoding)

    def values(self, row: int) -> list[str]:
        """What the fields of a row say, without white space around; row 0 is the heading."""
        return [field.value.strip() for field in self.rows[row]]

    def changed(self, texts: dict[tuple[int, int], str]) -> Sheet:
        """Return the table with other texts in the fields at (row, column)."""
        rows = [list(row) for row in self.rows]
        for (row, column), text in texts.items():
            rows[row][column] = rows[row][column].saying(text, self.delimiter)
        return replace(self, rows=tuple(map(tuple, rows)))


def read_sheet(data: bytes, name: str = "the table") -> Sheet:
    """Return the table in a file: comma, semicolon or TAB between fields, UTF-8, UTF-16 or cp1252, any line ends.

    Raises `BadInput` for what is no such table, and for a quotation mark that is not closed.

    >>> read_sheet(b'a;"b"\\r\\n1;"2"').rows[1]
    (Field(raw='1', after=';'), Field(raw='"2"', after=''))
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise BadInput(f"{name} was saved by a spreadsheet program as an office document; download it once more")
    encoding = decode(data, name=name).encoding
    bom = next((mark for mark in BOMS if data.startswith(mark)), b"")
    encoding = BOMS.get(bom, encoding)
    text = data[len(bom) :].decode(encoding)
    delimiter = max(DELIMITERS, key=lambda sign: len(next(_rows(text, sign, name))))
    sheet = Sheet(tuple(_rows(text, delimiter, name)), delimiter, encoding, bom)
    if sheet.data() != data:
        raise BadInput(f"{name} cannot be written back as it is, in {encoding}; save it as UTF-8")
    return sheet


def _rows(text: str, delimiter: str, name: str) -> Iterator[tuple[Field, ...]]:
    field = re.compile(rf'((?:"(?:[^"]|"")*+")?+[^{delimiter}\r\n]*+)({delimiter}|\r\n|\r|\n|\Z)')
    row: list[Field] = []
    number = 1
    for total, found in enumerate(field.finditer(text)):
        raw, after = found.groups()
        if not row and not found[0]:
            return
        if raw.startswith('"') and not _QUOTED.match(raw):
            raise BadInput(f"{name}: in row {number} a quotation mark is not closed: {raw[:40]}")
        if total > MAX_FIELDS:
            raise BadInput(f"{name} has more than {MAX_FIELDS:,} fields, which is the most that is read")
        row.append(Field(raw, after))
        if after != delimiter:
            yield tuple(row)
            row, number = [], number + 1


def is_number(text: str) -> bool:
    """Return whether a field is a number, with a decimal point or comma.

    >>> is_number("-1,5"), is_number("-1+2")
    (True, False)
    """
    return re.fullmatch(r"[+-]?\d{1,15}(?:[.,]\d{1,15})?", text) is not None


def number_in(text: str) -> float | None:
    """Return the number that a field has, with a decimal point or comma; None for anything else.

    >>> number_in(" 12,5 "), number_in("EX")
    (12.5, None)
    """
    return float(text.strip().replace(",", ".")) if is_number(text.strip()) else None


def runs(text: str) -> bool:
    """Return whether a spreadsheet program would run a field as a formula.

    A number does not run, nor does a dash alone (Moodle's word for no mark), nor a text as Canvas writes it: ="…".

    >>> [runs(text) for text in ("=1+1", "-", "-2", '="=1+1"', "@SUM(A1)")]
    [True, False, False, False, True]
    """
    harmless = text == "-" or is_number(text) or re.fullmatch('="[^"]*"', text) is not None
    return no_formula(text) != text and not harmless
