"""The view: what counts now, in SQLite, read from the journal; it may be thrown away at any time."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import NamedTuple, TypeVar

from toolkit.grading.journal import PATIENCE, Journal, Record, digest, parsed

VERSION = 2
"""The version of the tables; a view of another version is made again."""

TABLES = f"""
CREATE TABLE seen (lines INTEGER, n INTEGER, start INTEGER, end INTEGER, last TEXT);
INSERT INTO seen VALUES (0, 0, 0, 0, '');
CREATE TABLE handed (n INTEGER PRIMARY KEY, kind TEXT, assignment TEXT, student TEXT, undone INTEGER, line TEXT);
CREATE VIEW latest AS SELECT kind, assignment, student, max(n) AS n, line FROM handed WHERE NOT undone
                      GROUP BY kind, assignment, student;
CREATE TABLE marked (n INTEGER PRIMARY KEY, assignment TEXT, student TEXT, undone INTEGER, line TEXT);
CREATE INDEX newest ON handed (kind, assignment, student, n);
CREATE INDEX of_student ON marked (assignment, student);
PRAGMA user_version = {VERSION};
"""

Answer = TypeVar("Answer")
Database = sqlite3.Connection


class Seen(NamedTuple):
    """How far a view has read: lines, the highest n, where the last line starts and ends, and its digest."""

    lines: int = 0
    n: int = 0
    start: int = 0
    end: int = 0
    last: str = ""

    def stands(self, journal: Journal) -> bool:
        """Return whether the line that was read last still stands where it stood."""
        return not self.lines or digest(journal.part(self.start, self.end)[:-1]) == self.last


class View:
    """The file view.sqlite beside a journal. One that contradicts the journal is set aside, never thrown away."""

    def __init__(self, journal: Journal) -> None:
        self.journal, self.path = journal, journal.path.with_name("view.sqlite")

    def look(self, question: Callable[[Database], Answer]) -> Answer:
        """Return what a function finds in the view, which has read all of the journal."""
        damaged = True
        with suppress(sqlite3.DatabaseError, OSError), _opened(self.path) as db:
            db.execute("BEGIN")
            seen = _seen(db)
            if seen and seen.lines and seen.end == self.journal.size() and seen.stands(self.journal):
                return question(db)
            damaged = False
        with self.alone(damaged=damaged) as db:
            return question(db)

    @contextmanager
    def alone(self, *, damaged: bool = False) -> Iterator[Database]:
        """Keep other writers waiting, and give the view, which has read all of the journal and may `read_on`."""
        with self.journal.alone():
            self.journal.set_torn_aside()
            if damaged or not self._reads_on():
                self._set_aside()
            with _opened(self.path) as db:
                read_on(db, self.journal)
                yield db

    def _reads_on(self) -> bool:
        """Return whether the view could read on to the end: it is whole, of this version, and of this journal."""
        try:
            with _opened(self.path) as db:
                seen = _seen(db)
                return seen is not None and seen.stands(self.journal) and bool(read_on(db, self.journal))
        except sqlite3.DatabaseError:
            return False

    def _set_aside(self) -> None:
        """Rename the view, and what SQLite wrote beside it, so that a new one can be made."""
        names = (f"view.aside-{number}.sqlite" for number in count(1))
        free = next(name for name in names if not self.path.with_name(name).exists())
        for ending in ("", "-journal"):
            path = self.path.with_name(self.path.name + ending)
            if path.exists():
                path.replace(self.path.with_name(free + ending))

    def set_aside(self) -> Iterator[tuple[str, Seen]]:
        """Yield the name of each view that was set aside, and how far it had read, where that can be told."""
        for path in sorted(self.path.parent.glob("view.aside-*.sqlite")):
            with suppress(sqlite3.DatabaseError), _opened(path) as old:
                if seen := _seen(old):
                    yield path.name, seen

    def is_as_read(self, db: Database) -> bool:
        """Return whether the view says what one says that is made now."""
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as fresh:
            read_on(fresh, self.journal)
            queries = [f"SELECT * FROM {table} ORDER BY n, 1" for table in ("seen", "handed", "marked")]
            return all(db.execute(query).fetchall() == fresh.execute(query).fetchall() for query in queries)


@contextmanager
def _opened(path: Path) -> Iterator[Database]:
    """Give a database, opened for this one use, so that a file that was replaced meanwhile is never written to."""
    with closing(sqlite3.connect(path, timeout=PATIENCE, isolation_level=None)) as db:
        db.execute("PRAGMA synchronous = NORMAL")
        yield db


def _seen(db: Database) -> Seen | None:
    """Return how far a view has read, or None when it is none of this version."""
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if version == VERSION:
        rows = db.execute("SELECT * FROM seen").fetchall()
        return Seen(*rows[0]) if len(rows) == 1 else None
    return None if version or db.execute("SELECT * FROM sqlite_master").fetchall() else Seen()


def read_on(db: Database, journal: Journal) -> Seen:
    """Take in the lines of the journal that the view has not read yet, all or none; return how far it has read."""
    db.execute("BEGIN IMMEDIATE")
    if not db.execute("PRAGMA user_version").fetchone()[0]:
        for statement in TABLES.split(";"):
            db.execute(statement)
    start = seen = Seen(*db.execute("SELECT * FROM seen").fetchone())
    for line in journal.lines(seen.end):
        record = parsed(line, seen.lines + 1)
        _take_in(db, record, line.decode())
        end = seen.end + len(line) + 1
        seen = Seen(seen.lines + 1, max(seen.n, record["n"]), seen.end, end, digest(line))
    if seen != start:
        db.execute("UPDATE seen SET lines = ?, n = ?, start = ?, end = ?, last = ?", seen)
    db.execute("COMMIT")
    return seen


def _take_in(db: Database, record: Record, line: str) -> None:
    n, kind = record["n"], record["kind"]
    if kind in ("received", "graded"):
        handed = (n, kind, record["assignment"], record["student"], 0, line)
        db.execute("INSERT OR REPLACE INTO handed VALUES (?, ?, ?, ?, ?, ?)", handed)
    elif kind == "marked":
        row = (n, record["assignment"], record["student"], 0, line)
        db.execute("INSERT OR REPLACE INTO marked VALUES (?, ?, ?, ?, ?)", row)
    elif kind == "undone":
        for table in ("marked", "handed"):
            db.execute(f"UPDATE {table} SET undone = 1 WHERE n = ?", (record["record"],))
