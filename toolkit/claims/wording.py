"""Words by which a summary says more than its source: a *not* too many, a *may* too few. English only."""

import re
from collections.abc import Container, Iterator
from functools import cache
from itertools import permutations

from toolkit.claims.alignment import Evidence, Source, content, groups, stems
from toolkit.claims.items import Problem
from toolkit.wordlists import wordlist

CARRIED = 0.4  # of a sentence a source sentence must carry before a *not* or *may* of one is missed in the other

TOLD = {"negation": "the source denies this: “{}” is left out", "hedge": "the source is less sure: it has “{}”"}


@cache
def phrases(*names: str) -> re.Pattern[str]:
    """Return one expression for the words and phrases of some lists; *n’t* also at the end of a word."""
    words = sorted({word.replace("_", r"\s") for name in names for word in wordlist(name)}, key=len, reverse=True)
    whole = "|".join(word for word in words if "'" not in word)
    return re.compile(rf"\b(?:{whole})\b(?!\s(?:quite|only|just|merely|least)\b)|n['’]t\b", re.IGNORECASE)


def clause(text: str, at: int) -> str:
    """Return the words between the marks or *but*, *which*, *while* on either side of a place.

    >>> clause("It left, but it may land, they said.", 16)
    'but it may land'
    """
    ends = [m.span() for m in re.finditer(r"[,;:.—–()]\s|\s(?:but|which|who|although|though|while|whereas|so)\b", text)]
    start = max((end for _, end in ends if end <= at), default=0)
    return text[start : min((begin for begin, _ in ends if begin > at), default=len(text))]


def cues(text: str, kind: str) -> list[re.Match[str]]:
    """Return the words of a text that deny, or that hedge in a clause that does not deny; not the month of May."""
    found = phrases("english-negations" if kind == "negation" else "english-hedges").finditer(text)
    may = [match for match in found if not (match[0] == "May" and match.start())][:10]
    return may if kind == "negation" else [m for m in may if not cues(clause(text, m.start()), "negation")]


def denies(text: str) -> bool:
    """Return whether a sentence denies, asks or compares anything: then nothing is said of a *not* in a summary."""
    within = phrases("english-negations", "english-negations-within").search(text)
    return bool(within or re.search(r"\bthan\b|\?", text))


def carried(text: str, at: int, words: Container[str]) -> list[str]:
    """Return those of up to four content words behind a *not* or *may* that are among others, if two thirds are.

    >>> carried("It may not land on rocks, they said.", 6, {"land", "rock"})
    ['land', 'rock']
    """
    behind = stems(re.split(r"[,;:.!?()“”—]\s", text[at:] + " ")[0])[:4]
    both = [word for word in behind if word in words]
    return both if 3 * len(both) >= 2 * len(behind) else []


def check_wording(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem for an opposite, for a *not* added or dropped, for a *may* dropped: the first of them."""
    for row in source.nearest(blank, 2, CARRIED, 0.75):
        had = source.sentences[row]
        yield from [*_opposites(blank, had), *_unmatched(blank, had, "negation"), *_unmatched(blank, had, "hedge")][:1]


def _opposites(blank: str, had: Evidence) -> Iterator[Problem]:
    """Yield a problem for a word whose opposite the source has; neither sentence has both."""
    for pair in groups("english-opposites"):
        for here, there in permutations(re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in pair):
            found, other = here.search(blank), there.search(had.text)
            if found and other and not there.search(blank) and not here.search(had.text):
                told = f"the source has “{other[0]}”, which is the opposite (sentence {had.number})"
                yield Problem("negation", found[0], told, *found.span())


def _unmatched(blank: str, had: Evidence, kind: str) -> Iterator[Problem]:
    """Yield a problem for a *not* or *may* of the source that the summary leaves out, or for a *not* that it adds.

    Left out is one with two thirds of the words behind it, or a *may* that the summary makes *will* or *certainly*.
    """
    words = {word.stem: word for word in reversed(content(blank))}
    certain = phrases("english-certain").search(blank) if kind == "hedge" else None
    mine, denied = cues(blank, kind), kind == "negation" and denies(blank)
    for match in cues(had.text, kind) if not denied and not mine else ():
        both = carried(had.text, match.end(), words)
        settled = certain and len(words.keys() & stems(clause(had.text, match.start()))) > 1
        if settled or both:
            start, end = certain.span() if certain and settled else words[both[0]][1:3]
            yield Problem(kind, blank[start:end], f"{TOLD[kind].format(match[0])} (sentence {had.number})", start, end)
    for match in mine if kind == "negation" and not denies(had.text) else ():
        if carried(blank, match.end(), stems(had.text)):
            told = f"the source does not say “{match[0]}” here (sentence {had.number})"
            yield Problem(kind, match[0], told, *match.span())
