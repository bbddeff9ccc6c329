"""The commands on a gradebook: marks by hand, undoing, the log, and what is returned: pages, a table."""

from __future__ import annotations

import argparse
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.choices import did_you_mean
from toolkit.files import BadInput, read_text, write_atomically
from toolkit.markup import printable

if TYPE_CHECKING:
    from toolkit.grading.gradebook import Gradebook
    from toolkit.grading.layouts import Roster


def open_book(options: argparse.Namespace) -> Gradebook:
    """Return the gradebook that is named; raise `BadInput` where there is none, unless the command makes one."""
    from toolkit.grading.gradebook import Gradebook

    folder = Path(options.book)
    if options.command != "grade" and not any((folder / name).is_file() for name in ("journal.jsonl", "view.sqlite")):
        raise BadInput(f"there is no gradebook {folder}; name it with --book, or make it with toolkit grade")
    return Gradebook(folder)


def sound_book(options: argparse.Namespace) -> Gradebook:
    """Return a gradebook of which nothing is given out while it is not as it was written, unless `--anyway`."""
    book = open_book(options)
    if not options.anyway and (faults := book.verify()):
        more = f" (and {len(faults) - 1} more, which toolkit log shows)" if len(faults) > 1 else ""
        raise BadInput(f"{faults[0]}{more}; restore the folder {options.book} from a copy, or add --anyway")
    return book


def run_mark(options: argparse.Namespace) -> None:
    """Write a sheet for marking, read one back, or write down a single mark."""
    book, ways = open_book(options), [options.csv, options.read, options.mark]
    if sum(map(bool, ways)) != 1 or len(options.mark) not in (0, 3):
        one = "one of them: --csv FILE, --read FILE, or QUESTION STUDENT POINTS"
        raise BadInput(f"say what to mark, by {one}; see toolkit mark -h")
    if options.csv:
        _write_sheet(options, book)
    elif options.read:
        _read_sheet(options, book)
    else:
        _mark_one(options, book)


def _write_sheet(options: argparse.Namespace, book: Gradebook) -> None:
    from toolkit.grading.sheets import marking_csv

    path = write_atomically(options.csv, marking_csv(book, options.assignment))
    again = f"toolkit mark {options.assignment} --read {path} --who NAME"
    print(f"{path}: fill in points or the columns of the rubric, then {again}")


def _read_sheet(options: argparse.Namespace, book: Gradebook) -> None:
    from toolkit.grading.sheets_back import read_marking_csv, write_marks

    changes = read_marking_csv(read_text(options.read).text, book, options.assignment, who=options.who)
    print("\n".join([*map(str, changes), *changes.skipped]) or "nothing is changed in it")
    if options.write:
        print(f"{write_marks(changes, book, options.assignment)} marks are written")
    elif changes:
        print(f"{len(changes)} marks: --write writes them down")


def _mark_one(options: argparse.Namespace, book: Gradebook) -> None:
    question, student, points = options.mark
    if student not in (known := book.students()):
        raise BadInput(f"nothing was ever received from {student!r}{did_you_mean(student, known)}")
    record = book.mark(student, options.assignment, question, _number(points), who=options.who, why=options.why)
    after = f"{record['points']:g} (record {record['n']})"
    print(f"{student} {question}: {_shown(record['before'])} → {after}")


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise BadInput(f"points are a number, such as 1.5, and not {text!r}") from None


def _shown(points: float | None) -> str:
    return "waits" if points is None else f"{points:g}"


def run_undo(options: argparse.Namespace) -> None:
    """Let a mark by hand count no longer, or withdraw what was handed in."""
    book = open_book(options)
    undone = book.undo(options.record, who=options.who, why=options.why)
    gone = [record["record"] for record in undone]
    if gone == [options.record]:
        print(f"record {options.record} counts no longer (record {undone[0]['n']})")
    else:
        print(f"withdrawn, with what came of it: records {', '.join(map(str, gone))} count no longer; all is kept")


