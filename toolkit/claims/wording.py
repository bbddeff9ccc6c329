"""Words by which a summary says more than its source: a *not* too many, a *may* too few, an addition. English only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from toolkit.claims.alignment import Source, around, best, pairs, stem, stems
from toolkit.claims.items import Problem
from toolkit.tokens import tokenize
from toolkit.wordlists import wordlist

LITTLE = 0.95
"""From which share of its words, weighed by rarity, on a sentence that the source has not is called to attention."""

CLEAR = frozenset(
    {"may", "might", "perhaps", "maybe", "possibly", "probably", "tentatively", "provisionally", "likely"}
)
CLEAR |= {"unlikely", "reportedly", "allegedly", "apparently"}
"""Hedges that a plain statement may not drop either; the others may not become *will*."""


@cache
def phrases(name: str) -> re.Pattern[str]:
    """Return one expression for the words and phrases of a list; *n’t* also at the end of a word, and in *cannot*."""
    words = sorted((word.replace("_", r"\s") for word in wordlist(name)), key=len, reverse=True)
    whole = "|".join(word for word in words if "'" not in word)
    return re.compile(rf"\b(?:{whole})\b|n['’]t\b", re.IGNORECASE)


def scope(text: str, at: int, most: int = 4) -> list[str]:
    """Return the stems of the content words behind a *not* or *may*, up to the next mark.

    >>> scope("It may not land on rocks, they said.", 6)
    ['land', 'rock']
    """
    return stems(re.split(r"[,;:.!?()“”—]\s", text[at:] + " ")[0])[:most]


def clauses(text: str) -> list[str]:
    """Return the pieces of a sentence between commas, other marks and words such as *but* and *which*."""
    return re.split(r"[,;:—–()]\s|\s(?:but|and|which|who|although|though|while|whereas|because|so)\s", text)


def _clause(text: str, wanted: Iterable[str]) -> str:
    """Return the clause that has most of some stems."""
    return max(clauses(text), key=lambda clause: len(set(stems(clause)).intersection(wanted)))


def _is_denied(text: str) -> bool:
    return any(phrases(f"english-{name}").search(text) for name in ("negations", "negations-within"))


def check_negation(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem where a sentence denies what the source says, says what it denies, or says the opposite."""
    shares = source.shares(dict.fromkeys(stems(blank), 1.0))
    rows = best(shares, 0.3, 0.75)
    flips = [(found, row) for row in rows[:2] for found in _opposites(blank, source.sentences[row].text)]
    for (word, other, start), row in flips[:1]:
        if _is_denied(blank) == _is_denied(source.sentences[row].text):
            number = source.sentences[row].number
            said = f"the source has “{other}”, which is the opposite (sentence {number})"
            yield Problem("negation", word, said, start, start + len(word))
    if flips:
        return
    if _is_denied(blank):
        yield from _added(blank, source)
    elif rows:
        yield from _dropped(blank, source, rows[0], shares[rows[0]])


def _added(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem for a *not* behind which stand words that the source says without one."""
    for match in list(phrases("english-negations").finditer(blank))[:10]:
        wanted = scope(blank, match.end())
        near = best(source.shares(around(blank, *match.span())), 0.4)
        common = [row for row in near[:1] if 2 * len(source.stems[row].intersection(wanted)) >= max(len(wanted), 1)]
        if common and not any(_carries_denial(source.sentences[row].text, wanted) for row in near):
            number = source.sentences[common[0]].number
            yield Problem(
                "negation", match[0], f"the source does not say “{match[0]}” here (sentence {number})", *match.span()
            )
            return


def _carries_denial(text: str, wanted: list[str]) -> bool:
    """Return whether a sentence denies some words: in their clause, or somewhere before one of them; or compares."""
    behind = {word for match in phrases("english-negations").finditer(text) for word in scope(text, match.end(), 2)}
    clause = _clause(text, wanted)
    return _is_denied(clause) or bool(behind.intersection(wanted)) or re.search(r"\bthan\b|\?", clause) is not None


def _dropped(blank: str, source: Source, row: int, share: float) -> Iterator[Problem]:
    """Yield a problem for the *not* of the source whose words stand in the summary without it."""
    mine, sentence = set(stems(blank)), source.sentences[row]
    for match in phrases("english-negations").finditer(sentence.text):
        wanted = scope(sentence.text, match.end(), 3)
        both = mine.intersection(wanted)
        if wanted and wanted[0] in mine and share >= 0.5 and 3 * len(both) >= 2 * len(wanted):
            start, end = _place(blank, wanted)
            said = f"the source denies this: “{match[0]}” is left out (sentence {sentence.number})"
            yield Problem("negation", blank[start:end], said, start, end)
            return


def _place(text: str, wanted: Iterable[str]) -> tuple[int, int]:
    """Return where the first word of a sentence with one of the stems stands."""
    found = (token for token in tokenize(text) if stem(token.text) in set(wanted))
    return next(((token.start, token.end) for token in found), (0, len(text)))


def _opposites(said: str, had: str) -> Iterator[tuple[str, str, int]]:
    """Yield a word of the summary, its opposite in the source, and where the first stands; neither has both."""
    for pair in pairs("english-opposites"):
        one, two = (re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE) for word in pair)
        for here, there in ((one, two), (two, one)):
            found, other = here.search(said), there.search(had)
            if found and other and not there.search(said) and not here.search(had):
                yield found[0], other[0], found.start()


def check_hedges(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem where the source says *may*, *perhaps* or *likely* and the sentence states it as settled."""
    settled = phrases("english-certain").search(blank)
    if _hedges(blank):
        return
    mine = set(stems(blank))
    for row in best(source.shares(dict.fromkeys(mine, 1.0)), 0.3)[:1]:
        sentence = source.sentences[row]
        for match in _hedges(sentence.text):
            wanted = scope(sentence.text, match.end(), 5)
            both = mine.intersection(wanted)
            beside = mine.intersection(stems(_clause(sentence.text, [*wanted, match[0].lower()])))
            plain = match[0].lower() in CLEAR and wanted and wanted[0] in mine and 2 * len(both) >= len(wanted)
            if plain or (settled and len(beside) > 1 and settled[0].lower() not in sentence.text.lower()):
                start, end = settled.span() if settled else _place(blank, wanted)
                said = f"the source is less sure: it has “{match[0]}” (sentence {sentence.number})"
                yield Problem("hedge", blank[start:end], said, start, end)
                return


def _hedges(text: str) -> list[re.Match[str]]:
    """Return the words of a text that say it is not certain, without the month of May."""
    found = phrases("english-hedges").finditer(text)
    return [match for match in found if not (match[0] == "May" and match.start())]


def check_additions(blank: str, source: Source) -> Iterator[Problem]:
    """Yield a problem for a sentence of which no few sentences of the source carry a quarter: a look here, no more."""
    words = dict.fromkeys(stems(blank), 1.0)
    missing = {word: 1.0 for word in words if not any(word in source.stems[row] for row in source.carriers(words))}
    whole = sum(map(source.rarity, words))
    if len(words) > 2 and sum(map(source.rarity, missing)) > LITTLE * whole:
        yield Problem("invented", blank, "look here: hardly a word of this stands in the source", 0, len(blank))
