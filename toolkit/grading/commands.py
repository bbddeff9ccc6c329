"""The commands with which a teacher gives, grades, marks and returns an assignment."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.choices import did_you_mean
from toolkit.exercises.question import MARKING, read_key
from toolkit.files import BadInput, read_text, write_atomically


def add_commands(commands: Any) -> None:
    """Add the commands of grading to those of the toolkit."""
    holdout = commands.add_parser("holdout", help="make texts that no student has seen, from any corpus")
    holdout.add_argument("source", help="desk, or what toolkit collect reads: a folder, a table, a .jsonl")
    holdout.add_argument("-o", "--out", default="held-out.jsonl", help="the file to write (default: %(default)s)")
    holdout.add_argument("-n", type=int, default=6, help="how many texts (default: %(default)s)")
    holdout.add_argument("--seed", type=int, default=0, help="another number gives other texts")
    holdout.set_defaults(run=_holdout)

    sample = commands.add_parser("sample", help="write a made-up class of thirty, to try an assignment on")
    sample.add_argument("source", help="the source notebook of the assignment")
    sample.add_argument("-o", "--out", default="handed-in", help="the folder to write to (default: %(default)s)")
    sample.set_defaults(run=_sample)

    grade = commands.add_parser("grade", help="grade what was handed in: a folder, an LMS download, one notebook")
    grade.add_argument("handed_in", help="a folder, nbgrader's submitted, a .zip of Moodle, Canvas, Blackboard, a file")
    grade.add_argument("--student", default="", help="whose a single file is")
    grade.add_argument("--received", type=datetime.fromisoformat, help="when it was: 2026-10-15T18:00")
    grade.set_defaults(run=_grade)

    regrade = commands.add_parser("regrade", help="after a change of the key: whose mark would move")
    regrade.add_argument("--write", action="store_true", help="let the marks move")
    regrade.set_defaults(run=_regrade)
    for command in (grade, regrade):
        command.add_argument("--key", help=f"the key to mark by (default: the one *{MARKING} in for-marking)")
        command.add_argument("--jobs", type=int, help="how many run at once (default: one for each core)")
        unsafe = "run students' code with all that you may do yourself"
        command.add_argument("--unsafe-no-sandbox", action="store_true", help=unsafe)

    mark = commands.add_parser("mark", help="marks by hand: a table out and in, or one mark")
    mark.add_argument("assignment", help="for example a2_tokenising")
    mark.add_argument("mark", nargs="*", metavar="QUESTION STUDENT POINTS", help="one mark that overrides")
    mark.add_argument("--csv", metavar="FILE", help="write what waits for a person as a table to fill in")
    mark.add_argument("--read", metavar="FILE", help="read that table back, and show what changes")
    mark.add_argument("--write", action="store_true", help="with --read: write the marks down")
    mark.set_defaults(run=_mark)

    undo = commands.add_parser("undo", help="let a mark by hand count no longer")
    undo.add_argument("record", type=int, help="its number, which toolkit log shows")
    undo.set_defaults(run=_undo)
    for command in (mark, undo):
        command.add_argument("--who", default="", help="your name, which is written down with every mark")
        command.add_argument("--why", default="", help="the reason")

    log = commands.add_parser("log", help="what was received, graded and marked, and whether nobody changed it")
    log.add_argument("student", nargs="?", default="", help="one student alone")
    log.set_defaults(run=_log)

    feedback = commands.add_parser("feedback", help="write a page and a notebook for every student")
    feedback.add_argument("--solutions", action="store_true", help="with the solutions in them")
    export = commands.add_parser("export", help="write the marks as a table, or into the file that an LMS gave")
    export.add_argument("--into", metavar="FILE", help="the file of Moodle, Canvas or Blackboard, which stays as it is")
    export.add_argument("--column", default="", help="the column of the assignment in it")
    export.add_argument("--anyway", action="store_true", help="write it also where something is in doubt")
    report = commands.add_parser("class", help="a page on a class: marks, questions, mistakes, answers that are alike")
    for command, run in ((feedback, _feedback), (export, _export), (report, _class)):
        command.add_argument("assignment", help="for example a2_tokenising")
        command.add_argument("-o", "--out", help="where to write to")
        command.set_defaults(run=run)
    for command in (grade, regrade, mark, undo, log, feedback, export, report):
        command.add_argument("--book", default="gradebook", help="the folder of the gradebook (default: %(default)s)")


def _book(options: argparse.Namespace) -> Any:
    from toolkit.grading.gradebook import Gradebook

    if options.command != "grade" and not Path(options.book).is_dir():
        raise BadInput(f"there is no gradebook {options.book}; name it with --book, or make it with toolkit grade")
    return Gradebook(options.book)


def _holdout(options: argparse.Namespace) -> None:
    from toolkit.grading.holdout import holdout

    path = holdout(options.source, options.out, n=options.n, seed=options.seed)
    print(f"{path}: {options.n} texts that stand nowhere else; keep it to yourself: toolkit release --held-out {path}")


def _sample(options: argparse.Namespace) -> None:
    from toolkit.grading.sample import sample_class

    paths = sample_class(options.source, options.out)
    print(f"{len(paths)} made-up submissions are in {options.out}: toolkit grade {options.out}")


def _key(options: argparse.Namespace) -> Path:
    if options.key:
        return Path(options.key)
    found = sorted(Path("for-marking").glob(f"*{MARKING}"))
    if len(found) != 1:
        names = f"in for-marking are {', '.join(key.name for key in found)}" if found else "in for-marking is no key"
        raise BadInput(f"{names}; name the one to mark by with --key (toolkit release writes it)")
    return found[0]


def _how(options: argparse.Namespace) -> Any:
    from tqdm import tqdm

    from toolkit.grading.grade import How

    given = {name: value for name in ("student", "received", "jobs") if (value := getattr(options, name, None))}
    if options.unsafe_no_sandbox:
        print("No sandbox: what students wrote runs with all that you may do.", file=sys.stderr)
    watch = lambda steps, n: tqdm(steps, total=n, unit=" submissions", leave=False)
    return How(unsafe=options.unsafe_no_sandbox, watch=watch, **given)


def _grade(options: argparse.Namespace) -> int:
    from toolkit.grading.grade import grade

    key, book = _key(options), _book(options)
    try:
        done = grade(options.handed_in, key, book, _how(options))
    except KeyboardInterrupt:
        print("\nStopped; what is graded is kept: the same command goes on.", file=sys.stderr)
        return 130
    told = [f"{done.graded} graded" + f" ({done.isolation})" * bool(done.isolation)]
    counted = {"graded before": done.before, "older versions kept": done.versions, "not taken": len(done.refused)}
    print(", ".join(told + [f"{n} {what}" for what, n in counted.items() if n]))
    print("".join(f"  {one}\n" for one in done.refused), end="")
    if done.other_key:
        print(f"{done.other_key} of them by another key: toolkit regrade shows whose mark would move")
    if (read_key(key).terms or {}).get("due") and not options.received:
        print("Nothing says when they were received (--received): unless the LMS calls them late, they are in time.")
    return 0


def _regrade(options: argparse.Namespace) -> None:
    from toolkit.grading.grade import regrade

    moved = regrade(_key(options), _book(options), _how(options), write=options.write)
    print("\n".join(map(str, moved)) or "no mark moves")
    if moved:
        print(f"{len(moved)} marks {'are changed' if options.write else 'would move: --write lets them'}")


def _mark(options: argparse.Namespace) -> None:
    from toolkit.grading.sheets import marking_csv
    from toolkit.grading.sheets_back import read_marking_csv, write_marks

    book = _book(options)
    if options.csv:
        path = write_atomically(options.csv, marking_csv(book, options.assignment))
        again = f"toolkit mark {options.assignment} --read {path} --who NAME"
        print(f"{path}: fill in points or the columns of the rubric, then {again}")
    elif options.read:
        text = read_text(options.read).text
        changes = read_marking_csv(text, book, options.assignment, who=options.who)
        print("\n".join(map(str, changes)) or "nothing is changed in it")
        if options.write:
            print(f"{write_marks(changes, book, options.assignment)} marks are written")
        elif changes:
            print(f"{len(changes)} marks: --write writes them down")
    elif len(options.mark) == 3:
        question, student, points = options.mark
        if student not in (known := book.students()):
            raise BadInput(f"nothing was ever received from {student!r}{did_you_mean(student, known)}")
        record = book.mark(student, options.assignment, question, _number(points), who=options.who, why=options.why)
        after = f"{record['points']:g} (record {record['n']})"
        print(f"{student} {question}: {_shown(record['before'])} → {after}")
    else:
        raise BadInput("say what to mark: --csv FILE, --read FILE, or QUESTION STUDENT POINTS; see toolkit mark -h")


def _number(text: str) -> float:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise BadInput(f"points are a number, such as 1.5, and not {text!r}") from None


def _shown(points: float | None) -> str:
    return "waits" if points is None else f"{points:g}"


def _undo(options: argparse.Namespace) -> None:
    record = _book(options).undo(options.record, who=options.who, why=options.why)
    print(f"record {options.record} counts no longer (record {record['n']})")


def _log(options: argparse.Namespace) -> int:
    from toolkit.grading.items import notes_on

    book, shown = _book(options), set[int]()
    for record in book.records():
        if options.student in ("", record.get("student")) or record.get("record") in shown:
            shown.add(record["n"])
            print(_line(record))
            if options.student and record["kind"] == "graded":
                print("".join(f"{'':>26}{_printable(one)}\n" for one in notes_on(record)), end="")
    faults = book.verify()
    print("\n".join(faults) or "Nobody has changed the journal. Times are UTC.")
    return bool(faults)


def _printable(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _line(record: dict[str, Any]) -> str:
    """Return what a record says in a line."""
    head = f"{record['n']:>6}  {record['at'][:16]}  {record['kind']:<8}  {record.get('student', ''):<16}"
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
            told = f"record {record['record']} by {record['who']} {record['why']}"
    return _printable(f"{head}  {told}".rstrip())


def _feedback(options: argparse.Namespace) -> None:
    from toolkit.grading.feedback import write_feedback

    folder = options.out or "feedback"
    paths = write_feedback(_book(options), options.assignment, folder, solutions=options.solutions)
    print(f"{len(paths)} files for {len(paths) // 2} students are in {Path(folder) / options.assignment}")


def _export(options: argparse.Namespace) -> None:
    from toolkit.grading.roster import filled, read_roster
    from toolkit.grading.sheets import marks_csv
    from toolkit.grading.totals import total

    book, name = _book(options), options.assignment
    if not options.into:
        path = write_atomically(options.out or f"marks-{name}.csv", marks_csv(book, name))
        print(f"{path}: a row a student")
        return
    key = book.key(name)
    late = {one: (book.graded(one, name) or {}).get("days_late", 0) for one in book.students(name)}
    marks = {one: book.marks(name, student=one) for one in late}
    totals = {one: total(key, marks[one], days) for one, days in late.items() if marks[one]}
    print(made := filled(read_roster(options.into), totals, options.column))
    source = Path(options.into)
    path = made.write(options.out or source.with_name(f"{source.stem}-marked{source.suffix}"), anyway=options.anyway)
    print(f"{path} is the file to upload")


def _class(options: argparse.Namespace) -> None:
    from toolkit.grading.class_page import write_class_report

    path = write_class_report(_book(options), options.assignment, options.out or f"class-{options.assignment}.html")
    print(f"{path}: open it in a browser; it needs no network")
