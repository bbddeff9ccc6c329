"""Why a block of a page is not the story: rules that a reader could follow, then the stretch that is left."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from toolkit.blocks import Block, is_prose, mended


class Reason(NamedTuple):
    """Why a block is dropped, and how to tell: patterns for a line that is no sentence, for any text, for text that
    speaks to us or to you. `weight` is what such a block adds to the stretch of blocks that may be the story."""

    meaning: str
    line: str = ""
    text: str = ""
    addressed: str = ""
    weight: int = -1


REASONS = {
    "hidden": Reason("a browser does not show it"),
    "byline or date": Reason("it says who wrote the story, or when", weight=-30,
        line=r"^(words |text )?by [^\W\d_]|^(von|par|por|di)( [^\W\d_][\w.’'-]*){2,4}$"
             r"|^(published|updated|posted|last modified)\b.*\d|^\d{1,3} (min\w*|hours?|days?) ago$"),
    "footer": Reason("it belongs to the foot of the page, or to the printer", weight=-40,
        line=r"^back to top|^(printed|downloaded) (from|on|by) |\bpage \d+ of \d+$|^(imprint|impressum)\b",
        text=r"\ball rights reserved|\bresponsible for (the|all) content|\bcopyright (\(c\) )?\d{4}"),
    "advertisement": Reason("it sells something, or asks to be allowed to",
        line=r"^\W*(advertis|sponsored|anzeige|реклама)", text=r"\bad.?block|\b(block\w*|allow) (our )?advert"),
    "tags": Reason("it lists keywords", weight=-30,
        line=r"^\W*(tags|topics|keywords|filed under|more about|schlagwörter|теги)\b"),
    "read also": Reason("it points to other articles", weight=-3,
        line=r"^\W*(related|recommended|don.t miss|(you )?(might|may) also like|latest|more (from|in|on|like)"
             r"|most (read|viewed|popular)|top stories|next in|further \w+$)\b",
        text=r"^\W*(read|see) (also|more)\b"),
    "comment": Reason("a reader wrote it, or it invites readers to write", weight=-100,
        line=r"^(comments|\d+ comments?)( \(\d+\)|: \d+)?$|^conversation$|\b\d{1,3} (min\w*|hours?|days?) ago$",
        text=r"^comments are (now )?(closed|open|off)\b|^letters .{0,60}may be sent"),
    "fact box": Reason("it lists facts beside the story",
        line=r"^(in numbers|at a glance|fact ?box|timeline|key (facts|moments|points|dates)|.{0,60}\bin short)$"),
    "about the author": Reason("it introduces the writer", line=r"^about the author"),
    "pull quote": Reason("it repeats words of the story", line=r"^pull quote$|\bthis quote$"),
    "newsletter": Reason("it wants an e-mail address",
        line=r"newsletter|^sign (me )?up|e-?mail address|^e-?mail: ",
        addressed=r"newsletter|\bsign(ing)? up\b|e-?mail address|your inbox|receiv\w+ this e-?mail"),
    "cookie notice": Reason("it asks to store files on the reader's device",
        addressed=r"\bcookies?\b|\blegitimate interest"),
    "paywall": Reason("it says what paying readers get",
        line=r"\bfree articles?$|^already a (subscriber|member)|^start (my|your) \w+",
        addressed=r"\bsubscribers can\b|to (continue|go on) reading"),
    "live entry": Reason("it opens with a time of day, as the entries of a live page do",
        line=r"^\d{1,2}[:.]\d\d(?![\w.]|,? ?[/|\d])", text=r"^\d{1,2}[:.]\d\d ?[–—-] "),
    "correction": Reason("it says what was changed after publication",
        text=r"^\W*(correction|erratum|clarification|editor.s note)\b[^:]{0,40}:"
             r"|^\W*th(is|e) (article|column|story|report|post) was (\w+ )?(corrected|amended|updated)"),
    "appeal": Reason("it asks the reader for money, membership or help",
        line=r"^(become a member|donate|contribute|subscribe|support (the|us|our))\b"),
    "share bar": Reason("it is a button", line=r"^(share|print|save|listen|copy link|e-?mail|reply|gift|follow)\b"),
    "menu": Reason("it leads to other parts of the site",
        line=r"^(skip to|sie sind hier|you are here)\b|^.{0,60}( ?[|·•›☰×] ?| [>/] ).{0,60}( ?[|·•›☰×] ?| [>/] )"),
    "caption": Reason("it describes a picture, or credits one", text=r"©|\(c\) ?\d{4}"),
    "headline": Reason("it is a headline, or the summary below one", weight=-2),
    "teaser": Reason("it is the short summary of another article", weight=-3),
    "another article": Reason("it is a text of its own beside this story"),
    "short line": Reason("it is no full sentence"),
}  # fmt: skip
"""Every reason for which a block is dropped, in the order in which they are tried."""

ASKING = {"appeal", "cookie notice", "newsletter", "paywall"}
LABELS = {"advertisement", "comment", "fact box", "live entry", "pull quote", "read also", "tags", "teaser"}
LABELS |= {"about the author"}
ASKS = re.compile(
    r"\b(contribut|costs?\b|donat|favou?r\b|fund|gifts?\b|gives?\b|help|join|member|pa(?:ys?|id)\b|readers?\b|subscri|support)",
    re.IGNORECASE,
)
PAYING = re.compile(r"(\W|\b(once|give|monthly|annual(ly)?|other|amount|card|transfer|sum|pay by \w+|\d+)\b)+", re.I)
MONTHS = [set(names.split()) for names in (
        "jan january januar januari janvier janv enero ene gennaio gen janeiro января январь янв stycznia",
        "feb february februar februari février févr fév febrero febbraio fevereiro fev февраля февраль фев lutego",
        "mar march märz mär mars marzo março marca марта март мар",
        "apr april avril avr abril abr aprile kwietnia апреля апрель апр",
        "may mai mayo maggio mag maio maja мая май",
        "jun june juni juin junio giugno giu junho czerwca июня июнь июн",
        "jul july juli juillet juil julio luglio lug julho lipca июля июль июл",
        "aug august août aout agosto ago sierpnia августа август авг",
        "sep sept september septembre septiembre settembre set setembro września сентября сентябрь сен сент",
        "oct october oktober okt octobre octubre ottobre ott outubro out października октября октябрь окт",
        "nov november novembre noviembre novembro listopada ноября ноябрь ноя",
        "dec december dezember dez décembre déc diciembre dic dicembre dezembro grudnia декабря декабрь дек",
)]  # fmt: skip
DATES = (
    r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
    r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})\b",
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)? (?:de )?(?P<m>[^\W\d_]{3,12})\.?,? (?:de )?(?P<y>\d{4})\b",
    r"\b(?P<m>[^\W\d_]{3,12})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b",
)
CHANGED = re.compile(
    r"(?i)\b(?:updated?|printed|downloaded|modified|amended|corrected|aktualisiert|modifié|mis à jour|actualizad[oa]"
    r"|aggiornato|atualizad[oa]|обновлено|zaktualizowano)\b"
)


def find_date(text: str) -> date | None:
    """Return the date in a line, day before month where both are numbers; dates of later changes do not count.

    >>> find_date("12 июля 2022 | Updated 2022-07-14"), find_date("Marketing 12, 2022")
    (datetime.date(2022, 7, 12), None)
    """
    first = CHANGED.split(text[:300])[0]
    for match in filter(None, (re.search(pattern, first) for pattern in DATES)):
        name = match["m"].lower()
        month = int(name) if name.isdigit() else next((i for i, names in enumerate(MONTHS, 1) if name in names), 0)
        with suppress(ValueError):
            return date(int(match["y"]), month, int(match["d"]))
    return None


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
    ours = all(re.search(rf"(?i)\b({words}|please)\b", own) for words in ("you|your|yours", "we|us|our"))
    return lists or (ours and len(set(map(str.lower, ASKS.findall(own)))) > 1)


def reason_for(block: Block) -> str:
    """Return the reason that a block gives by its own words, else by its markup; an empty string if there is none.

    >>> reason_for(Block("Read also: A drill that fits in a suitcase"))
    'read also'
    """
    start, own = block.text[:3000], _unquoted(block.text)
    addressed = re.search(r"(?i)\b(you|your|please|we|us|our)\b", own) is not None
    line = not is_prose(block.text.rstrip(":"))
    for reason, rule in REASONS.items() if block.mark != "hidden" else ():
        patterns = (rule.line if line else "", rule.text, rule.addressed if addressed else "")
        if any(pattern and re.search(pattern, start, re.IGNORECASE) for pattern in patterns):
            return reason
    dated = len(block.text) < 150 and (line or block.text.endswith(".m.")) and find_date(block.text) is not None
    tests = {"caption": is_caption(block.text), "byline or date": dated, "appeal": is_appeal(block.text)}
    seen = [reason for reason, holds in tests.items() if holds and block.mark not in ("hidden", "quote")]
    linked = "teaser" if len(block.text.split(maxsplit=2)) > 2 else "menu"
    said = {"linked": linked, "h1": "headline", "h2": "headline", "li": "", "quote": ""}.get(block.mark, block.mark)
    return [*seen, said][0]


def _unquoted(text: str) -> str:
    return re.sub(r'“[^“”]{0,500}”|"[^"]{0,500}"|„[^„“”]{0,500}[“”]|[«»][^«»]{0,500}[«»]', "", text[:3000])


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
        if not reason and asked and len(asked) * 2 >= len(open_[block.box]):
            reason = asked[0]
        elif not reason and (below or timed or (label.reason != "teaser" and not is_prose(block.text))):
            reason = label.reason
        if block.reason or timed or not reason:
            label = block if block.reason in LABELS and len(block.text) < 100 else Block("")
        result.append(replace(block, reason=reason))
    return result


def _told(block: Block) -> bool:
    return is_prose(block.text) or block.mark == "told"


def _weight(block: Block) -> int:
    """Return what a block adds to a stretch of story: a sentence its words; a loose or a dropped line takes away."""
    words = max(len(block.text.split()), len(block.text) // 15)
    if block.reason:
        return -1000 if block.mark == "h1" else REASONS[block.reason].weight
    return words if _told(block) else -8 if words > 3 and block.mark != "li" else -3


def stretch(blocks: Sequence[Block], titles: Collection[str]) -> tuple[int, int]:
    """Return the numbers of the first and last block of the story: the stretch with the largest sum of weights.

    A headline that the page declares counts 300. A summary between headline and byline is left out.
    """
    best, total, start, first, last = 0, 0, 0, 0, -1
    for i, block in enumerate(blocks):
        if total <= 0 or block.text in titles:
            total, start = 0, i
        total += 300 if block.text in titles else _weight(block)
        if total > best and not block.reason and _told(block):
            best, first, last = total, start, i
    told, begin = 0, first
    for i in range(first, last):
        told += _weight(blocks[i]) if not blocks[i].reason and _told(blocks[i]) else 0
        if told < 70 and (blocks[i].reason == "byline or date" or blocks[i].text in titles):
            begin = i + 1
    return begin, last


def sort_out(blocks: Sequence[Block], titles: Collection[str], extracted: str) -> tuple[list[Block], int]:
    """Return the blocks, each that is not the story with its reason, and the number of the block that opens the story.

    `titles` are the headlines that the page declares; `extracted` is what an extractor kept of it, if one was asked.
    """
    sorted_ = mended([replace(block, reason=reason_for(block)) for block in blocks])
    again = repeated(sorted_)
    sorted_ = [replace(b, reason=b.reason or ("pull quote" if i in again else "")) for i, b in enumerate(sorted_)]
    sorted_ = compared(spread(sorted_), " ".join(extracted.split()) if len(extracted) < 300_000 else "")
    for i, (above, block) in enumerate(pairwise(sorted_), 1):
        listed = above.mark == "li" and sorted_[i - 1].mark == "told"
        if block.mark == "li" and not block.reason and not above.reason and (listed or above.text.endswith(":")):
            sorted_[i] = replace(block, mark="told")
    (first, last), label = stretch(sorted_, titles), ""
    for i, block in enumerate(sorted_):
        reason = "another article"
        label = block.reason if block.reason in LABELS else label
        if not _told(block):
            reason = "headline" if block.text in titles else "short line"
        elif i > last:
            reason = "comment" if label == "comment" else "teaser" if len(block.text) < 300 else reason
        if not block.reason and not (_told(block) and first <= i <= last):
            sorted_[i] = replace(block, reason=reason)
    return sorted_, first


def compared(blocks: list[Block], extracted: str) -> list[Block]:
    """Return the blocks with what an extractor says of them, if it kept half of what reads like a story here.

    A sentence that it left out is no part of the story; an item or a long line that it kept tells, full stop or not.

    >>> compared([Block("It flew today."), Block("a lander", mark="li")], "It flew today. a lander")[1].mark
    'told'
    """
    open_ = {i: max(re.split(r"(?<=[.!?]) ", b.text), key=len) for i, b in enumerate(blocks) if not b.reason}
    kept = {i for i, sentence in open_.items() if sentence in extracted}
    prose = {i: len(sentence) for i, sentence in open_.items() if is_prose(blocks[i].text)}
    if not prose or 2 * sum(prose[i] for i in kept & prose.keys()) < sum(prose.values()):
        return blocks
    result = list(blocks)
    for i, sentence in open_.items():
        tells = i in prose or blocks[i].mark == "li" or len(sentence) > 99
        if i in prose and i not in kept:
            result[i] = replace(blocks[i], reason="another article")
        elif i in kept and tells and blocks[i].mark in ("", "li", "quote"):
            result[i] = replace(blocks[i], mark="told")
    return result
