"""Why a block of a page is not the story: rules that a reader could follow, then the stretch that is left."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from toolkit.blocks import Block, boxes, is_caption, is_prose, mended, open_length, repeated, story_box


class Reason(NamedTuple):
    """Why a block is dropped, and how to tell: patterns for a line that is no sentence, for any text, and for words
    that are a sign in a line but in a sentence no more than a hint. `weight` is what it adds to a stretch."""

    meaning: str
    line: str = ""
    text: str = ""
    hint: str = ""
    weight: int = -1


REASONS = {
    "hidden": Reason("a browser does not show it"),
    "byline or date": Reason("it says who wrote the story, or when", weight=-30,
        line=r"^(([^\W\d_]+ ){0,2}by|words:|text:) (?-i:[^\W\d_a-z])|^(von|par|por|di)( [^\W\d_][\w.’'-]*){2,4}$"
             r"|^(published|updated|posted|last modified)\b.*\d|^\d{1,3} (min\w*|hours?|days?) ago$"),
    "footer": Reason("it belongs to the foot of the page, or to the printer", weight=-40,
        line=r"^back to top|^(printed|downloaded) (from|on|by) |\bpage \d+ of \d+$|^(imprint|impressum)\b",
        hint=r"\ball rights reserved|\bresponsible for (the|all) content|\bcopyright (\(c\) )?\d{4}"),
    "footnote": Reason("it is a note, or names a source", weight=0,
        text=r"^(\[?\d{1,2}\]?\.? (?-i:[^\W\d_a-z])|see\b).*\b(pp?\. ?\d|ibid)"),
    "advertisement": Reason("it sells something, or asks to be allowed to",
        line=r"^\W*(advertis|sponsored|anzeige|реклама)"),
    "tags": Reason("it lists keywords", weight=-30,
        line=r"^\W*(tags|topics|keywords|filed under|more about|schlagwörter|теги)\b"),
    "read also": Reason("it points to other articles", weight=-3,
        line=r"^\W*(related|recommended|don.t miss|(you )?(might|may) also like|latest|more (from|in|on|like)"
             r"|most (read|viewed|popular)|(read|see) (also|more|next)|top stories|next in|further \w+$)\b"),
    "comment": Reason("a reader wrote it, or it invites readers to write", weight=-100,
        line=r"^(comments|\d+ comments?)( \(\d+\)|: \d+)?$|^conversation$|\b\d{1,3} (min\w*|hours?|days?) ago$",
        text=r"^comments are (now )?(closed|open|off)\b|^letters .{0,60}may be sent"),
    "fact box": Reason("it lists facts beside the story",
        line=r"^(in numbers|at a glance|fact ?box|timeline|key (facts|moments|points|dates)|.{0,60}\bin short)$"),
    "about the author": Reason("it introduces the writer", line=r"^about the author"),
    "pull quote": Reason("it repeats words of the story"),
    "share bar": Reason("it is a button", line=r"^(share|print|save|listen|copy link|e-?mail|reply|gift|follow)\b"),
    "newsletter": Reason("it wants an e-mail address",
        line=r"^sign (me )?up|^e-?mail: ", hint=r"newsletter|\bsign(ing)? up\b|e-?mail address|your inbox"),
    "cookie notice": Reason("it asks to store files on the reader's device",
        hint=r"\bcookies?\b|\blegitimate interest"),
    "paywall": Reason("it says what paying readers get",
        line=r"\bfree articles?$|^already a (subscriber|member)|^start (my|your) \w+",
        hint=r"\bsubscribers can\b|\b(keep|continue|go on) reading\b|\bthis (article|post)\b"),
    "live entry": Reason("it opens with a time of day, as the entries of a live page do",
        line=r"^\d{1,2}[:.]\d\d(?![\w.]|,? ?[/|\d])"),
    "correction": Reason("it says what was changed after publication", weight=-30,
        text=r"^\W*(correction|erratum|clarification|editor.s note)\b[^:]{0,40}:"
             r"|^\W*(a version of )?th(is|e) (article|column|story|report|post|interview) ((was|has been) (\w+ )?"
             r"(corrected|amended|updated|edited|published)|appear(s|ed) in)\b"),
    "appeal": Reason("it asks the reader for money, membership or help",
        line=r"^(become a member|donate|contribute|subscribe|support (us|our))\b"),
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
LABELS = {"about the author", "advertisement", "comment", "fact box", "live entry", "read also", "tags", "teaser"}
ASKS = r"(?i)\b(contribut|costs?\b|donat|fund|gifts?\b|gives?\b|help|join|member|pa(?:ys?|id)\b|reader|subscri|support)"
OPENING = re.compile(r"(?i)\W*(please|if you|do you|before you|to (read|keep|continue|receive)|thanks? (you )?for|your|"
    r"sign up|join|become|subscribe|support|get|send|give|donate|contribute|we (care|use|value)) ")  # fmt: skip
PAYING = re.compile(r"(\W|\b(once|give|monthly|annual(ly)?|other|amount|card|transfer|sum|pay by \w+|\d+)\b)+", re.I)
YOU = r"(?i)\b(you|yours?|please)\b"
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
CHANGED = (
    r"(?i)\b(?:updat|print|download|modifi|amend|correct|aktuali|mis à jour|actualiz|aggiorn|atuali|обновл|zaktual)"
)


def find_date(text: str) -> date | None:
    """Return the date in a line, day before month where both are numbers; dates of later changes do not count.

    >>> find_date("12 июля 2022 | Updated 2022-07-14"), find_date("Marketing 12, 2022")
    (datetime.date(2022, 7, 12), None)
    """
    first = re.split(CHANGED, text[:300], maxsplit=1)[0]
    for match in filter(None, (re.search(pattern, first) for pattern in DATES)):
        name = match["m"].lower()
        month = int(name) if name.isdigit() else next((i for i, names in enumerate(MONTHS, 1) if name in names), 0)
        with suppress(ValueError):
            return date(int(match["y"]), month, int(match["d"]))
    return None


def is_appeal(text: str) -> bool:
    """Return whether text lists ways to pay, or speaks, outside quotation marks, to the reader of support in two words.

    >>> is_appeal("If you value our work, join us: a membership costs little."), is_appeal("“Please help,” he said.")
    (True, False)
    """
    lists = PAYING.fullmatch(text[:200]) is not None and re.search(r"[^\W\d_]|[€£$]", text) is not None
    return lists or (re.search(YOU, _unquoted(text)) is not None and _asks(_unquoted(text)))


def _asks(own: str, ours: str = "$^") -> bool:
    two = len(set(map(str.lower, re.findall(ASKS, own)))) > 1
    return two or (re.search(YOU, own) is not None and re.search(ours, own) is not None)


def reason_for(block: Block, *, hints: bool = False) -> str:
    """Return the reason that a block gives by its own words, else by its markup; an empty string if there is none.

    One word proves nothing in a sentence: it must also open as such notes do, or `hints` are asked for.

    >>> reason_for(Block("Read also: A drill that fits in a suitcase")), reason_for(Block("They asked us for cookies."))
    ('read also', '')
    """
    start, own = block.text[:3000], _unquoted(block.text)
    line = not is_prose(block.text.rstrip(":"))
    opens = hints or OPENING.match(own) is not None
    said_to_us = hints or (opens and re.search(r"(?i)\b(you|yours?|please|we|us|our)\b", own) is not None)
    for reason, rule in REASONS.items() if block.mark != "hidden" else ():
        hinted = opens and len({m[0].lower() for m in re.finditer(rule.hint or "$^", own, re.IGNORECASE)}) > 1
        patterns = (rule.line if line else "", rule.text, rule.hint if line or said_to_us or hinted else "")
        if any(pattern and re.search(pattern, start, re.IGNORECASE) for pattern in patterns):
            return reason
    dated = len(block.text) < 150 and (line or block.text.endswith(".m.")) and find_date(block.text) is not None
    invites = hints and any(map(OPENING.match, re.split(r"(?<=[.!?]) ", own))) and _asks(own, r"(?i)\b(us|our)\b")
    appeal = ((opens or line) and is_appeal(block.text)) or invites
    tests = {"caption": is_caption(block.text), "byline or date": dated, "appeal": appeal}
    seen = [reason for reason, holds in tests.items() if holds and block.mark not in ("hidden", "quote")]
    linked = "teaser" if len(block.text.split(maxsplit=2)) > 2 else "menu"
    said = {"linked": linked, "h1": "headline", "h2": "headline"}.get(block.mark, block.mark)
    return [*seen, "" if said in ("li", "quote", "told", "doubt") else said][0]


def _unquoted(text: str) -> str:
    return re.sub(r'“[^“”]{0,500}”|"[^"]{0,500}"|„[^„“”]{0,500}[“”]|[«»][^«»]{0,500}[«»]', "", text[:3000])


def weighed(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with lists and long lines told that stand in the story, and with hints taken outside of its box.

    Where the story has no box of its own, as on most pasted pages, a hint is only a doubt.
    """
    own, result, label = story_box(blocks), list(blocks), ""
    open_ = [i for i, block in enumerate(blocks) if block.box == own and block.open]
    marks = set(re.findall(r"[^\W\d_][.!?][\"”’]?\[?(\d{1,2})\b", " ".join(block.text for block in blocks)))
    for i, block in enumerate(blocks):
        number = re.match(r"\[?(\d{1,2})\b\W{1,3}[A-Z]", block.text)
        above = result[i - 1] if i else Block("", "menu")
        label = block.reason if block.reason in LABELS else "" if block.open else label
        amid = bool(open_) and open_[0] < i < open_[-1] and block.box == own and not label
        listed = block.mark == "li" and not label and (amid or above.mark == "told" or above.text.endswith(":"))
        if not block.reason and (listed or (amid and block.mark == "" and len(block.text) > 99)):
            result[i] = replace(block, mark="told")
        elif number and number[1] in marks:
            result[i] = replace(block, reason="footnote")
        elif block.box != own and block.open and (hint := reason_for(block, hints=True)):
            result[i] = replace(block, reason=hint) if own >= 0 else replace(block, mark="doubt")
    return result


