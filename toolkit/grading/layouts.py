"""The class list that a learning management system gave: whose file it is, who stands in it, what takes marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from toolkit.choices import did_you_mean
from toolkit.files import MAX_BYTES, BadInput
from toolkit.grading.fields import Sheet, number_in, read_sheet


class Layout(NamedTuple):
    """How one system writes its file: the columns it is known by, those with ids, and which columns take marks."""

    name: str
    known_by: tuple[str, ...]
    ids: tuple[str, ...]
    marks: str


LAYOUTS = (
    Layout("Moodle worksheet", ("identifier", "grade"), ("identifier", "id number", "username", "email address"),
           r"grade"),
    Layout("Canvas", ("id", "sis login id", "section"),
           ("id", "sis user id", "sis login id", "integration id"), r".*\(\d+\)"),
    Layout("Blackboard", ("last name", "username"), ("username", "student id"),
           r".*\[total pts: (?!up to)[^\]]*(?<!text)\].*"),
    Layout("plain", ("student",), ("student",), r"(?!(student|(first |last |full )?name|e-?mail( address)?)$).+"),
    Layout("Moodle gradebook", ("email address",), ("id number", "username", "email address"), r".*\(real\)"),
)  # fmt: skip
"""The files that are recognised, by their English headings; small and capital letters do not matter."""

_DRESS = re.compile(
    r"^[\w ]{1,30}: (?=.*\(real\)$)|\s{0,3}(\(real\)|\(\d+\)|\[total pts: [^\]]{0,60}\]\s{0,3}(\|\d+)?)$", re.I
)


@dataclass(frozen=True, slots=True)
class Roster:
    """A class list as a learning management system gave it."""

    path: Path
    layout: Layout
    sheet: Sheet

    @property
    def heading(self) -> list[str]:
        """What the heading of each column says."""
        return self.sheet.values(0)

    @property
    def columns(self) -> dict[str, str]:
        """The columns that can be filled with marks, each with its plain name: `A2 (12345)` is `A2`."""
        fitting = (name for name in self.heading if re.fullmatch(self.layout.marks, name, re.I))
        return {name: _DRESS.sub("", name) for name in fitting}

    def students(self) -> Iterator[tuple[int, list[str]]]:
        """Yield the number and the fields of each row that stands for a student; row 0 is the heading."""
        for row in range(1, len(self.sheet.rows)):
            values = self.sheet.values(row)
            if any(values) and not (self.layout.name == "Canvas" and _no_student(values)):
                yield row, values

    def ids(self, values: list[str]) -> dict[str, str]:
        """Return the ids in a row by the names of their columns, in small letters; `Participant 12345` is `12345`."""
        pairs = zip(map(str.lower, self.heading), values, strict=False)
        found = {name: value.lower() for name, value in pairs if value and name in self.layout.ids}
        return {name: re.sub(r"^[^\d]+(?=\d+$)", "", v) if name == "identifier" else v for name, v in found.items()}

    def column(self, name: str = "") -> int:
        """Return the number of the column to fill: the only one, or the one of this name, plain or whole.

        Raises `BadInput` that lists the columns when none or several would do.
        """
        columns = self.columns
        fits = [one for one in columns if name.lower() in ("", one.lower(), columns[one].lower())]
        fits = [one for one in fits if one == name] or fits
        if len(fits) == 1 and self.heading.count(fits[0]) == 1:
            return self.heading.index(fits[0])
        many = f"{self.path.name} has more than one column {name!r}." if name else f"which column of {self.path.name}?"
        none = f"{self.path.name} has no column {name!r} for marks{did_you_mean(name, columns.values()) or '.'}"
        listed = ", ".join(repr(one[:60]) for one in (fits or columns)) or "none"
        raise BadInput(f"{many if fits else none} Give the whole heading of one of these: {listed}")

    def maximum(self, column: int) -> dict[int, float | None]:
        """Return the most points that the file states for a column, by row; nothing where it states none."""
        lower, rows = [name.lower() for name in self.heading], dict(self.students())
        if "maximum grade" in lower:
            place = lower.index("maximum grade")
            return {row: number_in("".join(values[place : place + 1])) for row, values in rows.items()}
        stated = re.search(r"\[total pts: ([\d.,]+)", lower[column])
        most = number_in(stated[1]) if stated else None
        if self.layout.name == "Canvas":
            first = map(self.sheet.values, range(1, min(4, len(self.sheet.rows))))
            most = next((number_in("".join(v[column : column + 1])) for v in first if v[0] == "Points Possible"), None)
        return dict.fromkeys(rows, most)


def _no_student(values: list[str]) -> bool:
    """Return whether a row of Canvas says how marks are posted, or the points possible: neither has an id."""
    return values[0] == "Points Possible" or not any(values[:4])


def read_roster(path: str | Path) -> Roster:
    """Return the class list in a file: Moodle's worksheet or gradebook, Canvas, Blackboard, or a column `student`.

    Raises `BadInput` for any other file, and says which columns were looked for.
    """
    file = Path(path)
    try:
        with file.open("rb") as stream:
            sheet = read_sheet(stream.read(MAX_BYTES + 1), file.name)
    except OSError as error:
        raise BadInput(f"{file} cannot be read: {error.strerror or error}") from None
    heading = {name.lower() for name in sheet.values(0)}
    for layout in LAYOUTS:
        if heading.issuperset(layout.known_by):
            return Roster(file, layout, sheet)
    wanted = "; ".join(f"{layout.name}: {', '.join(layout.known_by)}" for layout in LAYOUTS)
    found = ", ".join(repr(name[:40]) for name in sheet.values(0)[:12])
    raise BadInput(f"{file.name} is no class list that is known ({wanted}); its first row has: {found}")
