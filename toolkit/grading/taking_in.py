"""Take in what a class handed in: keep every byte, write a receipt for each file, and find the cells to run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from toolkit.exercises.question import Key
from toolkit.grading.gradebook import Gradebook
from toolkit.grading.incoming import Incoming
from toolkit.grading.marks import names_in
from toolkit.grading.salvage import Cell, Salvaged, salvage
from toolkit.grading.written import without_empty_copies

WHO = "toolkit"


@dataclass(frozen=True, slots=True)
class Submission:
    """What a student handed in: its hash, its code cells and the names in them, what is known, why it is refused.

    `file` is the name that it had, by whose ending it is read; `page` all its cells, as they stand in it.
    """

    student: str
    sha256: str
    file: str
    cells: tuple[str, ...] = ()
    names: frozenset[str] = frozenset()
    page: tuple[Cell, ...] = ()
    notes: tuple[str, ...] = ()
    days_late: float = 0
    refused: str = ""


def take_in(
    found: Iterable[Incoming], key: Key, book: Gradebook, received: datetime | None = None
) -> Iterator[Submission]:
    """Yield what each file holds, after keeping it, and write the receipts; the same file again changes nothing.

    `received` is when the teacher had them, if that is known; nothing that a student could write counts as a time.
    """
    before = [one for one in book.standing() if one["kind"] == "received" and one["assignment"] == key.name]
    known = {_receipt(record) for record in before if record["refused"]}
    known |= {*{record["student"]: _receipt(record) for record in before if not record["refused"]}.values()}
    received = received and _local(received)
    receipts = list[tuple[str, dict[str, Any]]]()
    try:
        for one in found:
            sha = book.keep(one.data) if one.data else ""
            read = _read(one, key)
            notes = (*one.notes, *read.repairs)
            receipt: dict[str, Any] = {"student": one.student, "assignment": key.name, "submission": sha}
            receipt |= {"file": one.file, "size": len(one.data), "repairs": list(notes), "refused": read.refused}
            if _receipt(receipt) not in known:
                when = (received or datetime.now()).isoformat(timespec="seconds")
                receipts.append(
                    ("received", {**receipt, "received": when, "told": received is not None, "name": one.name})
                )
            late, told = days_late(key, received, one.late)
            known_as = {"student": one.student, "sha256": sha, "file": one.file, "refused": read.refused}
            yield submission(read, key, notes=notes + told, days_late=late, **known_as)
    finally:  # in one go, for each time that the journal is written to waits for the disk
        book.append_all(receipts, who=WHO)


def submission(read: Salvaged, key: Key, **known: Any) -> Submission:
    """Return what is run of a notebook that was read: its code cells, without empty copies of answers."""
    code = [cell.source for cell in read.cells if cell.kind == "code"]
    cells = tuple(without_empty_copies(code, [one.answer for one in key.questions.values()]))
    return Submission(cells=cells, names=names_in(cells), page=read.cells, **known)


def _receipt(record: dict[str, Any]) -> tuple[str, ...]:
    """Return what makes a receipt another one: whose, which bytes, under which name, and what was said of them."""
    return (record["student"], record["submission"], record["file"], record["refused"], *record["repairs"])


def _read(one: Incoming, key: Key) -> Salvaged:
    if one.refused:
        return Salvaged(refused=one.refused)
    read = salvage(one.data, one.file)
    if read.refused or read.assignment in ("", key.name):
        return read
    return Salvaged(refused=f"{one.file} is the notebook of {read.assignment}, not of {key.name}")


def days_late(key: Key, received: datetime | None, late: bool | None) -> tuple[float, tuple[str, ...]]:
    """Return how many days late a submission is, one that has begun as a whole one, and a sentence if that is a guess.

    >>> days_late(Key("a2", {}, terms={"due": "2026-10-15 18:00"}), datetime(2026, 10, 16, 18, 1), None)
    (2.0, ())
    """
    due = (key.terms or {}).get("due")
    if received is None or not due:
        told = ("the LMS says that it is late, and not by how much: one day is counted",)
        return (1.0, told) if late else (0.0, ())
    after = (received - _local(datetime.fromisoformat(due))).total_seconds()
    return float(max(0, -(-after // 86_400))), ()


def _local(when: datetime) -> datetime:
    """Return a time as the clock here shows it, without a zone; one without a zone is that already."""
    return when.astimezone().replace(tzinfo=None)
