"""How much of the story each reader finds on the twelve test pages: ours, trafilatura, jusText and readability alone.

Run by hand: python benchmarks/pages.py
trafilatura comes with the toolkit, and jusText with it. readability is installed by hand (`pip install
readability-lxml`); where it is missing, its rows say so. A paragraph counts when it equals one of the gold's after
white space is folded. Pasted pages reach the peers, which read markup only, with a `<p>` around every line.
"""

import html
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import justext
import trafilatura
from lxml.html import fromstring

try:
    from readability import Document
except ImportError:
    Document = None

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from toolkit.blocks import html_blocks
from toolkit.files import course_folder, read_text
from toolkit.pages import read_page


class Reading(NamedTuple):
    """What a reader made of a page; None where it does not try."""

    paragraphs: list[str]
    title: str | None
    published: str | None


def ours(path: Path) -> Reading:
    article = read_page(path).article
    return Reading(list(article.paragraphs), article.title, str(article.published))


def trafilatura_alone(path: Path) -> Reading:
    facts = trafilatura.extract_metadata(_markup(path)).as_dict()
    text = trafilatura.extract(_markup(path), include_comments=False) or ""
    return Reading(text.split("\n"), facts["title"], str(facts["date"]))


def justext_alone(path: Path) -> Reading:
    found = justext.justext(_markup(path), justext.get_stoplist("English"))
    return Reading([part.text for part in found if not part.is_boilerplate and not part.is_heading], None, None)


def readability_alone(path: Path) -> Reading:
    document = Document(_markup(path))
    return Reading([block.text for block in html_blocks(fromstring(document.summary()))], document.short_title(), None)


def _markup(path: Path) -> str:
    text = read_text(path).text
    lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n") if line.strip())
    return text if path.suffix == ".html" else f"<html><body>{lines}</body></html>"


def _fold(text: str) -> str:
    return " ".join(text.split())


def measure(read: Callable[[Path], Reading], pages: list[Path]) -> str:
    """Return a row of the table: recall and precision over all paragraphs, titles and dates right, seconds a page."""
    found = wanted = given = titles = dates = 0
    reading = Reading([], None, None)
    started = time.perf_counter()
    for page in pages:
        gold = json.loads(page.with_suffix(".gold.json").read_text(encoding="utf-8"))
        reading = read(page)
        paragraphs = [_fold(part) for part in reading.paragraphs if part.strip()]
        story = [_fold(part) for part in gold["paragraphs"]]
        found += sum(part in paragraphs for part in story)
        wanted, given = wanted + len(story), given + len(paragraphs)
        titles += reading.title == gold["title"]
        dates += reading.published == str(gold["published"])
    seconds = (time.perf_counter() - started) / len(pages)
    title = "–" if reading.title is None else f"{titles}/{len(pages)}"
    day = "–" if reading.published is None else f"{dates}/{len(pages)}"
    return f"{found / wanted:6.3f}  {found / given if given else 0:9.3f}  {title:>5}  {day:>5}  {seconds:6.3f}"


if __name__ == "__main__":
    folder = course_folder("datasets") / "pages"
    readers = {"ours": ours, "trafilatura alone": trafilatura_alone, "jusText alone": justext_alone}
    readers |= {"readability alone": readability_alone}
    ours(next(folder.glob("*.html")))  # the first page also loads the extractor
    print(f"{'pages':5}  {'reader':17}  recall  precision  title   date  s/page")
    for suffix in ("html", "txt"):
        pages = sorted(folder.glob(f"*.{suffix}"))
        for name, reader in readers.items():
            absent = reader is readability_alone and Document is None
            print(f"{suffix:5}  {name:17}  {'is not installed' if absent else measure(reader, pages)}")
