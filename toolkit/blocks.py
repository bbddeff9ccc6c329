"""Cut a page into blocks, in page order: the pieces of text that a reader's eye takes in one at a time."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCK_TAGS = re.compile(
    "address|article|aside|blockquote|body|br|button|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|"
    "footer|form|h[1-6r]|header|html|label|legend|li|main|nav|noscript|ol|option|p|pre|section|summary|table|t[dhr]|ul"
)
WIDE_STOPS = "。！？："
UNSEEN_TAGS = ("script", "style", "template", "head", "svg", "iframe", "object", "textarea")
MARKS = {
    "nav": "menu", "button": "share bar", "share": "share bar", "figure": "caption", "figcaption": "caption",
    "caption": "caption", "credit": "caption", "copyright": "caption", "form": "newsletter", "teaser": "teaser",
    "newsletter": "newsletter", "aside": "read also", "related": "read also", "recommended": "read also",
    "footer": "footer", "noscript": "hidden", "cookie": "cookie notice", "advertisement": "advertisement",
    "standfirst": "headline", "dek": "headline", "subtitle": "headline", "comment": "comment", "comments": "comment",
    "pullquote": "pull quote", "tags": "tags", "blockquote": "quote", "li": "li", "h1": "h1",
    **dict.fromkeys(["h2", "h3", "h4", "h5", "h6"], "h2"),
}  # fmt: skip
"""What tags and class names say about the text inside; they are asked last, after the text itself.

A whole class name counts anywhere, its first word only on the elements that hold others.
"""

ONLY_TAGS = {"aside", "blockquote", "button", "figure", "form", "noscript", "li", "h1", "h2", "h3", "h4", "h5", "h6"}
OPEN = ("", "h1", "h2", "li", "quote")
"""What is said of an element and not of the elements inside it."""


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page, and in one of the words of `REASONS` why it is not the story (empty: it may be).

    `box` numbers the part of the page it stands in, `mark` is what the markup says of it (`caption`, `h1`, `linked` …),
    `joins` means that a page break parts it from the paragraph before.
    """

    text: str
    reason: str = ""
    box: int = field(default=0, repr=False, compare=False)
    mark: str = field(default="", repr=False, compare=False)
    joins: bool = field(default=False, repr=False, compare=False)


def fold(text: str) -> str:
    """Return text with every run of white space as one space."""
    return " ".join(text.split())


def is_prose(text: str) -> bool:
    """Return whether text ends as a sentence does, in any script and quotation marks aside, or with a colon.

    >>> is_prose("He called it “a bridge”."), is_prose("„Es besteht fort.“"), is_prose("More on this story")
    (True, True, False)
    """
    end = re.sub(r"(\[\w{1,3}\])+$", "", text[-20:]).rstrip("\"'”’»“‘«„›‹)]」』 ")[-1:]
    words = len(text.split(maxsplit=3))  # Chinese and Japanese put no space between theirs
    return end != "" and end in WIDE_STOPS + ".!?…।؟۔" * (words > 2) + ":" * (words > 3)


def text_blocks(text: str) -> list[Block]:
    """Return the blocks of pasted text: each line, or each paragraph where a narrow column broke the lines.

    A box is what stands between two blank lines. Wide gaps part a line into columns, as in a menu or a printed head.

    >>> text_blocks("Home    News    Sport\\n\\nIt flew.")
    [Block(text='Home | News | Sport', reason=''), Block(text='It flew.', reason='')]
    """
    lines = [line.replace("\t", "    ").rstrip(" ") for line in text.replace("\f", "\n\f\n").split("\n")]
    lines = [re.sub(r"(?<=\S) {3,}(?=\S)", " | ", line) for line in lines]
    indented = sum(_indent(line) > _indent(above) for above, line in pairwise(lines) if above) > 2
    width, after_break = _column_width(lines), False
    hyphenated = 20 * sum(line.endswith("-") for line in lines) > sum(len(line) > 30 for line in lines)
    blocks = []
    for box, (kind, group) in enumerate(groupby(lines, key=lambda line: line if line in ("", "\f") else "text")):
        after_break = after_break or kind == "\f"
        for line in _unwrapped(list(group), width, hyphenated=hyphenated) if kind == "text" else ():
            columns = " | " in line
            joins = after_break and indented and not columns and not _indent(line)
            blocks.append(Block(fold(line), box=box, mark="menu" if columns else "", joins=joins))
            after_break = after_break and columns
    return blocks


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _column_width(lines: list[str]) -> int:
    """Return how wide the column was that broke the lines, or 0 if none did: few long lines, and many that run on."""
    runs_on = sum(len(above) > 30 and line.strip()[:1].islower() for above, line in pairwise(lines))
    long = sum(len(line) for line in lines if len(line) > 100)
    if runs_on < 2 or runs_on * 20 < sum(map(bool, lines)) or long * 20 > sum(map(len, lines)):
        return 0
    return int(median(len(line) for line in lines if len(line) > 30))


def _unwrapped(lines: list[str], width: int, *, hyphenated: bool) -> list[str]:
    """Return the lines of one box, those joined that were broken only because the next word did not fit.

    >>> _unwrapped(["The agency said on Fri-", "day that it would be", "ready.", "   New line."], 20, hyphenated=True)
    ['The agency said on Friday that it would be ready.', '   New line.']
    """
    widest = max([width, *(len(line) for line in lines if " | " not in line)])
    parts = [[lines[0]]]
    for above, line in pairwise(lines):
        hyphen = re.search(r"[^\W_]-$", above) is not None
        full = hyphen or len(above) + len(line.split(maxsplit=1)[0]) >= widest
        opens = _indent(line) > _indent(above) or (line.startswith("By ") and above[-1].isalnum())
        if not width or not full or opens or " | " in above + line:
            parts.append([line])
            continue
        if hyphen and hyphenated and above[-2:-1].islower() and line.strip()[0].islower():
            parts[-1][-1] = parts[-1][-1][:-1]
        parts[-1].append(line.strip() if hyphen else f" {line.strip()}")
    return ["".join(part) for part in parts]


