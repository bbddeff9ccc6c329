"""The command line: `toolkit lab`, `toolkit reset`, `toolkit collect`, `toolkit report`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from io import TextIOWrapper

from toolkit.choices import did_you_mean
from toolkit.files import BadInput

COMMANDS = ("lab", "reset", "collect", "report")
OPTIONS = ("--allow-private", "--browser", "--columns", "--folder", "--help", "--no-browser", "--out", "--port")


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status: 0 when done, 2 with one line on what to do when it cannot be."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # an old console must not turn success into failure
    words = sys.argv[1:] if words is None else words
    if words and not words[0].startswith("-") and words[0] not in COMMANDS:
        rest = f"it has {', '.join(COMMANDS)}{did_you_mean(words[0], COMMANDS)}"
        print(f"toolkit has no command {words[0]!r}; {rest}", file=sys.stderr)
        return 2
    options, others = _parser().parse_known_args(words)
    options.jupyter = [word for word in others if word != "--"]
    try:
        for word in others:
            if (near := _near(word)) or options.command != "lab":
                raise BadInput(f"cannot use {word}; see toolkit {options.command} -h{near}")
        options.run(options)
    except (BadInput, ValueError, OSError) as error:
        print(f"toolkit {options.command}: {_typed(error)}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return 0


def _near(word: str) -> str:
    """Return which option was meant by one that is none, if one can tell; JupyterLab has many that are not ours."""
    name = word.partition("=")[0]
    return "" if name in OPTIONS else did_you_mean(name, OPTIONS, alike=0.8)


def _typed(message: object) -> str:
    """Return a message with our options in the place of a function's."""
    said = str(message).replace("allow_private=True", "--allow-private")
    return said.replace('columns={"text": "its name"}', '--columns "text=its name"')


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="toolkit", description="Read, tokenise, summarise and chart news coverage.")
    commands = parser.add_subparsers(dest="command", required=True)

    lab = commands.add_parser(
        "lab",
        help="open JupyterLab with your own copy of the lessons",
        epilog="Any other option is passed on to JupyterLab, for example --no-browser or --port=8899.",
    )
    lab.add_argument("--folder", default="my-lessons", help="where your copy is kept (default: my-lessons)")
    lab.set_defaults(run=_lab)

    reset = commands.add_parser("reset", help="put a fresh copy of one lesson in place; yours is kept beside it")
    reset.add_argument("lesson", help="for example 03 or 03_summarising")
    reset.add_argument("--folder", default="my-lessons", help="where your copy is kept (default: my-lessons)")
    reset.set_defaults(run=_reset)

    collect = commands.add_parser("collect", help="gather your own articles into one file, to count and to report on")
    collect.add_argument("source", help="a page, a folder, a CSV or JSONL table, a feed, or the address of one page")
    collect.add_argument("-o", "--out", default="articles.jsonl", help="the file to write to or go on with (.jsonl)")
    columns = collect.add_argument("--columns", action="append", default=[], metavar="FIELD=NAME")
    columns.help = "what a column of a table means, as often as needed: --columns text=Volltext"
    collect.add_argument("--allow-private", action="store_true", help="read an address inside your own network")
    collect.set_defaults(run=_collect)

    report = commands.add_parser("report", help="make one HTML page that walks through a text and opens offline")
    report.add_argument("source", help="a file, a folder, desk, coverage, or - for what is piped in")
    report.add_argument("-o", "--out", help="the page to write (default: report-NAME.html)")
    report.set_defaults(run=_report)
    return parser


def _lab(options: argparse.Namespace) -> None:
    from toolkit.lab import open_lab

    open_lab(options.folder, options.jupyter)


def _reset(options: argparse.Namespace) -> None:
    from toolkit.lab import reset_lesson

    print(reset_lesson(options.lesson, options.folder))


def _collect(options: argparse.Namespace) -> None:
    from toolkit.collecting import collect

    columns = {field: name for field, _, name in (pair.partition("=") for pair in options.columns)}
    found = collect(options.source, into=options.out, columns=columns, allow_private=options.allow_private)
    print(f"{_typed(found)}\n{len(found):,} article{'s are' if len(found) > 1 else ' is'} in {options.out}")


def _report(options: argparse.Namespace) -> None:
    from toolkit.report import write_report

    path = write_report(options.source, options.out)
    print(f"{path} ({path.stat().st_size / 1e6:.1f} MB): open it in a browser; it needs no network")


if __name__ == "__main__":
    sys.exit(main())
