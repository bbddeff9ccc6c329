"""Why a block of a page is not the story: rules that a reader could follow, then the stretch that is left."""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from toolkit.blocks import Block, boxes, is_prose, mended, open_length, repeated, story_box

REASONS = {
    "hidden": "", "byline or date": r"^(([^\W\d_]+ ){0,2}by|words:|text:) (?-i:[^\W\d_a-z])"
        r"|^(von|par|por|di)( [^\W\d_][\w.’'-]*){2,4}$"
        r"|^(published|updated|posted|last modified)\b.*\d|^\d{1,3} (min\w*|hours?|days?) ago$",
    "footer": r"^back to top|^(printed|downloaded) |\bpage \d+ of \d+$|^imp(rint|ressum)\b|\ball rights reserved",
    "footnote": "", "advertisement": r"^\W*(advertis|sponsored|anzeige|реклама)",
    "tags": r"^\W*(tags|topics|keywords|filed under|more about)\b",
    "read also": r"^\W*(related|recommended|don.t miss|(you )?(might|may) also like|latest|more (from|in|on|like)"
        r"|most (read|viewed|popular)|(read|see) (also|more|next)|top stories|next in|further \w+$)\b",
    "comment": r"^(comments|\d+ comments?)( \(\d+\)|: \d+)?$|^conversation$|\b\d{1,3} (min\w*|hours?|days?) ago$",
    "fact box": r"^(in numbers|at a glance|fact ?box|timeline|key (facts|moments|points|dates)|.{0,60}\bin short)$",
    "about the author": r"^about the author", "pull quote": "",
    "share bar": r"^(share|print|save|listen|copy link|reply|gift|follow)\b",
    "newsletter": r"newsletter|\bsign(ing)? (me )?up\b|e-?mail( address|:)|your inbox",
    "cookie notice": r"\bcookies?\b|\blegitimate interest",
    "paywall": r"\bfree articles?$|\bsubscribers can\b|\b(keep|continue|go on) reading\b|\bthis (article|post)\b",
    "live entry": r"^\d{1,2}[:.]\d\d(?![\w.]|,? ?[/|\d])", "correction": "",
    "appeal": r"^(become a member|donate|contribute|subscribe|support (us|our))\b|\b(send|tell|e-?mail) us\b",
    "menu": r"^skip to\b|^.{0,60}( ?[|·•›☰×] ?| [>/] ).{0,60}( ?[|·•›☰×] ?| [>/] )",
    "caption": r"^(fig\. ?\d|image\b|copyright )|\b(photo(graph)?|foto|фото|picture): |^\W*\w+\W+\w+\W.{1,300}[.!?”]\s*"
        r"(?-i:([^\W\d_a-z][\w’'-]*\.?[ /,|]+|(of|de|van|the|and) ){1,8}[^\W\d_a-z][\w’'-]*$)",
    "headline": "", "teaser": "", "another article": "", "short line": "",
}  # fmt: skip
"""Every reason for which a block is dropped, in the order in which they are tried, and what a line must have that is
no sentence. Without a pattern it is told from the text by `IN_ANY_TEXT`, or from the markup, or by its place."""

IN_ANY_TEXT = {
    "footnote": r"^(\[?\d{1,2}\]?\.? |see\b)(?-i:([^\W\d_a-z]\. ){1,3}[^\W\d_a-z]|.*\b(pp?\. ?\d|[Ii]bid))",
    "comment": r"^comments are (now )?(closed|open|off)\b|^letters .{0,60}may be sent",
    "correction": r"^\W*(correction|erratum|clarification|editor.s note)\b[^:]{0,40}:"
    r"|^\W*(a version of )?th(is|e) (article|column|story|post|interview) (was|has been|appears)\b",
    "caption": r"©|\(c\) ?\d{4}",
}
WEIGHTS = {"byline or date": -30, "comment": -100, "read also": -3, "tags": -30, "teaser": -3}
"""What a dropped block with this reason adds to a stretch of story; any other adds -1."""

