"""Cut a big file into parts that are read one by one, so that it need not fit into memory."""

from __future__ import annotations

import codecs
import math
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.collecting.rows import Row, csv_rows, json_row
from toolkit.collecting.sources import near_files
from toolkit.files import MAX_BYTES, BadInput

KINDS = (".csv", ".jsonl", ".parquet", ".tsv")
"""How the names of files end that are read part by part."""

LONGEST = MAX_BYTES
"""How many bytes one line may have; what is longer is told and left out, and never held in memory as a whole."""

CELLS_AT_ONCE = 512
"""How many rows of a Parquet file are held at once: a row group may have a million."""

Numbered = Iterator[Row | BadInput | None]
"""The rows of a part, None for an empty line, so that counting them gives the line of each."""


class Part(NamedTuple):
    """A part of a file: lines that begin from byte `start` up to `end`, a row group, or `rows` already read."""

    path: str
    start: int = 0
    end: int = 0
    rows: tuple[Row | BadInput, ...] = ()


def _kind_of(path: Path) -> str:
    """Return how the name ends; raise `BadInput`, with what to give, for what cannot be read part by part."""
    if path.is_dir():
        raise BadInput(f"{path} is a folder; collect it first, and count the .jsonl that collect writes")
    if not path.is_file():
        raise BadInput(f"there is no file {path}{near_files(path) or '; give the path of a file with many articles'}")
    if path.suffix.lower() not in KINDS:
        raise BadInput(f"{path.name} does not end in one of {' '.join(KINDS)}; collect reads other files into a .jsonl")
    with path.open("rb") as stream:
        head = stream.read(2)
    if not head:
        raise BadInput(f"{path} is empty")
    if head in (b"\xff\xfe", b"\xfe\xff"):
        raise BadInput(f"{path} is UTF-16, which cannot be cut into parts; save it as UTF-8")
    return path.suffix.lower()


def header_of(path: Path) -> list[str]:
    """Return the names of the columns; of a JSONL file, those in its first hundred lines."""
    kind = _kind_of(path)
    if kind == ".parquet":
        return list(_parquet(path).schema_arrow.names)
    if kind == ".jsonl":
        rows: Iterable[Any] = islice(_jsonl_rows(Part(str(path), 0, path.stat().st_size)), 100)
    else:
        rows = list(islice(_csv_rows(path), 100))
        if not rows:
            raise BadInput(f"{path.name} has column names but no rows")
    names = dict.fromkeys(name for row in rows if isinstance(row, dict) for name in row)
    if not names:
        raise BadInput(f"{path.name} has no row that can be read; each line of a .jsonl file is an object of JSON")
    return list(names)


def parts_of(path: Path, size: int, columns: Collection[str]) -> tuple[int, Iterable[Part]]:
    """Return about how many parts of `size` bytes a file has, and the parts, in order.

    Lines of JSON are cut by position alone. Cells of a CSV file may hold line ends, so its rows are read here, one
    after the other. A Parquet file is cut where it was when it was written: at its row groups.
    """
    kind, n = path.suffix.lower(), math.ceil(path.stat().st_size / size)
    if kind == ".parquet":
        n = _parquet(path).num_row_groups
        return n, [Part(str(path), i) for i in range(n)]
    if kind == ".jsonl":
        return n, [Part(str(path), i * size, (i + 1) * size) for i in range(n)]
    return n, _csv_parts(path, size, columns)


def rows_in(part: Part, columns: Collection[str]) -> Numbered:
    """Yield what stands in a part, in order; of a table, other columns than these are left empty."""
    if (kind := Path(part.path).suffix.lower()) == ".parquet":
        return _parquet_rows(part, columns)
    return _jsonl_rows(part) if kind == ".jsonl" else iter(part.rows)


def _jsonl_rows(part: Part) -> Numbered:
    with open(part.path, "rb") as stream:  # noqa: PTH123 - a path of the machine that counts
        stream.seek(max(part.start - 1, 0))
        if part.start:  # a line that began before belongs to the part before
            _skip_line(stream, part.end)
        while stream.tell() < part.end and (line := stream.readline(LONGEST)):
            if len(line) == LONGEST and not line.endswith(b"\n"):
                _skip_line(stream)
                yield BadInput(f"has more than {LONGEST:,} bytes")
            else:
                text = line.decode("utf-8", "replace").removeprefix("\ufeff")
                yield json_row(text) if text.strip() else None


def _skip_line(stream: Any, end: float = math.inf) -> None:
    while stream.tell() < end and (piece := stream.readline(1 << 16)) and not piece.endswith(b"\n"):
        pass


def _csv_parts(path: Path, size: int, columns: Collection[str]) -> Iterator[Part]:
    rows, held = list[Row | BadInput](), 0
    for row in _csv_rows(path):
        held += 200  # what a row takes by itself
        if isinstance(row, BadInput):
            rows.append(row)
        else:
            rows.append({name: value if name in columns else "" for name, value in row.items()})
            held += sum(map(len, filter(None, row.values())))
        if held >= size:
            yield Part(path.name, rows=tuple(rows))
            rows, held = [], 0
    yield Part(path.name, rows=tuple(rows))


def _csv_rows(path: Path) -> Iterator[Row | BadInput]:
    """Yield the rows of a table: UTF-8, and where it is not, cp1252, in which Excel saves."""
    codecs.register_error("cp1252", lambda wrong: (_by_cp1252(wrong), wrong.end))  # type: ignore[attr-defined]
    with path.open(encoding="utf-8-sig", errors="cp1252") as stream:
        for _, row in csv_rows(iter(lambda: stream.readline(LONGEST), "")):
            yield row


def _by_cp1252(wrong: Any) -> str:
    return str(wrong.object[wrong.start : wrong.end].decode("cp1252", "replace"))


def _parquet(path: Path | str) -> Any:
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        advice = 'type pip install "space-split-toolkit[scale]", or save the table as .csv'
        raise BadInput(f"a .parquet file needs the package pyarrow, which is not installed: {advice}") from None
    try:
        return ParquetFile(path, buffer_size=1 << 20, pre_buffer=False)
    except (ValueError, OSError) as error:
        raise BadInput(f"{Path(path).name} is not a Parquet file: {str(error).splitlines()[0][:120]}") from None


def _parquet_rows(part: Part, columns: Collection[str]) -> Numbered:
    with _parquet(part.path) as table:
        unread = dict.fromkeys(set(table.schema_arrow.names) - set(columns), "")
        try:
            for batch in table.iter_batches(CELLS_AT_ONCE, row_groups=[part.start], columns=list(columns)):
                yield from (unread | row for row in batch.to_pylist())
        except (ValueError, OSError) as error:
            said = str(error).splitlines()[0][:120]
            raise BadInput(f"row group {part.start} of {Path(part.path).name} is damaged: {said}") from None