def html_blocks(tree: HtmlElement) -> list[Block]:
    """Return the blocks of markup, cut wherever a block element begins or ends; nothing is run or fetched.

    The tree loses what is never text: scripts, styles, comments. A box is the element that holds several blocks.

    >>> from lxml.html import document_fromstring
    >>> html_blocks(document_fromstring("<h1>A <i>new</i> rocket</h1><p>It flew.<script>x()</script>"))
    [Block(text='A new rocket', reason=''), Block(text='It flew.', reason='')]
    """
    from lxml import etree

    hiding = _hiding(" ".join(style.text or "" for style in tree.iter("style")))
    etree.strip_elements(tree, etree.Comment, etree.PI, *UNSEEN_TAGS, with_tail=False)
    cutter = _Cutter()
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        begins = event == "start"
        mark = _mark(element, hiding)
        if BLOCK_TAGS.fullmatch(str(element.tag)) or mark == "hidden":
            cutter.edge(mark, begins=begins)
        cutter.add((element.text if begins else element.tail) or "", (element.tag == "a") * (1 if begins else -1))
    half = sum(cutter.sizes.values()) / 2  # what is said of more than half of the page is a slip of the markup
    return [replace(b, mark="") if owner and cutter.sizes[owner] > half else b for b, owner in cutter.found]


class _Cutter:
    """Gathers text up to the next edge of a block element, and knows which elements it is inside of."""

    def __init__(self) -> None:
        self.inside = [(0, "", 0)]  # an element's number, what is said of it, and by which element
        self.parted = {0}  # the elements with blocks inside
        self.parts: list[str] = []
        self.links = self.linked = self.count = 0
        self.found: list[tuple[Block, int]] = []
        self.sizes: Counter[int] = Counter()

    def add(self, text: str, links: int) -> None:
        self.links += links
        self.parts.append(text)
        self.linked += len(text) if self.links else 0

    def edge(self, mark: str, *, begins: bool) -> None:
        number, said, owner = self.inside[-1]
        if begins:
            self.parted.add(number)
        if text := fold("".join(self.parts)):
            link = self.linked > 0.8 * len(text) and said in ("", "h2", "li")
            box = number if number in self.parted else self.inside[-2][0]
            self.found.append((Block(text, box=box, mark="linked" if link else said), owner))
            self.sizes[owner] += len(text)
        self.parts, self.linked = [], 0
        if not begins:
            self.inside.pop()
            return
        self.count += 1
        own = (self.count, mark, self.count if mark else 0)
        self.inside.append((self.count, said, owner) if said not in OPEN else own)


def _hiding(styles: str) -> set[str]:
    """Return the classes that a style sheet hides by themselves, on a screen of any kind.

    >>> _hiding("@media print{.para{display:none}} .open .para{display:none} /* x */ .off, p {display: none}")
    {'off'}
    """
    parts = re.split(r"([{}])", "".join(part.split("/*")[0] for part in styles.split("*/")))
    found, selector, depth = set(), "", 0
    for text, brace in zip(parts[::2], parts[1::2], strict=False):
        if brace == "}" and depth == 1 and "display:none" in "".join(text.split()):
            found |= {name.strip()[1:] for name in selector.split(",") if re.fullmatch(r"\.[\w-]+", name.strip())}
        selector = selector if depth else text.split(";")[-1]
        depth = max(depth - 1, 0) if brace == "}" else depth + 1
    return found


def _mark(element: HtmlElement, hiding: set[str]) -> str:
    """Return what tag and class of an element say about the text inside, in the words of `MARKS`."""
    names, tag = element.get("class", "").lower().split()[:20], str(element.tag)
    style = element.get("style", "").lower().replace(" ", "")
    if "hidden" in element.attrib or "display:none" in style or not hiding.isdisjoint(element.get("class", "").split()):
        return "hidden"
    words = [*names, *(re.split("[-_]", name)[0] for name in names if tag in ("div", "section", "ul"))]
    said = next((MARKS[word] for word in words if word in MARKS and word not in ONLY_TAGS), "")
    return said if tag == "li" and said else MARKS.get(tag, said)


def mended(blocks: Sequence[Block]) -> list[Block]:
    """Join what was torn apart: a drop cap and its word, a paragraph and its end below a picture or a page break.

    >>> [block.text for block in mended([Block("B"), Block("ritain pays"), Block("Share", "share bar")])]
    ['Britain pays', 'Share']
    """
    result: list[Block] = []
    last, words = -1, Counter(word for block in blocks for word in block.text.split())
    for block in blocks:
        above, first = result[last].text if last >= 0 else "", block.text.split()[0]
        capital = len(above) == 1 and above.isupper() and first[0].islower()
        runs_on = first[0].islower() and len(above.split(maxsplit=8)) > 7 and not is_prose(above)
        joins = (capital or runs_on or (block.joins and above)) and block.mark != "li"
        if not block.reason and joins and len(above) < 9_000:
            gap = "" if capital and (words[first] == 1 or above not in "AI") else " "
            result[last] = replace(result[last], text=above + gap + block.text)
        else:
            result.append(block)
            last = last if block.reason else len(result) - 1
    return result
