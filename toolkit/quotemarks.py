"""Quotation marks of several languages, and a text with the words between them blanked out."""

import re
from collections.abc import Iterable

_WORD_OR = r"(?<=\w)['’](?=\w)"  # an apostrophe inside a word closes nothing
QUOTED = re.compile(
    rf"""
    (?=[“„«»"‘'])(?:
      “((?:[^“”\n]|\n(?!\n))++)(?:”|(?=\n\n“))          # “English”, or open until the next paragraph reopens it
    | „((?:[^„“”\n]|\n(?!\n))++)[“”]                     # „German“ and „Polish”
    | «((?:[^«»\n]|\n(?!\n))++)»                         # «French, Russian»
    | »((?:[^«»\n]|\n(?!\n))++)«                         # »German in books«
    | "((?:[^"\n]|\n(?!\n))++)"                          # "typewriter"
    | (?<!\w)‘(?!\d)((?:[^‘’\n]|\n(?!\n)|{_WORD_OR})++)’(?!\w)      # ‘single’
    | (?<!\w)'(?![\d\s])((?:[^'\n]|\n(?!\n)|{_WORD_OR})++)'(?!\w)   # 'single typewriter'
    )
    """,
    re.VERBOSE,
)


def quoted(text: str) -> list[tuple[int, int]]:
    """Return the offsets of the words between quotation marks, without the marks; one inside another is not cut.

    >>> text = "He said “no” and ‘it’s late’ – not the agencies’ view."
    >>> [text[start:end] for start, end in quoted(text)]
    ['no', 'it’s late']
    """
    return [match.span(match.lastindex or 0) for match in QUOTED.finditer(text)]


def blank_quotes(text: str, spans: Iterable[tuple[int, int]] | None = None) -> str:
    """Return a text of the same length in which quoted words are dots; a mark that ends the quotation is kept.

    `spans` is what `quoted` returned, if it was asked before.

    >>> blank_quotes("“It is late,” he said.")
    '“··········,” he said.'
    """
    parts, done = [], 0
    for start, end in quoted(text) if spans is None else spans:
        stop = end - 1 if text[end - 1] in ",.!?…" else end
        parts += [text[done:start], "·" * (stop - start)]
        done = stop
    return "".join([*parts, text[done:]])