def run_log(options: argparse.Namespace) -> int:
    """Print the journal, of one student or of all, and whether it is as it was written."""
    from toolkit.grading.items import notes_on

    book, shown, names = open_book(options), set[int](), dict[str, str]()
    for record in book.records():
        student = record.get("student", "")
        names[student] = record.get("name") or names.get(student, "")
        if options.student in ("", student) or record.get("record") in shown:
            shown.add(record["n"])
            print(line_of(record, names))
            if options.student and record["kind"] == "graded":
                print("".join(f"{'':>26}{printable(one)}\n" for one in notes_on(record)), end="")
    if options.student and options.student not in names:
        meant = did_you_mean(options.student, names) or "; toolkit log alone shows everybody"
        raise BadInput(f"nothing was ever received from {options.student!r}{meant}")
    faults = book.verify()
    print("\n".join(faults) or "Nobody has changed the journal. Times are UTC.")
    if faults:
        print(f"Restore the folder {options.book} from a copy; until then nothing is given out without --anyway.")
    return bool(faults)


def called(student: str, name: object) -> str:
    """Return a student's id, and the name beside it where a platform gave one.

    >>> called("1234501", "Ada Lovelace"), called("ada", "ada")
    ('1234501 (Ada Lovelace)', 'ada')
    """
    return f"{student} ({str(name)[:40]})" if name and name != student else student


def line_of(record: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Return what a record says in a line; `names` has what each student is called."""
    student = record.get("student", "")
    head = f"{record['n']:>6}  {record['at'][:16]}  {record['kind']:<8}  {called(student, names.get(student)):<16}"
    match record["kind"]:
        case "received":
            told = record["refused"] or f"{record['file']} {record['submission'][:8]}"
        case "graded":
            points = [mark["points"] for mark in record["marks"].values()]
            late = f", {record['days_late']:g} days late" if record["days_late"] else ""
            earned = f"{sum(one or 0 for one in points):g} points{late}, {points.count(None)} wait"
            told = f"{earned} ({record['isolation']})"
        case "marked":
            moved = f"{_shown(record['before'])} → {record['points']:g}"
            told = f"{record['question']}: {moved} by {record['who']} {record['why']}"
        case _:
            told = f"record {record.get('record', '')} by {record['who']} {record.get('why', '')}"
    return printable(f"{head}  {told}".rstrip())


def run_feedback(options: argparse.Namespace) -> None:
    """Write a page and a notebook for every student."""
    from toolkit.grading.feedback import write_feedback

    folder = options.out or "feedback"
    paths = write_feedback(sound_book(options), options.assignment, folder, solutions=options.solutions)
    print(f"{len(paths)} files for {len(paths) // 2} students are in {Path(folder) / options.assignment}")


def run_export(options: argparse.Namespace) -> None:
    """Write the marks as a table, or into the file that a platform gave."""
    from toolkit.grading.roster import filled, read_roster
    from toolkit.grading.sheets import course_csv, marks_csv
    from toolkit.grading.totals import totals_in

    book, name = sound_book(options), options.assignment
    if options.into and not name:
        raise BadInput("say whose marks go into that file: toolkit export a2_tokenising --into FILE")
    if not options.into:
        table = marks_csv(book, name) if name else course_csv(book)
        path = write_atomically(options.out or f"marks-{name or 'course'}.csv", table)
        print(f"{path}: a row a student")
        return
    roster = read_roster(options.into)
    print(made := filled(roster, totals_in(book, name), options.column or _column_of(roster, name)))
    source = Path(options.into)
    path = made.write(options.out or source.with_name(f"{source.stem}-marked{source.suffix}"), anyway=options.anyway)
    print(f"{path} is the file to upload")


def _column_of(roster: Roster, assignment: str) -> str:
    """Return the one column that is plainly the assignment's, `A2 Tokenising (4711)` for a2_tokenising, else none."""
    fits = [whole for whole, name in roster.columns.items() if _plain(name) == _plain(assignment)]
    return fits[0] if len(fits) == 1 else ""


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().casefold()


def run_class(options: argparse.Namespace) -> None:
    """Write a page on a class."""
    from toolkit.grading.class_page import write_class_report

    path = write_class_report(
        sound_book(options), options.assignment, options.out or f"class-{options.assignment}.html"
    )
    print(f"{path}: open it in a browser; it needs no network")
