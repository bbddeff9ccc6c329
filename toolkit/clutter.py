"""Why a block of a page is not the story: rules that a reader could follow, then the stretch that is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from toolkit.blocks import Block, is_prose, mended


class Reason(NamedTuple):
    """Why a block is dropped, and how to tell: patterns for a line that is no sentence, for any text, for text that
    speaks to us or to you. `weight` is what such a block adds to the stretch of blocks that may be the story."""

    meaning: str
    line: str = ""
    text: str = ""
    addressed: str = ""
    weight: int = -3


REASONS = {
    "hidden": Reason("a browser does not show it"),
    "byline or date": Reason("it says who wrote the story, or when", weight=-30,
        line=r"^(words |text )?by [^\W\d_]|^(published|updated|posted|last modified)\b.*\d"
             r"|^\d{1,3} (min\w*|hours?|days?) ago$|more than \d+ (months?|years?) old$"),
    "footer": Reason("it belongs to the foot of the page, or to the printer", weight=-200,
        line=r"^back to top|^(printed|downloaded) (from|on|by) |\bpage \d+ of \d+$|^(imprint|impressum)\b",
        text=r"©|\(c\) ?\d{4}|\ball rights reserved|\bresponsible for (the|all) content"),
    "advertisement": Reason("it sells something, or asks to be allowed to",
        line=r"^\W*(advertisement|advertising|sponsored|anzeige|реклама)\b",
        text=r"\bad.?block|\b(block\w*|allow) (our )?advert"),
    "tags": Reason("it lists keywords", weight=-60,
        line=r"^\W*(tags|topics|keywords|filed under|more about|schlagwörter|теги)\b"),
    "read also": Reason("it points to other articles",
        line=r"^\W*(related|recommended|don.t miss|(you )?(might|may) also like|latest|more (from|in|on|like)"
             r"|most (read|viewed|popular)|top stories|next in|further \w+$)\b",
        text=r"^\W*(read|see) (also|more)\b"),
    "comment": Reason("a reader wrote it, or it invites readers to write", weight=-200,
        line=r"^(comments|\d+ comments?)( \(\d+\)|: \d+)?$|^conversation$|\b\d{1,3} (min\w*|hours?|days?) ago$",
        text=r"^comments are\b|\bletters .{0,40}(may be sent|to the editor)"),
    "fact box": Reason("it lists facts beside the story",
        line=r"^(in numbers|at a glance|fact ?box|timeline|key (facts|moments|points|dates)|.{0,60}\bin short)$"),
    "about the author": Reason("it introduces the writer", line=r"^about the author"),
    "pull quote": Reason("it repeats words of the story", line=r"^pull quote$|^tap to \w+ this quote"),
    "newsletter": Reason("it wants an e-mail address",
        line=r"newsletter|^sign (me )?up|e-?mail address|^e-?mail: ",
        addressed=r"newsletter|\bsign(ing)? up\b|e-?mail address|\bour \w+ letter\b|your (inbox|letter box)"),
    "cookie notice": Reason("it asks to store files on the reader's device",
        addressed=r"\bcookies?\b|small files on your device|\blegitimate interest"),
    "paywall": Reason("it says what paying readers get",
        line=r"\bfree articles?$|^already a (subscriber|member)|^start my trial",
        addressed=r"free part of this|\bsubscribers can\b|to (continue|go on) reading"),
    "live entry": Reason("it opens with a time of day, as the entries of a live page do",
        text=r"^\d{1,2}[:.]\d\d(?![\w.]|,? ?[/|])"),
    "correction": Reason("it says what was changed after publication",
        text=r"^\W*(correction|erratum|clarification|editor.s note)\b"
             r"|^\W*th(is|e) (article|column|story|report|post) was (\w+ )?(corrected|amended|updated)"),
    "appeal": Reason("it asks the reader for money, membership or help",
        line=r"^(become a member|donate|contribute|subscribe|support (the|us|our))\b"),
    "share bar": Reason("it stands for a button",
        line=r"^(share|print|save|listen|copy link|e-?mail|reply|gift|text size|follow)\b"),
    "menu": Reason("it leads to other parts of the site",
        line=r"^(skip to|sie sind hier|you are here)\b|^.{0,60}( ?[|·•›☰×] ?| [>/] ).{0,60}( ?[|·•›☰×] ?| [>/] )"),
    "caption": Reason("it describes a picture, or credits one"),
    "headline": Reason("it is a headline, or the summary below one", weight=-25),
    "teaser": Reason("it is the short summary of another article", weight=-15),
    "another article": Reason("it is a text of its own beside this story"),
    "short line": Reason("it is no full sentence"),
}  # fmt: skip
"""Every reason for which a block is dropped, in the order in which they are tried."""

ASKING = {"appeal", "cookie notice", "newsletter", "paywall"}
LABELS = {
    "about the author", "advertisement", "comment", "fact box", "live entry", "pull quote", "read also", "tags",
    "teaser",
}  # fmt: skip
YOU = re.compile(r"\b(you|your|yours|please)\b", re.IGNORECASE)
ASKS = re.compile(
    r"\b(contribut|costs?\b|donat|favou?r\b|fund|gifts?\b|gives?\b|help|join|member|pa(?:ys?|id)\b|readers?\b|subscri|support)",
    re.IGNORECASE,
)
PAYING = re.compile(r"(\W|\b(once|give|monthly|annual(ly)?|other|amount|card|transfer|sum|pay by \w+|\d+)\b)+", re.I)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
DATES = (
    r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
    r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})\b",
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|\.)? (?P<m>[^\W\d_]{3})[^\W\d_]*\.?,? (?P<y>\d{4})\b",
    r"\b(?P<m>[^\W\d_]{3})[^\W\d_]*\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b",
)


def find_date(text: str) -> date | None:
    """Return the date in a line, day before month where both are numbers; dates of later changes do not count.

    >>> find_date("July 12, 2022 | Updated 2022-07-14"), find_date("Printed on 24.11.2022")
    (datetime.date(2022, 7, 12), None)
    """
    first = re.split(r"(?i)\b(?:updated|printed|downloaded|modified|amended|corrected)\b", text[:300])[0]
    for match in filter(None, (re.search(pattern, first) for pattern in DATES)):
        month = match["m"].lower()
        with suppress(ValueError):
            return date(int(match["y"]), int(month) if month.isdigit() else MONTHS.index(month) + 1, int(match["d"]))
    return None


def is_dateline(text: str) -> bool:
    """Return whether text is a short line with a date in it.

    >>> is_dateline("Tue 12 Jul 2022 20.14 CEST"), is_dateline("It flew on 12 July 2022.")
    (True, False)
    """
    return len(text) < 150 and (not is_prose(text) or text.endswith(".m.")) and find_date(text) is not None


def is_caption(text: str) -> bool:
    """Return whether text is short, has no full stop at its end, and closes with the name of who took the picture.

    >>> is_caption("The rocket on its pad. Ann Lee / Quai Press"), is_caption("Ann Lee spoke. Then she left.")
    (True, False)
    """
    if len(text) > 400 or is_prose(text):
        return False
    body, _, credit = re.sub(r"([.!?”])\s*(?=[^\W\d_])", r"\1\n", text).rpartition("\n")
    names = [name for name in re.findall(r"[^\W\d_][\w’'-]*", credit) if name not in {"of", "de", "van", "the", "and"}]
    credited = len(body.split()) > 2 and 1 < len(names) < 9 and all(name[0].isupper() for name in names)
    return credited or re.match(r"(?i)(fig\. ?\d|image\b|photo\b|picture:|copyright )", text) is not None


def is_appeal(text: str) -> bool:
    """Return whether text lists ways to pay, or asks the reader, outside quotation marks, for support in two words.

    >>> is_appeal("If you value our work, join us: a membership costs little."), is_appeal("“Please help,” he said.")
    (True, False)
    """
    lists = PAYING.fullmatch(text[:200]) is not None and re.search(r"[^\W\d_]|[€£$]", text) is not None
    own = _unquoted(text)
    return lists or (YOU.search(own) is not None and len(set(map(str.lower, ASKS.findall(own)))) > 1)


def reason_for(block: Block) -> str:
    """Return the reason that a block gives by its own words, else by its markup; an empty string if there is none.

    >>> reason_for(Block("Read also: A drill that fits in a suitcase"))
    'read also'
    """
    start, own = block.text[:3000], _unquoted(block.text)
    line, addressed = not is_prose(block.text), re.search(r"(?i)\b(you|your|please|we|us|our)\b", own) is not None
    for reason, rule in REASONS.items() if block.mark != "hidden" else ():
        patterns = (rule.line if line else "", rule.text, rule.addressed if addressed else "")
        if any(pattern and re.search(pattern, start, re.IGNORECASE) for pattern in patterns):
            return reason
    tests = {"caption": is_caption, "byline or date": is_dateline, "appeal": is_appeal}
    seen = [reason for reason, test in tests.items() if block.mark != "hidden" and test(block.text)]
    linked = "teaser" if len(block.text.split(maxsplit=3)) > 3 else "menu"
    return [*seen, {"linked": linked, "h1": "headline", "h2": "headline"}.get(block.mark, block.mark)][0]


def _unquoted(text: str) -> str:
    return re.sub(r'“[^“”]{0,500}”|"[^"]{0,500}"', "", text[:3000])


def repeated(blocks: Sequence[Block]) -> set[int]:
    """Return the numbers of the blocks whose sentences all stand in a longer block, or in an earlier one as long.

    >>> repeated([Block("It flew for a day. Then it fell into the sea."), Block("“Then it fell into the sea”")])
    {1}
    """
    parts = [re.split(r"(?<=[.!?;:])\s", block.text.lower()) for block in blocks]
    said = [[" ".join(re.findall(r"\w+", part)) for part in own] for own in parts]
    teller: dict[str, int] = {}
    for i, sentences in enumerate(said):
        for sentence in sentences if not blocks[i].reason else ():
            teller[sentence] = max(teller.get(sentence, i), i, key=lambda k: (len(said[k]), -k))
    return {i for i, own in enumerate(said) if len(blocks[i].text) > 20 and all(teller.get(s, i) != i for s in own)}


def spread(blocks: Sequence[Block]) -> list[Block]:
    """Let an appeal pass its reason on to the box it stands in, and a label to the lines and short paragraphs below it.

    >>> [b.reason for b in spread([Block("Most read", "read also"), Block("The cat that flew"), Block("It was lost.")])]
    ['read also', 'read also', '']
    """
    boxes: defaultdict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        boxes[block.box].append(block)
    open_ = {box: [len(b.text) for b in members if not b.reason and is_prose(b.text)] for box, members in boxes.items()}
    half = sum(map(sum, open_.values())) / 2
    beside = {box for box, sizes in open_.items() if len(sizes) < 6 and sum(sizes) < half}
    asking = {box: [b.reason for b in boxes[box] if b.reason in ASKING] for box in beside}
    result, label = [], Block("")
    for block in blocks:
        asked = asking.get(block.box, [])
        below = block.box == label.box and block.box in beside and len(block.text) < 300
        timed = label.reason == "live entry" and len(label.text) < 6
        reason = block.reason
        if not reason and asked and len(asked) >= len(open_[block.box]):
            reason = asked[0]
        elif not reason and (below or timed or (label.reason != "teaser" and not is_prose(block.text))):
            reason = label.reason
        if block.reason or timed or not reason:
            label = block if block.reason in LABELS and len(block.text) < 100 else Block("")
        result.append(replace(block, reason=reason))
    return result


def weight(block: Block) -> int:
    """Return what a block adds to a stretch of story: a sentence its words; a loose line or a dropped block takes away.

    >>> weight(Block("It flew on Monday.")), weight(Block("A line without an end")), weight(Block("Share", "share bar"))
    (4, -25, -3)
    """
    words = len(block.text.split())
    if block.reason:
        return -1000 if block.mark == "h1" else REASONS[block.reason].weight
    return words if is_prose(block.text) else -25 if words > 3 else -4


def stretch(blocks: Sequence[Block], titles: Collection[str]) -> tuple[int, int]:
    """Return the numbers of the first and last block of the story: the stretch with the largest sum of weights.

    A headline that the page declares counts 300. A summary between headline and byline is left out.
    """
    best, total, start, first, last = 0, 0, 0, 0, -1
    for i, block in enumerate(blocks):
        if total <= 0 or block.text in titles:
            total, start = 0, i
        total += 300 if block.text in titles else weight(block)
        if total > best and not block.reason and is_prose(block.text):
            best, first, last = total, start, i
    told, begin = 0, first
    for i in range(first, last):
        told += weight(blocks[i]) if not blocks[i].reason and is_prose(blocks[i].text) else 0
        if told < 70 and (blocks[i].reason in ("byline or date", "headline") or blocks[i].text in titles):
            begin = i + 1
    return begin, last


def sort_out(blocks: Sequence[Block], titles: Collection[str], extracted: str) -> tuple[list[Block], int]:
    """Return the blocks, each that is not the story with its reason, and the number of the block that opens the story.

    `titles` are the headlines that the page declares; `extracted` is what an extractor kept of it, if one was asked.
    """
    sorted_ = mended([replace(block, reason=reason_for(block)) for block in blocks])
    again = repeated(sorted_)
    sorted_ = [replace(b, reason=b.reason or ("pull quote" if i in again else "")) for i, b in enumerate(sorted_)]
    sorted_ = spread(sorted_)
    kept = {part for text in (extracted, " ".join(extracted.split())) for part in _sentences(text)}
    for i, block in enumerate(sorted_):
        left_out = extracted and is_prose(block.text) and kept.isdisjoint(_sentences(block.text))
        sorted_[i] = replace(block, reason=block.reason or ("another article" if left_out else ""))
    first, last = stretch(sorted_, titles)
    label = ""
    for i, block in enumerate(sorted_):
        reason = "another article"
        label = block.reason if block.reason in LABELS else label
        if not is_prose(block.text):
            reason = "headline" if block.text in titles else "short line"
        elif i > last:
            reason = "comment" if label == "comment" else "teaser" if len(block.text) < 300 else reason
        if not block.reason and not (is_prose(block.text) and first <= i <= last):
            sorted_[i] = replace(block, reason=reason)
    return sorted_, first


def _sentences(text: str) -> list[str]:
    return re.split(r"(?<=[.!?]) |\n", text)
