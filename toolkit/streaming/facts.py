"""What is counted of each article in a part of a file: its date, its groups, its text, and what could not be read."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from re import fullmatch
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.collecting.columns import as_text, language_code, plain, read_date, recognise
from toolkit.collecting.rows import Row
from toolkit.files import BadInput
from toolkit.streaming.parts import Part, rows_in

if TYPE_CHECKING:
    import pandas as pd

LONGEST_NAME, MOST_NAMES, MOST_FIELDS = 200, 1_000, 1_000
"""How many characters of the name of a group are kept, how many names of a cell, and how many fields a row may have."""

YEARS = range(1800, 2101)
"""In which years an article can have appeared: a slip such as the year 202 would make a table of centuries."""

MOST_TERMS = 2_000_000
"""How many different words, of all groups together, are kept while counting: some 400 MB."""

AT_ONCE = 5_000, 8_000_000
"""How many articles, and how many characters of their texts, are held before they are counted."""


class Question(NamedTuple):
    """What is asked: groups and period, what columns were said to mean, whether in words, and what must be read."""

    groups: tuple[str, ...]
    period: str | None
    given: tuple[tuple[str, str], ...]
    top: int = 9
    text: bool = False
    columns: tuple[str, ...] = ()


class Found:
    """What was found in a part, or in several: numbers that add up, and the first five lines that were broken, and why.

    `kinds` are those of `kinds_of`, `terms` the words by group, `dropped` how many occurrences were dropped of them;
    `n_day_first` how many dates were read day before month.
    """

    lines = n_broken = n_day_first = dropped = 0
    broken: tuple[tuple[int, str], ...] = ()

    def __init__(self) -> None:
        """Begin with nothing found."""
        self.kinds, self.terms = Counter[tuple[Any, ...]](), defaultdict[str, Counter[str]](Counter)

    def add(self, other: Found) -> None:
        """Add what was found in the part that follows."""
        self.broken = (*self.broken, *((self.lines + line, why) for line, why in other.broken))[:5]
        self.lines, self.n_broken = self.lines + other.lines, self.n_broken + other.n_broken
        self.n_day_first += other.n_day_first
        self.kinds.update(other.kinds)
        self.dropped += other.dropped
        for group, counts in other.terms.items():
            self.terms[group].update(counts)
        self.trim()

    def trim(self) -> None:
        """Drop the rarest words where there are too many, until half as many are left."""
        least, most = 1, MOST_TERMS
        while sum(map(len, self.terms.values())) > most:
            for group, counts in list(self.terms.items()):
                self.terms[group] = Counter({term: n for term, n in counts.items() if n > least})
                self.dropped += counts.total() - self.terms[group].total()
                if not self.terms[group]:
                    del self.terms[group]
            least, most = 2 * least, MOST_TERMS // 2

    def reasons(self, path: Path) -> list[str]:
        """Return where the first five broken lines stand in a file, and why they could not be read."""
        kind = path.suffix.lower()
        name, first = "line" if kind == ".jsonl" else "row", 2 if kind in (".csv", ".tsv") else 1
        return [f"{name} {line + first:,} {why}" for line, why in self.broken]

    def articles(self, part: Part, question: Question) -> Iterator[list[Any]]:
        """Yield the facts of each article in a part, and note what cannot be read."""
        for row in rows_in(part, question.columns):
            try:
                if isinstance(row, BadInput):
                    raise row
                if row is not None:
                    facts, day_first = _facts(row, question)
                    self.n_day_first += day_first
                    yield facts
            except BadInput as error:
                self.broken = (*self.broken, (self.lines, str(error)[:200]))[:5]
                self.n_broken += 1
            self.lines += 1


def tables_in(part: Part, question: Question, found: Found) -> Iterator[pd.DataFrame]:
    """Yield the articles of a part as tables that fit into memory, ready for `kinds_of`; the last may be empty."""
    import pandas as pd

    names = ["date", "month", "month_basis", *question.groups, *["text"] * question.text]
    held, size = list[list[Any]](), 0
    for facts in found.articles(part, question):
        held.append(facts)
        size += len(facts[-1]) if question.text else 0
        if len(held) >= AT_ONCE[0] or size >= AT_ONCE[1]:
            yield pd.DataFrame(held, columns=names, dtype=object)
            held, size = [], 0
    yield pd.DataFrame(held, columns=names, dtype=object)


def _facts(row: Row, question: Question) -> tuple[list[Any], bool]:
    """Return the date, month and month basis of an article, its groups, and its text where that is counted.

    And whether the date was read day before month where it might be the other way round.
    """
    if len(row) > MOST_FIELDS:
        raise BadInput(f"has more than {MOST_FIELDS:,} fields")
    column = _columns(tuple(name for name, value in row.items() if value is not None), question.given)
    cells = {name: row.get(where) for name, where in column.items()}
    published = cells.get("published")
    day, day_first = _day(published.isoformat() if isinstance(published, date) else _text(published)[:300])
    month = _text(row.get("month"))
    if not fullmatch(r"(18|19|20)\d\d-\d\d", month):
        month = day.isoformat()[:7] if day else ""
    groups = [_names(name, cells[name] if name in cells else row.get(name)) for name in question.groups]
    text = [plain(_text(cells.get("text")))] if question.text else []
    return [day, month or None, _text(row.get("month_basis")) or "stated", *groups, *text], day_first


def _text(value: object) -> str:
    return "" if value is None else as_text(value)


def _names(group: str, value: object) -> str | list[str]:
    """Return the name, or the names, of an article's group as short, clean text."""
    if group in ("outlet", "language"):
        name = _text(value)[:LONGEST_NAME]
        return language_code(name) if group == "language" else name
    return [_short(one) for one in value[:MOST_NAMES]] if isinstance(value, list) else _short(value)


def _short(value: object) -> str:
    missing = value is None or str(value) == "nan"
    return "" if missing else str(value).encode("utf-8", "replace").decode()[:LONGEST_NAME]


@lru_cache(maxsize=1_000)
def _columns(names: tuple[str, ...], given: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return in which column each field of an article stands."""
    meant = recognise(names, {name: where for name, where in given if where in names})
    return {name: where for where, name in meant.items() if name}


@lru_cache(maxsize=10_000)
def _day(text: str) -> tuple[date | None, bool]:
    found, doubt = read_date(text)
    return (found, bool(doubt)) if found and found.year in YEARS else (None, False)
