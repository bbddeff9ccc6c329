"""Cut a page into blocks, in page order, the pieces that an eye takes in one at a time, and mend what was torn."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from toolkit.mending import plain
from toolkit.wordlists import stop_words

if TYPE_CHECKING:
    from lxml.html import HtmlElement

BLOCK_TAGS = re.compile(
    "address|article|aside|blockquote|body|br|button|caption|center|d[dlt]|details|dialog|div|fieldset|figcaption|figure|"
    "footer|form|h[1-6r]|header|html|label|legend|li|main|nav|noscript|ol|option|p|pre|section|summary|table|t[dhr]|ul"
)
QUOTES = "“‘«„\"'"
HIDDEN_TAGS = ("script", "style", "template", "head", "svg", "iframe", "object", "textarea")
TAGS = {
    "nav": "menu", "button": "share bar", "figure": "caption", "figcaption": "caption", "caption": "caption",
    "form": "newsletter", "aside": "read also", "footer": "footer", "noscript": "hidden", "blockquote": "quote",
    "li": "li", "h1": "h1", **dict.fromkeys(["h2", "h3", "h4", "h5", "h6"], "h2"),
}  # fmt: skip
CLASSES = {
    "nav": "menu", "share": "share bar", "caption": "caption", "credit": "caption", "newsletter": "newsletter",
    "related": "read also", "recommended": "read also", "teaser": "teaser", "footer": "footer", "dek": "headline",
    "standfirst": "headline", "subtitle": "headline", "cookie": "cookie notice", "comment": "comment", "tags": "tags",
    "comments": "comment", "pullquote": "pull quote", "advertisement": "advertisement", "footnotes": "footnote",
}  # fmt: skip
"""What tags and class names say about the text inside; they are asked last, after the text itself.

A whole class name counts anywhere, its first word only on the elements that hold others.
"""

THROUGH = {"p", "ul", "ol", "li", "blockquote", "tr"}  # are no box: their text stands in the box around them
OPEN = ("", "h1", "h2", "li", "quote")  # is said of an element and not of the elements inside it


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a page, and in one of the words of `REASONS` why it is not the story (empty: it may be).

    `box` numbers the part of the page it stands in, `mark` is what the markup says of it (`caption`, `h1`, `linked` …),
    `joins` means that a page break parts it from the paragraph before, `mends` names each thing mended in the text.
    """

    text: str
    reason: str = ""
    box: int = field(default=0, repr=False, compare=False)
    mark: str = field(default="", repr=False, compare=False)
    joins: bool = field(default=False, repr=False, compare=False)
    mends: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def told(self) -> bool:
        """Whether it is a sentence, or a line told as one."""
        return self.mark == "told" or is_prose(self.text)

    @property
    def open(self) -> bool:
        """Whether it may be the story."""
        return self.told and not self.reason


def fold(text: str) -> str:
    """Return text with every run of white space as one space."""
    return " ".join(text.split())


def is_prose(text: str) -> bool:
    """Return whether text ends as a sentence does, in any script, quotation marks and notes aside, or with a colon.

    A single word must be a question, a cry or a long one; a dash ends a sentence of more than five words.

    >>> is_prose("He called it “a bridge”."), is_prose("„Es besteht fort.“"), is_prose("More on this story")
    (True, True, False)
    """
    tail = re.sub(r"(\[\w{1,3}\])+$|(?<=[^\W\d_][.!?])[\"”’]?\d{1,2}$", "", text[-20:])
    end = tail.rstrip("\"'”’»“‘«„›‹)]」』 ")[-1:]
    words = len(text.split(maxsplit=5))  # Chinese and Japanese put no space between theirs
    short = words < 3 and not text.lstrip(QUOTES)[:1].isupper()
    stops = "" if short else "!?؟" + ".…।۔" * (words > 1 or len(text) > 5) + ":" * (words > 3) + "—–" * (words > 5)
    return end != "" and end in "。！？：" + stops