ASKING = {"appeal", "cookie notice", "newsletter", "paywall"}
LABELS = {"about the author", "advertisement", "comment", "fact box", "live entry", "read also", "tags", "teaser"}
YOU = r"(?i)\b(you|yours?|please)\b"
ASKS = r"(?i)\b(contribut|costs?\b|donat|fund|gifts?\b|gives?\b|help|join|member|pa(?:ys?|id)\b|reader|subscri|support)"
MONTHS = [names.split() for names in (
    "january february march april may june july august september october november december",
    "januar februar märz april mai juni juli august september oktober november dezember",
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
)]  # fmt: skip
DATES = (
    r"\b(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)",
    r"\b(?P<d>\d{1,2})[./](?P<m>\d{1,2})[./](?P<y>\d{4})\b",
    r"\b(?P<d>\d{1,2})(?:st|nd|rd|th|er|\.)? (?:de )?(?P<m>[^\W\d_]{3,12})\.?,? (?:de )?(?P<y>\d{4})\b",
    r"\b(?P<m>[^\W\d_]{3,12})\.? (?P<d>\d{1,2})(?:st|nd|rd|th)?,? (?P<y>\d{4})\b",
)
CHANGED = r"(?i)\b(?:updat|print|download|modifi|amend|correct|z?a[kc]?tuali|mis à jour|aggiorn|обновл)"


def find_date(text: str) -> date | None:
    """Return the date in a line, day before month where both are numbers; dates of later changes do not count.

    >>> find_date("12 июля 2022 | Updated 2022-07-14"), find_date("Marketing 12, 2022")
    (datetime.date(2022, 7, 12), None)
    """
    first = re.split(CHANGED, text[:300], maxsplit=1)[0]
    for match in filter(None, (re.search(pattern, first) for pattern in DATES)):
        name = match["m"].lower()
        months = (i for names in MONTHS for i, month in enumerate(names, 1) if month.startswith(name))
        month = int(name) if name.isdigit() else next(months, 0)
        with suppress(ValueError):
            return date(int(match["y"]), month, int(match["d"]))
    return None


def is_appeal(text: str) -> bool:
    """Return whether text speaks, outside quotation marks, to the reader, and of support in two words.

    >>> is_appeal("If you value our work, join us: a membership costs little."), is_appeal("“Please help,” he said.")
    (True, False)
    """
    own = re.sub(r'“[^“”]{0,500}”|"[^"]{0,500}"|„[^„“”]{0,500}[“”]|[«»][^«»]{0,500}[«»]', "", text[:3000])
    return re.search(YOU, own) is not None and len(set(map(str.lower, re.findall(ASKS, own)))) > 1


def reason_for(block: Block, *, hints: bool = False) -> str:
    """Return the reason that a block gives by its own words, else by its markup; an empty string if there is none.

    One word proves nothing in a sentence, unless `hints` are asked for.

    >>> reason_for(Block("Read also: A drill that fits in a suitcase")), reason_for(Block("They asked us for cookies."))
    ('read also', '')
    """
    start, line = block.text[:3000], not is_prose(block.text.rstrip(":"))
    if block.mark == "hidden":
        return "hidden"
    for reason, of_line in REASONS.items():
        patterns = (of_line if line or hints else "", IN_ANY_TEXT.get(reason))
        if any(pattern and re.search(pattern, start, re.IGNORECASE) for pattern in patterns):
            return reason
    if len(block.text) < 150 and (line or block.text.endswith(".m.")) and find_date(block.text):
        return "byline or date"
    if (line or hints) and is_appeal(block.text):
        return "appeal"
    linked = "teaser" if len(block.text.split(maxsplit=2)) > 2 else "menu"
    said = {"linked": linked, "h1": "headline", "h2": "headline"}.get(block.mark, block.mark)
    return "" if said in ("li", "quote", "told", "doubt") else said


def weighed(blocks: Sequence[Block]) -> list[Block]:
    """Return blocks with lists told that stand in the story, and with hints taken outside of its box.

    Where the story has no box of its own, as on most pasted pages, a hint is only a doubt.
    """
    own, result, label = story_box(blocks), list(blocks), ""
    open_ = [i for i, block in enumerate(blocks) if block.box == own and block.open]
    for i, block in enumerate(blocks):
        above = result[max(i - 1, 0)]
        label = block.reason if block.reason in LABELS else "" if block.open else label
        amid = open_ and open_[0] < i < open_[-1] and block.box == own
        if block.mark == "li" and not block.reason + label and (amid or above.mark == "told" or above.text[-1] == ":"):
            result[i] = replace(block, mark="told")
        elif block.box != own and block.open and (hint := reason_for(block, hints=True)):
            result[i] = replace(block, reason=hint) if own >= 0 else replace(block, mark="doubt")
    return result


