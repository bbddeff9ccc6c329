"""The command line: `toolkit lab`, `reset`, `collect`, `count`, `report`, `release`, `doctor`, `check`, and grading."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from toolkit.choices import did_you_mean
from toolkit.files import BadInput, is_same_file
from toolkit.grading.commands import add_commands
from toolkit.lab import FOLDER, open_lab, reset_lesson


class Parser(argparse.ArgumentParser):
    """A parser that answers a slip with one line."""

    def error(self, message: str) -> NoReturn:
        """Raise `BadInput` with what argparse says."""
        raise BadInput(f"{message}; see {self.prog} -h")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Raise `BadInput` with what was meant for a command that is none."""
        if action.choices is not None and value not in action.choices:
            meant = did_you_mean(value, action.choices)
            raise BadInput(f"there is no command {str(value)[:40]!r}{meant or ';'} {self.prog} -h lists them")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 when done, 2 with one line on what to do when it cannot be.

    `doctor` and `check` return 1 where they find something.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old console must not turn success into failure
    try:
        options = _parser().parse_args(words)
        return int(options.run(options) or 0)
    except (ValueError, OSError) as error:
        said = str(error).replace("allow_private=True", "--allow-private").replace("use period=None", "give --by alone")
        said = said.replace('give who="your name"', "add --who and your name").replace(
            "say anyway=True", "add --anyway"
        )
        said = re.sub(r'columns=\{"(\w+)": "([^"]+)"\}', r'--columns "\1=\2"', said)
        said = re.sub(r"give by='(\w+)' with", r"give --by \1", said)
        print(f"toolkit: {said}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="toolkit", description="Read, tokenise, summarise and chart news coverage.")
    commands = parser.add_subparsers(dest="command", required=True)

    lab = commands.add_parser("lab", help="open JupyterLab with your own copy of the lessons", allow_abbrev=False)
    lab.add_argument("--no-browser", action="store_true", help="open no browser")
    lab.add_argument("jupyter", nargs="*", help="options of JupyterLab itself, after --, for example -- --port=8899")
    lab.set_defaults(run=lambda given: open_lab(given.folder, ["--no-browser"] * given.no_browser + given.jupyter))

    reset = commands.add_parser("reset", help="put a fresh copy of one lesson in place; yours is kept beside it")
    reset.add_argument("lesson", help="for example 03, 03_summarising or exercises/03")
    reset.set_defaults(run=lambda given: print(reset_lesson(given.lesson, given.folder)))

    for command in (lab, reset):
        command.add_argument("--folder", default=FOLDER, help="where your copy is kept (default: %(default)s)")

    collect = commands.add_parser("collect", help="gather your own articles into one file, to count and to report on")
    collect.add_argument("source", help="a page, a folder, a CSV or JSONL table, a feed, or the address of one page")
    collect.add_argument("-o", "--out", default="articles.jsonl", help="the file to write to or go on with (.jsonl)")
    meaning = "what a column of a table means, as often as needed: --columns text=Volltext"
    collect.add_argument("--columns", action="append", default=[], metavar="FIELD=NAME", help=meaning)
    collect.add_argument("--allow-private", action="store_true", help="read an address inside your own network")
    collect.set_defaults(run=_collect)

    count = commands.add_parser("count", help="count the articles, or the words, of a file larger than memory")
    count.add_argument("file", help="many articles: a .jsonl, .csv, .tsv or .parquet")
    count.add_argument("--by", action="append", help="outlet, language, …; twice for one against another")
    count.add_argument("--period", help="day, week, month, quarter or year (default: month, unless by is given)")
    count.add_argument(
        "--top", type=int, default=9, help="how many groups are kept; the rest is other (default: %(default)s)"
    )
    count.add_argument("--words", action="store_true", help="count words in place of articles, for keyness")
    count.add_argument("--columns", action="append", default=[], metavar="FIELD=NAME", help=meaning)
    count.add_argument("--jobs", type=int, default=-1, help="how many cores count (default: all)")
    count.add_argument("-o", "--out", help="the .csv to write (default: counts-NAME.csv or words-NAME.csv)")
    count.set_defaults(run=_count)

    report = commands.add_parser("report", help="make one HTML page that walks through a text and opens offline")
    report.add_argument("source", help="a file, a folder, desk, coverage, or - for what is piped in")
    report.add_argument("-o", "--out", help="the page to write (default: report-NAME.html)")
    report.set_defaults(run=_report)
    _add_exercises(commands)
    add_commands(commands)
    return parser


def _meant(pairs: Sequence[str]) -> dict[str, str]:
    return {field: name for field, _, name in (pair.partition("=") for pair in pairs)}


def _add_exercises(commands: Any) -> None:
    release = commands.add_parser("release", help="build the students' copy and the key of an exercise")
    release.add_argument("source", help="the source notebook, with its solutions")
    release.add_argument("-o", "--out", default="for-students", help="the folder to write to (default: %(default)s)")
    release.add_argument(
        "--anyway", action="store_true", help="also what the doctor refuses, and what loses held-out inputs"
    )
    release.add_argument("--held-out", metavar="FILE", help="texts that no student sees (toolkit holdout makes them)")
    where = "the folder for the key that marks an assignment (default: %(default)s)"
    release.add_argument("--marking", default="for-marking", help=where)
    course = "write to COURSE/source, for nbgrader generate_assignment; COURSE is what -o names"
    release.add_argument("--nbgrader", action="store_true", help=course)
    release.set_defaults(run=_release)

    doctor = commands.add_parser("doctor", help="say what in an exercise would hurt a class")
    doctor.add_argument("source", help="the source notebook, with its solutions")
    doctor.set_defaults(run=_doctor)

    check = commands.add_parser("check", help="run a student's notebook and check every answer in it")
    check.add_argument("notebook", help="the student's notebook")
    check.add_argument("--key", help="the key that release wrote (default: the one beside the notebook)")
    check.set_defaults(run=_check)


def _collect(options: argparse.Namespace) -> None:
    from toolkit.collecting import collect

    columns, private = _meant(options.columns), options.allow_private
    found = collect(options.source, into=options.out, columns=columns, allow_private=private)
    print(f"{found}\n{len(found):,} article{'s are' if len(found) > 1 else ' is'} in {options.out}")


def _table_beside(options: argparse.Namespace) -> Path:
    """Return where the counts are written to; raise `BadInput` where that is the file that is counted."""
    from toolkit.choices import need_folder

    source = Path(options.file)
    out = Path(options.out or f"{'words' if options.words else 'counts'}-{source.stem}.csv")
    if out.suffix.lower() != ".csv":
        raise BadInput(f"the counts are a table of comma-separated values; give -o a name that ends in .csv, not {out}")
    need_folder(out)
    if is_same_file(out, source):
        raise BadInput(f"{out} is the file that is counted; give -o another name")
    return out


def _count(options: argparse.Namespace) -> None:
    from toolkit.files import write_atomically
    from toolkit.markup import no_formula
    from toolkit.streaming import count_file, count_file_terms

    out = _table_beside(options)
    by, more = options.by or [], {"columns": _meant(options.columns), "jobs": options.jobs}
    period = options.period or ("month" if not by else None)
    if options.words:
        if len(by) > 1:
            raise BadInput("words are counted by one thing: give --by once, or --period")
        table = count_file_terms(options.file, by=by[0] if by else None, period=period, **more).reset_index()
    else:
        table = count_file(options.file, by=by, period=period, top=options.top, **more)
    told = table.attrs
    for name in table.select_dtypes(exclude=["number", "datetime"]):
        table[name] = table[name].map(no_formula)
    replaced = " (replaced)" if out.exists() else ""
    path = write_atomically(out, table.to_csv(index=False, lineterminator="\n"))
    broken = f"; {told['n_broken']:,} left out: {'; '.join(told['broken'])}" if told["n_broken"] else ""
    articles = f"{told['n']:,} article{'s' if told['n'] != 1 else ''}{_doubtful(told, options.words) if period else ''}"
    print(f"{path}{replaced}: {len(table):,} rows, from {articles}{broken}")


def _doubtful(told: Mapping[Any, Any], words: bool) -> str:
    """Return in words how many articles have no date that was read, and how many one that may be read otherwise."""
    gone, doubted = told["n_undated"], told["n_day_before_month"]
    one, where = gone == 1, "under unknown" if words else "in no period"
    said = (
        f"; {gone:,} {'has' if one else 'have'} no readable date and {'is' if one else 'are'} {where}" if gone else ""
    )
    if doubted:
        said += f"; {doubted:,} date{' was' if doubted == 1 else 's were'} read as day before month"
    return said


def _report(options: argparse.Namespace) -> None:
    from toolkit.report import write_report

    path = write_report(options.source, options.out)
    print(f"{path} ({path.stat().st_size / 1e6:.1f} MB): open it in a browser; it needs no network")


def _release(options: argparse.Namespace) -> None:
    from toolkit.exercises.doctor import doctor
    from toolkit.exercises.question import MARKING, read_key
    from toolkit.exercises.release import has_held_out, release
    from toolkit.grading.holdout import read_holdout

    if not options.anyway and (told := doctor(options.source)):
        raise BadInput(
            f"not released, for {told[0]} ({len(told)} in all: toolkit doctor lists them; --anyway releases it)"
        )

    texts = [one["text"] for one in read_holdout(options.held_out)] if options.held_out else []
    how: dict[str, Any] = {"marking": options.marking, "nbgrader": options.nbgrader, "anyway": options.anyway}
    copy, key, other = release(options.source, options.out, held_out=texts, **how)
    if options.nbgrader:
        print(f"{copy} has the solutions, which nbgrader takes out: nbgrader generate_assignment {copy.stem}")
    else:
        print(f"{copy} is for students")
    if other.name.endswith(MARKING):
        print(f"{key} belongs beside it. Keep {other} to yourself: it marks what they do")
        if not has_held_out(read_key(other)):
            why = "its questions ask for no held-out texts" if texts else "without --held-out"
            print(f"Nothing in it is held out ({why}): who knows the open inputs by heart has all the points.")
    else:
        print(f"{key.name} and {other.name} belong beside it")


def _doctor(options: argparse.Namespace) -> int:
    from toolkit.exercises.doctor import doctor

    told = doctor(options.source)
    print("\n".join(told) or f"{options.source} is healthy")
    return bool(told)


def _check(options: argparse.Namespace) -> int:
    from toolkit.exercises.notebook import check_notebook

    print(checked := check_notebook(options.notebook, options.key))
    return not checked.complete


if __name__ == "__main__":
    sys.exit(main())