def joined(above: Block, below: Block, gap: str, mend: str) -> Block:
    """Return two blocks as one, with a name for what was mended."""
    return replace(above, text=above.text + gap + below.text, mends=(*above.mends, *below.mends, mend))


def html_blocks(tree: HtmlElement) -> list[Block]:
    """Return the blocks of markup, cut wherever a block element begins or ends; nothing is run or fetched.

    The tree loses what is never text: scripts, styles, comments. A box is the element that holds several blocks.

    >>> from lxml.html import document_fromstring
    >>> html_blocks(document_fromstring("<h1>A <i>new</i> rocket</h1><p>It flew.<script>x()</script>"))
    [Block(text='A new rocket', reason=''), Block(text='It flew.', reason='')]
    """
    from lxml import etree

    hiding = _hiding(" ".join(style.text or "" for style in tree.iter("style")))
    etree.strip_elements(tree, etree.Comment, etree.PI, *HIDDEN_TAGS, with_tail=False)
    found, sizes = list(_cut(etree.iterwalk(tree, events=("start", "end")), hiding)), Counter[int]()
    for block, owner in found:
        sizes[owner] += len(block.text)
    half = sizes.total() / 2  # what is said of more than half of the page is a slip of the markup
    return [replace(block, mark="") if owner and sizes[owner] > half else block for block, owner in found]


def _cut(walk: Iterable[tuple[str, HtmlElement]], hiding: set[str]) -> Iterator[tuple[Block, int]]:
    """Yield the text up to each edge of a block element, and the number of the element that its mark is from."""
    inside, parted = [(0, "", 0)], {0}  # an element's number, its mark, and whose that is; those with blocks inside
    parts, links, linked, count = list[str](), 0, 0, 0
    for event, element in walk:
        begins, tag, mark = event == "start", str(element.tag), _mark(element, hiding)
        if BLOCK_TAGS.fullmatch(tag) or mark == "hidden":
            number, said, owner = inside[-1]
            parted |= {number} if begins else set()
            clean, mends = plain("".join(parts))
            if text := fold(clean.rstrip("\u00ad")):
                link = linked > 0.8 * len(text) and said in ("", "h2", "li")
                box = number if number in parted else inside[-2][0]
                yield Block(text, box=box, mark="linked" if link else said, mends=mends), owner
            parts, linked = [], 0
            if begins:
                count += 1
                passed_on = said not in OPEN or (said == "li" and not mark)  # a <p> in a list item is the item
                own = (said, owner) if passed_on else (mark, count if mark else 0)
                inside.append((number if tag in THROUGH else count, *own))
            else:
                inside.pop()
        links += (element.tag == "a") * (1 if begins else -1)
        parts.append((element.text if begins else element.tail) or "")
        linked += len(parts[-1]) if links else 0


def _hiding(styles: str) -> set[str]:
    """Return the classes that a style sheet hides by themselves, on a screen of any kind.

    >>> _hiding("@media print{.para{display:none}} .open .para{display:none} /* x */ .off, p {display: none}")
    {'off'}
    """
    found, depth = set[str](), 0
    for rule in "".join(part.split("/*")[0] for part in styles.split("*/")).split("}"):
        selectors, _, body = rule.partition("{")
        if not depth and "{" not in body and "display:none" in "".join(body.split()):
            found.update(re.findall(r"(?<![^,;])\s*\.([\w-]+)\s*(?![^,])", selectors))
        depth = max(depth + rule.count("{") - 1, 0)
    return found


def _mark(element: HtmlElement, hiding: set[str]) -> str:
    """Return what the class of an element, or else its tag, says about the text inside."""
    tag, classes = str(element.tag), element.get("class", "").split()[:20]
    style = element.get("style", "").lower().replace(" ", "")
    if "hidden" in element.attrib or "display:none" in style or not hiding.isdisjoint(classes):
        return "hidden"
    names = [name.lower() for name in classes]
    names += [re.split("[-_]", name)[0] for name in names if tag in ("div", "section", "ul")]
    return next((CLASSES[name] for name in names if name in CLASSES), TAGS.get(tag, ""))


