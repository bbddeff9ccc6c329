"""Find the article on a saved or pasted page, and say of everything else why it is not the story."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.article import Article
from toolkit.blocks import Block, fold, html_blocks, is_prose
from toolkit.clutter import find_date, sort_out
from toolkit.files import MAX_BYTES, BadInput, course_folder, read_text
from toolkit.markup import escape
from toolkit.mending import plain
from toolkit.pasted import text_blocks
from toolkit.wordlists import guess_language

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_BLOCKS = 50_000  # are sorted: a saved news page has some 200, a whole book some 10,000
EXTRACTED_AT_MOST = 3_000_000  # characters: the extractor would take minutes over longer markup

is_file = os.path.isfile  # Path.is_file raises where a name is too long for a file


@dataclass(frozen=True, slots=True)
class Page:
    """An article, and the blocks of its page that are not the story, in page order, each with the reason.

    `mends` says what was mended in the headline and the story, and how often: `{"hard line break": 12, "drop cap": 1}`.
    The article's note says the same, so that every display shows it.
    """

    article: Article
    dropped: tuple[Block, ...]
    mends: Mapping[str, int] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Page({self.article!r}, {len(self.dropped)} blocks dropped, mended: {listed(self.mends) or 'nothing'})"

    def __str__(self) -> str:
        return "\n".join([f"{self.article}\n\nDropped:", *(f"- {b.reason}: {b.text[:300]}" for b in self.dropped)])

    def _repr_html_(self) -> str:
        rows = (f'<li dir="auto"><b>{escape(b.reason)}</b>: {escape(b.text[:300])}</li>' for b in self.dropped[:500])
        summary = f"{len(self.dropped)} blocks of this page are not the story"
        dropped = f"<details><summary>{summary}</summary><ul class='mathjax_ignore'>{''.join(rows)}</ul></details>"
        return f"{self.article._repr_html_()}{dropped}"


def listed(mends: Mapping[str, int]) -> str:
    """Return what was mended and how often as one line, the first twenty kinds.

    >>> listed({"soft hyphen": 3, "mojibake: 'â€™' -> '’'": 5})
    "soft hyphen × 3, mojibake: 'â€™' -> '’' × 5"
    """
    return ", ".join([f"{kind} × {n}" for kind, n in mends.items()][:20] + ["…"] * (len(mends) > 20))


def read_page(source: str | Path) -> Page:
    """Return the article on a page and what was dropped around it; nothing is fetched and no script is run.

    `source` is the path of a saved page (.html) or of pasted text (.txt), or the markup or pasted text itself:
    a string with a line break or a `<` in it is text; one line that ends in .html or .txt, or names a file, is a path.
    Raises `BadInput` when the file cannot be read or no article is found.

    >>> page = read_page("Menu\\n\\nA rocket at last\\nBy Ann Lee\\n2 May 2022\\n\\nIt flew on Monday.\\n\\nShare")
    >>> page.article.title, page.article.author, page.article.text, page.dropped[-1]
    ('A rocket at last', 'Ann Lee', 'It flew on Monday.', Block(text='Share', reason='share bar'))
    """
    text, file, note = _opened(source)
    tree = _tree(text)
    found, declared, language = ({}, [], "") if tree is None else _declared(tree, len(text))
    blocks = text_blocks(text) if tree is None else html_blocks(tree)
    if len(blocks) > MAX_BLOCKS:
        raise BadInput(f"{file or 'the text'} has more than {MAX_BLOCKS:,} pieces; save the page of one article")
    titles = find_titles(declared, [b.text for b in blocks if b.mark == "h1"][:100], {b.text for b in blocks})
    blocks, first = sort_out(blocks, titles)
    headline = (titles or [find_headline(blocks[:first], " ".join(b.text for b in blocks if not b.reason))])[0]
    author = found.get("author") or find_author(blocks[:first], headline)
    blocks = [_named(block, headline, author) for block in blocks]
    story = [block for block in blocks if not block.reason]
    if not story:
        raise BadInput(f"{file or 'the text'} has no article in it: nothing but menus, appeals, teasers or loose lines")
    text = "\n\n".join(block.text for block in story)
    mends = dict(Counter(mend for b in blocks if not b.reason or b.text == headline for mend in b.mends))
    article = Article(
        id=re.sub(r"\W+", "-", (Path(file).stem or headline).lower())[:80].strip("-") or "page",
        title=headline,
        text=text,
        outlet=find_outlet(blocks) if found.get("sitename") == found.get("hostname") else found.get("sitename", ""),
        published=find_published(blocks[:first], found.get("date", "")),
        language=language or guess_language(text),
        url=found.get("url", ""),
        author=author,
        note=f"{note} Mended: {listed(mends)}.".strip() if mends else note,
    )
    return Page(article, tuple(block for block in blocks if block.reason), mends)


def _opened(source: str | Path) -> tuple[str, str, str]:
    """Return the text of a source, its file name, and a note on its encoding where that is not UTF-8."""
    if not isinstance(source, str | Path):
        raise BadInput(f"read_page takes a path or the text of a page, not {type(source).__name__}")
    line = str(source)
    short = len(line) < 1000 and not re.search(r"[\n<\0]", line)
    if short and re.match(r"https?://\S+$", line):
        raise BadInput(f"nothing is fetched from {line}; save the page in your browser and give the file")
    if isinstance(source, Path) or (short and (line.endswith((".html", ".htm", ".txt", ".md")) or is_file(line))):
        if not is_file(line) and is_file(course_folder("datasets") / "pages" / line):
            raise BadInput(f"{line} is a practice page; type read_page(sample_page({line!r}))")
        text, encoding = read_text(source)
        return text, Path(line).name, "" if encoding.startswith("utf-8") else f"Read as {encoding}, not as UTF-8."
    if len(line) > MAX_BYTES:
        raise BadInput(f"the text has {len(line):,} characters; at most {MAX_BYTES:,} are read")
    text = line.encode("utf-8", "replace").decode()  # half a character is none
    return text.replace("\r\n", "\n").replace("\r", "\n"), "", ""


def _tree(text: str) -> HtmlElement | None:
    """Return the parsed markup, however malformed, or None for text without any."""
    if not re.search(r"(?i)<(!doctype|html|head|body|div|article|table|h1|p|br)\b", text[:20_000]):
        return None
    from lxml import etree, html

    try:
        parser = html.HTMLParser(huge_tree=True)
        return html.document_fromstring(re.sub(r"^\s*<\?xml[^>]{0,200}>", "", text), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise BadInput(f"the markup cannot be read: {error}") from None


def _declared(tree: HtmlElement, size: int) -> tuple[dict[str, str], list[str], str]:
    """Return the facts that trafilatura, a well-kept extractor, finds; title and JSON-LD headlines; the language."""
    from trafilatura import extract_metadata

    facts, dates = {}, {"extensive_search": False, "original_date": True}
    with suppress(Exception):  # whatever odd markup does to the extractor, our own rules still read the page
        found = extract_metadata(deepcopy(tree), date_config=dates).as_dict() if size <= EXTRACTED_AT_MOST else {}
        facts = {key: plain(value)[0] for key, value in found.items() if isinstance(value, str)}
    scripts = " ".join(script.text or "" for script in tree.iter("script") if "ld+json" in script.get("type", ""))
    titles = [tree.findtext(".//title") or ""]
    for text in re.findall(r'"headline"\s{0,9}:\s{0,9}("(?:[^"\\\n]|\\.){1,300}")', scripts):
        with suppress(ValueError):
            titles.append(json.loads(text))
    language = (tree.get("lang") or tree.get("xml:lang") or "")[:2].lower()
    return facts, [plain(fold(text))[0] for text in titles[:20]], language


def find_titles(declared: Sequence[str], heads: Sequence[str], lines: Collection[str] = ()) -> list[str]:
    """Return what may be the headline, the likeliest first: an h1 or a line that the page declares, an h1, its title.

    >>> find_titles(["A rocket at last | The Gazette"], ["The Gazette", "A rocket at last"])
    ['A rocket at last', 'The Gazette']
    """
    named = [head for head in heads if any(head in text for text in declared)]
    parts = [part for text in declared for part in (text, re.split(r" [|–—/:·-]+ ", text)[0])]
    shown = [part for part in parts if part in lines and len(part.split()) > 1]
    long = [part for part in parts[1::2] if len(part.split()) > 3]
    return list(dict.fromkeys([*sorted(named, key=len, reverse=True), *shown, *heads, *long]))


def find_headline(above: Sequence[Block], story: str) -> str:
    """Return the line that shares words with the story and stands nearest to byline or date, or the one above that."""
    lines = {i: b.text for i, b in enumerate(above) if b.reason == "short line" or b.text.endswith("?")}
    lines = {i: line for i, line in lines.items() if 3 < len(line.split()) < 30}
    told, long = set(re.findall(r"\w{4,}", story.lower())), re.compile(r"\w{4,}")
    likely = {i for i, line in lines.items() if len(told.intersection(long.findall(line.lower()))) > 1} or set(lines)
    dated = [i for i, b in enumerate(above) if b.reason == "byline or date"] or [len(above)]
    best = min(sorted(likely), key=lambda i: abs(i - dated[-1]), default=-1)
    while best - 1 in likely or (best - 1 in dated and best - 2 in likely):
        best -= 1 if best - 1 in likely else 2
    return lines.get(best, "")


def find_published(above: Sequence[Block], declared: str = "") -> date | None:
    """Return the date nearest above the story, sentences aside; what the page declares decides between 7/12 and 12/7.

    >>> find_published([Block("07/12/2022")], "2022-07-12"), find_published([Block("7 May 2022")], "2022-12-07")
    (datetime.date(2022, 7, 12), datetime.date(2022, 5, 7))
    """
    dates = (find_date(block.text) for block in reversed(above) if not is_prose(block.text))
    shown, known = next(filter(None, dates), None), find_date(declared)
    turned = shown and known and (shown.year, shown.month, shown.day) == (known.year, known.day, known.month)
    return known if turned else shown or known


def find_author(above: Sequence[Block], headline: str) -> str:
    """Return the names after `by` above the story, or else those on a line of their own between headline and date."""
    lines = [block.text for block in above]
    dated = [i for i, block in enumerate(above) if block.reason == "byline or date"]
    last = max(dated, default=0)
    head = lines.index(headline) + 1 if headline in lines[:last] else last
    by = r"(?i)(?:^|[|/·] ?)(?:(?!photo)[^\W\d_]+ )?(?:by|von|par|por|di|words:) ((?-i:[^\W\d_a-z]).{2,200})"
    name = r"^((?:[^\W\d_a-z][\w.’'-]+ ){1,3}[^\W\d_a-z][\w.’'-]+)(?:(?:,| in) .{3,40})?$"
    tried = [*((by, lines[i]) for i in reversed(dated)), *((name, line) for line in lines[head:last])]
    said = [found[1] for found in (re.search(pattern, line) for pattern, line in tried) if found]
    words = re.split(r"[,|/·\d]", said[0])[0].split() if said else []
    return " ".join(takewhile(lambda word: word[0].isupper() or word in ("and", "de", "van", "von", "&"), words))


def find_outlet(blocks: Sequence[Block]) -> str:
    """Return whose name stands after the copyright sign, as in `© 2022 The Gazette. All rights reserved`."""
    lines = "\n".join(block.text for block in reversed(blocks))
    sign = re.search(r"© ?(?:\d{4} )?([^\W\d_][^.|·•\d\n]{2,60})", lines)
    return sign[1].strip() if sign else ""


def _named(block: Block, headline: str, author: str) -> Block:
    """Return a block with the reason that headline and author give it once they are known."""
    if block.text == headline and block.reason in ("short line", "pull quote"):
        return replace(block, reason="headline")
    if author and block.reason in ("", "short line") and block.text.lstrip("•*| ").startswith(author):
        return replace(block, reason="about the author" if is_prose(block.text) else "byline or date")
    return block
