"""Numbers, dates and names of a summary sentence: does the source have them where it has the words beside them?"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import NamedTuple

from toolkit.claims.alignment import Evidence, Source, around, best, keys, known_names, places, stem, stems
from toolkit.claims.figures import SUMS, Figure, figures
from toolkit.speakers import Cast, Name
from toolkit.wordlists import wordlist


class Problem(NamedTuple):
    """What a summary sentence says and its source does not: `sentence[start:end] == words`, and why, in words."""

    kind: str
    words: str
    explanation: str
    start: int
    end: int
    rival: str = ""
    row: int = -1


MOST_ITEMS = 60
"""How many numbers, dates and names of one sentence are checked, so that time grows with the text and no faster."""

ADDED = 0.6
"""From which share on a figure that the source has not counts as added to a sentence that has none."""

SURE = 0.8
"""From which share of the words beside it on a source sentence is taken to say the same, but for the one thing."""

MEASURED = frozenset({"€", "$", "£", "¥", "%", "clock", "share"})


def number_agrees(said: Figure, had: Figure) -> bool:
    """Return whether a number of the source says what one of the summary says, as far as that one goes.

    *About 180* and *nearly 180* are 179.4, *more than 20* is 25: the difference is less than the last digit that is
    not 0. Without such a word the numbers must be equal.

    >>> about, exact = figures("about €180 million")[0], figures("€179.4 million")[0]
    >>> number_agrees(about, exact), number_agrees(exact, about)
    (True, False)
    """
    if said.unit != had.unit and {said.unit, had.unit} & MEASURED - {"%", "share"}:
        return (
            said.value == had.value and not {said.unit, had.unit} <= MEASURED and "clock" not in (said.unit, had.unit)
        )
    scale = 0.01 * (had.unit == "%") or 1.0 if said.unit == "share" else 1.0
    if {said.unit, had.unit} == {"share", "%"} and had.unit == "share":
        scale = 100.0
    gap = had.value * scale - said.value
    if said.value >= 10 and said.words.isalpha() and round(had.value) == said.value:
        return True
    if abs(gap) < 1e-9 * max(1.0, said.value):
        return True
    low, high = {"about": (-0.51, 0.51), "more": (0, 1), "less": (-1, 0)}.get(said.sense, (0, 0))
    return low * said.step <= gap <= high * said.step


def date_agrees(said: Figure, had: Figure) -> bool:
    """Return whether a date of the source is, or lies within, one of the summary; a year that is not said is any.

    >>> date_agrees(figures("in May")[0], figures("on 3 May 2022")[0])
    True
    """
    if not said.dates or not had.dates:
        return said.words.lower() == had.words.lower() or (said.weekday >= 0 and said.weekday == had.weekday)
    return any(
        all(
            a == b or (place == 0 and None in (a, b) and s[1] is not None) or a is None
            for place, (a, b) in enumerate(zip(s, h, strict=True))
        )
        for s in said.dates
        for h in had.dates
    )


def grain(figure: Figure) -> int:
    """Return how fine a date is: 0 for a year, 1 for a month, 2 for a day."""
    return 2 if not figure.dates or figure.dates[0][2] else 1 if figure.dates[0][1] else 0


class Item(NamedTuple):
    """A number, date or name of a summary sentence, how it is found in the source, and what could stand for it."""

    kind: str
    words: str
    start: int
    end: int
    stands_in: Callable[[int], bool]
    rivals: Callable[[int, bool], Sequence[str]]
    figure: Figure | None = None
    least: float = 0.35


def items(blank: str, source: Source, cast: Cast, today: date | None) -> Iterator[Item]:
    """Yield the dates, numbers and names of a sentence, its quoted words blanked out."""
    numbers = figures(blank, today)
    for one in numbers:
        yield _figure_item(one, [other for other in numbers if other.kind == one.kind], source)
    names = [name for found in cast.names if (name := bare(found, blank, source))]
    said = {key for name in names for key in keys(name)}
    for name in names:
        yield _name_item(name, blank, said, source)


def _figure_item(one: Figure, alike: Sequence[Figure], source: Source) -> Item:
    agrees = number_agrees if one.kind == "number" else date_agrees

    def stands_in(row: int) -> bool:
        return any(had.kind == one.kind and agrees(one, had) for had in source.figures[row])

    def rivals(row: int, strict: bool) -> list[str]:
        others = [had for had in source.figures[row] if had.kind == one.kind and _is_rival(one, had)]
        return [had.words for had in others if not any(agrees(said, had) for said in alike)]

    return Item(one.kind, one.words, one.start, one.end, stands_in, rivals, one)


def _name_item(name: Name, text: str, said: set[str], source: Source) -> Item:
    mine, parts = keys(name), {stem(word) for word in re.findall(r"\w+", name.whom)}

    def stands_in(row: int) -> bool:
        return any(mine & keys(had) for had in source.names[row]) or parts <= source.stems[row]

    def rivals(row: int, strict: bool) -> list[str]:
        others = [had for had in source.names[row] if not keys(had) & said]
        return [had.whom for had in others if could_stand_for(name, text, had, source.sentences[row], strict)]

    least = 0.5 if kind_of(name) == "person" else 0.6
    return Item("name", text[name.start : name.end], name.start, name.end, stands_in, rivals, None, least)


_SLOT = re.compile(r"\b(in|at|from|to|of|for|on|with|aboard|near|between)\s(?:the\s|an?\s)?$|\S+\s$", re.IGNORECASE)


def could_stand_for(name: Name, text: str, had: Name, sentence: Evidence, strict: bool) -> bool:
    """Return whether a name of the source could have been exchanged for one of the summary: not adjectives (Russian).

    Two people, unless *he* may mean either; two of one kind, or two universities; else both behind *in*, both behind
    *from* and so on. `strict` asks for kind and place together.
    """
    if is_adjective(name) or is_adjective(had):
        return False
    here, before = text[: name.start], sentence.text[: had.start - sentence.start]
    if _body(here[-12:] + name.whom) and _body(before[-12:] + had.whom):
        return bool(_body(here[-12:] + name.whom) & _body(before[-12:] + had.whom))
    one, two = (kind_of(n) for n in (name, had))
    if one == "person":
        pronoun = strict and re.search(r"\b(?:he|she|his|her)\b", sentence.text, re.IGNORECASE)
        return two == "person" and not pronoun
    slots = [(found[1] or "").lower() if (found := _SLOT.search(side)) else "" for side in (here, before)]
    if one == two:
        return slots[0] == slots[1] or (not strict and bool(one))
    return not strict and "" in (one, two) and slots[0] == slots[1] and (two != "person" or bool(slots[0]))


def _body(words: str) -> set[str]:
    return set(wordlist("english-bodies").intersection(words.lower().split()))


def is_adjective(name: Name) -> bool:
    """Return whether a name is that of a country as an adjective: Russian, American-led."""
    return name.whom.lower().split("-")[0] in places()


def kind_of(name: Name) -> str:
    """Return person, or what the table of actors says, or nothing for a name that it has not."""
    return name.kind if name.kind == "person" or name.whom.lower() in known_names() else ""


def _is_rival(said: Figure, had: Figure) -> bool:
    """Return whether two figures could stand for each other: dates as fine, numbers of one unit or of one noun."""
    if said.kind == "date":
        return grain(said) == grain(had)
    if {said.unit, had.unit} & MEASURED:
        return said.unit == had.unit
    return bool({stem(w) for w in said.heads} & {stem(w) for w in had.heads}) or not (said.heads or had.heads)


def bare(name: Name, text: str, source: Source) -> Name | None:
    """Return a name without the ordinary word that opens a sentence (*Remaining European*), or None."""
    while not re.search(r"\w", re.split(r"[.!?:]\s", text[: name.start])[-1]) and not source.is_known(name, text):
        first, _, rest = name.whom.partition(" ")
        if not rest or first in source.capitals or (kind_of(name) == "person" and first.lower() not in source.small):
            return name if rest else None
        name = Name(rest, name.kind, name.end - len(rest), name.end)
    return name if len(name.whom.split(".")[0]) > 1 else None


def check_items(blank: str, source: Source, cast: Cast, today: date | None) -> Iterator[Problem]:
    """Yield a problem for every number, date or name that the source has not, or has elsewhere and another one here."""
    spans = list(islice(items(blank, source, cast, today), MOST_ITEMS))
    numbers = [(item.start, item.end) for item in spans if item.kind != "name"]
    whole = source.carriers(stems(blank))
    for item in spans:
        shares = source.shares(around(blank, item.start, item.end, [*numbers, (item.start, item.end)]))
        near = best(shares) or whole[:1]
        if any(map(item.stands_in, near)):
            continue
        anywhere = next((row for row in range(len(source.sentences)) if item.stands_in(row)), None)
        if anywhere is not None:
            there = max(shares.get(row, 0.0) for row in range(len(source.sentences)) if item.stands_in(row))
            sure = max(shares.values(), default=0.0)
            counted = {stem(word) for word in item.figure.heads[:1]} if item.figure else set()
            sure = max(shares.values(), default=0.0)
            row = max(shares, key=lambda r: shares[r], default=0)
            few = item.kind == "name" and sure < SURE and len(source.stems[row].intersection(stems(blank))) < 3
            if few or counted & source.stems[anywhere] or sure < item.least or there > sure / 1.6:
                continue
        yield from _judged(item, blank, (near, whole), source, (anywhere, max(shares.values(), default=0.0)))


def _judged(
    item: Item, text: str, rows: tuple[list[int], list[int]], source: Source, found: tuple[int | None, float]
) -> Iterator[Problem]:
    """Yield the problem of an item that is not where it should be, if it could stand for another one there."""
    anywhere, sure = found
    strict = anywhere is not None and sure < SURE
    near = rows[0] if anywhere is not None else list(dict.fromkeys([*rows[0], *rows[1]]))
    rivals = [(words, row) for row in near for words in item.rivals(row, strict)]
    if anywhere is None and item.figure is not None and item.figure.kind == "number":
        beside = {row + step for row in near for step in (-1, 0, 1)} & set(range(len(source.sentences)))
        if _derived(item.figure, text, sorted(beside), source):
            return
        if not rivals and _between_dates(item.figure, source):
            return
        everywhere = range(len(source.sentences)) if not rivals else ()
        rivals += [(words, row) for row in everywhere for words in item.rivals(row, True)][:1]
    if item.kind == "name" and anywhere is None and source.has(item.words):
        return
    counted = item.figure is not None and item.figure.kind == "number" and item.figure.value <= 12
    if not rivals and anywhere is None and not (counted and item.words.isalpha()):
        kind = item.kind if item.figure and sure < ADDED else "invented"
        yield Problem(kind, item.words, f"the source has no {item.words}", item.start, item.end)
    if rivals:
        words, row = rivals[0]
        where = f"sentence {source.sentences[row].number}"
        said = f"the source has {words}, not {item.words} ({where})"
        if anywhere is not None:
            other = source.sentences[anywhere].number
            said = f"the source has {words} here ({where}); it has {item.words} only elsewhere (sentence {other})"
        yield Problem(item.kind, item.words, said, item.start, item.end, words, row)


def _between_dates(said: Figure, source: Source) -> bool:
    """Return whether so many years or months lie between two dates of the source, or one and the day of publication."""
    dates = {d for row in source.figures for f in row for d in f.dates if f.kind == "date"}
    noun = said.heads[0].rstrip("s") if said.heads else ""
    years = {d[0] for d in dates if d[0]} | source.years
    if noun == "month":
        months = {(d[0] or year) * 12 + d[1] for d in dates if d[1] for year in (source.years or {0})}
        return any(a - b == said.value for a in months for b in months)
    return noun == "year" and any(a - b == said.value for a in years for b in years)


def _derived(said: Figure, text: str, rows: list[int], source: Source) -> bool:
    """Return whether a number is a sum, difference or share of two in the source, or counts the names of a sentence."""
    had = [[f for f in source.figures[row] if f.kind == "number"][:40] for row in rows]
    every = [f for row in had for f in row][:80]
    if said.unit == "share":
        return any(
            b.value and abs(a.value / b.value - said.value) < 0.02 for a in every for b in every if a.value < b.value
        )
    plain = said.unit not in MEASURED
    if (
        plain
        and said.value <= 12
        and said.words.isalpha()
        and any(len({n.whom for n in source.names[row]}) == said.value for row in rows)
    ):
        return True
    nouns = {stem(word) for word in said.heads[:2]}
    groups = had if not plain else []
    if SUMS.search(text):
        rows = [r for r in {r for noun in nouns for r in source.rows.get(noun, [])[:10]} if r not in rows]
        groups = [every + [f for r in rows for f in source.figures[r] if f.kind == "number"]]
    for group in groups:
        same = [f.value for f in group if f.unit == said.unit or (plain and f.unit not in MEASURED)][:80]
        for n, a in enumerate(same):
            if any(abs(abs(a + sign * b) - said.value) < 1e-6 * said.value for b in same[n + 1 :] for sign in (1, -1)):
                return True
    return False