def spread(blocks: Sequence[Block]) -> list[Block]:
    """Let a box of notes and loose lines take its sentences along, and a label the lines and short paragraphs below it.

    >>> [b.reason for b in spread([Block("Most read", "read also"), Block("The cat that flew"), Block("It was lost.")])]
    ['read also', 'read also', '']
    """
    members = boxes(blocks)
    sizes = {box: open_length(inside) for box, inside in members.items()}
    beside = {box for box, size in sizes.items() if 2 * size < sum(sizes.values())}
    heads = {b.box for b in blocks if b.reason in ("byline or date", "live entry") or b.mark == "h1"}
    condemned = {box: _verdict(members[box]) for box in beside - heads}
    live, result, label = is_live(blocks), list[Block](), Block("")
    for block in blocks:
        below = block.box == label.box and block.box in beside and len(block.text) < 300
        timed = label.reason == "live entry" and len(label.text) < 6
        reason = block.reason or condemned.get(block.box, "")
        passes = below or timed or (label.reason != "teaser" and not block.told)
        if not reason and passes and not (live and label.reason == "live entry"):
            reason = label.reason
        if block.reason or timed or not reason:
            label = block if block.reason in LABELS and len(block.text) < 100 else Block("")
        result.append(replace(block, reason=reason))
    return result


