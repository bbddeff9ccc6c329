"""Count the articles, or the words, of a file that is larger than memory: part by part, on all cores or a cluster."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.choices import need, need_count
from toolkit.collecting.columns import COLUMNS, recognise
from toolkit.collecting.duplicates import progress
from toolkit.coverage import GROUPS, check_question, kinds_of, names_in, period_names, table_of
from toolkit.files import BadInput
from toolkit.streaming.facts import Found, Question, tables_in
from toolkit.streaming.parts import Part, header_of, parts_of
from toolkit.tokens import word_counts

if TYPE_CHECKING:
    import pandas as pd

PIECE, FEW = 4_000_000, 12
"""How many bytes of a file a worker reads at a time, and up to how many such parts are not worth another process."""


def count_file(  # noqa: PLR0913 - those of count_coverage, and what a file needs
    file: str | Path,
    *,
    by: str | Sequence[str] | None = None,
    period: str | None = "month",
    top: int = 9,
    columns: Mapping[str, str] | None = None,
    jobs: int = -1,
) -> pd.DataFrame:
    """Return how many articles a big file has, by period and group: the table that `count_coverage` makes of them.

    `file` is .jsonl, .csv, .tsv or .parquet and may be larger than memory: time grows with its size, memory does not.
    `by`, `period` and `top` are those of `count_coverage`. Columns are recognised by name, as by `collect`;
    `columns={"outlet": "Blatt"}` says what one means. The month of an article is that in `month`, else of its date.
    `jobs` is how many cores count: -1 for all, 1 for no other process. Within `joblib.parallel_config("dask")` it is
    all workers of a Dask cluster; docs/scaling.md shows how.

    Beside the `attrs` of `count_coverage`: n_broken (lines that could not be read) and broken (the first of them, and
    why), n_day_before_month (dates such as 07/12/2022, taken for 7 December). Names of groups are cut at 200
    characters; dates before 1800 or after 2100 count as none. Memory grows with the number of different kinds of
    articles: by actors there may be as many as articles.
    Raises `BadInput` for a file that cannot be read.

    >>> from toolkit.files import course_folder
    >>> index = course_folder("datasets") / "coverage" / "articles.jsonl"
    >>> count_file(index, by="language", period=None, top=1)[["language", "articles"]].values.tolist()
    [['en', 243], ['other', 275]]
    """
    groups, path = (by,) if isinstance(by, str) else tuple(by or ()), _path(file)
    found = _counted(_kinds_in, path, Question(groups, period, tuple((columns or {}).items()), top), jobs)
    if not found.kinds:
        raise BadInput(f"no article was found in {path.name}; {'; '.join(found.reasons(path)) or 'it has no row'}")
    table = table_of(found.kinds, groups, period, top=top)
    table.attrs |= _told(found, path)
    return table


def count_file_terms(
    file: str | Path,
    *,
    by: str | None = None,
    period: str | None = None,
    columns: Mapping[str, str] | None = None,
    jobs: int = -1,
) -> pd.Series[int]:
    """Return how often each word occurs in the texts of a big file, by group or by period: a Series for `keyness`.

    Give `by`, one of `GROUPS`, or `period`: day, week, month, quarter, year; `file`, `columns` and `jobs` are those of
    `count_file`. `counts["Gazette"]`, or `counts["2022-07"]`, are the words of one group, as `term_counts(words(text))`
    of its texts joined, the most frequent first; texts of no known group or period are in `unknown`. Compare two by
    `keyness(counts["2022-03"], counts["2022-07"])`.

    No more than 2,000,000 different words are kept at a time: beyond that the rarest are dropped, and
    `attrs["n_dropped"]` says how many occurrences went with them; with 0 every count is exact. A word that is kept
    may be too low by what it had when it was dropped.

    >>> import json, tempfile; folder = tempfile.TemporaryDirectory()
    >>> file = Path(folder.name, "two.jsonl")
    >>> rows = [{"outlet": "A", "text": "The arm. The arm!"}, {"outlet": "B", "text": "The rover."}]
    >>> file.write_text("\\n".join(map(json.dumps, rows))) and count_file_terms(file, by="outlet")["A"].to_dict()
    {'the': 2, 'arm': 2}
    >>> folder.cleanup()
    """
    import pandas as pd

    if (by is None) == (period is None):
        raise ValueError("give by= or period=, one of them, for example period='month'")
    path = _path(file)
    question = Question((by,) if by else (), period, tuple((columns or {}).items()), text=True)
    found = _counted(_terms_in, path, question, jobs)
    if not found.terms:
        raise BadInput(f"no text was found in {path.name}; say which column it is: columns={{'text': 'its name'}}")
    each = [(group, term, n) for group in sorted(found.terms) for term, n in found.terms[group].most_common()]
    counts = pd.DataFrame(each, columns=[by or "period", "term", "count"]).set_index([by or "period", "term"])["count"]
    counts.attrs |= _told(found, path) | {"n": found.kinds.total(), "n_dropped": found.dropped}
    if period:
        counts.attrs["n_undated"] = found.kinds["unknown",]
    return counts


def _path(file: object) -> Path:
    need("count_file", file, (str, Path), 'give the path of a file: count_file("articles.jsonl")')
    return Path(str(file))


def _ready(path: Path, question: Question) -> Question:
    """Return the question with the columns that it needs; raise an error where the file cannot answer it."""
    header = header_of(path)
    meant = recognise(header, dict(question.given))
    _need_groups(question.groups, header, meant)
    check_question(question.groups, question.period, question.top, {*header, *meant.values()})
    needed = {"published", "month", "month_basis", *question.groups, *["text"] * question.text}
    return question._replace(columns=tuple(name for name in header if {name, meant[name]} & needed))


def _need_groups(groups: Sequence[str], header: Sequence[str], meant: Mapping[str, str]) -> None:
    """Raise `BadInput`, with the columns found and what to give, for a group that no column is known to hold."""
    known, named = {*GROUPS} & {*header, *meant.values()}, {*GROUPS} & {*COLUMNS}
    found = ", ".join(repr(name[:40]) for name in header[:12])
    for name in groups:
        if name in header and name not in GROUPS and meant[name] in ("", *GROUPS):
            field = meant[name] or "outlet"
            raise BadInput(f'to count by the column {name!r} give by={field!r} with columns={{"{field}": "{name}"}}')
        if name not in known and (name in named or not known):
            field = name if name in named else "outlet"
            advice = f'say which one is: columns={{"{field}": "its name"}}'
            raise BadInput(f"by={name!r} is no column to count by; found {found}; {advice}")


def _counted(work: Callable[[Part, Question], Found], path: Path, question: Question, jobs: int) -> Found:
    """Return what all parts of a file add up to, each counted by whichever worker is free."""
    from joblib import Parallel, delayed
    from joblib.externals.loky.process_executor import TerminatedWorkerError

    if jobs != -1:
        need_count("jobs", jobs, least=1)
    question = _ready(path, question)
    n, parts = parts_of(path, PIECE, question.columns)
    run = Parallel(n_jobs=1 if n <= FEW else jobs, return_as="generator", batch_size=1)
    found = Found()
    try:
        for partial in progress(run(delayed(work)(part, question) for part in parts), "parts", n):
            found.add(partial)
    except TerminatedWorkerError:
        raise OSError("a worker was ended from outside, most often for want of memory; ask for jobs=1") from None
    return found


def _told(found: Found, path: Path) -> dict[str, Any]:
    told = {"file": path.name, "n_broken": found.n_broken, "broken": found.reasons(path)}
    return told | {"n_day_before_month": found.n_day_first}


def _kinds_in(part: Part, question: Question) -> Found:
    """Return how many articles of each kind a part has."""
    found = Found()
    for table in tables_in(part, question, found):
        found.kinds.update(kinds_of(table, question.groups, question.period))
    return found


def _terms_in(part: Part, question: Question) -> Found:
    """Return how often each word occurs in the texts of a part, by group or by period."""
    found = Found()
    for table in tables_in(part, question, found):
        values = period_names(table, question.period) if question.period else table[question.groups[0]]
        if question.period:
            found.kinds.update((name,) for name in values)
        else:
            found.kinds[()] += len(table)
        texts = defaultdict[str, list[str]](list)
        for value, text in zip(values, table["text"], strict=True):
            for name in names_in(value) if text else ():
                texts[name].append(text)
        for name, several in texts.items():
            found.terms[name].update(word_counts(several))
        found.trim()
    return found
