"""The course data: original articles for reading, and an index of real coverage for counting."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.article import Article, Corpus, Gold, Quotation
from toolkit.choices import one_of
from toolkit.files import course_folder, read_text

if TYPE_CHECKING:
    import pandas as pd

DESK_NOTE = "Written for teaching, not published news; the desks are not newspapers. CC BY 4.0."


def load(name: str = "desk") -> Corpus:
    """Return a corpus that comes with the toolkit: `"desk"`, 40 original articles on 13 real events from seven desks.

    >>> load("desk")["2022-07-12-wire"].title
    'ESA formally ends Mars rover partnership with Roscosmos'
    """
    if name in ("coverage", "events", "terms"):
        raise ValueError(f"{name!r} is a table, not a corpus; type load_{name}()")
    if str(name).endswith((".jsonl", ".csv", ".json")):
        raise ValueError(f"{name!r} is a file of your own; type collect({name!r})")
    one_of("corpus", name, ["desk"])
    return _desk()


@cache
def _desk() -> Corpus:
    folder = course_folder("datasets") / "desk" / "articles"
    return Corpus(tuple(read_desk_article(path) for path in sorted(folder.glob("*.md"))))


def read_desk_article(path: Path) -> Article:
    """Return one article from a file in the desk format: YAML between two lines of `---`, then one sentence a line.

    A blank line ends a paragraph. What readers wrote down about the text becomes `article.gold`.
    """
    import yaml

    _, front, body = read_text(path).text.split("---\n", 2)
    facts: dict[str, Any] = yaml.load(front, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    blocks = [block.splitlines() for block in body.strip().split("\n\n")]
    text = "\n\n".join(" ".join(lines) for lines in blocks)
    gold = Gold(
        sentences=tuple(line for lines in blocks for line in lines),
        references=tuple(reference.strip() for reference in facts["references"]),
        key_sentences=tuple(facts["key_sentences"]),
        quotations=tuple(_quotation(text, **entry) for entry in facts["quotations"]),
        evaluative=tuple(facts["evaluative"]),
    )
    told = {name: facts[name] for name in ("id", "title", "desk", "event", "genre", "published")}
    return Article(**told, text=text, language="en", sources=tuple(facts["sources"]), note=DESK_NOTE, gold=gold)


def _quotation(article: str, speaker: str, mode: str, cue: str, text: str) -> Quotation:
    start = article.find(text)
    if start < 0:
        raise ValueError(f"the quotation {text!r} does not occur in the text")
    return Quotation(speaker, mode, cue, text, start, start + len(text))


def load_coverage() -> pd.DataFrame:
    """Return the coverage index: a DataFrame with one row for each of 518 real articles, and no article text.

    Columns: id, url, outlet, outlet_country (ISO 3166 code), outlet_type, language (ISO 639 code), date (what the page
    states, else missing), month (`2022-07`), month_basis (`stated`, or `event` where the month is that of the event),
    genre, event_id, gist (one line in our words), actors, speakers, frames (lists), excerpt_words.
    Call `provenance("coverage")` before quoting a figure.

    >>> len(load_coverage())
    518
    """
    import pandas as pd

    table = pd.DataFrame(coverage_rows("articles"))
    table = table.assign(date=pd.to_datetime(table["date"]), event_id=table["event_id"].fillna(""))
    table.attrs["sample"] = "a convenience sample: found, not published"
    return table


def load_events() -> pd.DataFrame:
    """Return 128 real events in order of date: id, date, date_text (a month alone reads `2022-03`), title, summary, …

    `date` is the first day of the month where only the month is known.

    >>> load_events().query("id == '2022-07-12-exomars-terminated'")["title"].item()
    'ESA Council formally ends ExoMars cooperation with Roscosmos'
    """
    import pandas as pd

    table = pd.DataFrame(coverage_rows("events")).rename(columns={"date": "date_text"})
    table.insert(1, "date", pd.to_datetime(table["date_text"].str.pad(10, "right", "-").str.replace("---", "-01")))
    return table.sort_values(["date", "id"], ignore_index=True)


def load_terms() -> pd.DataFrame:
    """Return how often each word occurs in the opening of each real article: columns id, language, term, count.

    An opening is about the first 1,500 characters. The order of words is not kept, so no text can be read back.

    >>> load_terms().query("id == 'a001' and term == 'agency'")["count"].item()
    4
    """
    import pandas as pd

    rows = [(row["id"], row["language"], *pair) for row in coverage_rows("terms") for pair in row["counts"].items()]
    return pd.DataFrame(rows, columns=["id", "language", "term", "count"])


def coverage_rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of the coverage index, as they stand there: articles, events, terms, second_coding."""
    text = read_text(course_folder("datasets") / "coverage" / f"{name}.jsonl").text
    return [json.loads(line) for line in text.splitlines()]


def sample_page(name: str) -> Path:
    """Return the path of one of the twelve cluttered pages that come with the toolkit, for `read_page`.

    >>> sample_page("ecliptic-gazette.txt").name
    'ecliptic-gazette.txt'
    """
    folder = course_folder("datasets") / "pages"
    names = sorted(path.name for path in folder.iterdir() if path.suffix in {".html", ".txt"})
    return folder / one_of("page", name, names)


def datasheet(name: str) -> list[str]:
    """Return what must be known before a figure from a data set is quoted: the sentences of its DATASHEET.md.

    >>> datasheet("desk")[0]
    'These articles were written for teaching. They are not published news, and the desks are not newspapers.'
    """
    sheets = {path.parent.name: path for path in sorted(course_folder("datasets").glob("*/DATASHEET.md"))}
    text = read_text(sheets[one_of("name", name, sheets)]).text
    section = text.split("## Before you quote a figure\n", 1)[1].split("\n## ", 1)[0]
    return [line.removeprefix("- ").replace("`", "") for line in section.splitlines() if line.strip()]


def provenance(name: str) -> None:
    """Print what a reader must know before quoting a figure from `"desk"`, `"coverage"`, `"pages"` or `"wordlists"`."""
    print("\n".join(f"• {line}" for line in datasheet(name)))