def _verdict(inside: Sequence[Block]) -> str:
    """Return the reason for a whole box: if more of it is notes and loose lines than sentences, what the notes say.

    A doubt counts twice. A long paragraph at the end of a box may be the story below its picture.
    """
    doubts = [b for b in inside if b.mark == "doubt"]
    asking = [b.reason or reason_for(b, hints=True) for b in inside if b.reason in ASKING or b in doubts]
    open_, count = sum(b.open for b in inside) - len(doubts), len(inside) + len(doubts)
    mixed = len(inside) > 1 and 0 < sum(b.told for b in inside) < count and count > 2 * open_
    if not mixed or (not asking and inside[-1].told and len(inside[-1].text) > 300):
        return ""
    return asking[0] if asking else "another article"


def is_live(blocks: Sequence[Block]) -> bool:
    """Return whether more than two thirds of what a page tells stands under times of day."""
    timed, under = 0, False
    for block in blocks:
        under = block.reason == "live entry" or (under and not block.reason)
        timed += len(block.text) * (under and block.open)
    return 3 * timed > 2 * open_length(blocks)


def _weight(block: Block) -> int:
    """Return what a block adds to a stretch of story: a sentence its words; a loose or a dropped line takes away."""
    words = max(len(block.text.split()), len(block.text) // 15)
    if block.reason:
        return -1000 if block.mark == "h1" else REASONS[block.reason].weight
    return 0 if block.mark == "doubt" else words if block.told else -8 if words > 3 and block.mark != "li" else -3


def stretch(blocks: Sequence[Block], titles: Collection[str]) -> tuple[int, int]:
    """Return the numbers of the first and last block of the story: the stretch with the largest sum of weights.

    A headline that the page declares counts 300, a run of lines in a box that tells nothing as one of them. A summary
    between headline and byline is left out.
    """
    telling = {block.box for block in blocks if block.open}
    best, total, start, first, last, run = 0, 0, 0, 0, -1, 0
    for i, block in enumerate(blocks):
        if total <= 0 or block.text in titles:
            total, start = 0, i
        weight, before = 300 if block.text in titles else _weight(block), run
        run = min(run, weight) if not block.reason and block.box not in telling else 0
        total += run - before if run else weight
        if total > best and block.open:
            best, first, last = total, start, i
    words, begin = 0, first
    for i in range(first, last):
        words += _weight(blocks[i]) if blocks[i].open else 0
        if blocks[i].reason == "live entry" or words >= 70:
            break
        if blocks[i].reason == "byline or date" or blocks[i].text in titles:
            begin = i + 1
    return begin, last


def sort_out(blocks: Sequence[Block], titles: Collection[str]) -> tuple[list[Block], int]:
    """Return the blocks, each that is not the story with its reason, and the number of the block that opens the story.

    `titles` are the headlines that the page declares. Where most of the story stands in one box, it ends with that box.
    """
    found = mended([replace(block, reason=reason_for(block)) for block in blocks])
    again = repeated(found)
    found = [replace(b, reason=b.reason or ("pull quote" if i in again else "")) for i, b in enumerate(found)]
    found = spread(weighed(found))
    (first, last), own, label = stretch(found, titles), story_box(found), ""
    inside = [i for i, block in enumerate(found) if block.box == own and block.open]
    if inside and open_length([found[i] for i in inside]) > 4 * open_length(found[inside[-1] + 1 : last + 1]):
        over = {*LABELS, "footer"}
        end = next((i for i, b in enumerate(found) if i > last and b.box == own and b.reason in over), len(found))
        last = max(i for i in inside if i < end)
    for i, block in enumerate(found):
        label = block.reason if block.reason in LABELS else label
        reason = block.reason or ("" if block.told and first <= i <= last else "another article")
        if reason != block.reason and not block.told:
            reason = "headline" if block.text in titles else "short line"
        elif reason == "another article" and block.mark == "doubt":
            reason = reason_for(block, hints=True)
        elif reason == "another article" and i > last:
            reason = "comment" if label == "comment" else "teaser" if len(block.text) < 300 else reason
        found[i] = replace(block, reason=reason)
    return found, first
