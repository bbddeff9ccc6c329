"""Words by which a summary says more than its source: a *not* too many, a *may* too few, an addition. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from toolkit.claims.alignment import Source, best, content, pairs, stems
from toolkit.claims.items import Problem
from toolkit.wordlists import wordlist

LITTLE = 0.95
"""From which share of its words, weighed by rarity, on a sentence that the source has not is called to attention."""

CARRIED = 0.4
"""Which share of a sentence a source sentence must carry before a *not* or *may* of one is missed in the other."""

TOLD = {"negation": "the source denies this: “{}” is left out", "hedge": "the source is less sure: it has “{}”"}


@cache
def phrases(*names: str) -> re.Pattern[str]:
    """Return one expression for the words and phrases of some lists; *n’t* also at the end of a word."""
    words = sorted({word.replace("_", r"\s") for name in names for word in wordlist(name)}, key=len, reverse=True)
    whole = "|".join(word for word in words if "'" not in word)
    return re.compile(rf"\b(?:{whole})\b(?!\s(?:quite|only|just|merely|least)\b)|n['’]t\b", re.IGNORECASE)


def scope(text: str, at: int, most: int = 4) -> list[str]:
    """Return the stems of the content words behind a *not* or *may*, up to the next mark.

    >>> scope("It may not land on rocks, they said.", 6)
    ['land', 'rock']
    """
    return stems(re.split(r"[,;:.!?()“”—]\s", text[at:] + " ")[0])[:most]


def clause(text: str, at: int) -> str:
    """Return the words between the marks or *but*, *which*, *while* on either side of a place.

    >>> clause("It left, but it may land, they said.", 16)
    'but it may land'
    """
    ends = [m.span() for m in re.finditer(r"[,;:.—–()]\s|\s(?:but|which|who|although|though|while|whereas|so)\b", text)]
    start = max((end for _, end in ends if end <= at), default=0)
    return text[start : min((begin for begin, _ in ends if begin > at), default=len(text))]


def cues(text: str, kind: str) -> list[re.Match[str]]:
    """Return the words of a text that deny or hedge, without the month of May."""
    found = phrases("english-negations" if kind == "negation" else "english-hedges").finditer(text)
    may = [match for match in found if not (match[0] == "May" and match.start())][:10]
    return may if kind == "negation" else [m for m in may if not cues(clause(text, m.start()), "negation")]


def denies(text: str) -> bool:
    """Return whether a sentence denies, asks or compares anything: then nothing is said of a *not* in a summary."""
    within = phrases("english-negations", "english-negations-within").search(text)
    return bool(within or re.search(r"\bthan\b|\?", text))


def check_wording(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem for a *not* added or dropped, for an opposite, for a hedge dropped: the first of them."""
    shares = source.shares(dict.fromkeys(stems(blank), 1.0))
    rows = best(shares, CARRIED, 0.75)[:2]
    found = [*_opposites(blank, rows, source), *_added(blank, rows, source)]
    for kind in ("negation", "hedge"):
        found += _dropped(blank, kind, rows, source)
    yield from found[:1]


def _opposites(blank: str, rows: list[int], source: Source) -> Iterator[Problem]:
    """Yield a problem for a word whose opposite the source has; neither sentence has both, or denies."""
    for row in rows:
        had = source.sentences[row]
        for pair in pairs("english-opposites"):
            one, two = (re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in pair)
            for here, there in ((one, two), (two, one)):
                found, other = here.search(blank), there.search(had.text)
                if found and other and not there.search(blank) and not here.search(had.text):
                    if bool(cues(blank, "negation")) == bool(cues(had.text, "negation")):
                        said = f"the source has “{other[0]}”, which is the opposite (sentence {had.number})"
                        yield Problem("negation", found[0], said, *found.span())
                    return


def _added(blank: str, rows: list[int], source: Source) -> Iterator[Problem]:
    """Yield a problem for a *not* before words that the source says without one."""
    for match in cues(blank, "negation"):
        behind = scope(blank, match.end())
        carried = [row for row in rows if any(row in source.rows.get(word, ()) for word in behind)]
        near = {*rows, *source.carriers(stems(blank))}
        if carried and not any(denies(source.sentences[row].text) for row in near):
            number = source.sentences[carried[0]].number
            said = f"the source does not say “{match[0]}” here (sentence {number})"
            yield Problem("negation", match[0], said, *match.span())


def _dropped(blank: str, kind: str, rows: list[int], source: Source) -> Iterator[Problem]:
    """Yield a problem for the *not* or *may* of the source whose words stand in the summary without it."""
    words = {word.stem: word for word in reversed(content(blank))}
    certain = phrases("english-certain").search(blank)
    for row in rows if not cues(blank, kind) and not (kind == "negation" and denies(blank)) else ():
        sentence = source.sentences[row]
        for match in cues(sentence.text, kind):
            behind = scope(sentence.text, match.end(), 3 if kind == "negation" else 5)
            both = [word for word in behind if word in words]
            same = both[:1] == behind[:1] != [] and len(both) >= len(behind) / (1.5 if kind == "negation" else 2)
            unsure = kind == "hedge" and match[0].lower() not in {"can", "should"}
            settled = certain if unsure and certain and certain[0].lower() not in sentence.text.lower() else None
            if same or (settled and len(set(stems(clause(sentence.text, match.start()))) & words.keys()) > 1):
                start, end = settled.span() if settled else words[both[0]][1:3]
                said = f"{TOLD[kind].format(match[0])} (sentence {sentence.number})"
                yield Problem(kind, blank[start:end], said, start, end)
                return


def check_additions(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem for a sentence of which the source carries next to nothing: a look, no more."""
    words = dict.fromkeys(stems(blank), 1.0)
    rows = source.carriers(words)
    missing = [word for word in words if not any(row in source.rows.get(word, ()) for row in rows)]
    if words and sum(map(source.rarity, missing)) > LITTLE * sum(map(source.rarity, words)):
        yield Problem("invented", blank, "look here: hardly a word of this stands in the source", 0, len(blank))
