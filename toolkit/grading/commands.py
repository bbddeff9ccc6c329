"""The commands with which a teacher gives, grades, marks and returns an assignment."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from toolkit.exercises.question import MARKING, read_key
from toolkit.files import BadInput
from toolkit.grading import book_commands as book
from toolkit.markup import printable


def add_commands(commands: Any) -> None:
    """Add the commands of grading to those of the toolkit."""
    _add_giving(commands)
    for command in (*_add_grading(commands), *_add_marking(commands), *_add_returning(commands)):
        command.add_argument("--book", default="gradebook", help="the folder of the gradebook (default: %(default)s)")


def _add_giving(commands: Any) -> None:
    holdout = commands.add_parser("holdout", help="make texts that no student has seen, from any corpus")
    holdout.add_argument("source", help="desk, or what toolkit collect reads: a folder, a table, a .jsonl")
    holdout.add_argument("-o", "--out", default="held-out.jsonl", help="the file to write (default: %(default)s)")
    holdout.add_argument("-n", type=int, default=6, help="how many texts (default: %(default)s)")
    holdout.add_argument(
        "--seed", type=int, help="the same number gives the same texts (default: drawn by lot, and told)"
    )
    holdout.set_defaults(run=_holdout)

    sample = commands.add_parser("sample", help="write a made-up class of thirty, to try an assignment on")
    sample.add_argument("source", help="the source notebook of the assignment")
    sample.add_argument("-o", "--out", default="handed-in", help="the folder to write to (default: %(default)s)")
    sample.set_defaults(run=_sample)


def _add_grading(commands: Any) -> list[argparse.ArgumentParser]:
    grade = commands.add_parser("grade", help="grade what was handed in: a folder, an LMS download, one notebook")
    grade.add_argument("handed_in", help="a folder, nbgrader's submitted, a .zip of Moodle, Canvas, Blackboard, a file")
    grade.add_argument("--student", default="", help="whose a single file is")
    grade.add_argument("--received", type=_moment, help="when you had what is new in it: 2026-10-15T18:00")
    grade.add_argument("--again", action="store_true", help="grade all of it anew, also what was graded before")
    grade.set_defaults(run=_grade)

    regrade = commands.add_parser("regrade", help="after a change of the key: whose mark would move")
    regrade.add_argument("--write", action="store_true", help="let the marks move")
    regrade.set_defaults(run=_regrade)
    for command in (grade, regrade):
        command.add_argument("--key", help=f"the key to mark by (default: the one *{MARKING} in for-marking)")
        command.add_argument("--jobs", type=int, help="how many run at once (default: one for each core)")
        unsafe = "run students' code with all that you may do yourself"
        command.add_argument("--unsafe-no-sandbox", action="store_true", help=unsafe)

    return [grade, regrade]


def _add_marking(commands: Any) -> list[argparse.ArgumentParser]:
    mark = commands.add_parser("mark", help="marks by hand: a table out and in, or one mark")
    mark.add_argument("assignment", help="for example a2_tokenising")
    mark.add_argument("mark", nargs="*", metavar="QUESTION STUDENT POINTS", help="one mark that overrides")
    mark.add_argument("--csv", metavar="FILE", help="write what waits for a person as a table to fill in")
    mark.add_argument("--read", metavar="FILE", help="read that table back, and show what changes")
    mark.add_argument("--write", action="store_true", help="with --read: write the marks down")
    mark.set_defaults(run=book.run_mark)

    undo = commands.add_parser("undo", help="let a mark by hand, or what was handed in, count no longer")
    undo.add_argument("record", type=int, help="its number, which toolkit log shows")
    undo.set_defaults(run=book.run_undo)
    for command in (mark, undo):
        command.add_argument("--who", default="", help="your name, which is written down with every mark")
        command.add_argument("--why", default="", help="the reason")

    log = commands.add_parser("log", help="what was received, graded and marked, and whether nobody changed it")
    log.add_argument("student", nargs="?", default="", help="one student alone")
    log.set_defaults(run=book.run_log)

    return [mark, undo, log]


def _add_returning(commands: Any) -> list[argparse.ArgumentParser]:
    feedback = commands.add_parser("feedback", help="write a page and a notebook for every student")
    feedback.add_argument("--solutions", action="store_true", help="with the solutions in them")
    into = "write the marks of an assignment, or of a course, as a table, or into the file that an LMS gave"
    export = commands.add_parser("export", help=into)
    export.add_argument("--into", metavar="FILE", help="the file of Moodle, Canvas or Blackboard, which stays as it is")
    export.add_argument("--column", default="", help="the column of the assignment in it")
    report = commands.add_parser("class", help="a page on a class: marks, questions, mistakes, answers that are alike")
    for command, run in ((feedback, book.run_feedback), (export, book.run_export), (report, book.run_class)):
        given = {"nargs": "?", "default": ""} if command is export else {}
        command.add_argument("assignment", help="for example a2_tokenising", **given)
        command.add_argument("-o", "--out", help="where to write to")
        command.add_argument("--anyway", action="store_true", help="write it also where something is in doubt")
        command.set_defaults(run=run)
    return [feedback, export, report]


def _holdout(options: argparse.Namespace) -> None:
    from toolkit.grading.holdout import holdout, read_holdout

    path = holdout(options.source, options.out, n=options.n, seed=options.seed)
    print(f"{path}: {options.n} texts that stand nowhere else; keep it to yourself: toolkit release --held-out {path}")
    print(f"Their seed is {read_holdout(path)[0]['seed']}: who knows it can make them, too.")


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


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text[:40]!r} is no time that is read; write 2026-10-24T18:00") from None


@contextmanager
def _answering_ctrl_c() -> Iterator[None]:
    """Say at once that Ctrl-C was heard, for what runs is stopped first, and that takes a while."""

    def answer(*_: object) -> None:
        print("\nStopping: what runs is ended first, which takes some seconds.", file=sys.stderr, flush=True)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, answer)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _how(options: argparse.Namespace) -> Any:
    from tqdm import tqdm

    from toolkit.grading.grade import How

    given = {
        name: value for name in ("student", "received", "jobs", "again") if (value := getattr(options, name, None))
    }
    if options.unsafe_no_sandbox:
        print("No sandbox: what students wrote runs with all that you may do.", file=sys.stderr)
    watch = lambda steps, n: tqdm(steps, total=n, unit=" submissions", leave=False)
    return How(unsafe=options.unsafe_no_sandbox, watch=watch, **given)


def _grade(options: argparse.Namespace) -> int:
    from toolkit.grading.grade import grade

    key, kept = _key(options), book.open_book(options)
    try:
        with _answering_ctrl_c():
            done = grade(options.handed_in, key, kept, _how(options))
    except KeyboardInterrupt:
        print("\nStopped; what is graded is kept: the same command goes on.", file=sys.stderr)
        return 130
    told = [f"{done.graded} graded" + f" ({done.isolation})" * bool(done.isolation)]
    counted = {"graded before": done.before, "older versions kept": done.versions, "not taken": len(done.refused)}
    print(", ".join(told + [f"{n} {what}" for what, n in counted.items() if n]))
    known = read_key(key)
    for one in done.refused:
        student, _, why = one.partition(": ")
        called = book.called(student, (kept.received(student, known.name) or {}).get("name"))
        print(f"  {printable(f'{called}: {why}')}")
    if done.lapsed:
        print("marks by hand that no longer count, for something else was handed in:")
        print("\n".join(f"  {printable(one)}" for one in done.lapsed))
    if done.other_key:
        print(f"{done.other_key} of them by another key: toolkit regrade shows whose mark would move")
    if (known.terms or {}).get("due") and not options.received:
        print("Nothing says when they were received (--received): unless the LMS calls them late, they are in time.")
    return 0


def _regrade(options: argparse.Namespace) -> None:
    from toolkit.grading.grade import regrade

    moved = regrade(_key(options), book.open_book(options), _how(options), write=options.write)
    print("\n".join(map(str, moved)) or "no mark moves")
    if moved:
        print(f"{len(moved)} marks {'are changed' if options.write else 'would move: --write lets them'}")