def boxes(blocks: Sequence[Block]) -> dict[int, list[Block]]:
    """Return the blocks by the box that they stand in."""
    found: dict[int, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.box, []).append(block)
    return found


def open_length(blocks: Sequence[Block]) -> int:
    """Return how many characters of these blocks may be the story."""
    return sum(len(block.text) for block in blocks if block.open)


def story_box(blocks: Sequence[Block]) -> int:
    """Return the box that holds more than half of what may be the story in three paragraphs or more, or -1."""
    box, inside = max(boxes(blocks).items(), key=lambda item: open_length(item[1]), default=(-1, []))
    return box if sum(b.open for b in inside) > 2 and 2 * open_length(inside) > open_length(blocks) else -1


def mended(blocks: Sequence[Block]) -> list[Block]:
    """Join what was torn apart: a drop cap and its word, a paragraph and its end below a picture or a page break.

    >>> [block.text for block in mended([Block("B"), Block("ritain pays"), Block("Share", "share bar")])]
    ['Britain pays', 'Share']
    """
    result: list[Block] = []
    last, words = -1, Counter(re.findall(r"\w+", " ".join(block.text for block in blocks)))
    for block in blocks:
        above, first = result[last].text if last >= 0 else "", block.text.split()[0]
        letter = above.lstrip(QUOTES)
        capital = len(letter) == 1 and letter.isupper()
        capital = capital and (first[0].islower() or (first.isupper() and is_prose(block.text)))
        runs_on = first[0].islower() and len(above.split(maxsplit=8)) > 7 and not is_prose(above)
        joins = capital or ((runs_on or (block.joins and above)) and block.mark != "li")
        if not block.reason and joins and len(above) < 9_000:
            gap = "" if capital and (letter not in "AI" or words[re.split(r"\W", first)[0]] < 2) else " "
            result[last] = joined(result[last], block, gap, "drop cap" if capital else "torn paragraph")
        else:
            result.append(_drop_cap(block, words))
            last = last if block.reason else len(result) - 1
    return result


def _drop_cap(block: Block, words: Counter[str]) -> Block:
    """Return *T he end.*, *TThe end.* or *ABritish end.* with its first capital put right, any other text as it is."""
    found = re.match(rf"([{QUOTES}]*)([^\W\d_])( ?)(\w+)", block.text)
    if not found or not found[2].isupper() or not is_prose(block.text):
        return block
    quote, letter, gap, rest = found.groups()
    apart, twice = gap and letter not in "AI", not gap and letter == rest[0] and rest[1:].islower()
    word = letter + rest if apart else rest
    if not gap and letter in "AI" and rest.istitle() and rest in words:
        word = f"{letter} {rest}"
    elif not (apart or twice) or not any(form in words or form in stop_words() for form in (word, word.lower())):
        return block
    return replace(block, text=quote + word + block.text[found.end() :], mends=(*block.mends, "drop cap"))


def repeated(blocks: Sequence[Block]) -> set[int]:
    """Return the numbers of the blocks whose sentences all stand in a longer block, or in an earlier one as long.

    >>> repeated([Block("It flew for a day. Then it fell into the sea."), Block("“Then it fell into the sea”")])
    {1}
    """
    parts = (re.split(r"(?<=[.!?;:])\s", block.text.lower()) for block in blocks)
    said = [[" ".join(re.findall(r"\w+", part)) for part in own] for own in parts]
    teller: dict[str, int] = {}
    for i, sentences in enumerate(said):
        for sentence in sentences if not blocks[i].reason else ():
            teller[sentence] = max(teller.get(sentence, i), i, key=lambda k: (len(said[k]), -k))
    return {i for i, own in enumerate(said) if len(blocks[i].text) > 20 and all(teller.get(s, i) != i for s in own)}
