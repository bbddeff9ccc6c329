"""Find the article on a saved or pasted page, and say of everything else why it is not the story."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.article import Article
from toolkit.blocks import Block, fold, html_blocks, text_blocks
from toolkit.clutter import find_date, is_prose, sort_out
from toolkit.files import MAX_BYTES, BadInput, read_text
from toolkit.markup import escape

if TYPE_CHECKING:
    from lxml.html import HtmlElement

EXTRACTED_AT_MOST = 3_000_000
"""Longer markup is sorted by our own rules alone: the extractor would take minutes over it."""


@dataclass(frozen=True, slots=True)
class Page:
    """An article, and the blocks of its page that are not the story, in page order, each with the reason."""

    article: Article
    dropped: tuple[Block, ...]

    def __repr__(self) -> str:
        return f"Page({self.article!r}, {len(self.dropped)} blocks dropped)"

    def __str__(self) -> str:
        return "\n".join([f"{self.article}\n\nDropped:", *(f"- {b.reason}: {b.text[:300]}" for b in self.dropped)])

    def _repr_html_(self) -> str:
        shown = "".join(f'<li dir="auto"><b>{escape(b.reason)}</b>: {escape(b.text[:300])}</li>' for b in self.dropped[:500])
        summary = f"{len(self.dropped)} blocks of this page are not the story"
        return f"{self.article._repr_html_()}<details><summary>{summary}</summary><ul>{shown}</ul></details>"


def read_page(source: str | Path) -> Page:
    """Return the article on a page and what was dropped around it; nothing is fetched and no script is run.

    `source` is the path of a saved page (.html) or of pasted text (.txt), or the markup or pasted text itself:
    a string with a line break or a `<` in it is text; one line that ends in .html or .txt, or names a file, is a path.
    Raises `BadInput` when the file cannot be read or no article is found.

    >>> page = read_page("Menu\\n\\nA rocket at last\\nBy Ann Lee\\n2 May 2022\\n\\nIt flew on Monday.\\n\\nShare")
    >>> page.article.title, page.article.author, page.article.text
    ('A rocket at last', 'Ann Lee', 'It flew on Monday.')
    >>> page.dropped[-1]
    Block(text='Share', reason='share bar')
    """
    text, file, note = _opened(source)
    text = _tidy(text)
    tree = _tree(text)
    found = _extracted(text) if tree is not None else {}
    declared = _declared(tree) if tree is not None else []
    blocks = text_blocks(text) if tree is None else html_blocks(tree)
    titles = _titles(declared, [block.text for block in blocks if block.mark == "h1"])
    blocks, first = sort_out(blocks, titles, found.get("text") or "")
    headline = titles[0] if titles else find_headline(blocks[:first], " ".join(b.text for b in blocks if not b.reason))
    author = found.get("author") or find_author(blocks[:first], headline)
    blocks = [replace(b, reason="about the author") if _is_about(b, author) else b for b in blocks]
    story = [block.text for block in blocks if not block.reason]
    if not story:
        raise BadInput(f"{file or 'the text'} has no article in it: no run of full sentences beside menus, appeals and teasers")
    article = Article(
        id=re.sub(r"\W+", "-", (Path(file).stem or headline).lower())[:80].strip("-") or "page",
        title=headline,
        text="\n\n".join(story),
        outlet=_site(found) or find_outlet(blocks),
        published=find_published(blocks[:first]) or find_date(found.get("date") or ""),
        language=(tree.get("lang", "") if tree is not None else "")[:2].lower(),
        url=found.get("url") or "",
        author=author,
        note=note,
    )
    return Page(article, tuple(block for block in blocks if block.reason))


def _is_about(block: Block, author: str) -> bool:
    return bool(author) and not block.reason and block.text.lstrip("•*| ").startswith(author)


def _site(found: dict[str, Any]) -> str:
    return "" if found.get("sitename") == found.get("hostname") else found.get("sitename") or ""


def _opened(source: str | Path) -> tuple[str, str, str]:
    """Return the text of a source, its file name, and a note on its encoding where that is not UTF-8."""
    if not isinstance(source, str | Path):
        raise BadInput(f"read_page takes a path or the text of a page, not {type(source).__name__}")
    line = str(source)
    named = len(line) < 1000 and not re.search(r"[\n<\0]", line)
    if isinstance(source, Path) or (named and (line.endswith(SUFFIXES) or Path(line).is_file())):
        text, encoding = read_text(source)
        return text, Path(source).name, "" if encoding.startswith("utf-8") else f"The file was read as {encoding}, not as UTF-8."
    if len(line) > MAX_BYTES:
        raise BadInput(f"the text has {len(line):,} characters; at most {MAX_BYTES:,} are read")
    return line, "", ""


SUFFIXES = (".html", ".htm", ".txt", ".md")


def _tidy(text: str) -> str:
    """Return text without characters that cannot be seen, and with plain spaces.

    >>> _tidy("2\\u00a0m, a space\\u00adcraft")
    '2 m, a spacecraft'
    """
    text = text.encode("utf-8", "replace").decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]", "", text)
    return re.sub(r"[^\S\n\t\f]", " ", text)


def _tree(text: str) -> HtmlElement | None:
    """Return the parsed markup, or None for a text that has none."""
    if not re.search(r"<(!doctype|html|head|body|div|article|table|h1|p|br)\b", text[:20_000], re.IGNORECASE):
        return None
    from lxml import etree, html

    try:
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text))
    except (etree.LxmlError, ValueError) as error:
        raise BadInput(f"the markup cannot be read: {error}") from None


def _extracted(text: str) -> dict[str, Any]:
    """Return the text and the facts that trafilatura, a well-kept extractor, finds in markup; nothing when it fails."""
    if len(text) > EXTRACTED_AT_MOST:
        return {}
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(_tree(text), include_comments=False, with_metadata=True)
    except Exception:  # whatever odd markup does to the extractor, our own rules still read the page
        return {}
    return found.as_dict() if found else {}


def _declared(tree: HtmlElement) -> list[str]:
    """Return the headlines that a page declares: its title first, then those of its JSON-LD."""
    scripts = " ".join(script.text or "" for script in tree.iter("script") if "ld+json" in (script.get("type") or ""))
    found = re.findall(r'"headline"\s{0,9}:\s{0,9}("(?:[^"\\\n]|\\.){1,300}")', scripts)
    return [fold(tree.findtext(".//title") or ""), *(fold(json.loads(text)) for text in found)]


def _titles(declared: Sequence[str], heads: Sequence[str]) -> list[str]:
    """Return what may be the headline, the likeliest first: an h1 that the page declares, another h1, the page's title.

    >>> _titles(["A rocket at last | The Gazette"], ["The Gazette", "A rocket at last"])
    ['A rocket at last', 'The Gazette']
    """
    named = sorted((head for head in heads if any(head in text for text in declared)), key=len, reverse=True)
    parts = [part for text in declared for part in re.split(r" [|–—/:·-]+ ", text)[:1] if len(part.split()) > 3]
    return list(dict.fromkeys([*named, *heads, *parts]))


def find_headline(above: Sequence[Block], story: str) -> str:
    """Return the line that shares words with the story and stands nearest to byline or date, or the one above that."""
    told = set(re.findall(r"\w{4,}", story.lower()))
    lines = [i for i, b in enumerate(above) if b.reason in ("headline", "short line", "pull quote") and 3 < len(b.text.split()) < 30]
    lines = [i for i in lines if len(told.intersection(re.findall(r"\w{4,}", above[i].text.lower()))) > 1] or lines
    near = max((i for i, b in enumerate(above) if b.reason == "byline or date"), default=len(above))
    best = min(lines, key=lambda i: abs(i - near), default=-1)
    while best - 1 in lines:
        best -= 1
    return above[best].text if lines else ""


def find_published(above: Sequence[Block]) -> date | None:
    """Return the date that stands nearest above the story, captions and full sentences aside."""
    lines = [block.text for block in above if block.reason == "byline or date" or not is_prose(block.text)]
    return next(filter(None, map(find_date, reversed(lines))), None)


def find_author(above: Sequence[Block], headline: str) -> str:
    """Return the names after `by` above the story, or else those on a line of their own between headline and date."""
    lines = [block.text for block in above]
    dated = max((i for i, b in enumerate(above) if b.reason == "byline or date"), default=0)
    head = max((i for i, line in enumerate(lines[:dated]) if line == headline), default=dated)
    by = re.compile(r"(?:^|[|/·] ?)(?:words |text )?by ([^\W\d_].{2,200})", re.IGNORECASE)
    name = re.compile(r"((?:[^\W\d_][\w.’'-]+ ){1,3}[^\W\d_][\w’'-]+)(?:, .{3,40})?$")
    said = [m[1] for m in (by.search(b.text) for b in reversed(above) if b.reason == "byline or date") if m]
    said += [m[1] for m in map(name.match, lines[head + 1 : dated]) if m and all(word[0].isupper() for word in m[1].split())]
    words = re.split(r"[,|/·\d]", said[0])[0].split() if said else []
    return " ".join(takewhile(lambda word: word[0].isupper() or word in ("and", "de", "van", "von", "&"), words))


def find_outlet(blocks: Sequence[Block]) -> str:
    """Return whose name stands after the copyright sign, as in `© 2022 The Gazette. All rights reserved`."""
    signs = (re.search(r"© ?(?:\d{4} )?([^\W\d_][^.|·•\d]{2,60})", block.text) for block in reversed(blocks))
    return next((sign[1].strip() for sign in signs if sign), "")
