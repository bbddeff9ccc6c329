"""Verifying: whether a gradebook is as it was written, and which line was changed, inserted, moved or removed.

The chain shows any change before the last line, and the view remembers the last line. Who rewrites the journal to its
end and the view with it is found out only by a copy that is kept elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from toolkit.files import BadInput
from toolkit.grading.journal import Journal, digest, parsed
from toolkit.grading.view import View

Link = tuple[int, str, str]
"""The number of a record, the digest it names of the line before, and the digest of its own line."""


def faults(folder: Path, view: View) -> Iterator[str]:
    """Yield a sentence for each thing in a gradebook that is not as it was written; nothing when all is sound."""
    with view.journal.alone():
        damaged, chain, students = _read(view.journal)
    broken = list(breaks(chain))
    yield from damaged + [_with_students(one, students) for one in broken]
    if not damaged:
        with view.alone() as db:
            if not view.is_as_read(db):
                advice = "it may have what stood there before" if broken else "delete it, and it is made again"
                yield f"{view.path.name} does not say what the journal says; {advice}"
        yield from _references(folder, view.journal)
    for name, seen in view.set_aside():
        if not seen.stands(view.journal):
            lines = len(chain) - 1
            short = f"the journal is shorter than the gradebook last saw: it had {seen.lines} lines, and has {lines}"
            other = f"line {seen.lines} of the journal is not where the gradebook last saw it, or not as it was"
            what = short if lines < seen.lines else _with_students(other, students)
            yield f"{what}; what was in it is kept in {name}, which you may delete when you know why"
    for path in sorted([*folder.glob("kept/[!.]*"), *folder.glob("keys/*.json")]):
        if digest(path.read_bytes()) != path.stem:
            yield f"{path.parent.name}/{path.name} was changed: its name is not the sha256 of what is in it"


def _read(journal: Journal) -> tuple[list[str], list[Link], dict[int, str]]:
    """Return what is damaged, the links of the chain, which begins with one for no line, and whose each line is."""
    damaged, chain, students = [], [(0, "", "")], dict[int, str]()
    for number, line in enumerate(journal.lines(), 1):
        try:
            record = parsed(line, number)
            chain.append((record["n"], str(record["prev"]), digest(line)))
            students[number] = str(record.get("student", ""))
        except BadInput as error:
            damaged.append(str(error))
            chain.append((chain[-1][0] + 1, chain[-1][2], digest(line)))
    return damaged, chain, students


def _with_students(sentence: str, students: dict[int, str]) -> str:
    """Return a sentence with the students of the lines that it begins with.

    >>> _with_students("line 2 was changed", {1: "anna", 2: "ben"})
    'line 2 was changed (it is about ben)'
    """
    found = re.match(r"lines? (\d+)(?: to (\d+))?", sentence)
    lines = range(int(found[1]), int(found[2] or found[1]) + 1) if found else ()
    named = list(dict.fromkeys(name for line in lines if (name := students.get(line))))
    several = "they are" if len(lines) > 1 else "it is"
    return f"{sentence} ({several} about {', '.join(named)})" if named else sentence


def breaks(chain: list[Link]) -> Iterator[str]:
    """Yield a sentence for each place where a chain does not hold.

    >>> list(breaks([(0, "", ""), (1, "", "aa"), (3, "bb", "cc")]))
    ['record 2 was removed before line 2']
    """
    place = {own: at for at, (_, _, own) in enumerate(chain)}
    followed = {prev for _, prev, _ in chain[1:]}
    for at, ((before, _, above), (n, prev, _)) in enumerate(pairwise(chain), 1):
        if prev == above and n != before + 1:
            yield f"line {at} has the number {n} and follows number {before}"
        elif prev == above:
            continue
        elif prev in place and place[prev] < at:
            odd = f"line {at - 1} was" if place[prev] == at - 2 else f"lines {place[prev] + 1} to {at - 1} were"
            yield f"{odd} inserted or moved: line {at} follows from line {place[prev]}"
        elif prev in place:
            yield f"line {at} was moved: it followed from line {place[prev]}"
        elif n > before + 1:
            gone = f"record {before + 1} was" if n == before + 2 else f"records {before + 1} to {n - 1} were"
            yield f"{gone} removed before line {at}"
        elif above in followed or at == 1:
            yield f"line {at} was inserted or changed: it follows from no line"
        else:
            yield f"line {at - 1} was changed: line {at} does not follow from it any more"


def _references(folder: Path, journal: Journal) -> Iterator[str]:
    """Yield which record refers to something that is not there, and what to do."""
    undoable: set[int] = set()
    advice = {
        "submission": "put it back from a copy, or grade that student's file again",
        "key": "put it back from a copy, for toolkit release would make another one",
    }
    for number, line in enumerate(journal.lines(), 1):
        record = parsed(line, number)
        if record["kind"] in ("received", "graded", "marked"):
            undoable.add(record["n"])
        elif record["kind"] == "undone" and record["record"] not in undoable:
            yield f"record {record['n']} undoes record {record['record']}, which is none before it that can be undone"
        for part, file in (("submission", "kept/{}"), ("key", "keys/{}.json")):
            if (name := record.get(part)) and not (folder / file.format(name)).is_file():
                whose = f"{record['n']} ({record['student']})"
                yield f"{file.format(name)} is missing, which record {whose} names; {advice[part]}"