def spread(blocks: Sequence[Block]) -> list[Block]:
    """Let a box of notes and loose lines take its sentences along, and a label the lines and short paragraphs below it.

    >>> [b.reason for b in spread([Block("Most read", "read also"), Block("The cat that flew"), Block("It was lost.")])]
    ['read also', 'read also', '']
    """
    members, half, live = boxes(blocks), open_length(blocks) / 2, is_live(blocks)
    beside = {box for box, inside in members.items() if open_length(inside) < half}
    heads = {b.box for b in blocks if b.reason in ("byline or date", "live entry") or b.mark == "h1"}
    condemned = {box: _verdict(members[box]) for box in beside - heads}
    result, label = list[Block](), Block("")
    for block in blocks:
        timed = label.reason == "live entry" and len(label.text) < 6
        below = block.box == label.box and block.box in beside
        reason = block.reason or condemned.get(block.box, "")
        if not reason and (below or timed or not block.told) and not (live and label.reason == "live entry"):
            reason = label.reason
        if block.reason or timed or not reason:
            label = block if block.reason in LABELS else Block("")
        result.append(replace(block, reason=reason))
    return result


def _verdict(inside: Sequence[Block]) -> str:
    """Return the reason for a whole box if more of it is notes and loose lines than sentences. A doubt counts twice."""
    doubts = [block for block in inside if block.mark == "doubt"]
    told, open_ = sum(block.told for block in inside), sum(block.open for block in inside)
    count = len(inside) + len(doubts)
    if len(inside) > 1 and 0 < told < count and count > 2 * (open_ - len(doubts)):
        asked = [reason_for(block, hints=True) for block in inside if block.reason in ASKING or block.mark == "doubt"]
        return [*asked, "another article"][0]
    return ""


def is_live(blocks: Sequence[Block]) -> bool:
    """Return whether more than two thirds of what a page tells stands under times of day."""
    timed, under = 0, False
    for block in blocks:
        under = block.reason == "live entry" or (under and not block.reason)
        timed += len(block.text) * (under and block.open)
    return 3 * timed > 2 * open_length(blocks)


def _weight(block: Block) -> int:
    """Return what a block adds to a stretch of story: a sentence its words; a loose or a dropped line takes away."""
    if block.reason:
        return WEIGHTS.get(block.reason, -1)
    return 0 if block.mark == "doubt" else max(len(block.text.split()), len(block.text) // 15) if block.told else -8


def stretch(blocks: Sequence[Block], titles: Collection[str]) -> tuple[int, int]:
    """Return the numbers of the first and last block of the story: the stretch with the largest sum of weights.

    A headline that the page declares counts 300. A summary between headline and byline is left out.
    """
    best, total, start, first, last = 0, 0, 0, 0, -1
    for i, block in enumerate(blocks):
        if total <= 0 or block.text in titles:
            total, start = 0, i
        total += 300 if block.text in titles else _weight(block)
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
    found = spread(weighed([replace(b, reason=b.reason or "pull quote" * (i in again)) for i, b in enumerate(found)]))
    (first, last), own, label = stretch(found, titles), story_box(found), ""
    inside = [i for i, block in enumerate(found) if block.box == own and block.open]
    if inside and open_length([found[i] for i in inside]) > 4 * open_length(found[inside[-1] + 1 : last + 1]):
        ends = (i for i, b in enumerate(found) if i > last and b.box == own and b.reason in {*LABELS, "footer"})
        end = next(ends, len(found))
        last = max(i for i in inside if i < end)
    for i, block in enumerate(found):
        label = block.reason if block.reason in LABELS else label
        if block.reason not in ("", "another article") or (block.open and first <= i <= last):
            continue
        reason = "teaser" if i > last and len(block.text) < 300 else "another article"
        if not block.told:
            reason = "headline" if block.text in titles else "short line"
        elif block.mark == "doubt":
            reason = reason_for(block, hints=True)
        elif i > last and label == "comment":
            reason = "comment"
        found[i] = replace(block, reason=reason)
    return found, first
